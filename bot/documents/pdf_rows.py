"""Runs of a page into rows, and rows into lines: the two columns of head and signature apart, the rest across."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ..core.syllables import bare
from .columns import split_line
from .fonts import likely, tidy
from .head_lines import is_stamp, is_urgency, kind_of
from .lines import Line
from .marks import is_caps, marks
from .pdf_glyphs import Run
from .pdf_tables import Table

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:(?:Trang|trang)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$")
# What browsers print over and under a page: date and time, address and page.
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}\b|(?:https?|file)://\S+(?:\s+\d+/\d+)?$")
_FOOTNOTE = re.compile(r"(?:[(\[]?\d{1,2}[)\]]?|\*+)\s*\S")
_LAYOUT = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|doc lap\s*[-–]|noi nhan|"
    r"(?:^|\n)(?:tm|kt|tl|tuq)\.|(?:^|\n)(?:t/m|k/t|t/l)\s|"
    r"(?:^|\n)[^\d\n,]{2,40},\s*ngay\b.{0,20}\bthang\b.{0,20}\bnam\b|(?:^|\n)so\s*:|"
    r"(?:^|\n)(?:pho )?(?:chu tich|giam doc|bi thu)"
)
_ACROSS = re.compile(r"kinh gui|can cu|phu luc\b|.{3,60} dien\s*:")
_COLUMN_GAP = 0.9  # of the letter size


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one baseline, from left to right; or a row of a table, its cells parted by strokes."""

    runs: tuple[Run, ...]
    base: float
    page: int
    table: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return tidy(" ".join(run.text for run in self.runs))

    @property
    def size(self) -> float:
        """The size of its largest letters, in points."""
        return max(run.size for run in self.runs)


def rows(found: Iterable[Run], page: int) -> list[Row]:
    """The rows of a page from top to bottom."""
    groups: list[list[Run]] = []
    for run in sorted(found, key=lambda run: (-run.base, run.x0)):
        last = groups[-1][0] if groups else None
        if last is not None and abs(last.base - run.base) <= 0.3 * min(last.size, run.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Row(_merged(sorted(group, key=lambda run: run.x0)), group[0].base, page) for group in groups]


def table_rows(found: Sequence[Run], table: Table, page: int) -> list[Row]:
    """The rows of a table from the text in it; a cell that reaches over several rows stands in the first."""
    cells: dict[tuple[int, int], list[Run]] = {}
    for run in found:
        place = table.cell((run.x0 + run.x1) / 2, run.base)
        if place is not None:
            cells.setdefault(place, []).append(run)
    made = []
    for number, group in itertools.groupby(sorted(cells), key=lambda place: place[0]):
        texts = [tidy(likely(" ".join(row.text for row in rows(cells[place], page)))) for place in group]
        size = cells[min(place for place in cells if place[0] == number)][0].size
        one = Run(" | ".join(filter(None, texts)), table.columns[0], table.columns[-1], table.rows[number], size)
        made.append(Row((one,), one.base, page, table=True))
    return made


def page_rows(found: Sequence[Run], tables: Sequence[Table], page: int) -> list[Row]:
    """The rows of a page from top to bottom, those of its tables as rows of cells."""
    rest = list(found)
    made: list[Row] = []
    for table in tables:
        inside = [run for run in rest if table.cell((run.x0 + run.x1) / 2, run.base) is not None]
        if len(table.columns) == 3 and _LAYOUT.search(bare("\n".join(run.text.strip() for run in inside))):
            continue  # a border around head or signature
        rest = [run for run in rest if not any(run is each for each in inside)]
        made += table_rows(inside, table, page)
    return sorted([*rows(rest, page), *made], key=lambda row: -row.base)


def _merged(group: Sequence[Run]) -> tuple[Run, ...]:
    """Runs that only words' blanks divide, as one."""
    merged: list[Run] = []
    for run in group:
        last = merged[-1] if merged else None
        if last is None or run.x0 - last.x1 > _COLUMN_GAP * max(last.size, run.size):
            merged.append(Run(run.text, run.x0, run.x1, run.base, run.size))
            continue
        glue = " " if run.x0 - last.x1 > 0.12 * run.size else ""
        last.text += glue + run.text
        last.x1 = max(last.x1, run.x1)
    return tuple(merged)


def without_margins(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], int]:
    """Pages without page numbers, repeated head and foot lines and footnotes; and how many rows went."""
    edges = Counter(_edge(row) for page in pages for row in _ends(page))
    kept = [_trimmed(page, edges, len(pages)) for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _ends(page: Sequence[Row]) -> Iterable[Row]:
    first = next((at for at, row in enumerate(page) if not is_stamp(row.text)), 0)
    return {id(row): row for row in (*page[:1], *page[first : first + 1], *page[-1:])}.values()


def _edge(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", row.text), round(row.base / 4)


def _trimmed(page: Sequence[Row], edges: Counter[tuple[str, int]], count: int) -> list[Row]:
    left = list(page)
    above = sum(1 for _ in itertools.takewhile(lambda row: is_stamp(row.text), left))  # they stand over a head line
    for at in (above, 0, -1):
        while at < len(left) and left and _is_margin(left[at], edges, count):
            left.pop(at)
    return _without_footnotes(left)


def _is_margin(row: Row, edges: Counter[tuple[str, int]], count: int) -> bool:
    if row.table:
        return False
    if len(row.text) == 1 or _PAGE_NUMBER.match(row.text) or _PRINTED.match(row.text):
        return True
    if is_caps(row.text) or marks(row.text):
        return False
    times = edges[_edge(row)]
    return count > 1 and times > 1 and times * 2 >= count and len(row.text) < 120


def _without_footnotes(page: list[Row]) -> list[Row]:
    sizes = [row.size for row in page for _ in range(len(row.text) // 20 + 1)]
    if len(page) < 4 or not sizes:
        return page
    stop = len(page)
    while stop and not page[stop - 1].table and page[stop - 1].size < 0.86 * median(sizes):
        stop -= 1
    small = page[stop:]
    if (
        not small
        or not _FOOTNOTE.match(small[0].text)
        or any(bare(row.text).startswith(("noi nhan", "-")) for row in small)
    ):
        return page
    return page[:stop]


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
    return bool(_LAYOUT.search(bare("\n".join(run.text.strip() for run in row.runs))))


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
    at = 0
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
        found += _line(page, at, frame)
        at += 1
    return found


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
