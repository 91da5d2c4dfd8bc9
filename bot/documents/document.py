"""A document as it was read: what it says about itself, its clauses, and what was doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A clause as it stands: `path` is "1", "6.a", "preamble", "phu-luc-1.2" …; the number is no part of the text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """Another document that is named; `number` and `date` (ISO 8601) are None where the text gives none."""

    number: str | None
    date: str | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the document does to another one: `verb` ("thay thế", "bãi bỏ" …), its number, and where it says so."""

    verb: str
    number: str
    path: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a directive says; None or empty where it is silent.

    `date` is ISO 8601 and only given whole. `paragraphs` are all those of the file, in its order.
    `notes` tells officers, in Vietnamese, what was doubtful and why.
    """

    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    signer: str | None
    subject: str | None
    clauses: tuple[Part, ...]
    addressees: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()
    notes: tuple[str, ...] = ()
    kind: str | None = None
    urgency: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    paragraphs: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """The shape that `loa directive read --json` prints (DESIGN, section 9)."""
        return {
            "number": self.number,
            "date": self.date,
            "year": self.year,
            "issuer": self.issuer,
            "signer": self.signer,
            "subject": self.subject,
            "addressees": list(self.addressees),
            "cites": [{"number": cite.number, "date": cite.date} for cite in self.cites],
            "clauses": [{"path": part.path, "text": part.text} for part in self.clauses],
            "notes": list(self.notes),
        }

    def dump(self) -> dict[str, Any]:
        """All of it as plain data, for `load`."""
        return asdict(self)

    @classmethod
    def load(cls, values: Mapping[str, Any]) -> Document:
        """What `dump` gave, also after a trip through JSON."""
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list | tuple) else value for name, value in values.items()
        }
        kept["clauses"] = tuple(Part(**each) for each in values["clauses"])
        kept["cites"] = tuple(Cite(**each) for each in values["cites"])
        kept["amendments"] = tuple(Amendment(**each) for each in values["amendments"])
        return cls(**kept)
