"""Reasons after a thumb down, and suggestions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.guide import Guide
from tests.botapi import BotApiDouble, updates
from tests.fakes import FixedClock, rows
from tests.telegram.conftest import Running, running_bot

AN = 4242
EVER = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
async def timed(
    double: BotApiDouble, guide: Guide, tmp_path: Path, clock: FixedClock
) -> AsyncIterator[tuple[Running, FixedClock]]:
    clock.at = datetime.now(UTC)
    async with running_bot(double, guide, tmp_path, clock) as running:
        yield running, clock


async def pressed(loa: Running, label: str, more: int = 0) -> None:
    """Press, and wait until that is answered by a toast and so many messages."""
    toasts, before = len(loa.double.calls("answerCallbackQuery")), len(loa.double.messages(AN))
    loa.double.press(AN, label)
    await loa.double.until(lambda: len(loa.double.calls("answerCallbackQuery")) > toasts)
    await loa.double.until(lambda: len(loa.double.messages(AN)) >= before + more)


async def words(loa: Running) -> list[tuple[bool, str, str]]:
    feedback = loa.store.store.feedback
    return [(vote.up, vote.reason, vote.words) for vote in await loa.store.run(feedback.votes, EVER)]


async def suggested(loa: Running) -> list[str]:
    feedback = loa.store.store.feedback
    return [each.text for each in await loa.store.run(feedback.suggestions, EVER)]


async def disliked(loa: Running) -> None:
    await loa.say(updates.text(AN, "5K là gì"), AN)
    await pressed(loa, "👎", more=1)


async def test_after_a_thumb_down_a_reason_can_be_chosen_and_changed(loa: Running, guide: Guide) -> None:
    await disliked(loa)
    labels = [button["text"] for button in loa.double.messages(AN)[-1].buttons]
    assert len(labels) == 5
    await pressed(loa, labels[0])
    await pressed(loa, labels[1])
    assert await words(loa) == [(False, "unclear", "")]
    assert all(call.params["text"] for call in loa.double.calls("answerCallbackQuery"))
    assert await rows(loa.store, "SELECT release FROM votes") == [(guide.catalogue.release,)]
    await pressed(loa, "👎")
    assert len(loa.double.messages(AN)) == 2, "who has said so already is not asked again"


async def test_a_reason_in_own_words_is_masked_sealed_and_taken_once(loa: Running) -> None:
    await disliked(loa)
    await pressed(loa, "Viết lý do", more=1)
    await loa.say(updates.text(AN, "đám cưới thì sao, gọi tôi 0912345678"), AN)
    ((up, _, text),) = await words(loa)
    assert not up
    assert "đám cưới thì sao" in text
    assert "0912345678" not in text
    (sealed,) = (await rows(loa.store, "SELECT sealed_words FROM votes"))[0]
    assert "đám cưới".encode() not in sealed
    assert await rows(loa.store, "SELECT count(*) FROM questions") == [(1,)], "a reason is no question"
    (answer,) = await loa.say(updates.text(AN, "đám cưới có được tổ chức không"), AN)
    assert "up:weddings_funerals" in str(answer.buttons)


async def test_a_thumb_up_drops_the_reason(loa: Running) -> None:
    await disliked(loa)
    await pressed(loa, "Sai")
    await pressed(loa, "Viết lý do", more=1)
    await loa.say(updates.text(AN, "sai hết rồi"), AN)
    assert await words(loa) == [(False, "wrong", "sai hết rồi")]
    await pressed(loa, "👍")
    assert await words(loa) == [(True, "", "")]
    await pressed(loa, "Sai", more=1)
    assert await words(loa) == [(True, "", "")], "an old button changes nothing"


@pytest.mark.parametrize("text", ["/huongdan", "chị tôi không thở được"])
async def test_commands_cancel_and_danger_wins(loa: Running, text: str) -> None:
    await disliked(loa)
    await pressed(loa, "Viết lý do", more=1)
    (answer,) = await loa.say(updates.text(AN, text), AN)
    assert text.startswith("/") or "115" in answer.text
    await loa.say(updates.text(AN, "đám cưới có được tổ chức không"), AN)
    assert await words(loa) == [(False, "", "")]


async def test_a_reason_is_expected_for_ten_minutes(timed: tuple[Running, FixedClock]) -> None:
    loa, clock = timed
    await disliked(loa)
    await pressed(loa, "Viết lý do", more=1)
    clock.go_on(minutes=11)
    late = updates.text(AN, "đám cưới có được tổ chức không")
    late["message"]["date"] += 11 * 60
    (answer,) = await loa.say(late, AN)
    assert "up:weddings_funerals" in str(answer.buttons)
    assert await words(loa) == [(False, "", "")]


async def test_a_suggestion_is_kept_at_once_masked_and_corrected_in_place(loa: Running) -> None:
    first = updates.command(AN, "/gopy Loa nói to hơn, gọi 0912345678")
    await loa.say(first, AN)
    (text,) = await suggested(loa)
    assert text.startswith("Loa nói to hơn")
    assert "0912345678" not in text
    loa.double.push(updates.text(AN, "/gopy Loa nói nhỏ", message_id=first["message"]["message_id"], edited=True))
    for _ in range(100):
        if await suggested(loa) == ["Loa nói nhỏ"]:
            break
        await asyncio.sleep(0.02)
    assert await suggested(loa) == ["Loa nói nhỏ"]
    assert await rows(loa.store, "SELECT count(*) FROM questions") == [(0,)]


@pytest.mark.parametrize("command", ["/console bi-mat-cua-can-bo", "/chude"])
async def test_a_suggestion_that_becomes_another_command_is_not_kept_as_one(loa: Running, command: str) -> None:
    first = updates.command(AN, "/gopy Loa nói to hơn")
    await loa.say(first, AN)
    loa.double.push(updates.text(AN, command, message_id=first["message"]["message_id"], edited=True))
    await loa.say(updates.text(AN, "5K là gì"), AN)
    assert await suggested(loa) == ["Loa nói to hơn"]
    assert await rows(loa.store, "SELECT count(*) FROM questions") == [(1,)]


async def test_a_suggestion_that_becomes_the_wish_to_delete_deletes(loa: Running) -> None:
    first = updates.command(AN, "/gopy Loa nói to hơn")
    await loa.say(first, AN)
    loa.double.push(updates.text(AN, "/xoadulieu", message_id=first["message"]["message_id"], edited=True))
    for _ in range(100):
        if not await suggested(loa):
            break
        await asyncio.sleep(0.02)
    assert await suggested(loa) == []


async def test_without_words_a_suggestion_is_asked_for(loa: Running) -> None:
    await loa.say(updates.command(AN, "/gopy"), AN)
    await loa.say(updates.text(AN, "thêm tiếng Mông " + "x" * 3000), AN)
    (text,) = await suggested(loa)
    assert text.startswith("thêm tiếng Mông")
    assert len(text) == 2000


@pytest.mark.parametrize("how", ["Thôi", "/chude"])
async def test_a_suggestion_can_be_let_be(loa: Running, how: str) -> None:
    await loa.say(updates.command(AN, "/gopy"), AN)
    if how.startswith("/"):
        await loa.say(updates.command(AN, how), AN)
    else:
        await pressed(loa, how, more=1)
    (answer,) = await loa.say(updates.text(AN, "5K là gì"), AN)
    assert "up:five_k" in str(answer.buttons)
    assert await suggested(loa) == []


async def test_danger_in_a_suggestion_is_answered_first(loa: Running) -> None:
    (answer,) = await loa.say(updates.command(AN, "/gopy mẹ tôi không thở được"), AN)
    assert "115" in answer.text
    assert await suggested(loa) == []


async def test_suggestions_are_deleted_on_request_and_told(loa: Running) -> None:
    await loa.say(updates.command(AN, "/gopy một"), AN)
    await loa.say(updates.command(AN, "/gopy hai"), AN)
    (answer,) = await loa.say(updates.command(AN, "/xoadulieu"), AN)
    assert "2 góp ý" in answer.text
    assert await rows(loa.store, "SELECT count(*) FROM suggestions") == [(0,)]


@pytest.mark.parametrize("data", ["why:wrong.77", "why:", "write:77", "write", "why:rude.1", "drop:x"])
async def test_forged_reasons_are_answered_and_change_nothing(loa: Running, data: str) -> None:
    (message,) = await loa.say(updates.command(AN, "/chude"), AN)
    loa.double.push(updates.callback(AN, data, message))
    await loa.double.until(lambda: len(loa.double.messages(AN)) == 2)
    assert await words(loa) == []
