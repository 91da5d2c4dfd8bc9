"""A raw update of the Bot API into what Loa needs of it; python-telegram-bot reads the shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from telegram import CallbackQuery, Message, Update

Kind = Literal["text", "edit", "press", "notice", "ignore"]

# What a message holds beside text -> the sentence that answers it.
_NOTICES = {
    "sticker": "got_sticker", "photo": "got_photo", "video": "got_photo", "animation": "got_photo",
    "video_note": "got_photo", "story": "got_photo", "voice": "got_voice", "audio": "got_voice",
    "contact": "got_contact", "location": "got_location", "venue": "got_location", "poll": "got_poll",
    "document": "got_file",
}  # fmt: skip
# Messages that Telegram writes by itself; nobody waits for an answer.
_SILENT = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "new_chat_title",
    "new_chat_photo",
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that a resident did, and when.

    `text` is what was typed, the data of a button or the name of a notice; `at` is None for buttons.
    """

    kind: Kind
    chat_id: int = 0
    message_id: int = 0
    text: str = ""
    callback_id: str = ""
    at: datetime | None = None


IGNORED = Incoming("ignore")


def chat_of(raw: Mapping[str, Any]) -> int | None:
    """The chat of a raw update, also of one that cannot be parsed; None if it has none."""
    for holder in _holders(raw):
        for key in ("chat", "from", "user"):
            found = holder.get(key)
            if isinstance(found, Mapping) and isinstance(found.get("id"), int):
                return int(found["id"])
    return None


def _holders(raw: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for value in raw.values():
        if isinstance(value, Mapping):
            if isinstance(value.get("message"), Mapping):
                yield value["message"]
            yield value


def read_update(raw: str) -> Incoming:
    """What a raw update says. May raise whatever the library raises for shapes it does not know."""
    update = Update.de_json(json.loads(raw), None)
    if update.callback_query:
        return _press(update.callback_query)
    if update.message:
        return _message(update.message, "text")
    if update.edited_message:
        return _message(update.edited_message, "edit")
    return IGNORED


def _press(query: CallbackQuery) -> Incoming:
    chat_id = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    return Incoming("press", chat_id, message_id, query.data or "", query.id)


def _message(message: Message, kind: Kind) -> Incoming:
    text = message.text or message.caption or ""
    if message.from_user and message.from_user.is_bot:
        return IGNORED
    if message.chat.type != "private" and not text.startswith("/"):
        return IGNORED
    if text:
        return Incoming(kind, message.chat.id, message.message_id, text, at=message.date)
    if kind == "edit" or any(getattr(message, name, None) for name in _SILENT):
        return IGNORED
    notice = next((sentence for name, sentence in _NOTICES.items() if getattr(message, name, None)), "got_other")
    return Incoming("notice", message.chat.id, message.message_id, notice)
