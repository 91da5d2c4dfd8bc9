"""A small pack behind the officers' pages, and what tests of publishing do there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI

from bot.console.clients import Limiter
from bot.console.desk import Desk
from bot.console.office.jobs import Job, Jobs
from bot.content.drafting import head, save
from bot.content.loading import load_texts
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.core.guide import Guide
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.records import Role
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from bot.store.versions import Draft, Release
from bot.switching import Switching
from tests.conftest import ROOT
from tests.console.office import AtDesk, sign_in
from tests.content import broken
from tests.engines import Base
from tests.fakes import FixedClock

PUBLISH, RELEASES, SHEETS = "/can-bo/cong-bo", "/can-bo/cong-bo/ban", "/can-bo/bang"
ANSWER, INTENT, OTHER = "responses/vi/mask.md", "intents/mask.yaml", "intents/distance.yaml"
MESSAGES = ROOT / "responses/vi/_messages.yaml"


def make_desk(folder: Path, base: Base, sealer: Sealer, clock: FixedClock, *, approvals: bool = False) -> Desk:
    """A desk over a small pack of its own, which is the first release."""
    root = broken.make(folder, MESSAGES)
    guide = Guide(load_texts(read_folder(root)).catalogue, timedelta(days=90), timedelta(days=90))
    store = StoreThread(lambda: base.open(sealer))
    settings = Settings(_env_file=None, content_dir=root, approvals=approvals)
    reception = Reception(guide, store.store.residents)
    return Desk(settings, reception, store, sealer, clock, Limiter(200), Metrics(), lambda: None)


@dataclass
class Office:
    """One desk with its pages, and officers at it."""

    app: FastAPI
    desk: Desk
    clock: FixedClock
    client: httpx.AsyncClient
    officer: AtDesk = field(init=False)

    async def begin(self, *roles: Role, name: str = "Lan") -> AtDesk:
        """Take the pack in and sign somebody in, who is `officer` from then on."""
        versions = self.desk.store.store.versions
        await self.desk.store.run(start, versions, read_folder(self.root), self.clock())
        self.officer = await sign_in(self.client, self.desk, *(roles or ("editor",)), name=name)
        return self.officer

    @property
    def root(self) -> Path:
        return self.desk.settings.content_dir

    @property
    def jobs(self) -> Jobs:
        jobs: Jobs = self.app.state.jobs
        return jobs

    async def edit(self, item: str, before: str, after: str, author: str = "Lan", note: str = "") -> Draft:
        """Another draft of an item."""
        versions = self.desk.store.store.versions

        def edited() -> Draft:
            found = head(versions, item)
            assert before in found.text
            save(versions, found, found.text.replace(before, after), author, self.clock(), note)
            return next(draft for draft in versions.drafts() if draft.item == item)

        return await self.desk.store.run(edited)

    async def drafts(self) -> list[Draft]:
        return await self.desk.store.run(self.desk.store.store.versions.drafts)

    async def current(self) -> Release:
        found = await self.desk.store.run(self.desk.store.store.versions.current)
        assert found is not None
        return found

    async def trail(self) -> list[str]:
        deeds = await self.desk.store.run(self.desk.store.store.people.trail, 50)
        return [deed.action for deed in deeds]

    async def switch(self) -> None:
        """What runs beside the server: answer from the newest release."""

        async def switched() -> None:
            return

        await Switching(self.desk.reception, self.desk.store, 0, switched).look()

    async def checked(self, *items: str) -> tuple[str, Job]:
        """The address of a check of these items that has ended, and the check."""
        begun = await self.officer.post(f"{PUBLISH}/kiem", muc=list(items))
        assert begun.status_code == 303, begun.text
        return begun.headers["location"], await self.ended(begun)

    async def ended(self, begun: httpx.Response) -> Job:
        """The check that a form began, at its end."""
        job = self.jobs.find(begun.headers["location"].rpartition("/")[2], self.officer.name, self.clock())
        assert job is not None
        assert job.task is not None
        await job.task
        return job

    async def agreed(self, address: str) -> None:
        """Tick every change of a check."""
        page = await self.officer.get(address)
        keys = re.findall(r'name="dong-y" value="([^"]+)"', page.text)
        answer = await self.officer.post(f"{address}/dong-y", **{"co": keys, "dong-y": keys})
        assert answer.status_code == 303

    async def published(self, *items: str, note: str = "") -> Release:
        """Check, agree to everything, and publish."""
        address, _ = await self.checked(*items)
        await self.agreed(address)
        done = await self.officer.post(f"{address}/cong-bo", **{"vi-sao": note})
        assert done.status_code == 303, done.text
        return await self.current()
