"""`BotApiDouble`: a Telegram Bot API on loopback, in a thread of its own.

It outlives the bot: state stays here while the bot is killed and started again. What it answers follows the
public documentation; nothing offline proves behaviour against Telegram itself. Known departures:

- unknown parameters, and two actions on one button, are refused (Telegram ignores the ones and picks among
  the others); methods that are not listed in `schema.py` are unknown (404);
- no flood limits of its own: a 429 comes only from `faults`; every conflict is told at once (Telegram holds
  back those that follow closely);
- links, hashtags and commands in the bot's texts are not marked up by themselves; legacy Markdown is refused;
- a webhook may be plain HTTP on loopback, and failed deliveries are repeated soon and for ever;
- press and inline query ids stay valid until `expire_queries`.
"""

import asyncio
import copy
import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.botapi import updates
from tests.botapi.data import Call, ChatMessage, Delivery, Json, Refusal
from tests.botapi.faults import Faults
from tests.botapi.server import Server, Shared
from tests.botapi.webhook import Deliverer
from tests.botapi.world import Chat, World, closed_by, source

TOKEN = "123456789:TESTabcdefghijklmnopqrstuvwxyz01234"
Relate = Callable[[ChatMessage], int | None]


class BotApiDouble:
    """Run the double inside `with`; every member may be used from any thread.

    Waiting blocks: in a test whose own event loop runs the bot, use `until` instead.
    """

    def __init__(
        self, *, seed: int = 0, port: int = 0, webhook_retry: float = 0.1, webhook_timeout: float = 60.0
    ) -> None:
        self.token = TOKEN
        self.faults = Faults(seed)
        self._port = port
        self._world = World()
        self._calls: list[Call] = []
        self._deliveries: list[Delivery] = []
        self._changed = threading.Condition(threading.RLock())
        self._shared = Shared(self.token, self._world, self.faults, self._calls, self._changed)
        self._webhook_times = (webhook_retry, webhook_timeout)
        self._thread = threading.Thread(target=self._run, name="bot-api-double", daemon=True)
        self._started = threading.Event()
        self._failure: BaseException | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait(10)
        if self._failure or not self._started.is_set():
            raise RuntimeError("the Bot API double did not start") from self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._failure = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._deliverer = Deliverer(self._shared, *self._webhook_times, self._deliveries)
        self._server = self._deliverer.server = Server(self._shared, self._deliverer.wake)
        runner = web.AppRunner(
            self._server.application(), handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = int(runner.addresses[0][1])
        delivering = asyncio.create_task(self._deliverer.run())
        self._started.set()
        await self._stop.wait()
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
        await runner.cleanup()

    # ---- where the bot finds it

    @property
    def base_url(self) -> str:
        """The address before "/bot<token>/<method>"; python-telegram-bot wants "/bot" appended."""
        return f"http://127.0.0.1:{self._port}"

    # ---- what residents do

    def push(self, update: Json, *, force: bool = False) -> int:
        """Queue an update under the next update_id and give that id.

        A kind the bot has excluded by allowed_updates is kept in `dropped` instead, unless by `force`.
        """
        with self._changed:
            numbered = {"update_id": self._world.queue.next_id, **copy.deepcopy(update)}
            if force or self._world.queue.wants(numbered):
                return self.push_raw(numbered)
            self._world.queue.next_id += 1
            self._world.queue.dropped.append(numbered)
            return int(numbered["update_id"])

    def push_raw(self, update: Json) -> int:
        """Queue an update exactly as it is, whatever allowed_updates says; it must have an update_id."""
        update_id = int(update["update_id"])
        with self._changed:
            self._world.observe(update)
            self._world.pushed[update_id] = update
            self._world.queue.put(update)
            self._changed.notify_all()
        self._loop.call_soon_threadsafe(self._server.wake)
        self._loop.call_soon_threadsafe(self._deliverer.wake)
        return update_id

    def press(self, chat_id: int, label: str, *, language_code: str | None = "vi") -> int:
        """Push the press of the newest inline button with this text or callback data in a chat.

        Raise `LookupError` if the resident sees no such button.
        """
        for shown in reversed(self.messages(chat_id)):
            for button in shown.buttons:
                if "callback_data" in button and label in (button["text"], button["callback_data"]):
                    data = button["callback_data"]
                    return self.push(updates.callback(chat_id, data, shown, language_code=language_code))
        raise LookupError(f"no button {label!r} in chat {chat_id}")

    def add_chat(self, chat_id: int, *, username: str | None = None, kind: str | None = None) -> None:
        """Make a chat known without an update; an update makes its chat known by itself."""
        raw = updates.chat(chat_id, kind=kind) | ({"username": username} if username else {})
        with self._changed:
            self._world.chats[chat_id] = Chat(raw)

    def block(self, chat_id: int, refusal: Refusal | None = None) -> None:
        """Answer whatever is sent to a chat with 403 from now on, without telling the bot by an update."""
        with self._changed:
            if chat_id not in self._world.chats:
                self.add_chat(chat_id)
            known = self._world.chats[chat_id]
            known.closed = refusal or closed_by(known.raw["type"])

    def unblock(self, chat_id: int) -> None:
        """Let the bot write to a chat again."""
        with self._changed:
            self._world.chats[chat_id].closed = None

    def expire_queries(self) -> None:
        """Make every press and inline query so far too old to be answered."""
        with self._changed:
            self._world.callbacks.clear()
            self._world.inline_queries.clear()

    # ---- what the bot did

    @property
    def sent(self) -> list[Call]:
        """Every call of the bot, in the order the answers were decided, refused and spoilt ones included."""
        with self._changed:
            return list(self._calls)

    def calls(self, method: str) -> list[Call]:
        """Give the calls of one method."""
        return [call for call in self.sent if call.method == method]

    @property
    def refused(self) -> list[Call]:
        """Calls that Telegram itself would have refused (faults are not among them)."""
        return [call for call in self.sent if call.error is not None]

    def transcript(self, chat_id: int) -> list[ChatMessage]:
        """Give a chat as the resident now sees it: both sides, edits applied, deleted messages gone."""
        with self._changed:
            found = self._world.messages.get(chat_id, {})
            return [found[message_id] for message_id in sorted(found)]

    def messages(self, chat_id: int) -> list[ChatMessage]:
        """Give the bot's part of `transcript`."""
        return [message for message in self.transcript(chat_id) if message.from_bot]

    @property
    def sent_messages(self) -> list[ChatMessage]:
        """Every message the bot ever put into a chat, as first sent, in order."""
        with self._changed:
            return list(self._world.sent)

    def replies_to(self, chat_id: int, message_id: int) -> list[ChatMessage]:
        """Give what the bot sent in reply to one message; more than one of a kind is a repeat."""
        return [m for m in self.sent_messages if (m.chat_id, m.reply_to) == (chat_id, message_id)]

    def callback_answers(self, query_id: str) -> list[Call]:
        """Give the accepted answerCallbackQuery calls for one press."""
        found = [call for call in self.calls("answerCallbackQuery") if call.effective]
        return [call for call in found if call.params["callback_query_id"] == query_id]

    def answers_by_update(self, relate: Relate | None = None) -> dict[int, list[ChatMessage | Call]]:
        """Give for every pushed update what answered it, the unanswered with an empty list.

        A message answers the update whose message it replies to; a press is answered by answerCallbackQuery.
        A bot that does not use reply_parameters needs `relate`, which reads the update_id off
        a sent message.
        """
        with self._changed:
            sources, found = self._by_source(), self._world.pushed.items()
            answers = {update_id: list(sources.get(source(update), ())) for update_id, update in found}
            for message in self._world.sent if relate else ():
                update_id = relate(message) if relate else None
                if update_id in answers and message not in answers[update_id]:
                    answers[update_id].append(message)
        return answers

    def _by_source(self) -> dict[object, list[ChatMessage | Call]]:
        found: dict[object, list[ChatMessage | Call]] = {}
        for message in self._world.sent:
            if message.reply_to:
                found.setdefault((message.chat_id, message.reply_to), []).append(message)
        for call in self.calls("answerCallbackQuery"):
            if call.effective:
                found.setdefault(call.params["callback_query_id"], []).append(call)
        return found

    # ---- the queue

    @property
    def confirmed_offset(self) -> int:
        """The offset the bot has confirmed: every update below it is gone. 0 before any was."""
        with self._changed:
            return self._world.queue.confirmed_offset

    @property
    def pending(self) -> list[Json]:
        """Updates not confirmed, or not accepted by the webhook."""
        with self._changed:
            return list(self._world.queue.pending)

    @property
    def dropped(self) -> list[Json]:
        """Updates that never reach the bot: excluded kinds, and those thrown away by drop_pending_updates."""
        with self._changed:
            return list(self._world.queue.dropped)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every POST to the webhook."""
        with self._changed:
            return list(self._deliveries)

    # ---- waiting

    def wait_for(self, predicate: Callable[[], object], timeout: float = 10.0) -> None:
        """Wait until `predicate()` is true; raise `TimeoutError` that tells the last calls."""
        end = time.monotonic() + timeout
        with self._changed:
            while not predicate():
                if (left := end - time.monotonic()) <= 0:
                    last = [f"{c.method} {c.status} {c.error or c.fault or ''}".strip() for c in self._calls[-8:]]
                    raise TimeoutError(f"nothing came within {timeout} s; last calls: {last}")
                self._changed.wait(min(left, 0.05))

    async def until(self, predicate: Callable[[], object], timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Do what `wait_for` does without blocking the caller's event loop."""
        await asyncio.to_thread(self.wait_for, predicate, timeout)

    def wait_until_answered(
        self,
        count: int | None = None,
        *,
        ids: Iterable[int] = (),
        timeout: float = 10.0,
        relate: Relate | None = None,
    ) -> None:
        """Wait until `count` messages in all were sent, and each update of `ids` has an answer."""
        wanted = list(ids)

        def done() -> bool:
            enough = count is None or len(self._world.sent) >= count
            if not enough or not wanted:
                return enough
            answers = self.answers_by_update(relate)
            return all(answers.get(update_id) for update_id in wanted)

        self.wait_for(done, timeout)
