"""Concepts are found as people type them: the longest form, with marks where there are marks, and without."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Catalogue
from bot.core.concepts import Concept, Concepts
from bot.core.vietnamese import readings, strip_marks

WEDDING = Concept("wedding", "Đám cưới", ("đám cưới", "rước dâu", "ăn hỏi"))
PARTY = Concept("party", "Liên hoan", ("tiệc", "tiệc mừng nhà mới"))
HOUSE = Concept("house", "Nhà mới", ("nhà mới",))
MULBERRY = Concept("mulberry", "Cây dâu", ("trồng dâu",))
CONCEPTS = Concepts([WEDDING, PARTY, HOUSE, MULBERRY])


def found(text: str) -> tuple[str, ...]:
    return CONCEPTS.found_in(readings(text)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rước dâu mấy giờ", ("wedding",)),
        ("RƯỚC DÂU!", ("wedding",)),
        ("ruoc dau may gio", ("wedding",)),
        ("ruwowcs daau", ("wedding",)),
        (unicodedata.normalize("NFD", "rước dâu"), ("wedding",)),
        ("rước đâu mà rước", ()),
        ("rước dau", ("wedding",)),
        ("ăn hỏi xong rồi đám cưới", ("wedding",)),
        ("trồng dâu rồi rước dâu", ("mulberry", "wedding")),
        ("tiệc", ("party",)),
        ("mừng nhà mới", ("house",)),
        ("hôm nay trời mưa", ()),
        ("dâu rước", ()),
        ("rước", ()),
        ("", ()),
    ],
)
def test_a_concept_is_found_by_its_words_and_not_by_others(text: str, expected: tuple[str, ...]) -> None:
    assert found(text) == expected


def test_of_forms_that_begin_at_one_place_the_longest_wins() -> None:
    reading = readings("mời tiệc mừng nhà mới nhé")[0]
    assert CONCEPTS.forms_in(reading)["party"] == "tiệc mừng nhà mới"
    assert [place for _, place in CONCEPTS.spans(reading)][:1] == [slice(1, 5)]


def test_the_words_that_stand_for_a_concept_are_told_as_they_were_read() -> None:
    assert CONCEPTS.forms_in(readings("mai ruoc dâu à")[0]) == {"wedding": "ruoc dâu"}


def test_the_concepts_of_the_pack_find_themselves_with_and_without_marks(catalogue: Catalogue) -> None:
    concepts = Concepts(catalogue.concepts)
    forms = [(concept.id, form) for concept in catalogue.concepts for form in concept.forms]
    assert len(forms) > 1000
    assert [form for name, form in forms if name not in concepts.found_in(readings(form)[0])] == []
    # Without marks a few are read as raw Telex ("Nam Loong") or belong to a longer form of another concept.
    lost = [form for _, form in forms if not concepts.found_in(readings(strip_marks(form))[0])]
    assert len(lost) < 0.01 * len(forms), lost


WORDS = ["rước", "dâu", "đám", "cưới", "tiệc", "mừng", "nhà", "mới", "và", "thì", "ăn", "hỏi", "ruoc", "dau"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_every_span_is_a_form_of_its_concept(words: list[str]) -> None:
    reading = readings(" ".join(words))[0]
    forms = {concept.id: {strip_marks(form) for form in concept.forms} for concept in (WEDDING, PARTY, HOUSE, MULBERRY)}
    for name, place in CONCEPTS.spans(reading):
        assert " ".join(reading.toneless[place]) in forms[name]
