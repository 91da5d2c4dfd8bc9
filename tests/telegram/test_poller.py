"""What comes from the Bot API and is no update that can be kept may not jam polling."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from telegram.request import BaseRequest

from bot.clock import system_clock
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from bot.store.thread import StoreThread
from bot.telegram.poller import Poller
from tests.botapi import updates
from tests.fakes import rows

GOOD = {"update_id": 7, **updates.text(4242, "5K là gì")}
STRANGE: list[Any] = [
    "text", None, 5, [], {}, {"update_id": "8"}, {"update_id": True}, {"update_id": -1}, {"update_id": 2**63},
    {"update_id": 2**200}, {"update_id": 1.5},
]  # fmt: skip


class OneAnswer(BaseRequest):
    """Answers the first request for updates, and then none."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self.urls: list[str] = []

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        self.urls.append(url)
        if len(self.urls) > 1:
            await asyncio.Event().wait()
        return 200, json.dumps({"ok": True, "result": self._answer}).encode()


async def test_what_is_no_update_is_passed_over_and_the_others_are_kept(tmp_path: Path) -> None:
    sealer, wake = Sealer(bytes(32)), asyncio.Event()
    store = StoreThread(lambda: SqliteStore(tmp_path / "loa.db", sealer))
    request = OneAnswer([*STRANGE, GOOD])
    polling = asyncio.create_task(
        Poller(request, "http://botapi.test", store, sealer, system_clock, 1, 0.01, wake).run()
    )
    async with asyncio.timeout(5):
        await wake.wait()
        while len(request.urls) < 2:
            await asyncio.sleep(0.01)
    polling.cancel()
    assert await rows(store, "SELECT update_id FROM inbox ORDER BY update_id") == [(1,), (7,)]
    assert "offset=8" in request.urls[1]
    store.close()
