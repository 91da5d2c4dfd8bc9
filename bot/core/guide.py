"""A question and its context into a Reply. No channel, clock or store is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from .actions import Action
from .cards import Ranking
from .catalogue import Answer, Catalogue, Intent
from .context import Context
from .directives import Clause, mark_quotes
from .halves import Half
from .library import Library
from .matching import Match, Matcher
from .nearest import Nearest
from .old_answers import OldAnswers, Shown
from .parts import ALL_PARTS, Parts
from .reply import Block, Button, Citation, Outcome, Reply, Scored, Span
from .signs import Signs
from .templates import Grounds, fact_span, render
from .understanding import OFFER, Asked, Understanding
from .vietnamese import Reading, clean, readings

_REMEMBERED = 300
MAX_LETTERS = 1500
_WATCHED = 10_000
_NOT_UNDERSTOOD = ("not_understood", "too_long", "no_words", "unknown_command", "old_button", "rate_limited", "error")
_LISTED = 5
_SENTENCES_KEPT = 512
_CARDS = 8
_WARNING = "115"
# A button holds no more than two subjects (`content/wording.py` sees to it that any two have room).
_VOTED = 2

COMMANDS = {
    "start": "start", "chude": "topics", "topics": "topics", "duongday": "hotline", "hotline": "hotline",
    "huongdan": "guide", "help": "guide", "quyenriengtu": "privacy", "privacy": "privacy",
    "vanban": "library", "noihoi": "places",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """A Reply, and the context for what comes next; `halves` are those of a message with two questions."""

    reply: Reply
    context: Context
    match: Match | None = field(default=None)
    halves: tuple[Half, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One subject to choose while typing. `id` is unique among the cards; `intent` is empty for the warning."""

    id: str
    intent: str
    title: str
    reply: Reply


