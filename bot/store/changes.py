"""How a process learns that another one changed something, in well under a second.

The table `changes` counts what was announced, so nothing is missed while nobody waits; the engine only rings.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from ..errors import StoreError
from .connections import Connection

COUNTS = "SELECT topic, count FROM changes"
_LOOK_EVERY = 0.1


def announce(db: Connection, topic: str) -> None:
    """Count an announcement; it is heard when the transaction around it commits."""
    db.run(
        """INSERT INTO changes (topic, count) VALUES (?, 1)
        ON CONFLICT (topic) DO UPDATE SET count = changes.count + 1""",
        [topic],
    )
    db.ring()


def news(before: dict[str, int], now: dict[str, int]) -> frozenset[str]:
    """The topics that were announced between two counts."""
    return frozenset(topic for topic, count in now.items() if count != before.get(topic, 0))


class SqliteChanges:
    """Looks at `PRAGMA data_version`, which changes with every commit of another connection."""

    def __init__(self, path: Path, db: Connection) -> None:
        self._db = db
        # Any one thread at a time may wait.
        self._ear = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._version = self._look()
        self._counts = self._count()

    def announce(self, topic: str) -> None:
        """Tell every process that something changed."""
        announce(self._db, topic)

    def wait(self, timeout: float) -> frozenset[str]:
        """The topics announced since the last call, waiting up to `timeout` seconds for one."""
        end = time.monotonic() + timeout
        try:
            while True:
                if found := self._heard():
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    return frozenset()
                time.sleep(min(_LOOK_EVERY, left))
        except sqlite3.Error as error:
            raise StoreError(f"the database cannot be watched: {error}") from error

    def _heard(self) -> frozenset[str]:
        version = self._look()
        if version == self._version:
            return frozenset()
        before, self._counts = self._counts, self._count()
        self._version = version
        return news(before, self._counts)

    def _look(self) -> int:
        return int(self._ear.execute("PRAGMA data_version").fetchone()[0])

    def _count(self) -> dict[str, int]:
        return dict(self._ear.execute(COUNTS).fetchall())

    def close(self) -> None:
        """Stop listening."""
        self._ear.close()
