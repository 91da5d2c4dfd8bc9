"""What Loa says, as data: every channel renders the same Reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NOT_UNDERSTOOD = "not_understood"


SpanStyle = Literal["plain", "bold", "italic", "quote", "link", "code"]
BlockKind = Literal["heading", "paragraph", "item", "note", "source"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `href` is set for links only. The text is never markup."""

    text: str
    style: SpanStyle = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph. `note` is a remark about the answer, `source` its last line."""

    kind: BlockKind
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause that an answer rests on; `quote` is empty where it is cited without its words.

    `ended` says why it is no longer in force when the answer is given ("đã được thay thế bởi …"), empty if it is.
    """

    directive: str
    number: str | None
    date: str | None
    clause: str
    quote: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is at most 64 bytes of UTF-8, the limit of Telegram's callback data."""

    label: str
    action: str


# The buttons under a reply, row by row.
Rows = tuple[tuple[Button, ...], ...]


class Scored(NamedTuple):
    """An intent and the probability that it is the one asked about."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in no channel's form.

    `answered` are the intents that were answered, best first; `intents` the up to five
    likeliest with their scores; `buttons` are rows.
    """

    outcome: Outcome
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    buttons: Rows = ()
    answered: tuple[str, ...] = ()
    intents: tuple[Scored, ...] = field(default=())

    @property
    def text(self) -> str:
        """All words, one block a line."""
        return "\n".join(block.text for block in self.blocks)
