"""Switches the running bot to a new release, and pauses it, in every process that answers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from .content.loading import load_texts
from .core.guide import Guide
from .errors import ContentError, StoreError
from .reception import Reception
from .store.officer_protocols import Pauses
from .store.thread import StoreThread

log = logging.getLogger("loa.releases")
# How long one wait for news lasts; a stop waits for its end.
_LISTEN_SECONDS = 0.5


def follow_pause(reception: Reception, pauses: Pauses) -> None:
    """Pause, or answer again, as the store says; on the store thread, between two turns."""
    pause = pauses.current()
    if pause != reception.pause:
        reception.hold(pause)
        log.info("paused" if pause else "answering again")


class Switching:
    """Watches for pauses and releases, and hands the reception a guide of the newest.

    A turn runs wholly on the store thread, and so does the switch: a question that is being answered finishes on
    the release that it began with. A release that this program cannot serve is logged, and the one before stays.
    """

    def __init__(
        self, reception: Reception, store: StoreThread, number: int, switched: Callable[[], Awaitable[None]]
    ) -> None:
        self._reception = reception
        self._store = store
        self._number = number
        self._switched = switched

    @property
    def number(self) -> int:
        """The number of the release that is answered from."""
        return self._number

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop`. The store rings when there is news, in whatever process it was made."""
        while not stop.is_set():
            try:
                await self._store.run(follow_pause, self._reception, self._store.store.pauses)
                await self.look()
                await asyncio.to_thread(self._store.store.changes.wait, _LISTEN_SECONDS)
            except StoreError as error:
                log.error("the store cannot be read; the next look comes soon", extra={"error": str(error)})
                await asyncio.sleep(_LISTEN_SECONDS)

    async def look(self) -> bool:
        """Switch if there is a newer release; whether there was one."""
        versions = self._store.store.versions
        current = await self._store.run(versions.current)
        if current is None or current.number == self._number:
            return False
        began = time.perf_counter()
        texts = await self._store.run(lambda: versions.bodies(versions.contents(current.number)))
        self._number = current.number
        try:
            guide = await asyncio.to_thread(self._successor, texts)
        except ContentError as error:
            log.error("release cannot be served", extra={"release": current.number, "problems": len(error.problems)})
            return False
        await self._store.run(self._reception.switch, guide)
        took = round((time.perf_counter() - began) * 1000)
        log.info("switched", extra={"release": current.number, "ms": took})
        await self._switched()
        return True

    def _successor(self, texts: dict[str, bytes]) -> Guide:
        return self._reception.guide.successor(load_texts(texts).catalogue)
