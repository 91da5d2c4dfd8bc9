"""Which process is at work on which chat, where several share one database.

A claim is on a chat in one queue, so that nobody else takes a later row of it meanwhile; the primary key holds that
even between transactions that do not see each other. It ends with its row, with the session of its worker, or with
the lease, whichever comes first: the session tells at once that a process is gone, the lease ends one that hangs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Protocol

Queue = Literal["inbox", "outbox"]
# Longer than any one call of the Bot API may take.
LEASE = timedelta(minutes=5)


class Claims(Protocol):
    """Claims of the process that asks, and of the others."""

    def others(self, queue: Queue, at: datetime) -> frozenset[str]:
        """The chats that others are at work on."""

    def take(self, queue: Queue, ref: str, item: int, at: datetime) -> bool:
        """Claim a chat for one of its rows, or claim it again; False if another was first."""

    def drop(self, queue: Queue, item: int) -> None:
        """End the claim that was for this row."""


class NoClaims:
    """Where one process does all the work."""

    def others(self, queue: Queue, at: datetime) -> frozenset[str]:  # noqa: ARG002 (the Protocol's)
        """Nobody else is there."""
        return frozenset()

    def take(self, queue: Queue, ref: str, item: int, at: datetime) -> bool:  # noqa: ARG002 (the Protocol's)
        """Nobody else could be first."""
        return True

    def drop(self, queue: Queue, item: int) -> None:
        """Nothing was claimed."""
