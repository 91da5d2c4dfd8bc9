"""Works off the outbox: at least once, in order per chat, several chats at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from ..clock import Clock
from ..store.records import Outgoing
from ..store.thread import StoreThread
from .worker import error_name, sleep_until

log = logging.getLogger("loa.sender")
_AT_ONCE = 8
_LONGEST_WAIT = 60.0
_UNCHANGED = "message is not modified"


class Sender:
    """Sends what handlers collected.

    429 is waited out, chat by chat; network errors and 5xx are tried again with growing waits, and put
    aside once they have failed `attempts` times and for `give_up_seconds`; 400 and 403 are final.
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
        }

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished by `finish`."""
        while True:
            self._wake.clear()
            try:
                await self._start_due()
                free = len(self._busy) < _AT_ONCE
                due = await self._store.run(self._store.store.outbox.next_due, frozenset(self._busy)) if free else None
            except Exception as error:  # the edge: a full or locked disk passes, and the work goes on
                log.error("sender failed", extra={"error": error_name(error)})
                due = self._clock().timestamp() + self._retry_seconds
            await sleep_until(self._wake, due, self._clock)

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

    async def _work(self, row: Outgoing) -> None:
        try:
            await self._attempt(row)
        except Exception as error:  # the edge: the row stays open, and is tried again when the store answers
            log.error("sender failed", extra={"row": row.id, "error": error_name(error)})
            await asyncio.sleep(self._retry_seconds)
        finally:
            del self._busy[row.ref]
            self._wake.set()

    async def _attempt(self, row: Outgoing) -> None:
        outbox, run = self._store.store.outbox, self._store.run
        try:
            result = await self._calls[row.method](row)
        except RetryAfter as error:
            await self._slow_down(row, error)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            if isinstance(error, BadRequest) and _UNCHANGED in str(error).lower():
                await run(outbox.sent, row.id, row.edits_message, self._clock())
                return
            log.warning("refused", extra={"row": row.id, "ref": row.ref[:8], "error": str(error)})
            await run(outbox.refused, row.id, str(error), self._clock())
        except TelegramError as error:
            await self._again(row, error_name(error))
        except Exception as error:  # a row that the library cannot send may not stop the others
            await self._again(row, error_name(error), passing=False)
        else:
            message_id = result.message_id if isinstance(result, Message) else None
            await run(outbox.sent, row.id, message_id, self._clock())

    async def _slow_down(self, row: Outgoing, error: RetryAfter) -> None:
        """Wait as long as told, for this chat: halting everybody would make one busy chat silence the rest."""
        wait = error.retry_after
        seconds = float(wait.total_seconds() if isinstance(wait, timedelta) else wait)
        log.warning("told to slow down", extra={"row": row.id, "wait": seconds})
        now = self._clock()
        retry_at = now + timedelta(seconds=seconds)
        await self._store.run(self._store.store.outbox.later, row.id, "RetryAfter", retry_at, now, counts=False)

    async def _again(self, row: Outgoing, error: str, *, passing: bool = True) -> None:
        now = self._clock()
        outbox = self._store.store.outbox
        failing_for = now.timestamp() - row.first_failed if row.first_failed else 0.0
        if row.attempts + 1 >= self._attempts and (failing_for >= self._give_up_seconds or not passing):
            log.error("put aside", extra={"row": row.id, "error": error})
            await self._store.run(outbox.put_aside, row.id, error, now)
            return
        wait = min(self._retry_seconds * 2 ** min(row.attempts, 10), _LONGEST_WAIT)
        log.warning("send failed", extra={"row": row.id, "error": error, "wait": wait})
        await self._store.run(outbox.later, row.id, error, now + timedelta(seconds=wait), now, counts=True)

    async def _send(self, row: Outgoing) -> Message:
        return await self._bot.send_message(**_arguments(row.payload))

    async def _edit(self, row: Outgoing) -> Message | bool:
        """Change the earlier reply; where it was never sent or is gone, send a new one."""
        if row.edits_message is None:
            return await self._send(row)
        try:
            return await self._bot.edit_message_text(message_id=row.edits_message, **_arguments(row.payload))
        except BadRequest as error:
            if _UNCHANGED in str(error).lower():
                raise
            return await self._send(row)

    async def _toast(self, row: Outgoing) -> bool:
        return await self._bot.answer_callback_query(**row.payload)


def _arguments(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload as arguments of python-telegram-bot."""
    found = dict(payload)
    if "reply_markup" in found:
        found["reply_markup"] = InlineKeyboardMarkup.de_json(found["reply_markup"], None)
    if "link_preview_options" in found:
        found["link_preview_options"] = LinkPreviewOptions.de_json(found["link_preview_options"], None)
    return found
