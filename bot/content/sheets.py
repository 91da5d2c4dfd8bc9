"""Content out to a workbook and back, all or nothing.

`to_workbook` and `from_workbook` know the content as names and bytes, and touch neither folder nor database. Whoever
takes the changes checks them as any other edit; `Changes.locate` says in which cell a problem of that check stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ..bounded import Limits, run_bounded
from .editing import edit_bytes, set_body, set_items, set_value
from .notation import Names, names_in, written
from .sheet_cells import read_cells
from .sheet_errors import Place, RowError
from .sheet_items import MESSAGES_FILE, Held, read_items
from .sheet_locating import Cells, cells_of, locate
from .sheet_merging import Edit, ListEdit, ValueEdit, merge_page
from .sheet_pages import FACT_ORDER, INTENT_ORDER, PAGES, SOURCE_ORDER
from .sheet_reading import read_mark, read_page
from .sheet_writing import write_workbook

__all__ = ["Changed", "Changes", "Place", "RowError", "from_workbook", "to_workbook"]

LIMITS = Limits(seconds=10)  # a pack of ten thousand items takes about one


@dataclass(frozen=True, slots=True)
class Changed:
    """One text that a workbook changes: a value before and after, or a phrase that goes or comes ("" where none is)."""

    file: str
    path: tuple[str, ...]
    before: str
    after: str
    line: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a workbook changes: the new bytes of every changed file by name, and every text that is another now."""

    files: Mapping[str, bytes]
    changed: tuple[Changed, ...]
    _after: Mapping[str, bytes] = field(repr=False)
    _cells: Cells = field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for people about each edit."""
        return tuple(each.line for each in self.changed)

    def locate(self, file: str, line: int) -> Place | None:
        """The cell that shows what stands on a line of a file as it is after the changes; None if none does."""
        data = self._after.get(file)
        return locate(file, data, line, self._cells) if data is not None else None


def to_workbook(files: Mapping[str, bytes]) -> bytes:
    """The .xlsx of these files; raises ContentError for files that cannot be read or texts no cell can hold."""
    return write_workbook(read_items(files))


def from_workbook(data: bytes, files: Mapping[str, bytes]) -> Changes | list[RowError]:
    """What a workbook changes in these files, or every fault found in it; with one fault nothing is changed.

    Raises FileRefused for bytes that are no workbook of Loa or that cost too much to read, ContentError for files that
    cannot be read.
    """
    sheets = run_bounded(read_cells, data, LIMITS)
    mark, items = read_mark(sheets), read_items(files)
    errors: list[RowError] = []
    edits: list[Edit] = []
    cells: Cells = {}
    for page in PAGES:
        rows = read_page(page, sheets, errors)
        if rows is not None:
            edits += merge_page(page, rows, mark, items, errors)
            cells.update(cells_of(page, rows, items))
    if errors:
        order = [page.title for page in PAGES]
        return sorted(errors, key=lambda error: (order.index(error.sheet) if error.sheet in order else 0, error.row))
    changed = _apply(edits, files)
    return Changes(changed, tuple(_changed(edits)), {**files, **changed}, cells)


def _apply(edits: list[Edit], files: Mapping[str, bytes]) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    for edit in edits:
        name = edit.held.file if isinstance(edit, ValueEdit) else edit.phrases.file
        data = changed.get(name, files[name])
        changed[name] = edit_bytes(data, partial(_edited, edit, names_in(files)), name)
    return {name: data for name, data in changed.items() if data != files[name]}


def _edited(edit: Edit, names: Names, text: str) -> str:
    if isinstance(edit, ListEdit):
        return set_items(text, edit.phrases.path, edit.wanted, INTENT_ORDER)
    if not edit.held.path:
        return set_body(text, written(edit.held.with_margins(edit.text), names))
    value = _value(edit.held, edit.text)
    if value and edit.held.file == MESSAGES_FILE:
        value = written(value, names)
    return set_value(text, edit.held.path, value, _order(edit.held.path))


def _value(held: Held, text: str) -> str | None:
    """The title of a source may be empty, but not left out; everything else without text is a key without value."""
    if text or held.path[-1] == "title":
        return held.with_margins(text)
    return None


def _order(path: tuple[str, ...]) -> tuple[str, ...]:
    return {1: INTENT_ORDER, 2: FACT_ORDER}.get(len(path), SOURCE_ORDER)


def _changed(edits: list[Edit]) -> Iterator[Changed]:
    for edit in edits:
        if isinstance(edit, ValueEdit):
            held = edit.held
            yield Changed(held.file, held.path, held.text, edit.text, f"{held.file}: sửa theo {edit.place}")
            continue
        file, path, before, after = edit.phrases.file, edit.phrases.path, edit.phrases.texts, edit.wanted
        gone, come = set(before) - set(after), set(after) - set(before)
        yield from (Changed(file, path, text, "", f"{file}: bỏ “{text}”") for text in before if text in gone)
        yield from (Changed(file, path, "", text, f"{file}: thêm “{text}”") for text in after if text in come)
