"""Intents by probability: like a tuple of Scored, of which only those are made that are looked at."""

from __future__ import annotations

import pytest

from bot.core.ranked import Ranked
from bot.core.reply import Scored

FOUND = Ranked.of({"mask": 0.2, "greet": 0.5, "quarantine": 0.2, "border": 0.1})
AS_TUPLE = (Scored("greet", 0.5), Scored("mask", 0.2), Scored("quarantine", 0.2), Scored("border", 0.1))


def test_the_best_come_first_and_equal_ones_stay_in_their_order() -> None:
    assert tuple(FOUND) == AS_TUPLE
    assert list(FOUND.by_intent()) == ["greet", "mask", "quarantine", "border"]


def test_a_slice_is_a_tuple() -> None:
    assert type(FOUND[:2]) is tuple
    assert (FOUND[:2], FOUND[1:3], FOUND[9:]) == (AS_TUPLE[:2], AS_TUPLE[1:3], ())


def test_single_ones_are_found_by_their_place() -> None:
    assert (FOUND[0], FOUND[-1], len(FOUND)) == (AS_TUPLE[0], AS_TUPLE[-1], 4)
    assert type(FOUND[0]) is Scored
    with pytest.raises(IndexError):
        FOUND[4]


def test_what_has_the_same_scores_is_equal() -> None:
    assert FOUND == AS_TUPLE
    assert Ranked(["greet", "mask", "quarantine", "border"], [0.5, 0.2, 0.2, 0.1]) == FOUND
    assert hash(FOUND) == hash(Ranked.of(FOUND.by_intent()))
    assert tuple(FOUND) != AS_TUPLE[:3]
    assert Ranked.of({"greet": 0.4}) != Ranked.of({"greet": 0.5})
    assert not Ranked()
    assert object() != FOUND
