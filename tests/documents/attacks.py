"""Files made to harm a reader: each is refused in words, or read for what it shows. Built in memory, none is stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

from tests.documents import attacks_pdf as pdf
from tests.documents.broken import WORD, archive, paragraph, word_file

READ = "read"
_CLAUSE = paragraph("1. Sở Y tế chủ trì, phối hợp với các cơ quan.")
_MEGABYTE = 1_000_000


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
    "pdf with a script": (pdf.script, {READ}),
    "pdf with an embedded program": (pdf.embedded, {READ}),
    "pdf whose content is a file outside": (pdf.outside_stream, {"scan", "truncated"}),
    "pdf form that draws itself": (pdf.form_in_itself, {READ, "too_heavy"}),
    "pdf forms that double": (pdf.forms_that_double, {READ, "too_heavy"}),
    "pdf pages in a ring": (pdf.pages_in_a_ring, {"truncated", "scan", "too_many_pages"}),
    "pdf that claims two thousand million pages": (pdf.claimed_pages, {READ, "too_many_pages", "truncated"}),
    "pdf without pages": (pdf.no_pages, {"scan", "truncated"}),
    "pdf of 10 000 pages": (pdf.many_pages, {"too_many_pages"}),
    "pdf cross-reference in a ring": (lambda: pdf.one_page(b"", prev=b"/Prev SELF"), {READ, "truncated"}),
    "pdf stream folded three times": (lambda: pdf.folded(3), {READ, "too_heavy"}),
    "pdf stream folded forty times": (lambda: pdf.folded(40), {READ, "too_heavy", "scan"}),
    "pdf with a broken stream": (pdf.broken_stream, {READ, "scan", "truncated", "garbled"}),
    "pdf font without unicode": (pdf.no_unicode, {"garbled", "scan"}),
    "pdf of crossing lines": (pdf.many_rules, {READ}),
    "pdf that is also a zip": (lambda: _both(pdf.one_page(b""), word_file(_CLAUSE)), {READ, "truncated"}),
    "docx that is also a pdf": (lambda: _both(word_file(_CLAUSE), pdf.one_page(b"")), {READ, "truncated"}),
    "web page that is also a pdf": (
        lambda: b"<html><script>1</script>" + pdf.one_page(b""),
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
    "docx long chain of styles": (lambda: _styled(20_000, ring=False, paragraphs=5_000), {READ}),
    "docx controls in controls": (lambda: _nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000), {"bomb"}),
    "docx alternatives in alternatives": (lambda: _alternatives(3000), {"bomb"}),
    "docx nested without end": (lambda: _nested("<w:sdt>", "</w:sdt>", 500_000), {"bomb", "too_heavy", "truncated"}),
    "docx table of 60 000 columns": (_wide_table, {READ}),
    "docx whose directory lies": (_lying_directory, {"truncated", "bomb"}),
    "docx with a doctype in UTF-16": (lambda: _other_encodings("utf-16"), {"unsafe"}),
    "docx with a doctype in windows-1258": (lambda: _other_encodings("utf-8").replace(b"utf-8", b"cp1258"), {"unsafe"}),
}
