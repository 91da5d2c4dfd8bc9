"""Questions that say nearly the same come together, and stay together."""

from __future__ import annotations

import random
import time

import pytest

from bot.core.catalogue import Catalogue
from bot.core.grouping import Hearing, grouped
from bot.core.guide import Guide

PIGS = (
    "nhà em nuôi lợn rừng muốn làm chuồng thì hỏi ai",
    "LỢN RỪNG làm chuồng hỏi ai ạ",
    "muon lam chuong lon rung hoi ai",
    "em muốn làm chuồng lợn rừng thì phải hỏi ai ở xã",
)
HONEY = ("mật ong rừng giá thế nào", "gia mat ong rung the nao a")


@pytest.fixture(scope="module")
def hearing(guide: Guide, catalogue: Catalogue) -> Hearing:
    return Hearing(guide.matcher.keys().values(), catalogue.concepts)


def groups_of(hearing: Hearing, *texts: str) -> list[list[str]]:
    return [[texts[place] for place in group] for group in grouped([hearing.said(text) for text in texts])]


def test_wordings_of_one_question_are_one_group(hearing: Hearing) -> None:
    assert groups_of(hearing, PIGS[0], HONEY[0], *PIGS[1:], HONEY[1]) == [list(PIGS), list(HONEY)]


def test_words_that_everybody_uses_bring_nothing_together(hearing: Hearing) -> None:
    assert len(groups_of(hearing, "cho em hỏi mật ong với ạ", "cho em hỏi máy cày với ạ")) == 2


def test_spoken_forms_of_one_thing_come_together(hearing: Hearing) -> None:
    (one,) = groups_of(hearing, "rước dâu mấy giờ thì được", "đón dâu mấy giờ thì được")
    assert len(one) == 2


def test_what_has_no_words_stays_alone(hearing: Hearing) -> None:
    assert groups_of(hearing, "", "🙂", "5K") == [[""], ["🙂"], ["5K"]]
    assert grouped([]) == []


def test_groups_stay_while_questions_are_added(hearing: Hearing, catalogue: Catalogue) -> None:
    texts = [text for intent in catalogue.topics() for text in intent.examples][::9]
    random.Random(5).shuffle(texts)
    said = [hearing.said(text) for text in texts]
    before, after = grouped(said[:300]), grouped(said)
    assert [[place for place in group if place < 300] for group in after[: len(before)]] == before
    assert sorted(place for group in after for place in group) == list(range(len(texts)))


def test_most_of_a_group_is_about_one_subject(hearing: Hearing, catalogue: Catalogue) -> None:
    texts = [(text, intent.id) for intent in catalogue.topics() for text in intent.examples[::4]]
    random.Random(5).shuffle(texts)
    several = [group for group in grouped([hearing.said(text) for text, _ in texts]) if len(group) > 1]
    assert len(several) > 30
    subjects = [[texts[place][1] for place in group] for group in several]
    of_most = sum(max(map(names.count, names)) for names in subjects)
    assert of_most / sum(map(len, subjects)) > 0.85


def test_five_thousand_questions_take_seconds_at_most(hearing: Hearing, catalogue: Catalogue) -> None:
    texts = [text for intent in catalogue.topics() for text in intent.examples][:5000]
    began = time.process_time()
    grouped([hearing.said(text) for text in texts])
    assert time.process_time() - began < 5, "1.5 s on an idle machine"
