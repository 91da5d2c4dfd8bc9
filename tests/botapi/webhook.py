"""Delivers updates to the bot's webhook until it says 2xx: in order within a chat, chats side by side."""

import asyncio
import time
from dataclasses import dataclass, field

import aiohttp

from tests.botapi.data import Delivery, Json, Webhook
from tests.botapi.faults import WEBHOOK
from tests.botapi.server import Server, Shared, parse_webhook_answer
from tests.botapi.world import subject

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Deliverer:
    """Posts what waits in the queue while a webhook is set.

    Telegram waits longer and longer between attempts and gives up at last; here every attempt comes
    `retry_delay` seconds after the failure of the one before, without end.
    """

    shared: Shared
    retry_delay: float
    timeout: float
    deliveries: list[Delivery]
    server: Server | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: dict[int, int] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def wake(self) -> None:
        """Look at the queue again; call on the loop."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = aiohttp.ClientTimeout(total=self.timeout)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    self._wake.clear()
                    for update, hook in self._ready():
                        self._begin(session, update, hook)
                    await self._wake.wait()
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ready(self) -> list[tuple[Json, Webhook]]:
        ready: list[tuple[Json, Webhook]] = []
        with self.shared.changed:
            hook = self.shared.world.webhook
            chats = set(self._busy.values())
            room = hook.max_connections - len(self._busy) if hook.url else 0
            for update in self.shared.world.queue.pending:
                if len(ready) >= room:
                    break
                if update["update_id"] not in self._busy and subject(update) not in chats:
                    chats.add(subject(update))
                    ready.append((update, hook))
        return ready

    def _begin(self, session: aiohttp.ClientSession, update: Json, hook: Webhook) -> None:
        self._busy[update["update_id"]] = subject(update)
        task = asyncio.create_task(self._deliver(session, update, hook))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, session: aiohttp.ClientSession, update: Json, hook: Webhook) -> None:
        try:
            accepted = await self._post(session, update, hook)
            if accepted and self.shared.faults.take(WEBHOOK):
                accepted = await self._post(session, update, hook)
            if not accepted:
                await asyncio.sleep(self.retry_delay)
                return
            with self.shared.changed:
                self.shared.world.queue.remove(update["update_id"])
                self.shared.changed.notify_all()
        finally:
            self._busy.pop(update["update_id"], None)
            self._wake.set()

    async def _post(self, session: aiohttp.ClientSession, update: Json, hook: Webhook) -> bool:
        headers = {SECRET_HEADER: hook.secret_token} if hook.secret_token else {}
        try:
            async with session.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
                text = await answer.text(errors="replace")
                status, error = answer.status, None
                if not 200 <= status < 300:
                    error = f"Wrong response from the webhook: {status} {answer.reason}"
        except TimeoutError:
            status, text, error = 0, "", "Read timeout expired"
        except aiohttp.ClientConnectorError:
            status, text, error = 0, "", "Connection refused"
        except aiohttp.ClientError:
            status, text, error = 0, "", "Connection reset by peer"
        self._note(update["update_id"], status, error)
        if error is None and (asked := parse_webhook_answer(text)) and self.server:
            await self.server.perform(*asked)
        return error is None

    def _note(self, update_id: int, status: int, error: str | None) -> None:
        with self.shared.changed:
            self.deliveries.append(Delivery(update_id, time.monotonic(), status, error))
            if error:
                self.shared.world.webhook_error = (int(time.time()), error)
            self.shared.changed.notify_all()
