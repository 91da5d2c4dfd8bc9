"""What residents think of the answers, read for officers."""

from __future__ import annotations

from datetime import UTC, datetime

from ..errors import SealBroken
from .connections import Connection, Row
from .counts import Span
from .records import Suggested, Voted
from .sealing import Sealer

_DAMAGED = "…"


class SqlFeedback:
    """Votes and suggestions, newest first; a row that was damaged on disk hides none of the others."""

    def __init__(self, db: Connection, sealer: Sealer) -> None:
        self._db = db
        self._sealer = sealer

    def votes(self, since: datetime) -> list[Voted]:
        """The votes since then."""
        rows = self._db.all(
            """SELECT at, intents, up, release, reason, sealed_words FROM votes WHERE at >= ?
            ORDER BY at DESC, ref, message""",
            [since.timestamp()],
        )
        return [self._voted(row) for row in rows]

    def thumbs_down(self, span: Span, most: int, skip: int = 0) -> list[Voted]:
        """The newest 👎 of these days, the first `skip` left out."""
        rows = self._db.all(
            """SELECT at, intents, up, release, reason, sealed_words FROM votes WHERE up = 0 AND at >= ? AND at < ?
            ORDER BY at DESC, ref, message LIMIT ? OFFSET ?""",
            [*span.seconds, most, skip],
        )
        return [self._voted(row) for row in rows]

    def _voted(self, row: Row) -> Voted:
        at, intents, up, release, reason, words = row
        return Voted(_when(at), tuple(intents.split("+")), bool(up), release, reason, self._opened(words, "reason"))

    def suggestions(self, since: datetime) -> list[Suggested]:
        """The suggestions since then."""
        rows = self._db.all(
            "SELECT at, sealed, release FROM suggestions WHERE at >= ? ORDER BY at DESC, id DESC", [since.timestamp()]
        )
        return [Suggested(_when(at), self._opened(sealed, "suggestion"), release) for at, sealed, release in rows]

    def _opened(self, sealed: bytes | None, purpose: str) -> str:
        try:
            return self._sealer.open(sealed, purpose) if sealed else ""
        except SealBroken:
            return _DAMAGED


def _when(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
