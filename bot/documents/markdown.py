"""A Document as the file that data/directives/ holds: front matter, then one heading for each clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from ..core.syllables import bare
from .document import Document, Part

_WIDTH = 10_000  # never wrap: a line changed is a line in the diff
_HEADING = re.compile(r"^(?=#)", re.MULTILINE)


def document_id(document: Document) -> str:
    """Number, or issuer, and the date as far as it is known: "58-CV/TU@2020-12-08", "UBND@2021"."""
    name = document.number or _initials(document.issuer or "") or "van-ban"
    when = document.date or (str(document.year) if document.year else "")
    return f"{name}@{when}" if when else name


def _initials(issuer: str) -> str:
    """ "UBND" for "UBND tỉnh Lai Châu" and for "Ủy ban nhân dân tỉnh Lai Châu"; else the first two words."""
    words = issuer.split()
    if bare(issuer).startswith("uy ban nhan dan"):
        return "UBND"
    return words[0] if words and words[0].isupper() else "-".join(bare(issuer).split()[:2])


def slug(document: Document) -> str:
    """The name of the document's file, without its ending: "58-CV-TU_2020-12-08"."""
    return slug_of(document_id(document))


def slug_of(directive: str) -> str:
    """The name of the file of the directive with this id, without its ending."""
    name = directive.replace("Đ", "D").replace("đ", "d").replace("/", "-").replace("@", "_")
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", _plain(name)).strip("-.") or "van-ban"


def _plain(name: str) -> str:
    return "".join(bare(char).upper() if char.isupper() else bare(char) for char in name)


def title(document: Document) -> str:
    """How the document is called in a line of sources."""
    kind = (document.kind or "Văn bản").capitalize()
    if document.kind is None and document.number:
        kind = "Công văn"
    day = "/".join(reversed(document.date.split("-"))) if document.date else ""
    when = f"ngày {day}" if day else f"năm {document.year}" if document.year else ""
    of = f"của {document.issuer}" if document.issuer else ""
    return " ".join(part for part in (kind, document.number or "", when if document.number else of,
                                      of if document.number else when) if part)  # fmt: skip


def front_matter(document: Document, source: str) -> dict[str, Any]:
    """What stands above the clauses; `source` is the path of the original in the content folder."""
    return {
        "id": document_id(document),
        "title": title(document),
        "short_title": document.number or title(document),
        "number": document.number,
        "date": document.date,
        "year": document.year,
        "issuer": document.issuer,
        "signer": document.signer,
        "signer_title": document.signer_title,
        "subject": document.subject,
        "addressees": list(document.addressees),
        "recipients": list(document.recipients),
        "cites": [{"number": c.number, "date": c.date, "issuer": None, "what": c.what or None} for c in document.cites],
        "supersedes": [],  # what the text says it replaces is proposed, and an officer decides
        "effective": None,
        "expires": None,
        "review_by": None,
        "source": source,
        "source_notes": list(document.notes),
    }


def _yaml(values: Mapping[str, Any]) -> str:
    text = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)
    return re.sub(r": null$", ":", text, flags=re.MULTILINE)


def _clause(part: Part) -> str:
    """A clause under its heading; a line that begins with "#" would be read as a heading, so it is set in."""
    return f"## {part.path}\n\n{_HEADING.sub(' ', part.text)}\n"


def to_markdown(document: Document, source: str = "") -> str:
    """The file as text. The same document gives the same bytes."""
    return written(front_matter(document, source), document.clauses)


def written(front: Mapping[str, Any], clauses: Iterable[Part]) -> str:
    """Front matter and clauses as the text of the file."""
    return f"---\n{_yaml(front)}---\n\n" + "\n".join(map(_clause, clauses))
