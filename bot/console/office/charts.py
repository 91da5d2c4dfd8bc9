"""Charts as geometry: pages/office/_charts.html draws them. Lengths are in units of the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...figures.overview import Outcomes, Stretch, Subject
from ...figures.words import OUTCOMES, number, seconds, short

WIDTH, HEIGHT = 720, 220
_LEFT, _RIGHT, _TOP, _FOOT = 56, 6, 8, 26
_LABELS = 8
# More bars than this are too narrow to point at, and the page has to stay small.
_MOST_TIPS = 45
_STEPS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Label:
    """A word on an axis, and where."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked bars over time. `paths` has the shape of each outcome; `tips` say the numbers of a bar, by its x."""

    width: float
    paths: tuple[tuple[str, str], ...]
    tips: tuple[tuple[float, str], ...]
    rows: tuple[Label, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Two lines over time, as points of polylines; a stretch without a time leaves a gap."""

    half: tuple[str, ...]
    most: tuple[str, ...]
    dots: tuple[tuple[float, float, str], ...]
    rows: tuple[Label, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar, in hundredths of the longest: answered, then asked back."""

    subject: Subject
    answered: float
    asked_back: float


def columns(stretches: Sequence[Stretch]) -> Columns:
    """Questions by day or week, stacked by outcome."""
    top = nice_top(max((each.outcomes.all for each in stretches), default=0))
    step = _step(len(stretches))
    width = round(max(1.0, step * 0.8), 1)
    lefts = [round(_x(at, step) - width / 2, 1) for at in range(len(stretches))]
    shapes: dict[str, list[str]] = {name: [] for name in OUTCOMES}
    for left, each in zip(lefts, stretches, strict=True):
        for name, y, height in _parts(each.outcomes, top):
            shapes[name].append(f"M{left:g} {y:g}h{width:g}v{height:g}h-{width:g}z")
    tips = tuple(zip(lefts, map(_tip, stretches), strict=True)) if len(stretches) <= _MOST_TIPS else ()
    paths = tuple((name, "".join(shape)) for name, shape in shapes.items() if shape)
    return Columns(width, paths, tips, _rows(top, whole=True), _labels(stretches, step))


def _parts(outcomes: Outcomes, top: float) -> Iterator[tuple[str, float, float]]:
    """Outcome, upper edge and height of each part of a bar, from the bottom up."""
    y = float(HEIGHT - _FOOT)
    for name in OUTCOMES:
        height = getattr(outcomes, name) / top * (HEIGHT - _FOOT - _TOP)
        y -= height
        if height:
            yield name, round(y, 1), round(height, 1)


def _tip(each: Stretch) -> str:
    told = ", ".join(f"{word.lower()} {number(getattr(each.outcomes, name))}" for name, word in OUTCOMES.items())
    return f"{short(each.span)}: {number(each.outcomes.all)} câu ({told})"


def lines(stretches: Sequence[Stretch]) -> Lines:
    """How long residents waited, by day or week."""
    top = nice_top(max((each.waited.most or 0.0 for each in stretches), default=0.0), whole=False)
    step = _step(len(stretches))
    half = [(_x(at, step), _y(each.waited.half, top)) for at, each in enumerate(stretches)]
    most = [(_x(at, step), _y(each.waited.most, top)) for at, each in enumerate(stretches)]
    dots = tuple(
        (round(x, 1), y, f"{short(each.span)}: một nửa trong {seconds(each.waited.half)}, "
         f"chín phần mười trong {seconds(each.waited.most)}")
        for (x, y), each in zip(most, stretches, strict=True) if y is not None and len(stretches) <= _MOST_TIPS
    )  # fmt: skip
    return Lines(_runs(half), _runs(most), dots, _rows(top, whole=False), _labels(stretches, step))


def _runs(points: Sequence[tuple[float, float | None]]) -> tuple[str, ...]:
    """The points of each unbroken run."""
    runs: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{round(x, 1):g},{y:g}")
    return tuple(" ".join(run) for run in runs if run)


def bars(subjects: Sequence[Subject]) -> tuple[Bar, ...]:
    """Subjects side by side; the longest is 100."""
    longest = max((each.all for each in subjects), default=0) or 1
    return tuple(
        Bar(each, round(each.answered * 100 / longest, 1), round(each.asked_back * 100 / longest, 1))
        for each in subjects
    )


def nice_top(most: float, *, whole: bool = True) -> float:
    """The end of an axis: a round number over `most` that four lines divide into readable steps."""
    unit = 1.0 if whole else 0.1
    while True:
        for factor in _STEPS:
            if unit * factor * 4 >= most:
                return round(unit * factor * 4, 6)
        unit *= 10


def _step(count: int) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(1, count)


def _x(at: int, step: float) -> float:
    return _LEFT + (at + 0.5) * step


def _y(value: float | None, top: float) -> float | None:
    foot = HEIGHT - _FOOT
    return None if value is None else round(foot - value / top * (foot - _TOP), 1)


def _rows(top: float, *, whole: bool) -> tuple[Label, ...]:
    """The five lines across, with their numbers."""
    values = [top * part / 4 for part in range(5)]
    texts = [number(round(value)) if whole else _brief(value) for value in values]
    return tuple(Label(_y(value, top) or 0.0, text) for value, text in zip(values, texts, strict=True))


def _brief(value: float) -> str:
    """A time on an axis: giây up to two minutes, then phút, then giờ."""
    for limit, unit, word in ((120, 1, "giây"), (7200, 60, "phút")):
        if value < limit:
            return f"{value / unit:.1f}".rstrip("0").rstrip(".").replace(".", ",") + f" {word}"
    return f"{value / 3600:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " giờ"


def _labels(stretches: Sequence[Stretch], step: float) -> tuple[Label, ...]:
    """About eight days under the axis."""
    every = max(1, -(-len(stretches) // _LABELS))
    return tuple(
        Label(round(_x(at, step), 1), f"{each.span.first:%d/%m}")
        for at, each in enumerate(stretches)
        if at % every == 0
    )
