"""Answers that rest on what is no longer in force: shown with a warning, or withdrawn, as the officer set."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from .capitals import first_large
from .catalogue import Answer, Catalogue
from .directives import Clause, Directive
from .reply import Block, Citation
from .saying import Sentences
from .standing import Ended, Standing

_Why = TypeVar("_Why", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it may be said at a moment, and the directives that replaced what it rests on."""

    answer: Answer
    newer: tuple[Directive, ...] = ()


def readable(day: str | None) -> str:
    """A day, month or year of ISO 8601 as people write it; "" for None."""
    return "/".join(reversed((day or "").split("-")))


def ended_clauses(answer: Answer, standing: Standing, day: date) -> Mapping[str, Ended]:
    """The clauses that an answer quotes or cites and that are not in force on `day`, in its order, with the reason."""
    cited = dict.fromkeys(f"{each.directive}#{each.clause}" for each in answer.citations)
    found = {clause_id: standing.ended(clause_id, day) for clause_id in cited}
    return {clause_id: ended for clause_id, ended in found.items() if ended}


def over(answer: Answer, now: datetime) -> bool:
    """Whether the end that the officer set for an answer has come; `now` is aware."""
    return answer.expires is not None and answer.expires <= now


class OldAnswers:
    """Makes of an answer what may be said of it at a moment; `say` makes blocks of the bot's own sentences."""

    def __init__(self, catalogue: Catalogue, say: Sentences) -> None:
        self._catalogue = catalogue
        self._say = say
        self.standing = Standing(catalogue.directives)

    def shown(self, answer: Answer, now: datetime) -> Shown:
        """The answer as it is, with a warning before it, or a sentence in its place; `now` is of the province.

        A withdrawn answer has no citations either: nothing of the old text is left.
        """
        ended = ended_clauses(answer, self.standing, now.date())
        newer = tuple({each.by.id: each.by for each in ended.values() if each.by}.values())
        old = bool(ended) or over(answer, now)
        if answer.withdrawn or (old and answer.when_old == "withdraw"):
            return Shown(replace(answer, blocks=self._withdrawn(answer, newer), citations=(), facts=()), newer)
        if not old:
            return Shown(answer)
        blocks = (*self._warning(answer, ended, now), *answer.blocks)
        return Shown(replace(answer, blocks=blocks, citations=self._marked(answer, ended)), newer)

    def of_clause(self, clause: Clause, day: date) -> tuple[Block, ...]:
        """A remark on a clause that is not in force on `day`; none for one that is."""
        return self._remark(first_large(clause.label), self.standing.ended(clause.id, day))

    def of_directive(self, directive: Directive, day: date) -> tuple[Block, ...]:
        """A remark on a directive that is not in force on `day`, or of which some clauses are not."""
        whole = self.standing.ended(directive.id, day)
        if whole:
            return self._remark(directive.title, whole)
        groups = _alike(directive.clauses, lambda clause: self.standing.ended(clause.id, day))
        return tuple(
            block
            for ended, clauses in groups.items()
            for block in self._remark(first_large(", ".join(clause.label for clause in clauses)), ended)
        )

    def why(self, name: str, day: date) -> str:
        """Why a clause or directive of that id is not in force on `day`, in a few words; "" if it is."""
        ended = self.standing.ended(name, day)
        return self.ending(ended) if ended else ""

    def ending(self, ended: Ended) -> str:
        """ "đã được thay thế bởi …", "hết hiệu lực từ ngày …"."""
        if ended.by:
            return self._say.text("ended_replaced", newer=ended.by.title)
        return self._say.text("ended_expired", since=readable(ended.since))

    def _remark(self, what: str, ended: Ended | None) -> tuple[Block, ...]:
        return self._say("ended_note", "note", what=what, ended=self.ending(ended)) if ended else ()

    def _marked(self, answer: Answer, ended: Mapping[str, Ended]) -> tuple[Citation, ...]:
        """The citations, those of clauses no longer in force with the reason."""
        whys = {clause_id: self.ending(why) for clause_id, why in ended.items()}
        return tuple(replace(each, ended=whys.get(f"{each.directive}#{each.clause}", "")) for each in answer.citations)

    def _warning(self, answer: Answer, ended: Mapping[str, Ended], now: datetime) -> tuple[Block, ...]:
        past = (
            self._say("answer_over", day=f"{answer.expires:%d/%m/%Y}") if answer.expires and over(answer, now) else ()
        )
        if not ended:
            return past
        clauses = [clause for each in ended if (clause := self._catalogue.clause(each))]
        groups = _alike(clauses, lambda clause: (clause.directive, ended[clause.id]))
        reasons = "; ".join(f"{self._where(group)} {self.ending(why)}" for (_, why), group in groups.items())
        return (*self._say("answer_old", ended=reasons), *past)

    def _withdrawn(self, answer: Answer, newer: tuple[Directive, ...]) -> tuple[Block, ...]:
        title = self._catalogue.intents[answer.intent].title
        titles = "; ".join(each.title for each in newer)
        return (
            *self._say("answer_withdrawn", title=title),
            *(self._say("answer_newer", newer=titles) if newer else ()),
        )

    def _where(self, clauses: list[Clause]) -> str:
        labels = ", ".join(clause.label for clause in clauses)
        return f"{labels} ({self._catalogue.directives[clauses[0].directive].title})"


def _alike(clauses: Iterable[Clause], why: Callable[[Clause], _Why | None]) -> dict[_Why, list[Clause]]:
    """Clauses by the same reason, in their order; those without one are left out."""
    groups: dict[_Why, list[Clause]] = {}
    for clause in clauses:
        reason = why(clause)
        if reason:
            groups.setdefault(reason, []).append(clause)
    return groups
