"""Fetches raw updates and keeps them in the inbox before it confirms them.

Raw, because one update that the library cannot parse would otherwise jam polling for ever.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter
from telegram.request import BaseRequest

from ..clock import Clock
from ..store.records import Received
from ..store.sealing import Sealer
from ..store.thread import StoreThread
from .updates import order_of
from .waiting import error_name, seconds_of

log = logging.getLogger("loa.poller")
_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
_LONGEST_WAIT = 30.0
_NO_NUMBER = 2**63


class Poller:
    """One long-polling loop. `wake` is called whenever the inbox got something new."""

    def __init__(
        self, request: BaseRequest, base_url: str, store: StoreThread, sealer: Sealer, clock: Clock, poll_seconds: int,
        retry_seconds: float, wake: asyncio.Event,
    ) -> None:  # fmt: skip
        self._request = request
        self._url = base_url
        self._store = store
        self._sealer = sealer
        self._clock = clock
        self._poll_seconds = poll_seconds
        self._retry_seconds = retry_seconds
        self._wake = wake
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled. Waits out every error but a refused token."""
        while True:
            try:
                await self._keep(await self._fetch())
                self._failures = 0
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except Exception as error:  # the edge: network, a page that is no JSON, a full disk; none may end polling
                await self._wait(error)

    async def _wait(self, error: Exception) -> None:
        self._failures += 1
        wait = min(self._retry_seconds * 2 ** min(self._failures - 1, 8), _LONGEST_WAIT)
        other = "another program polls with this token; " if isinstance(error, Conflict) else ""
        log.warning("polling failed", extra={"error": error_name(error), "hint": other, "wait": wait})
        await asyncio.sleep(wait)

    async def _fetch(self) -> Sequence[Mapping[str, Any]]:
        query = {"timeout": self._poll_seconds, "allowed_updates": json.dumps(_UPDATES), "limit": 100}
        if self._offset:
            query["offset"] = self._offset
        url = f"{self._url}/getUpdates?{urlencode(query)}"
        answer: Any = await self._request.post(url, read_timeout=self._poll_seconds + 10)
        if not isinstance(answer, list):
            raise TypeError("the answer is not a list of updates")
        return answer

    async def _keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Commit to the inbox, then let the next request confirm; repeated ones change nothing."""
        if not updates:
            return
        received = [self._received(update) for update in updates if _has_number(update)]
        if not received:
            raise ValueError("no update of this answer has a number")
        new = await self._store.run(self._store.store.inbox.add, received, self._clock())
        # Of this answer alone: after a week without updates Telegram begins to count anew.
        self._offset = max(each.update_id for each in received) + 1
        if new:
            self._wake.set()
        log.info("updates kept", extra={"received": len(received), "new": new})

    def _received(self, update: Mapping[str, Any]) -> Received:
        name = order_of(update, int(update["update_id"]))
        raw = json.dumps(update)  # ASCII: half a surrogate pair would not survive UTF-8
        return Received(int(update["update_id"]), self._sealer.ref("telegram", name), raw)


def _has_number(update: Any) -> bool:
    """Whether this is an update with a number that the store can keep; any other would jam polling for ever."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return isinstance(number, int) and 0 <= number < _NO_NUMBER
