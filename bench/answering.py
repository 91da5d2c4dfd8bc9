"""A process that answers from a store and switches as a running bot does; says on standard output from what and when.

Run by `bench.publishing`, with the settings of a bot in its environment.
"""

from __future__ import annotations

import asyncio
import json
import time

from bot.content.loading import load_texts
from bot.core.context import Context
from bot.opening import open_store
from bot.reception import Reception
from bot.settings import Settings, load_settings
from bot.store.thread import StoreThread
from bot.switching import Switching

from .building import build
from .exam import NOW

_QUESTION = "ra chợ có phải đeo khẩu trang không"


async def answer(settings: Settings) -> None:
    """Answer one question from every release in turn, until the process is ended."""
    store = StoreThread(lambda: open_store(settings))
    current = await store.run(store.store.versions.current)
    assert current is not None
    texts = await store.run(lambda: store.store.versions.bodies(store.store.versions.contents(current.number)))
    reception = Reception(build(load_texts(texts).catalogue), store.store.residents)

    async def switched() -> None:
        handled = await store.run(reception.message, "bench", _QUESTION, Context(), NOW)
        release = handled.question.release if handled.question else ""
        print(json.dumps({"release": release, "at": time.monotonic()}), flush=True)

    await switched()
    await Switching(reception, store, current.number, switched).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(answer(load_settings()))
