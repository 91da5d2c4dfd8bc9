"""Turns at reading files: each is read by a child process that may take much memory, so that only a few run at once.

Who comes while all are busy waits for a while, without holding a thread; who comes while enough wait is told to try
again. That holds for one process of Loa.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

AT_ONCE, WAITING, SECONDS = 2, 6, 25.0
BUSY = "Máy đang đọc nhiều tệp một lúc, nên chưa đọc tệp này. Anh/chị đợi khoảng một phút rồi gửi lại."


class Busy(Exception):
    """There was no turn in time."""


class Turns:
    """So many files are read at once; so many more may wait, each for so many seconds."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, seconds: float = SECONDS) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._room = at_once + waiting
        self._seconds = seconds
        self._here = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold a turn. Raises Busy where there is none."""
        if self._here >= self._room:
            raise Busy
        self._here += 1
        try:
            await self._come()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._here -= 1

    async def _come(self) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None


def turns_of(request: Request) -> Turns:
    """The turns of this process."""
    turns: Turns = request.app.state.turns
    return turns
