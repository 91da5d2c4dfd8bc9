"""Several processes answer over one PostgreSQL: each update once, each chat in order, also when one is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from bot.core.guide import Guide
from tests.botapi import BotApiDouble, updates
from tests.engines import PostgresBase, PostgresServer
from tests.telegram.conftest import Running, running_bot

ASKED = ("five_k", "mask", "mask_fine", "tet_travel")
CHATS = range(1, 11)
TOTAL = len(ASKED) * len(CHATS)
DONE = "SELECT count(*) FROM outbox WHERE state = 'done'"


@pytest.fixture
async def pair(
    double: BotApiDouble, guide: Guide, tmp_path: Path, postgres: PostgresServer
) -> AsyncIterator[tuple[Running, PostgresBase]]:
    """Two bots with one double and one database; the double lets one of them poll at a time, as Telegram does."""
    with postgres.fresh() as base:
        async with (
            running_bot(double, guide, tmp_path / "first", base=base) as first,
            running_bot(double, guide, tmp_path / "second", base=base),
        ):
            yield first, base


def push(double: BotApiDouble, step: int) -> None:
    for chat in CHATS:
        double.push(updates.command(chat, f"/start {ASKED[step]}"))


def answered(double: BotApiDouble, chat: int) -> list[str]:
    found = [button["callback_data"] for message in double.messages(chat) for button in message.buttons]
    return [action.removeprefix("up:") for action in found if action.startswith("up:")]


async def settled(base: PostgresBase) -> None:
    for _ in range(600):
        if base.number(DONE) == TOTAL:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{base.number(DONE)} of {TOTAL} answers are done")


async def test_each_update_is_answered_once_and_each_chat_in_order(pair: tuple[Running, PostgresBase]) -> None:
    running, base = pair
    for step in range(len(ASKED)):
        push(running.double, step)
    await settled(base)
    for chat in CHATS:
        assert answered(running.double, chat) == list(ASKED), chat
    assert base.number("SELECT count(*) FROM outbox") == TOTAL
    assert base.number("SELECT count(*) FROM claims") == 0


async def test_connections_that_are_cut_cost_no_answer_and_no_order(pair: tuple[Running, PostgresBase]) -> None:
    running, base = pair
    for step in range(len(ASKED)):
        push(running.double, step)
        await running.double.until(lambda step=step: len(answered(running.double, 1)) > step, timeout=20)  # type: ignore[misc]
        with psycopg.connect(base.url) as connection:
            cut = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ~ '^loa [0-9a-f]+$'"
                " AND datname = current_database()"
            ).fetchall()
        assert cut
    await settled(base)
    for chat in CHATS:
        assert list(dict.fromkeys(answered(running.double, chat))) == list(ASKED), chat
    assert base.number("SELECT count(*) FROM outbox") == TOTAL
