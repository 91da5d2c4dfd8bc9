"""Phrases that are nearly the same: quickly, and exactly those that a comparison of all with all would find."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.content import alike
from bot.content.alike import nearly_same, share_alike
from bot.core.catalogue import Catalogue
from bot.core.vietnamese import readings

WORDS = ["deo", "khau", "trang", "khong", "a", "o", "dau", "phat", "bao", "nhieu", "tien", "cho", "5k", "đ"]
PHRASES = st.lists(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join), max_size=14)
ANY = st.lists(st.text("abc d", max_size=9), max_size=9)


def all_with_all(keys: list[str], least: float) -> list[tuple[int, int]]:
    pairs = combinations(range(len(keys)), 2)
    return [(one, other) for one, other in pairs if fuzz.ratio(keys[one], keys[other]) >= least]


def share(keys: list[str], least: float) -> float:
    pairs = [fuzz.token_set_ratio(one, other) >= least for one, other in combinations(keys, 2)]
    return sum(pairs) / len(pairs) if pairs else 0.0


@settings(deadline=None)
@given(keys=st.one_of(PHRASES, ANY), least=st.sampled_from([60, 85, 92, 100]))
def test_nothing_is_lost_and_nothing_added(keys: list[str], least: int) -> None:
    assert nearly_same(keys, least) == all_with_all(keys, least)
    assert share_alike(keys, least) == share(keys, least)


@settings(deadline=None, max_examples=30)
@given(keys=PHRASES)
def test_it_is_the_same_in_whatever_blocks(keys: list[str]) -> None:
    before = alike._BLOCK
    try:
        alike._BLOCK = 3
        assert nearly_same(keys, 80) == all_with_all(keys, 80)
    finally:
        alike._BLOCK = before


def test_the_phrases_of_the_pack(catalogue: Catalogue) -> None:
    keys = [" ".join(readings(text)[0].toneless) for intent in catalogue.topics() for text in intent.examples[:25]]
    assert len(keys) > 700
    assert nearly_same(keys, 70) == all_with_all(keys, 70)
    assert all_with_all(keys, 70)
    for intent in catalogue.topics()[:4]:
        own = [" ".join(readings(text)[0].toneless) for text in intent.examples]
        assert share_alike(own, 85) == share(own, 85)


@pytest.mark.parametrize("keys", [[], ["a"], ["", ""], ["a", ""]])
def test_few_or_empty_texts_are_not_alike(keys: list[str]) -> None:
    assert share_alike(keys, 85) == share(keys, 85)
    assert nearly_same(keys, 92) == all_with_all(keys, 92)
