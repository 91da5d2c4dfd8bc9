"""One update into its effects; nothing is sent or written here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..core.context import Context
from ..core.reply import Outcome, Reply
from ..metrics import Metrics
from ..reception import (
    Handled,
    Reception,
    console_argument,
    dump_context,
    is_command,
    is_correction,
    is_private,
    load_context,
)
from ..store.records import Effects, Received, Send
from ..store.resident_protocols import Residents
from .door import Door
from .inline import answer_inline
from .render import link_keyboard, messages
from .updates import Incoming, is_inline, read_update

_TOAST_LETTERS = 190


class Handling:
    """Reads an update and collects what it leads to. `ref_of` names a person as his private chat is named."""

    def __init__(
        self, reception: Reception, residents: Residents, metrics: Metrics, name: Callable[[], str | None],
        ref_of: Callable[[int], str], door: Door,
    ) -> None:  # fmt: skip
        self._reception = reception
        self._residents = residents
        self._metrics = metrics
        self._name = name
        self._ref_of = ref_of
        self._door = door

    def effects(self, received: Received, now: datetime) -> Effects:
        """The effects of one update. Raises what the library or the content raises; the worker deals with it."""
        incoming = read_update(received.raw, self._name())
        if incoming.kind == "inline":
            paused = self._reception.paused(incoming.text)
            guide = self._reception.guide
            send = answer_inline(guide, incoming.callback_id, incoming.text, self._name(), now, paused)
            return Effects(received.ref, now, fleeting=True, sends=(send,))
        if incoming.kind == "ignore" or self._for_another_bot(incoming):
            return Effects(received.ref, now)
        return (
            self._in_group(incoming, received.ref, now) if incoming.group else self._alone(incoming, received.ref, now)
        )

    def _for_another_bot(self, incoming: Incoming) -> bool:
        """Whether a command names another bot ("/start@other_bot"), or in a group is none of Loa's."""
        command = incoming.text.split()[0] if incoming.text.startswith("/") else ""
        _, _, named = command.partition("@")
        if named:
            return named.lower() != (self._name() or named).lower()
        return bool(command) and incoming.group and not (incoming.called or is_command(incoming.text))

    def _alone(self, incoming: Incoming, ref: str, now: datetime) -> Effects:
        """What is said or pressed in a private chat."""
        context = load_context(self._residents.conversation(ref))
        message = str(incoming.message_id)
        console = console_argument(incoming.text) if incoming.kind == "text" else None
        if console is not None:
            handled = Handled(self._door.knock(self._reception.guide, ref, console, now))
        elif incoming.kind == "edit" and is_correction(incoming.text) and self._residents.suggested(ref, message):
            handled = self._reception.corrected(incoming.text)
        else:
            handled = self._handled(incoming, ref, message, context, now)
        handled = self._with_promise(handled)
        suggestion = replace(handled.suggestion, message=message) if handled.suggestion else None
        return Effects(
            ref, now, chat_id=incoming.chat_id, question=handled.question, vote=handled.vote, suggestion=suggestion,
            conversation=dump_context(handled.context) if handled.context else None,
            shown=handled.reply.answered if handled.reply else (), forget=handled.forget,
            sends=tuple(self._sends(incoming, handled, ref)),
        )  # fmt: skip

    def _with_promise(self, handled: Handled) -> Handled:
        """Who is not understood hears that he is told once there is an answer: only a private chat can be told."""
        reply = handled.reply
        if reply is None or handled.question is None or reply.outcome is not Outcome.NOT_UNDERSTOOD:
            return handled
        promise = self._reception.guide.notice("later_promise").blocks
        return replace(handled, reply=replace(reply, blocks=(*reply.blocks, *promise)))

    def _in_group(self, incoming: Incoming, ref: str, now: datetime) -> Effects:
        """What is said to the bot or pressed in a group: nothing is kept of the group itself.

        Question and vote belong to the person, so that /xoadulieu in his private chat deletes them too.
        """
        person = self._ref_of(incoming.person_id)
        if incoming.kind in ("text", "edit") and is_private(incoming.text):
            return Effects(ref, now, sends=self._elsewhere(incoming, ref))
        # Messages are numbered anew in every chat.
        handled = self._handled(incoming, person, f"{ref}.{incoming.message_id}", self._context(incoming, now), now)
        if handled.vote:
            handled = replace(handled, reply=None)  # to ask everyone in the group why would be noise
        sends = tuple(self._sends(incoming, handled, ref))
        return Effects(ref, now, person=person, question=handled.question, vote=handled.vote, sends=sends)

    def _context(self, incoming: Incoming, now: datetime) -> Context:
        """In a group a message stands by itself, unless it replies to an answer of the bot."""
        known = self._reception.guide.catalogue.intents
        about = tuple(name for name in incoming.about if name in known)
        return Context(known[about[0]].title, about, now) if about else Context()

    def _elsewhere(self, incoming: Incoming, ref: str) -> tuple[Send, ...]:
        """The sentence that points to the private chat."""
        guide, name = self._reception.guide, self._name()
        reply = replace(guide.notice("group_private"), buttons=())
        (send,) = self._sends(incoming, Handled(reply), ref)
        link = link_keyboard(guide.sentence("button_private"), f"https://t.me/{name}") if name else None
        return (replace(send, payload={**send.payload, "reply_markup": link}) if link else send,)

    def _handled(self, incoming: Incoming, ref: str, message: str, context: Context, now: datetime) -> Handled:
        if incoming.kind == "notice":
            return self._reception.notice(incoming.text)
        # After an outage old messages come late: what leans on what goes by when they were written.
        at = min(incoming.at, now) if incoming.at and not incoming.group else now
        if incoming.kind == "press":
            return self._reception.press(ref, incoming.text, message, context, at)
        if incoming.kind == "edit":
            # A corrected question stands by itself and does not change what is being talked about now.
            return replace(self._reception.message(ref, incoming.text, Context(), at), context=None)
        with self._metrics.seconds.time():
            handled = self._reception.message(ref, incoming.text, context, at)
        if handled.reply:
            self._metrics.questions.labels("telegram", handled.reply.outcome.value).inc()
        return handled

    def _sends(self, incoming: Incoming, handled: Handled, ref: str) -> list[Send]:
        sends = []
        if incoming.callback_id:
            sends.append(Send("answerCallbackQuery", _toast(incoming.callback_id, handled.toast)))
        if handled.reply:
            edits = self._residents.reply_to(ref, incoming.message_id) if incoming.kind == "edit" else None
            answers_to = None if incoming.kind == "press" else incoming.message_id
            found = send_reply(incoming.chat_id, handled.reply, answers_to, edits)
            sends += _replying(found, incoming.message_id) if incoming.group else found
        return sends

    def apology(self, received: Received, chat_id: int | None, error: str, now: datetime) -> Effects:
        """What a resident gets whose update could not be handled; the update itself is put aside.

        An inline query is not even kept: it is half of a question that nobody sent.
        """
        if is_inline(json.loads(received.raw)):
            return Effects(received.ref, now)
        alone = chat_id is not None and chat_id > 0  # in a group nobody need hear that one message failed
        sends = send_reply(chat_id, self._reception.guide.notice("error"), None, None) if chat_id and alone else []
        return Effects(received.ref, now, aside=error, sends=tuple(sends))


def send_reply(chat_id: int, reply: Reply, answers_to: int | None, edits: int | None) -> list[Send]:
    """The messages of a reply; the first one may change an earlier message instead of being new."""
    sends = []
    for index, message in enumerate(messages(reply)):
        payload = {"chat_id": chat_id, **message}
        first = index == 0
        method = "editMessageText" if first and edits is not None else "sendMessage"
        sends.append(Send(method, payload, answers_to if first else None, edits if first else None))
    return sends


def _toast(callback_id: str, text: str) -> Mapping[str, Any]:
    return {"callback_query_id": callback_id, **({"text": text[:_TOAST_LETTERS]} if text else {})}


def _replying(sends: list[Send], message_id: int) -> list[Send]:
    """The sends, the first of them as a reply to a message; if that is gone, without."""
    reply = {"message_id": message_id, "allow_sending_without_reply": True}
    return [replace(send, payload={**send.payload, "reply_parameters": reply}) for send in sends[:1]] + sends[1:]
