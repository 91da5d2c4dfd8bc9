"""The Telegram side put together: one poller by lock, a worker, a sender, and a stop that loses nothing."""

from __future__ import annotations

import asyncio
import fcntl
import logging
from collections.abc import Awaitable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from ..clock import Clock
from ..errors import SettingsError, StoreLocked
from ..metrics import Metrics
from ..reception import Reception
from ..settings import Settings
from ..store.sealing import Sealer
from ..store.thread import StoreThread
from .door import Door
from .handling import Handling
from .poller import Poller
from .sender import Sender
from .updates import chat_name
from .waiting import error_name
from .worker import Worker

log = logging.getLogger("loa.telegram")
_COMMANDS = {
    "start": "command_start", "chude": "command_topics", "vanban": "command_library", "noihoi": "command_places",
    "duongday": "command_hotline", "huongdan": "command_guide", "gopy": "command_suggest",
    "quyenriengtu": "command_privacy", "xoadulieu": "command_delete",
}  # fmt: skip
_POOL = 16


@contextmanager
def poller_lock(var_dir: Path) -> Iterator[None]:
    """Only one process of this folder polls; the lock is free as soon as its holder is gone, however it went.

    Raises StoreLocked if another process holds it.
    """
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / "poller.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreLocked(str(path)) from None
        yield


class TelegramBot:
    """Answers on Telegram until it is stopped."""

    def __init__(
        self,
        settings: Settings,
        reception: Reception,
        store: StoreThread,
        sealer: Sealer,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        if settings.telegram_token is None:
            raise SettingsError("LOA_TELEGRAM_TOKEN", "is needed to answer on Telegram")
        token = settings.telegram_token.get_secret_value()
        seconds = settings.send_seconds
        self._settings = settings
        self._reception = reception
        self._introduced = False
        self._polling = HTTPXRequest(2, read_timeout=seconds, connect_timeout=seconds)
        sending = HTTPXRequest(_POOL, read_timeout=seconds, connect_timeout=seconds, pool_timeout=seconds)
        self.bot = Bot(
            token, base_url=f"{settings.telegram_api}/bot", request=sending, get_updates_request=self._polling
        )
        inbox_wake, outbox_wake = asyncio.Event(), asyncio.Event()
        ref_of = lambda person: sealer.ref("telegram", chat_name(person))  # noqa: E731 (one line says it)
        handling = Handling(
            reception,
            store.store.residents,
            metrics,
            lambda: self.name,
            ref_of,
            Door(store.store.people, settings.address),
        )
        retry = settings.retry_seconds
        self._poller = Poller(
            self._polling, self.bot.base_url, store, sealer, clock, settings.poll_seconds, retry, inbox_wake
        )
        self._outbox_wake = outbox_wake
        self._worker = Worker(handling, store, clock, settings.attempts, retry, inbox_wake, outbox_wake)
        self._sender = Sender(self.bot, store, clock, settings.attempts, retry, settings.give_up_seconds, outbox_wake)

    @property
    def name(self) -> str | None:
        """The bot's user name once Telegram has told it."""
        return self.bot.username if self._introduced else None

    def queued(self) -> None:
        """Hear that something was added to the outbox."""
        self._outbox_wake.set()

    async def run(self, ready: asyncio.Event, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish open work within `stop_seconds`.

        Raises StoreLocked if another process polls, SettingsError if Telegram refuses the token.
        """
        with poller_lock(self._settings.var_dir):
            working: list[asyncio.Task[None]] = []
            try:
                # Nothing is handled before the bot knows its own name: in a group it would not hear that it is meant.
                if await _before(stop, self._greet_telegram()):
                    working += [asyncio.create_task(self._worker.run()), asyncio.create_task(self._sender.run())]
                    ready.set()
                    await self._poll_until(stop, working)
            finally:
                await self._finish(working)

    async def _greet_telegram(self) -> None:
        """Introduce the bot; waits for the network, gives up only on a refused token."""
        wait = self._settings.retry_seconds
        while True:
            try:
                await self.bot.initialize()
                self._introduced = True
                await self.bot.delete_webhook(drop_pending_updates=False)
            except InvalidToken:
                raise SettingsError(
                    "LOA_TELEGRAM_TOKEN", "is refused by Telegram; copy it again from BotFather"
                ) from None
            except TelegramError as error:
                log.warning("Telegram cannot be reached yet", extra={"error": error_name(error), "wait": wait})
                await asyncio.sleep(wait)
                wait = min(wait * 2, 30.0)
            else:
                log.info("connected", extra={"bot": self.bot.username})
                return

    async def register(self) -> None:
        """Tell Telegram the commands and what the bot is; residents are answered whether or not it takes them."""
        if not self._introduced:
            return
        guide = self._reception.guide
        for language in (None, "vi", "en"):
            ending = "_en" if language == "en" else ""
            commands = [BotCommand(name, guide.sentence(key + ending)) for name, key in _COMMANDS.items()]
            await self._told(self.bot.set_my_commands(commands, language_code=language))
        await self._told(self.bot.set_my_short_description(guide.sentence("about_short")))
        await self._told(self.bot.set_my_description(guide.sentence("about_long")))

    async def _told(self, call: Awaitable[bool]) -> None:
        try:
            await call
        except TelegramError as error:
            log.warning("Telegram did not take a description", extra={"error": error_name(error)})

    async def _poll_until(self, stop: asyncio.Event, working: list[asyncio.Task[None]]) -> None:
        polling = asyncio.create_task(self._poller.run())
        registering = asyncio.create_task(self.register())
        stopping = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait([polling, stopping, *working], return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()
        except InvalidToken:
            raise SettingsError("LOA_TELEGRAM_TOKEN", "is refused by Telegram; copy it again from BotFather") from None
        finally:
            for task in (polling, stopping, registering):
                task.cancel()
            await asyncio.gather(polling, stopping, registering, return_exceptions=True)

    async def _finish(self, working: list[asyncio.Task[None]]) -> None:
        """Handle and send what is due; what remains is in the store for the next start."""
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        try:
            async with asyncio.timeout(self._settings.stop_seconds):
                while self._introduced and await self._worker.step():
                    pass
                await self._sender.finish()
        except TimeoutError:
            log.warning("stopped with open work; it goes on at the next start")
        await self.bot.shutdown()
        await self._polling.shutdown()


async def _before(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work unless `stop` comes first; whether it was done."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return False
        working.result()
        return True
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
