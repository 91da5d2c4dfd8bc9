"""Builders of raw updates in the shapes the Bot API documents; the `update_id` comes from the double."""

import itertools
import time
from typing import Any

from tests.botapi import utf16
from tests.botapi.data import ChatMessage, Json

BOT: Json = {"id": 123456789, "is_bot": True, "first_name": "Loa", "username": "loa_test_bot"}
_message_ids = itertools.count(1001)
_query_ids = itertools.count(5_000_000_000_000_001)
_FILE_ID = "AgACAgUAAxkBAAIBTEST"


def next_message_id() -> int:
    """Give a message id no other message of this process has; the bot's messages draw from it too."""
    return next(_message_ids)


def person(user_id: int, *, first_name: str = "Lan", language_code: str | None = "vi") -> Json:
    """Build a User; without `language_code` the field is absent, as it is for many residents."""
    user: Json = {"id": user_id, "is_bot": False, "first_name": first_name}
    return user | ({"language_code": language_code} if language_code else {})


def chat(chat_id: int, *, title: str = "Tổ dân phố 7", kind: str | None = None) -> Json:
    """Build a Chat; the kind follows from the id as Telegram numbers them, a channel must be named."""
    kind = kind or _kind(chat_id)
    if kind == "private":
        return {"id": chat_id, "type": "private", "first_name": "Lan"}
    return {"id": chat_id, "type": kind, "title": title}


def _kind(chat_id: int) -> str:
    if chat_id > 0:
        return "private"
    return "supergroup" if chat_id < -(10**12) else "group"


def message(
    chat_id: int,
    *,
    message_id: int | None = None,
    user_id: int | None = None,
    language_code: str | None = "vi",
    reply_to: Json | ChatMessage | None = None,
    thread_id: int | None = None,
    **content: Any,
) -> Json:
    """Build a Message from a resident with `content` as its further fields.

    In a private chat the resident's id is the chat's; in a group it is `user_id`.
    """
    sender = user_id or (chat_id if chat_id > 0 else 777_000_111)
    built: Json = {
        "message_id": message_id or next_message_id(),
        "from": person(sender, language_code=language_code),
        "chat": chat(chat_id),
        "date": int(time.time()),
    }
    if reply_to is not None:
        built["reply_to_message"] = reply_to.raw if isinstance(reply_to, ChatMessage) else reply_to
    if thread_id is not None:
        built |= {"message_thread_id": thread_id, "is_topic_message": True}
    return built | content


def text(chat_id: int, text: str, *, edited: bool = False, **about: Any) -> Json:
    """Build an update with a text message, or with its edited version."""
    built = message(chat_id, text=text, **about)
    if edited:
        return {"edited_message": built | {"edit_date": built["date"] + 1}}
    return {"message": built}


def command(chat_id: int, text: str, **about: Any) -> Json:
    """Build an update whose text begins with a command ("/start mask"), marked as such."""
    word = text.split(maxsplit=1)[0]
    marks = [{"type": "bot_command", "offset": 0, "length": utf16.length(word)}]
    return {"message": message(chat_id, text=text, entities=marks, **about)}


def callback(
    chat_id: int,
    data: str,
    message: Json | ChatMessage | None = None,
    *,
    query_id: str | None = None,
    user_id: int | None = None,
    language_code: str | None = "vi",
) -> Json:
    """Build the press of an inline button under `message`.

    Without one the message is an InaccessibleMessage, as Telegram gives for old ones (date 0).
    """
    if message is None:
        under: Json = {"chat": chat(chat_id), "message_id": next_message_id(), "date": 0}
    else:
        under = message.raw if isinstance(message, ChatMessage) else message
    query = {
        "id": query_id or str(next(_query_ids)),
        "from": person(user_id or abs(chat_id), language_code=language_code),
        "message": under,
        "chat_instance": "-3141592653589793238",
        "data": data,
    }
    return {"callback_query": query}


def _file(**more: Any) -> Json:
    return {"file_id": _FILE_ID, "file_unique_id": "AQADTEST", "file_size": 2048} | more


def sticker(chat_id: int, **about: Any) -> Json:
    """Build an update with a sticker."""
    body = _file(type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="👍")
    return {"message": message(chat_id, sticker=body, **about)}


def photo(chat_id: int, caption: str | None = None, **about: Any) -> Json:
    """Build an update with a photo in two sizes."""
    sizes = [_file(width=90, height=67), _file(width=800, height=600)]
    more: Json = {"caption": caption} if caption else {}
    return {"message": message(chat_id, photo=sizes, **more, **about)}


