"""What the double's Telegram remembers: chats, messages, presses, the bot's profile and the queue of updates.

Every function here runs under the double's lock and never waits.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.botapi import updates
from tests.botapi.data import ChatMessage, Json, Refusal, Webhook, bad_request

_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_MESSAGES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
)


@dataclass
class Queue:
    """Updates that wait for the bot.

    `confirmed_offset` is the least update_id not confirmed yet; 0 before anything was.
    """

    pending: list[Json] = field(default_factory=list)
    confirmed_offset: int = 0
    next_id: int = 812_000_001
    allowed: list[str] = field(default_factory=list)
    before: list[Json] = field(default_factory=list)
    dropped: list[Json] = field(default_factory=list)

    def wants(self, update: Json) -> bool:
        """Whether the last `allowed_updates` lets this kind through."""
        kind = next((key for key in update if key != "update_id"), "")
        return kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT

    def put(self, update: Json) -> None:
        """Queue an update as it stands."""
        self.next_id = max(self.next_id, int(update.get("update_id", 0)) + 1)
        self.pending.append(update)

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """Confirm what `offset` confirms and give the next batch, oldest first."""
        if offset < 0:
            self._confirm(self.pending[offset:][0]["update_id"] if self.pending else 0)
        elif offset:
            self._confirm(offset)
        return self.pending[:limit]

    def _confirm(self, offset: int) -> None:
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.confirmed_offset = max(self.confirmed_offset, min(offset, self.next_id))

    def remove(self, update_id: int) -> None:
        """Take out one update that a webhook has accepted."""
        self.pending = [update for update in self.pending if update["update_id"] != update_id]
        self.confirmed_offset = self.pending[0]["update_id"] if self.pending else self.next_id

    def clear(self) -> None:
        """Drop everything that waits, as drop_pending_updates does; `dropped` remembers it."""
        self.dropped += self.pending
        self._confirm(self.next_id)


@dataclass
class Chat:
    """A chat the bot knows; `closed` is the refusal that awaits any message to it."""

    raw: Json
    closed: Refusal | None = None

    @property
    def private(self) -> bool:
        """Whether it is the chat of one resident with the bot."""
        return bool(self.raw["type"] == "private")


@dataclass
class World:
    """The whole state."""

    queue: Queue = field(default_factory=Queue)
    chats: dict[int, Chat] = field(default_factory=dict)
    messages: dict[int, dict[int, ChatMessage]] = field(default_factory=dict)
    callbacks: set[str] = field(default_factory=set)
    inline_queries: set[str] = field(default_factory=set)
    webhook: Webhook = field(default_factory=Webhook)
    webhook_error: tuple[int, str] | None = None
    commands: dict[tuple[Any, ...], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)
    threads: set[tuple[int, int]] = field(default_factory=set)
    pushed: dict[int, Json] = field(default_factory=dict)
    sent: list[ChatMessage] = field(default_factory=list)
    logged_out: bool = False

    def chat(self, chat_id: int | str) -> Chat:
        """Give the chat the bot means; raise `Refusal` if it never met it."""
        for known in self.chats.values():
            if chat_id in (known.raw["id"], f"@{known.raw.get('username', '')}"):
                return known
        raise bad_request("chat not found")

    def writable(self, chat_id: int | str) -> Chat:
        """Give the chat to write to; raise `Refusal` if it is unknown or closed to the bot."""
        found = self.chat(chat_id)
        if found.closed:
            raise found.closed
        return found

    def add_message(self, message: ChatMessage) -> None:
        """Put a message into its chat, or its new version in place of the old."""
        self.messages.setdefault(message.chat_id, {})[message.message_id] = message

    def message(self, chat_id: int, message_id: int | None, missing: str) -> ChatMessage:
        """Give a message of a chat; raise `Refusal` with the sentence `missing` if there is none."""
        found = self.messages.get(chat_id, {}).get(message_id or 0)
        if found is None:
            raise bad_request(missing)
        return found

    def observe(self, update: Json) -> None:
        """Learn from an update what Telegram would know: its chat, message, press and membership."""
        for raw in _messages(update):
            self._observe_message(raw)
        if query := update.get("callback_query"):
            self.callbacks.add(query["id"])
        if query := update.get("inline_query"):
            self.inline_queries.add(query["id"])
        if change := update.get("my_chat_member"):
            known = self._meet(change["chat"])
            gone = change["new_chat_member"]["status"] in ("kicked", "left")
            known.closed = closed_by(known.raw["type"]) if gone else None

    def _meet(self, raw: Json) -> Chat:
        return self.chats.setdefault(raw["id"], Chat(raw))

    def _observe_message(self, raw: Json) -> None:
        known = self._meet(raw["chat"])
        if thread := raw.get("message_thread_id"):
            self.threads.add((raw["chat"]["id"], thread))
        if new_id := raw.get("migrate_to_chat_id"):
            moved = "Bad Request: group chat was upgraded to a supergroup chat"
            known.closed = Refusal(400, moved, {"migrate_to_chat_id": new_id})
        if not raw.get("date") or raw.get("from", {}).get("id") == updates.BOT["id"]:
            return
        self.add_message(_seen(raw))

    def mark_edited(self, message: ChatMessage, **changes: Any) -> ChatMessage:
        """Store and give the edited version of a message of the bot."""
        raw = message.raw | {"edit_date": int(time.time())}
        edited = replace(message, edited=True, raw=raw, **changes)
        self.add_message(edited)
        return edited


def closed_by(chat_type: str) -> Refusal:
    """Make the 403 for a chat of this type that has put the bot out."""
    if chat_type == "private":
        return Refusal(403, "Forbidden: bot was blocked by the user")
    name = {"group": "group chat", "supergroup": "supergroup chat"}.get(chat_type, "channel chat")
    return Refusal(403, f"Forbidden: bot was kicked from the {name}")


def _messages(update: Json) -> Iterator[Json]:
    for key in _MESSAGES:
        if key in update:
            yield update[key]
    if under := update.get("callback_query", {}).get("message"):
        yield under


def _seen(raw: Json) -> ChatMessage:
    return ChatMessage(
        message_id=raw["message_id"],
        chat_id=raw["chat"]["id"],
        from_bot=False,
        text=raw.get("text") or raw.get("caption") or "",
        raw=raw,
        entities=tuple(raw.get("entities") or raw.get("caption_entities") or ()),
        reply_to=raw.get("reply_to_message", {}).get("message_id"),
        edited="edit_date" in raw,
    )


def subject(update: Json) -> int:
    """Give the chat (or the user) an update is about; 0 where it names none."""
    for body in update.values():
        if isinstance(body, dict):
            place = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
            return int(place.get("id", 0))
    return 0


def source(update: Json) -> object:
    """Give what an answer can refer to: the id of a press, or chat and message, or None."""
    if query := update.get("callback_query"):
        return query["id"]
    raw = next(_messages(update), None)
    return (raw["chat"]["id"], raw["message_id"]) if raw else None
