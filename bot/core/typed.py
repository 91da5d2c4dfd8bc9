"""What a resident types, into a reply: understood or not, with the warning first where there is danger to life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from .actions import Action
from .catalogue import Catalogue
from .context import Context
from .pieces import Pieces
from .pressed import COMMANDS, Pressed
from .reply import Outcome, Reply
from .signs import Signs
from .telling import Telling
from .turn import Turn
from .understanding import Asked, Understanding
from .vietnamese import Reading, clean, readings

MAX_LETTERS = 1500
_WATCHED = 10_000
_LISTED = 5


class Typed:
    """Replies to texts from one catalogue, as far as `understanding` reads them."""

    def __init__(
        self, catalogue: Catalogue, understanding: Understanding, pieces: Pieces, telling: Telling, pressed: Pressed
    ) -> None:
        self._catalogue = catalogue
        self._understanding = understanding
        self._pieces = pieces
        self._say = pieces.say
        self._telling = telling
        self._pressed = pressed
        self._danger = Signs(catalogue.danger.signs, catalogue.danger.unless)

    def answer(self, text: str, context: Context, now: datetime) -> Turn:
        """The reply to a typed message. `now` is aware; every text gets a reply."""
        text = clean(text)
        read = readings(text[:_WATCHED])
        if not self._danger.stand_in(read):
            return self._reply_to(text, read, context, now)
        # Behind a call for help the answer of before would only bury 115.
        alone = replace(context, text="", intents=(), at=None)
        return self._with_danger(self._reply_to(text, read, alone, now), context)

    def in_danger(self, text: str) -> bool:
        """Whether a text has signs of danger to life."""
        return self._danger.found_in(clean(text)[:_WATCHED])

    def _reply_to(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> Turn:
        if text.startswith("/"):
            return self._commanded(text, context, now)
        if len(text) > MAX_LETTERS:
            return Turn(self._pieces.with_menu("too_long"), context)
        if not any(letter.isalnum() for letter in text):
            return Turn(self._pieces.with_menu("no_words"), context)
        return self._understood(text, read, context, now)

    def _commanded(self, text: str, context: Context, now: datetime) -> Turn:
        name, _, argument = text[1:].strip().partition(" ")
        name = name.partition("@")[0].lower()
        if name not in COMMANDS and argument:
            question = text.lstrip("/ ")  # that began with a slash by mistake
            return self._reply_to(question, readings(question), context, now)
        reply = self._pressed.command(name, argument, now)
        if COMMANDS.get(name) == "library":
            return Turn(reply, replace(context, reading=True))
        if reply.answered:
            title = self._catalogue.intents[reply.answered[0]].title
            return Turn(reply, Context(title, reply.answered, now))
        return Turn(reply, context)

    def _understood(self, text: str, read: Sequence[Reading], context: Context, now: datetime) -> Turn:
        asked = self._understanding.asked(text, read, context, now)
        scores = asked.scores[:_LISTED]
        if not asked.sure:
            return self._unsure(asked, context, now)
        reply = replace(self._with_place(self._telling.about(asked.sure, now), asked.text), intents=scores)
        talk = all(self._catalogue.intents[name].small_talk for name in asked.sure)
        return Turn(reply, context if talk else Context(asked.text, asked.sure, now), asked.match, asked.halves)

    def _with_place(self, reply: Reply, asked: str) -> Reply:
        """The answer, and behind it whom to ask at the place that the question names, where that helps."""
        if not self._telling.helps_near_by(reply.answered):
            return reply
        return replace(reply, blocks=(*reply.blocks, *self._telling.nearest.beside(asked)))

    def _unsure(self, asked: Asked, context: Context, now: datetime) -> Turn:
        scores = asked.scores[:_LISTED]
        if asked.likely:
            buttons = tuple((self._pieces.topic_button(name),) for name in asked.likely)
            rows = (*buttons, self._pieces.topics_row())
            reply = Reply(Outcome.ASKED_BACK, self._say("asked_back"), buttons=rows, intents=scores)
            return Turn(reply, Context(asked.text, asked.likely, now), asked.match)
        reply = self._pieces.with_menu("not_understood")
        return Turn(replace(reply, intents=scores), context, asked.match)

    def _with_danger(self, turn: Turn, before: Context) -> Turn:
        """The warning first; what was not understood is left out, and not what a follow-up leans on."""
        warning = self._say("danger")
        if turn.reply.outcome is Outcome.ANSWERED:
            return replace(turn, reply=replace(turn.reply, blocks=(*warning, *turn.reply.blocks)))
        hotline = ((self._say.button("button_hotline", Action("hotline")),),)
        reply = replace(turn.reply, outcome=Outcome.ANSWERED, blocks=warning, buttons=hotline)
        return replace(turn, reply=reply, context=before)
