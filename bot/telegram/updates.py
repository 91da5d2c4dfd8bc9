"""A raw update of the Bot API into what Loa needs of it; python-telegram-bot reads the shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, MessageEntity, Update, User

from ..core.actions import Action

Kind = Literal["text", "edit", "press", "notice", "inline", "ignore"]

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

    `text` is what was typed, the data of a button or the name of a notice; `at` is None for buttons. In a group
    `called` says whether the bot was meant beyond doubt, and `about` names the subjects of its message that this
    replies to or is a button of.
    """

    kind: Kind
    chat_id: int = 0
    message_id: int = 0
    text: str = ""
    callback_id: str = ""
    at: datetime | None = None
    person_id: int = 0
    group: bool = False
    called: bool = False
    about: tuple[str, ...] = ()


IGNORED = Incoming("ignore")


def chat_of(raw: Mapping[str, Any]) -> int | None:
    """The chat of a raw update, also of one that cannot be parsed; None if it has none."""
    for holder in _holders(raw):
        for key in ("chat", "from", "user"):
            found = holder.get(key)
            if isinstance(found, Mapping) and isinstance(found.get("id"), int):
                return int(found["id"])
    return None


def is_inline(raw: Mapping[str, Any]) -> bool:
    """Whether a raw update is what somebody types after the bot's name in any chat."""
    return "inline_query" in raw


def order_of(raw: Mapping[str, Any], update_id: int) -> str:
    """The name of the line in which an update waits: its chat's, or one of its own where it has none.

    An inline query belongs to no chat, and nobody may be known by it.
    """
    chat = None if is_inline(raw) else chat_of(raw)
    return f"update {update_id}" if chat is None else chat_name(chat)


def chat_name(chat_id: int) -> str:
    """What the ref of a chat is made of; a person's is that of his private chat."""
    return f"chat {chat_id}"


def _holders(raw: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for value in raw.values():
        if isinstance(value, Mapping):
            if isinstance(value.get("message"), Mapping):
                yield value["message"]
            yield value


def read_update(raw: str, name: str | None = None) -> Incoming:
    """What a raw update says to the bot of that user name.

    May raise whatever the library raises for shapes it does not know.
    """
    update = Update.de_json(json.loads(raw), None)
    if update.callback_query:
        return _press(update.callback_query)
    if update.inline_query:
        query = update.inline_query
        return Incoming("inline", text=query.query, callback_id=query.id)
    if update.message:
        return _message(update.message, "text", name)
    if update.edited_message:
        return _message(update.edited_message, "edit", name)
    return IGNORED


def _press(query: CallbackQuery) -> Incoming:
    person, under = query.from_user.id, query.message
    if under is None:
        return Incoming("press", person, 0, query.data or "", query.id, person_id=person)
    markup = under.reply_markup if isinstance(under, Message) else None
    return Incoming(
        "press", under.chat.id, under.message_id, query.data or "", query.id, person_id=person,
        group=under.chat.type != "private", about=_subjects(markup),
    )  # fmt: skip


def _message(message: Message, kind: Kind, name: str | None) -> Incoming:
    sender = message.from_user
    if (sender and sender.is_bot) or _is_bot(message.via_bot, name):
        return IGNORED  # what was sent through this bot are its own words
    person = sender.id if sender else message.chat.id
    if message.chat.type != "private":
        return _in_group(message, kind, name, person)
    text = message.text or message.caption or ""
    return _incoming(message, kind, Incoming(kind, message.chat.id, message.message_id, text, "", message.date, person))


def _incoming(message: Message, kind: Kind, found: Incoming) -> Incoming:
    """The message, or the notice about what it holds instead of a text."""
    if found.text:
        return found
    if kind == "edit" or any(getattr(message, name, None) for name in _SILENT):
        return IGNORED
    notice = next((sentence for name, sentence in _NOTICES.items() if getattr(message, name, None)), "got_other")
    return replace(found, kind="notice", text=notice)


def _in_group(message: Message, kind: Kind, name: str | None, person: int) -> Incoming:
    """A message of a group, if it is a command, mentions the bot or replies to it."""
    whole = message.text or message.caption or ""
    marks = message.entities or message.caption_entities
    mentions = [mark for mark in marks if _mentions(mark, whole, name)]
    before = message.reply_to_message
    replies = before is not None and _is_bot(before.from_user, name)
    command = any(mark.type == MessageEntity.BOT_COMMAND and mark.offset == 0 for mark in marks)
    if not (command or mentions or replies):
        return IGNORED
    about = _subjects(before.reply_markup) if before is not None and replies else ()
    found = Incoming(
        kind, message.chat.id, message.message_id, _without(whole, mentions), "", message.date, person,
        group=True, called=bool(mentions) or replies, about=about,
    )  # fmt: skip
    if mentions and not found.text:
        return replace(found, kind="notice", text="topics")
    return _incoming(message, kind, found)


def _is_bot(user: User | None, name: str | None) -> bool:
    return user is not None and name is not None and (user.username or "").lower() == name.lower()


def _mentions(mark: MessageEntity, text: str, name: str | None) -> bool:
    """Whether an entity is a mention of the bot: a word that only looks like one is none."""
    if mark.type == MessageEntity.TEXT_MENTION:
        return _is_bot(mark.user, name)
    return mark.type == MessageEntity.MENTION and name is not None and _cut(text, mark).lower() == f"@{name}".lower()


def _cut(text: str, mark: MessageEntity) -> str:
    """The words of an entity; Telegram counts UTF-16 units."""
    return _units(text)[2 * mark.offset : 2 * (mark.offset + mark.length)].decode("utf-16-le", "replace")


def _without(text: str, marks: Sequence[MessageEntity]) -> str:
    """The text without some entities."""
    units = _units(text)
    for mark in sorted(marks, key=lambda mark: -mark.offset):
        units = units[: 2 * mark.offset] + " ".encode("utf-16-le") + units[2 * (mark.offset + mark.length) :]
    return units.decode("utf-16-le", "surrogatepass").strip()


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _subjects(markup: InlineKeyboardMarkup | None) -> tuple[str, ...]:
    """What a message of the bot answers, read off its vote button: nothing need be kept of a group."""
    rows = markup.inline_keyboard if markup else ()
    actions = [
        Action.read(button.callback_data) for row in rows for button in row if isinstance(button.callback_data, str)
    ]
    return next((tuple(action.value.split("+")) for action in actions if action.kind == "up"), ())
