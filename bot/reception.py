"""Between the channels and the guide: remembers the conversation, logs the question, deletes on request."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from .core.actions import Action
from .core.guide import Context, Guide, Turn
from .core.reply import Outcome, Reply
from .core.vietnamese import clean, mask
from .store.protocols import Residents
from .store.records import Question, Vote

_LOGGED_LETTERS = 2000
_DELETE = ("xoadulieu", "delete")


@dataclass(frozen=True, slots=True)
class Handled:
    """What a message or a button leads to.

    `reply` is None where a short `toast` is enough; `context` is None where it stays as it was.
    """

    reply: Reply | None
    context: Context | None = None
    question: Question | None = None
    vote: Vote | None = None
    forget: bool = False
    toast: str = ""


def dump_context(context: Context) -> str:
    """A context as text for the store."""
    at = context.at.isoformat() if context.at else None
    values = {"text": context.text, "intents": context.intents, "at": at, "reading": context.reading}
    return json.dumps(values, ensure_ascii=False)


def load_context(text: str | None) -> Context:
    """The context again; an empty one for nothing."""
    values = json.loads(text) if text else {}
    at = datetime.fromisoformat(values["at"]) if values.get("at") else None
    return Context(values.get("text", ""), tuple(values.get("intents", ())), at, bool(values.get("reading")))


class Reception:
    """Handles one message or button of one chat. Reads the store, but writes nothing: it returns effects."""

    def __init__(self, guide: Guide, residents: Residents) -> None:
        self.guide = guide
        self._residents = residents

    def message(self, ref: str, text: str, context: Context, now: datetime) -> Handled:
        """What a typed message leads to; the command to delete everything is one too."""
        text = clean(text)
        if text.startswith("/") and text[1:].split(" ")[0].partition("@")[0].lower() in _DELETE:
            return self._forget(ref)
        return self._handled(self.guide.answer(text, context, now), context, text)

    def press(self, data: str, message: str, context: Context, now: datetime) -> Handled:
        """What a button leads to. `message` names the message that it stands under."""
        action = Action.read(data)
        if action.kind in ("up", "down"):
            return self._vote(action, message)
        return self._handled(self.guide.press(action, context, now), context, "")

    def notice(self, message: str) -> Handled:
        """One of the bot's own sentences."""
        return Handled(self.guide.notice(message))

    def _handled(self, turn: Turn, before: Context, text: str) -> Handled:
        changed = turn.context if turn.context != before else None
        return Handled(turn.reply, changed, self._question(turn, text) if turn.match else None)

    def _question(self, turn: Turn, text: str) -> Question:
        reply = turn.reply
        masked = mask(text[:_LOGGED_LETTERS])
        return Question(masked, reply.outcome, reply.answered, reply.intents, self.guide.catalogue.release)

    def _vote(self, action: Action, message: str) -> Handled:
        intents = [name for name in action.value.split("+") if name in self.guide.catalogue.intents]
        if not intents:
            return self.notice("old_button")
        up = action.kind == "up"
        toast = self.guide.sentence("voted_up" if up else "voted_down")
        return Handled(None, vote=Vote(message, "+".join(intents), up), toast=toast)

    def _forget(self, ref: str) -> Handled:
        held = self._residents.held(ref)
        counts = {"questions": str(held.questions), "votes": str(held.votes), "messages": str(held.messages)}
        return Handled(Reply(Outcome.ANSWERED, self.guide.notice("deleted", **counts).blocks), forget=True)
