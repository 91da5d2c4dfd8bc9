"""Doubles of what the program takes as parameters: they record and replay, nothing is patched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from bot.store.areas import SqlStore
from bot.store.thread import StoreThread

NOON = datetime(2021, 2, 6, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go_on(self, **span: float) -> None:
        self.at += timedelta(**span)


async def rows(store: StoreThread, query: str) -> list[tuple[Any, ...]]:
    """Look into the database of a running store."""
    database = cast(SqlStore, store.store).db
    return await store.run(database.all, query)


async def change(store: StoreThread, statement: str) -> None:
    """Change the database of a running store."""
    await store.run(cast(SqlStore, store.store).db.run, statement)
