"""Between the channels and the guide: remembers the conversation, logs the question, deletes on request."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .core.actions import Action
from .core.context import Context
from .core.guide import Guide
from .core.pressed import COMMANDS
from .core.reply import Button, Outcome, Reply
from .core.turn import Turn
from .core.vietnamese import clean, mask
from .store.records import Pause, Question, Suggestion, Vote
from .store.resident_protocols import Residents

_LOGGED_LETTERS = 2000
_KEPT_LETTERS = 2000
_EXPECTED_WITHIN = timedelta(minutes=10)
_DELETE = ("xoadulieu", "delete")
_SUGGEST = ("gopy", "feedback")
_CONSOLE = "console"
_PRIVATE = (*_DELETE, *_SUGGEST, "quyenriengtu", "privacy", _CONSOLE)
# What stays open while Loa is paused: nobody has to wait to see or delete what is kept about him.
_ALWAYS = ("quyenriengtu", "privacy")
_REASONS = ("wrong", "unclear", "missing", "other")
_SUGGESTION, _REASON = "suggestion", "reason"


@dataclass(frozen=True, slots=True)
class Handled:
    """What a message or a button leads to.

    `reply` is None where a short `toast` is enough; `context` is None where it stays as it was.
    """

    reply: Reply | None
    context: Context | None = None
    question: Question | None = None
    vote: Vote | None = None
    suggestion: Suggestion | None = None
    forget: bool = False
    toast: str = ""


def dump_context(context: Context) -> str:
    """A context as text for the store."""
    at = context.at.isoformat() if context.at else None
    values = {"text": context.text, "intents": context.intents, "at": at, "reading": context.reading}
    if context.expects and context.asked:
        values |= {"expects": context.expects, "asked": context.asked.isoformat()}
    return json.dumps(values, ensure_ascii=False)


def load_context(text: str | None) -> Context:
    """The context again; an empty one for nothing."""
    values = json.loads(text) if text else {}
    at, asked = (datetime.fromisoformat(values[name]) if values.get(name) else None for name in ("at", "asked"))
    return Context(
        values.get("text", ""), tuple(values.get("intents", ())), at, bool(values.get("reading")),
        values.get("expects", ""), asked,
    )  # fmt: skip


def _command(text: str) -> tuple[str, str]:
    """Name and argument of a command; no name where it is none."""
    name, _, argument = text[1:].partition(" ")
    return (name.partition("@")[0].lower(), argument.strip()) if text.startswith("/") else ("", "")


def is_command(text: str) -> bool:
    """Whether a text is one of Loa's commands."""
    return _command(text)[0] in (*COMMANDS, *_DELETE, *_SUGGEST, _CONSOLE)


def console_argument(text: str) -> str | None:
    """What stands behind /console, None where a text is something else."""
    name, argument = _command(clean(text))
    return argument if name == _CONSOLE else None


def is_correction(text: str) -> bool:
    """Whether the corrected version of a suggestion is one still: another command is done, not kept."""
    return _command(clean(text))[0] in ("", *_SUGGEST)


def is_private(text: str) -> bool:
    """Whether a text is a command that is nobody else's business."""
    return _command(clean(text))[0] in _PRIVATE


def _settled(context: Context) -> Context:
    """The context once nothing but a question is expected."""
    return replace(context, expects="", asked=None)


def _kept(text: str) -> str:
    return mask(text)[:_KEPT_LETTERS]


