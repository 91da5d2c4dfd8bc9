"""Workbooks for tests: the small pack as names and bytes, and what other programs and rough hands do to a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.content.sheets import Changes, RowError, from_workbook, to_workbook

from . import broken

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "responses/vi/_messages.yaml"
_SHARED = re.compile(rb'<c r="(\w+)"([^>]*?) t="s"><v>(\d+)</v></c>')


def real_pack() -> dict[str, bytes]:
    paths = [path for folder in ("intents", "responses", "data") for path in (ROOT / folder).rglob("*")]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def small_pack(folder: Path) -> dict[str, bytes]:
    root = broken.make(folder / "pack", MESSAGES)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def worked_on(data: bytes, work: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    work(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def row_of(sheet: Worksheet, name: str, column: str = "A") -> int:
    """The row whose column holds a text."""
    return next(number for number, cell in enumerate(sheet[column], 1) if cell.value == name)


def hand_in(files: dict[str, bytes], work: Callable[[Workbook], object]) -> Changes | list[RowError]:
    """What comes of the workbook of these files after somebody worked on it."""
    return from_workbook(worked_on(to_workbook(files), work), files)


def taken(result: Changes | list[RowError]) -> Changes:
    assert isinstance(result, Changes), [str(error) for error in result]
    return result


def faults(result: Changes | list[RowError]) -> list[RowError]:
    assert isinstance(result, list), "nothing was found wrong"
    return result


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """The archive with every part as `change` gives it (None: left out), and with parts added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = change(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
        for name, content in added.items():
            after.writestr(name, content)
    return file.getvalue()


def with_inline_strings(data: bytes) -> bytes:
    """As programs write that know no shared strings: every text stands in its cell, some in pieces of several looks."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(book.worksheets, 1)}

    def inline(name: str, content: bytes) -> bytes:
        if name not in sheets:
            return content
        return _SHARED.sub(lambda found: _inline(sheets[name], found), content)

    return rezipped(data, inline)


def _inline(sheet: Worksheet, found: re.Match[bytes]) -> bytes:
    text = (
        str(sheet[found[1].decode()].value).replace("&", "&amp;").replace("<", "&lt;").encode().replace(b"\r", b"&#13;")
    )
    half = len(text.decode()) // 2
    first, second = text.decode()[:half].encode(), text.decode()[half:].encode()
    space = b' xml:space="preserve"'
    if b"&" in text:
        return b'<c r="%s"%s t="inlineStr"><is><t%s>%s</t></is></c>' % (found[1], found[2], space, text)
    run = b"<r><rPr><b/></rPr><t%s>%s</t></r><r><t%s>%s</t></r>" % (space, first, space, second)
    return b'<c r="%s"%s t="inlineStr"><is>%s</is></c>' % (found[1], found[2], run)
