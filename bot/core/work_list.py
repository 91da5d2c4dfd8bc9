"""What a new directive touches: the older clauses that it may replace, and every answer and fact to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from ..errors import RecordDamaged
from .amending import amendments
from .catalogue import Answer, Catalogue, Fact
from .directives import Directive
from .likeness import Alike, Likeness, alike_clauses, numbered
from .standing import same_number
from .touched import Touched, touched
from .vietnamese import strip_marks

# An answer that cites nothing of a clause is proposed only where it is clearly about the same.
ANSWER_LEAST = 0.35
_ENDING = ("replaces", "repeals", "stops")

State = Literal["open", "still_right", "edit", "withdraw"]
Kind = Literal["clause", "document", "answer", "fact"]
Why = Literal["replaces", "repeals", "stops", "continues", "alike", "quotes", "cites", "resembles", "shows", "source"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is on the list.

    `clause` is the clause of the new directive, `old` the clause, document or fact on the other side, `words` what
    stands there, `share` how alike the two are (0 to 1; None where the text says so itself). `note` is for the officer.
    """

    why: Why
    clause: str = ""
    old: str = ""
    words: str = ""
    share: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at and decide: an older clause (`subject` is its id, or a directive's), a document that is not
    held (its number), an answer (its intent) or a fact.

    Of a clause, "still_right" says that it stays in force and "withdraw" that it is replaced.
    """

    kind: Kind
    subject: str
    reasons: tuple[Reason, ...]
    state: State = "open"

    @property
    def id(self) -> str:
        """Unique on one list, and the same each time the list is made."""
        return f"{self.kind}:{self.subject}"

    def to_record(self) -> dict[str, Any]:
        """The task as JSON can hold it."""
        return asdict(self) | {"reasons": [asdict(reason) for reason in self.reasons]}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Task:
        """The task of a record; raises RecordDamaged for one that is none."""
        try:
            reasons = tuple(Reason(**reason) for reason in record["reasons"])
            task = cls(record["kind"], record["subject"], reasons, record["state"])
        except (KeyError, TypeError) as error:
            raise RecordDamaged("task", f"{type(error).__name__}: {error}") from None
        known = task.state in get_args(State) and task.kind in get_args(Kind) and isinstance(task.subject, str)
        if not known or any(reason.why not in get_args(Why) for reason in reasons):
            raise RecordDamaged("task", "a word that does not exist")
        return task

    def decided(self, state: State) -> Task:
        """The task with an officer's decision."""
        return replace(self, state=state)


class _List:
    """Gathers reasons by what they are about, in the order in which they are found."""

    def __init__(self) -> None:
        self._reasons: dict[tuple[Kind, str], dict[Reason, None]] = {}

    def add(self, kind: Kind, subject: str, reason: Reason) -> None:
        self._reasons.setdefault((kind, subject), {})[reason] = None

    def tasks(self) -> tuple[Task, ...]:
        return tuple(Task(kind, subject, tuple(reasons)) for (kind, subject), reasons in self._reasons.items())


def work_list(catalogue: Catalogue, new_directive: Directive) -> tuple[Task, ...]:
    """What to look at because of a new directive, which the catalogue may hold already.

    First the clauses and documents that it replaces, repeals or stops by its own words; then clauses with a duty like
    one of its own; then the answers that quote, cite or resemble any of these or show a fact that rests on them, and
    those facts. A clause of a directive that the text continues says so among its reasons.
    """
    found = _List()
    olds = {name: each for name, each in catalogue.directives.items() if name != new_directive.id}
    said = tuple(touched(each, olds) for each in amendments(new_directive))
    likeness = _likeness(catalogue, new_directive, olds.values())
    alike = alike_clauses(likeness, new_directive, olds.values())
    ended = [each for each in said if each.amendment.kind in _ENDING]
    for each in ended:
        _amended(each, found)
    for pair in alike:
        found.add("clause", pair.one, Reason("alike", pair.other, pair.one, pair.other_words, round(pair.share, 2)))
        _continued(pair, said, found)
    clauses = _all_clauses(ended, alike, olds)
    for answer in catalogue.answers.values():
        for reason in (*_citing(answer, clauses), *_resembling(answer, clauses, new_directive, likeness)):
            found.add("answer", answer.intent, reason)
    for each in ended:
        _resting(each, catalogue, found)
    return found.tasks()


def proposed_supersedes(catalogue: Catalogue, new_directive: Directive) -> tuple[str, ...]:
    """What the new directive's own words put out of force, as entries for its `supersedes`: directives or clauses.

    Stopped documents and those that are not held are left to the officer.
    """
    olds = {name: each for name, each in catalogue.directives.items() if name != new_directive.id}
    said = (touched(each, olds) for each in amendments(new_directive) if each.kind in ("replaces", "repeals"))
    # Where only a part of a clause is meant, an officer decides.
    sure = (each for each in said if each.directive and not each.note)
    return tuple(dict.fromkeys(entry for each in sure for entry in (each.clauses or (each.directive,))))


def _likeness(catalogue: Catalogue, new: Directive, olds: Iterable[Directive]) -> Likeness:
    texts = {clause.id: clause.text for directive in (*olds, new) for clause in numbered(directive)}
    answers = {_name(answer): _own_text(answer) for answer in catalogue.answers.values()}
    return Likeness({**texts, **answers}, catalogue.concepts)


def _name(answer: Answer) -> str:
    return f"answer:{answer.intent}"


def _own_text(answer: Answer) -> str:
    return "\n".join(block.text for block in answer.blocks if block.kind != "source")


def _amended(each: Touched, found: _List) -> None:
    act = each.amendment
    reason = Reason(act.kind, act.clause, act.number or act.issuer, act.words, None, each.note)
    if not each.directive:
        found.add("document", _document(act.number, act.issuer, act.date), reason)
    for clause in each.clauses or ((each.directive,) if each.directive else ()):
        found.add("clause", clause, reason)


def _document(number: str | None, issuer: str, day: str | None) -> str:
    name = number or issuer
    return f"{name} ({day})" if day else name


def _continued(pair: Alike, said: Iterable[Touched], found: _List) -> None:
    directive = pair.one.partition("#")[0]
    for each in said:
        if each.amendment.kind == "continues" and each.directive == directive:
            act = each.amendment
            if not each.clauses or pair.one in each.clauses:
                found.add("clause", pair.one, Reason("continues", act.clause, act.number or "", act.words))


def _all_clauses(ended: Iterable[Touched], alike: Iterable[Alike], olds: Mapping[str, Directive]) -> dict[str, str]:
    """The old clauses on the list, each with the clause of the new directive that put it there."""
    clauses: dict[str, str] = {}
    for each in ended:
        whole = [clause.id for clause in olds[each.directive].clauses] if each.directive and not each.clauses else []
        for clause in (*each.clauses, *whole):
            clauses.setdefault(clause, each.amendment.clause)
    for pair in alike:
        clauses.setdefault(pair.one, pair.other)
    return clauses


def _citing(answer: Answer, clauses: Mapping[str, str]) -> Iterator[Reason]:
    for cited in answer.citations:
        old = f"{cited.directive}#{cited.clause}"
        if old in clauses:
            yield Reason("quotes" if cited.quote else "cites", clauses[old], old, cited.quote)


def _resembling(answer: Answer, clauses: Mapping[str, str], new: Directive, likeness: Likeness) -> Iterator[Reason]:
    """What the answer says itself that is like an old clause on the list, or like a clause of the new directive."""
    cited = {f"{each.directive}#{each.clause}" for each in answer.citations}
    held = [old for old in clauses if old not in cited and not old.endswith(("#head", "#preamble", "#end"))]
    known = {clauses[old] for old in cited if old in clauses}
    for clause in (*held, *(clause.id for clause in numbered(new))):
        pair = likeness.alike(clause, _name(answer))
        if pair.share >= ANSWER_LEAST and clause not in known:
            known.add(clauses.get(clause, clause))
            yield Reason("resembles", clauses.get(clause, clause), clause, pair.other_words, round(pair.share, 2))


def _resting(each: Touched, catalogue: Catalogue, found: _List) -> None:
    """The facts whose source is a document that is put out of force, and the answers that show them."""
    act = each.amendment
    directive = catalogue.directives.get(each.directive)
    for fact in catalogue.facts.values():
        if not _is_source(fact, act.number, directive):
            continue
        found.add("fact", fact.id, Reason("source", act.clause, fact.source_title, act.words))
        for answer in catalogue.answers.values():
            if fact.id in answer.facts:
                found.add("answer", answer.intent, Reason("shows", act.clause, fact.id, fact.value))


def _is_source(fact: Fact, number: str | None, directive: Directive | None) -> bool:
    """Whether a fact is from a document: its source or text names the number, or the directive's whole title."""
    told = " ".join((fact.source_title, fact.confirmed_where, fact.value if fact.kind == "law" else ""))
    if number and same_number(number) in {same_number(word.strip("(),.;:")) for word in told.split()}:
        return True
    return directive is not None and strip_marks(directive.title) in strip_marks(told)
