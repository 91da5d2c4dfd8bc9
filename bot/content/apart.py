"""Whose fault it is: what goes out is judged on what is published, and a fault of another draft keeps nothing back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..errors import ContentError, Problem
from .checking import Report
from .loading import load_texts
from .releasing import Check
from .tree import Texts


@dataclass(frozen=True, slots=True)
class Sifted:
    """A check with the drafts that are not at issue sifted: `left_out` are those that it passes only without.

    `apart` is what is wrong with them, `report` what the check says of the rest.
    """

    report: Report
    left_out: frozenset[str] = frozenset()
    apart: tuple[Problem, ...] = ()


def without(texts: Texts, base: Texts, items: Collection[str]) -> Texts:
    """Texts in which these items are as they are in the base, or missing as they are there."""
    kept = {item: text for item, text in texts.items() if item not in items}
    return dict(sorted({**kept, **{item: base[item] for item in items if item in base}}.items()))


def blamed(problems: Iterable[Problem], items: Collection[str]) -> frozenset[str]:
    """Those of the items in which a problem lies."""
    return frozenset(problem.file for problem in problems) & frozenset(items)


def sift(texts: Texts, base: Texts, others: Collection[str], check: Check) -> Sifted:
    """Check texts; as long as a fault lies in one of the `others`, once more with that one as it is in the base.

    A draft may also spoil what lies elsewhere (it deletes a fact that an answer shows), so at last all of the others
    are left out. Each round takes as long as a check; more than one is needed only where something is wrong.
    """
    report, left_out, apart = check(texts), frozenset[str](), list[Problem]()
    while guilty := blamed(report.problems, frozenset(others) - left_out):
        apart += [problem for problem in report.problems if problem.file in guilty]
        left_out |= guilty
        report = check(without(texts, base, left_out))
    if report.problems and len(left_out) < len(frozenset(others)):
        alone = check(without(texts, base, others))
        if len(alone.problems) < len(report.problems):
            apart += [problem for problem in report.problems if problem not in alone.problems]
            report, left_out = alone, frozenset(others)
    return Sifted(report, left_out, tuple(sorted(apart)))


def faults_of_others(made: Texts, others: Texts, deleted: Collection[str]) -> tuple[Problem, ...]:
    """What keeps other drafts, laid over texts that pass, from being served: what loading finds, not a whole check."""
    texts = {item: text for item, text in {**made, **others}.items() if item not in deleted}
    try:
        load_texts(dict(sorted(texts.items())))
    except ContentError as error:
        return tuple(error.problems)
    return ()
