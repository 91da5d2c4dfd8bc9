"""Any Unicode text, and any button data, gets a reply."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.actions import MAX_BYTES, Action
from bot.core.context import FOLLOW_UP_WITHIN, Context
from bot.core.guide import Guide
from bot.core.reply import Outcome
from tests.fakes import NOON

ANY_TEXT = st.text(st.characters(), max_size=400)
VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệốồổỗộứừửữự 0123456789?.,!", max_size=200)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(text=st.one_of(ANY_TEXT, VIETNAMESE))
def test_any_text_gets_a_reply(guide: Guide, text: str) -> None:
    turn = guide.answer(text, Context("đám cưới", ("weddings_funerals",), NOON), NOON)
    assert turn.reply.text.strip()
    assert all(len(button.action.encode()) <= MAX_BYTES for row in turn.reply.buttons for button in row)
    assert all(0.0 <= each.score <= 1.0 for each in turn.reply.intents)
    assert len(turn.reply.intents) <= 5
    if turn.reply.outcome is Outcome.NOT_UNDERSTOOD:
        assert not turn.reply.answered


@QUICK
@given(data=ANY_TEXT)
def test_any_button_data_gets_a_reply(guide: Guide, data: str) -> None:
    assert guide.press(Action.read(data), Context(), NOON).reply.text.strip()


@given(
    kind=st.sampled_from(["topic", "clause", "menu", "up"]),
    value=st.text(st.characters(categories=["L", "N"]), max_size=12),
)
def test_an_action_survives_the_way_there_and_back(kind: str, value: str) -> None:
    assert Action.read(str(Action(kind, value))) == Action(kind, value)


@pytest.mark.parametrize("minutes", [0, 9, 10])
def test_a_follow_up_within_ten_minutes_is_read_in_context(guide: Guide, minutes: int) -> None:
    first = guide.answer("đám cưới có được tổ chức không", Context(), NOON)
    later = guide.answer("thế còn đám tang?", first.context, NOON + timedelta(minutes=minutes))
    assert later.reply.answered == ("weddings_funerals",)
    assert minutes * 60 <= FOLLOW_UP_WITHIN.total_seconds()


def test_old_guidance_says_so_and_young_does_not(guide: Guide) -> None:
    as_of = guide.catalogue.pack.as_of
    young = guide.about(("five_k",), as_of + timedelta(days=90))
    old = guide.about(("five_k",), as_of + timedelta(days=91))
    assert len(old.blocks) == len(young.blocks) + 1
    assert f"{as_of:%d/%m/%Y}" in old.blocks[-1].text


def test_every_answer_about_a_subject_cites_a_quoted_clause_and_shows_it(guide: Guide) -> None:
    topics = guide.catalogue.topics()
    assert len(topics) >= 8
    for intent in topics:
        reply = guide.about((intent.id,), guide.catalogue.pack.as_of)
        assert any(citation.quote for citation in reply.citations), intent.id
        assert reply.blocks[-1].kind == "source", intent.id
        pressed = [Action.read(button.action) for row in reply.buttons for button in row]
        clauses = [action for action in pressed if action.kind == "clause"]
        assert clauses, intent.id
        for action in clauses:
            shown = guide.press(action, Context("", (intent.id,), NOON), NOON).reply
            quotes = [c.quote for c in reply.citations if f"{c.directive}#{c.clause}" == action.value and c.quote]
            bold = " ".join(span.text for block in shown.blocks[1:] for span in block.spans if span.style == "bold")
            assert all(part.strip() in bold for quote in quotes for part in quote.split("[…]")), (intent.id, action)


def test_the_length_of_an_answer_suits_a_small_phone(guide: Guide) -> None:
    for intent in guide.catalogue.topics():
        blocks = guide.catalogue.answers[intent.id].blocks
        lines = [block for block in blocks if block.kind != "source"]
        assert 3 <= len(lines) <= 8, intent.id
        assert sum(len(block.text) for block in blocks) <= 900, intent.id