def voice(chat_id: int, **about: Any) -> Json:
    """Build an update with a voice message."""
    return {"message": message(chat_id, voice=_file(duration=3, mime_type="audio/ogg"), **about)}


def video_note(chat_id: int, **about: Any) -> Json:
    """Build an update with a round video."""
    return {"message": message(chat_id, video_note=_file(length=240, duration=5), **about)}


def animation(chat_id: int, **about: Any) -> Json:
    """Build an update with a GIF; Telegram sets `document` too."""
    body = _file(width=320, height=240, duration=2, mime_type="video/mp4", file_name="a.mp4")
    document = _file(mime_type="video/mp4", file_name="a.mp4")
    return {"message": message(chat_id, animation=body, document=document, **about)}


def document(chat_id: int, file_name: str = "don.pdf", caption: str | None = None, **about: Any) -> Json:
    """Build an update with a file."""
    more: Json = {"caption": caption} if caption else {}
    body = _file(file_name=file_name, mime_type="application/pdf")
    return {"message": message(chat_id, document=body, **more, **about)}


def contact(chat_id: int, **about: Any) -> Json:
    """Build an update in which the resident shares a telephone number."""
    return {"message": message(chat_id, contact={"phone_number": "84900000000", "first_name": "Lan"}, **about)}


def location(chat_id: int, **about: Any) -> Json:
    """Build an update with a place."""
    return {"message": message(chat_id, location={"latitude": 10.37, "longitude": 105.43}, **about)}


def dice(chat_id: int, **about: Any) -> Json:
    """Build an update with a throw of dice."""
    return {"message": message(chat_id, dice={"emoji": "🎲", "value": 4}, **about)}


def poll(chat_id: int, **about: Any) -> Json:
    """Build an update with a poll."""
    options = [{"persistent_id": str(n), "text": word, "voter_count": 0} for n, word in enumerate(("Có", "Không"), 1)]
    body = {
        "id": "5400000000000000001",
        "question": "Đi họp không?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return {"message": message(chat_id, poll=body, **about)}


def new_chat_members(chat_id: int, *, bot_joined: bool = True, **about: Any) -> Json:
    """Build the service message about someone who joined a group: the bot, or a resident."""
    members = [BOT if bot_joined else person(777_000_222)]
    return {"message": message(chat_id, new_chat_members=members, **about)}


def my_chat_member(chat_id: int, *, blocked: bool, user_id: int | None = None) -> Json:
    """Build the news that the bot was blocked (in a group: removed), or let in again."""
    gone, here = {"user": BOT, "status": "kicked", "until_date": 0}, {"user": BOT, "status": "member"}
    old, new = (here, gone) if blocked else (gone, here)
    change = {
        "chat": chat(chat_id),
        "from": person(user_id or abs(chat_id)),
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return {"my_chat_member": change}


def channel_post(chat_id: int, text: str, *, edited: bool = False) -> Json:
    """Build a post in a channel: it has a sender chat and no sender."""
    where = chat(chat_id, title="Thông báo", kind="channel")
    post: Json = {
        "message_id": next_message_id(),
        "sender_chat": where,
        "chat": where,
        "date": int(time.time()),
        "text": text,
    }
    if edited:
        return {"edited_channel_post": post | {"edit_date": post["date"] + 1}}
    return {"channel_post": post}


def inline_query(user_id: int, query: str, *, offset: str = "", query_id: str | None = None) -> Json:
    """Build a query typed after the bot's name in any chat."""
    body = {
        "id": query_id or str(next(_query_ids)),
        "from": person(user_id),
        "query": query,
        "offset": offset,
        "chat_type": "private",
    }
    return {"inline_query": body}


def migration(group_id: int, supergroup_id: int) -> tuple[Json, Json]:
    """Build the two service messages of a group that became a supergroup, in Telegram's order."""
    return (
        {"message": message(group_id, migrate_to_chat_id=supergroup_id)},
        {"message": message(supergroup_id, migrate_from_chat_id=group_id)},
    )


def malformed(chat_id: int) -> Json:
    """Build an update the library cannot parse: a text message without its date."""
    built = message(chat_id, text="mất ngày")
    del built["date"]
    return {"message": built}


def from_the_future(chat_id: int) -> Json:
    """Build an update of a type no library knows yet; push it with `force` past allowed_updates."""
    return {"telepathic_message": {"chat": chat(chat_id), "thought": "?"}}
