"""Figures that were counted somewhere, for tests that read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.reply import Outcome
from bot.figures.gathering import Gathered
from bot.store.counts import DayCount, Span, SubjectCount, VoteCount, Wait

FEBRUARY = Span(date(2021, 2, 1), date(2021, 2, 28))
A, B, N = Outcome.ANSWERED, Outcome.ASKED_BACK, Outcome.NOT_UNDERSTOOD


def subjects(**counts: int) -> list[SubjectCount]:
    """Answered questions by subject."""
    return [SubjectCount(None, name, A, count) for name, count in counts.items()]


def gathered(
    span: Span = FEBRUARY, *, since: date | None = date(2020, 1, 1), now: Sequence[SubjectCount] = (),
    before: Sequence[SubjectCount] = (),
) -> Gathered:  # fmt: skip
    """1.200 questions of the first days, 600 before."""
    first, second = span.first, span.first + timedelta(days=1)
    days = [
        DayCount(first, "telegram", A, 700), DayCount(first, "web", B, 100), DayCount(second, "telegram", A, 300),
        DayCount(second, "web", N, 100),
    ]  # fmt: skip
    votes = [
        VoteCount(("mask",), up=True, reason="", count=30), VoteCount(("mask", "distance"), False, "wrong", 4),
        VoteCount(("mask",), False, "", 2),
    ]  # fmt: skip
    waits = [Wait(first, 1.2, 8), Wait(first, 90.0, 1), Wait(second, 3.5, 1)]
    return Gathered(
        span, since, days, [DayCount(span.before.last, "web", A, 600)], {9: 900, 10: 250, 22: 50},
        now or subjects(mask=900, distance=100), before or subjects(mask=500, distance=99), votes, waits,
    )  # fmt: skip
