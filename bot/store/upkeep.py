"""Retention and health."""

from __future__ import annotations

from datetime import datetime, timedelta

from .connections import Connection
from .records import Aside, Health
from .tallies import catch_up, sum_up, tally_old_votes

_QUEUE_KEPT = timedelta(days=1)
_ASIDE_SHOWN = 50
# Two years: long enough to look back over a season and the one before, and no register of officers for ever.
_TRAIL_KEPT = timedelta(days=730)


class SqlUpkeep:
    """Deletes what is too old, and tells how the queues are."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def sweep(self, at: datetime, retention: timedelta) -> int:
        """Delete what is older than the retention, done queue rows and unused sessions after a day; rows deleted.

        The trail of officers and past pauses stay two years; figures stay.
        """
        old, done = (at - retention).timestamp(), (at - _QUEUE_KEPT).timestamp()
        years = (at - _TRAIL_KEPT).timestamp()
        deletions = (
            ("DELETE FROM inbox WHERE state = 'done' AND done_at < ?", done),
            ("DELETE FROM outbox WHERE state IN ('done', 'refused') AND done_at < ?", done),
            ("DELETE FROM inbox WHERE received_at < ? AND state = 'aside'", old),
            ("DELETE FROM outbox WHERE made_at < ? AND state = 'aside'", old),
            ("DELETE FROM conversations WHERE changed_at < ?", done),
            ("DELETE FROM questions WHERE at < ?", old),
            ("DELETE FROM settlements WHERE at < ?", old),
            ("DELETE FROM suggestions WHERE at < ?", old),
            ("DELETE FROM chats WHERE seen_at < ?", old),
            ("DELETE FROM uploads WHERE changed_at < ?", done),
            ("DELETE FROM approvals WHERE until < ?", done),
            ("DELETE FROM claims WHERE until < ?", done),
            ("DELETE FROM office_links WHERE until < ?", done),
            ("DELETE FROM office_sessions WHERE seen_at < ?", done),
            ("DELETE FROM trail WHERE at < ?", years),
            ("DELETE FROM pauses WHERE ended_at < ?", years),
        )
        with self._db.transaction():
            catch_up(self._db)
            sum_up(self._db, at)
            voted = tally_old_votes(self._db, old)
            return voted + sum(self._db.run(query, [limit]) for query, limit in deletions)

    def health(self, at: datetime) -> Health:
        """State of the queues."""
        inbox, first_in = self._open("SELECT count(*), min(received_at) FROM inbox WHERE state = 'open'")
        outbox, first_out = self._open("SELECT count(*), min(made_at) FROM outbox WHERE state = 'open'")
        oldest = min((each for each in (first_in, first_out) if each is not None), default=at.timestamp())
        rows = self._db.all(
            """SELECT 'inbox', update_id, attempts, error FROM inbox WHERE state = 'aside'
            UNION ALL SELECT 'outbox', id, attempts, error FROM outbox WHERE state = 'aside' ORDER BY 1, 2 LIMIT ?""",
            [_ASIDE_SHOWN],
        )
        return Health(inbox, outbox, max(0.0, at.timestamp() - oldest), tuple(Aside(*row) for row in rows))

    def _open(self, query: str) -> tuple[int, float | None]:
        found = self._db.one(query)
        return (int(found[0]), found[1]) if found else (0, None)

    def reopen_aside(self, at: datetime) -> int:
        """Open again what was put aside; the number of rows."""
        with self._db.transaction():
            # Its apology stands in the outbox under the same number; the answer must not collide with it.
            self._db.run(
                """UPDATE outbox SET update_id = NULL WHERE update_id IN
                (SELECT update_id FROM inbox WHERE state = 'aside' AND sealed IS NOT NULL)"""
            )
            inbox = self._db.run(
                """UPDATE inbox SET state = 'open', attempts = 0, next_at = 0
                WHERE state = 'aside' AND sealed IS NOT NULL"""
            )
            outbox = self._db.run(
                "UPDATE outbox SET state = 'open', attempts = 0, next_at = ?, first_failed = 0 WHERE state = 'aside'",
                [at.timestamp()],
            )
        return inbox + outbox
