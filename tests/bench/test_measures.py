from __future__ import annotations

import pytest

from bench.exam import Observed, understanding
from bench.measures import (
    Bin,
    Seen,
    auroc,
    auroc_of,
    by_kind,
    by_subject,
    calibration,
    calibration_error,
    confusions,
    points_lost,
    share,
    weakest,
)
from bench.questions import OUTSIDE, Question
from bot.core.reply import Button, Outcome, Reply, Scored


def said(
    accepted: str, scores: str = "", *, answered: str = "", buttons: str = "", kind: str = "", asked: bool = False
) -> Seen:
    """A question and its reply: `scores` such as "a=0.9 b=0.1", everything else names divided by spaces."""
    intents = tuple(Scored(name, float(score)) for name, score in (each.split("=") for each in scores.split()))
    outcome = Outcome.ANSWERED if answered else Outcome.ASKED_BACK if asked else Outcome.NOT_UNDERSTOOD
    rows = tuple((Button(name, f"topic:{name}"),) for name in buttons.split())
    reply = Reply(outcome, (), buttons=rows, answered=tuple(answered.split()), intents=intents)
    return Seen(Question("?", tuple(accepted.split()), kind), reply)


def test_auroc_is_the_chance_of_the_right_order() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1], [0.9]) == 0.0
    assert auroc([0.5, 0.9], [0.5]) == 0.75
    assert auroc([], [0.5]) is None
    assert auroc_of([said("a", "b=0.6"), said(OUTSIDE, "a=0.2"), said(OUTSIDE, "a=0.7"), said(OUTSIDE)]) == 2 / 3


def test_calibration_error_weighs_the_gap_of_each_bin_by_its_questions() -> None:
    seen = [said("a", "a=0.95"), said("a", "b=0.95"), said("a", "a=0.35"), said("a", "a=0.35")]
    assert calibration(seen) == (Bin(2, 0.35, 1.0), Bin(2, 0.95, 0.5))
    assert calibration_error(seen) == pytest.approx((2 * 0.65 + 2 * 0.45) / 4)
    assert calibration_error([]) is None


def test_certainty_has_a_bin_and_out_of_scope_is_never_right() -> None:
    assert calibration([said("a", "a=1.0")]) == (Bin(1, 1.0, 1.0),)
    assert calibration_error([said(OUTSIDE, "a=0.4")]) == pytest.approx(0.4)
    assert calibration_error([said(OUTSIDE)]) == 0.0


def test_who_is_helped_and_who_is_misled() -> None:
    right = said("a b", "b=0.9", answered="b")
    wrong = said("a", "c=0.9", answered="c", buttons="a")
    offered = said("a", "c=0.4 a=0.3", buttons="c a", asked=True)
    not_offered = said("a", "c=0.4", buttons="c", asked=True)
    silent = said("a", "a=0.2", buttons="a")
    assert [each.helped for each in (right, wrong, offered, not_offered, silent)] == [True, False, True, False, False]
    assert [each.wrong for each in (right, wrong, offered, silent)] == [False, True, False, False]
    assert [each.right for each in (right, wrong, offered, silent)] == [True, False, False, False]


def test_the_first_and_the_first_three() -> None:
    seen = said("a", "b=0.4 c=0.3 a=0.2")
    assert not seen.top1
    assert seen.top3
    assert not said("a", "b=0.4 c=0.3 d=0.2 a=0.1").top3
    assert not said("a").top1


def test_both_questions_and_follow_ups() -> None:
    assert said("a b", answered="b a").both
    assert not said("a b", answered="a").both
    assert said("a", "b=0.5", answered="b a").on_subject
    assert said("a", "a=0.3").on_subject
    assert not said("a", "b=0.3").on_subject
    assert said(OUTSIDE, "a=0.3").on_subject
    assert not said(OUTSIDE, answered="a").on_subject
    assert said(f"{OUTSIDE} a", answered="a").on_subject
    assert not said(f"{OUTSIDE} a", answered="a").wrong


def test_points_lost_and_shares() -> None:
    before = [said("a", "a=1"), said("a", "a=1"), said("a", "b=1"), said("a", "a=1")]
    after = [said("a", "a=1"), said("a", "b=1")]
    assert points_lost(before, after) == 25.0
    assert points_lost(after, before) == -25.0
    assert points_lost(before, []) is None
    assert share([True, False, False, False]) == 25.0
    assert share([]) is None


def test_a_weak_kind_of_few_questions_is_no_proof() -> None:
    few = [said("a", "b=1", kind="caps"), said("a", "a=1", kind="caps"), *[said("a", "a=1", kind="vni")] * 8]
    found = weakest(few)
    assert found is not None
    assert (found.kind, found.top1) == ("caps", 50.0)
    assert found.at_most > 75
    many = weakest([*few[:2] * 40, *few[2:]])
    assert many is not None
    assert many.top1 == 50.0
    assert many.at_most < 75
    assert weakest([]) is None
    assert list(by_kind(few)) == ["caps", "vni"]


def test_subjects_and_confusions_name_what_was_taken_for_what() -> None:
    seen = [
        said("a", "b=1", answered="b"), said("a", "b=1"), said("a", "c=1"), said("a", "a=1"), said("b", "b=1"),
        said("c"), said(OUTSIDE, "a=1"),
    ]  # fmt: skip
    silent, weak, fine = by_subject(seen)
    assert (weak.name, weak.questions, weak.top1, weak.wrong, weak.taken_for, weak.times) == ("a", 4, 25, 25, "b", 2)
    assert (silent.name, silent.taken_for) == ("c", "–")
    assert (fine.name, fine.top1, fine.times) == ("b", 100, 0)
    assert confusions(seen, most=2) == (("a", "b", 2), ("a", "c", 1))


def test_figures_come_from_the_right_files() -> None:
    seen = Observed(
        {
            "clean": (said("a", "a=0.9", answered="a"), said("a", "b=0.6 a=0.3", answered="b")),
            "noisy": (said("a", "a=0.8", answered="a", kind="caps"), said("a", "a=0.4", kind="vni")),
            "short": (said("a", "a=0.5"), said(OUTSIDE, "a=0.7", answered="a")),
            "oos": (said(OUTSIDE, "a=1", answered="a", kind="far"),),
            "oos_long": (said(OUTSIDE, "a=0.5", kind="far"), said(OUTSIDE, "a=0.1", answered="a", kind="near")),
        },
        (said("a b", answered="a b"), said("a b", answered="a")),
        (said("a", "a=1"),),
        {"strip": (said("a", "b=1"), said("a", "b=1")), "vni": ()},
    )
    figures = understanding(seen)
    assert figures["accented_top1"] == 50
    assert figures["accented_top3"] == 100
    assert figures["noisy_top1"] == 100
    assert (figures["helped"], figures["right"], figures["wrong"]) == (50, 50, 25)
    assert (figures["outside_far"], figures["outside_near"]) == (0, 100)
    assert figures["auroc"] == 7 / 8
    assert (figures["short_top1"], figures["short_auroc"]) == (100, 0)
    assert (figures["both"], figures["follow_ups"]) == (50, 100)
    assert (figures["lost_strip"], figures["lost_vni"]) == (50, None)
    assert understanding(Observed({}))["helped"] is None
