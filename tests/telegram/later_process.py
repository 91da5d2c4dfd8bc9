"""A process that tells residents later, one at a time, until it is killed: `python -m tests.telegram.later_process`."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from bot.content.loading import load_texts
from bot.core.guide import Guide
from bot.reception import Reception
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from bot.telegram.later import Later
from tests.engines import Base, PostgresBase, SqliteBase


def base_of(url: str) -> Base:
    """The database of an address."""
    return SqliteBase(Path(url.removeprefix("sqlite:///"))) if url.startswith("sqlite") else PostgresBase(url)


async def work(url: str) -> None:
    """Answer from the current release until nobody waits."""
    store = StoreThread(lambda: base_of(url).open(Sealer(bytes(range(32)))))
    versions = store.store.versions
    current = await store.run(versions.current)
    assert current is not None
    texts = await store.run(lambda: versions.bodies(versions.contents(current.number)))
    guide = Guide(load_texts(texts).catalogue, timedelta(days=90), timedelta(days=90))
    later = Later(Reception(guide, store.store.residents), store, system_clock, lambda: None, residents=1)
    print("ready", flush=True)
    while await later.step():
        pass
    store.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