class Guide:
    """Answers from one catalogue; immutable, so a question finishes on the release it began with.

    `stale_after` is the age of the pack's `as_of` from which answers say that they are of that time. `before` is a
    guide of nearly the same catalogue, from which the matcher takes what it has learned already.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        stale_after: timedelta,
        retention: timedelta,
        *,
        parts: Parts = ALL_PARTS,
        before: Guide | None = None,
        understanding: Understanding | None = None,
    ) -> None:
        self.catalogue = catalogue
        self._parts = parts
        self._stale_after = stale_after
        self._retention = retention
        self._danger = Signs(catalogue.danger.signs, catalogue.danger.unless)
        self._understanding: Understanding = understanding or Understanding(
            catalogue, parts, before._understanding if before else None
        )
        self._ranking = Ranking(catalogue.topics())
        self._grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
        # The same few sentences stand under every answer; each is rendered once.
        self._rendered = lru_cache(_SENTENCES_KEPT)(self._render)
        self._zone = ZoneInfo(catalogue.pack.timezone)
        self._old = OldAnswers(catalogue, self._message)
        self._library = Library(catalogue, self._message, self._old)
        self._nearest = Nearest(catalogue, self._message)

    def successor(self, catalogue: Catalogue) -> Guide:
        """The guide of an edited catalogue, made in a fraction of the time: only what is new is read."""
        return Guide(catalogue, self._stale_after, self._retention, parts=self._parts, before=self)

    def composing(self, catalogue: Catalogue) -> Guide:
        """A guide that composes replies from another catalogue, at once: it understands questions as this one does."""
        return Guide(
            catalogue, self._stale_after, self._retention, parts=self._parts, understanding=self._understanding
        )

    @property
    def matcher(self) -> Matcher:
        """What tells subjects apart."""
        return self._understanding.matcher

    # What a resident writes

    def answer(self, text: str, context: Context, now: datetime) -> Turn:
        """The reply to a typed message. `now` is aware; every text gets a reply."""
        text = clean(text)
        read = readings(text[:_WATCHED])
        turn = self._reply_to(text, read, context, now)
        return self._with_danger(turn, context) if self._danger.stand_in(read) else turn

    def in_danger(self, text: str) -> bool:
        """Whether a text has signs of danger to life."""
        return self._danger.found_in(clean(text)[:_WATCHED])

    def _reply_to(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> Turn:
        if text.startswith("/"):
            return self._commanded(text, context, now)
        if len(text) > MAX_LETTERS:
            return Turn(self._plain("too_long", self._menu()), context)
        if not any(letter.isalnum() for letter in text):
            return Turn(self._plain("no_words", self._menu()), context)
        return self._understood(text, read, context, now)

    def _commanded(self, text: str, context: Context, now: datetime) -> Turn:
        name, _, argument = text[1:].strip().partition(" ")
        name = name.partition("@")[0].lower()
        if name not in COMMANDS and argument:
            question = text.lstrip("/ ")  # that began with a slash by mistake
            return self._reply_to(question, readings(question), context, now)
        reply = self.command(name, argument, now)
        if COMMANDS.get(name) == "library":
            return Turn(reply, replace(context, reading=True))
        if reply.answered:
            title = self.catalogue.intents[reply.answered[0]].title
            return Turn(reply, Context(title, reply.answered, now))
        return Turn(reply, context)

    def _understood(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> Turn:
        asked = self._understanding.asked(text, read, context, now)
        scores = asked.scores[:_LISTED]
        if not asked.sure:
            return self._unsure(asked, context, now)
        reply = replace(self._with_place(self.about(asked.sure, now), asked.text), intents=scores)
        talk = all(self.catalogue.intents[name].small_talk for name in asked.sure)
        return Turn(reply, context if talk else Context(asked.text, asked.sure, now), asked.match, asked.halves)

    def _with_place(self, reply: Reply, asked: str) -> Reply:
        """The answer, and behind it whom to ask at the place that the question names, where that helps."""
        if not self._helps_near_by(reply.answered):
            return reply
        return replace(reply, blocks=(*reply.blocks, *self._nearest.beside(asked)))

    def _helps_near_by(self, intents: Sequence[str]) -> bool:
        return any(self.catalogue.intents[name].local_help for name in intents)

    def _unsure(self, asked: Asked, context: Context, now: datetime) -> Turn:
        scores = asked.scores[:_LISTED]
        if asked.likely:
            buttons = tuple((self._topic_button(name),) for name in asked.likely)
            rows = (*buttons, (self._button("button_topics", Action("menu")),))
            reply = Reply(Outcome.ASKED_BACK, self._message("asked_back"), buttons=rows, intents=scores)
            return Turn(reply, Context(asked.text, asked.likely, now), asked.match)
        reply = self._plain("not_understood", self._menu())
        return Turn(replace(reply, intents=scores), context, asked.match)

    def _with_danger(self, turn: Turn, before: Context) -> Turn:
        """The warning first; what was not understood is left out, and not what a follow-up leans on."""
        warning = self._message("danger")
        if turn.reply.outcome is Outcome.ANSWERED:
            return replace(turn, reply=replace(turn.reply, blocks=(*warning, *turn.reply.blocks)))
        hotline = ((self._button("button_hotline", Action("hotline")),),)
        reply = replace(turn.reply, outcome=Outcome.ANSWERED, blocks=warning, buttons=hotline)
        return replace(turn, reply=reply, context=before)

    # What a resident presses or commands

    def press(self, action: Action, context: Context, now: datetime) -> Turn:
        """The reply to a button; an old or forged one gets the menu."""
        known = self.catalogue.intents
        if action.kind == "topic" and action.value in known:
            reply = self.about((action.value,), now)
            return Turn(reply, Context(known[action.value].title, (action.value,), now))
        if action.kind == "clause" and self.catalogue.clause(action.value):
            return Turn(self.clause(action.value, context, now), context)
        if action.kind == "menu":
            return Turn(self._plain("topics", self._menu()), context)
        if action.kind == "group" and action.value in self._groups:
            return Turn(self._group(self._groups[action.value]), context)
        near = self._nearest.all() if action.kind == "places" else None
        if action.kind == "place":
            near = self._nearest.get(action.value)
        if near:
            return Turn(near, context)
        read = self._read(action, self._local(now).date())
        if read:
            return Turn(read, replace(context, reading=context.reading or action.kind != "rests"))
        if action.kind == "hotline":
            return Turn(self.command("hotline", "", now), context)
        return Turn(self._plain("old_button", self._menu()), context)

    def command(self, name: str, argument: str, now: date) -> Reply:
        """The reply to a command such as "start"; `argument` of "start" may be an intent. `now` as for `about`."""
        message = COMMANDS.get(name)
        if message == "start" and argument.strip() in self.catalogue.intents:
            return self.about((argument.strip(),), now)
        if message == "hotline":
            rows = (*self._nearest.buttons(), (self._button("button_topics", Action("menu")),))
            return Reply(Outcome.ANSWERED, self._hotlines(), buttons=rows)
        if message == "places":
            return self._nearest.asked(argument)
        if message == "library":
            return self._library.asked(argument, self._local(now).date())
        if message is None:
            return self._plain("unknown_command", self._menu())
        return self._plain(message, self._menu() if message in ("start", "topics") else ())

    def about(self, intents: Sequence[str], now: date) -> Reply:
        """The answers to one intent or a few in one reply, as they may be said at a moment.

        `now` is aware, or a day of the province, which is taken at its beginning.
        """
        return self.telling([self.catalogue.answers[name] for name in intents], now)

    def telling(self, given: Sequence[Answer], now: date) -> Reply:
        """The same for answers that need not be those of the catalogue, such as drafts."""
        local = self._local(now)
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
        clause = self.catalogue.clause(clause_id)
        if clause is None:
            return self._plain("old_button", self._menu())
        quotes = tuple(
            citation.quote
            for answer in self.catalogue.answers.values()
            if answer.intent in context.intents and not context.reading
            for citation in answer.citations
            if citation.quote and f"{citation.directive}#{citation.clause}" == clause_id
        )
        directive, today = self.catalogue.directives[clause.directive], self._local(now).date()
        blocks = (
            *self._message("clause_intro", title=directive.title, clause=clause.label),
            *self._old.of_clause(clause, today),
            *_marked_blocks(mark_quotes(clause, quotes) if quotes else _unmarked(clause)),
            *(self._message("clause_note", kind="note") if quotes else ()),
        )
        ended = self._old.why(clause_id, today)
        citation = Citation(directive.id, directive.number, directive.date, clause.path, ended=ended)
        answered = () if context.reading else context.intents[:1]
        back = tuple((self._topic_button(name),) for name in answered if name in self.catalogue.intents)
        rows = (*back, *self._library.ways_on(clause), (self._button("button_topics", Action("menu")),))
        return Reply(Outcome.ANSWERED, blocks, (citation,), rows)

    def _read(self, action: Action, today: date) -> Reply | None:
        """A page of the library, or None for what is none."""
        directive, clause = self.catalogue.directives.get(action.value), self.catalogue.clause(action.value)
        if action.kind == "library":
            return self._library.shelf(today)
        if action.kind == "rests" and clause:
            return self._library.rests(clause)
        if action.kind == "doc" and directive:
            return self._library.directive(directive, today)
        return self._library.notes(directive) if action.kind == "notes" and directive else None

    def notice(self, message: str, **values: str) -> Reply:
        """One of the bot's own sentences, with the menu."""
        return self._plain(message, self._menu(), **values)

    def sentence(self, message: str, **values: str) -> str:
        """One of the bot's own sentences as plain text."""
        return " ".join(block.text for block in self._message(message, **values))

    def cards(self, text: str, now: date) -> tuple[Card, ...]:
        """Up to eight subjects that a few typed words may be about, best first; the menu's first for none.

        Where they have signs of danger to life, the warning comes first. `now` as for `about`.
        """
        text = clean(text)[:_REMEMBERED]
        warning = (Card(_WARNING, "", self.sentence("inline_danger_title"), self.warning()),)
        found = (
            self._ranking.best(text, self.matcher.match(text).intents, OFFER)
            if any(map(str.isalnum, text))
            else self._ranking.first
        )
        subjects = tuple(self._card(name, now) for name in found)
        return (*(warning if self.in_danger(text) else ()), *subjects)[:_CARDS]

    def warning(self) -> Reply:
        """What is said first where a text has signs of danger to life."""
        return Reply(Outcome.ANSWERED, self._message("danger"))

    def paused(self, notice: str, *, danger: bool) -> Reply:
        """What is said while Loa does not answer: the warning where there is danger, a notice, the telephones.

        `notice` is text; the usual sentence where it is empty.
        """
        warning = self._message("danger") if danger else ()
        lines = [line for line in notice.splitlines() if line.strip()]
        said = tuple(Block("paragraph", (Span(line.strip()),)) for line in lines) or self._message("paused")
        outcome = Outcome.ANSWERED if danger else Outcome.NOT_UNDERSTOOD
        return Reply(outcome, (*warning, *said, *self._hotlines()))

    def _card(self, intent: str, now: date) -> Card:
        return Card(intent, intent, self.catalogue.intents[intent].title, self.about((intent,), now))

    # Pieces

    def _local(self, now: date) -> datetime:
        """The moment in the time of the province."""
        return now.astimezone(self._zone) if isinstance(now, datetime) else datetime.combine(now, time.min, self._zone)

    def _plain(self, message: str, buttons: tuple[tuple[Button, ...], ...] = (), **values: str) -> Reply:
        understood = message not in _NOT_UNDERSTOOD
        outcome = Outcome.ANSWERED if understood else Outcome.NOT_UNDERSTOOD
        return Reply(outcome, self._message(message, **values), buttons=buttons)

    def _message(self, name: str, kind: str = "", **values: str) -> tuple[Block, ...]:
        pack = self.catalogue.pack
        known = {"province": pack.province, "days": str(self._retention.days), "bot": pack.bot_name, **values}
        blocks = self._rendered(name, tuple(known.items()))
        return tuple(replace(block, kind="note") for block in blocks) if kind == "note" else blocks

    def _render(self, name: str, values: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
        return render(self.catalogue.messages[name], self._grounds, dict(values)).blocks

    def _of_that_time(self, today: date) -> tuple[Block, ...]:
        as_of = self.catalogue.pack.as_of
        if today - as_of <= self._stale_after:
            return ()
        return self._message("of_that_time", kind="note", as_of=f"{as_of:%d/%m/%Y}")

    def _hotlines(self) -> tuple[Block, ...]:
        pack, facts = self.catalogue.pack, self.catalogue.facts
        shown = [facts[name] for name in (*pack.hotlines, *pack.emergency) if facts[name].shown_on(pack.as_of)]
        lines = tuple(Block("item", (Span(f"{fact.title}: "), fact_span(fact))) for fact in shown)
        missing = any(not facts[name].shown_on(pack.as_of) for name in pack.hotlines)
        sources = "; ".join(dict.fromkeys(fact.origin for fact in shown if fact.origin))
        source = (Block("source", (Span(f"Nguồn: {sources}."),)),) if sources else ()
        return (*self._message("hotline"), *lines, *(self._message("hotline_missing") if missing else ()), *source)

    def _menu(self) -> tuple[tuple[Button, ...], ...]:
        return tuple((Button(group, str(Action("group", index))),) for index, group in self._groups.items())

    @cached_property
    def _groups(self) -> dict[str, str]:
        """The groups that have subjects, by their place in the pack."""
        filled = {intent.group for intent in self.catalogue.topics()}
        return {str(index): group for index, group in enumerate(self.catalogue.pack.groups) if group in filled}

    def _group(self, group: str) -> Reply:
        topics = tuple((self._topic_button(each.id),) for each in self.catalogue.topics() if each.group == group)
        return self._plain("group", (*topics, (self._button("button_groups", Action("menu")),)), group=group)

    def _topic_button(self, intent: str) -> Button:
        return Button(self.catalogue.intents[intent].title, str(Action("topic", intent)))

    def _button(self, message: str, action: Action, **values: str) -> Button:
        return Button(self.sentence(message, **values), str(action))

    def _answer_buttons(self, shown: Sequence[Shown]) -> tuple[tuple[Button, ...], ...]:
        answers = [each.answer for each in shown]
        newer = {each.id: each for one in shown for each in one.newer}
        clauses = dict.fromkeys(f"{cited.directive}#{cited.clause}" for answer in answers for cited in answer.citations)
        rows: list[tuple[Button, ...]] = []
        rows += [(Button(each.title, str(Action("doc", each.id))),) for each in newer.values()]
        rows += [(self._clause_button(clause_id),) for clause_id in clauses]
        intents = [self.catalogue.intents[answer.intent] for answer in answers]
        related = [name for name in _related(intents) if name in self.catalogue.intents]
        rows += [(self._topic_button(name),) for name in related]
        if self._helps_near_by([intent.id for intent in intents]):
            rows += self._nearest.buttons()
        if clauses:
            value = "+".join(answer.intent for answer in answers[:_VOTED])
            rows.append(
                (self._button("button_up", Action("up", value)), self._button("button_down", Action("down", value)))
            )
        else:
            rows.append((self._button("button_topics", Action("menu")),))
        return tuple(rows)

    def _clause_button(self, clause_id: str) -> Button:
        clause = self.catalogue.clause(clause_id)
        assert clause is not None  # noqa: S101 (answers cite only clauses that were found at load)
        directive = self.catalogue.directives[clause.directive]
        label = f"{clause.label} ({directive.short_title or directive.title})"
        return self._button("button_clause", Action("clause", clause_id), clause=label)


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
