"""What an officer changed in a workbook, against what stands in the files now.

Three states meet: what the workbook was made from (its mark), what it says, and what the files say. What the officer
did not touch stays as the files have it; what both sides changed is an error, and nobody is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from .sheet_errors import Place, RowError
from .sheet_items import Held, Items, Phrases, Record, fingerprint
from .sheet_pages import Page
from .sheet_phrases import PhraseMerge
from .sheet_reading import Mark, Row

_ANEW = "xuất bảng mới rồi sửa lại dòng này"


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """A value to write."""

    held: Held
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ListEdit:
    """A list of phrases as it shall be."""

    phrases: Phrases
    wanted: tuple[str, ...]


Edit = ValueEdit | ListEdit


def merge_page(page: Page, rows: Sequence[Row], mark: Mark, items: Items, errors: list[RowError]) -> list[Edit]:
    """The edits that a page asks for; what cannot be done is added to `errors`."""
    if page.phrases:
        return list(_merge_phrases(page, rows, mark, items, errors))
    return list(_merge_records(page, rows, mark, items.records[page.name], errors))


def _merge_phrases(
    page: Page, rows: Sequence[Row], mark: Mark, items: Items, errors: list[RowError]
) -> Iterator[ListEdit]:
    current = items.phrases[page.name]
    for where, wanted in PhraseMerge(page, mark.phrases.get(page.name, {}), current).take(rows, errors).items():
        if wanted != current[where].texts:
            yield ListEdit(current[where], wanted)


def _merge_records(
    page: Page, rows: Sequence[Row], mark: Mark, records: Mapping[str, Record], errors: list[RowError]
) -> Iterator[ValueEdit]:
    seen: dict[str, Row] = {}
    owners = {name.split("/")[1] for name in mark.values if name.startswith(f"{page.name}/")}
    for row in (each for each in rows if each.owner):
        if row.owner in seen:
            first = seen[row.owner].places["id"].cell
            errors.append(row.error("id", f"mã “{row.owner}” đã có ở ô {first}", "xoá một trong hai dòng"))
            continue
        seen[row.owner] = row
        if not row.sound:
            continue
        if row.owner in records:
            yield from _changed_values(page, row, mark, records[row.owner], errors)
        elif not _untouched(page, row, mark):
            errors.append(_unknown(row, records, row.owner in owners))
    errors.extend(_missing_row(page, owner) for owner in records if owner in owners and owner not in seen)


def _fields(page: Page) -> Iterator[str]:
    return (column.name for column in page.fields)


def _untouched(page: Page, row: Row, mark: Mark) -> bool:
    return all(
        mark.values.get(f"{page.name}/{row.owner}/{name}") == fingerprint(row.texts[name]) for name in _fields(page)
    )


def _unknown(row: Row, known: Iterable[str], was_there: bool) -> RowError:
    if was_there:
        return row.error("id", f"mục “{row.owner}” không còn nữa, đã bị bỏ sau khi xuất bảng", "xoá dòng này")
    near = get_close_matches(row.owner, list(known), n=1)
    mend = f"có phải “{near[0]}”?" if near else "giữ nguyên mã của Loa; mục mới không thêm được bằng bảng"
    return row.error("id", f"không có mã “{row.owner}”", mend)


def _changed_values(page: Page, row: Row, mark: Mark, record: Record, errors: list[RowError]) -> Iterator[ValueEdit]:
    for name in _fields(page):
        held, text = record.values[name], row.texts[name]
        before = mark.values.get(f"{page.name}/{row.owner}/{name}")
        if text == held.text or fingerprint(text) == before:
            continue
        if fingerprint(held.text) == before:
            yield ValueEdit(held, text, row.places[name])
        else:
            what = f"“{page.column(name).heading}” đã được người khác sửa sau khi xuất bảng"
            errors.append(row.error(name, what, _ANEW))


def _missing_row(page: Page, owner: str) -> RowError:
    """A row that was deleted is told: nothing is deleted by it, and nobody shall think so."""
    what = f"thiếu dòng của “{owner}”"
    return Place(page.title, 1, 1).error(what, "chép lại dòng này từ bảng đã xuất; mục không bỏ được bằng bảng")
