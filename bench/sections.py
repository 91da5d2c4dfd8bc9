"""The pages of a result: tables that people read, from what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .exam import Observed
from .measures import Seen, auroc, by_kind, by_subject, calibration_error, confusions, points_lost, share
from .report import table

OWN = "Loa"


def percent(value: float | None) -> str:
    """A figure with one decimal, or a dash."""
    return "–" if value is None else f"{value:.1f}"


def fraction(value: float | None) -> str:
    """A figure with three decimals, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def kinds(seen: Observed) -> str:
    """Every file, and every kind of question in it."""
    rows = [_kind(name, seen.of(name)) for name in seen.single]
    rows += [
        _kind(f"{name}: {kind}", found)
        for name in seen.single
        for kind, found in by_kind(seen.of(name)).items()
        if kind
    ]  # fmt: skip
    head = ["questions", "in scope", "top-1", "first three", "helped", "right", "wrong"]
    head += ["out of scope", "answered", "AUROC by score", "AUROC by scope", "calibration error"]
    return table(head, [*rows, _kind("all", seen.every)])


def _kind(name: str, seen: Sequence[Seen]) -> list[object]:
    inside = [each for each in seen if not each.question.outside]
    outside = [each for each in seen if each.question.outside]
    return [
        name, len(inside), percent(share(each.top1 for each in inside)), percent(share(each.top3 for each in inside)),
        percent(share(each.helped for each in inside)), percent(share(each.right for each in inside)),
        percent(share(each.wrong for each in inside)), len(outside), percent(share(each.wrong for each in outside)),
        fraction(auroc([each.score for each in inside], [each.score for each in outside])),
        fraction(auroc([each.inside for each in inside], [each.inside for each in outside])),
        fraction(calibration_error(seen)),
    ]  # fmt: skip


def noises(seen: Observed) -> str:
    """The accented questions as each maker of noise spells them."""
    before = seen.inside("clean")
    rows = [
        [name, len(after), percent(share(each.top1 for each in after)), percent(points_lost(before, after)),
         percent(share(each.wrong for each in after))]
        for name, after in (seen.noise or {}).items()
    ]  # fmt: skip
    return table(["accented, made noisy by", "questions", "top-1", "points lost", "wrong"], rows)


def subjects(seen: Iterable[Seen]) -> str:
    """Every subject, the weakest first."""
    rows = [
        [each.name, each.questions, percent(each.top1), percent(each.wrong), _taken(each.taken_for, each.times)]
        for each in by_subject(seen)
    ]
    return table(["subject", "questions", "top-1", "answered wrong", "most taken for"], rows)


def _taken(name: str, times: int) -> str:
    return f"{name} ({times})" if times else ""


def pairs(seen: Iterable[Seen]) -> str:
    """The commonest confusions."""
    return table(["asked about", "taken for", "times"], confusions(seen))


def ablation(rows: Mapping[str, Mapping[str, float | None]]) -> str:
    """The whole matcher, then without each part."""
    if not rows:
        return "The matcher has no parts that can be switched off."
    head = list(next(iter(rows.values())))
    cells = [
        [name, *(percent(value) if key.endswith("top-1") else fraction(value) for key, value in row.items())]
        for name, row in rows.items()
    ]
    return table(["", *head], cells)


def compared(rows: Mapping[str, Mapping[str, float | None]]) -> str:
    """Loa and its peers, with how many times Loa's median a peer takes."""
    own = rows[OWN]["ms per question"]
    head = ["", *next(iter(rows.values())), "time, Loa = 1"]
    return table(head, [[name, *_compared(row), _ratio(row["ms per question"], own)] for name, row in rows.items()])


def _compared(row: Mapping[str, float | None]) -> list[str]:
    return [percent(value) if key.endswith("top-1") else fraction(value) for key, value in row.items()]


def _ratio(taken: float | None, own: float | None) -> str:
    return f"{taken / own:.1f}" if taken and own else "–"
