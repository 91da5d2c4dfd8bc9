"""A question and its context into a Reply. No channel, clock or store is known here.

What is typed, pressed and told is in modules of those names; the guide puts them together over one catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from .actions import Action
from .cards import Card, Ranking
from .catalogue import Answer, Catalogue
from .context import Context
from .matching import Matcher
from .parts import ALL_PARTS, Parts
from .pieces import Pieces
from .pressed import Pressed
from .reply import Block, Outcome, Reply, Span
from .saying import Sentences
from .telling import Telling
from .turn import Turn
from .typed import Typed
from .understanding import OFFER, Understanding
from .vietnamese import clean

_REMEMBERED = 300
_CARDS = 8
_WARNING = "115"


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
        self._understanding: Understanding = understanding or Understanding(
            catalogue, parts, before._understanding if before else None
        )
        self._ranking = Ranking(catalogue.topics())
        self._say = Sentences(catalogue, retention)
        self._pieces = Pieces(catalogue, self._say)
        self._telling = Telling(catalogue, self._pieces, stale_after)
        self._pressed = Pressed(catalogue, self._pieces, self._telling)
        self._typed = Typed(catalogue, self._understanding, self._pieces, self._telling, self._pressed)

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

    def answer(self, text: str, context: Context, now: datetime) -> Turn:
        """The reply to a typed message. `now` is aware; every text gets a reply."""
        return self._typed.answer(text, context, now)

    def in_danger(self, text: str) -> bool:
        """Whether a text has signs of danger to life."""
        return self._typed.in_danger(text)

    def press(self, action: Action, context: Context, now: datetime) -> Turn:
        """The reply to a button; an old or forged one gets the menu."""
        return self._pressed.press(action, context, now)

    def command(self, name: str, argument: str, now: date) -> Reply:
        """The reply to a command such as "start"; `argument` of "start" may be an intent. `now` as for `about`."""
        return self._pressed.command(name, argument, now)

    def about(self, intents: Sequence[str], now: date) -> Reply:
        """The answers to one intent or a few in one reply, as they may be said at a moment.

        `now` is aware, or a day of the province, which is taken at its beginning.
        """
        return self._telling.about(intents, now)

    def telling(self, given: Sequence[Answer], now: date) -> Reply:
        """The same for answers that need not be those of the catalogue, such as drafts."""
        return self._telling.telling(given, now)

    def clause(self, clause_id: str, context: Context, now: date) -> Reply:
        """A clause in full; opened from an answer, with the words marked that it quotes. `now` as for `about`."""
        return self._telling.clause(clause_id, context, now)

    def notice(self, message: str, **values: str) -> Reply:
        """One of the bot's own sentences, with the menu."""
        return self._pieces.with_menu(message, **values)

    def sentence(self, message: str, **values: str) -> str:
        """One of the bot's own sentences as plain text."""
        return self._say.text(message, **values)

    def cards(self, text: str, now: date) -> tuple[Card, ...]:
        """Up to eight subjects that a few typed words may be about, best first; the menu's first for none.

        Where they have signs of danger to life, the warning comes first. `now` as for `about`.
        """
        text = clean(text)[:_REMEMBERED]
        warning = (Card(_WARNING, "", self._say.text("inline_danger_title"), self.warning()),)
        found = (
            self._ranking.best(text, self.matcher.match(text).intents, OFFER)
            if any(map(str.isalnum, text))
            else self._ranking.first
        )
        subjects = tuple(self._card(name, now) for name in found)
        return (*(warning if self.in_danger(text) else ()), *subjects)[:_CARDS]

    def _card(self, intent: str, now: date) -> Card:
        return Card(intent, intent, self.catalogue.intents[intent].title, self.about((intent,), now))

    def warning(self) -> Reply:
        """What is said first where a text has signs of danger to life."""
        return Reply(Outcome.ANSWERED, self._say("danger"))

    def paused(self, notice: str, *, danger: bool) -> Reply:
        """What is said while Loa does not answer: the warning where there is danger, a notice, the telephones.

        `notice` is text; the usual sentence where it is empty.
        """
        warning = self._say("danger") if danger else ()
        lines = [line for line in notice.splitlines() if line.strip()]
        said = tuple(Block("paragraph", (Span(line.strip()),)) for line in lines) or self._say("paused")
        outcome = Outcome.ANSWERED if danger else Outcome.NOT_UNDERSTOOD
        return Reply(outcome, (*warning, *said, *self._pieces.hotlines()))
