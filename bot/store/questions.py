"""What residents asked, read for officers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from ..core.reply import Outcome, Scored
from ..errors import SealBroken
from .connections import Connection
from .records import Logged
from .sealing import Sealer


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
