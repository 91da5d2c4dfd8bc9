"""All areas over one connection, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import KeyFileError, SealBroken
from .approvals import SqlApprovals
from .claims import Claims
from .connections import Connection
from .content import SqlVersions
from .content_protocols import Approvals, Tasks, Uploads, Versions
from .feedback import SqlFeedback
from .figures import SqlFigures
from .later import SqlLater
from .officer_protocols import Pauses, People
from .pauses import SqlPauses
from .people import SqlPeople
from .protocols import Changes, Upkeep
from .questions import SqlQuestions
from .queues import SqlInbox, SqlOutbox
from .resident_protocols import Feedback, Figures, Inbox, Later, Outbox, Questions, Residents
from .residents import SqlResidents
from .sealing import Sealer
from .tasks import SqlTasks
from .upkeep import SqlUpkeep
from .uploads import SqlUploads

_KEY_CHECK = "loa"


class SqlStore:
    """The store; an engine adds how it is opened. Belongs to one thread, but for `changes.wait`."""

    inbox: Inbox
    outbox: Outbox
    residents: Residents
    feedback: Feedback
    figures: Figures
    questions: Questions
    versions: Versions
    people: People
    tasks: Tasks
    pauses: Pauses
    uploads: Uploads
    approvals: Approvals
    later: Later
    upkeep: Upkeep
    changes: Changes
    idle_seconds: float

    def __init__(self, db: Connection, sealer: Sealer, claims: Claims, changes: Changes) -> None:
        self.db = db
        self.inbox = SqlInbox(db, sealer, claims)
        self.outbox = SqlOutbox(db, sealer, claims)
        self.residents = SqlResidents(db, sealer, claims)
        self.feedback = SqlFeedback(db, sealer)
        self.figures = SqlFigures(db)
        self.questions = SqlQuestions(db, sealer)
        self.versions = SqlVersions(db)
        self.people = SqlPeople(db)
        self.tasks = SqlTasks(db)
        self.pauses = SqlPauses(db)
        self.uploads = SqlUploads(db)
        self.approvals = SqlApprovals(db)
        self.later = SqlLater(db, sealer)
        self.upkeep = SqlUpkeep(db)
        self.changes = changes

    @property
    def place(self) -> str:
        """Where the database is, for people; without a password."""
        return self.db.place

    @staticmethod
    def _check_key(db: Connection, sealer: Sealer) -> None:
        """A new key over an old database would make all that it holds unreadable: refuse to start."""
        row = db.one("SELECT value FROM settings WHERE name = 'key_check'")
        if row is None:
            sealed = sealer.seal(_KEY_CHECK, "key_check")
            db.run("INSERT INTO settings (name, value) VALUES ('key_check', ?)", [sealed])
            return
        try:
            sealer.open(row[0], "key_check")
        except SealBroken:
            raise KeyFileError(
                db.place, "was sealed with another key; bring back the key file that belongs to it"
            ) from None

    @staticmethod
    @contextmanager
    def _closing_on_error(db: Connection) -> Iterator[None]:
        try:
            yield
        except BaseException:
            db.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self.changes.close()
        self.db.close()
