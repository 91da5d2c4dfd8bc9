"""Files made to harm a reader: each is refused in words, or read for what it shows. Built in memory, none is stored."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.documents.broken import WORD, archive, paragraph, word_file

READ = "read"
_TEXT = "1. So Y te chu tri, phoi hop voi cac co quan; ba con den tram y te xa de duoc tu van."
_CLAUSE = paragraph("1. Sở Y tế chủ trì, phối hợp với các cơ quan.")
_MEGABYTE = 1_000_000


def raw_pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", prev: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s %s >>\n" % (len(objects) + 1, trailer, prev.replace(b"SELF", b"%d" % start))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_SHOWN = b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % _TEXT.encode()


def _one_page(page: bytes = b"", *more: bytes, content: bytes = _SHOWN, root: bytes = b"", **trailer: bytes) -> bytes:
    """A page with the text, as objects 1 to 5; `more` begins with object 6."""
    resources = b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s %s >>" % (resources, page),
        stream(content), _FONT, *more, **trailer,
    )  # fmt: skip


def _script() -> bytes:
    action = b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/x'\\)) >>"
    return _one_page(b"/AA << /O 6 0 R >>", action, root=b"/OpenAction 6 0 R")


def _embedded() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>"
    return _one_page(b"", spec, stream(b"MZ" + bytes(5000), b"/Type /EmbeddedFile"), root=names)


def _outside_stream() -> bytes:
    """The content of the page is another file of the machine."""
    page = _one_page(b"").replace(b"/Contents 4 0 R", b"/Contents 6 0 R", 1)
    return page.replace(b"5 0 obj", b"5 0 obj", 1)[: page.index(b"xref\n")] + (
        b"6 0 obj\n<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n"
    )


def _form_in_itself() -> bytes:
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return _one_page(b"", form, content=_SHOWN + b" /X Do")


def _forms_that_double(levels: int = 30) -> bytes:
    """Each form draws the next one twice: a thousand million drawings in a few lines."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do /X Do", entries % (7 + at)) for at in range(levels)]
    last = stream(_SHOWN, b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 5 0 R >> >>")
    return _one_page(b"", *forms, last, content=_SHOWN + b" /X Do")


def _pages_in_a_ring() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def _claimed_pages() -> bytes:
    return _one_page(b"").replace(b"/Count 1", b"/Count 2147483647")


def _no_pages() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def _many_pages(pages: int = 10_000) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + at) for at in range(pages))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"null", *([one] * pages))


def _folded(times: int) -> bytes:
    """A stream compressed several times over."""
    content = _SHOWN + b" " * 50 * _MEGABYTE
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % b" ".join([b"/FlateDecode"] * times)
    data = _one_page(b"", stream(content, filters))
    return data.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


def _broken_stream() -> bytes:
    content = bytearray(zlib.compress(_SHOWN * 50))
    content[20:40] = bytes(20)
    data = _one_page(b"", stream(bytes(content), b"/Filter /FlateDecode"))
    return data.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


