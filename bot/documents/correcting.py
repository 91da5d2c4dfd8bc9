"""The reading of a document while an officer corrects it: every field as it is typed, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from ..core.capitals import first_large
from ..core.days import read_day
from ..core.directives import Clause, Directive, label_of
from .document import Cite, Document
from .markdown import document_id, title

# A line with only these signs says where a clause is to be cut in two.
CUT = "==="
CUT_LINE = re.compile(rf"^[ \t]*{CUT}=*[ \t]*$", re.MULTILINE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_AUTOMATIC = ("id", "title", "short_title")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as it is typed; `agencies` says why no answer needs it, where that is so."""

    path: str
    text: str
    agencies: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """The fields of a directive as they stand on the page; empty where the source is silent.

    `addressees`, `recipients`, `others` and `notes` have one entry on a line, `cites` one document: number | day |
    what it is. `ticked` are the proposals of what is replaced that an officer agreed to, `others` what he added.
    """

    id: str = ""
    title: str = ""
    short_title: str = ""
    kind: str = ""
    number: str = ""
    date: str = ""
    year: str = ""
    issuer: str = ""
    signer: str = ""
    signer_title: str = ""
    subject: str = ""
    addressees: str = ""
    recipients: str = ""
    cites: str = ""
    effective: str = ""
    expires: str = ""
    others: str = ""
    notes: str = ""
    ticked: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = field(default=())

    @classmethod
    def of(cls, document: Document) -> Correction:
        """What was read, before anybody looked at it. Nothing is entered that is only proposed."""
        found = cls(
            kind=document.kind or "", number=document.number or "", date=document.date or "",
            year=str(document.year or ""), issuer=document.issuer or "", signer=document.signer or "",
            signer_title=document.signer_title or "", subject=document.subject or "",
            addressees="\n".join(document.addressees), recipients="\n".join(document.recipients),
            cites="\n".join(map(_cite_line, document.cites)), notes="\n".join(document.notes),
            pieces=tuple(Piece(part.path, part.text) for part in document.clauses),
        )  # fmt: skip
        return replace(found, **found.automatic())

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Correction:
        """What `to_record` gave, also after a trip through JSON."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in record.items() if name in known}
        pieces = tuple(Piece(**each) for each in record["pieces"])
        return cls(**values | {"ticked": tuple(record["ticked"]), "pieces": pieces})

    def to_record(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return asdict(self)

    def automatic(self) -> dict[str, Any]:
        """Id and titles as they follow from number, date and issuer."""
        document = self._document()
        name = title(document)
        return {"id": document_id(document), "title": name, "short_title": document.number or name}

    def following(self, before: Correction) -> Correction:
        """The same, where id and titles that nobody typed follow a number or date that somebody did."""
        old, new = before.automatic(), self.automatic()
        same = {name: new[name] for name in _AUTOMATIC if getattr(self, name) in ("", old[name])}
        return replace(self, **same)

    def _document(self) -> Document:
        year = int(self.year) if self.year.isdecimal() else None
        return Document(
            self.number or None, self.date or None, year, self.issuer or None, None, None, (), kind=self.kind or None
        )

    @property
    def superseded(self) -> tuple[str, ...]:
        """What is replaced: what was ticked and what was typed."""
        return tuple(dict.fromkeys((*self.ticked, *lines(self.others))))

    def directive(self) -> Directive:
        """The directive that these fields make, to look for what it proposes."""
        clauses = tuple(Clause(self.id, piece.path, piece.text) for piece in self.pieces)
        year = int(self.year) if self.year.isdecimal() else None
        return Directive(
            self.id, self.title, self.number or None, self.date or None, year, self.issuer or None,
            self.signer or None, self.subject or None, clauses,
        )  # fmt: skip

    # Clauses

    def cut(self, at: int) -> Correction | None:
        """A clause cut where its text has a line of `CUT`; None where it has none."""
        piece = self.pieces[at]
        texts = [text.strip() for text in CUT_LINE.split(piece.text)]
        if len(texts) == 1:
            return None
        made = [replace(piece, text=texts[0])]
        for text in texts[1:]:
            made.append(Piece(self._free_after(made[-1].path, made), text))
        return self._with(at, at + 1, made)

    def joined(self, at: int) -> Correction:
        """A clause put behind the one before it, under that one's path; the first stays."""
        if at == 0:
            return self
        first, second = self.pieces[at - 1 : at + 1]
        return self._with(at - 1, at + 1, [replace(first, text=f"{first.text}\n\n{second.text}".strip())])

    def added(self, at: int) -> Correction:
        """An empty clause behind one; at -1 before all."""
        path = self._free_after(self.pieces[at].path, ()) if at >= 0 else "1"
        return self._with(at + 1, at + 1, [Piece(path, "")])

    def without(self, at: int) -> Correction:
        """One clause less."""
        return self._with(at, at + 1, [])

    def _with(self, begin: int, end: int, made: Sequence[Piece]) -> Correction:
        return replace(self, pieces=(*self.pieces[:begin], *made, *self.pieces[end:]))

    def _free_after(self, path: str, made: Sequence[Piece]) -> str:
        taken = {piece.path for piece in (*self.pieces, *made)}
        numbered = re.fullmatch(r"(.*?)(\d+)", path)
        following = f"{numbered[1]}{int(numbered[2]) + 1}" if numbered else ""
        if following and following not in taken:
            return following
        return next(name for number in range(2, 10_000) if (name := f"{path}-{number}") not in taken)


def lines(text: str) -> tuple[str, ...]:
    """The entries of a field with one on a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def typed(text: str) -> str:
    """A text as it came from a form: NFC, plain line ends, no letters that nobody can see."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", plain).strip()


def _cite_line(cite: Cite) -> str:
    day = "/".join(reversed(cite.date.split("-"))) if cite.date else ""
    return " | ".join((cite.number or "", day, cite.what)).rstrip(" |")


def iso_day(day: str) -> str | None:
    """A day as people or programs write it in ISO 8601; None for what is no day."""
    found = read_day(day)
    return found.isoformat() if found else None


def piece_label(piece: Piece) -> str:
    """How a clause is called, for a heading."""
    return first_large(label_of(piece.path) if piece.path else "mục chưa có số")
