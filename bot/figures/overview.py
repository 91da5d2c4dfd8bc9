"""Figures as officers read them: totals, days or weeks, subjects, what rises, how long residents waited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from ..core.catalogue import Intent
from ..core.reply import Outcome
from ..store.counts import DayCount, Span, SubjectCount, VoteCount, Wait
from .gathering import Gathered

# Up to a quarter of a year is shown by day, what is longer by week.
MOST_BY_DAY = 92
# A subject rises where so many asked that chance alone does not explain it (Poisson, two standard deviations).
_FEWEST, _SIGNS = 5, 2.0
_RISING_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Questions by how they ended."""

    answered: int = 0
    asked_back: int = 0
    not_understood: int = 0

    @property
    def all(self) -> int:
        """All questions."""
        return self.answered + self.asked_back + self.not_understood

    def share(self, outcome: str) -> float | None:
        """The share of an outcome, 0 to 1; None without questions."""
        return getattr(self, outcome) / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds within which half, and nine in ten, were answered; None without any answer that was timed."""

    count: int = 0
    half: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar: a day or a week (`span`, cut off at both ends of the whole)."""

    span: Span
    outcomes: Outcomes
    waited: Waited


@dataclass(frozen=True, slots=True)
class Subject:
    """Questions about one subject; `before` is None where the days before are not known in full."""

    name: str
    title: str
    answered: int
    asked_back: int
    before: int | None
    up: int
    down: int
    small_talk: bool = False

    @property
    def all(self) -> int:
        """Questions that were answered with it, or offered it first."""
        return self.answered + self.asked_back


@dataclass(frozen=True, slots=True)
class Overview:
    """All figures of a span. `before` is None where the days before are not known in full."""

    span: Span
    since: date | None
    by_week: bool
    totals: Outcomes
    before: Outcomes | None
    stretches: tuple[Stretch, ...]
    channels: tuple[tuple[str, int], ...]
    hours: tuple[int, ...]
    subjects: tuple[Subject, ...]
    rising: tuple[Subject, ...]
    up: int
    down: int
    reasons: tuple[tuple[str, int], ...]
    waited: Waited

    @property
    def topics(self) -> tuple[Subject, ...]:
        """The subjects that were asked about, greetings and thanks left out."""
        return tuple(each for each in self.subjects if each.all and not each.small_talk)


def overview(found: Gathered, intents: Mapping[str, Intent]) -> Overview:
    """The overview; a subject that is gone goes by its name."""
    span = found.span
    known = found.since is not None and found.since <= span.before.first
    subjects = _subjects(found, intents, known=known)
    channels = Counter[str]()
    for each in found.days:
        channels[each.channel] += each.count
    return Overview(
        span, found.since, span.days > MOST_BY_DAY, _outcomes(found.days),
        _outcomes(found.before_days) if known else None, tuple(_stretches(found)), tuple(channels.most_common()),
        tuple(found.hours.get(hour, 0) for hour in range(24)), subjects, rising(subjects),
        _thumbs(found.votes, up=True), _thumbs(found.votes, up=False), _reasons(found.votes), waited(found.waits),
    )  # fmt: skip


def _outcomes(counts: Iterable[DayCount]) -> Outcomes:
    found = Counter[str]()
    for each in counts:
        found[each.outcome.value] += each.count
    return Outcomes(*(found[outcome.value] for outcome in Outcome))


def _stretches(found: Gathered) -> Iterable[Stretch]:
    spans = list(_spans(found.span))
    days: dict[date, list[DayCount]] = {}
    waits: dict[date, list[Wait]] = {}
    for count in found.days:
        days.setdefault(count.day, []).append(count)
    for wait in found.waits:
        waits.setdefault(wait.day, []).append(wait)
    for span in spans:
        every = [span.first + timedelta(days=each) for each in range(span.days)]
        counts = [count for day in every for count in days.get(day, ())]
        waited_for = [wait for day in every for wait in waits.get(day, ())]
        yield Stretch(span, _outcomes(counts), waited(waited_for))


def _spans(whole: Span) -> Iterable[Span]:
    """Days, or weeks from Monday to Sunday."""
    first = whole.first
    while first <= whole.last:
        last = first if whole.days <= MOST_BY_DAY else min(whole.last, first + timedelta(days=6 - first.weekday()))
        yield Span(first, last)
        first = last + timedelta(days=1)


def waited(waits: Sequence[Wait]) -> Waited:
    """Median and 90th percentile by the nearest rank: times that really occurred."""
    count = sum(each.count for each in waits)
    if not count:
        return Waited()
    ranked = sorted((each.seconds, each.count) for each in waits)
    return Waited(count, _at_rank(ranked, (count + 1) // 2), _at_rank(ranked, (count * 9 + 9) // 10))


def _at_rank(ranked: Iterable[tuple[float, int]], rank: int) -> float:
    for seconds, count in ranked:
        rank -= count
        if rank <= 0:
            return seconds
    raise ValueError("the rank is beyond the last")


def _subjects(found: Gathered, intents: Mapping[str, Intent], *, known: bool) -> tuple[Subject, ...]:
    now, before = _by_subject(found.subjects), _by_subject(found.before_subjects)
    up, down = Counter[str](), Counter[str]()
    for vote in found.votes:
        for name in vote.subjects:
            (up if vote.up else down)[name] += vote.count
    names = {name for name, _ in (*now, *before)} | set(up) | set(down)

    def subject(name: str) -> Subject:
        intent = intents.get(name)
        earlier = before[name, Outcome.ANSWERED] + before[name, Outcome.ASKED_BACK]
        return Subject(
            name, intent.title if intent else name, now[name, Outcome.ANSWERED], now[name, Outcome.ASKED_BACK],
            earlier if known else None, up[name], down[name], intent is not None and intent.small_talk,
        )  # fmt: skip

    every = map(subject, names)
    asked = [each for each in every if each.all or each.up or each.down or each.before]
    return tuple(sorted(asked, key=lambda each: (-each.all, -each.down, each.title)))


def _by_subject(counts: Iterable[SubjectCount]) -> Counter[tuple[str, str]]:
    return Counter({(each.subject, each.outcome): each.count for each in counts})


def rising(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects that rose most since the days before; few questions and small changes prove nothing."""

    def signs(each: Subject) -> float:
        before = each.before or 0
        return (each.all - before) / sqrt(each.all + before) if each.all + before else 0.0

    topics = [each for each in subjects if each.before is not None and not each.small_talk]
    risen = [each for each in topics if each.all >= _FEWEST and signs(each) >= _SIGNS]
    return tuple(sorted(risen, key=lambda each: (-signs(each), each.title))[:_RISING_SHOWN])


def _thumbs(votes: Iterable[VoteCount], *, up: bool) -> int:
    return sum(each.count for each in votes if each.up is up)


def _reasons(votes: Iterable[VoteCount]) -> tuple[tuple[str, int], ...]:
    """👎 by the kind of reason, the most frequent first; "" where none was chosen."""
    found = Counter[str]()
    for each in votes:
        if not each.up:
            found[each.reason] += each.count
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))
