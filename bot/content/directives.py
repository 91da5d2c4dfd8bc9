"""`data/directives/*.md` into directives: front matter, and one heading per clause."""

from __future__ import annotations

import re

from ..core.directives import Clause, Directive
from ..errors import Problem
from .files import Source, parse_as
from .schemas import DirectiveFront

_CLAUSE_HEADING = re.compile(r"^## +(\S+)[ \t]*$", re.MULTILINE)


def read_directive(front: DirectiveFront, source: Source, problems: list[Problem]) -> Directive:
    """The directive of a file whose front matter was read; what is wrong with its clauses is added to `problems`."""
    pieces = _CLAUSE_HEADING.split(source.body)
    paths, texts = pieces[1::2], pieces[2::2]
    if not paths:
        problems.append(
            Problem(source.name, source.body_line, "văn bản không có mục nào", "viết “## 1” trước mục 1", "empty")
        )
    for path in {path for path in paths if paths.count(path) > 1}:
        problems.append(Problem(source.name, source.body_line, f"mục “{path}” bị trùng", "đặt số mục khác", "schema"))
    clauses = tuple(Clause(front.id, path, text.strip()) for path, text in zip(paths, texts, strict=True))
    cites = tuple(cited.model_dump() for cited in front.cites)
    return Directive(
        front.id, front.title, front.number, front.date, front.year, front.issuer, front.signer, front.subject,
        clauses, front.addressees, cites, front.supersedes, front.effective, front.expires, front.review_by,
        front.short_title, front.source_notes, front.agency_only,
    )  # fmt: skip


def directive_of(source: Source) -> Directive | None:
    """The directive of one file alone, such as a draft; None where it cannot be read as one."""
    problems: list[Problem] = []
    front = parse_as(DirectiveFront, source, problems)
    return read_directive(front, source, problems) if front else None
