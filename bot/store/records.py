"""What goes into the store and comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ..core.reply import Outcome, Scored


@dataclass(frozen=True, slots=True)
class Received:
    """An update in the inbox; `raw` is its JSON."""

    update_id: int
    ref: str
    raw: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Send:
    """One call of the Bot API that an update causes.

    `answers_to` is the resident's message; `edits` the outbox row whose message is to be changed.
    """

    method: str
    payload: Mapping[str, Any]
    answers_to: int | None = None
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row of the outbox. `edits_message` is the message that row `edits` became, if it was sent."""

    id: int
    ref: str
    method: str
    payload: Mapping[str, Any]
    attempts: int
    first_failed: float
    edits_message: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question for the log. `text` is masked before it comes here."""

    text: str
    outcome: Outcome
    answered: tuple[str, ...]
    intents: tuple[Scored, ...]
    release: str


@dataclass(frozen=True, slots=True)
class Vote:
    """👍 (`up`) or 👎 on one message; a later vote on the same message replaces it.

    `reason` is the kind of what was wanting and `words` what the resident wrote about it, masked before it comes
    here; where they are empty, what is kept stays, and 👍 drops both. The first `release` stays: it was voted on.
    """

    message: str
    intents: str
    up: bool
    release: str = ""
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a resident suggests, masked before it comes here; one in the same `message` replaces it."""

    text: str
    release: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that one update does, written in one transaction.

    `person` owns question, vote and suggestion where that is not the chat (a group). `shown` are the subjects whose
    answer this gives. With `aside` the update could not be handled: it is put aside with that error instead of done.
    `fleeting` sends leave no row behind. A question that was not answered waits for a later answer where there is a
    `chat_id` to send it to.
    """

    ref: str
    at: datetime
    channel: str = "telegram"
    chat_id: int | None = None
    conversation: str | None = None
    question: Question | None = None
    vote: Vote | None = None
    suggestion: Suggestion | None = None
    person: str = ""
    shown: tuple[str, ...] = ()
    forget: bool = False
    fleeting: bool = False
    aside: str = ""

    @property
    def owner(self) -> str:
        """Whose question, vote and suggestion these are."""
        return self.person or self.ref

    sends: tuple[Send, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """How much the store holds about a chat."""

    questions: int
    votes: int
    messages: int
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote, for officers: it names nobody."""

    at: datetime
    intents: tuple[str, ...]
    up: bool
    release: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion, for officers: it names nobody."""

    at: datetime
    text: str
    release: str


@dataclass(frozen=True, slots=True)
class Logged:
    """A question for officers: it names nobody. `times` counts how often these very words were asked.

    `scores` are the likeliest subjects when it was asked last, best first.
    """

    text: str
    at: datetime
    outcome: Outcome
    answered: tuple[str, ...]
    release: str
    times: int = 1
    scores: tuple[Scored, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered, for officers. `ref` only tells askers apart; `intents` are the likeliest."""

    id: int
    ref: str
    channel: str
    at: datetime
    text: str
    outcome: Outcome
    intents: tuple[Scored, ...]


Settling = Literal["example", "subject", "outside", "ignored"]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an officer made of some questions.

    "example": `subject` is their subject; "subject": they need a new one; "outside": they are the kind of talk
    `subject`, which is not answered; "ignored": nothing. `phrases` were taken from them into the content. `release` is
    the number of the release at that time. `questions` and `told` count its questions and those told later.
    """

    at: datetime
    officer: str
    kind: Settling
    subject: str = ""
    phrases: tuple[str, ...] = ()
    release: int = 0
    id: int = 0
    questions: int = 0
    told: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question whose asker is told once it can be answered. Without a settlement `kind` and `subject` are empty."""

    id: int
    ref: str
    chat_id: int
    at: datetime
    text: str
    kind: str
    subject: str
    release: int


Role = Literal["editor", "approver", "duty", "admin"]


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may work in the console. `ref` names his private chat with the bot, empty if it is not known."""

    name: str
    roles: tuple[Role, ...]
    ref: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OfficerSession:
    """An officer who is signed in. `form_token` has to come back with every change; `agent` names the browser."""

    id: str
    officer: str
    roles: tuple[Role, ...]
    form_token: str
    made_at: datetime
    seen_at: datetime
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the trail: who did what to what."""

    at: datetime
    officer: str
    action: str
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DeedFilter:
    """Which lines of the trail; what is empty does not matter. `since` counts in, `before` does not."""

    officer: str = ""
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Loa does not answer, by whose decision and why. `notice` is what residents read; empty for the usual sentence."""

    since: datetime
    officer: str
    reason: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the list that a directive brings; `record` is the task as JSON, `officer` who decided and when."""

    directive: str
    id: str
    record: Mapping[str, Any]
    state: str = "open"
    officer: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that an officer sent, while the reading of it is corrected: `name` and `body` are the file's, `record` is
    the reading as JSON. `revision` counts how often it was saved.
    """

    id: str
    officer: str
    name: str
    body: bytes
    record: Mapping[str, Any]
    revision: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One person was asked to approve drafts: `versions` by item, `by` which officer, with what `note`, and until when.

    `approver` is a name that the officer typed; nobody checks who opens the link. `told` is what the check said then,
    in sentences for officers, without a word of any resident.
    """

    id: str
    approver: str
    by: str
    at: datetime
    until: datetime
    versions: Mapping[str, int]
    note: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was put aside, for `loa doctor`. It names no resident."""

    queue: str
    id: int
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Health:
    """State of the queues; ages in seconds."""

    open_inbox: int
    open_outbox: int
    oldest_open: float
    aside: tuple[Aside, ...] = field(default=())