class Reception:
    """Handles one message or button of one chat. Reads the store, but writes nothing: it returns effects.

    A turn runs on one thread from its beginning to its end; the guide is switched there too, between two turns.
    """

    def __init__(self, guide: Guide, residents: Residents, pause: Pause | None = None) -> None:
        self.guide = guide
        self.pause = pause
        self._residents = residents

    def switch(self, guide: Guide) -> None:
        """Answer from another guide from the next turn on; on the thread that turns run on."""
        self.guide = guide

    def hold(self, pause: Pause | None) -> None:
        """Stop answering from the next turn on, or answer again; on the thread that turns run on."""
        self.pause = pause

    def paused(self, text: str = "") -> Reply | None:
        """What is said to a text instead of an answer while Loa is paused, None while it answers."""
        return self.guide.paused(self.pause.notice, danger=self.guide.in_danger(text)) if self.pause else None

    def message(self, ref: str, text: str, context: Context, now: datetime) -> Handled:
        """What a typed message leads to; the command to delete everything is one too.

        A reason or suggestion that was asked for is taken once; whoever is in danger is answered instead.
        """
        text = clean(text)
        name, argument = _command(text)
        if name in _DELETE:
            return self._forget(ref)
        if name == _CONSOLE:  # in the wrong place: what stands behind it may be a secret, and no question
            return Handled(replace(self.guide.notice("console_unknown"), buttons=()))
        own = None if self.guide.in_danger(text) else self._own(ref, text, context, now)
        if not own and name not in _ALWAYS and (reply := self.paused(text)):
            return self._unanswered(reply, argument if name in _SUGGEST else text, context)
        if own or name not in _SUGGEST:
            return own or self._handled(self.guide.answer(text, _settled(context), now), context, text)
        return self._handled(self.guide.answer(argument, _settled(context), now), context, argument)

    def _own(self, ref: str, text: str, context: Context, now: datetime) -> Handled | None:
        """What a text leads to that is a suggestion or was asked for; None for questions and other commands."""
        name, argument = _command(text)
        if name in _SUGGEST:
            return self._suggest(argument, context, now)
        # Telegram's times are whole seconds and of another clock, so that only the upper end is compared.
        awaited = context.asked is not None and now - context.asked <= _EXPECTED_WITHIN
        return self._take(ref, text, context) if awaited and not text.startswith("/") else None

    def press(self, ref: str, data: str, message: str, context: Context, now: datetime) -> Handled:
        """What a button leads to. `message` names the message that it stands under."""
        action = Action.read(data)
        if action.kind in ("up", "down"):
            return self._vote(ref, action, message, context)
        if action.kind in ("why", "write"):
            return self._reason(ref, action, context, now)
        if action.kind == "drop":
            return Handled(self._say("suggest_dropped"), _settled(context))
        if reply := self.paused():
            return Handled(reply, _settled(context))
        return self._handled(self.guide.press(action, _settled(context), now), context, "")

    def corrected(self, text: str) -> Handled:
        """What the corrected version of a message leads to that was kept as a suggestion."""
        text = clean(text)
        name, argument = _command(text)
        suggestion = Suggestion(_kept(argument if name else text), self.guide.catalogue.release)
        return Handled(self._say("suggest_thanks"), suggestion=suggestion)

    def notice(self, message: str) -> Handled:
        """One of the bot's own sentences; while Loa is paused, to who sent no words, that it is."""
        paused = self.paused() if message.startswith("got_") else None
        return Handled(paused or self.guide.notice(message))

    def _unanswered(self, reply: Reply, text: str, before: Context) -> Handled:
        """What a question leads to while Loa is paused: it is logged for the officers; a command is no question."""
        after = _settled(before)
        asked = text if not text.startswith("/") and any(map(str.isalnum, text)) else ""
        question = Question(
            mask(asked[:_LOGGED_LETTERS]), Outcome.NOT_UNDERSTOOD, (), (), self.guide.catalogue.release
        )  # fmt: skip
        return Handled(reply, after if after != before else None, question if asked else None)

    def _handled(self, turn: Turn, before: Context, text: str) -> Handled:
        changed = turn.context if turn.context != before else None
        return Handled(turn.reply, changed, self._question(turn, text) if turn.match else None)

    def _question(self, turn: Turn, text: str) -> Question:
        reply = turn.reply
        masked = mask(text[:_LOGGED_LETTERS])
        return Question(masked, reply.outcome, reply.answered, reply.intents, self.guide.catalogue.release)

    def _say(self, message: str, *rows: tuple[Button, ...]) -> Reply:
        """One of the bot's own sentences without the menu."""
        return Reply(Outcome.ANSWERED, self.guide.notice(message).blocks, buttons=rows)

    def _button(self, sentence: str, kind: str, value: str = "") -> Button:
        return Button(self.guide.sentence(sentence), str(Action(kind, value)))

    def _suggest(self, text: str, context: Context, now: datetime) -> Handled:
        """Keep a suggestion, or ask for it."""
        if text:
            suggestion = Suggestion(_kept(text), self.guide.catalogue.release)
            return Handled(self._say("suggest_thanks"), _settled(context), suggestion=suggestion)
        return Handled(self._asking("suggest"), replace(context, expects=_SUGGESTION, asked=now))

    def _asking(self, message: str) -> Reply:
        return self._say(message, (self._button("button_drop", "drop"),))

    def _take(self, ref: str, text: str, context: Context) -> Handled | None:
        """Keep what was asked for; None where nothing is expected or the vote is gone or changed."""
        kind, _, message = context.expects.partition(":")
        if kind == _SUGGESTION:
            return self._suggest(text, context, context.asked or datetime.min)
        vote = self._residents.vote(ref, message) if kind == _REASON else None
        if vote is None or vote.up:
            return None
        return Handled(self._say("why_thanks"), _settled(context), vote=replace(vote, reason="", words=_kept(text)))

    def _reason(self, ref: str, action: Action, context: Context, now: datetime) -> Handled:
        """Keep the kind of reason that was pressed, or ask to write one."""
        kind, _, message = action.value.partition(".") if action.kind == "why" else ("", "", action.value)
        vote = self._residents.vote(ref, message)
        if vote is None or vote.up or (action.kind == "why" and kind not in _REASONS):
            return self.notice("old_button")
        if action.kind == "why":
            thanks = self.guide.sentence("why_thanks")
            return Handled(None, _settled(context), vote=replace(vote, reason=kind), toast=thanks)
        return Handled(self._asking("why_write"), replace(context, expects=f"{_REASON}:{message}", asked=now))

    def _ask_why(self, message: str) -> Reply:
        reasons = [(self._button(f"why_{kind}", "why", f"{kind}.{message}"),) for kind in _REASONS]
        return self._say("why_down", *reasons, (self._button("button_write", "write", message),))

    def _vote(self, ref: str, action: Action, message: str, context: Context) -> Handled:
        intents = [name for name in action.value.split("+") if name in self.guide.catalogue.intents]
        if not intents:
            return self.notice("old_button")
        up = action.kind == "up"
        toast = self.guide.sentence("voted_up" if up else "voted_down")
        before = self._residents.vote(ref, message)
        why = self._ask_why(message) if not up and (before is None or before.up) else None
        vote = Vote(message, "+".join(intents), up, self.guide.catalogue.release)
        return Handled(why, _settled(context), vote=vote, toast=toast)

    def _forget(self, ref: str) -> Handled:
        held = self._residents.held(ref)
        counts = {
            "questions": str(held.questions),
            "votes": str(held.votes),
            "messages": str(held.messages),
            "suggestions": str(held.suggestions),
        }
        return Handled(Reply(Outcome.ANSWERED, self.guide.notice("deleted", **counts).blocks), forget=True)
