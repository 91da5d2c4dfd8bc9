"""What the figures are counted in: days and hours of Viet Nam, and numbers that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from ..core.reply import Outcome

# Viet Nam keeps one time, without summer time; so a day never changes, whoever counts it and when.
VIETNAM = timezone(timedelta(hours=7))
_FIRST = date(1970, 1, 1)


def day_number(day: date) -> int:
    """A day as it is kept: days since 1970."""
    return (day - _FIRST).days


def day_of(number: int) -> date:
    """The day again."""
    return _FIRST + timedelta(days=number)


def local_day(at: datetime) -> date:
    """The day in Viet Nam at a moment."""
    return at.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, from the `first` to the `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Span:
        """As many days, just before these."""
        return Span(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def numbers(self) -> tuple[int, int]:
        """First and last day as they are kept."""
        return day_number(self.first), day_number(self.last)

    @property
    def seconds(self) -> tuple[float, float]:
        """From which moment to before which, in seconds since 1970."""
        first, after = (
            datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)
            for day in (self.first, self.last + timedelta(days=1))
        )
        return first.timestamp(), after.timestamp()


@dataclass(frozen=True, slots=True)
class DayCount:
    """Questions of a day, by channel and outcome."""

    day: date
    channel: str
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """Questions about a subject, by outcome. One question that was answered with two subjects counts for both;
    one that was asked back counts for the likeliest."""

    day: date | None
    subject: str
    outcome: Outcome
    count: int


@dataclass(frozen=True, slots=True)
class VoteCount:
    """Votes on answers. `subjects` has all subjects of the answer; `reason` is "" where none was chosen."""

    subjects: tuple[str, ...]
    up: bool
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Wait:
    """How many answers of a day took `seconds`, to a tenth of a second."""

    day: date
    seconds: float
    count: int
