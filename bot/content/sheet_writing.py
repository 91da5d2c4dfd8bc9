"""The workbook that officers get: every value as text, what must stay is locked, and a hidden mark of what it was."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..errors import ContentError, Problem
from .sheet_cells import ROWS
from .sheet_items import Held, Items, fingerprint, phrase_key
from .sheet_pages import ANSWERS, GUIDE, GUIDE_LINES, KINDS, LONGEST, MARK, MARK_VERSION, PAGES, Column, Page

_HEAD, _FIXED = PatternFill("solid", fgColor="D9E2F3"), PatternFill("solid", fgColor="EDEDED")
_WRAP = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
_OPEN = Protection(locked=False)
_TEXT = "@"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
# What XML cannot hold, and what Excel would read as such an escape.
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")  # half a character is none
_SPARE_ROWS = 2000  # so many rows under the phrases offer the choices too


def escape(text: str) -> str:
    """The text as a cell stores it."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def unescape(text: str) -> str:
    """The text that a cell means."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def write_workbook(items: Items) -> bytes:
    """The bytes of the .xlsx; raises ContentError for a text, or for more items, than could be read back."""
    mark = list(mark_lines(items))
    if len(mark) >= ROWS:
        mend = "bỏ bớt câu mẫu, hoặc sửa trực tiếp trong tệp"
        raise ContentError([Problem("intents", 1, f"có {len(mark)} mục, bảng chỉ chứa {ROWS}", mend, "length")])
    _refuse_too_long(items)
    book = Workbook()
    book.properties.creator = "Loa"
    _write_guide(cast(Worksheet, book.active))
    for page in PAGES:
        _write_page(book.create_sheet(page.title), page, _rows(page, items))
    _write_mark(book.create_sheet(MARK), mark)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def length(text: str) -> int:
    """How long a cell finds a text, as it is stored there."""
    return len(escape(text).encode("utf-16-le", "surrogatepass")) // 2


def _refuse_too_long(items: Items) -> None:
    values = [
        held for records in items.records.values() for record in records.values() for held in record.values.values()
    ]
    texts = [(held.file, held.text) for held in values]
    texts += [(each.file, text) for lists in items.phrases.values() for each in lists.values() for text in each.texts]
    what = f"dài hơn {LONGEST} chữ, một ô bảng tính không chứa được"
    problems = [
        Problem(file, 1, what, "chia nhỏ hoặc rút ngắn", "length") for file, text in texts if length(text) > LONGEST
    ]
    if problems:
        raise ContentError(problems)


def _rows(page: Page, items: Items) -> Iterator[list[str]]:
    if page.phrases:
        for (owner, kind), phrases in items.phrases[page.name].items():
            for text in phrases.texts:
                yield [owner, phrases.title, KINDS[kind], text, phrase_key(owner, kind, text)]
        return
    for name, record in items.records[page.name].items():
        yield [name, *(_shown(column, record.values.get(column.name), record.info) for column in page.columns[1:])]


def _shown(column: Column, held: Held | None, info: object) -> str:
    if held is not None:
        return column.shown(held.text)
    return str(info.get(column.name, "")) if isinstance(info, dict) else ""


def _write_guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate((GUIDE, "", *GUIDE_LINES), 1):
        cell = _fill(sheet, number, 1, line)
        if number == 1:
            cell.font = _BOLD
    sheet.protection.sheet = True


def _write_page(sheet: Worksheet, page: Page, rows: Iterable[Sequence[str]]) -> None:
    for number, column in enumerate(page.columns, 1):
        cell = _fill(sheet, 1, number, column.heading)
        cell.font, cell.fill = _BOLD, _HEAD
        _dress_column(sheet, number, column, page)
    count = 1
    for count, row in enumerate(rows, 2):
        for number, (column, text) in enumerate(zip(page.columns, row, strict=True), 1):
            cell = _fill(sheet, count, number, text)
            if _is_fixed(column):
                cell.fill = _FIXED
            if not _is_locked(column, page):
                cell.protection = _OPEN
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(page.columns))}{count}"
    _offer_choices(sheet, page, count)
    # A protected sheet lets nobody delete rows that hold a locked cell, so pages with rows to delete stay open.
    sheet.protection.sheet = not page.phrases
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def _is_fixed(column: Column) -> bool:
    return column.role != "field"


def _is_locked(column: Column, page: Page) -> bool:
    return _is_fixed(column) and not page.phrases


def _dress_column(sheet: Worksheet, number: int, column: Column, page: Page) -> None:
    """The look of cells that are still empty: text too, so that what is typed into a new row stays as typed."""
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = column.width
    dimension.number_format = _TEXT
    dimension.alignment = _WRAP
    dimension.hidden = column.role == "key"
    if not _is_locked(column, page):
        dimension.protection = _OPEN


def _fill(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text and nothing else: a sentence that begins with “=” is never a formula, a number never loses its zero."""
    cell = cast(Cell, sheet.cell(row, column))  # nothing is merged here
    cell.number_format = _TEXT
    cell.alignment = _WRAP
    if text:
        cell.value = escape(text)
        cell.data_type = "s"
        if text.startswith(_RISKY):
            cell.quotePrefix = True
    return cell


def _offer_choices(sheet: Worksheet, page: Page, last: int) -> None:
    last += _SPARE_ROWS if page.phrases else 0
    for number, column in enumerate(page.columns, 1):
        formula = ""
        if column.choices:
            formula = '"' + ",".join(column.choices.values()) + '"'
        elif page.name == "phrases" and column.role == "id":
            formula = f"'{ANSWERS.title}'!$A$2:$A$1000"
        if formula:
            choice = DataValidation("list", formula1=formula, allow_blank=not column.required, showErrorMessage=True)
            choice.errorTitle, choice.error = column.heading, "Anh/chị chọn một giá trị trong danh sách."
            letter = get_column_letter(number)
            choice.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(choice)


def _write_mark(sheet: Worksheet, mark: Sequence[tuple[str, str]]) -> None:
    """What the workbook was made from: a line for each value with its fingerprint, and for each phrase with its key."""
    sheet.sheet_state = "veryHidden"
    for row in [("loa", MARK_VERSION), *mark]:
        sheet.append(row)


def mark_lines(items: Items) -> Iterator[tuple[str, str]]:
    """A name and the fingerprint of every item: “page/id/column”, or “page/owner/kind” once for each phrase."""
    for page, records in items.records.items():
        for name, record in records.items():
            for column, held in record.values.items():
                yield f"{page}/{name}/{column}", fingerprint(held.text)
    for page, lists in items.phrases.items():
        for (owner, kind), phrases in lists.items():
            for text in phrases.texts:
                yield f"{page}/{owner}/{kind}", phrase_key(owner, kind, text)
