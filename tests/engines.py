"""The engines of the store, as databases that a test has for itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.store.areas import SqlStore
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore


class Base(Protocol):
    """A database that may be opened several times."""

    @property
    def url(self) -> str:
        """As LOA_DATABASE_URL names it."""

    def open(self, sealer: Sealer) -> SqlStore:
        """Another store over it."""


@dataclass(frozen=True)
class SqliteBase:
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def open(self, sealer: Sealer) -> SqlStore:
        return SqliteStore(self.path, sealer)
