"""What the program asks of a store as a whole, its upkeep and its notices. One test-suite holds every engine to it.

The other areas are in `resident_protocols`, `content_protocols` and `officer_protocols`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from .content_protocols import Approvals, Tasks, Uploads, Versions
from .officer_protocols import Pauses, People
from .records import Health
from .resident_protocols import Feedback, Figures, Inbox, Later, Outbox, Questions, Residents


class Upkeep(Protocol):
    """Retention and health."""

    def sweep(self, at: datetime, retention: timedelta) -> int:
        """Delete what is older than the retention, and done queue rows after a day; rows deleted."""

    def health(self, at: datetime) -> Health:
        """State of the queues."""

    def reopen_aside(self, at: datetime) -> int:
        """Open again what was put aside; the number of rows."""


class Changes(Protocol):
    """Tells every process that something changed, whichever of them changed it."""

    def announce(self, topic: str) -> None:
        """Tell of a change; within a transaction, when it commits. For rare ones, such as a new release."""

    def wait(self, timeout: float) -> frozenset[str]:
        """The topics announced since the last call, waiting up to `timeout` seconds for one.

        The only method of a store that another thread may call: one thread at a time, and not beside `close`.
        """

    def close(self) -> None:
        """Stop listening."""


class Store(Protocol):
    """All areas over one database.

    `idle_seconds` is how long a loop may sleep before it looks again whether other processes left work behind.
    """

    inbox: Inbox
    outbox: Outbox
    residents: Residents
    feedback: Feedback
    figures: Figures
    questions: Questions
    versions: Versions
    people: People
    tasks: Tasks
    later: Later
    pauses: Pauses
    uploads: Uploads
    approvals: Approvals
    upkeep: Upkeep
    changes: Changes
    idle_seconds: float

    @property
    def place(self) -> str:
        """Where the database is, for people; without a password."""

    def close(self) -> None:
        """Close the database."""
