"""Runs a store on a thread of its own, so that the event loop never waits for the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from .protocols import Store

P = ParamSpec("P")
T = TypeVar("T")


class StoreThread:
    """Owns one thread and the store that was opened on it."""

    def __init__(self, opener: Callable[[], Store]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            self.store = self._pool.submit(opener).result()
        except BaseException:
            self._pool.shutdown()
            raise

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method of the store; once begun, it ends even if the caller is cancelled."""
        return await asyncio.wrap_future(self._pool.submit(lambda: function(*args, **kwargs)))

    def close(self) -> None:
        """Finish what was begun and close the store."""
        self._pool.submit(self.store.close).result()
        self._pool.shutdown()
