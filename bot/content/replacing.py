"""What directives replace: links that lead nowhere, dates the wrong way round, answers that rest on what is old."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from ..core.catalogue import Answer, Catalogue
from ..core.directives import Directive
from ..core.old_answers import ended_clauses, over, readable
from ..core.standing import Ended, Standing, begins, named
from ..errors import Problem
from .files import Source
from .schemas import DirectiveFront


def validity_faults(source: Source, front: DirectiveFront) -> Iterator[Problem]:
    """A directive that would expire before it begins."""
    if front.effective and front.expires and front.expires < front.effective:
        what = f"ngày hết hiệu lực ({readable(front.expires)}) trước ngày có hiệu lực ({readable(front.effective)})"
        yield source.problem(what, "xem lại hai ngày này trong văn bản", "expires", rule="validity")


def supersedes_faults(directives: Mapping[str, Directive], sources: Iterable[Source]) -> Iterator[Problem]:
    """Entries of `supersedes` that name no directive or clause that is held, several, or the directive itself."""
    files = {str(source.values.get("id")): source for source in sources}
    for directive in directives.values():
        for index, reference in enumerate(directive.supersedes):
            fault = _reference_fault(reference, directive, directives)
            if fault:
                yield files[directive.id].problem(*fault, "supersedes", index, rule="supersedes")
    for one, other in Standing(directives).circles():
        what = f"{one.id} và {other.id} ghi thay thế lẫn nhau"
        yield files[one.id].problem(what, "chỉ văn bản mới ghi supersedes", "supersedes", rule="supersedes")


def _reference_fault(
    reference: str, directive: Directive, directives: Mapping[str, Directive]
) -> tuple[str, str] | None:
    """What is wrong with one entry of `supersedes`, and how to mend it."""
    head, _, path = reference.partition("#")
    found = named(reference, directives)
    if not found:
        names = [*directives, *(each.number for each in directives.values() if each.number)]
        return f"supersedes ghi “{head}”, không có văn bản này", _nearest(head, names)
    if len(found) > 1:
        ids = "; ".join(each.id for each in found)
        return f"supersedes ghi “{head}”, có {len(found)} văn bản cùng số", f"ghi mã văn bản, một trong: {ids}"
    if found[0].id == directive.id:
        return "supersedes ghi chính văn bản này", "ghi mã của văn bản cũ, hoặc bỏ dòng này"
    if path and found[0].clause(path) is None:
        return f"supersedes ghi mục “{path}”, {found[0].id} không có mục này", _nearest_clause(path, found[0])
    return None


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"có phải “{near[0]}”?" if near else "các mã có: " + "; ".join(names)


def _nearest_clause(path: str, directive: Directive) -> str:
    """The clause that a path lies in, else the one that is written most alike."""
    around = [clause.id for clause in directive.clauses if path.startswith(f"{clause.path}.")]
    return (
        f"có phải “{around[-1]}”?" if around else _nearest(f"{directive.id}#{path}", [c.id for c in directive.clauses])
    )


def content_day(catalogue: Catalogue) -> date:
    """The day that checks of age look from: the pack's `as_of`, or later, when its newest directive begins.

    Not the clock's: the same content always gets the same report, and a pack of a past season does not grow old by
    itself. But an officer who enters a new directive sees what it replaces though nobody has moved `as_of` yet.
    """
    days = [begins(each) for each in catalogue.directives.values()]
    whole = [date.fromisoformat(day) for day in days if len(day) == len("2021-02-05")]
    return max([catalogue.pack.as_of, *whole])


def old_answer_problems(source: Source, answer: Answer, catalogue: Catalogue, standing: Standing) -> Iterator[Problem]:
    """Warnings for an answer that rests on a clause no longer in force, or whose own end has come.

    The day is that of the content. What was withdrawn by hand needs no warning.
    """
    if answer.withdrawn:
        return
    day = content_day(catalogue)
    happens = "bà con thấy dòng cảnh báo" if answer.when_old == "warn" else "bà con không còn thấy câu trả lời này"
    for clause_id, ended in ended_clauses(answer, standing, day).items():
        what = f"câu trả lời dựa vào {clause_id}, {_ending(ended)}; {happens}"
        mend = "sửa theo văn bản đang có hiệu lực, hoặc ghi “withdrawn: true” để rút"
        yield Problem(source.name, _line_of(source, clause_id), what, mend, "expired", warning=True)
    if over(answer, datetime.combine(day, time.min, ZoneInfo(catalogue.pack.timezone))):
        what = f"câu trả lời đã hết hạn ({source.values['expires']}); {happens}"
        yield source.problem(
            what, "đọc lại rồi ghi ngày mới, hoặc bỏ dòng này", "expires", rule="expired", warning=True
        )


def _ending(ended: Ended) -> str:
    since = f" từ {readable(ended.since)}" if ended.since else ""
    return f"đã được {ended.by.id} thay thế{since}" if ended.by else f"hết hiệu lực từ {readable(ended.since)}"


def _line_of(source: Source, clause_id: str) -> int:
    """The line of the response on which a clause is first named."""
    found = re.search(rf"""["']{re.escape(clause_id)}["']""", source.body)
    return source.body_line + source.body[: found.start() if found else 0].count("\n")