def _no_unicode() -> bytes:
    """Letters that only the embedded font knows the meaning of: pictures, for a reader."""
    content = b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % b"".join(b"%04X" % (0x100 + at % 90) for at in range(900))
    return _one_page(b"", content=content).replace(
        _FONT, b"<< /Type /Font /Subtype /Type0 /BaseFont /Q /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    )


def _many_rules() -> bytes:
    """Twenty thousand lines crossing each other, and a letter in every square."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for at in range(10_000):
        canvas.line(at % 590, 0, at % 590, 840)
        canvas.line(0, at % 840, 590, at % 840)
    for at in range(3000):
        canvas.drawString(10 + at % 60 * 9, 10 + at // 60 * 16, "ba ")
    canvas.drawString(72, 830, _TEXT)
    canvas.save()
    return buffer.getvalue()


def _nested_zips() -> bytes:
    inner = bytes(10 * _MEGABYTE)
    for _ in range(5):
        inner = archive({f"{at}.zip": inner for at in range(4)})
    return word_file(_CLAUSE) if len(inner) > _MEGABYTE else _with_parts({"word/embeddings/a.zip": inner})


def _with_parts(parts: dict[str, bytes], body: str = _CLAUSE) -> bytes:
    buffer = io.BytesIO(word_file(body))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def _links_outside() -> bytes:
    """A template, a picture and a frame that Word would fetch from elsewhere."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = {"attachedTemplate": "http://127.0.0.1:9/a.dotm", "image": "file:///etc/passwd", "frame": "//127.0.0.1/x"}
    links = "".join(
        f'<Relationship Id="r{at}" Type="{kind}/{name}" Target="{target}" TargetMode="External"/>'
        for at, (name, target) in enumerate(targets.items())
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return _with_parts(
        {"word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{links}</Relationships>'.encode()}
    )


def _part(root: str, inside: str) -> bytes:
    return f'<w:{root} xmlns:w="{WORD}">{inside}</w:{root}>'.encode()


def _numbered(levels: str, ilvl: str = "0") -> bytes:
    listed = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
    listed += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    properties = f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="1"/></w:numPr>'
    return word_file(paragraph("Sở Y tế chủ trì, phối hợp.", properties) * 3, numbering=_part("numbering", listed))


def _level(at: object, start: object = 1, kind: str = "decimal") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%1."/></w:lvl>'


def _styled(chain: int, *, ring: bool, paragraphs: int = 1) -> bytes:
    """Styles based on styles."""
    bases = [(at + 1) % chain if ring else at + 1 for at in range(chain)]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:basedOn w:val="s{base}"/></w:style>'
        for at, base in enumerate(bases)
    )
    body = (
        paragraph("1. Sở Y tế chủ trì, phối hợp.", '<w:pStyle w:val="s0"/>')
        + paragraph("Lời.", '<w:pStyle w:val="s0"/>') * paragraphs
    )
    return word_file(body, styles=_part("styles", styles))


def _nested(open_tag: str, close_tag: str, depth: int) -> bytes:
    return word_file(f"{open_tag * depth}{_CLAUSE}{close_tag * depth}")


def _alternatives(depth: int) -> bytes:
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    one = f"<mc:AlternateContent {space}><mc:Choice>"
    inside = "<w:p><w:r>" + one * depth + "</mc:Choice></mc:AlternateContent>" * depth + "</w:r></w:p>"
    return word_file(inside + _CLAUSE)


def _wide_table() -> bytes:
    row = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 60_000 + f"<w:tc>{_CLAUSE}</w:tc></w:tr>"
    return word_file(f"<w:tbl>{row}</w:tbl>{_CLAUSE}")


def _lying_directory() -> bytes:
    """The zip directory says that the text is small."""
    data = bytearray(_with_parts({}, _CLAUSE + "<w:p/>" * 9_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as file:
        size = file.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    return bytes(data).replace(size, (900).to_bytes(4, "little"))


def _other_encodings(name: str) -> bytes:
    declared = f'<?xml version="1.0" encoding="{name}"?><!DOCTYPE w:document [<!ENTITY a "rầm">]>'
    text = f'{declared}<w:document xmlns:w="{WORD}"><w:body>{paragraph("1. &a;")}</w:body></w:document>'
    return archive({"word/document.xml": text.encode(name)})


def _both(first: bytes, second: bytes) -> bytes:
    return first + b"\n" + second


# name → (how it is built, the reasons it may be refused for; READ where the words that it shows are read).
ATTACKS: dict[str, tuple[Callable[[], bytes], Iterable[str]]] = {
    "pdf with a script": (_script, {READ}),
    "pdf with an embedded program": (_embedded, {READ}),
    "pdf whose content is a file outside": (_outside_stream, {"scan", "truncated"}),
    "pdf form that draws itself": (_form_in_itself, {READ, "too_heavy"}),
    "pdf forms that double": (_forms_that_double, {READ, "too_heavy"}),
    "pdf pages in a ring": (_pages_in_a_ring, {"truncated", "scan", "too_many_pages"}),
    "pdf that claims two thousand million pages": (_claimed_pages, {READ, "too_many_pages", "truncated"}),
    "pdf without pages": (_no_pages, {"scan", "truncated"}),
    "pdf of 10 000 pages": (_many_pages, {"too_many_pages"}),
    "pdf cross-reference in a ring": (lambda: _one_page(b"", prev=b"/Prev SELF"), {READ, "truncated"}),
    "pdf stream folded three times": (lambda: _folded(3), {READ, "too_heavy"}),
    "pdf stream folded forty times": (lambda: _folded(40), {READ, "too_heavy", "scan"}),
    "pdf with a broken stream": (_broken_stream, {READ, "scan", "truncated", "garbled"}),
    "pdf font without unicode": (_no_unicode, {"garbled", "scan"}),
    "pdf of crossing lines": (_many_rules, {READ}),
    "pdf that is also a zip": (lambda: _both(_one_page(b""), word_file(_CLAUSE)), {READ, "truncated"}),
    "docx that is also a pdf": (lambda: _both(word_file(_CLAUSE), _one_page(b"")), {READ, "truncated"}),
    "web page that is also a pdf": (
        lambda: b"<html><script>1</script>" + _one_page(b""),
        {READ, "truncated", "unknown_kind"},
    ),
    "docx with zips in zips": (_nested_zips, {READ}),
    "docx with links outside": (_links_outside, {READ}),
    "docx with macros": (lambda: _with_parts({"word/vbaProject.bin": bytes(9000)}), {READ}),
    "docx with a zip that climbs out": (lambda: _with_parts({"../../../tmp/x": b"x", "/etc/x": b"x"}), {READ}),
    "docx with 100 000 list levels": (lambda: _numbered("".join(map(_level, range(100_000)))), {READ}),
    "docx list level of ten digits": (lambda: _numbered(_level(10**9), str(10**9)), {READ}),
    "docx list level of 5000 digits": (lambda: _numbered(_level("9" * 5000), "9" * 5000), {READ}),
    "docx list that starts at a thousand million": (lambda: _numbered(_level(0, 10**9, "lowerLetter")), {READ}),
    "docx list that starts far in Roman": (lambda: _numbered(_level(0, 2**31 - 1, "upperRoman")), {READ}),
    "docx list level that is no number": (lambda: _numbered(_level("x", "y"), "z"), {READ}),
    "docx styles in a ring": (lambda: _styled(500, ring=True), {READ}),
    "docx long chain of styles": (lambda: _styled(20_000, ring=False, paragraphs=20_000), {READ}),
    "docx controls in controls": (lambda: _nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000), {"bomb"}),
    "docx alternatives in alternatives": (lambda: _alternatives(3000), {"bomb"}),
    "docx nested without end": (lambda: _nested("<w:sdt>", "</w:sdt>", 500_000), {"bomb", "too_heavy", "truncated"}),
    "docx table of 60 000 columns": (_wide_table, {READ}),
    "docx whose directory lies": (_lying_directory, {"truncated", "bomb"}),
    "docx with a doctype in UTF-16": (lambda: _other_encodings("utf-16"), {"unsafe"}),
    "docx with a doctype in windows-1258": (lambda: _other_encodings("utf-8").replace(b"utf-8", b"cp1258"), {"unsafe"}),
}
