"""Keeping the figures: numbers by day, written with what they count, that stay when it is deleted.

A question adds rows of its own and changes nobody else's, so that workers never wait for each other here. Once a day
is over its rows are summed up. The numbers name nobody: neither chat nor words nor minute.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from ..core.reply import Outcome
from .connections import Connection
from .counts import VIETNAM, day_number, local_day

# day, hour, channel, outcome, subject
_Key = tuple[int, int, str, str, str]


def tally_question(
    db: Connection, at: datetime, channel: str, outcome: str, answered: Iterable[str], likeliest: str | None
) -> None:
    """Count a question, in the transaction that keeps it."""
    for key in _keys(at, channel, outcome, answered, likeliest):
        _add(db, key, 1, whole=False)


def _keys(at: datetime, channel: str, outcome: str, answered: Iterable[str], likeliest: str | None) -> Iterator[_Key]:
    """The question itself, then each of its subjects; for a subject the hour is left out."""
    day = day_number(local_day(at))
    yield day, at.astimezone(VIETNAM).hour, channel, outcome, ""
    subjects = set(answered)
    if outcome == Outcome.ASKED_BACK and likeliest:
        subjects.add(likeliest)
    for subject in sorted(subjects):
        yield day, 0, channel, outcome, subject


def _add(db: Connection, key: _Key, count: int, *, whole: bool) -> None:
    db.run(
        """INSERT INTO tallies (day, hour, channel, outcome, subject, count, whole) VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [*key, count, int(whole)],
    )


def tally_wait(db: Connection, row: int, at: datetime) -> None:
    """Count how long a question waited for a row of the outbox, once; in the transaction that notes it as sent.

    The row is locked by then, so nobody counts it a second time.
    """
    found = db.one("SELECT asked FROM outbox WHERE id = ? AND asked IS NOT NULL", [row])
    if found is None:
        return
    asked = float(found[0])
    tenths = max(0, round((at.timestamp() - asked) * 10))
    day = day_number(local_day(datetime.fromtimestamp(asked, UTC)))
    db.run("INSERT INTO waits (day, tenths, count, whole) VALUES (?, ?, 1, 0)", [day, tenths])
    db.run("UPDATE outbox SET asked = NULL WHERE id = ?", [row])


def catch_up(db: Connection) -> None:
    """Count the questions that were asked before there were figures, within the caller's transaction."""
    rows = db.all(
        """UPDATE questions SET tallied = 1 WHERE tallied = 0
        RETURNING at, channel, outcome, answered, intents"""
    )
    counted: Counter[_Key] = Counter()
    for at, channel, outcome, answered, intents in rows:
        likeliest = next((name for name, _ in json.loads(intents)), None)
        counted.update(_keys(datetime.fromtimestamp(at, UTC), channel, outcome, json.loads(answered), likeliest))
    for key, count in counted.items():
        _add(db, key, count, whole=True)


def tally_old_votes(db: Connection, until: float) -> int:
    """Delete votes that are too old, and keep their numbers; the number deleted."""
    rows = db.all("DELETE FROM votes WHERE at < ? RETURNING at, intents, up, reason", [until])
    counted = Counter(
        (day_number(local_day(datetime.fromtimestamp(at, UTC))), intents, up, reason)
        for at, intents, up, reason in rows
    )
    for key, count in counted.items():
        db.run("INSERT INTO vote_tallies (day, subjects, up, reason, count) VALUES (?, ?, ?, ?, ?)", [*key, count])
    return len(rows)


def sum_up(db: Connection, at: datetime) -> None:
    """Sum up the days that are over, within the caller's transaction. What another sums up meanwhile is left to it."""
    today = day_number(local_day(at))
    rows = db.all(
        """DELETE FROM tallies WHERE whole = 0 AND day < ?
        RETURNING day, hour, channel, outcome, subject, count""",
        [today],
    )
    counted: Counter[_Key] = Counter()
    for *key, count in rows:
        counted[tuple(key)] += count
    for each, count in counted.items():
        _add(db, each, count, whole=True)
    waits: Counter[tuple[int, int]] = Counter()
    for day, tenths, count in db.all(
        "DELETE FROM waits WHERE whole = 0 AND day < ? RETURNING day, tenths, count", [today]
    ):
        waits[day, tenths] += count
    for (day, tenths), count in waits.items():
        db.run("INSERT INTO waits (day, tenths, count, whole) VALUES (?, ?, ?, 1)", [day, tenths, count])
