"""The cells of a workbook as plain values; runs in a child process, so it imports little and returns JSON values."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from ..bounded import Limits, refuse_entities, unzip
from ..errors import FileRefused

ROWS, COLUMNS = 50_000, 40
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_LOCK = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "mở tệp bằng Excel hay LibreOffice, chọn Lưu thành, kiểu “Excel (.xlsx)”"
_KINDS = {"s": "text", "inlineStr": "text", "str": "text", "f": "formula", "e": "error", "b": "truth", "d": "date"}


def read_cells(data: bytes) -> dict[str, list[list[list[str] | None]]]:
    """Sheets by title; of each its rows; of each cell None, or its kind and text.

    The kinds are text, number, date, truth, formula and error. Raises FileRefused for bytes that are no sound .xlsx.
    """
    _refuse_other_formats(data)
    parts = unzip(data, Limits())
    if "xl/workbook.xml" not in parts:
        raise FileRefused("tệp không phải bảng tính .xlsx", _SAVE_AS)
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            refuse_entities(content)
    del parts
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    return {sheet.title: _rows(sheet) for sheet in book.worksheets}


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(_OLE) and _LOCK in data:
        raise FileRefused("tệp có mật khẩu", "mở tệp, bỏ mật khẩu rồi lưu lại")
    if data.startswith(_OLE):
        raise FileRefused("tệp là kiểu Excel cũ (.xls)", _SAVE_AS)
    if not data.startswith(_ZIP):
        raise FileRefused("tệp không phải bảng tính .xlsx", _SAVE_AS)


def _rows(sheet: Any) -> list[list[list[str] | None]]:
    """The rows down to the last with something in it, whatever size the sheet claims to have."""
    sheet.reset_dimensions()
    rows = []
    for row in sheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS):
        rows.append(_cells(row))
        if len(rows) > ROWS:
            what = f"trang “{sheet.title}” dài hơn {ROWS} dòng"
            raise FileRefused(what, "xoá hẳn các dòng trống ở cuối trang (chọn dòng, bấm Xoá), rồi lưu lại")
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _cells(row: Iterable[Any]) -> list[list[str] | None]:
    cells = [_cell(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(cell: Any) -> list[str] | None:
    value = cell.value
    if value is None or value == "":
        return None
    if isinstance(value, date | datetime | time | timedelta):
        return ["date", str(value)]
    kind = _KINDS.get(cell.data_type, "number")
    return [kind, str(value)]
