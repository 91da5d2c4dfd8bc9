"""What the program asks of a store, per area. One test-suite holds every engine to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from .counts import DayCount, Span, SubjectCount, VoteCount, Wait
from .records import (
    Asked,
    Deed,
    DeedFilter,
    Effects,
    Health,
    Held,
    Logged,
    Officer,
    OfficerSession,
    Outgoing,
    Pause,
    Received,
    Role,
    Send,
    Settlement,
    Suggested,
    TaskRow,
    Unanswered,
    Upload,
    Vote,
    Voted,
    Waiting,
)
from .versions import Contents, Draft, Edit, Plan, Release, Replaced, State, Version


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


class Versions(Protocol):
    """The content: versions of items, drafts and releases. Nothing that was released is ever changed."""

    def save(self, edits: Sequence[Edit], at: datetime) -> list[Version]:
        """Keep texts as new versions and make them the drafts of their items, in state "draft": all or none.

        Raises EditConflict where the item has meanwhile become another than the edit's base.
        """

    def version(self, version: int) -> Version:
        """A version by its number; raises KeyError for one that is not there."""

    def body(self, version: int) -> bytes | None:
        """The text of a version; None where it deletes the item. Raises KeyError for a version that is not there."""

    def bodies(self, contents: Contents) -> dict[str, bytes]:
        """The texts of many versions, by item."""

    def history(self, item: str) -> list[Version]:
        """All versions of an item, newest first."""

    def drafts(self) -> list[Draft]:
        """The open drafts, by item."""

    def mark(self, item: str, version: int, state: State, approver: str = "") -> None:
        """Set the state of a draft; raises EditConflict if the draft is not of that version any more."""

    def discard(self, items: Sequence[str]) -> int:
        """Drop drafts; their versions stay in the history. The number dropped."""

    def current(self) -> Release | None:
        """The release that residents are answered from; None before the first."""

    def releases(self, most: int, before: int | None = None) -> list[Release]:
        """The newest releases, newest first; of those with a number below `before` where it is given."""

    def replaced(self, old: int, new: int) -> list[Replaced]:
        """What a release holds differently from another, by item; a release that is not there holds nothing."""

    def named(self, name: str) -> Release | None:
        """The first release of that name, None if there is none."""

    def release_at(self, moment: datetime) -> Release | None:
        """The release that was current at a moment, None before the first."""

    def contents(self, release: int) -> Contents:
        """The versions of a release, by item; raises KeyError for one that is not there."""

    def publish(
        self, name: str, contents: Contents, after: int, author: str, at: datetime, note: str = "",
        restores: int | None = None,
    ) -> Release:  # fmt: skip
        """Make a release, close the drafts that it holds, and announce it: in one transaction.

        Raises ReleaseConflict unless `after` is still the number of the current release (0 for none).
        """

    def plan(self, at: datetime, versions: Sequence[int], author: str, note: str) -> Plan:
        """Keep a plan to publish versions; an open one of the same versions and time is that plan."""

    def plans(self) -> list[Plan]:
        """All plans, the next one first."""

    def due(self, at: datetime) -> list[Plan]:
        """The open plans whose time has come, oldest first."""

    def settle(self, plan: int, state: str, reasons: str = "") -> bool:
        """Close an open plan; False if somebody did so before."""

    def files(self) -> dict[str, str]:
        """The digest of every item at the last moment when folder and store agreed on it."""

    def agreed(self, digests: Mapping[str, str | None]) -> None:
        """Note that folder and store agree on these items; None for an item that both no longer have."""


class People(Protocol):
    """Officers, sign-in links, sessions, and the trail of what was done."""

    def put(self, name: str, roles: Sequence[Role], at: datetime) -> None:
        """Add an officer, or give one other roles; without roles he cannot sign in any more.

        Raises LastAdmin, with nothing changed, where no admin would be left.
        """

    def officers(self) -> list[Officer]:
        """All officers, by name."""

    def officer(self, name: str) -> Officer | None:
        """An officer by name, None if there is none."""

    def officer_of(self, ref: str) -> Officer | None:
        """The officer whose private chat this is, None if it is nobody's."""

    def tie(self, name: str, ref: str) -> None:
        """Note an officer's private chat; it is nobody else's afterwards. An empty one unties."""

    def add_link(self, token_hash: str, officer: str, until: datetime) -> None:
        """Keep a link that signs an officer in once; his earlier ones end."""

    def link(self, token_hash: str, at: datetime) -> str | None:
        """Whom a link would sign in; it is not used up."""

    def use_link(self, token_hash: str, at: datetime) -> str | None:
        """Use a link up; whom it signs in, None for one that is used, ended or not ours."""

    def open_session(self, session: OfficerSession, token_hash: str) -> None:
        """Keep a session under the hash of its cookie."""

    def session(self, token_hash: str, at: datetime, since: datetime) -> OfficerSession | None:
        """The session of a cookie, if it was used after `since`; it is marked as used now."""

    def sessions(self) -> list[OfficerSession]:
        """All sessions, the one used last first."""

    def end_session(self, session: str) -> int:
        """End a session by its id; the number ended."""

    def note(self, deed: Deed) -> None:
        """Add to the trail."""

    def trail(self, most: int, officer: str = "") -> list[Deed]:
        """The newest deeds, newest first; of one officer where he is named."""

    def deeds(self, wanted: DeedFilter, most: int, skip: int = 0) -> list[Deed]:
        """Lines of the trail, newest first, after the first `skip`."""

    def deed_count(self, wanted: DeedFilter) -> int:
        """How many lines of the trail there are."""

    def doers(self) -> list[str]:
        """Everybody who stands in the trail, by name."""


class Pauses(Protocol):
    """Whether Loa answers. Begin and end are announced under the topic `store.pauses.TOPIC`."""

    def current(self) -> Pause | None:
        """The pause that lasts, None while Loa answers."""

    def begin(self, pause: Pause) -> bool:
        """Stop answering; False, with nothing changed, where Loa is paused already."""

    def end(self, officer: str, at: datetime) -> Pause | None:
        """Answer again: the pause that ended, None where there was none."""


class Tasks(Protocol):
    """The lists of work that new directives bring."""

    def put(self, rows: Sequence[TaskRow]) -> None:
        """Keep tasks; of one that is there already the decision stays and the rest is replaced."""

    def tasks(self, directive: str = "") -> list[TaskRow]:
        """The tasks of one list, or of all, in the order in which they came."""

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each list how many tasks are decided, and how many there are."""

    def decide(self, directive: str, task: str, state: str, officer: str, at: datetime) -> bool:
        """Note a decision; False where there is no such task."""


class Uploads(Protocol):
    """Files whose reading is corrected; each is gone a day after its last change."""

    def add(self, upload: Upload) -> None:
        """Keep a file that has come."""

    def get(self, upload: str, at: datetime) -> Upload | None:
        """A file by its id; None where there is none, or its day is over."""

    def open(self, at: datetime) -> list[Upload]:
        """All files, the one changed last first, without their bytes."""

    def save(self, upload: str, record: Mapping[str, Any], revision: int, at: datetime) -> bool:
        """Keep a correction of `revision`; False where it was saved meanwhile, or is gone."""

    def drop(self, upload: str) -> None:
        """Delete a file."""


class Approvals(Protocol):
    """Whom officers asked to approve drafts by a link; each is gone some time after its link has ended."""

    def add(self, asked: Asked) -> None:
        """Keep what was asked."""

    def get(self, asked: str) -> Asked | None:
        """What was asked, by its id; None where there is nothing of that id."""


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
