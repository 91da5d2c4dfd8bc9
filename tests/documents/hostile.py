"""Files that no reader should read: cut off, locked, disguised, swollen. Each is built from the folder it goes into."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.documents.making_docx import make_docx
from tests.documents.making_pdf import make_pdf
from tests.documents.samples import load

_SAMPLE = next(sample for sample in load() if sample.name == "quyet_dinh_dieu")
_MEGABYTE = 1 << 20
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SECTOR = 512


def whole_docx(folder: Path) -> Path:
    return make_docx(_SAMPLE, folder / "day-du.docx")


def whole_pdf(folder: Path) -> Path:
    return make_pdf(_SAMPLE, folder / "day-du.pdf")


def _with(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _half(whole: Path) -> Path:
    content = whole.read_bytes()
    return _with(whole.with_stem("bi-cat"), content[: len(content) // 2])


def _replaced(folder: Path, part: str, content: bytes) -> Path:
    """A Word file in which one part is another."""
    path = folder / "thay-phan.docx"
    with zipfile.ZipFile(whole_docx(folder)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return path


def _without(folder: Path, part: str) -> Path:
    path = folder / "thieu-phan.docx"
    with zipfile.ZipFile(whole_docx(folder)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return path


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def _body(inside: str, before: str = "") -> bytes:
    declared = f'<?xml version="1.0" encoding="UTF-8"?>{before}'
    return f'{declared}<w:document xmlns:w="{_WORD}"><w:body>{inside}</w:body></w:document>'.encode()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def swollen_docx(folder: Path) -> Path:
    """Under a megabyte on disk, 300 MB once unpacked."""
    path = _without(folder, "word/document.xml")
    start, end = _body("\0").split(b"\0")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target, target.open("word/document.xml", "w") as out:
        out.write(start)
        for _ in range(300):
            out.write(b" " * _MEGABYTE)
        out.write(end)
    return path


def many_paragraphs(folder: Path) -> Path:
    """Two million empty paragraphs: little to unpack, much to walk through."""
    return _replaced(folder, "word/document.xml", _body("<w:p/>" * 2_000_000))


def deep_tables(folder: Path) -> Path:
    """Tables within tables, 3000 deep."""
    cell = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return _replaced(folder, "word/document.xml", _body(cell[0] * 3000 + _paragraph("1. Giao") + cell[1] * 3000))


def entity_bomb(folder: Path) -> Path:
    names = [f"e{at}" for at in range(12)]
    steps = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names)]
    declared = f'<!DOCTYPE w:document [<!ENTITY e0 "rầm rầm">{"".join(steps)}]>'
    return _replaced(folder, "word/document.xml", _body(_paragraph("&e11;"), declared))


def outside_entity(folder: Path) -> Path:
    """Asks the reader to paste another file of the machine into the text."""
    secret = _with(folder / "bi-mat.txt", "1. Không ai được đọc dòng này.".encode())
    declared = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    return _replaced(folder, "word/document.xml", _body(_paragraph("&x;"), declared))


def _compound_file(streams: list[str]) -> bytes:
    """An OLE container as Word 97 and locked Word files are: header, one FAT sector, one directory sector."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    names = ["Root Entry", *streams]
    directory = b"".join(_entry(name, 5 if at == 0 else 2, at, len(names)) for at, name in enumerate(names))
    table = struct.pack("<128I", fat, end, *[free] * 126)
    return head + table + directory.ljust(_SECTOR, b"\0") + bytes(8 * _SECTOR)


def _entry(name: str, kind: int, at: int, count: int) -> bytes:
    none = 0xFFFFFFFF
    right = at + 1 if 0 < at < count - 1 else none
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, none, right, none if at else 1)
    return entry + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)


def locked_docx(folder: Path) -> Path:
    """What Word writes when a file gets a password."""
    return _with(folder / "khoa.docx", _compound_file(["EncryptionInfo", "EncryptedPackage"]))


