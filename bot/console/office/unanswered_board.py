"""What the pages of unanswered questions keep between two requests: the groups, and trials that are under way."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import Request

from ...content.phrase_drafts import Place, owners_of
from ...content.trying import Ground, Tried, ground_of, try_phrases
from ...content.unanswered import MOST, Group, Grouping, Groups
from ...core.guide import Guide
from ...errors import ContentError, EditError
from ...store.records import Unanswered
from ..desk import Desk
from .access import Visit

_TRIALS_KEPT = 50
_WORDINGS_TRIED = 20
_LATEST = 3000
# How long a page waits for groups that are being made (seconds), and how many questions are read together.
_PATIENCE, _PATIENCE_FOR_ONE = 0.2, 30.0
_AT_ONCE = 400
_NO_LIST = "Tệp của chủ đề này không đọc được. Anh/chị mở trang Câu trả lời, sửa bản nháp rồi thử lại."


@dataclass(slots=True)
class Trial:
    """Phrases that are being tried out; `tried` is None until that is done. `asked` of `chosen` questions so far."""

    id: str
    officer: str
    group: Group
    place: Place
    phrases: tuple[str, ...]
    ground: Ground
    asked: int = 0
    chosen: int = 0
    tried: Tried | None = None

    def heard(self, asked: int, chosen: int) -> bool:
        """How far it is; it always goes on."""
        self.asked, self.chosen = asked, chosen
        return True


@dataclass(slots=True)
class Board:
    """One for each application."""

    grouping: Grouping = field(default_factory=Grouping)
    asked: dict[int, Unanswered] = field(default_factory=dict)
    groups: Groups = field(default_factory=Groups)
    key: tuple[object, ...] = ()
    work: asyncio.Task[None] | None = None
    trials: dict[str, Trial] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    one_trial: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, desk: Desk, number: int) -> Group | None:
        """A group by its number; a form that comes back to a process that has just started waits for it."""
        found, _ = await self.look(desk)
        group = found.get(number)
        if group is None and self.work and not self.work.done():
            await asyncio.wait([self.work], timeout=_PATIENCE_FOR_ONE)
            group = self.groups.get(number)
        return group

    async def look(self, desk: Desk) -> tuple[Groups, bool]:
        """The groups, and whether they are as of now: where many have to be made anew, nobody waits for that."""
        if await self._key(desk) != self.key:
            if self.work is None or self.work.done():
                self.work = asyncio.create_task(self._group(desk))
            await asyncio.wait([self.work], timeout=_PATIENCE)
            if self.work.done():
                self.work.result()
        return self.groups, self.work is None or self.work.done()

    async def _key(self, desk: Desk) -> tuple[object, ...]:
        count = await desk.store.run(desk.store.store.questions.open_count)
        return (*count, desk.reception.guide.catalogue.release)

    async def _group(self, desk: Desk) -> None:
        """Read what is new, a few at a time so that residents are answered in between, and group all of it."""
        questions, guide = desk.store.store.questions, desk.reception.guide
        key = await self._key(desk)
        ids = await desk.store.run(questions.open, MOST)
        new = [number for number in ids if number not in self.asked]
        for begin in range(0, len(new), _AT_ONCE):
            found = await desk.store.run(questions.unanswered, new[begin : begin + _AT_ONCE])
            self.asked |= {each.id: each for each in found}
        self.asked = {number: self.asked[number] for number in ids if number in self.asked}
        asked, count = list(self.asked.values()), int(str(key[0]))
        made = await asyncio.to_thread(self.grouping.groups, asked, count, guide.catalogue, guide.matcher)
        await asyncio.to_thread(owners_of, guide)  # what the page of a group needs, and takes a while to make
        self.groups, self.key = made, key

    def settled(self, group: Group) -> None:
        """Take a group off the list at once; the next look makes the list anew, also where it comes back."""
        self.groups, self.key = self.groups.without(group.id), ()

    def sees_first(self, session: str) -> bool:
        """Whether this officer sees residents' words for the first time since signing in."""
        first = session not in self.seen
        self.seen.add(session)
        return first

    async def begin(self, visit: Visit, group: Group, place: Place, phrases: Sequence[str]) -> Trial:
        """Start to try phrases out; raises EditError or ContentError where the file cannot take any."""
        store, questions = visit.desk.store.store, visit.desk.store.store.questions
        latest = await visit.store(questions.latest, _LATEST)
        ground = await visit.store(ground_of, store.versions, place, latest)
        await asyncio.to_thread(place.with_phrases, ground.text, phrases)
        trial = Trial(secrets.token_hex(8), visit.officer, group, place, tuple(phrases), ground)
        self.trials[trial.id] = trial
        for old in list(self.trials)[:-_TRIALS_KEPT]:
            del self.trials[old]
        task = asyncio.create_task(self._try(visit.desk, trial))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return trial

    async def _try(self, desk: Desk, trial: Trial) -> None:
        """One trial at a time, so that residents' questions are not held up."""
        async with self.one_trial:
            guide = desk.reception.guide
            trial.tried = await asyncio.to_thread(_tried, guide, trial, desk)


def _tried(guide: Guide, trial: Trial, desk: Desk) -> Tried:
    wordings = [each.text for each in trial.group.wordings[:_WORDINGS_TRIED]]
    try:
        return try_phrases(guide, trial.ground, trial.place, trial.phrases, wordings, desk.clock(), trial.heard)
    except (ContentError, EditError):
        return Tried(problems=(_NO_LIST,))


def board_of(request: Request) -> Board:
    """The board of the application."""
    state = request.app.state
    if not hasattr(state, "unanswered"):
        state.unanswered = Board()
    board: Board = state.unanswered
    return board
