"""The frame of the report on results, read from its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from ..core.directives import Clause, Directive
from ..core.report_frame import BLANKS, NAMES, TABLES, Part, ReportFrame, unknown_names
from ..errors import Problem
from .files import Source, parse_as
from .notation import Names, broken
from .schemas import ReportFile, ReportPart

_MOST_DOTS = 20
# The number of a document, such as 9816-CV/BTGTW or 1699/CĐ-TTg.
_NUMBER = re.compile(r"\d+(?:-[A-ZĐ]+/[A-ZĐ]+|/(?:\d{4}/)?[A-ZĐ]+-\w+)")


def read_report(source: Source, directives: Mapping[str, Directive], problems: list[Problem]) -> ReportFrame | None:
    """The frame, or None with a problem for each fault."""
    file = parse_as(ReportFile, source, problems)
    if file is None:
        return None
    parts = [_part(source, at, each, problems) for at, each in enumerate(file.body)]
    frame = ReportFrame(
        file.organ, file.party, file.number, file.place, file.kind, file.subject, file.basis, file.opening,
        tuple(part for part in parts if part), file.nothing, file.recipients,
    )  # fmt: skip
    problems.extend(_faults(source, frame, directives))
    return frame


def _part(source: Source, at: int, file: ReportPart, problems: list[Problem]) -> Part | None:
    if file.heading is not None or file.text is not None:
        given = [file.heading, file.text, file.table, file.dots]
        if sum(each is not None for each in given) == 1:
            return Part("text", file.text) if file.text is not None else Part("heading", file.heading or "")
    elif file.table in TABLES and file.dots is None:
        return Part("table", file.table or "")
    elif file.table is None and file.dots is not None and 1 <= file.dots <= _MOST_DOTS:
        return Part("dots", str(file.dots))
    mend = f"viết một trong bốn: heading, text, table ({', '.join(TABLES)}), dots (1 đến {_MOST_DOTS})"
    problems.append(source.problem("phần này của báo cáo không dùng được", mend, "body", at))
    return None


def _faults(source: Source, frame: ReportFrame, directives: Mapping[str, Directive]) -> Iterable[Problem]:
    basis = _clause(frame.basis, directives)
    if basis is None:
        what = f"căn cứ “{frame.basis}” không có trong các văn bản"
        yield source.problem(what, "viết mã văn bản và mục, ví dụ UBND@2021#6", "basis", rule="link")
    for text in frame.texts():
        for each in broken(text, Names(blanks=BLANKS)):
            yield source.problem(each.what, each.mend, *_place(source, text), rule="notation")
        for name in unknown_names(text):
            near = get_close_matches(name, NAMES, n=1)
            mend = f"có phải {{{near[0]}}}?" if near else "các số liệu dùng được ghi ở đầu tệp"
            yield source.problem(f"không có số liệu nào tên “{{{name[:60]}}}”", mend, *_place(source, text))
        for number in _NUMBER.findall(text):
            if basis and number not in basis.text:
                what = f"số văn bản “{number}” không có trong căn cứ {frame.basis}"
                yield source.problem(what, "sửa số, hoặc dùng {basis}", *_place(source, text), rule="quote")


def _clause(clause_id: str, directives: Mapping[str, Directive]) -> Clause | None:
    directive, _, path = clause_id.partition("#")
    return directives[directive].clause(path) if directive in directives else None


def _place(source: Source, text: str) -> tuple[str | int, ...]:
    """Where a text of the frame stands, nearest to it."""
    for key, value in source.values.items():
        if isinstance(value, str) and value.strip() == text:
            return (key,)
        for at, each in enumerate(value if isinstance(value, list) else ()):
            if each == text or (isinstance(each, dict) and text in each.values()):
                return key, at
    return ()
