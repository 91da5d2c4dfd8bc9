"""Publishes files as they are edited, for `loa run --watch`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from ..clock import Clock
from ..core.guide import Guide
from ..errors import ContentError, LoaError
from ..store.thread import StoreThread
from ..store.versions import Release
from .checking import Report
from .releasing import candidate, check_texts, publish
from .starting import take_edited
from .syncing import FROM_FILES, Side, compare, note_agreement
from .telling import Tell, problem_lines
from .tree import Texts, read_folder

log = logging.getLogger("loa.watch")
_LOOK_EVERY = 0.5


class Watching:
    """Looks at the folder twice a second; what does not pass the gate is said once, and the release before stays.

    `guide` gives the one that residents are answered by, if any: beside it only what is new has to be read.
    """

    def __init__(
        self, root: Path, store: StoreThread, clock: Clock, tell: Tell, guide: Callable[[], Guide | None] = lambda: None
    ) -> None:
        self._root = root
        self._store = store
        self._clock = clock
        self._tell = tell
        self._guide = guide
        self._seen: Texts | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until `stop`."""
        while not stop.is_set():
            try:
                await self.look()
            except LoaError as error:
                log.error("the folder cannot be watched; the next look comes soon", extra={"error": str(error)})
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await stop.wait()
            except TimeoutError:
                continue

    async def look(self) -> Release | None:
        """Publish what was edited since the last look; None where nothing was, or where it may not go out."""
        texts = await asyncio.to_thread(read_folder, self._root)
        if texts == self._seen or not texts:
            return None
        self._seen = texts
        report = await asyncio.to_thread(check_texts, texts, self._guide())
        try:
            return await self._store.run(self._publish, texts, report)
        except ContentError as refused:
            self._tell("Loa: tệp vừa sửa chưa được công bố, còn lỗi:")
            for line in problem_lines(refused.problems):
                self._tell(line)
            return None

    def _publish(self, texts: Texts, report: Report) -> Release | None:
        versions = self._store.store.versions
        take_edited(versions, texts, self._clock())
        waiting = [each.item for each in compare(texts, versions) if each.side is Side.WAITING]
        if not waiting:
            return None
        made = candidate(versions, waiting)
        # What the folder holds was checked; where the store adds its own, that has to be checked with it.
        check = (lambda _: report) if made.texts == texts else check_texts
        release = publish(versions, made, FROM_FILES, self._clock(), "sửa tệp", check=check)
        note_agreement(texts, versions)
        self._tell(f"Loa: đã công bố {len(waiting)} tệp vừa sửa (bản {release.number})")
        return release
