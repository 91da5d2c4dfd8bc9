"""A call for help in the middle of a chat."""

from __future__ import annotations

import pytest

from bot.core.context import Context
from bot.core.guide import Guide
from tests.fakes import NOON

BEFORE = "toi o ha noi ve co phai cach ly ko"


@pytest.mark.parametrize("text", ["con toi kho tho tim tai roi lam sao day", "thế khó thở tím tái thì sao"])
def test_the_answer_of_before_does_not_bury_the_warning(guide: Guide, text: str) -> None:
    before = guide.answer(BEFORE, Context(), NOON)
    assert before.reply.answered
    said = guide.answer(text, before.context, NOON)
    assert "115" in said.reply.blocks[0].text
    assert said.reply.blocks == guide.answer(text, Context(), NOON).reply.blocks


def test_after_the_call_a_follow_up_still_leans_on_the_question_before(guide: Guide) -> None:
    before = guide.answer(BEFORE, Context(), NOON)
    called = guide.answer("con toi kho tho tim tai roi lam sao day", before.context, NOON)
    assert called.context == before.context
