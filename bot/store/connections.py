"""What the areas of the store need of a database; each engine is one small class that does it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Value = str | bytes | int | float | None
Row = tuple[Any, ...]


class Connection(Protocol):
    """One connection to a database, for one thread at a time.

    SQL is written once, in what every engine understands, with `?` where a value goes and nowhere else. Every
    method raises StoreError if the database refuses or cannot be reached; the next call tries again.
    """

    @property
    def place(self) -> str:
        """Where the database is, for people; without a password."""

    @property
    def lock_rows(self) -> str:
        """What ends a SELECT so that the rows of its table `q` are locked and locked ones passed over."""

    def all(self, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""

    def one(self, sql: str, args: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, None if there is none."""

    def run(self, sql: str, args: Sequence[Value] = ()) -> int:
        """Make a change; the number of rows that it touched. Alone it is a transaction of its own."""

    def transaction(self, *, durable: bool = True) -> AbstractContextManager[None]:
        """One write transaction: commit, or roll back on any error. They do not nest.

        Without `durable` a power cut may take it back: for what is worth nothing after one.
        """

    def ring(self) -> None:
        """Wake the processes that wait for changes, once the transaction around it commits."""

    def close(self) -> None:
        """Close it."""
