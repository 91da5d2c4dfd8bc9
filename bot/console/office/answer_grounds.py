"""What an answer may rest on, beside its editor: the clauses that it cites, those of one directive, and the facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...content.answer_checking import clause_ids, fact_ids
from ...core.catalogue import Catalogue, Fact
from ...core.directives import Clause, mark_quotes
from ...core.templates import outline
from ...errors import TemplateError

# So much of the documents stands on one page; the rest is a button away.
MOST_LETTERS = 12_000
MOST_FACTS = 30
MOST_CHOICES = 180
_MOST_OF_ONE = 8_000


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause; `runs` are its words, each with whether the answer quotes them."""

    id: str
    label: str
    cited: bool
    runs: tuple[tuple[str, bool], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands beside the editor. `next_at` is where the directive goes on, 0 where all of it is shown."""

    cited: tuple[ShownClause, ...]
    directives: tuple[tuple[str, str], ...]
    chosen: str
    others: tuple[ShownClause, ...]
    next_at: int
    facts: tuple[Fact, ...]
    more_facts: tuple[Fact, ...]
    wanting: int
    as_of: str


def grounds_of(ground: Catalogue, body: str, directive: str, start: str) -> Grounds:
    """What to show for a body; of the directive that is chosen, the clauses from `start` on."""
    cited = [clause for name in clause_ids(body) if (clause := ground.clause(name))]
    first = cited[0].directive if cited else next(iter(ground.directives), "")
    chosen = directive if directive in ground.directives else first
    clauses = ground.directives[chosen].clauses if chosen else ()
    at = int(start) if start.isdecimal() and len(start) < 6 else 0
    others, next_at = _page([each for each in clauses if each not in cited], at)
    words = _quoted(body)
    shown, missing = _facts(ground, body)
    return Grounds(
        tuple(_shown(clause, words, cited=True) for clause in cited[:12]),
        tuple((each.id, each.title) for each in ground.directives.values()), chosen,
        tuple(_shown(clause, words, cited=False) for clause in others), next_at,
        shown[:MOST_FACTS], shown[MOST_FACTS:MOST_CHOICES], len(missing), f"{ground.pack.as_of:%d/%m/%Y}",
    )  # fmt: skip


def _page(clauses: Sequence[Clause], start: int) -> tuple[list[Clause], int]:
    """As many clauses from `start` on as have room, at least one; and where to go on."""
    found: list[Clause] = []
    letters = 0
    for at, clause in enumerate(clauses[start:], start):
        letters += min(len(clause.text), _MOST_OF_ONE)
        if found and letters > MOST_LETTERS:
            return found, at
        found.append(clause)
    return found, 0


def _quoted(body: str) -> tuple[str, ...]:
    try:
        return tuple(piece.words for piece in outline(body) if piece.kind == "quote")
    except TemplateError:
        return ()


def _shown(clause: Clause, words: tuple[str, ...], *, cited: bool) -> ShownClause:
    text = clause.text[:_MOST_OF_ONE]
    runs = mark_quotes(Clause(clause.directive, clause.path, text), words) if text else ()
    return ShownClause(clause.id, clause.label, cited, runs, len(clause.text) > _MOST_OF_ONE)


def _facts(ground: Catalogue, body: str) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Facts that may be shown, those of this answer first; and those that may not yet."""
    own = fact_ids(body)
    ordered: Iterable[Fact] = sorted(ground.facts.values(), key=lambda fact: (fact.id not in own, fact.title))
    every = tuple(ordered)
    day = ground.pack.as_of
    return tuple(each for each in every if each.shown_on(day)), tuple(each for each in every if not each.shown_on(day))
