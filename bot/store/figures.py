"""The figures, read for officers. Nothing that residents wrote is opened here."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ..core.reply import Outcome
from .connections import Connection
from .counts import DayCount, Span, SubjectCount, VoteCount, Wait, day_of


class SqlFigures:
    """Sums over the tallies (see tallies.py), and over votes that are still kept."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def since(self) -> date | None:
        """The first day of which there are figures."""
        row = self._db.one("SELECT min(day) FROM tallies")
        return day_of(row[0]) if row and row[0] is not None else None

    def days(self, span: Span) -> list[DayCount]:
        """Questions by day, channel and outcome, oldest first."""
        rows = self._db.all(
            """SELECT day, channel, outcome, sum(count) FROM tallies WHERE day BETWEEN ? AND ? AND subject = ''
            GROUP BY day, channel, outcome ORDER BY day, channel, outcome""",
            span.numbers,
        )
        return [DayCount(day_of(day), channel, Outcome(outcome), int(count)) for day, channel, outcome, count in rows]

    def hours(self, span: Span) -> dict[int, int]:
        """Questions by hour of the day, for the hours that have any."""
        rows = self._db.all(
            """SELECT hour, sum(count) FROM tallies WHERE day BETWEEN ? AND ? AND subject = ''
            GROUP BY hour ORDER BY hour""",
            span.numbers,
        )
        return {hour: int(count) for hour, count in rows}

    def subjects(self, span: Span) -> list[SubjectCount]:
        """Questions by subject and outcome over all these days."""
        rows = self._db.all(
            """SELECT subject, outcome, sum(count) FROM tallies WHERE day BETWEEN ? AND ? AND subject <> ''
            GROUP BY subject, outcome ORDER BY subject, outcome""",
            span.numbers,
        )
        return [SubjectCount(None, subject, Outcome(outcome), int(count)) for subject, outcome, count in rows]

    def subject_days(self, span: Span) -> list[SubjectCount]:
        """Questions by day, subject and outcome, oldest first."""
        rows = self._db.all(
            """SELECT day, subject, outcome, sum(count) FROM tallies WHERE day BETWEEN ? AND ? AND subject <> ''
            GROUP BY day, subject, outcome ORDER BY day, subject, outcome""",
            span.numbers,
        )
        return [
            SubjectCount(day_of(day), subject, Outcome(outcome), int(count)) for day, subject, outcome, count in rows
        ]

    def votes(self, span: Span) -> list[VoteCount]:
        """Votes by the subjects of the answer, thumb and reason; a vote counts on the day it was last changed."""
        counted: Counter[tuple[str, int, str]] = Counter()
        kept = "SELECT intents, up, reason, count(*) FROM votes WHERE at >= ? AND at < ? GROUP BY intents, up, reason"
        old = """SELECT subjects, up, reason, sum(count) FROM vote_tallies WHERE day BETWEEN ? AND ?
            GROUP BY subjects, up, reason"""
        for subjects, up, reason, count in [*self._db.all(kept, span.seconds), *self._db.all(old, span.numbers)]:
            counted[subjects, up, reason] += int(count)
        return [
            VoteCount(tuple(subjects.split("+")), bool(up), reason, count)
            for (subjects, up, reason), count in sorted(counted.items())
        ]

    def waits(self, span: Span) -> list[Wait]:
        """How long questions waited for their answer on Telegram, by day and length, oldest and shortest first."""
        rows = self._db.all(
            """SELECT day, tenths, sum(count) FROM waits WHERE day BETWEEN ? AND ?
            GROUP BY day, tenths ORDER BY day, tenths""",
            span.numbers,
        )
        return [Wait(day_of(day), tenths / 10, int(count)) for day, tenths, count in rows]
