"""One update into its effects; nothing is sent or written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ..core.guide import Context
from ..core.reply import Reply
from ..metrics import Metrics
from ..reception import Handled, Reception, dump_context, load_context
from ..store.protocols import Residents
from ..store.records import Effects, Received, Send
from .render import messages
from .updates import Incoming, read_update

_TOAST_LETTERS = 190


class Handling:
    """Reads an update and collects what it leads to."""

    def __init__(
        self, reception: Reception, residents: Residents, metrics: Metrics, name: Callable[[], str | None]
    ) -> None:
        self._reception = reception
        self._residents = residents
        self._metrics = metrics
        self._name = name

    def effects(self, received: Received, now: datetime) -> Effects:
        """The effects of one update. Raises what the library or the content raises; the worker deals with it."""
        incoming = read_update(received.raw)
        if incoming.kind == "ignore" or self._for_another_bot(incoming.text):
            return Effects(received.ref, now)
        handled = self._handled(incoming, received.ref, now)
        conversation = dump_context(handled.context) if handled.context else None
        return Effects(
            received.ref, now, chat_id=incoming.chat_id, conversation=conversation, question=handled.question,
            vote=handled.vote, forget=handled.forget, sends=tuple(self._sends(incoming, handled, received.ref)),
        )  # fmt: skip

    def _for_another_bot(self, text: str) -> bool:
        """Whether a command names another bot of the same group ("/start@other_bot")."""
        command = text.split()[0] if text.startswith("/") else ""
        _, _, named = command.partition("@")
        return bool(named) and named.lower() != (self._name() or named).lower()

    def _handled(self, incoming: Incoming, ref: str, now: datetime) -> Handled:
        if incoming.kind == "notice":
            return self._reception.notice(incoming.text)
        # After an outage old messages come late: what leans on what goes by when they were written.
        at = min(incoming.at, now) if incoming.at else now
        context = load_context(self._residents.conversation(ref))
        if incoming.kind == "press":
            return self._reception.press(incoming.text, str(incoming.message_id), context, at)
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
            sends += send_reply(incoming.chat_id, handled.reply, answers_to, edits)
        return sends

    def apology(self, received: Received, chat_id: int | None, error: str, now: datetime) -> Effects:
        """What a resident gets whose update could not be handled; the update itself is put aside."""
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
