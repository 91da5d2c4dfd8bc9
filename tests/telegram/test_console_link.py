"""/console: officers get a link in their private chat, others learn nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from bot.core.guide import Guide
from bot.officers import hashed, invite
from tests.botapi import BotApiDouble, updates
from tests.engines import Base
from tests.telegram.conftest import running_bot

LAN, MAI = 4242, 5353


async def said_to(double: BotApiDouble, chat: int, text: str) -> str:
    """What the bot answers in a chat."""
    before = len(double.messages(chat))
    double.push(updates.text(chat, text))
    await double.until(lambda: len(double.messages(chat)) > before)
    return double.messages(chat)[-1].text


async def test_a_chat_is_tied_by_a_link_and_gets_links_from_then_on(
    double: BotApiDouble, guide: Guide, tmp_path: Path, base: Base
) -> None:
    async with running_bot(double, guide, tmp_path, base=base) as loa:
        people = loa.store.store.people
        token = await loa.store.run(invite, people, "Lan", ["editor"], system_clock())
        assert "can-bo" not in await said_to(double, LAN, "/console")
        first = await said_to(double, LAN, f"/console {token}")
        second = await said_to(double, LAN, "/console")
        for said in (first, second):
            assert "/can-bo/vao/" in said
        new = second.rsplit("/", 1)[1].split()[0]
        assert await loa.store.run(people.link, hashed(new), system_clock()) == "Lan"
        assert await loa.store.run(people.link, hashed(new), system_clock() + timedelta(minutes=11)) is None
        assert "can-bo" not in await said_to(double, MAI, f"/console {token}"), "a link is used up"
