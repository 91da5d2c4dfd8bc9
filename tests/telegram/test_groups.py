"""In groups Loa answers only when it is meant, and keeps nothing of the group."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.guide import Guide
from bot.store.records import Received
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from tests.botapi import BotApiDouble, ChatMessage, Fault, updates
from tests.botapi.utf16 import length
from tests.fakes import rows
from tests.telegram.conftest import Running, running_bot

GROUP, AN, BINH = -100_200, 4242, 5151
QUESTION = "5K là gì"


def asked(text: str, *, of: str = "@loa_test_bot", kind: str = "mention", **more: Any) -> dict[str, Any]:
    """A message of a group with a mention marked in it."""
    mark: dict[str, Any] = {"type": kind, "offset": length(text[: text.index(of)]), "length": length(of)}
    if kind == "text_mention":
        mark["user"] = updates.BOT
    update = updates.text(GROUP, text, user_id=AN, **more)
    update["message"]["entities"] = [mark]
    return update


async def settled(loa: Running) -> None:
    """Everything pushed so far has been handled: a question of another chat is answered after it."""
    await loa.say(updates.command(9999, "/chude"), 9999)


def actions(message: ChatMessage) -> list[str]:
    return [button.get("callback_data", "") for button in message.buttons]


MEANT = {
    "a mention": asked(f"@loa_test_bot {QUESTION}"),
    "in other letters": asked(f"😷 @LOA_Test_Bot, {QUESTION}", of="@LOA_Test_Bot"),
    "by name": asked(f"Loa ơi {QUESTION}", of="Loa", kind="text_mention"),
    "a deep link": updates.command(GROUP, "/start five_k"),
}


@pytest.mark.parametrize("update", MEANT.values(), ids=MEANT.keys())
async def test_who_means_loa_gets_a_reply_to_that_message(loa: Running, update: dict[str, Any]) -> None:
    (answer,) = await loa.say(update, GROUP)
    assert "up:five_k" in actions(answer)
    assert answer.reply_to == update["message"]["message_id"]
    (call,) = loa.double.calls("sendMessage")
    assert call.params["reply_parameters"]["allow_sending_without_reply"] is True
    assert not loa.double.refused


async def test_who_called_while_loa_was_away_is_heard(double: BotApiDouble, guide: Guide, tmp_path: Path) -> None:
    """What waits in the store is handled only once Loa knows its own name again."""
    raw = json.dumps({"update_id": 5, **asked(f"@loa_test_bot {QUESTION}")})
    double.add_chat(GROUP)
    store = SqliteStore(tmp_path / "loa.db", Sealer(bytes(range(32))))
    store.inbox.add([Received(5, "nhóm", raw)], datetime.now(UTC))
    store.close()
    double.faults.add(Fault("server_error", method="getMe", times=3))
    async with running_bot(double, guide, tmp_path):
        await double.until(lambda: double.messages(GROUP))


async def test_a_mention_in_a_caption_counts(loa: Running) -> None:
    photo = updates.photo(GROUP, f"@loa_test_bot {QUESTION}")
    photo["message"]["caption_entities"] = [{"type": "mention", "offset": 0, "length": 13}]
    (answer,) = await loa.say(photo, GROUP)
    assert "up:five_k" in actions(answer)


async def test_a_mention_alone_gets_the_menu(loa: Running) -> None:
    (answer,) = await loa.say(asked("@loa_test_bot"), GROUP)
    assert "group:0" in actions(answer)


async def test_everything_else_is_ignored_without_a_trace(loa: Running) -> None:
    loa.double.add_chat(GROUP)
    person = updates.message(GROUP, text="chào", user_id=BINH)
    for update in (
        updates.text(GROUP, QUESTION),
        updates.text(GROUP, f"@loa_test_bot {QUESTION}"),  # no entity: the letters alone are no mention
        asked(f"@loa_test_bot2 {QUESTION}", of="@loa_test_bot2"),
        updates.text(GROUP, QUESTION, reply_to=person),
        updates.command(GROUP, "/ban @ai_do"),
        updates.command(GROUP, "/chude@other_bot"),
        updates.sticker(GROUP),
        updates.text(GROUP, "không thở được"),
    ):
        loa.double.push(update)
    await settled(loa)
    assert loa.double.messages(GROUP) == []
    for table in ("questions", "conversations", "votes"):
        assert await rows(loa.store, f"SELECT count(*) FROM {table}") == [(0,)]
    assert await rows(loa.store, "SELECT count(*) FROM chats") == [(1,)], "only the other chat's"


async def test_a_message_stands_by_itself_unless_it_replies_to_an_answer(loa: Running) -> None:
    (wedding,) = await loa.say(asked("@loa_test_bot đám cưới có được tổ chức không"), GROUP)
    (alone,) = await loa.say(asked("@loa_test_bot còn khách ở xa?"), GROUP)
    assert "up:weddings_funerals" not in actions(alone)
    (leaning,) = await loa.say(updates.text(GROUP, "còn khách ở xa?", reply_to=wedding, user_id=BINH), GROUP)
    assert "up:weddings_funerals" in actions(leaning)
    assert await rows(loa.store, "SELECT count(*) FROM conversations") == [(0,)]


async def test_what_went_through_loas_own_cards_is_no_question(loa: Running) -> None:
    sent = updates.text(AN, "5K là năm việc để phòng dịch")
    sent["message"]["via_bot"] = updates.BOT
    loa.double.push(sent)
    await settled(loa)
    assert loa.double.messages(AN) == []


@pytest.mark.parametrize("command", ["/xoadulieu", "/quyenriengtu", "/gopy hay lắm", "/gopy@loa_test_bot"])
async def test_what_is_private_points_to_the_private_chat(loa: Running, command: str) -> None:
    (answer,) = await loa.say(updates.command(GROUP, command), GROUP)
    assert [button["url"] for button in answer.buttons] == ["https://t.me/loa_test_bot"]
    assert await rows(loa.store, "SELECT count(*) FROM suggestions") == [(0,)]


async def test_each_person_has_one_vote_and_deletes_it_in_private(loa: Running) -> None:
    (answer,) = await loa.say(asked(f"@loa_test_bot {QUESTION}"), GROUP)
    presses = ((AN, "up"), (AN, "down"), (AN, "down"), (BINH, "up"))
    for person, way in presses:
        loa.double.push(updates.callback(GROUP, f"{way}:five_k", answer, user_id=person))
    await loa.double.until(lambda: len(loa.double.calls("answerCallbackQuery")) == len(presses))
    assert sorted(await rows(loa.store, "SELECT up FROM votes")) == [(0,), (1,)]
    assert len(loa.double.messages(GROUP)) == 1, "nobody is asked why before everyone"
    (deleted,) = await loa.say(updates.command(AN, "/xoadulieu"), AN)
    assert "1 câu hỏi" in deleted.text
    assert await rows(loa.store, "SELECT up FROM votes") == [(1,)]
    assert await rows(loa.store, "SELECT count(*) FROM questions") == [(0,)]


async def test_a_corrected_question_changes_its_answer(loa: Running) -> None:
    question = asked("@loa_test_bot đám cưới có được tổ chức không")
    (first,) = await loa.say(question, GROUP)
    edited = asked(f"@loa_test_bot {QUESTION}", message_id=question["message"]["message_id"])["message"]
    loa.double.push({"edited_message": edited | {"edit_date": edited["date"] + 1}})
    await loa.double.until(lambda: "up:five_k" in actions(loa.double.messages(GROUP)[0]))
    assert [message.message_id for message in loa.double.messages(GROUP)] == [first.message_id]
    assert not loa.double.refused
