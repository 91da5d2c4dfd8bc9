"""Workbooks for tests: the small pack as names and bytes, and what other programs and rough hands do to a workbook."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.content.sheets import Changes, RowError, from_workbook, to_workbook
from bot.content.tree import read_folder

from . import broken

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "responses/vi/_messages.yaml"
_INLINE = re.compile(rb'(<c r="\w+"[^>]*?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')
_SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_SHARED_LINK = (
    b'<Relationship Id="rId99" Target="sharedStrings.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)


def real_pack() -> dict[str, bytes]:
    return read_folder(ROOT)


def small_pack(folder: Path) -> dict[str, bytes]:
    return read_folder(broken.make(folder / "pack", MESSAGES))


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


def loaded(data: bytes) -> Any:
    return yaml.safe_load(data)


def one(result: Changes | list[RowError]) -> tuple[str, str]:
    found = faults(result)
    assert len(found) == 1, [str(error) for error in found]
    assert found[0].mend
    for text in (found[0].what, found[0].mend):
        assert unicodedata.is_normalized("NFC", text)
    return found[0].cell, found[0].what


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


def with_shared_strings(data: bytes) -> bytes:
    """As Excel writes: texts in one table, each once, some in pieces of several looks, some with a reading aid."""
    texts: dict[bytes, int] = {}

    def share(name: str, content: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            return _INLINE.sub(lambda found: _reference(found, texts), content)
        if name == "[Content_Types].xml":
            return content.replace(b"</Types>", _SHARED_TYPE + b"</Types>")
        if name == "xl/_rels/workbook.xml.rels":
            return content.replace(b"</Relationships>", _SHARED_LINK + b"</Relationships>")
        return content

    moved = rezipped(data, share)
    assert len(texts) > 20, "no text was found to share"
    table = b"".join(_entry(number, text) for text, number in texts.items())
    return rezipped(
        moved, lambda _, content: content, **{"xl/sharedStrings.xml": b"<sst %s>%s</sst>" % (_SPACE, table)}
    )


def _reference(found: re.Match[bytes], texts: dict[bytes, int]) -> bytes:
    return b'%s t="s"><v>%d</v></c>' % (found[1], texts.setdefault(found[2], len(texts)))


def _entry(number: int, text: bytes) -> bytes:
    """A text of the table: plain, in two runs, or with a reading aid that is no part of it."""
    kept = b'<t xml:space="preserve">%s</t>'
    if number % 3 == 0 or b"&" not in text[:20]:
        return b"<si>" + kept % text + b"</si>"
    cut = text.index(b";") + 1 if number % 3 == 1 else 0  # letters stand as &#227; in the file: cut between two
    runs = b"<r><rPr><b/></rPr>" + kept % text[:cut] + b"</r><r>" + kept % text[cut:] + b"</r>"
    return b"<si>" + runs + b'<rPh sb="0" eb="1"><t>aid</t></rPh></si>'
