"""One update into its effects; nothing is sent or written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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

    def __init__(self, reception: Reception, residents: Residents, metrics: Metrics) -> None:
        self._reception = reception
        self._residents = residents
        self._metrics = metrics

    def effects(self, received: Received, now: datetime) -> Effects:
        """The effects of one update. Raises what the library or the content raises; the worker deals with it."""
        incoming = read_update(received.raw)
        if incoming.kind == "ignore":
            return Effects(received.ref, now)
        handled = self._handled(incoming, received.ref, now)
        conversation = dump_context(handled.context) if handled.context else None
        return Effects(
            received.ref, now, chat_id=incoming.chat_id, conversation=conversation, question=handled.question,
            vote=handled.vote, forget=handled.forget, sends=tuple(self._sends(incoming, handled, received.ref)),
        )  # fmt: skip

    def _handled(self, incoming: Incoming, ref: str, now: datetime) -> Handled:
        if incoming.kind == "notice":
            return self._reception.notice(incoming.text)
        context = load_context(self._residents.conversation(ref))
        if incoming.kind == "press":
            return self._reception.press(incoming.text, str(incoming.message_id), context, now)
        with self._metrics.seconds.time():
            handled = self._reception.message(ref, incoming.text, context, now)
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
        sends = send_reply(chat_id, self._reception.guide.notice("error"), None, None) if chat_id is not None else []
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
