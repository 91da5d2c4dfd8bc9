"""Runs of a page into rows: what stands on one baseline, or in one row of a table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..core.syllables import bare
from .fonts import likely, tidy
from .pdf_glyphs import Run
from .pdf_tables import Table

_LAYOUT = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|doc lap\s*[-–]|noi nhan|"
    r"(?:^|\n)(?:tm|kt|tl|tuq)\.|(?:^|\n)(?:t/m|k/t|t/l)\s|"
    r"(?:^|\n)[^\d\n,]{2,40},\s*ngay\b.{0,20}\bthang\b.{0,20}\bnam\b|(?:^|\n)so\s*:|"
    r"(?:^|\n)(?:pho )?(?:chu tich|giam doc|bi thu)"
)
_COLUMN_GAP = 0.85  # of the height of its letters, from the deepest to the highest


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
        if len(table.columns) == 3 and sets_out(inside):
            continue  # a border around head or signature
        taken = set(map(id, inside))
        rest = [run for run in rest if id(run) not in taken]
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


def sets_out(found: Iterable[Run]) -> bool:
    """Whether words that only stand in a head or a signature are among these runs."""
    return bool(_LAYOUT.search(bare("\n".join(run.text.strip() for run in found))))
