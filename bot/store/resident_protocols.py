"""What the program asks of a store about residents: their updates, the replies to them, what they asked and think."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from .counts import DayCount, Span, SubjectCount, VoteCount, Wait
from .records import (
    Effects,
    Held,
    Logged,
    Outgoing,
    Received,
    Send,
    Settlement,
    Suggested,
    Unanswered,
    Vote,
    Voted,
    Waiting,
)


class Inbox(Protocol):
    """Updates, kept before they are confirmed to Telegram."""

    def add(self, updates: Sequence[Received], at: datetime) -> int:
        """Keep updates that are not here yet, durably; the number that were new."""

    def next(self, at: datetime) -> Received | None:
        """Claim the oldest open update that is due and has no older open one in its chat.

        Nobody else gets an update of that chat until `apply` or `later` is called for it, or its worker is gone. Who
        asks again without having done so gets the same one.
        """

    def later(self, update_id: int, error: str, retry_at: datetime) -> None:
        """Note a failure, give up the claim and try again later."""

    def next_due(self, at: datetime) -> float | None:
        """When the next open update is due (seconds since 1970), None if none is open that others have not claimed."""


class Outbox(Protocol):
    """Calls of the Bot API that are still to be made."""

    def due(self, at: datetime, limit: int, busy: frozenset[str]) -> list[Outgoing]:
        """Claim the oldest open row of every chat that is due, chats in `busy` left out.

        Nobody else gets a row of those chats until it is noted what became of this one, or its sender is gone.
        """

    def next_due(self, at: datetime, busy: frozenset[str]) -> float | None:
        """When the next open row is due (seconds since 1970), chats in `busy` and those of others left out."""

    def sent(self, row: int, message_id: int | None, at: datetime) -> None:
        """Mark a row as done and empty it."""

    def later(self, row: int, error: str, retry_at: datetime, at: datetime, *, counts: bool) -> None:
        """Try a row again later."""

    def refused(self, row: int, error: str, at: datetime, *, blocked: bool = False) -> None:
        """Take a refusal as final and empty the row; with `blocked` its chat does not let the bot write any more."""

    def put_aside(self, row: int, error: str, at: datetime) -> None:
        """Give up on a row until somebody looks; its payload stays, sealed."""


class Residents(Protocol):
    """Chats and what belongs to them."""

    def apply(self, effects: Effects, update_id: int | None = None) -> None:
        """Write all effects of one update and mark it done, in one transaction; nothing if it is done."""

    def conversation(self, ref: str) -> str | None:
        """The state of a conversation as it was written, or None."""

    def held(self, ref: str) -> Held:
        """How much is kept about a chat."""

    def reply_to(self, ref: str, message_id: int) -> int | None:
        """The outbox row that answered a resident's message, or None."""

    def vote(self, ref: str, message: str) -> Vote | None:
        """The vote on a message, without its words; None if there is none."""

    def suggested(self, ref: str, message: str) -> bool:
        """Whether a message was kept as a suggestion."""


class Questions(Protocol):
    """What residents asked, for officers."""

    def latest(self, most: int) -> list[Logged]:
        """The newest questions, newest first; the same words from several residents are one, with their number."""

    def open(self, most: int) -> list[int]:
        """The ids of the newest questions that were not answered and that no officer settled yet, newest first."""

    def unanswered(self, questions: Sequence[int]) -> list[Unanswered]:
        """Those of these questions that are open, newest first."""

    def open_count(self) -> tuple[int, int]:
        """How many there are, and the id of the newest (0 if there is none)."""

    def settle(self, questions: Sequence[int], made: Settlement) -> Settlement | None:
        """Settle those that are still open, in one transaction; None, with nothing written, if none is."""

    def reopen(self, settlement: int, at: datetime) -> Settlement | None:
        """Take a settlement back: its questions are open again. None if there is none or that was done before."""

    def settlements(self, most: int, skip: int = 0) -> list[Settlement]:
        """The newest settlements, newest first, the first `skip` left out; also those that were taken back."""


class Later(Protocol):
    """Residents whose question was not answered, and who are told once it can be.

    Only those who asked in their private chat, did not delete it since and did not block the bot.
    """

    def waiting(self, release: int, most: int) -> list[Waiting]:
        """All questions, oldest first, of the `most` residents that wait longest, not yet tried with that release."""

    def tried(self, questions: Sequence[int], release: int) -> None:
        """Note that these questions were tried with a release."""

    def tell(
        self, ref: str, questions: Sequence[int], subject: str, sends: Sequence[Send], at: datetime, release: int
    ) -> bool:
        """Queue the later answer and mark the questions as told, in one transaction.

        False, with nothing queued, if none of them waits any more, the chat is gone or blocked the bot, or the
        resident was given that subject's answer since.
        """


class Feedback(Protocol):
    """What residents think of the answers, newest first, for officers."""

    def votes(self, since: datetime) -> list[Voted]:
        """The votes since then."""

    def suggestions(self, since: datetime) -> list[Suggested]:
        """The suggestions since then."""

    def thumbs_down(self, span: Span, most: int, skip: int = 0) -> list[Voted]:
        """The newest 👎 of these days, the first `skip` left out."""


class Figures(Protocol):
    """Numbers by day in Viet Nam. They stay when the questions they count are deleted, and name nobody."""

    def since(self) -> date | None:
        """The first day of which there are figures; None before the first question."""

    def days(self, span: Span) -> list[DayCount]:
        """Questions by day, channel and outcome, oldest first; nothing for a day without any."""

    def hours(self, span: Span) -> dict[int, int]:
        """Questions by hour of the day, for the hours that have any."""

    def subjects(self, span: Span) -> list[SubjectCount]:
        """Questions by subject and outcome over all these days."""

    def subject_days(self, span: Span) -> list[SubjectCount]:
        """Questions by day, subject and outcome, oldest first."""

    def votes(self, span: Span) -> list[VoteCount]:
        """Votes by the subjects of the answer, thumb and reason."""

    def waits(self, span: Span) -> list[Wait]:
        """How long questions waited for their answer on Telegram, by day and length, oldest and shortest first."""
