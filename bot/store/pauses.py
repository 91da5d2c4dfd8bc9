"""Whether Loa answers, for every process that does."""

from __future__ import annotations

from datetime import UTC, datetime

from .changes import announce
from .connections import Connection
from .records import Pause

# What a process listens for to learn of a pause.
TOPIC = "pause"
_CURRENT = "SELECT since, officer, reason, notice FROM pauses WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1"


class SqlPauses:
    """Pauses stay in the store after their end."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def current(self) -> Pause | None:
        """The pause that lasts, None while Loa answers."""
        row = self._db.one(_CURRENT)
        return Pause(datetime.fromtimestamp(row[0], UTC), *row[1:]) if row else None

    def begin(self, pause: Pause) -> bool:
        """Stop answering; False, with nothing changed, where Loa is paused already."""
        with self._db.transaction():
            announce(self._db, TOPIC)  # its row locks: two who pause at once make one pause
            if self.current():
                return False
            self._db.run(
                "INSERT INTO pauses (since, officer, reason, notice) VALUES (?, ?, ?, ?)",
                [pause.since.timestamp(), pause.officer, pause.reason, pause.notice],
            )
        return True

    def end(self, officer: str, at: datetime) -> Pause | None:
        """Answer again: the pause that ended, None where there was none."""
        with self._db.transaction():
            announce(self._db, TOPIC)
            pause = self.current()
            if pause:
                self._db.run(
                    "UPDATE pauses SET ended_at = ?, ended_by = ? WHERE ended_at IS NULL", [at.timestamp(), officer]
                )
        return pause
