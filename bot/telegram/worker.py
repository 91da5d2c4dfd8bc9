"""Works off the inbox: one update at a time, in order, its effects in one transaction."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from datetime import timedelta

from ..clock import Clock
from ..store.records import Received
from ..store.thread import StoreThread
from .handling import Handling
from .updates import chat_of
from .waiting import error_name, sleep_until

log = logging.getLogger("loa.worker")
_LONGEST_WAIT = 60.0


class Worker:
    """Handles what the poller kept. `wake` tells of new updates, `sent` of new rows in the outbox."""

    def __init__(
        self, handling: Handling, store: StoreThread, clock: Clock, attempts: int, retry_seconds: float,
        wake: asyncio.Event, sent: asyncio.Event,
    ) -> None:  # fmt: skip
        self._handling = handling
        self._store = store
        self._clock = clock
        self._attempts = attempts
        self._retry_seconds = retry_seconds
        self._wake = wake
        self._sent = sent

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            try:
                while await self.step():
                    await asyncio.sleep(0)
                due = await self._store.run(self._store.store.inbox.next_due, self._clock())
            except Exception as error:  # the edge: a full or locked disk passes, and the work goes on
                log.error("worker failed", extra={"error": error_name(error)})
                due = self._clock().timestamp() + self._retry_seconds
            await sleep_until(self._wake, due, self._clock, self._store.store.idle_seconds)

    async def step(self) -> bool:
        """Handle one update; False if none is due."""
        received = await self._store.run(self._store.store.inbox.next, self._clock())
        if received is None:
            return False
        began = time.perf_counter()
        outcome = await self._store.run(self._handle, received)
        self._sent.set()
        took = round((time.perf_counter() - began) * 1000, 1)
        log.info(
            "update handled", extra={"update": received.update_id, "ref": received.ref[:8], "did": outcome, "ms": took}
        )
        return True

    def _handle(self, received: Received) -> str:
        now = self._clock()
        residents = self._store.store.residents
        try:
            effects = self._handling.effects(received, now)
            residents.apply(effects, received.update_id)
        except Exception as error:  # the edge: whatever goes wrong, the resident hears something
            return self._failed(received, error_name(error))
        return f"{len(effects.sends)} sends"

    def _failed(self, received: Received, error: str) -> str:
        now = self._clock()
        log.error(
            "update failed", extra={"update": received.update_id, "error": error, "attempt": received.attempts + 1}
        )
        if received.attempts + 1 < self._attempts:
            wait = min(self._retry_seconds * 2**received.attempts, _LONGEST_WAIT)
            self._store.store.inbox.later(received.update_id, error, now + timedelta(seconds=wait))
            return "retry"
        effects = self._handling.apology(received, chat_of(json.loads(received.raw)), error, now)
        self._store.store.residents.apply(effects, received.update_id)
        return "aside"
