"""Whom officers asked to approve which drafts, as the link shows it to that person."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from .connections import Connection
from .records import Asked


class SqlApprovals:
    """A wish is kept as long as its link lasts; the sweep takes it away afterwards."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, asked: Asked) -> None:
        """Keep what was asked."""
        record = {"versions": dict(asked.versions), "note": asked.note, "told": list(asked.told)}
        with self._db.transaction():
            self._db.run(
                "INSERT INTO approvals (id, approver, officer, at, until, record) VALUES (?, ?, ?, ?, ?, ?)",
                # PostgreSQL takes no NUL in a text.
                [asked.id, asked.approver, asked.by, asked.at.timestamp(), asked.until.timestamp(),
                 json.dumps(record, ensure_ascii=False).replace("\\u0000", "")],
            )  # fmt: skip

    def get(self, asked: str) -> Asked | None:
        """What was asked, by its id; None where there is nothing of that id."""
        query = "SELECT id, approver, officer, at, until, record FROM approvals WHERE id = ?"
        row = self._db.one(query, [asked])
        if row is None:
            return None
        record = json.loads(row[5])
        at, until = (datetime.fromtimestamp(seconds, UTC) for seconds in row[3:5])
        return Asked(row[0], row[1], row[2], at, until, record["versions"], record["note"], tuple(record["told"]))
