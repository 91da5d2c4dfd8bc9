"""Inbox and outbox.

Where several processes work, a row of a queue is locked before its claim, everywhere: so they never wait for each
other in a circle.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from ..errors import SealBroken
from .claims import Claims
from .connections import Connection, Row
from .records import Outgoing, Received, Send
from .sealing import Sealer
from .tallies import tally_wait


class SqlInbox:
    """Updates, kept before they are confirmed to Telegram."""

    def __init__(self, db: Connection, sealer: Sealer, claims: Claims) -> None:
        self._db = db
        self._sealer = sealer
        self._claims = claims

    def add(self, updates: Sequence[Received], at: datetime) -> int:
        """Keep updates that are not here yet; the number that were new."""
        rows = [(each.update_id, each.ref, self._sealer.seal(each.raw, "inbox"), at.timestamp()) for each in updates]
        added = 0
        with self._db.transaction():
            for row in rows:
                added += self._db.run(
                    """INSERT INTO inbox (update_id, ref, sealed, received_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO NOTHING""",
                    row,
                )
        return added

    def next(self, at: datetime) -> Received | None:
        """Claim the oldest open update that is due, has no older open one in its chat, and is nobody else's."""
        while True:
            with self._db.transaction(durable=False):
                row = self._first(at)
                if row is None:
                    return None
                mine = self._claims.take("inbox", row[1], row[0], at)
            if mine:
                try:
                    return Received(row[0], row[1], self._sealer.open(row[3], "inbox"), row[2])
                except SealBroken:
                    self._put_aside(row[0], at)

    def _first(self, at: datetime) -> Row | None:
        others = self._claims.others("inbox", at)
        return self._db.one(
            f"""SELECT q.update_id, q.ref, q.attempts, q.sealed FROM inbox q
            WHERE q.state = 'open' AND q.next_at <= ? AND {_not_in(others)} AND q.update_id IN
            (SELECT min(update_id) FROM inbox WHERE state = 'open' GROUP BY ref)
            ORDER BY q.update_id LIMIT 1{self._db.lock_rows}""",  # noqa: S608 (question marks and a constant)
            [at.timestamp(), *others],
        )

    def _put_aside(self, update_id: int, at: datetime) -> None:
        """A row that was damaged on disk may not hold up the others."""
        with self._db.transaction():
            self._db.run(
                "UPDATE inbox SET state = 'aside', error = 'SealBroken', done_at = ? WHERE update_id = ?",
                [at.timestamp(), update_id],
            )
            self._claims.drop("inbox", update_id)

    def later(self, update_id: int, error: str, retry_at: datetime) -> None:
        """Note a failure, give up the claim and try again later."""
        with self._db.transaction():
            self._db.run(
                """UPDATE inbox SET next_at = ?, attempts = attempts + 1, error = ?
                WHERE update_id = ? AND state = 'open'""",
                [retry_at.timestamp(), error, update_id],
            )
            self._claims.drop("inbox", update_id)

    def next_due(self, at: datetime) -> float | None:
        """When the next open update is due; chats that others are at work on are left out."""
        others = self._claims.others("inbox", at)
        row = self._db.one(
            f"""SELECT min(q.next_at) FROM inbox q WHERE {_not_in(others)} AND q.update_id IN
            (SELECT min(update_id) FROM inbox WHERE state = 'open' GROUP BY ref)""",  # noqa: S608 (question marks)
            list(others),
        )
        return row[0] if row else None


class SqlOutbox:
    """Calls of the Bot API that are still to be made."""

    def __init__(self, db: Connection, sealer: Sealer, claims: Claims) -> None:
        self._db = db
        self._sealer = sealer
        self._claims = claims

    def due(self, at: datetime, limit: int, busy: frozenset[str]) -> list[Outgoing]:
        """Claim the oldest open row of every chat that is due, `busy` ones and those of others left out."""
        with self._db.transaction(durable=False):
            rows = self._oldest(at, limit, busy | self._claims.others("outbox", at))
            mine = [row for row in rows if self._claims.take("outbox", row[1], row[0], at)]
        found = [self._outgoing(row, at) for row in mine]
        return [row for row in found if row]

    def _oldest(self, at: datetime, limit: int, busy: frozenset[str]) -> list[Row]:
        return self._db.all(
            f"""SELECT q.id, q.ref, q.method, q.sealed, q.attempts, q.first_failed, e.message_id FROM outbox q
            LEFT JOIN outbox e ON e.id = q.edits WHERE q.next_at <= ? AND {_not_in(busy)}
            AND q.state = 'open' AND q.id IN (SELECT min(id) FROM outbox WHERE state = 'open' GROUP BY ref)
            ORDER BY q.id LIMIT ?{self._db.lock_rows}""",  # noqa: S608 (question marks and a constant)
            [at.timestamp(), *busy, limit],
        )

    def _outgoing(self, row: Sequence[Any], at: datetime) -> Outgoing | None:
        """A row; one that was damaged on disk is put aside, so that it does not hold up its chat."""
        try:
            payload = json.loads(self._sealer.open(row[3], "outbox"))
        except SealBroken:
            self.put_aside(row[0], "SealBroken", at)
            return None
        return Outgoing(row[0], row[1], row[2], payload, *row[4:])

    def next_due(self, at: datetime, busy: frozenset[str]) -> float | None:
        """When the next open row is due, chats in `busy` and those of others left out."""
        busy |= self._claims.others("outbox", at)
        row = self._db.one(
            f"""SELECT min(q.next_at) FROM outbox q WHERE {_not_in(busy)} AND q.id IN
            (SELECT min(id) FROM outbox WHERE state = 'open' GROUP BY ref)""",  # noqa: S608 (question marks)
            list(busy),
        )
        return row[0] if row else None

    def sent(self, row: int, message_id: int | None, at: datetime) -> None:
        """Mark a row as done and empty it; one that should leave no trace is deleted."""
        self._end(
            row,
            "UPDATE outbox SET state = 'done', sealed = NULL, error = NULL, message_id = ?, done_at = ? WHERE id = ?",
            [message_id, at.timestamp(), row],
            sent_at=at,
        )

    def later(self, row: int, error: str, retry_at: datetime, at: datetime, *, counts: bool) -> None:
        """Try a row again later."""
        with self._db.transaction():
            self._db.run(
                """UPDATE outbox SET next_at = ?, error = ?, attempts = attempts + ?,
                first_failed = CASE WHEN first_failed = 0 THEN ? ELSE first_failed END WHERE id = ?""",
                [retry_at.timestamp(), error, int(counts), at.timestamp(), row],
            )
            self._claims.drop("outbox", row)

    def refused(self, row: int, error: str, at: datetime, *, blocked: bool = False) -> None:
        """Take a refusal as final and empty the row; with `blocked` its chat does not let the bot write any more."""
        with self._db.transaction():
            if blocked:  # the chat before its rows, as whoever deletes it does
                self._db.run(
                    "UPDATE chats SET blocked_at = ? WHERE ref IN (SELECT ref FROM outbox WHERE id = ?)",
                    [at.timestamp(), row],
                )
            self._close(
                row,
                "UPDATE outbox SET state = 'refused', sealed = NULL, error = ?, done_at = ? WHERE id = ?",
                [error, at.timestamp(), row],
            )

    def put_aside(self, row: int, error: str, at: datetime) -> None:
        """Give up on a row until somebody looks; its payload stays, sealed, unless its chat was deleted."""
        self._end(
            row,
            "UPDATE outbox SET state = 'aside', error = ?, attempts = attempts + 1, done_at = ? WHERE id = ?",
            [error, at.timestamp(), row],
        )

    def _end(self, row: int, change: str, args: Sequence[str | float | None], sent_at: datetime | None = None) -> None:
        with self._db.transaction():
            self._close(row, change, args, sent_at)

    def _close(
        self, row: int, change: str, args: Sequence[str | float | None], sent_at: datetime | None = None
    ) -> None:  # fmt: skip
        """Write how a row ended. It is looked at once it is locked: its chat may be deleted at this moment."""
        self._db.run(change, args)
        if sent_at is not None:
            tally_wait(self._db, row, sent_at)
        self._db.run("DELETE FROM outbox WHERE id = ? AND passing = 1", [row])
        self._claims.drop("outbox", row)


def enqueue(
    db: Connection, sealer: Sealer, ref: str, sends: Sequence[Send], at: datetime, update_id: int | None = None,
    *, passing: bool = False, asked: tuple[int, float] | None = None,
) -> None:  # fmt: skip
    """Add calls to the outbox, within the caller's transaction; `passing` ones leave no row behind.

    `asked` says which of them is an answer, and when the question came.
    """
    for position, send in enumerate(sends):
        payload = sealer.seal(json.dumps(send.payload), "outbox")
        db.run(
            """INSERT INTO outbox (update_id, position, ref, method, sealed, answers_to, edits, passing, made_at,
            asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                update_id, position, ref, send.method, payload, send.answers_to, send.edits, int(passing),
                at.timestamp(), asked[1] if asked and asked[0] == position else None,
            ],
        )  # fmt: skip


def _not_in(refs: Collection[str]) -> str:
    """A condition on the table `q`, with a question mark for every chat."""
    return f"q.ref NOT IN ({','.join('?' * len(refs))})" if refs else "TRUE"