def old_word(folder: Path) -> Path:
    return _with(folder / "cu.doc", _compound_file(["WordDocument", "1Table"]))


def old_word_renamed(folder: Path) -> Path:
    return _with(folder / "cu-doi-ten.docx", _compound_file(["WordDocument", "1Table"]))


def _encrypted(folder: Path, user: str) -> Path:
    lock = StandardEncryption(user, ownerPassword="chu-tep", strength=128, canPrint=0, canCopy=0)
    return make_pdf(_SAMPLE, folder / "ma-hoa.pdf", lock)


def locked_pdf(folder: Path) -> Path:
    return _encrypted(folder, "mat-khau")


def print_locked_pdf(folder: Path) -> Path:
    """Opens for everybody; only printing and copying are forbidden, as many offices set it."""
    return _encrypted(folder, "")


def scanned_pdf(folder: Path) -> Path:
    path = folder / "quet.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for shade in (200, 230):
        canvas.drawImage(ImageReader(Image.new("L", (600, 850), shade)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


def scanned_pdf_with_stamp(folder: Path) -> Path:
    """A scan on which the document system has printed one line: a text layer, but not that of the document."""
    path = folder / "quet-dong-dau.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (600, 850), 220)), 0, 0, *A4)
    canvas.drawString(400, 820, "DEN 05/02/2021")
    canvas.save()
    return path


def _swollen_file(name: str, start: bytes) -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        path = _with(folder / name, start)
        os.truncate(path, 100 * _MEGABYTE)
        return path

    return build


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    return lambda folder: _with(folder / name, content)


def _photo(folder: Path) -> Path:
    path = folder / "anh.jpg"
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def _photo_renamed(folder: Path) -> Path:
    return _photo(folder).rename(folder / "anh.pdf")


# What must be refused.
HOSTILE: dict[str, Callable[[Path], Path]] = {
    "empty docx": _bytes("rong.docx", b""),
    "empty pdf": _bytes("rong.pdf", b""),
    "empty txt": _bytes("rong.txt", b""),
    "blank txt": _bytes("trang.txt", b"\xef\xbb\xbf \r\n\t\r\n"),
    "truncated docx": lambda folder: _half(whole_docx(folder)),
    "truncated pdf": lambda folder: _half(whole_pdf(folder)),
    "docx without its text": lambda folder: _without(folder, "word/document.xml"),
    "docx with broken xml": lambda folder: _replaced(folder, "word/document.xml", _body("<w:p><w:r>")[:-20]),
    "docx with broken numbering": lambda folder: _replaced(folder, "word/numbering.xml", b"<w:numbering"),
    "docx with no words": lambda folder: _replaced(folder, "word/document.xml", _body("<w:p/>")),
    "zip that is no docx": lambda folder: _zip(folder / "nen.docx", {"anh.png": b"\x89PNG", "ghi-chu.txt": b"1. Giao"}),
    "spreadsheet": lambda folder: _zip(folder / "bang.docx", {"xl/workbook.xml": b"<workbook/>"}),
    "locked docx": locked_docx,
    "old word": old_word,
    "old word renamed": old_word_renamed,
    "locked pdf": locked_pdf,
    "scanned pdf": scanned_pdf,
    "scanned pdf with a stamp": scanned_pdf_with_stamp,
    "huge docx": _swollen_file("lon.docx", b"PK\x03\x04"),
    "huge pdf": _swollen_file("lon.pdf", b"%PDF-1.7\n"),
    "huge txt": _swollen_file("lon.txt", b"1. Giao"),
    "swollen docx": swollen_docx,
    "many paragraphs": many_paragraphs,
    "deep tables": deep_tables,
    "entity bomb": entity_bomb,
    "outside entity": outside_entity,
    "photo": _photo,
    "photo renamed": _photo_renamed,
    "binary txt": _bytes("nhi-phan.txt", bytes(range(256)) * 40),
    "binary pdf": _bytes("nhi-phan.pdf", bytes(range(256)) * 40),
}
