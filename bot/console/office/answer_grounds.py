"""What an answer may rest on, beside its editor: the clauses that it cites, those of one directive, and the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...content.answer_checking import clause_ids, fact_ids
from ...content.notation import Names, clause_name, fact_mark
from ...core.catalogue import Catalogue, Fact
from ...core.directives import Clause, mark_quotes
from ...core.templates import outline
from ...errors import TemplateError

# So much of the documents stands on one page; the rest is a button away.
MOST_LETTERS = 12_000
MOST_FACTS = 30
MOST_CHOICES = 120
_MOST_OF_ONE = 8_000


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause; `runs` are its words, each with whether the answer quotes them."""

    id: str
    name: str
    label: str
    cited: bool
    runs: tuple[tuple[str, bool], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact that may be inserted: `mark` is what that puts into the text; `used` where it stands there already."""

    id: str
    title: str
    value: str
    mark: str
    used: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands beside the editor. `next_at` is where the directive goes on, 0 where all of it is shown."""

    cited: tuple[ShownClause, ...]
    directives: tuple[tuple[str, str], ...]
    chosen: str
    others: tuple[ShownClause, ...]
    next_at: int
    facts: tuple[ShownFact, ...]
    more_facts: tuple[ShownFact, ...]
    wanting: int
    as_of: str


def grounds_of(ground: Catalogue, names: Names, body: str, directive: str, start: str) -> Grounds:
    """What to show for a body as files hold it; of the directive that is chosen, the clauses from `start` on."""
    cited = [clause for name in clause_ids(body) if (clause := ground.clause(name))]
    first = cited[0].directive if cited else next(iter(ground.directives), "")
    chosen = directive if directive in ground.directives else first
    clauses = ground.directives[chosen].clauses if chosen else ()
    at = int(start) if start.isdecimal() and len(start) < 6 else 0
    others, next_at = _page([each for each in clauses if each not in cited], at)
    words = _quoted(body)
    shown, missing = _facts(ground, names, body)
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
    return ShownClause(clause.id, clause_name(clause.id), clause.label, cited, runs, len(clause.text) > _MOST_OF_ONE)


def _facts(ground: Catalogue, names: Names, body: str) -> tuple[tuple[ShownFact, ...], tuple[Fact, ...]]:
    """Facts that may be shown, those of this answer first; and those that may not yet."""
    own, day = fact_ids(body), ground.pack.as_of
    every = sorted(ground.facts.values(), key=lambda fact: (fact.id not in own, fact.title))
    usable = (each for each in every if each.shown_on(day))
    shown = tuple(
        ShownFact(each.id, each.title, each.value, fact_mark(each.id, names), each.id in own) for each in usable
    )
    return shown, tuple(each for each in every if not each.shown_on(day))
