"""Files that must be refused, each with the reason it has to be refused for; and files that only look broken."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip file with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def word_file(body: str, **parts: bytes) -> bytes:
    """A Word file with this body, and other parts by name ("numbering" is word/numbering.xml)."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    return archive({"word/document.xml": document.encode(), **{f"word/{k}.xml": v for k, v in parts.items()}})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word file."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def canvas_pdf(draw: Callable[[Canvas], object], password: str | None = None) -> bytes:
    """A PDF drawn by `draw`."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, encrypt=encryption, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _text_page(canvas: Canvas) -> None:
    for line in range(30):
        canvas.drawString(72, 780 - 20 * line, f"{line + 1}. Mot dong chu de doc thu trong tep nay.")


def _scan_page(canvas: Canvas) -> None:
    for line in range(60):
        canvas.rect(72, 780 - 10 * line, 400, 4, fill=1)


def _signed_scan(canvas: Canvas) -> None:
    _scan_page(canvas)
    stamp = ("Nguoi ky: Uy ban nhan dan tinh", "Email: ubnd@vidu.example", "Co quan: Tinh mau", "Ngay ky: 05.02.2021")
    for at, line in enumerate(stamp):
        canvas.drawString(300, 820 - 9 * at, line)


def _garbled_page(canvas: Canvas) -> None:
    for line in range(30):
        canvas.drawString(72, 780 - 20 * line, "xkzt qwrtp zzkj fjwq ptkz wwzx kjhg zxcv qwpt")


def pdf_bomb(size: int) -> bytes:
    """A PDF of a few kilobytes whose page content unfolds to `size` bytes."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"q " * 500_000) for _ in range(size // 1_000_000)) + packer.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + data + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def lying_zip() -> bytes:
    """A Word file whose directory says that its main part is small."""
    data = bytearray(word_file(paragraph("x" * 3_000_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


_DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
_EMPTY = f'<w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'.encode()
_ITEM = paragraph("1. Sở Y tế chủ trì.")

REFUSED: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("empty", lambda: b""),
    "blank": ("empty", lambda: b"\xef\xbb\xbf \r\n\t\n"),
    "empty docx": ("empty", lambda: word_file("<w:p/>")),
    "100 MB": ("too_big", lambda: bytes(100_000_000)),
    "truncated docx": ("truncated", lambda: word_file(_ITEM * 50)[:-300]),
    "docx with damaged part": ("truncated", lambda: word_file(_ITEM * 50).replace(b"PK\x03\x04", b"PK\x03\x04\xff", 1)),
    "docx cut inside XML": ("truncated", lambda: archive({"word/document.xml": b"<w:document><w:body>"})),
    "zip that lies": ("truncated", lying_zip),
    "zip bomb": ("bomb", lambda: archive({"word/document.xml": bytes(60_000_000)})),
    "zip of many entries": ("bomb", lambda: archive({f"word/{n}.xml": b"" for n in range(3100)})),
    "tables in tables": ("bomb", lambda: word_file("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500)),
    "entities": ("unsafe", lambda: archive({"word/document.xml": _DOCTYPE})),
    "entities in UTF-16": ("unsafe", lambda: archive({"word/document.xml": _DOCTYPE.decode().encode("utf-16")})),
    "docx with password": ("password", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "old .doc": ("old_word", lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le")),
    "spreadsheet": ("unknown_kind", lambda: archive({"xl/workbook.xml": b"<a/>"})),
    "rich text": ("unknown_kind", lambda: b"{\\rtf1 xin chao}"),
    "web page": ("unknown_kind", lambda: b"<!DOCTYPE html><html><p>1. a</p></html>"),
    "noise": ("unknown_kind", lambda: bytes((n * n * 31 + n) % 256 for n in range(9000))),
    "photo": ("image", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20),
    "pdf with password": ("password", lambda: canvas_pdf(_text_page, "mat-khau")),
    "truncated pdf": ("truncated", lambda: canvas_pdf(_text_page)[:-200]),
    "pdf of noise": ("truncated", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"%%EOF"),
    "scan with the stamp of a digital signature": ("scan", lambda: canvas_pdf(_signed_scan)),
    "docx of pictures": ("image", lambda: archive({"word/document.xml": _EMPTY, "word/media/image1.png": b"x"})),
    "letters that say nothing": ("garbled", lambda: canvas_pdf(_garbled_page)),
    "scan": ("scan", lambda: canvas_pdf(_scan_page)),
}
