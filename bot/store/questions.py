"""What residents asked, read for officers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ..core.reply import Outcome, Scored
from ..errors import SealBroken
from .connections import Connection, Row, Value
from .records import Logged, Settlement, Unanswered
from .sealing import Sealer

_OPEN = "outcome <> 'answered' AND settlement IS NULL"
_SETTLED = "settlement"


class SqlQuestions:
    """The question log; a row that was damaged on disk is left out."""

    def __init__(self, db: Connection, sealer: Sealer) -> None:
        self._db = db
        self._sealer = sealer

    def latest(self, most: int) -> list[Logged]:
        """The newest questions, newest first; the same words from several residents are one, with their number."""
        rows = self._db.all(
            "SELECT sealed, at, outcome, answered, release, intents FROM questions ORDER BY id DESC LIMIT ?", [most]
        )
        return counted(rows, self._sealer)

    def open(self, most: int) -> list[int]:
        """The ids of the newest questions that were not answered and that no officer settled yet, newest first."""
        rows = self._db.all(f"SELECT id FROM questions WHERE {_OPEN} ORDER BY id DESC LIMIT ?", [most])  # noqa: S608 (a constant)
        return [number for (number,) in rows]

    def unanswered(self, questions: Sequence[int]) -> list[Unanswered]:
        """Those of these questions that are open, newest first."""
        if not questions:
            return []
        rows = self._db.all(
            f"""SELECT id, ref, channel, at, sealed, outcome, intents FROM questions WHERE {_OPEN}
            AND id IN ({",".join("?" * len(questions))}) ORDER BY id DESC""",  # noqa: S608 (question marks and a constant)
            questions,
        )
        return [found for row in rows if (found := self._unanswered(row))]

    def _unanswered(self, row: Row) -> Unanswered | None:
        number, ref, channel, at, sealed, outcome, intents = row
        try:
            text = self._sealer.open(sealed, "question")
        except SealBroken:
            return None
        scores = tuple(Scored(name, score) for name, score in json.loads(intents))
        return Unanswered(number, ref, channel, datetime.fromtimestamp(at, UTC), text, Outcome(outcome), scores)

    def open_count(self) -> tuple[int, int]:
        """How many there are, and the id of the newest (0 if there is none)."""
        row = self._db.one(f"SELECT count(*), coalesce(max(id), 0) FROM questions WHERE {_OPEN}")  # noqa: S608 (a constant)
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def settle(self, questions: Sequence[int], made: Settlement) -> Settlement | None:
        """Settle those that are still open, in one transaction; None, with nothing written, if none is.

        Who asked what is not answered for good is not told anything later.
        """
        if not questions:
            return None
        with self._db.transaction():
            sealed = self._sealer.seal(json.dumps(made.phrases), _SETTLED)
            number = self._db.all(
                """INSERT INTO settlements (at, officer, kind, subject, sealed, release) VALUES (?, ?, ?, ?, ?, ?)
                RETURNING id""",
                [made.at.timestamp(), made.officer, made.kind, made.subject, sealed, made.release],
            )[0][0]
            settled = self._db.run(
                f"""UPDATE questions SET settlement = ?, asked_again = 0,
                later = CASE WHEN later = 'waiting' AND ? = 1 THEN 'off' ELSE later END
                WHERE {_OPEN} AND id IN ({",".join("?" * len(questions))})""",  # noqa: S608 (question marks and a constant)
                [number, int(made.kind in ("outside", "ignored")), *questions],
            )
            if not settled:
                self._db.run("DELETE FROM settlements WHERE id = ?", [number])
                return None
        return replace(made, id=number, questions=settled)

    def reopen(self, settlement: int, at: datetime) -> Settlement | None:
        """Take a settlement back: its questions are open again. None if there is none or that was done before."""
        with self._db.transaction():
            taken = self._db.run(
                "UPDATE settlements SET undone_at = ? WHERE id = ? AND undone_at IS NULL", [at.timestamp(), settlement]
            )
            if not taken:
                return None
            found = self._settlements("WHERE s.id = ?", [settlement])
            self._db.run(
                """UPDATE questions SET settlement = NULL, later = CASE WHEN later = 'off' THEN 'waiting' ELSE later END
                WHERE settlement = ?""",
                [settlement],
            )
        return found[0]

    def settlements(self, most: int, skip: int = 0) -> list[Settlement]:
        """The newest settlements, newest first, the first `skip` left out; also those that were taken back."""
        newest = "WHERE s.id IN (SELECT id FROM settlements ORDER BY id DESC LIMIT ? OFFSET ?)"
        return self._settlements(newest, [most, skip])

    def _settlements(self, where: str, args: Sequence[Value]) -> list[Settlement]:
        rows = self._db.all(
            f"""SELECT s.at, s.officer, s.kind, s.subject, s.sealed, s.release, s.id, count(q.id),
            count(CASE WHEN q.later = 'told' THEN 1 END), s.undone_at FROM settlements s
            LEFT JOIN questions q ON q.settlement = s.id {where}
            GROUP BY s.id, s.at, s.officer, s.kind, s.subject, s.sealed, s.release, s.undone_at
            ORDER BY s.id DESC""",  # noqa: S608 (two constants)
            args,
        )
        return [self._settlement(row) for row in rows]

    def _settlement(self, row: Row) -> Settlement:
        at, officer, kind, subject, sealed, release, number, questions, told, undone = row
        try:
            phrases = tuple(json.loads(self._sealer.open(sealed, _SETTLED)))
        except SealBroken:
            phrases = ()
        when = datetime.fromtimestamp(at, UTC)
        return Settlement(
            when, officer, kind, subject, phrases, release, number, questions, told, undone=undone is not None
        )


def counted(rows: Iterable[tuple[Any, ...]], sealer: Sealer) -> list[Logged]:
    """The questions of these rows, each text once as it was asked last, with how often it was asked."""
    last: dict[str, tuple[Any, ...]] = {}
    times: dict[str, int] = {}
    for sealed, *row in rows:
        try:
            text = sealer.open(sealed, "question")
        except SealBroken:
            continue
        last.setdefault(text, tuple(row))
        times[text] = times.get(text, 0) + 1
    return [_logged(text, row, times[text]) for text, row in last.items()]


def _logged(text: str, row: tuple[Any, ...], times: int) -> Logged:
    at, outcome, answered, release, intents = row
    scores = tuple(Scored(intent, score) for intent, score in json.loads(intents))
    moment = datetime.fromtimestamp(at, UTC)
    return Logged(text, moment, Outcome(outcome), tuple(json.loads(answered)), release, times, scores)
