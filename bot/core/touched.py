"""Which of the directives that are held an amendment means, and which of their clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .amending import Amendment
from .directives import Clause, Directive
from .references import folded
from .standing import same_number
from .vietnamese import clean


@dataclass(frozen=True, slots=True)
class Touched:
    """What an amendment touches of what is held: a directive and clauses of it (none: all of it), "" if unknown.

    `note` says in Vietnamese what an officer has to look at.
    """

    amendment: Amendment
    directive: str = ""
    clauses: tuple[str, ...] = ()
    note: str = ""


def touched(amendment: Amendment, directives: Mapping[str, Directive]) -> Touched:
    """The directive and clauses that an amendment means; of several with one number, the one of that date."""
    alike = [each for each in directives.values() if _may_be(amendment, each)]
    found = [each for each in alike if _same_day(amendment.date, each)]
    if len(found) != 1:
        return Touched(amendment, note=_unknown(amendment, alike, found))
    directive = found[0]
    clauses, notes = [], []
    for path in amendment.parts:
        inside, note = _clauses_at(path, directive)
        clauses += [clause.id for clause in inside]
        notes += [note] if note else []
    return Touched(amendment, directive.id, tuple(dict.fromkeys(clauses)), "; ".join(dict.fromkeys(notes)))


def _may_be(amendment: Amendment, directive: Directive) -> bool:
    if amendment.number:
        return bool(directive.number) and same_number(directive.number or "") == same_number(amendment.number)
    issuer = folded(clean(directive.issuer or ""))
    ours = issuer.replace("uy ban nhan dan", "ubnd")
    theirs = amendment.issuer.replace("uy ban nhan dan", "ubnd")
    return not directive.number and bool(ours) and (theirs.startswith(ours) or ours.startswith(theirs))


def _same_day(day: str | None, directive: Directive) -> bool:
    """Whether a date may be a directive's, as far as both are known."""
    known = directive.date or (str(directive.year) if directive.year else "")
    return day is None or not known or day.startswith(known) or known.startswith(day)


def _unknown(amendment: Amendment, alike: Sequence[Directive], found: Sequence[Directive]) -> str:
    if found:
        ids = "; ".join(each.id for each in found)
        return f"có {len(found)} văn bản cùng số mà câu này không ghi ngày, anh/chị chọn: {ids}"
    if alike:
        ids = "; ".join(each.id for each in alike)
        return f"số này có trong kho nhưng khác ngày: {ids}; anh/chị xem lại"
    name = amendment.number or "văn bản không ghi số"
    return f"kho không có {name}; anh/chị nhập văn bản ấy nếu câu trả lời nào dựa vào nó"


def _clauses_at(path: str, directive: Directive) -> tuple[tuple[Clause, ...], str]:
    """The clauses that a path names: that one, those inside it, else the smallest around it."""
    exact = tuple(
        each for each in directive.clauses if each.path.lower() == path.lower() or each.path.startswith(f"{path}.")
    )
    if exact:
        return exact, ""
    around = [each for each in directive.clauses if path.lower().startswith(f"{each.path.lower()}.")]
    if around:
        return (around[-1],), f"câu này chỉ nói một phần ({path}) của {around[-1].label}"
    return (), f"{directive.id} không có mục {path}; anh/chị xem lại mục nào"
