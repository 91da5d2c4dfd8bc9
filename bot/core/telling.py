"""What the content says, as replies: the answers to subjects at a moment, and clauses in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .actions import Action
from .catalogue import Answer, Catalogue, Intent
from .context import Context
from .directives import Clause, mark_quotes
from .library import Library
from .nearest import Nearest
from .old_answers import OldAnswers, Shown
from .pieces import Pieces
from .reply import Block, Button, Citation, Outcome, Reply, Rows, Scored, Span

# A button holds no more than two subjects (`content/wording.py` sees to it that any two have room).
_VOTED = 2


class Telling:
    """Replies from the answers and clauses of one catalogue.

    `stale_after` is the age of the pack's `as_of` from which answers say that they are of that time.
    """

    def __init__(self, catalogue: Catalogue, pieces: Pieces, stale_after: timedelta) -> None:
        self._catalogue = catalogue
        self._pieces = pieces
        self._say = say = pieces.say
        self._stale_after = stale_after
        self._zone = ZoneInfo(catalogue.pack.timezone)
        self._old = OldAnswers(catalogue, say)
        self.library = Library(catalogue, say, self._old)
        self.nearest = Nearest(catalogue, say)

    def about(self, intents: Sequence[str], now: date) -> Reply:
        """The answers to one intent or a few in one reply, as they may be said at a moment.

        `now` is aware, or a day of the province, which is taken at its beginning.
        """
        return self.telling([self._catalogue.answers[name] for name in intents], now)

    def telling(self, given: Sequence[Answer], now: date) -> Reply:
        """The same for answers that need not be those of the catalogue, such as drafts."""
        local = self.local(now)
        shown = [self._old.shown(answer, local) for answer in given]
        answers = [each.answer for each in shown]
        intents = [answer.intent for answer in given]
        blocks = tuple(block for answer in answers for block in answer.blocks)
        citations = tuple(citation for answer in answers for citation in answer.citations)
        if citations:
            blocks = (*blocks, *self._of_that_time(local.date()))
        return Reply(
            Outcome.ANSWERED, blocks, citations, self._answer_buttons(shown), tuple(intents),
            tuple(Scored(name, 1.0) for name in intents),
        )  # fmt: skip

    def clause(self, clause_id: str, context: Context, now: date) -> Reply:
        """A clause in full; opened from an answer, with the words marked that it quotes. `now` as for `about`."""
        clause = self._catalogue.clause(clause_id)
        if clause is None:
            return self._pieces.with_menu("old_button")
        quotes = tuple(
            citation.quote
            for answer in self._catalogue.answers.values()
            if answer.intent in context.intents and not context.reading
            for citation in answer.citations
            if citation.quote and f"{citation.directive}#{citation.clause}" == clause_id
        )
        directive, today = self._catalogue.directives[clause.directive], self.local(now).date()
        blocks = (
            *self._say("clause_intro", title=directive.title, clause=clause.label),
            *self._old.of_clause(clause, today),
            *_marked_blocks(mark_quotes(clause, quotes) if quotes else _unmarked(clause)),
            *(self._say("clause_note", kind="note") if quotes else ()),
        )
        ended = self._old.why(clause_id, today)
        citation = Citation(directive.id, directive.number, directive.date, clause.path, ended=ended)
        answered = () if context.reading else context.intents[:1]
        back = tuple((self._pieces.topic_button(name),) for name in answered if name in self._catalogue.intents)
        rows = (*back, *self.library.ways_on(clause), self._pieces.topics_row())
        return Reply(Outcome.ANSWERED, blocks, (citation,), rows)

    def local(self, now: date) -> datetime:
        """The moment in the time of the province."""
        return now.astimezone(self._zone) if isinstance(now, datetime) else datetime.combine(now, time.min, self._zone)

    def _of_that_time(self, today: date) -> tuple[Block, ...]:
        as_of = self._catalogue.pack.as_of
        if today - as_of <= self._stale_after:
            return ()
        return self._say("of_that_time", kind="note", as_of=f"{as_of:%d/%m/%Y}")

    def _answer_buttons(self, shown: Sequence[Shown]) -> Rows:
        answers = [each.answer for each in shown]
        newer = {each.id: each for one in shown for each in one.newer}
        clauses = dict.fromkeys(f"{cited.directive}#{cited.clause}" for answer in answers for cited in answer.citations)
        rows: list[tuple[Button, ...]] = []
        rows += [(Button(each.title, str(Action("doc", each.id))),) for each in newer.values()]
        rows += [(self._clause_button(clause_id),) for clause_id in clauses]
        intents = [self._catalogue.intents[answer.intent] for answer in answers]
        related = [name for name in _related(intents) if name in self._catalogue.intents]
        rows += [(self._pieces.topic_button(name),) for name in related]
        if self.helps_near_by([intent.id for intent in intents]):
            rows += self.nearest.buttons()
        if clauses:
            rows.append(self._vote_row("+".join(answer.intent for answer in answers[:_VOTED])))
        else:
            rows.append(self._pieces.topics_row())
        return tuple(rows)

    def _vote_row(self, value: str) -> tuple[Button, ...]:
        return self._say.button("button_up", Action("up", value)), self._say.button(
            "button_down", Action("down", value)
        )

    def _clause_button(self, clause_id: str) -> Button:
        clause = self._catalogue.clause(clause_id)
        assert clause is not None  # noqa: S101 (answers cite only clauses that were found at load)
        return self._say.button("button_clause", Action("clause", clause_id), clause=self.library.where(clause))

    def helps_near_by(self, intents: Sequence[str]) -> bool:
        """Whether one of these subjects is helped by whom to ask near by."""
        return any(self._catalogue.intents[name].local_help for name in intents)


def _related(intents: Sequence[Intent]) -> Sequence[str]:
    own = {intent.id for intent in intents}
    return [name for name in dict.fromkeys(name for intent in intents for name in intent.related) if name not in own][
        :3
    ]


def _unmarked(clause: Clause) -> Sequence[tuple[str, bool]]:
    """A clause letter by letter; where quotations are looked up, marks such as “…” are written alike."""
    return (("\n".join(line for line in clause.text.splitlines() if line.strip()), False),)


def _marked_blocks(runs: Sequence[tuple[str, bool]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    spans: list[Span] = []
    for text, marked in runs:
        for index, line in enumerate(text.split("\n")):
            if index:
                blocks.append(Block("paragraph", tuple(spans)))
                spans = []
            if line:
                spans.append(Span(line, "bold" if marked else "plain"))
    return (*blocks, Block("paragraph", tuple(spans)))
