"""Publishes what officers planned, when its time has come; plans lie in the store, so they outlive any process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from ..clock import Clock
from ..core.guide import Guide
from ..errors import NotPublishable, ReleaseConflict, StoreError
from ..store.content_protocols import Versions
from ..store.thread import StoreThread
from ..store.versions import Plan, Version
from .releasing import Candidate, check_texts, of_versions, publish
from .telling import problem_lines

log = logging.getLogger("loa.plans")
_LOOK_EVERY = 1.0
_OVERTAKEN = "đã có bản mới hơn được công bố sau khi hẹn giờ: {items}"


class Planning:
    """Looks for plans that are due. Any number of processes may do so: of two that publish at once one is refused.

    `guide` gives the one that residents are answered by, if any: beside it only what is new has to be read.
    """

    def __init__(self, store: StoreThread, clock: Clock, guide: Callable[[], Guide | None] = lambda: None) -> None:
        self._store = store
        self._clock = clock
        self._guide = guide

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop`."""
        while not stop.is_set():
            try:
                await self.look()
            except StoreError as error:
                log.error("plans cannot be read; the next look comes soon", extra={"error": str(error)})
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await stop.wait()
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Carry out the plans whose time has come."""
        for plan in await self._store.run(self._store.store.versions.due, self._clock()):
            await self.carry_out(plan)

    async def carry_out(self, plan: Plan) -> None:
        """Publish what was planned if it still passes the gate; else the plan keeps the reasons."""
        versions = self._store.store.versions
        made = await self._store.run(prepare, versions, plan)
        if isinstance(made, str):
            await self._store.run(versions.settle, plan.id, "refused" if made else "done", made)
            return
        report = await asyncio.to_thread(check_texts, made.texts, self._guide())
        try:
            release = await self._store.run(
                lambda: publish(versions, made, plan.author, self._clock(), plan.note, check=lambda _: report)
            )
        except NotPublishable as refused:
            await self._store.run(versions.settle, plan.id, "refused", "\n".join(problem_lines(refused.problems)))
        except ReleaseConflict:
            log.info("somebody published meanwhile; the plan is tried again", extra={"plan": plan.id})
        else:
            await self._store.run(versions.settle, plan.id, "done")
            log.info("published as planned", extra={"plan": plan.id, "release": release.number})


def prepare(versions: Versions, plan: Plan) -> Candidate | str:
    """The release that a plan would make; a reason why not, or an empty text where it is out already."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    chosen = [found for found in _planned(versions, plan) if released.get(found.item) != found]
    overtaken = [each.item for each in chosen if each.item in released and released[each.item].id > each.id]
    if overtaken:
        return _OVERTAKEN.format(items=", ".join(overtaken))
    return of_versions(versions, chosen) if chosen else ""


def _planned(versions: Versions, plan: Plan) -> list[Version]:
    return [versions.version(each) for each in plan.versions]


def local_time(text: str, zone: str) -> datetime:
    """A moment as officers write it ("2026-12-01 07:00"), in a time zone; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text.strip().replace(" ", "T"))
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
