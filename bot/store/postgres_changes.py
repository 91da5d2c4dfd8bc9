"""Announcements by LISTEN and NOTIFY, on a connection of their own."""

from __future__ import annotations

import time

import psycopg

from ..errors import StoreError
from .changes import COUNTS, announce, news
from .connections import Connection, Row
from .postgres_connecting import connect, why

CHANNEL = "loa_changes"
_SESSION = "loa listens"


class PostgresChanges:
    """NOTIFY rings, the table `changes` tells what for: so nothing is missed while the connection was cut."""

    def __init__(self, url: str, db: Connection) -> None:
        self._url = url
        self._db = db
        self._ear = self._listen()
        self._counts = self._count()

    def announce(self, topic: str) -> None:
        """Tell every process that something changed."""
        announce(self._db, topic)

    def wait(self, timeout: float) -> frozenset[str]:
        """The topics announced since the last call, waiting up to `timeout` seconds for one."""
        end = time.monotonic() + timeout
        try:
            if self._ear.closed:
                self._ear = self._listen()
            while True:
                before, self._counts = self._counts, self._count()
                found, left = news(before, self._counts), end - time.monotonic()
                if found or left <= 0:
                    return found
                for _ in self._ear.notifies(timeout=left, stop_after=1):
                    pass
        except psycopg.Error as error:
            raise StoreError(f"the database cannot be listened to: {why(error)}") from error

    def _listen(self) -> psycopg.Connection[Row]:
        ear = connect(self._url, _SESSION)
        ear.execute(f"LISTEN {CHANNEL}")
        return ear

    def _count(self) -> dict[str, int]:
        return dict(self._ear.execute(COUNTS).fetchall())

    def close(self) -> None:
        """Stop listening."""
        self._ear.close()
