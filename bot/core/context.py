"""What was said before in a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FOLLOW_UP_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Context:
    """The last question that was answered or asked back about, and when.

    `expects` names what the next text is to be where that is no question, asked for at `asked`; the guide keeps it
    or drops it with the rest, but does not read it.
    `reading` is set while the directives are read, so that a clause is not marked with an answer's quotations.
    """

    text: str = ""
    intents: tuple[str, ...] = ()
    at: datetime | None = None
    reading: bool = False
    expects: str = ""
    asked: datetime | None = None

    def is_recent(self, now: datetime) -> bool:
        """Whether there is a question before that a follow-up may lean on."""
        return bool(self.intents) and self.at is not None and timedelta(0) <= now - self.at <= FOLLOW_UP_WITHIN
