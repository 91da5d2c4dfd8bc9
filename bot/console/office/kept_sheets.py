"""Workbooks that were tried, kept so that they can be taken in without being chosen again.

Of an officer only the last one is kept, for an hour, in the store, so that any process of Loa has it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from ...store.content_protocols import Uploads
from ...store.records import Upload

LASTS = timedelta(hours=1)
_NOTE = "sheet_note"


def is_reading(upload: Upload) -> bool:
    """Whether a file is a directive that is read, and no workbook."""
    return _NOTE not in upload.record


def note_of(upload: Upload) -> str:
    """Why the officer changes what the workbook holds."""
    return str(upload.record[_NOTE])


def keep_tried(uploads: Uploads, officer: str, name: str, data: bytes, note: str, now: datetime) -> str:
    """Keep a workbook that was tried, in place of the one before; its id. On the store thread."""
    for each in uploads.open(now):
        if not is_reading(each) and (each.officer == officer or now - each.changed_at >= LASTS):
            uploads.drop(each.id)
    upload = Upload(secrets.token_urlsafe(12), officer, name, data, {_NOTE: note}, 0, now)
    uploads.add(upload)
    return upload.id


def tried(uploads: Uploads, name: str, officer: str, now: datetime) -> Upload | None:
    """A workbook that this officer tried within the hour; None for any other. On the store thread."""
    found = uploads.get(name, now)
    own = found is not None and not is_reading(found) and found.officer == officer
    return found if own and found and now - found.changed_at < LASTS else None
