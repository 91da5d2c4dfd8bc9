"""The subjects of the content for officers: where each one's answer stands, found again by any of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal
from zoneinfo import ZoneInfo

from ..core.directives import Directive
from ..core.standing import Standing
from ..core.vietnamese import strip_marks
from ..store.versions import Draft
from .answer_checking import clause_ids
from .answer_text import Fields, fields_of
from .editing import body_of
from .files import read
from .planned import Planned
from .wording import day_of
from .workspace import Snapshot, items_of

# "published": nothing waits; "planned": it goes out by itself. The others of the first line are states of a draft;
# the rest may stand beside any.
State = Literal[
    "published", "draft", "in_review", "approved", "planned",
    "stale", "expiring", "withdrawn", "missing",
]  # fmt: skip
SOON = timedelta(days=14)
_KEPT = 2048
_END = "hết hạn"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with the states of its answer, why it is stale or soon will be, and what of it is planned."""

    id: str
    title: str
    group: str
    small_talk: bool
    states: tuple[State, ...]
    why: str
    drafts: tuple[Draft, ...]
    planned: Planned | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What two files say; the same for as long as they are."""

    title: str
    group: str
    small_talk: bool
    fields: Fields
    clauses: tuple[str, ...]
    words: str


@lru_cache(_KEPT)
def _read(intent: str, phrases: bytes | None, answer: bytes | None) -> _Read:
    file, item = items_of(intent)
    values = read(file, phrases, []).values
    text = (answer or b"").decode("utf-8-sig", "replace")
    body = body_of(text)
    title, group = str(values.get("title") or intent), str(values.get("group") or "")
    return _Read(
        title, group, values.get("small_talk") is True, fields_of(text, item), clause_ids(body),
        strip_marks(f"{title} {intent} {body}"),
    )  # fmt: skip


def subject_ids(snapshot: Snapshot) -> list[str]:
    """Every subject that is released or drafted."""
    paths = [PurePosixPath(item) for item in (*snapshot.texts, *snapshot.drafts)]
    found = (path.stem for path in paths if path.parent.name == "intents" and not path.name.startswith("_"))
    return sorted(set(found))


def is_subject(snapshot: Snapshot, intent: str) -> bool:
    """Whether there is a subject of that id."""
    return any(item in snapshot.texts or item in snapshot.drafts for item in items_of(intent))


def title_of(snapshot: Snapshot, intent: str) -> str:
    """The title of a subject, with its draft; the id where it has none."""
    return _of(snapshot, intent).title


def _of(snapshot: Snapshot, intent: str) -> _Read:
    file, item = items_of(intent)
    return _read(intent, snapshot.texts.get(file), snapshot.texts.get(item))


def subjects(snapshot: Snapshot, directives: Mapping[str, Directive], now: datetime, zone: str) -> tuple[Subject, ...]:
    """All subjects, in the order of the pack's groups and then of their titles; small talk last. `now` is aware."""
    groups = read("data/pack.yaml", snapshot.texts.get("data/pack.yaml"), []).values.get("groups") or ()
    order = {str(group): at for at, group in enumerate(groups)}
    standing, local = Standing(directives), now.astimezone(ZoneInfo(zone))
    found = [_subject(snapshot, intent, standing, local) for intent in subject_ids(snapshot)]
    return tuple(sorted(found, key=lambda each: (order.get(each.group, len(order)), each.small_talk, each.title)))


def _subject(snapshot: Snapshot, intent: str, standing: Standing, now: datetime) -> Subject:
    held = _of(snapshot, intent)
    drafts = tuple(snapshot.drafts[item] for item in items_of(intent) if item in snapshot.drafts)
    missing = items_of(intent)[1] not in snapshot.texts
    late, why = _age(held, standing, now)
    plans = [snapshot.plans[draft.item] for draft in drafts if draft.item in snapshot.plans]
    states: list[State] = [_own_state(snapshot, drafts)]
    states += ["missing"] if missing else []
    states += ["withdrawn"] if held.fields.withdrawn else [late] if late else []
    planned = min(plans, key=lambda each: each.at, default=None)
    return Subject(intent, held.title, held.group, held.small_talk, tuple(states), why, drafts, planned)


def _own_state(snapshot: Snapshot, drafts: Sequence[Draft]) -> State:
    """Where the drafts of a subject stand: as far as the one that is least far."""
    states = {state_of(draft, snapshot.plans.get(draft.item)) for draft in drafts}
    return next((state for state in ("draft", "in_review", "approved", "planned") if state in states), "published")


def state_of(draft: Draft, planned: Planned | None) -> State:
    """Where a draft stands; it is planned only as long as it is what the plan holds."""
    return "planned" if planned and not planned.edited else draft.state


def _age(held: _Read, standing: Standing, now: datetime) -> tuple[State | None, str]:
    """Whether an answer is stale or soon will be, and why."""
    today = now.date()
    old = [clause for clause in held.clauses if standing.ended(clause, today)]
    if old:
        return "stale", f"dựa vào {', '.join(old)} đã hết hiệu lực hoặc được thay thế"
    over = held.fields.expires_on == today.isoformat() and "" < held.fields.expires_at <= f"{now:%H:%M}"
    for name, day in _ends(held.fields):
        if day and (day < today or (over and name == _END)):
            return "stale", f"{name} {day:%d/%m/%Y} đã qua"
    for name, day in _ends(held.fields):
        if day and day - today <= SOON:
            return "expiring", f"{name} {day:%d/%m/%Y}"
    return None, ""


def _ends(fields: Fields) -> Iterable[tuple[str, date | None]]:
    yield _END, day_of(fields.expires_on)
    yield "hạn xem lại", day_of(fields.review_by)


def found_by(snapshot: Snapshot, listed: Iterable[Subject], query: str) -> list[Subject]:
    """The subjects that have every word of a query in title, id or answer, with or without diacritics."""
    words = strip_marks(query).split()
    return [each for each in listed if all(word in _of(snapshot, each.id).words for word in words)]
