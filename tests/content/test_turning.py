"""How far a question stands from where it would end differently, from the scores that were logged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.changes import Change, change
from bot.content.turning import slack
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.core.reply import Scored
from bot.core.understanding import NEAR, OFFER, SURE


@pytest.fixture(scope="module")
def edit(guide: Guide, catalogue: Catalogue) -> Change:
    """A phrase more for the subject "supplies"."""
    intent = catalogue.intents["supplies"]
    more = replace(intent, examples=(*intent.examples, "xe lăn mượn ở trạm nào"))
    return change(guide, guide.successor(replace(catalogue, intents={**catalogue.intents, "supplies": more})))


def scored(*chances: float, first: str = "mask") -> tuple[Scored, ...]:
    names = [first, "five_k", "border", "tet_travel", "violations"]
    return tuple(map(Scored, names, chances))


@pytest.mark.parametrize(
    ("chances", "least"),
    [
        ((SURE + 0.01, 0.1), 0.01),  # to answer
        ((0.5, OFFER - 0.02), 0.02),  # to offer another one
        ((0.5, OFFER + 0.0001), 0.0001),
        ((NEAR - 0.08, 0.07), 0.01),  # to ask back at all
        ((NEAR - 0.02, OFFER - 0.01), 0.01),  # the second may be what makes it worth while
        ((0.1, 0.06, 0.055, 0.053), 0.002),  # which of two is the third
        ((0.95, OFFER), 0.95 - SURE),  # beside a sure answer nothing is offered
        ((0.06, 0.035), 0.14),  # what is offered matters only where it is asked back
        ((), NEAR),
    ],
)
def test_the_nearest_limit_counts(edit: Change, chances: tuple[float, ...], least: float) -> None:
    assert slack(scored(*chances), edit) == pytest.approx(least)


def test_a_subject_that_the_change_is_about_leaves_less(edit: Change) -> None:
    assert edit.subjects == {"supplies"}
    assert slack(scored(0.8, 0.01, first="supplies"), edit) == 0.0
    assert slack(scored(0.95, 0.01, first="mask"), edit) == pytest.approx(0.95 - SURE)
    beside = (*scored(0.9), Scored("supplies", 0.1))
    assert slack(beside, edit) == pytest.approx(0.9 - SURE - 0.1)


def test_where_only_words_changed_no_limit_matters(guide: Guide, catalogue: Catalogue) -> None:
    answer = catalogue.answers["mask"]
    changed = replace(answer, blocks=answer.blocks[:-1])
    edit = change(guide, guide.successor(replace(catalogue, answers={**catalogue.answers, "mask": changed})))
    assert edit.subjects == {"mask"}
    assert slack(scored(SURE, first="mask"), edit) == 0.0
    assert slack(scored(SURE, first="distance"), edit) == pytest.approx(SURE)
