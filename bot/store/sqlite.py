"""The default engine: one SQLite file in WAL mode, through sqlite-utils.

`synchronous=FULL`: a commit has reached the disk when it returns, so a power cut costs nothing that was
confirmed to Telegram. The price is one fsync a transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from ..errors import StoreError
from .areas import SqlStore
from .changes import SqliteChanges
from .claims import NoClaims
from .connections import Row, Value
from .migrations import migrate_sqlite
from .sealing import Sealer

_BUSY_SECONDS = 15.0
_IDLE_SECONDS = 30.0


class SqliteConnection:
    """One connection to a file. Belongs to the thread that made it."""

    lock_rows = ""  # BEGIN IMMEDIATE has locked the whole file

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self.database = _open(path)

    def all(self, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        return self._execute(sql, args).fetchall()

    def one(self, sql: str, args: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, None if there is none."""
        row: Row | None = self._execute(sql, args).fetchone()
        return row

    def run(self, sql: str, args: Sequence[Value] = ()) -> int:
        """Make a change; the number of rows that it touched."""
        return self._execute(sql, args).rowcount

    def _execute(self, sql: str, args: Sequence[Value]) -> sqlite3.Cursor:
        try:
            return self.database.execute(sql, args)
        except sqlite3.Error as error:
            raise StoreError(f"the database refused: {error}") from error

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:  # noqa: ARG002 (an empty commit costs nothing here)
        """One write transaction: BEGIN IMMEDIATE, then commit, or roll back on any error.

        Nothing else opens a transaction: a deferred one that reads before it writes fails beside
        another writer, and `with db.conn:` does not roll back sqlite-utils' inserts.
        """
        connection = self.database.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StoreError(f"the database did not take a change: {error}") from error

    def ring(self) -> None:
        """Every commit rings by itself: it changes `PRAGMA data_version`."""

    def close(self) -> None:
        """Close the file."""
        self.database.conn.close()


class SqliteStore(SqlStore):
    """All areas over one file. Belongs to the thread that made it."""

    idle_seconds = _IDLE_SECONDS

    def __init__(self, path: Path, sealer: Sealer) -> None:
        connection = SqliteConnection(path)
        with self._closing_on_error(connection):
            with connection.transaction():
                migrate_sqlite(connection.database, str(path))
                self._check_key(connection, sealer)
            super().__init__(connection, sealer, NoClaims(), SqliteChanges(path, connection))


def _open(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from None
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path} cannot be opened: {error}") from None
    return Database(connection)
