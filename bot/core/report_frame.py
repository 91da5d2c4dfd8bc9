"""The frame of the report on results: what officers write once, with places for figures in braces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Literal

PartKind = Literal["heading", "text", "table", "dots"]
TABLES = ("outcomes", "days", "channels", "subjects", "rising", "reasons")
# What may stand in braces.
NAMES = (
    "first", "last", "before_first", "before_last", "basis", "questions", "answered", "answered_share", "asked_back",
    "asked_back_share", "not_understood", "not_understood_share", "change", "subjects", "busiest", "timed", "half",
    "most", "votes", "up", "down",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the body: a heading, a paragraph, a table of figures by name, or so many dotted lines to fill in."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """An administrative document without its figures. `basis` is the clause that asks for the report."""

    organ: tuple[str, ...]
    party: str
    number: str
    place: str
    kind: str
    subject: str
    basis: str
    opening: str
    body: tuple[Part, ...]
    nothing: str
    recipients: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """All that is written in it."""
        yield from (*self.organ, self.party, self.number, self.place, self.kind, self.subject, self.opening)
        yield from (part.text for part in self.body if part.kind in ("heading", "text"))
        yield from (self.nothing, *self.recipients)


def unknown_names(text: str) -> list[str]:
    """What stands in braces and is no figure; the whole text where its braces do not pair."""
    try:
        found = [(name, form, way) for _, name, form, way in Formatter().parse(text) if name is not None]
    except ValueError:
        return [text]
    return [name for name, form, way in found if name not in NAMES or form or way]
