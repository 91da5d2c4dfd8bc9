"""The engine for several machines: PostgreSQL, through psycopg.

Transactions run at READ COMMITTED: each change locks the rows that it touches before anything rests on them, so what
SQLite holds by one writer at a time holds here row by row. A connection that was cut is made anew by the next call;
only what was under way fails, with StoreError, and nothing of it is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg

from ..errors import StoreError
from .areas import SqlStore
from .connections import Row, Value
from .postgres_changes import CHANNEL, PostgresChanges
from .postgres_claims import PostgresClaims
from .postgres_connecting import connect, place_of, why
from .postgres_migrations import migrate_postgres
from .sealing import Sealer

# What other processes add or leave behind wakes nobody here, so a loop looks again this often.
_IDLE_SECONDS = 1.0


class PostgresConnection:
    """One connection, made when it is first needed and again when it was lost. For one thread at a time.

    `session` is the name under which the server knows it, also after it was made anew.
    """

    lock_rows = " FOR UPDATE OF q SKIP LOCKED"

    def __init__(self, url: str) -> None:
        self.session = f"loa {secrets.token_hex(8)}"
        self.place = place_of(url)
        self._url = url
        self._connection: psycopg.Connection[Row] | None = None
        self._within = False
        self._closed = False

    def all(self, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        return self._execute(sql, args, again=True).fetchall()

    def one(self, sql: str, args: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, None if there is none."""
        return self._execute(sql, args, again=True).fetchone()

    def run(self, sql: str, args: Sequence[Value] = ()) -> int:
        """Make a change; the number of rows that it touched."""
        return self._execute(sql, args).rowcount

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """One write transaction: commit, or roll back on any error."""
        try:
            self._execute("BEGIN" if durable else "BEGIN; SET LOCAL synchronous_commit TO off", again=True)
            self._within = True
            yield
            if self._execute("COMMIT").statusmessage != "COMMIT":
                raise StoreError("the database took back a change in which something had failed")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._within = False

    def _roll_back(self) -> None:
        connection = self._connection
        if connection is None or connection.closed:
            return
        try:
            connection.execute("ROLLBACK")
        except psycopg.Error:
            with suppress(psycopg.Error):
                connection.close()

    def _execute(self, sql: str, args: Sequence[Value] = (), *, again: bool = False) -> psycopg.Cursor[Row]:
        """Run a statement. With `again` it is harmless to repeat, where the connection turns out to be gone."""
        try:
            return self._connected().execute(_marked(sql), [_storable(each) for each in args] if args else None)
        except psycopg.Error as error:
            lost = self._connection is None or self._connection.closed
            if not (again and lost and not self._within):
                raise StoreError(f"the database refused: {why(error)}") from error
        return self._execute(sql, args)

    def _connected(self) -> psycopg.Connection[Row]:
        if self._connection is None or self._connection.closed:
            if self._closed:
                raise StoreError("the store is closed")
            if self._within:
                raise StoreError("the connection to the database was lost in the middle of a change")
            self._connection = connect(self._url, self.session)
        return self._connection

    def ring(self) -> None:
        """Wake the processes that wait for changes, once the transaction around it commits."""
        self.run(f"NOTIFY {CHANNEL}")

    def close(self) -> None:
        """Close the connection; it is not made again."""
        self._closed = True
        if self._connection:
            self._connection.close()


class PostgresStore(SqlStore):
    """All areas over one connection. Belongs to the thread that made it."""

    idle_seconds = _IDLE_SECONDS

    def __init__(self, url: str, sealer: Sealer) -> None:
        connection = PostgresConnection(url)
        with self._closing_on_error(connection):
            with connection.transaction():
                migrate_postgres(connection)
                self._check_key(connection, sealer)
            claims = PostgresClaims(connection, connection.session)
            super().__init__(connection, sealer, claims, PostgresChanges(url, connection))


@lru_cache(maxsize=512)
def _marked(sql: str) -> Any:
    """A statement with psycopg's marks for values. Any, because psycopg wants literal strings."""
    return sql.replace("%", "%%").replace("?", "%s") if "?" in sql else sql


def _storable(value: Value) -> Value:
    """PostgreSQL keeps every text but one with a zero character, which no writing needs."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
