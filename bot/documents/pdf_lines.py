"""Rows of pages into lines: the two columns of head and signature apart, the rest across or column by column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..core.syllables import bare
from .columns import split_line
from .fonts import likely, tidy
from .head_lines import is_urgency, kind_of
from .lines import Line
from .marks import is_caps, marks
from .pdf_columns import columns
from .pdf_rows import Row, sets_out

_ACROSS = re.compile(r"kinh gui|can cu|phu luc\b|.{3,60} dien\s*:")


def _split(row: Row) -> tuple[float, float] | None:
    """The widest gap of a row that has two sides, or None."""
    gaps = [(one.x1, other.x0) for one, other in zip(row.runs, row.runs[1:], strict=False)]
    return max(gaps, key=lambda gap: gap[1] - gap[0]) if gaps else None


def _narrowed(gap: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """The part of a gap that a row leaves free, if all its runs stand beside it."""
    low, high = gap
    for run in row.runs:
        if run.x0 + run.x1 < low + high:
            low = max(low, run.x1)
        else:
            high = min(high, run.x0)
    return (low, high) if high - low > 3 else None


def _stops(row: Row) -> bool:
    """A table, a clause, or what stands across the page: a title, a grade of urgency, addressees."""
    if row.table or len(row.runs) > 2 or marks(row.text) or row.text.endswith("./."):
        return True
    return len(row.runs) == 1 and bool(kind_of(row.text) or is_urgency(row.text) or _ACROSS.match(bare(row.text)))


def _zone(page: Sequence[Row], at: int, *, goes_on: bool) -> tuple[int, int, float] | None:
    """The rows around one with two sides that stand in the same two columns, and where these part."""
    gap = _split(page[at])
    if gap is None or len(page[at].runs) != 2:
        return None
    start, stop = at, at + 1
    while stop < len(page) and not _stops(page[stop]) and (wider := _narrowed(gap, page[stop])):
        gap, stop = wider, stop + 1
    while start > 0 and not _stops(page[start - 1]) and (wider := _narrowed(gap, page[start - 1])):
        gap, start = wider, start - 1
    if goes_on and start == 0:
        return start, stop, sum(gap) / 2
    while start < stop and not (_sets_out(page[start]) or is_caps(page[start].text)):
        start += 1
    return (start, stop, sum(gap) / 2) if any(map(_sets_out, page[start:stop])) else None


def _sets_out(row: Row) -> bool:
    return sets_out(row.runs)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where text begins and ends on the pages, the width of a letter, and the usual way from line to line."""

    left: float
    right: float
    letter: float
    leading: float


def _frame(pages: Sequence[Sequence[Row]]) -> _Frame:
    found = [row for page in pages for row in page if not row.table] or [row for page in pages for row in page]
    wide = sorted(found, key=lambda row: row.runs[-1].x1 - row.runs[0].x0)[len(found) // 2 :]
    lefts, rights = sorted(row.runs[0].x0 for row in wide), sorted(row.runs[-1].x1 for row in wide)
    letters = [(row.runs[-1].x1 - row.runs[0].x0) / max(1, len(row.text)) for row in wide]
    steps = [one.base - other.base for page in pages for one, other in itertools.pairwise(page)]
    return _Frame(
        lefts[len(lefts) // 10], rights[-1], median(letters) or 1.0,
        median([step for step in steps if step > 2] or [0.0]),
    )  # fmt: skip


def lines(pages: Sequence[Sequence[Row]]) -> list[Line]:
    """The lines of all pages in reading order."""
    if not any(pages):
        return []
    frame = _frame(pages)
    found: list[Line] = []
    for page in pages:
        goes_on = bool(found) and bool(found[-1].side)  # a signature that reaches over the end of a page
        found += _page_lines(page, frame, len(found), goes_on=goes_on)
    return found


def _page_lines(page: Sequence[Row], frame: _Frame, block: int, *, goes_on: bool) -> list[Line]:
    found: list[Line] = []
    at = one_column = 0
    while at < len(page):
        zone = next(
            (
                z
                for i in range(at, min(at + 6, len(page)))
                if (z := _zone(page, i, goes_on=goes_on and not at)) and z[0] <= at
            ),
            None,
        )
        if zone and zone[1] > at:
            found += _columns(page[at : zone[1]], zone[2], block + at + 1)
            at = zone[1]
            continue
        if at >= one_column:
            left, right, one_column = columns(page, at, (frame.left, frame.right), _ends_columns)
            if left and right:
                found += _column(left) + _column(right)
                at = one_column
                continue
        found += _line(page, at, frame)
        at += 1
    return found


def _ends_columns(row: Row) -> bool:
    return row.table or _sets_out(row)


def _column(found: Sequence[Row]) -> list[Line]:
    frame = _frame([found])
    return [line for at in range(len(found)) for line in _line(found, at, frame)]


def _columns(part: Sequence[Row], middle: float, block: int) -> list[Line]:
    found = []
    for side in ("left", "right"):
        for row in part:
            runs = [run for run in row.runs if (run.x0 + run.x1 < 2 * middle) == (side == "left")]
            text = tidy(likely(" ".join(run.text for run in runs)))
            if text:
                found.append(Line(text, side, slack=999, block=block))
    return found


def _line(page: Sequence[Row], at: int, frame: _Frame) -> list[Line]:
    row = page[at]
    if row.table:
        return [Line(row.text, slack=999, whole=True, gap=True, row=True)]
    text = likely(" ".join(run.text for run in row.runs))
    gap = at > 0 and page[at - 1].base - row.base > 1.15 * frame.leading
    sided = split_line(text)
    if sided:
        return [Line(tidy(part), side, slack=999, gap=gap) for side, part in sided if tidy(part)]
    indent, slack = row.runs[0].x0 - frame.left, frame.right - row.runs[-1].x1
    return [Line(tidy(text), indent=max(0.0, indent / frame.letter), slack=max(0.0, slack / frame.letter), gap=gap)]
