"""Pages set in two columns, as gazettes are: each column is read to its end before the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .pdf_rows import Row

_GUTTER = 6.0  # points that are free between the columns, at least
_FULL = 0.6  # of the width of its column: a line of running text
_LEAST = 4  # such lines on each side


def columns(
    page: Sequence[Row], at: int, edges: tuple[float, float], stops: Callable[[Row], bool]
) -> tuple[list[Row], list[Row], int]:
    """The rows of the left and of the right column from `at` on, and where the two end.

    No rows where the page has one column; then the number tells up to which row there is nothing to look for.

    `edges`: where text begins and ends on the page. `stops`: a row that belongs to no column, such as a signature.
    """
    middle = sum(edges) / 2
    low, high, stop = edges[0], edges[1], at
    while stop < len(page) and not stops(page[stop]):
        wider = _narrowed(page[stop], middle, low, high)
        if wider[1] - wider[0] < _GUTTER:
            break
        (low, high), stop = wider, stop + 1
    left = [part for row in page[at:stop] if (part := _side(row, middle, right=False))]
    right = [part for row in page[at:stop] if (part := _side(row, middle, right=True))]
    if _full(left, low - edges[0]) < _LEAST or _full(right, edges[1] - high) < _LEAST or not _beside(left, right):
        return [], [], max(stop, at + 1)
    return left, right, stop


def _narrowed(row: Row, middle: float, low: float, high: float) -> tuple[float, float]:
    for run in row.runs:
        if run.x0 + run.x1 < 2 * middle:
            low = max(low, run.x1)
        else:
            high = min(high, run.x0)
    return low, high


def _side(row: Row, middle: float, *, right: bool) -> Row | None:
    runs = tuple(run for run in row.runs if (run.x0 + run.x1 >= 2 * middle) == right)
    return Row(runs, row.base, row.page) if runs else None


def _full(found: Iterable[Row], width: float) -> int:
    return sum(row.runs[-1].x1 - row.runs[0].x0 >= _FULL * width for row in found)


def _beside(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the two stand beside each other for more than half of the shorter one."""
    top, bottom = min(left[0].base, right[0].base), max(left[-1].base, right[-1].base)
    return (top - bottom) * 2 > min(left[0].base - left[-1].base, right[0].base - right[-1].base)
