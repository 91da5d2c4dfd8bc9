"""The phrases of a workbook against those of the files: added, changed, moved and taken out, by the keys of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from ..core.vietnamese import clean
from .sheet_errors import Place, RowError
from .sheet_items import Phrases, phrase_key
from .sheet_pages import Page
from .sheet_reading import Row

# More than this share of a page missing is rather a lost part of the sheet than an edit.
_MOST_MISSING = 0.25
_FEW = 20
_Where = tuple[str, str]


class PhraseMerge:
    """One page of phrases: `mark` is where each key was in the files once, `current` what they hold now."""

    def __init__(self, page: Page, mark: Mapping[str, _Where], current: Mapping[_Where, Phrases]) -> None:
        self._page, self._mark, self._current = page, mark, current
        self._keys = {phrase_key(*where, text) for where, phrases in current.items() for text in phrases.texts}

    def take(self, rows: Sequence[Row], errors: list[RowError]) -> dict[_Where, tuple[str, ...]]:
        """The lists as they shall be; what cannot be done is added to `errors`."""
        sound = [row for row in rows if row.sound]
        kept = {row.texts["key"] for row in rows if not row.sound or _key(row) == row.texts["key"]}
        changed, new = self._sorted(sound, kept)
        missing = self._mark.keys() - kept - changed.keys()
        errors.extend(self._doubles(sound, kept))
        errors.extend(self._lost(len(missing)))
        errors.extend(fault for key, row in changed.items() for fault in self._conflict(key, row))
        moved = [row for key, row in changed.items() if self._mark[key] != _where(row)]
        added = [*moved, *new]
        errors.extend(self._unknown(row) for row in added if _where(row) not in self._current)
        return {where: tuple(self._list(where, changed, missing, added)) for where in self._current}

    def _list(
        self, where: _Where, changed: Mapping[str, Row], missing: set[str], added: Sequence[Row]
    ) -> Iterator[str]:
        """A list after all edits at once, so that two phrases may change places; what stands already is not added."""
        texts = [(phrase_key(*where, text), text) for text in self._current[where].texts]
        placed = {text for key, text in texts if key not in changed and key not in missing}
        for key, text in texts:
            row = changed.get(key)
            if row is None and key not in missing:
                yield text
            elif row is not None and _where(row) == where:
                yield from _once(row, placed)
        for row in added:
            if _where(row) == where:
                yield from _once(row, placed)

    def _sorted(self, rows: Sequence[Row], kept: set[str]) -> tuple[dict[str, Row], list[Row]]:
        """Rows that change the phrase of their key, and rows of new phrases."""
        changed: dict[str, Row] = {}
        new = []
        for row in rows:
            key = row.texts["key"]
            if key in self._mark and _key(row) == key:
                continue
            if key in self._mark and key not in kept and key not in changed:
                changed[key] = row
            else:  # no key, or the key of a row that was copied
                new.append(row)
        return changed, new

    def _lost(self, missing: int) -> Iterator[RowError]:
        if missing > max(_FEW, len(self._mark) * _MOST_MISSING):
            what = f"thiếu {missing} trong {len(self._mark)} câu đã xuất"
            mend = "có thể bảng bị lọc hoặc cắt mất: lấy lại các dòng ấy; muốn bỏ nhiều câu thì bỏ dần từng phần"
            yield Place(self._page.title, 1, 1).error(what, mend)

    def _conflict(self, key: str, row: Row) -> Iterator[RowError]:
        """Changed here and no longer there; fine if both sides wrote the same."""
        stands = _where(row) in self._current and clean(row.texts["text"]) in self._current[_where(row)].texts
        if key not in self._keys and not stands:
            what = "câu này đã được người khác sửa hoặc bỏ sau khi xuất bảng"
            yield row.error("text", what, "xuất bảng mới rồi sửa lại dòng này, hoặc xoá dòng này")

    def _doubles(self, rows: Sequence[Row], kept: set[str]) -> Iterator[RowError]:
        """Phrases that stand twice for one subject, unless both came out of the files like that."""
        seen: dict[tuple[str, str, str], Row] = {}
        for row in rows:
            first = seen.setdefault((*_where(row), clean(row.texts["text"]).casefold()), row)
            came_so = {_key(row), _key(first)} <= kept and _key(row) != _key(first)
            if first is not row and not came_so:
                what = f"câu này đã có ở ô {first.places['text'].cell}, cùng mã và cùng loại"
                yield row.error("text", what, "xoá một trong hai dòng")

    def _unknown(self, row: Row) -> RowError:
        near = get_close_matches(row.owner, sorted({owner for owner, _ in self._current}), n=1)
        mend = f"có phải “{near[0]}”?" if near else "chép đúng mã từ một dòng khác"
        return row.error("id", f"không có mã “{row.owner}”", mend)


def _where(row: Row) -> _Where:
    return row.owner, row.texts["kind"]


def _key(row: Row) -> str:
    return phrase_key(*_where(row), row.texts["text"])


def _once(row: Row, placed: set[str]) -> Iterator[str]:
    text = clean(row.texts["text"])
    if text not in placed:
        placed.add(text)
        yield text
