"""Checks that take a while: they run beside the requests, and a page asks how far they are.

They live in this process and end with it; what was chosen, drafts and releases lie in the store.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from ...content.apart import Sifted, faults_of_others, sift
from ...content.checking import Report
from ...content.impact import Group
from ...content.loading import load_texts
from ...content.releasing import Candidate, candidate, check_texts, released_texts
from ...content.reviewing import Basis, Review, basis_of, weigh
from ...content.tree import Texts
from ...core.guide import Guide
from ...errors import Problem
from ...store.content_protocols import Versions
from ...store.protocols import Store
from ...store.versions import Draft
from ..desk import Desk
from .naming import SOURCE_FILES

log = logging.getLogger("loa.office")
LASTS = timedelta(hours=1)
# The newest real questions that a change is tried on.
LAST_QUESTIONS = 2000
_MOST_OF_ONE = 4
_MOST = 40
PARTIAL = "chua-thu-het"
Stage = Literal["gate", "impact", "done", "broken"]


@dataclass(eq=False)
class Job:
    """One check of some drafts, of one officer. `made` is what was checked, None until it was read from the store.

    `sifted` says which of several drafts keep the others from passing; `others` what is wrong with drafts that are
    open beside these, and `open_drafts` whose they are. `accepted` are the keys of the groups that the officer agrees
    to; PARTIAL stands for what was not tried.
    `link` is the one that was made for the approver `asked`.
    """

    id: str
    owner: str
    items: tuple[str, ...]
    every: bool
    began: datetime
    stage: Stage = "gate"
    done: int = 0
    total: int = 0
    stopping: bool = False
    made: Candidate | None = None
    report: Report | None = None
    review: Review | None = None
    sifted: Sifted | None = None
    others: tuple[Problem, ...] = ()
    open_drafts: tuple[Draft, ...] = ()
    accepted: frozenset[str] = frozenset()
    asked: str = ""
    link: str = ""
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.stage in ("gate", "impact")

    @property
    def groups(self) -> tuple[Group, ...]:
        """What would be answered differently."""
        return self.review.impact.groups if self.review else ()

    @property
    def to_accept(self) -> frozenset[str]:
        """Everything that has to be agreed to before these drafts may be published."""
        partial = bool(self.review and self.review.impact.partial)
        return frozenset(group.key for group in self.groups) | (frozenset((PARTIAL,)) if partial else frozenset())

    @property
    def passed(self) -> bool:
        """Whether it ended, and found nothing that keeps these drafts from being published."""
        return self.stage == "done" and self.report is not None and not self.report.problems

    @property
    def sound(self) -> tuple[str, ...]:
        """Of several items of which some are at fault those that pass without them; empty where none do.

        The original of a directive alone is nothing to publish.
        """
        if self.sifted is None or self.sifted.report.problems:
            return ()
        passing = tuple(item for item in self.items if item not in self.sifted.left_out)
        return passing if any(not item.startswith(SOURCE_FILES) for item in passing) else ()

    def progress(self, done: int, total: int) -> bool:
        """Note how far it is; whether it should go on. Called on another thread."""
        self.done, self.total = done, total
        return not self.stopping


class Jobs:
    """The checks of this process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def start(self, desk: Desk, owner: str, items: tuple[str, ...], *, every: bool = False) -> Job:
        """Begin a check; the oldest ones of the same officer make room."""
        self._make_room(owner, desk.clock())
        job = Job(secrets.token_urlsafe(12), owner, items, every, desk.clock())
        self._jobs[job.id] = job
        job.task = asyncio.create_task(_run(desk, job))
        return job

    def find(self, job: str, owner: str, at: datetime) -> Job | None:
        """An officer's check by its id, None if it has ended with the process or an hour ago, or is not his."""
        self._drop(lambda each: at - each.began > LASTS)
        found = self._jobs.get(job)
        return found if found and found.owner == owner else None

    def of(self, owner: str, at: datetime) -> list[Job]:
        """An officer's checks, newest first."""
        self._drop(lambda each: at - each.began > LASTS)
        return [job for job in reversed(self._jobs.values()) if job.owner == owner]

    def end(self, job: Job) -> None:
        """Forget a check that is settled."""
        job.stopping = True
        self._jobs.pop(job.id, None)

    def _make_room(self, owner: str, at: datetime) -> None:
        for old in self.of(owner, at)[_MOST_OF_ONE - 1 :]:
            self.end(old)
        for old in list(self._jobs.values())[: max(0, len(self._jobs) - _MOST + 1)]:
            self.end(old)

    def _drop(self, ended: Callable[[Job], bool]) -> None:
        for job in [job for job in self._jobs.values() if ended(job)]:
            self.end(job)


async def _run(desk: Desk, job: Job) -> None:
    """The whole check; when the server stops, the thread is told to stop too."""
    try:
        await _check(desk, job)
        job.stage = "done"
    except KeyError:  # a draft that was there when the page was shown
        job.stage = "broken"
    except Exception as error:  # the edge of this task: nobody else hears of it
        log.error("a check broke", extra={"error": type(error).__name__})
        job.stage = "broken"
    finally:
        job.stopping = True


async def _check(desk: Desk, job: Job) -> None:
    store, live = desk.store, desk.reception.guide
    job.made = made = await store.run(candidate, store.store.versions, job.items)
    job.report = await asyncio.to_thread(check_texts, made.texts, live)
    job.open_drafts, bodies = await store.run(_beside, store.store.versions, job)
    if job.report.problems:
        base = await store.run(released_texts, store.store.versions)
        job.sifted = await asyncio.to_thread(_sift, job, base, live)
        return
    gone = [item for item, body in bodies.items() if body is None]
    there = {item: body for item, body in bodies.items() if body is not None}
    job.others = await asyncio.to_thread(faults_of_others, made.texts, there, gone)
    if basis := await store.run(_basis, store.store, made):
        job.stage = "impact"
        job.review = await asyncio.to_thread(_weigh, desk, job, basis, live)


def _beside(versions: Versions, job: Job) -> tuple[tuple[Draft, ...], dict[str, bytes | None]]:
    """All open drafts, and the texts of those that are not checked."""
    drafts = tuple(versions.drafts())
    return drafts, {draft.item: versions.body(draft.version.id) for draft in drafts if draft.item not in job.items}


def _sift(job: Job, base: Texts, live: Guide) -> Sifted | None:
    """Which of several drafts keep the others from passing; on a thread."""
    if job.made is None or job.report is None or len(job.items) < 2 or not base:
        return None
    known = job.report  # the first round is done
    texts = job.made.texts
    return sift(texts, base, job.items, lambda given: known if given is texts else check_texts(given, live))


def _basis(store: Store, made: Candidate) -> Basis | None:
    return basis_of(store, made, LAST_QUESTIONS)


def _weigh(desk: Desk, job: Job, basis: Basis, live: Guide) -> Review:
    """On a thread. The guide of what is released is made anew from the one that answers, which goes on answering."""
    assert job.made is not None  # noqa: S101 (set before this is called)
    old = live.successor(load_texts(basis.texts).catalogue)
    settings = desk.settings
    return weigh(basis, job.made, settings.content_dir, job.began, old, every=job.every, progress=job.progress)
