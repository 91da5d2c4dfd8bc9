"""Works off the outbox: at least once, in order per chat, several chats at a time."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from ..clock import Clock
from ..store.records import Outgoing
from ..store.thread import StoreThread
from .waiting import error_name, seconds_of, sleep_until

log = logging.getLogger("loa.sender")
_AT_ONCE = 8
_LONGEST_WAIT = 60.0
# Telegram is not heard at all: an outage of the network, waited out for a day with the default setting.
_OUTAGE = 24
_UNCHANGED = "message is not modified"
_NO_CHAT = "chat not found"
_REFUSED_FORM = re.compile("parse entities|button|keyboard|entity|reply markup", re.IGNORECASE)


class Sender:
    """Sends what handlers collected.

    429 is waited out, chat by chat; 5xx are tried again with growing waits, and put aside once they have failed
    `attempts` times and for `give_up_seconds`, network errors for a day; 400 and 403 are final. A chat that refuses
    the bot is noted, so that it is not written to unasked.
    """

    def __init__(
        self, bot: Bot, store: StoreThread, clock: Clock, attempts: int, retry_seconds: float, give_up_seconds: float,
        wake: asyncio.Event,
    ) -> None:  # fmt: skip
        self._bot = bot
        self._store = store
        self._clock = clock
        self._attempts = attempts
        self._retry_seconds = retry_seconds
        self._give_up_seconds = give_up_seconds
        self._wake = wake
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._calls: Mapping[str, Callable[[Outgoing], Awaitable[Any]]] = {
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "answerCallbackQuery": self._toast,
            "answerInlineQuery": self._cards,
        }

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished by `finish`."""
        while True:
            self._wake.clear()
            try:
                await self._start_due()
                due = await self._next_due() if len(self._busy) < _AT_ONCE else None
            except Exception as error:  # the edge: a full or locked disk passes, and the work goes on
                log.error("sender failed", extra={"error": error_name(error)})
                due = self._clock().timestamp() + self._retry_seconds
            await sleep_until(self._wake, due, self._clock, self._store.store.idle_seconds)

    async def finish(self) -> None:
        """Send what is due and wait for what is under way; for a graceful stop, under a time limit."""
        while True:
            await self._start_due()
            if not self._busy:
                return
            await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _start_due(self) -> None:
        room = _AT_ONCE - len(self._busy)
        if room <= 0:
            return
        outbox = self._store.store.outbox
        for row in await self._store.run(outbox.due, self._clock(), room, frozenset(self._busy)):
            self._busy[row.ref] = asyncio.create_task(self._work(row))

    async def _next_due(self) -> float | None:
        return await self._store.run(self._store.store.outbox.next_due, self._clock(), frozenset(self._busy))

    async def _work(self, row: Outgoing) -> None:
        try:
            await self._note(await self._attempt(row))
        finally:
            del self._busy[row.ref]
            self._wake.set()

    async def _note(self, note: Callable[[], None]) -> None:
        """Write what became of a row. While the store fails the chat stays busy: to send again would repeat."""
        wait = self._retry_seconds
        while True:
            try:
                return await self._store.run(note)
            except Exception as error:  # the edge: a full or locked disk passes
                log.error("not noted yet", extra={"error": error_name(error), "wait": wait})
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    async def _attempt(self, row: Outgoing) -> Callable[[], None]:
        """Make the call; what is to be noted of it."""
        outbox, now = self._store.store.outbox, self._clock
        try:
            result = await self._calls[row.method](row)
        except RetryAfter as error:
            return self._slow_down(row, error)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            refusal = str(error)
            if _UNCHANGED in refusal.lower():
                return lambda: outbox.sent(row.id, row.edits_message, now())
            log.warning("refused", extra={"row": row.id, "ref": row.ref[:8], "error": refusal})
            blocked = isinstance(error, Forbidden) or _NO_CHAT in refusal.lower()
            return lambda: outbox.refused(row.id, refusal, now(), blocked=blocked)
        except TelegramError as error:
            unheard = isinstance(error, TimedOut) or error.__cause__ is not None
            return self._again(row, error_name(error), patience=_OUTAGE if unheard else 1)
        except Exception as error:  # a row that the library cannot send may not stop the others
            return self._again(row, error_name(error), patience=0)
        message_id = result.message_id if isinstance(result, Message) else None
        return lambda: outbox.sent(row.id, message_id, now())

    def _slow_down(self, row: Outgoing, error: RetryAfter) -> Callable[[], None]:
        """Wait as long as told, for this chat: halting everybody would make one busy chat silence the rest."""
        now, wait = self._clock(), seconds_of(error)
        log.warning("told to slow down", extra={"row": row.id, "wait": wait})
        retry_at = now + timedelta(seconds=wait)
        return lambda: self._store.store.outbox.later(row.id, "RetryAfter", retry_at, now, counts=False)

    def _again(self, row: Outgoing, error: str, *, patience: int) -> Callable[[], None]:
        """Later, or aside once it failed often and for `patience` times as long as `give_up_seconds`."""
        now, outbox = self._clock(), self._store.store.outbox
        failing_for = now.timestamp() - row.first_failed if row.first_failed else 0.0
        if row.attempts + 1 >= self._attempts and failing_for >= patience * self._give_up_seconds:
            log.error("put aside", extra={"row": row.id, "error": error})
            return lambda: outbox.put_aside(row.id, error, now)
        wait = min(self._retry_seconds * 2 ** min(row.attempts, 10), _LONGEST_WAIT)
        log.warning("send failed", extra={"row": row.id, "error": error, "wait": wait})
        return lambda: outbox.later(row.id, error, now + timedelta(seconds=wait), now, counts=True)

    async def _send(self, row: Outgoing) -> Message:
        """Send a message; where Telegram refuses its form, the bare words, so that nobody meets silence."""
        try:
            return await self._bot.send_message(**_arguments(row.payload))
        except BadRequest as error:
            if not _REFUSED_FORM.search(str(error)):
                raise
            log.error("form refused", extra={"row": row.id, "error": str(error)})
            words = unescape(re.sub(r"<[^>]*>", "", row.payload["text"]))
            bare = {name: value for name, value in row.payload.items() if name in ("chat_id", "reply_parameters")}
            return await self._bot.send_message(text=words, **_arguments(bare))

    async def _edit(self, row: Outgoing) -> Message | bool:
        """Change the earlier reply; where it was never sent or is gone, send a new one."""
        if row.edits_message is None:
            return await self._send(row)
        try:
            # An edited message keeps what it replies to.
            payload = {name: value for name, value in row.payload.items() if name != "reply_parameters"}
            return await self._bot.edit_message_text(message_id=row.edits_message, **_arguments(payload))
        except BadRequest as error:
            if _UNCHANGED in str(error).lower():
                raise
            return await self._send(row)

    async def _toast(self, row: Outgoing) -> bool:
        return await self._bot.answer_callback_query(**row.payload)

    async def _cards(self, row: Outgoing) -> bool:
        results = [_article(result) for result in row.payload["results"]]
        return await self._bot.answer_inline_query(**{**row.payload, "results": results})


def _arguments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload as arguments of python-telegram-bot."""
    found = dict(payload)
    if "reply_parameters" in found:
        found["reply_parameters"] = ReplyParameters.de_json(found["reply_parameters"], None)
    if "reply_markup" in found:
        found["reply_markup"] = InlineKeyboardMarkup.de_json(found["reply_markup"], None)
    if "link_preview_options" in found:
        found["link_preview_options"] = LinkPreviewOptions.de_json(found["link_preview_options"], None)
    return found


def _article(result: Mapping[str, Any]) -> InlineQueryResultArticle:
    """A result of an inline query as the library wants it."""
    found = _arguments({name: value for name, value in result.items() if name != "type"})
    found["input_message_content"] = InputTextMessageContent(**_arguments(found["input_message_content"]))
    return InlineQueryResultArticle(**found)
