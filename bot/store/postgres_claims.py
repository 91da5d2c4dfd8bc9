"""Claims in the table `claims` of PostgreSQL, where several processes work."""

from __future__ import annotations

from datetime import datetime

from .claims import LEASE, Queue
from .connections import Connection

# The name of a session is its application_name; a session that ended is not listed from that moment on.
_LIVES = "EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.application_name = claims.worker)"


class PostgresClaims:
    """Claims of one session and of the others."""

    def __init__(self, db: Connection, session: str) -> None:
        self._db = db
        self._session = session

    def others(self, queue: Queue, at: datetime) -> frozenset[str]:
        """The chats that others are at work on."""
        rows = self._db.all(
            f"SELECT ref FROM claims WHERE queue = ? AND worker <> ? AND until > ? AND {_LIVES}",  # noqa: S608 (a constant)
            [queue, self._session, at.timestamp()],
        )
        return frozenset(ref for (ref,) in rows)

    def take(self, queue: Queue, ref: str, item: int, at: datetime) -> bool:
        """Claim a chat for one of its rows, or claim it again; False if another was first."""
        taken = self._db.run(
            f"""INSERT INTO claims (queue, ref, item, worker, until) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (queue, ref) DO UPDATE SET item = excluded.item, worker = excluded.worker,
            until = excluded.until WHERE claims.worker = excluded.worker OR claims.until <= ? OR NOT {_LIVES}""",  # noqa: S608 (a constant)
            [queue, ref, item, self._session, (at + LEASE).timestamp(), at.timestamp()],
        )
        return taken == 1

    def drop(self, queue: Queue, item: int) -> None:
        """End the claim that was for this row."""
        self._db.run("DELETE FROM claims WHERE queue = ? AND item = ?", [queue, item])
