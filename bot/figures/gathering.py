"""All figures of a span, read from the store in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..store.counts import DayCount, Span, SubjectCount, VoteCount, Wait
from ..store.protocols import Store


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the store counted in these days, and in as many days before them (`before_…`)."""

    span: Span
    since: date | None
    days: Sequence[DayCount]
    before_days: Sequence[DayCount]
    hours: Mapping[int, int]
    subjects: Sequence[SubjectCount]
    before_subjects: Sequence[SubjectCount]
    votes: Sequence[VoteCount]
    waits: Sequence[Wait]


def gather(store: Store, span: Span) -> Gathered:
    """Read it; on the store thread."""
    figures, before = store.figures, span.before
    return Gathered(
        span, figures.since(), figures.days(span), figures.days(before), figures.hours(span),
        figures.subjects(span), figures.subjects(before), figures.votes(span), figures.waits(span),
    )  # fmt: skip
