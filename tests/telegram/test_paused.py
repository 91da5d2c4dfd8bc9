"""What Telegram gets while Loa is paused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.guide import Guide
from bot.store.records import Pause
from tests.botapi import BotApiDouble, updates
from tests.engines import Base
from tests.fakes import NOON, rows
from tests.telegram.conftest import Running, running_bot

LAN, GROUP = 4242, -900
NOTICE, HOTLINE = "Loa nghỉ một lát <i>nhé</i>.", "1900 9095"
WEDDING, DANGER = "đám cưới có được tổ chức không", "bố tôi không thở được"


@pytest.fixture
async def paused(double: BotApiDouble, guide: Guide, tmp_path: Path, base: Base) -> AsyncIterator[Running]:
    pause = Pause(NOON, "Lan", "trả lời sai", NOTICE)
    async with running_bot(double, guide, tmp_path, base=base, pause=pause) as running:
        yield running


async def test_whatever_is_sent_gets_the_notice_and_the_telephones(paused: Running) -> None:
    for update in (updates.text(LAN, WEDDING), updates.command(LAN, "/start"), updates.sticker(LAN)):
        (said,) = await paused.say(update, LAN)
        assert NOTICE in said.text
        assert HOTLINE in said.text
        assert "Nguồn: Công văn" not in said.text
    assert await rows(paused.store, "SELECT outcome FROM questions") == [("not_understood",)]


async def test_who_is_in_danger_is_told_115_first(paused: Running) -> None:
    (said,) = await paused.say(updates.text(LAN, DANGER), LAN)
    assert said.text.index("115") < said.text.index(NOTICE)
    assert await rows(paused.store, "SELECT outcome FROM questions") == [("not_understood",)]


async def test_everything_can_still_be_deleted(paused: Running) -> None:
    await paused.say(updates.text(LAN, WEDDING), LAN)
    (said,) = await paused.say(updates.command(LAN, "/xoadulieu"), LAN)
    assert "1 câu hỏi" in said.text


async def test_inline_has_one_card_that_telegram_does_not_keep(paused: Running) -> None:
    for query, first in (("phat khau trang", NOTICE), ("không thở được", "115"), ("", NOTICE)):
        before = len(paused.double.calls("answerInlineQuery"))
        paused.double.push(updates.inline_query(LAN, query))
        await paused.double.until(lambda before=before: paused.double.calls("answerInlineQuery")[before:])  # type: ignore[misc]
        call = paused.double.calls("answerInlineQuery")[-1]
        assert call.error is None
        card: dict[str, Any]
        (card,) = call.params["results"]
        assert call.params["cache_time"] == 0
        words = card["input_message_content"]["message_text"]
        notice = "Loa nghỉ một lát &lt;i&gt;nhé&lt;/i&gt;."
        assert words.index(first if first != NOTICE else notice) <= words.index(notice)
        assert HOTLINE in words
