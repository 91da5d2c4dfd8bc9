"""The cells of a workbook as rows of texts; every cell that cannot be used is named with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..core.vietnamese import clean
from ..errors import FileRefused
from .sheet_errors import Place, RowError
from .sheet_items import tidy
from .sheet_pages import KINDS, LONGEST, MARK, MARK_VERSION, Column, Page
from .sheet_writing import length, unescape

Cells = Sequence[Sequence[Sequence[str] | None]]
_AS_TEXT = "bôi đen ô, chọn định dạng Văn bản (Text), rồi gõ lại"
_AS_VALUE = "chép ô, dán đè bằng Dán đặc biệt (Paste Special) kiểu Giá trị (Values), hoặc gõ lại"
_KINDS = {
    "number": ("ô đã thành số ({text}), có thể mất số 0 ở đầu", _AS_TEXT),
    "date": ("ô đã thành ngày giờ ({text})", _AS_TEXT),
    "truth": ("ô đã thành TRUE/FALSE", _AS_TEXT),
    "formula": ("ô là công thức", _AS_VALUE),
    "error": ("ô báo lỗi {text}", "gõ lại nội dung của ô"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: texts by column, as they are stored, and where each stands.

    A row that is not `sound` had a fault, told already; the text of a faulty cell is empty.
    """

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    sound: bool = True

    @property
    def owner(self) -> str:
        """What the row is about."""
        return self.texts["id"]

    def error(self, column: str, what: str, mend: str) -> RowError:
        """What is wrong in a cell of this row."""
        return self.places[column].error(what, mend)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the workbook was made from: fingerprints of values by “page/id/column”, and owner and kind by phrase key."""

    values: Mapping[str, str]
    phrases: Mapping[str, Mapping[str, tuple[str, str]]]


def read_mark(sheets: Mapping[str, Cells]) -> Mark:
    """Raises FileRefused for a workbook that Loa did not make, or whose mark was lost on the way."""
    again = "xuất bảng mới từ Loa, rồi chép phần đã sửa sang bảng ấy"
    lines = [[cell[1] if cell else "" for cell in row] for row in sheets.get(MARK, ())]
    if not lines or lines[0] != ["loa", MARK_VERSION]:
        raise FileRefused("bảng này không phải do Loa xuất ra, hoặc phần ẩn của nó đã mất", again)
    values: dict[str, str] = {}
    phrases: dict[str, dict[str, tuple[str, str]]] = {}
    for line in lines[1:]:
        steps = line[0].split("/") if len(line) == 2 else []
        if len(steps) != 3:
            raise FileRefused("phần ẩn của bảng đã hỏng", again)
        if steps[2] in KINDS:
            phrases.setdefault(steps[0], {})[line[1]] = (steps[1], steps[2])
        else:
            values[line[0]] = line[1]
    return Mark(values, phrases)


def read_page(page: Page, sheets: Mapping[str, Cells], errors: list[RowError]) -> list[Row] | None:
    """The rows of a page, or None without its sheet or a column; what cannot be used is added to `errors`."""
    title = next((each for each in sheets if clean(each).casefold() == clean(page.title).casefold()), None)
    if title is None:
        mend = f"đặt lại tên trang là “{page.title}”, hoặc xuất bảng mới"
        errors.append(RowError(page.title, "A1", f"không có trang “{page.title}”", mend))
        return None
    cells = sheets[title]
    columns = dict(_columns(page, title, cells[0] if cells else (), errors))
    if len(columns) < len(page.columns):
        return None
    rows = (_row(page, title, number, line, columns, errors) for number, line in enumerate(cells[1:], 2))
    return [row for row in rows if row is not None]


def _columns(
    page: Page, title: str, head: Sequence[Sequence[str] | None], errors: list[RowError]
) -> Iterator[tuple[str, int]]:
    """The number of each column, found by its heading; columns that officers added are not read."""
    found: dict[str, list[int]] = {}
    for number, cell in enumerate(head, 1):
        found.setdefault(clean(cell[1]).casefold() if cell else "", []).append(number)
    for position, column in enumerate(page.columns, 1):
        numbers = found.get(clean(column.heading).casefold(), [])
        if len(numbers) == 1:
            yield column.name, numbers[0]
        elif numbers:
            mend = "xoá bớt, chỉ giữ cột của Loa"
            errors.append(Place(title, 1, numbers[1]).error(f"hai cột cùng tên “{column.heading}”", mend))
        else:
            mend = f"ghi lại “{column.heading}” vào dòng đầu của cột ấy (cột ẩn: xuất bảng mới)"
            errors.append(Place(title, 1, position).error(f"thiếu cột “{column.heading}”", mend))


def _row(
    page: Page, title: str, number: int, line: Sequence[Sequence[str] | None], columns: Mapping[str, int],
    errors: list[RowError],
) -> Row | None:  # fmt: skip
    cells = {name: line[at - 1] if at <= len(line) else None for name, at in columns.items()}
    if not any(cell for name, cell in cells.items() if page.column(name).role in {"id", "field"}):
        return None
    places = {name: Place(title, number, at) for name, at in columns.items()}
    faults: list[RowError] = []
    texts = {column.name: _text(column, cells[column.name], places[column.name], faults) for column in page.columns}
    errors.extend(faults)
    return Row(texts, places, not faults)


def _text(column: Column, cell: Sequence[str] | None, place: Place, faults: list[RowError]) -> str:
    """What a cell says, as it is stored; a cell that only explains is not judged."""
    kind, raw = cell or ("text", "")
    if column.role in {"info", "key"}:
        return raw
    if kind != "text":
        what, mend = _KINDS[kind]
        faults.append(place.error(what.format(text=raw), mend))
        return ""
    text = tidy(unescape(raw))
    if length(text) > LONGEST:
        faults.append(place.error(f"ô dài hơn {LONGEST} chữ", "rút ngắn hoặc chia thành nhiều mục"))
    elif column.required and not text:
        faults.append(place.error(f"ô “{column.heading}” trống", "điền vào, hoặc xoá cả dòng nếu là dòng thừa"))
    return _stored(column, text, place, faults)


def _stored(column: Column, text: str, place: Place, faults: list[RowError]) -> str:
    stored = column.stored(text)
    if stored is None:
        mend = "chọn một trong: " + "; ".join(column.choices.values())
        faults.append(place.error(f"“{column.heading}” không có giá trị “{text[:60]}”", mend))
    return stored or ""
