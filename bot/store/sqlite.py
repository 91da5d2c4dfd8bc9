"""The default store: one SQLite file in WAL mode, through sqlite-utils.

`synchronous=FULL`: a commit has reached the disk when it returns, so a power cut costs nothing that was
confirmed to Telegram. The price is one fsync a transaction.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from ..errors import KeyFileError, SealBroken, StoreError
from .migrations import migrate
from .protocols import Feedback, Inbox, Outbox, Questions, Residents, Upkeep, Versions
from .sealing import Sealer
from .sqlite_feedback import SqliteFeedback
from .sqlite_questions import SqliteQuestions
from .sqlite_queues import SqliteInbox, SqliteOutbox
from .sqlite_residents import SqliteResidents
from .sqlite_upkeep import SqliteUpkeep
from .sqlite_versions import SqliteVersions
from .transactions import transaction

_BUSY_SECONDS = 15.0
_KEY_CHECK = "loa"


class SqliteStore:
    """All areas over one file. Belongs to the thread that made it."""

    inbox: Inbox
    outbox: Outbox
    residents: Residents
    feedback: Feedback
    questions: Questions
    versions: Versions
    upkeep: Upkeep

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self.db = _open(path)
        try:
            with transaction(self.db):
                migrate(self.db, str(path))
                self._check_key(sealer, path)
        except BaseException:
            self.db.conn.close()
            raise
        self.inbox = SqliteInbox(self.db, sealer)
        self.outbox = SqliteOutbox(self.db, sealer)
        self.residents = SqliteResidents(self.db, sealer)
        self.feedback = SqliteFeedback(self.db, sealer)
        self.questions = SqliteQuestions(self.db, sealer)
        self.versions = SqliteVersions(self.db)
        self.upkeep = SqliteUpkeep(self.db)

    def _check_key(self, sealer: Sealer, path: Path) -> None:
        """A new key over an old database would make all that it holds unreadable: refuse to start."""
        row = self.db.execute("SELECT value FROM settings WHERE name = 'key_check'").fetchone()
        if row is None:
            sealed = sealer.seal(_KEY_CHECK, "key_check")
            self.db.execute("INSERT INTO settings (name, value) VALUES ('key_check', ?)", [sealed])
            return
        try:
            sealer.open(row[0], "key_check")
        except SealBroken:
            raise KeyFileError(
                str(path), "was sealed with another key; bring back the key file that belongs to it"
            ) from None

    def close(self) -> None:
        """Close the database."""
        self.db.conn.close()


def _open(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened: {error}") from None
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(f"{path} cannot be opened: {error}") from None
    return Database(connection)
