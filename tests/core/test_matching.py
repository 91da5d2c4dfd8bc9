"""The matcher: honest probabilities, edits that leave nothing behind, every part apart, and a reason for everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.catalogue import Catalogue
from bot.core.concepts import Concept
from bot.core.explaining import Explanation
from bot.core.features import terms
from bot.core.guide import Guide
from bot.core.matching import Match, Matcher
from bot.core.parts import ALL_PARTS, Parts
from bot.core.ranked import Ranked
from bot.core.vietnamese import readings

INTENTS = {
    "mask": [
        "có phải đeo khẩu trang không",
        "ra chợ đeo khẩu trang nhé",
        "khẩu trang đeo ở đâu",
        "đi làm đeo khẩu trang cả ngày à",
        "quên mang khẩu trang thì sao",
    ],
    "distance": [
        "đứng cách nhau bao xa",
        "giữ khoảng cách mấy mét",
        "khoảng cách khi tiếp xúc",
        "ngồi cách nhau thế nào",
        "đứng gần quá có sao không",
    ],
    "wedding": [
        "tuần sau rước dâu có được không",
        "nhà em sắp rước dâu",
        "rước dâu mời mấy mâm",
        "hoãn rước dâu lại à",
        "làm cỗ mời họ hàng được không",
    ],
}
OUTSIDE = {
    "weather": ["hôm nay trời mưa", "mai trời nắng không", "trời rét mấy độ"],
    "prices": ["giá lợn hơi hôm nay", "giá vàng bao nhiêu", "ngô bán giá nào"],
}
CONCEPTS = (
    Concept("wedding_feast", "Đám cưới", ("rước dâu", "đám cưới", "đám hỏi", "làm cỗ", "hôn lễ")),
    Concept("mask_thing", "Khẩu trang", ("khẩu trang", "đồ che mặt")),
)
QUESTIONS = [
    "khau trang deo o dau",
    "rước dâu tuần sau",
    "cách mấy mét",
    "giá lợn",
    "đám hỏi mời mấy mâm",
    "trời hôm nay thế nào",
    "đứng gần ở chợ",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(
    intents: Mapping[str, Sequence[str]] = INTENTS,
    outside: Mapping[str, Sequence[str]] = OUTSIDE,
    concepts: Sequence[Concept] = CONCEPTS,
    parts: Parts = ALL_PARTS,
    before: Matcher | None = None,
) -> Matcher:
    return Matcher(intents, outside, concepts, parts, before)


@pytest.fixture(scope="module")
def small() -> Matcher:
    return made()


def best(match: Match) -> str:
    """The likeliest intent, or "" where it is likelier that none of them is meant."""
    assert match.best is not None
    return match.best.intent if match.best.score > match.outside else ""


# Probabilities


@QUICK
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(QUESTIONS), max_size=3).map(" ".join)))
def test_probabilities_are_of_everything_there_is(small: Matcher, text: str) -> None:
    match = small.match(text)
    assert sum(each.score for each in match.intents) + match.outside == pytest.approx(1.0)
    assert all(0.0 <= each.score <= 1.0 for each in match.intents)
    assert 0.0 <= match.outside <= 1.0
    assert 0.0 <= match.likeness <= 1.0001
    assert [each.score for each in match.intents] == sorted((each.score for each in match.intents), reverse=True)


@pytest.mark.parametrize(("intent", "text"), [(name, text) for name in INTENTS for text in INTENTS[name]])
def test_a_phrase_is_of_its_own_subject_and_its_own_nearest(small: Matcher, intent: str, text: str) -> None:
    match = small.match(text)
    assert best(match) == intent
    assert match.nearest == text
    assert match.likeness == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", [text for texts in OUTSIDE.values() for text in texts])
def test_what_is_out_of_scope_is_no_subject(small: Matcher, text: str) -> None:
    assert best(small.match(text)) == ""


@pytest.mark.parametrize("text", ["xyzzy", "qwrt zxcvb", "🙂", "?!", ""])
def test_words_that_nobody_used_are_outside_for_sure(small: Matcher, text: str) -> None:
    assert small.match(text) == Match(Ranked(), 1.0, "", 0.0, readings(text)[0].accented)


def test_the_nearest_phrase_is_one_of_the_best_subject_even_if_another_subject_has_a_nearer_one() -> None:
    intents = {**INTENTS, "mask": [*INTENTS["mask"], "chợ", "khẩu trang"], "distance": ["giữ khoảng cách ở chợ phiên"]}
    matcher = made(intents)
    for text in ["khau trang deo o dau", "cách mấy mét", "chợ phiên", "giữ khoảng cách khẩu trang chợ"]:
        match = matcher.match(text)
        assert match.best is not None
        assert match.nearest in intents[match.best.intent], text
    assert matcher.match("giá lợn").nearest == "giá lợn hơi hôm nay", "no subject has a word of it"


# Edits


def changes() -> list[tuple[str, dict[str, list[str]], dict[str, list[str]]]]:
    added = {**INTENTS, "mask": [*INTENTS["mask"], "đồ che mặt mua ở đâu"]}
    less = {**INTENTS, "mask": INTENTS["mask"][1:]}
    moved = {**INTENTS, "mask": INTENTS["mask"][1:], "distance": [*INTENTS["distance"], INTENTS["mask"][0]]}
    outside = {**OUTSIDE, "weather": [*OUTSIDE["weather"], "trời sương mù đi chợ"]}
    return [
        ("added", added, OUTSIDE),
        ("removed", less, OUTSIDE),
        ("moved", moved, OUTSIDE),
        ("outside", INTENTS, outside),
        ("subject gone", {name: INTENTS[name] for name in ("mask", "wedding")}, OUTSIDE),
    ]


@pytest.mark.parametrize(("intents", "outside"), [change[1:] for change in changes()], ids=[c[0] for c in changes()])
def test_an_edited_matcher_is_as_good_as_a_fresh_one(
    small: Matcher, intents: dict[str, list[str]], outside: dict[str, list[str]]
) -> None:
    edited, fresh = made(intents, outside, before=small), made(intents, outside)
    for text in [*QUESTIONS, *intents["mask"], *outside["weather"]]:
        one, other = edited.match(text), fresh.match(text)
        assert best(one) == best(other), text
        assert one.nearest == other.nearest
        assert one.likeness == pytest.approx(other.likeness, abs=1e-5)


def test_an_edit_of_the_pack_keeps_the_scale_and_nearly_every_score(guide: Guide, catalogue: Catalogue) -> None:
    name = "five_k"
    kept = catalogue.intents[name].examples[1:]
    phrases = {each.id: each.examples for each in catalogue.intents.values()} | {name: (*kept, "năm chữ k ấy là chi")}
    edited = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts, before=guide.matcher)
    fresh = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts)
    assert edited.match("năm chữ k ấy là chi").nearest == "năm chữ k ấy là chi"
    asked = [check for intent in catalogue.intents.values() for check in intent.checks[:3]]
    assert len(asked) > 100
    for text in asked:
        one, other = edited.match(text), fresh.match(text)
        assert one.best is not None
        assert other.best is not None
        assert one.best.intent == other.best.intent, text
        assert one.best.score == pytest.approx(other.best.score, abs=0.05), text
        assert one.outside == pytest.approx(other.outside, abs=0.05), text


def test_a_form_more_of_a_concept_is_read_into_the_phrases_that_have_it(guide: Guide, catalogue: Catalogue) -> None:
    form = "nhà thiếc"
    first, *rest = catalogue.concepts
    concepts = (replace(first, forms=(*first.forms, form)), *rest)
    name = next(iter(catalogue.intents))
    phrases = {each.id: each.examples for each in catalogue.intents.values()}
    phrases[name] = (*phrases[name], f"{form} ở đâu hả bà")
    before = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts, before=guide.matcher)
    edited = Matcher(phrases, catalogue.out_of_scope, concepts, before=before)
    fresh = Matcher(phrases, catalogue.out_of_scope, concepts)
    back = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts, before=edited)
    asked = [f"{form} ở đâu", *(check for intent in catalogue.intents.values() for check in intent.checks[:2])]
    for text in asked:
        assert edited.match(text).likeness == pytest.approx(fresh.match(text).likeness, abs=1e-5), text
        assert back.match(text) == before.match(text), text
    assert edited.match(asked[0]).likeness > before.match(asked[0]).likeness + 0.01, "the concept is shared too"


def test_a_phrase_that_was_removed_is_forgotten(small: Matcher) -> None:
    phrase = INTENTS["mask"][4]
    edited = made({**INTENTS, "mask": INTENTS["mask"][:4]}, before=small)
    assert phrase in set(small.keys())
    assert phrase not in set(edited.keys())
    assert edited.match(phrase).nearest != phrase
    assert edited.match("quên mang").intents == (), "nothing else has these words"
    assert small.match(phrase).nearest == phrase, "the matcher before is what it was"


def test_edits_one_after_another_end_where_a_fresh_matcher_begins(small: Matcher) -> None:
    matcher = small
    for text in ("một", "hai ba", "bốn năm sáu"):
        matcher = made({**INTENTS, "mask": [*INTENTS["mask"], text]}, before=matcher)
    back = made(before=matcher)
    assert back.keys() == small.keys()
    for text in QUESTIONS:
        assert back.match(text).nearest == small.match(text).nearest
        assert best(back.match(text)) == best(small.match(text))


@pytest.mark.parametrize(
    "change", [{"concepts": ()}, {"parts": replace(ALL_PARTS, marks=False)}], ids=["concepts", "parts"]
)
def test_what_was_read_otherwise_is_not_taken_over(small: Matcher, change: dict[str, object]) -> None:
    edited, fresh = made(before=small, **change), made(**change)  # type: ignore[arg-type]
    assert [edited.match(text) for text in QUESTIONS] == [fresh.match(text) for text in QUESTIONS]


# Concepts and parts


def test_a_phrase_with_one_form_teaches_for_all_the_others() -> None:
    assert made(concepts=()).match("hôn lễ").outside == 1.0, "no phrase has these words"
    taught = made().match("hôn lễ")
    assert best(taught) == "wedding"
    assert taught.nearest in INTENTS["wedding"]


@pytest.mark.parametrize("part", [field.name for field in fields(Parts)])
def test_every_part_can_be_switched_off(small: Matcher, part: str) -> None:
    matcher = made(parts=replace(ALL_PARTS, **{part: False}))
    assert best(matcher.match("khẩu trang đeo ở đâu")) == "mask"
    assert sum(each.score for each in matcher.match("trời mưa").intents) + matcher.match("trời mưa").outside == (
        pytest.approx(1.0)
    )
    asked = [*QUESTIONS, "khẩu trng"]
    assert [matcher.match(text) for text in asked] != [small.match(text) for text in asked], "it was there for nothing"
    assert matcher.explain("rước dâu")


def test_without_spelling_a_typing_error_stays(small: Matcher) -> None:
    assert small.match("khoangr cachsh").read == ("khoảng", "cach")
    assert made(parts=replace(ALL_PARTS, spelling=False)).match("khoangr cachsh").read == ("khoảng", "cachsh")


# Tiny packs


def test_two_subjects_of_two_phrases_work() -> None:
    matcher = Matcher({"one": ["đeo khẩu trang", "mua khẩu trang"], "two": ["đứng cách xa", "giữ cách xa"]}, {})
    assert best(matcher.match("khẩu trang")) == "one"
    assert best(matcher.match("cách xa ra")) == "two"
    assert matcher.match("bác sĩ").outside == 1.0
    assert matcher.explain("khẩu trang").subjects[0].intent == "one"
    assert matcher.left_out()


def test_phrases_that_share_no_word_work() -> None:
    matcher = Matcher({"one": ["khẩu trang"], "two": ["khoảng cách"]}, {"far": ["trời mưa"]})
    assert best(matcher.match("khẩu trang")) == "one"
    assert best(matcher.match("trời mưa")) == ""
    assert {each.taken_for for each in matcher.left_out()} == {""}


def test_nothing_out_of_scope_and_a_subject_without_phrases_work() -> None:
    matcher = Matcher({**INTENTS, "empty": []}, {"far": []}, CONCEPTS)
    assert best(matcher.match("khẩu trang đeo ở đâu")) == "mask"
    assert matcher.explain("khẩu trang").outside.nearest == ()


# Phrases that were left out


def test_what_was_left_out_does_not_know_itself(small: Matcher) -> None:
    seen = small.left_out()
    assert len(seen) == sum(map(len, INTENTS.values())) + sum(map(len, OUTSIDE.values()))
    assert sum(each.toneless for each in seen) == len(seen) // 2
    assert {each.label for each in seen} == {*INTENTS, "~weather", "~prices"}
    for each in seen:
        assert each.nearest != each.text
        assert 0.0 <= each.chance <= 1.0
        assert bool(each.nearest) == (each.taken_for not in ("", each.label))
        if each.nearest:
            assert each.nearest in INTENTS[each.taken_for]


def test_a_sample_of_the_pack_was_left_out_and_is_mostly_recognised(guide: Guide) -> None:
    few = guide.matcher.left_out()
    assert 500 < len(few) < 2000
    assert sum(each.right for each in few) / len(few) > 0.8


def test_an_edited_matcher_looks_again(small: Matcher, guide: Guide, catalogue: Catalogue) -> None:
    phrases = {each.id: each.examples for each in catalogue.intents.values()}
    edited = Matcher(phrases, catalogue.out_of_scope, catalogue.concepts, before=guide.matcher)
    assert edited.left_out() == guide.matcher.left_out()
    assert made(before=small).left_out(every=True) == small.left_out(every=True)


# Why


def test_abbreviations_and_raw_telex_are_told(small: Matcher) -> None:
    why = small.explain("ko đeo khaaur trang, hoà nhé")
    assert why.read == ("không", "đeo", "khẩu", "trang", "hòa", "nhé")
    assert [(each.typed, each.read, each.corrected) for each in why.understood] == [
        ("ko", "không", False),
        ("khaaur", "khẩu", False),
    ]


def test_one_abbreviation_for_several_words_is_told(small: Matcher) -> None:
    why = small.explain("k đeo ktrang thì sao")
    assert [(each.typed, each.read) for each in why.understood] == [("k", "không"), ("ktrang", "khẩu trang")]


def test_a_typing_error_is_told_as_such(small: Matcher) -> None:
    why = small.explain("khoangr cachsh mấy mét")
    slips = [each for each in why.understood if each.corrected]
    assert [(each.typed, each.read) for each in slips] == [("cachsh", "cach")]


def test_other_readings_are_told(guide: Guide) -> None:
    why = guide.matcher.explain("hd cài bluezone")
    assert ("hướng dẫn", "hải dương") in [(each.typed, each.read) for each in why.others]
    assert guide.matcher.explain("cài bluezone").others == ()


def test_concepts_are_told_with_title_and_words(small: Matcher) -> None:
    (found,) = small.explain("nhà em có đám hỏi").concepts
    assert (found.concept, found.title, found.words) == ("wedding_feast", "Đám cưới", "đám hỏi")


def test_words_that_no_phrase_has_are_told(small: Matcher) -> None:
    assert small.explain("khẩu trang vibranium").unknown == ("vibranium",)


def test_an_unknown_question_has_a_reason_too(small: Matcher) -> None:
    why = small.explain("xyzzy")
    assert (why.subjects, why.outside.chance, why.unknown) == ((), 1.0, ("xyzzy",))
    assert why.ranked == (why.outside,)


def test_the_likeliest_subjects_have_their_nearest_phrases_and_words(small: Matcher) -> None:
    why = small.explain("đeo khẩu trang thì đứng cách bao xa")
    assert 1 <= len(why.subjects) <= 3
    assert [subject.intent for subject in why.subjects if subject.nearest] == [best.intent for best in why.ranked[:2]]
    for subject in why.subjects[:2]:
        assert 0 < len(subject.nearest) <= 3
        assert all(near.text in INTENTS[subject.intent] for near in subject.nearest)
        assert [near.likeness for near in subject.nearest] == sorted(
            (near.likeness for near in subject.nearest), reverse=True
        )
        assert all(word.weight > 0.0 for word in subject.words)
    mask = next(each for each in why.subjects if each.intent == "mask")
    assert any("khẩu trang" in word.text for word in mask.words if not word.concept)
    assert any(word.concept == "mask_thing" for word in mask.words)


def test_what_speaks_for_the_runner_up_is_not_what_speaks_for_the_best(small: Matcher) -> None:
    why = small.explain("đeo khẩu trang thì đứng cách bao xa")
    best, second = why.ranked[:2]
    assert {best.intent, second.intent} == {"mask", "distance"}
    said = " ".join(word.text for word in why.instead)
    assert ("cách" in said) == (second.intent == "distance")
    assert ("khẩu" in said) == (second.intent == "mask")


def test_out_of_scope_is_explained_with_phrases_out_of_scope(small: Matcher) -> None:
    why = small.explain("giá lợn hôm nay")
    assert why.ranked[0] == why.outside
    assert why.outside.nearest[0].text == "giá lợn hơi hôm nay"
    assert "giá lợn" in why.outside.words[0].text


@QUICK
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=3).map(" ".join)))
def test_an_explanation_is_of_the_match(small: Matcher, text: str) -> None:
    why, match = small.explain(text), small.match(text)
    assert why.read == match.read
    assert [(each.intent, each.chance) for each in why.subjects] == [
        (each.intent, each.score) for each in match.intents[:3]
    ]
    assert why.outside.chance == match.outside
    if why.subjects and why.subjects[0].nearest:
        assert why.subjects[0].nearest[0].text == match.nearest


@pytest.mark.parametrize("text", [*QUESTIONS, "khẩu trang khẩu trang vibranium", "đám hỏi đám hỏi"])
def test_the_weights_of_all_words_are_what_the_matcher_weighed(small: Matcher, text: str) -> None:
    reading = small.explain(text).read
    found = terms(readings(" ".join(reading))[0], small._concepts, ALL_PARTS)
    evidence = small._index.evidence(found)
    assert evidence is not None
    said = small._explainer()._said(readings(" ".join(reading))[0])
    weighed = said.syllables.sum(axis=0) + sum(said.concepts.values(), np.zeros(said.syllables.shape[1]))
    np.testing.assert_allclose(weighed, np.append(evidence.words, evidence.outside), atol=1e-9)


def test_the_pack_explains_every_check(guide: Guide, catalogue: Catalogue) -> None:
    explained: list[Explanation] = []
    for intent in catalogue.topics():
        for text in intent.checks[:2]:
            why = guide.matcher.explain(text)
            assert why.subjects[0].nearest, text
            explained.append(why)
    assert len(explained) > 50
    assert sum(bool(why.subjects[0].words) for why in explained) / len(explained) > 0.95
