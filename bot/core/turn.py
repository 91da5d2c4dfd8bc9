"""A Reply, and what the next message leans on."""

from __future__ import annotations

from dataclasses import dataclass, field

from .context import Context
from .halves import Half
from .matching import Match
from .reply import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """A Reply, and the context for what comes next; `halves` are those of a message with two questions."""

    reply: Reply
    context: Context
    match: Match | None = field(default=None)
    halves: tuple[Half, ...] = ()
