"""Cards for who types the bot's name and a few words in any chat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.core.guide import Guide
from bot.core.reply import Block, Outcome, Reply, Span
from bot.telegram.inline import answer_inline
from bot.telegram.render import MAX_UNITS, in_one, units
from tests.botapi import Call, updates
from tests.fakes import NOON, rows
from tests.telegram.conftest import Running

AN = 4242
TODAY = NOON.date()


async def cards(loa: Running, query: str) -> list[dict[str, Any]]:
    before = len(loa.double.calls("answerInlineQuery"))
    loa.double.push(updates.inline_query(AN, query))

    def calls() -> list[Call]:
        return loa.double.calls("answerInlineQuery")[before:]

    await loa.double.until(calls)
    (call,) = calls()
    assert call.error is None
    results: list[dict[str, Any]] = call.params["results"]
    return results


async def test_a_few_words_get_cards_with_the_whole_answer(loa: Running) -> None:
    (first, *_) = found = await cards(loa, "phat khau trang")
    assert len(found) <= 8
    assert first["id"] == "mask_fine"
    assert first["title"]
    assert first["description"]
    assert "\n" not in first["description"]
    content = first["input_message_content"]
    assert "Nguồn" in content["message_text"]
    assert "05/02/2021" in content["message_text"], "the note about the time"
    ((button,),) = first["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/loa_test_bot?start=mask_fine"


async def test_nothing_is_kept_of_what_was_typed(loa: Running) -> None:
    for query in ("đám", "đám cư", "đám cưới"):
        await cards(loa, query)
    await loa.say(updates.command(9999, "/chude"), 9999)
    for table in ("questions", "conversations", "votes"):
        assert await rows(loa.store, f"SELECT count(*) FROM {table}") == [(0,)]
    assert await rows(loa.store, "SELECT count(*) FROM chats") == [(1,)]
    assert await rows(loa.store, "SELECT count(*) FROM outbox") == [(1,)], "only the other chat's"
    refs = await rows(loa.store, "SELECT DISTINCT ref FROM inbox")
    assert len(refs) == 4, "no query is known by its person"
    assert await rows(loa.store, "SELECT count(*) FROM inbox WHERE sealed IS NOT NULL") == [(0,)]


async def test_a_query_that_has_expired_is_not_answered_again(loa: Running) -> None:
    loa.double.push(updates.inline_query(AN, "5k"))
    loa.double.expire_queries()
    await loa.double.until(lambda: loa.double.calls("answerInlineQuery"))
    await loa.say(updates.command(9999, "/chude"), 9999)
    assert len(loa.double.calls("answerInlineQuery")) == 1
    assert await rows(loa.store, "SELECT count(*) FROM outbox WHERE method = 'answerInlineQuery'") == [(0,)]


async def test_a_query_that_cannot_be_read_is_not_put_aside(loa: Running) -> None:
    broken = updates.inline_query(AN, "đám cưới")
    del broken["inline_query"]["from"]["first_name"]
    loa.double.push(broken)
    for _ in range(100):
        if await rows(loa.store, "SELECT count(*) FROM inbox WHERE state != 'open'") == [(1,)]:
            break
        await asyncio.sleep(0.05)
    assert await rows(loa.store, "SELECT state, sealed FROM inbox") == [("done", None)]
    assert loa.double.calls("sendMessage") == []


@pytest.mark.parametrize(("typed", "intent"), [
    ("5k", "five_k"), ("blue", "bluezone_install"), ("Bluez", "bluezone_install"), ("đám cư", "weddings_funerals"),
    ("dam tang", "weddings_funerals"), ("khẩu tr", "mask"), ("khau trang", "mask"),
])  # fmt: skip
def test_words_that_are_only_begun_find_their_subject(guide: Guide, typed: str, intent: str) -> None:
    assert intent in [card.intent for card in guide.cards(typed, TODAY)][:3]


def test_no_words_get_the_first_topics_and_foreign_ones_nothing(guide: Guide) -> None:
    topics = [topic.id for topic in guide.catalogue.topics()]
    assert [card.intent for card in guide.cards("  ", TODAY)] == topics[:8]
    assert [card.intent for card in guide.cards("?", TODAY)] == topics[:8]
    assert guide.cards("xyzzy", TODAY) == ()


def test_danger_comes_first(guide: Guide) -> None:
    (first, *_) = guide.cards("không thở được", TODAY)
    assert first.intent == ""
    assert "115" in first.title
    send = answer_inline(guide, "1", "không thở được", "loa_test_bot", TODAY)
    assert "115" in send.payload["results"][0]["input_message_content"]["message_text"]


def test_every_subject_fits_into_one_message(guide: Guide) -> None:
    for topic in guide.catalogue.topics():
        assert units(in_one(guide.about((topic.id,), TODAY))) <= MAX_UNITS


def test_of_an_answer_that_is_too_long_the_source_stays() -> None:
    lines = tuple(Block("paragraph", (Span(f"{n} " + "dài " * 100),)) for n in range(30))
    reply = Reply(Outcome.ANSWERED, (*lines, Block("source", (Span("Nguồn: văn bản."),))))
    text = in_one(reply)
    assert units(text) <= MAX_UNITS
    assert text.endswith("<i>Nguồn: văn bản.</i>")
    assert text.startswith("0 dài")
