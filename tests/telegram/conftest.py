"""Loa's Telegram side in this process, talking real HTTP to the double."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock, system_clock
from bot.core.guide import Guide
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.records import Pause
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from bot.telegram.app import TelegramBot
from tests.botapi import BotApiDouble, ChatMessage
from tests.engines import Base, SqliteBase

FAST: dict[str, Any] = {
    "retry_seconds": 0.05,
    "poll_seconds": 1,
    "send_seconds": 2.0,
    "stop_seconds": 3.0,
    "attempts": 3,
}


class Running:
    """A running bot and its double."""

    def __init__(self, double: BotApiDouble, store: StoreThread, task: asyncio.Task[None], stop: asyncio.Event) -> None:
        self.double = double
        self.store = store
        self.task = task
        self._stop = stop

    async def say(self, update: dict[str, Any], chat: int, answers: int = 1) -> list[ChatMessage]:
        """Push an update and wait until the chat has so many more messages of the bot."""
        before = len(self.double.messages(chat))
        self.double.push(update)
        await self.double.until(lambda: len(self.double.messages(chat)) >= before + answers)
        return self.double.messages(chat)[before:]

    async def stop(self) -> None:
        self._stop.set()
        await self.task


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
def double() -> Iterator[BotApiDouble]:
    with BotApiDouble(seed=7) as running:
        yield running


@asynccontextmanager
async def running_bot(
    double: BotApiDouble, guide: Guide, folder: Path, clock: Clock = system_clock, base: Base | None = None,
    pause: Pause | None = None, **settings: Any,
) -> AsyncIterator[Running]:  # fmt: skip
    """A bot over a database, which is a file in its folder if none is given."""
    base = base or SqliteBase(folder / "loa.db")
    values = {"telegram_token": double.token, "telegram_api": double.base_url, "var_dir": folder, **FAST, **settings}
    chosen = Settings(_env_file=None, **values)
    sealer = Sealer(bytes(range(32)))
    store = StoreThread(lambda: base.open(sealer))
    stop, ready = asyncio.Event(), asyncio.Event()
    bot = TelegramBot(chosen, Reception(guide, store.store.residents, pause), store, sealer, clock, Metrics())
    task = asyncio.create_task(bot.run(ready, stop))
    waiting = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait([waiting, task], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield Running(double, store, task, stop)
    finally:
        waiting.cancel()
        stop.set()
        await asyncio.gather(task, waiting, return_exceptions=True)
        store.close()


@pytest.fixture
async def loa(double: BotApiDouble, guide: Guide, tmp_path: Path, base: Base) -> AsyncIterator[Running]:
    async with running_bot(double, guide, tmp_path, base=base) as running:
        yield running
