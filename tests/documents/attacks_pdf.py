"""PDF files made to harm a reader, written object by object, since no program would make them."""

from __future__ import annotations

import io
import zlib

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

_TEXT = "1. So Y te chu tri, phoi hop voi cac co quan; ba con den tram y te xa de duoc tu van."
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


def one_page(page: bytes = b"", *more: bytes, content: bytes = _SHOWN, root: bytes = b"", **trailer: bytes) -> bytes:
    """A page with the text, as objects 1 to 5; `more` begins with object 6."""
    resources = b"/Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s %s >>" % (resources, page),
        stream(content), _FONT, *more, **trailer,
    )  # fmt: skip


def script() -> bytes:
    action = b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/x'\\)) >>"
    return one_page(b"/AA << /O 6 0 R >>", action, root=b"/OpenAction 6 0 R")


def embedded() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>"
    return one_page(b"", spec, stream(b"MZ" + bytes(5000), b"/Type /EmbeddedFile"), root=names)


def outside_stream() -> bytes:
    """The content of the page is another file of the machine."""
    page = one_page(b"").replace(b"/Contents 4 0 R", b"/Contents 6 0 R", 1)
    return page.replace(b"5 0 obj", b"5 0 obj", 1)[: page.index(b"xref\n")] + (
        b"6 0 obj\n<< /Length 0 /F (/etc/passwd) /FFilter /FlateDecode >>\nstream\n\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n"
    )


def form_in_itself() -> bytes:
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    return one_page(b"", form, content=_SHOWN + b" /X Do")


def forms_that_double(levels: int = 30) -> bytes:
    """Each form draws the next one twice: a thousand million drawings in a few lines."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do /X Do", entries % (7 + at)) for at in range(levels)]
    last = stream(_SHOWN, b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /Font << /F 5 0 R >> >>")
    return one_page(b"", *forms, last, content=_SHOWN + b" /X Do")


def pages_in_a_ring() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def claimed_pages() -> bytes:
    return one_page(b"").replace(b"/Count 1", b"/Count 2147483647")


def no_pages() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def many_pages(pages: int = 10_000) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + at) for at in range(pages))
    one = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"null", *([one] * pages))


def folded(times: int) -> bytes:
    """A stream compressed several times over."""
    content = _SHOWN + b" " * 50 * _MEGABYTE
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % b" ".join([b"/FlateDecode"] * times)
    data = one_page(b"", stream(content, filters))
    return data.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


def broken_stream() -> bytes:
    content = bytearray(zlib.compress(_SHOWN * 50))
    content[20:40] = bytes(20)
    data = one_page(b"", stream(bytes(content), b"/Filter /FlateDecode"))
    return data.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


def no_unicode() -> bytes:
    """Letters that only the embedded font knows the meaning of: pictures, for a reader."""
    content = b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % b"".join(b"%04X" % (0x100 + at % 90) for at in range(900))
    return one_page(b"", content=content).replace(
        _FONT, b"<< /Type /Font /Subtype /Type0 /BaseFont /Q /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    )


def many_rules() -> bytes:
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
