"""What a file really is, by its content; the name only tells plain text from Markdown."""

from __future__ import annotations

from typing import Any

from ..errors import DocumentError
from .assembling import document_of
from .bounds import MAX_LETTERS
from .document import Document
from .lines import Line
from .ooxml import Package
from .refusals import refusal

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF", b"\0\0\0\x18ftyp")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (
    b"{\\rtf",
    b"<html",
    b"<!doctype html",
    b"<?xml",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
)


def kind_of(data: bytes) -> str:
    """ "docx", "pdf" or "text"; raises DocumentError for anything else."""
    start = data[:1024].lstrip()
    if not data.strip(b"\0\t\n\r \xef\xbb\xbf"):
        raise refusal("empty")
    if data.startswith(_OLE):
        raise refusal("password" if "EncryptedPackage".encode("utf-16-le") in data else "old_word")
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_IMAGES) and not _mostly_letters(data):
        raise refusal("image")
    if start.lower().startswith(_NOT_TEXT):
        raise refusal("unknown_kind")
    return "text"


def _mostly_letters(data: bytes) -> bool:
    """A text may begin with "BM" or "RIFF"; an image has control bytes."""
    sample = data[:2000]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) == 0


def _zip_kind(data: bytes) -> str:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "text"
    if Package(data).main is None:
        raise refusal("unknown_kind")
    return "docx"


def _lines(data: bytes, name: str) -> tuple[list[Line], list[str]]:
    """The lines of a file; each kind of file is imported only when it comes."""
    kind = kind_of(data)
    if kind == "docx":
        from .docx import docx_lines

        return docx_lines(data)
    if kind == "pdf":
        from .pdf import pdf_lines

        return pdf_lines(data)
    from .text import text_lines

    return text_lines(data, name)


def parse(data: bytes, name: str = "") -> Document:
    """Read a file in this process, without bounds on time and memory; raises DocumentError.

    For files that strangers send, use `read_document`.
    """
    lines, notes = _lines(data, name)
    if not any(line.text for line in lines):
        raise refusal("empty")
    if sum(len(line.text) for line in lines) > MAX_LETTERS:
        raise refusal("too_long", MAX_LETTERS)
    return document_of(lines, notes)


def answer_for(packed: bytes) -> dict[str, Any]:
    """What `parse` makes of a file, for another process: `packed` is its name, a zero byte, and its bytes."""
    name, _, data = packed.partition(b"\0")
    try:
        return {"document": parse(data, name.decode(errors="replace")).dump()}
    except DocumentError as error:
        return {"refused": error.reason, "limit": error.limit}
