"""Files that officers sent, kept while the reading of each is corrected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from .connections import Connection, Row
from .records import Upload

_KEPT = timedelta(days=1)


class SqlUploads:
    """A file is here until it is a draft, or for a day after it was changed last."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, upload: Upload) -> None:
        """Keep a file that has come; those whose day is over go."""
        with self._db.transaction():
            self._db.run("DELETE FROM uploads WHERE changed_at < ?", [(upload.changed_at - _KEPT).timestamp()])
            self._db.run(
                """INSERT INTO uploads (id, officer, name, body, record, revision, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                [upload.id, upload.officer, upload.name, upload.body, _json(upload.record), upload.revision,
                 upload.changed_at.timestamp()],
            )  # fmt: skip

    def get(self, upload: str, at: datetime) -> Upload | None:
        """A file by its id; None where there is none, or its day is over."""
        query = """SELECT id, officer, name, body, record, revision, changed_at FROM uploads
        WHERE id = ? AND changed_at >= ?"""
        row = self._db.one(query, [upload, (at - _KEPT).timestamp()])
        return _upload(row) if row else None

    def open(self, at: datetime) -> list[Upload]:
        """All files, the one changed last first, without their bytes."""
        query = """SELECT id, officer, name, NULL, record, revision, changed_at FROM uploads
        WHERE changed_at >= ? ORDER BY changed_at DESC, id"""
        return [_upload(row) for row in self._db.all(query, [(at - _KEPT).timestamp()])]

    def save(self, upload: str, record: Mapping[str, Any], revision: int, at: datetime) -> bool:
        """Keep a correction of `revision`; False where it was saved meanwhile, or is gone."""
        with self._db.transaction():
            changed = self._db.run(
                """UPDATE uploads SET record = ?, revision = revision + 1, changed_at = ?
                WHERE id = ? AND revision = ? AND changed_at >= ?""",
                [_json(record), at.timestamp(), upload, revision, (at - _KEPT).timestamp()],
            )
        return changed == 1

    def drop(self, upload: str) -> None:
        """Delete a file."""
        with self._db.transaction():
            self._db.run("DELETE FROM uploads WHERE id = ?", [upload])


def _json(record: Mapping[str, Any]) -> str:
    # PostgreSQL takes no NUL in a text.
    return json.dumps(record, ensure_ascii=False).replace("\\u0000", "")


def _upload(row: Row) -> Upload:
    at = datetime.fromtimestamp(row[6], UTC)
    return Upload(row[0], row[1], row[2], bytes(row[3] or b""), json.loads(row[4]), int(row[5]), at)
