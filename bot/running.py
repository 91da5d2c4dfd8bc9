"""The one place of assembly: settings, content, store and adapters into a running Loa."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta

import uvicorn

from .clock import Clock, system_clock
from .console.app import create_app
from .console.clients import Limiter
from .console.desk import Desk
from .content.planning import Planning
from .content.starting import start
from .content.telling import start_lines
from .content.tree import read_folder
from .content.watching import Watching
from .core.guide import Guide
from .errors import LoaError, StoreError
from .memory import put_to_rest
from .metrics import Metrics
from .officers import invite
from .opening import open_store
from .reception import Reception
from .settings import Settings
from .store.sealing import Sealer, load_key
from .store.thread import StoreThread
from .switching import Switching
from .telegram.app import TelegramBot
from .telegram.later import Later

log = logging.getLogger("loa")
_SWEEP_EVERY = timedelta(days=1)
Tell = Callable[[str], None]
# Who is invited where there is no officer yet.
_FIRST = "Quản trị"


def _silent(line: str) -> None:
    """Nobody listens."""


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own: one stop is for everything."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        """Leave signals to `serve`."""
        return nullcontext()


async def serve(
    settings: Settings, *, with_telegram: bool, watch: bool = False, office_only: bool = False,
    tell: Tell = _silent, clock: Clock = system_clock,
) -> None:  # fmt: skip
    """Run until SIGTERM or SIGINT; finishes what is under way within `stop_seconds`.

    With `watch`, files that are edited are published at once, if they pass the gate. `tell` hears what officers
    should know of the content, a line at a time. With `office_only` residents are answered elsewhere.
    """
    sealer = load_key(settings.key_path)
    store = StoreThread(lambda: open_store(settings, sealer))
    try:
        stop = asyncio.Event()
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
        parts = await _put_together(settings, store, sealer, clock, tell)
        await store.run(_invite_the_first, parts)
        await _run_all(parts, with_telegram=with_telegram, watch=watch, office_only=office_only, stop=stop)
    finally:
        store.close()


async def _put_together(settings: Settings, store: StoreThread, sealer: Sealer, clock: Clock, tell: Tell) -> Parts:
    texts = await asyncio.to_thread(read_folder, settings.content_dir)
    begun = await store.run(start, store.store.versions, texts, clock())
    for line in start_lines(begun):
        tell(line)
    catalogue = begun.loaded.catalogue
    guide = await asyncio.to_thread(Guide, catalogue, settings.stale_after, settings.retention)
    reception = Reception(guide, store.store.residents, await store.run(store.store.pauses.current))
    put_to_rest()
    return Parts(settings, reception, begun.release.number, store, sealer, clock, Metrics(), tell)


def _invite_the_first(parts: Parts) -> None:
    """At the first start somebody has to get in."""
    people = parts.store.store.people
    if not people.officers():
        token = invite(people, _FIRST, ("admin",), parts.clock())
        address = f"{parts.settings.address}/can-bo/vao/{token}"
        parts.tell(f"Loa: chưa có cán bộ nào; link vào trang cán bộ (một lần, 10 phút): {address}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is made once and handed to both adapters."""

    settings: Settings
    reception: Reception
    release: int
    store: StoreThread
    sealer: Sealer
    clock: Clock
    metrics: Metrics
    tell: Tell


async def _run_all(parts: Parts, *, with_telegram: bool, watch: bool, office_only: bool, stop: asyncio.Event) -> None:
    telegram = _telegram(parts) if with_telegram else None
    server = _web(parts, telegram, office_only=office_only)
    work = [_serve_web(server, stop), _sweep(parts, stop), _switching(parts, telegram).run(stop)]
    work.append(Planning(parts.store, parts.clock, lambda: parts.reception.guide).run(stop))
    if watch:
        work.append(_watching(parts).run(stop))
    if telegram:
        work.append(telegram.run(asyncio.Event(), stop))
        work.append(Later(parts.reception, parts.store, parts.clock, telegram.queued).run(stop))
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        stop.set()
        server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)


def _telegram(parts: Parts) -> TelegramBot:
    return TelegramBot(parts.settings, parts.reception, parts.store, parts.sealer, parts.clock, parts.metrics)


def _switching(parts: Parts, telegram: TelegramBot | None) -> Switching:
    async def switched() -> None:
        put_to_rest()
        if telegram:
            await telegram.register()

    return Switching(parts.reception, parts.store, parts.release, switched)


def _watching(parts: Parts) -> Watching:
    root, live = parts.settings.content_dir, lambda: parts.reception.guide
    return Watching(root, parts.store, parts.clock, parts.tell, live)


def _web(parts: Parts, telegram: TelegramBot | None, *, office_only: bool) -> _Server:
    settings = parts.settings
    limiter = Limiter(settings.rate_per_minute)
    name = lambda: telegram.name if telegram else None  # noqa: E731 (it is asked anew for every page)
    desk = Desk(settings, parts.reception, parts.store, parts.sealer, parts.clock, limiter, parts.metrics, name)
    config = uvicorn.Config(
        create_app(desk, office_only=office_only), host=settings.host, port=settings.port, log_config=None,
        access_log=False, proxy_headers=False, server_header=False,
        timeout_graceful_shutdown=int(settings.stop_seconds) or 1,
    )  # fmt: skip
    return _Server(config)


async def _serve_web(server: _Server, stop: asyncio.Event) -> None:
    serving = asyncio.create_task(_serve_or_say_why(server))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    await serving
    stop.set()


async def _serve_or_say_why(server: _Server) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way to say that the port is taken; it would end the loop at once
        config = server.config
        raise LoaError(f"port {config.port} on {config.host} cannot be used; set LOA_PORT to another") from None


async def _sweep(parts: Parts, stop: asyncio.Event) -> None:
    """Retention: once at the start, then daily."""
    while not stop.is_set():
        try:
            deleted = await parts.store.run(parts.store.store.upkeep.sweep, parts.clock(), parts.settings.retention)
            log.info("retention", extra={"deleted": deleted})
        except StoreError as error:
            log.error("retention failed; the next try is tomorrow", extra={"error": str(error)})
        with suppress(TimeoutError):
            async with asyncio.timeout(_SWEEP_EVERY.total_seconds()):
                await stop.wait()
