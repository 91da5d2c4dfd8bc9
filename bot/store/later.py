"""Residents whose question was not answered, and who are told once it can be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ..errors import SealBroken
from .connections import Connection, Row
from .queues import enqueue
from .records import Send, Waiting
from .sealing import Sealer

# Of the residents that are looked at together, so many questions at once.
_MOST_QUESTIONS = 1000


class SqlLater:
    """A question waits from the transaction that logs it to the one that queues its answer: told at most once."""

    def __init__(self, db: Connection, sealer: Sealer) -> None:
        self._db = db
        self._sealer = sealer

    def waiting(self, release: int, most: int) -> list[Waiting]:
        """All questions, oldest first, of the `most` residents that wait longest, not yet tried with that release."""
        rows = self._db.all(
            """SELECT q.id, q.ref, c.sealed_id, q.at, q.sealed, coalesce(s.kind, ''), coalesce(s.subject, ''),
            coalesce(s.release, 0) FROM questions q JOIN chats c ON c.ref = q.ref
            LEFT JOIN settlements s ON s.id = q.settlement
            WHERE q.later = 'waiting' AND q.asked_again < ? AND q.ref IN
            (SELECT w.ref FROM questions w JOIN chats k ON k.ref = w.ref WHERE w.later = 'waiting'
            AND w.asked_again < ? AND k.blocked_at IS NULL GROUP BY w.ref ORDER BY min(w.id) LIMIT ?)
            ORDER BY q.id LIMIT ?""",
            [release, release, most, _MOST_QUESTIONS],
        )
        return [self._opened(row) for row in rows]

    def _opened(self, row: Row) -> Waiting:
        """A question; one that was damaged on disk has no words, so that nothing answers it."""
        number, ref, sealed_id, at, sealed, *settled = row
        try:
            chat, text = int(self._sealer.open(sealed_id, "chat")), self._sealer.open(sealed, "question")
        except SealBroken:
            chat, text = 0, ""
        return Waiting(number, ref, chat, datetime.fromtimestamp(at, UTC), text, *settled)

    def tried(self, questions: Sequence[int], release: int) -> None:
        """Note that these questions were tried with a release."""
        if questions:
            self._db.run(
                f"UPDATE questions SET asked_again = ? WHERE {_among(questions)} AND asked_again < ?",  # noqa: S608 (question marks)
                [release, *questions, release],
            )

    def tell(
        self, ref: str, questions: Sequence[int], subject: str, sends: Sequence[Send], at: datetime, release: int
    ) -> bool:
        """Queue the later answer and mark the questions as told, in one transaction; False if it is not to be sent.

        The chat is locked first, as whoever deletes it does: it is there as a whole or not at all.
        """
        with self._db.transaction():
            if not self._db.run("UPDATE chats SET seen_at = seen_at WHERE ref = ? AND blocked_at IS NULL", [ref]):
                return False
            state = "helped" if self._answered_since(ref, min(questions), subject) else "told"
            marked = self._db.run(
                f"""UPDATE questions SET later = ?, later_at = ?, asked_again = ?
                WHERE ref = ? AND later = 'waiting' AND {_among(questions)}""",  # noqa: S608 (question marks)
                [state, at.timestamp(), release, ref, *questions],
            )
            if not marked or state != "told":
                return False
            enqueue(self._db, self._sealer, ref, sends, at)
        return True

    def _answered_since(self, ref: str, question: int, subject: str) -> bool:
        """Whether the resident asked again and was given this subject's answer."""
        row = self._db.one(
            "SELECT 1 FROM questions WHERE ref = ? AND id > ? AND answered LIKE ?", [ref, question, f'%"{subject}"%']
        )
        return row is not None


def _among(questions: Sequence[int]) -> str:
    return f"id IN ({','.join('?' * len(questions))})"
