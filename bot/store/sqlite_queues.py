"""Inbox and outbox on SQLite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from ..errors import SealBroken
from .records import Outgoing, Received
from .sealing import Sealer
from .transactions import transaction


class SqliteInbox:
    """Updates, kept before they are confirmed to Telegram."""

    def __init__(self, db: Database, sealer: Sealer) -> None:
        self._db = db
        self._sealer = sealer

    def add(self, updates: Sequence[Received], at: datetime) -> int:
        """Keep updates that are not here yet; the number that were new."""
        rows = [(each.update_id, each.ref, self._sealer.seal(each.raw, "inbox"), at.timestamp()) for each in updates]
        added = 0
        with transaction(self._db):
            for row in rows:
                added += self._db.execute(
                    """INSERT INTO inbox (update_id, ref, sealed, received_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO NOTHING""",
                    row,
                ).rowcount
        return added

    def next(self, at: datetime) -> Received | None:
        """The oldest open update that is due and has no older open one in its chat."""
        row = self._db.execute(
            """SELECT update_id, ref, attempts, sealed FROM inbox WHERE state = 'open' AND next_at <= ? AND update_id IN
            (SELECT min(update_id) FROM inbox WHERE state = 'open' GROUP BY ref) ORDER BY update_id LIMIT 1""",
            [at.timestamp()],
        ).fetchone()
        if row is None:
            return None
        try:
            return Received(row[0], row[1], self._sealer.open(row[3], "inbox"), row[2])
        except SealBroken:
            self._put_aside(row[0], at)
            return self.next(at)

    def _put_aside(self, update_id: int, at: datetime) -> None:
        """A row that was damaged on disk may not hold up the others."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE inbox SET state = 'aside', error = 'SealBroken', done_at = ? WHERE update_id = ?",
                [at.timestamp(), update_id],
            )

    def later(self, update_id: int, error: str, retry_at: datetime) -> None:
        """Note a failure and try again later."""
        with transaction(self._db):
            self._db.execute(
                """UPDATE inbox SET next_at = ?, attempts = attempts + 1, error = ?
                WHERE update_id = ? AND state = 'open'""",
                [retry_at.timestamp(), error, update_id],
            )

    def next_due(self) -> float | None:
        """When the next open update is due."""
        row = self._db.execute(
            """SELECT min(next_at) FROM inbox WHERE update_id IN
            (SELECT min(update_id) FROM inbox WHERE state = 'open' GROUP BY ref)"""
        ).fetchone()
        return None if row is None else row[0]


class SqliteOutbox:
    """Calls of the Bot API that are still to be made."""

    def __init__(self, db: Database, sealer: Sealer) -> None:
        self._db = db
        self._sealer = sealer

    def due(self, at: datetime, limit: int, busy: frozenset[str]) -> list[Outgoing]:
        """The oldest open row of every chat that is due, chats in `busy` left out."""
        rows = self._db.execute(
            """SELECT o.id, o.ref, o.method, o.sealed, o.attempts, o.first_failed, e.message_id FROM outbox o
            LEFT JOIN outbox e ON e.id = o.edits WHERE o.next_at <= ?
            AND o.id IN (SELECT min(id) FROM outbox WHERE state = 'open' GROUP BY ref) ORDER BY o.id LIMIT ?""",
            [at.timestamp(), limit + len(busy)],
        ).fetchall()
        found = [self._outgoing(row, at) for row in rows if row[1] not in busy][:limit]
        return [row for row in found if row]

    def _outgoing(self, row: Sequence[Any], at: datetime) -> Outgoing | None:
        """A row; one that was damaged on disk is put aside, so that it does not hold up its chat."""
        try:
            payload = json.loads(self._sealer.open(row[3], "outbox"))
        except SealBroken:
            self.put_aside(row[0], "SealBroken", at)
            return None
        return Outgoing(row[0], row[1], row[2], payload, *row[4:])

    def next_due(self, busy: frozenset[str]) -> float | None:
        """When the next open row is due, chats in `busy` left out."""
        marks = ",".join("?" * len(busy))
        row = self._db.execute(
            f"""SELECT min(next_at) FROM outbox WHERE ref NOT IN ({marks}) AND id IN
            (SELECT min(id) FROM outbox WHERE state = 'open' GROUP BY ref)""",  # noqa: S608 (question marks)
            list(busy),
        ).fetchone()
        return None if row is None else row[0]

    def sent(self, row: int, message_id: int | None, at: datetime) -> None:
        """Mark a row as done and empty it; one that should leave no trace is deleted."""
        with transaction(self._db):
            self._db.execute("DELETE FROM outbox WHERE id = ? AND passing = 1", [row])
            self._db.execute(
                """UPDATE outbox SET state = 'done', sealed = NULL, error = NULL, message_id = ?, done_at = ?
                WHERE id = ?""",
                [message_id, at.timestamp(), row],
            )

    def later(self, row: int, error: str, retry_at: datetime, at: datetime, *, counts: bool) -> None:
        """Try a row again later."""
        with transaction(self._db):
            self._db.execute(
                """UPDATE outbox SET next_at = ?, error = ?, attempts = attempts + ?,
                first_failed = CASE WHEN first_failed = 0 THEN ? ELSE first_failed END WHERE id = ?""",
                [retry_at.timestamp(), error, int(counts), at.timestamp(), row],
            )

    def refused(self, row: int, error: str, at: datetime) -> None:
        """Take a refusal as final and empty the row."""
        with transaction(self._db):
            self._db.execute("DELETE FROM outbox WHERE id = ? AND passing = 1", [row])
            self._db.execute(
                "UPDATE outbox SET state = 'refused', sealed = NULL, error = ?, done_at = ? WHERE id = ?",
                [error, at.timestamp(), row],
            )

    def put_aside(self, row: int, error: str, at: datetime) -> None:
        """Give up on a row until somebody looks; its payload stays, sealed, unless its chat was deleted."""
        with transaction(self._db):
            self._db.execute("DELETE FROM outbox WHERE id = ? AND passing = 1", [row])
            self._db.execute(
                "UPDATE outbox SET state = 'aside', error = ?, attempts = attempts + 1, done_at = ? WHERE id = ?",
                [error, at.timestamp(), row],
            )
