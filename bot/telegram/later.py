"""Answers later who could not be answered at once, as soon as a release can."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..clock import Clock
from ..core.context import Context
from ..core.guide import Guide
from ..core.reply import Block, Outcome, Reply
from ..core.vietnamese import readings
from ..errors import StoreError
from ..reception import Reception
from ..store.content_protocols import Versions
from ..store.records import Waiting
from ..store.resident_protocols import Questions
from ..store.thread import StoreThread
from .handling import send_reply

log = logging.getLogger("loa.later")
_LOOK_EVERY = 2.0
_RESIDENTS = 50
_SETTLEMENTS = 1000
_QUOTED = 200

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taught:
    """What officers settled: `phrases` of each subject, by their syllables without marks.

    `before` has the subjects that there were at a release, by its number.
    """

    phrases: Mapping[str, frozenset[Words]]
    before: Mapping[int, frozenset[str]]

    def is_answered_by(self, waiting: Waiting, subject: str) -> bool:
        """Whether an officer meant this subject for that question: he said so, or for the same words of another."""
        if waiting.kind == "example":
            return subject == waiting.subject
        if waiting.kind == "subject":
            return subject not in self.before.get(waiting.release, frozenset())
        return words_of(waiting.text) in self.phrases.get(subject, frozenset())


@dataclass(frozen=True, slots=True)
class Found:
    """A later answer for one resident: it answers his `questions`."""

    ref: str
    subject: str
    questions: tuple[Waiting, ...]
    reply: Reply


def words_of(text: str) -> Words:
    """A text as syllables without marks."""
    return readings(text)[0].toneless


class Later:
    """Tries waiting questions again after each release, those of a few residents at a time, oldest first.

    Any number of processes may do so: the store tells nobody twice. What was tried is noted only after what was found
    is queued, so that a process that dies leaves the rest to the next one. `queued` wakes the sender.
    """

    def __init__(
        self, reception: Reception, store: StoreThread, clock: Clock, queued: Callable[[], None],
        residents: int = _RESIDENTS,
    ) -> None:  # fmt: skip
        self._reception = reception
        self._store = store
        self._clock = clock
        self._queued = queued
        self._residents = residents

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop`."""
        while not stop.is_set():
            try:
                while await self.step() and not stop.is_set():
                    pass
            except StoreError as error:
                log.error("waiting questions cannot be read; the next look comes soon", extra={"error": str(error)})
            try:
                async with asyncio.timeout(_LOOK_EVERY):
                    await stop.wait()
            except TimeoutError:
                continue

    async def step(self) -> bool:
        """Try the questions of a few residents; False if there is none to try."""
        looked = await self._store.run(self._look)
        if looked is None:
            return False
        guide, release, waiting, taught = looked
        for found in await asyncio.to_thread(lambda: list(answers(guide, waiting, taught, self._clock()))):
            await self._tell(guide, found, release)
        await self._store.run(self._store.store.later.tried, [each.id for each in waiting], release)
        return True

    def _look(self) -> tuple[Guide, int, list[Waiting], Taught] | None:
        """What to try, and with which guide; nothing in a pause, or while a release is taken up."""
        if self._store.store.pauses.current():
            return None
        guide, current = self._reception.guide, self._store.store.versions.current()
        if current is None or current.name != guide.catalogue.release:
            return None
        waiting = self._store.store.later.waiting(current.number, self._residents)
        if not waiting:
            return None
        taught = taught_by(self._store.store.questions, self._store.store.versions, waiting)
        return guide, current.number, waiting, taught

    async def _tell(self, guide: Guide, found: Found, release: int) -> None:
        chat = found.questions[0].chat_id
        reply = replace(found.reply, blocks=(*introduced(guide, found.questions[-1].text), *found.reply.blocks))
        sends, ids = send_reply(chat, reply, None, None), [each.id for each in found.questions]
        tell = self._store.store.later.tell
        if await self._store.run(tell, found.ref, ids, found.subject, sends, self._clock(), release):
            self._queued()
            log.info("answered later", extra={"ref": found.ref[:8], "questions": len(ids)})


def taught_by(questions: Questions, versions: Versions, waiting: Sequence[Waiting]) -> Taught:
    """What officers settled, as far as it matters for these questions."""
    phrases: defaultdict[str, set[Words]] = defaultdict(set)
    for each in questions.settlements(_SETTLEMENTS):
        if each.kind == "example" and not each.undone:
            phrases[each.subject] |= {words_of(text) for text in each.phrases}
    releases = {each.release for each in waiting if each.kind == "subject"}
    return Taught(
        {subject: frozenset(words) for subject, words in phrases.items()},
        {number: _subjects(versions, number) for number in releases},
    )


def _subjects(versions: Versions, release: int) -> frozenset[str]:
    try:
        items = versions.contents(release)
    except KeyError:
        return frozenset()
    folder, ending = "intents/", ".yaml"
    return frozenset(item[len(folder) : -len(ending)] for item in items if item.startswith(folder))


def answers(guide: Guide, waiting: Sequence[Waiting], taught: Taught, now: datetime) -> Iterator[Found]:
    """What a guide answers outright now, as officers meant it: once for each resident and subject."""
    asked: defaultdict[tuple[str, str], list[Waiting]] = defaultdict(list)
    replies: dict[tuple[str, str], Reply] = {}
    for each in waiting:
        reply = guide.answer(each.text, Context(), now).reply
        subject = next((name for name in reply.answered if taught.is_answered_by(each, name)), None)
        if reply.outcome is Outcome.ANSWERED and subject:
            asked[each.ref, subject].append(each)
            replies[each.ref, subject] = reply
    for (ref, subject), questions in asked.items():
        yield Found(ref, subject, tuple(questions), replies[ref, subject])


def introduced(guide: Guide, question: str) -> Sequence[Block]:
    """The sentence that says what was asked, cut where it is long."""
    words = " ".join(question.split())
    short = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"
    return guide.notice("later_intro", question=short).blocks
