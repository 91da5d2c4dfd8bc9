"""Tables with borders: which letters of a page stand in which cell, also where cells are merged or texts wrapped."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .pdf_rules import Rule, Rules

_MOST_RULES = 600
_MOST_CELLS = 2000
_TOUCH = 4.0  # points between two rules that meet
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: `columns` are the places of its upright rules from the left, `rows` those across from the top.

    `cells` tells for every square of the grid which one its cell begins in: merged squares begin in the same.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: dict[Place, Place] = field(default_factory=dict)

    def cell(self, x: float, y: float) -> Place | None:
        """The cell around a point, or None outside the table."""
        column = bisect_right(self.columns, x) - 1
        row = bisect_left(self.rows, -y, key=operator.neg) - 1
        return self.cells.get((row, column))


def parting(found: Sequence[Table]) -> Callable[[float, float, float], bool]:
    """Whether two places on one height (from the left, to the right, height) stand in different cells."""

    def parted(left: float, right: float, height: float) -> bool:
        return any(table.cell(left - 1, height) != table.cell(right + 1, height) for table in found)

    return parted


def tables(found: Rules) -> tuple[Table, ...]:
    """The tables that the rules of a page are the borders of: two columns and two rows at least."""
    if len(found.across) + len(found.upright) > _MOST_RULES:
        return ()
    return tuple(table for group in _groups(found) if (table := _table(group)) is not None)


def _groups(found: Rules) -> Iterator[Rules]:
    """Rules that meet, each group on its own."""
    across, upright = list(found.across), list(found.upright)
    while upright:
        group: tuple[list[Rule], list[Rule]] = ([], [upright.pop()])
        fresh: list[tuple[Rule, bool]] = [(group[1][0], True)]
        while fresh:
            rule, standing = fresh.pop()
            others = across if standing else upright
            met = [other for other in others if _meet(rule, other)]
            for other in met:
                others.remove(other)
                group[0 if standing else 1].append(other)
                fresh.append((other, not standing))
        yield Rules(tuple(group[0]), tuple(group[1]))


def _meet(one: Rule, other: Rule) -> bool:
    return one.start - _TOUCH <= other.at <= one.stop + _TOUCH and other.start - _TOUCH <= one.at <= other.stop + _TOUCH


def _table(group: Rules) -> Table | None:
    columns = sorted({rule.at for rule in group.upright})
    rows = sorted({rule.at for rule in group.across}, reverse=True)
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    return Table(tuple(columns), tuple(rows), _cells(group, columns, rows))


def _cells(group: Rules, columns: Sequence[float], rows: Sequence[float]) -> dict[Place, Place]:
    cells: dict[Place, Place] = {}
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) not in cells:
                _fill(group, columns, rows, cells, (row, column))
    return cells


def _fill(
    group: Rules, columns: Sequence[float], rows: Sequence[float], cells: dict[Place, Place], first: Place
) -> None:
    """Give every square that no rule parts from the first one to the same cell."""
    waiting = [first]
    while waiting:
        row, column = waiting.pop()
        if (row, column) in cells or not (0 <= row < len(rows) - 1 and 0 <= column < len(columns) - 1):
            continue
        cells[row, column] = first
        across = (columns[column] + columns[column + 1]) / 2
        up = (rows[row] + rows[row + 1]) / 2
        for side, step in ((column, -1), (column + 1, 1)):
            if not _parted(group.upright, columns[side], up):
                waiting.append((row, column + step))
        for side, step in ((row, -1), (row + 1, 1)):
            if not _parted(group.across, rows[side], across):
                waiting.append((row + step, column))


def _parted(found: Sequence[Rule], at: float, place: float) -> bool:
    return any(rule.at == at and rule.covers(place) for rule in found)
