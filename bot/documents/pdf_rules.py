"""The straight lines drawn on a PDF page, as whole rules: the borders of tables are drawn in many pieces."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .pdf_glyphs import turned

_MOST_PATHS = 4000  # a page; a drawing with more is no table
_MOST_POINTS = 200  # a path
_STRAIGHT = 1.0  # points that a line may be off
_SHORTEST = 6.0
_NEAR = 3.0  # points between two pieces of one rule, and between the two edges of a thin box
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line at `at` that reaches from `start` to `stop`, in points; the other axis is known from the list it is in."""

    at: float
    start: float
    stop: float

    def covers(self, place: float) -> bool:
        """Whether the rule passes a place on its way."""
        return self.start - _NEAR <= place <= self.stop + _NEAR


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page: across (`at` is a height) and upright (`at` is a distance from the left)."""

    across: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()


def rules(page: Any, turn: int) -> Rules:
    """The rules of a page whose lines are turned by so many quarters."""
    paths = list(islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1), _MOST_PATHS + 1))
    if len(paths) > _MOST_PATHS:
        return Rules()
    across: list[Rule] = []
    upright: list[Rule] = []
    for one, other in (piece for path in paths for piece in _pieces(path)):
        (left, right), (low, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        x0, x1, y0 = turned(turn, (left, low), (right, top))
        high = abs(one[0] - other[0]) if turn in (1, 3) else abs(one[1] - other[1])
        if high <= _STRAIGHT and x1 - x0 >= _SHORTEST:
            across.append(Rule(y0, x0, x1))
        elif x1 - x0 <= _STRAIGHT and high >= _SHORTEST:
            upright.append(Rule(x0, y0, y0 + high))
    return Rules(_joined(across), _joined(upright))


def _pieces(path: pypdfium2.PdfObject) -> Iterator[tuple[Point, Point]]:
    matrix = path.get_matrix()
    first: Point | None = None
    last: Point | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield last, first


def _joined(found: Iterable[Rule]) -> tuple[Rule, ...]:
    """Pieces of one rule as one; the two edges of a thin box are one."""
    lanes: list[list[Rule]] = []
    for rule in sorted(found, key=lambda rule: rule.at):
        if lanes and rule.at - lanes[-1][0].at <= _NEAR:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    return tuple(rule for lane in lanes for rule in _along(lane))


def _along(lane: list[Rule]) -> Iterator[Rule]:
    lane = sorted(lane, key=lambda rule: rule.start)
    start, stop = lane[0].start, lane[0].stop
    for rule in lane[1:]:
        if rule.start <= stop + _NEAR:
            stop = max(stop, rule.stop)
        else:
            yield Rule(lane[0].at, start, stop)
            start, stop = rule.start, rule.stop
    yield Rule(lane[0].at, start, stop)
