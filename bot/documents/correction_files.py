"""A corrected reading as the two files that it brings into the content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .correcting import Correction, iso_day, lines
from .document import Part
from .filing import FOLDER
from .markdown import slug_of, written

_ENDINGS = {b"PK": ".docx", b"%PDF-": ".pdf"}


def files_of_correction(correction: Correction, data: bytes, name: str) -> dict[str, bytes]:
    """Path in the content folder → bytes, for the clauses and for the original, as `filing.files_of` has them."""
    stem = slug_of(correction.id)
    source = f"{FOLDER}/source/{stem}{_ending(data, name)}"
    parts = [Part(piece.path, piece.text) for piece in correction.pieces]
    return {f"{FOLDER}/{stem}.md": written(_front(correction, source), parts).encode(), source: data}


def _ending(data: bytes, name: str) -> str:
    """By what the file is, since its name may say anything."""
    known = (ending for start, ending in _ENDINGS.items() if start in data[: len(start) if start == b"PK" else 1024])
    return next(known, ".md" if name.lower().endswith(".md") else ".txt")


def _front(correction: Correction, source: str) -> dict[str, Any]:
    said = {name: getattr(correction, name) or None for name in ("number", "date", "issuer", "signer", "signer_title")}
    agencies = {piece.path: piece.agencies for piece in correction.pieces if piece.agencies}
    return {
        "id": correction.id, "title": correction.title, "short_title": correction.short_title or correction.title,
        "number": said["number"], "date": said["date"], "year": int(correction.year) if correction.year else None,
        "issuer": said["issuer"], "signer": said["signer"], "signer_title": said["signer_title"],
        "subject": correction.subject or None, "addressees": list(lines(correction.addressees)),
        "recipients": list(lines(correction.recipients)), "cites": list(cited(correction.cites)),
        "supersedes": list(correction.superseded), "effective": correction.effective or None,
        "expires": correction.expires or None, "review_by": None, "source": source,
        "source_notes": list(lines(correction.notes)), **({"agency_only": agencies} if agencies else {}),
    }  # fmt: skip


def cited(text: str) -> Iterator[dict[str, str | None]]:
    """The documents of the field `cites`, as the front matter has them; a day that is none is left out."""
    for line in lines(text):
        number, day, what = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        yield {"number": number or None, "date": iso_day(day) if day else None, "issuer": None, "what": what or None}
