"""Figures from what became of questions. Shares are in per cent; None stands for what there is nothing to tell from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, mean

from bot.core.reply import Outcome, Reply

from .questions import Question

BINS = 10
_DOUBT = 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one question; `inside` is the probability that it is in scope at all."""

    question: Question
    reply: Reply
    inside: float = 0.0

    @property
    def best(self) -> str:
        """The likeliest subject, or ""."""
        return self.reply.intents[0].intent if self.reply.intents else ""

    @property
    def score(self) -> float:
        """The probability of the likeliest subject."""
        return self.reply.intents[0].score if self.reply.intents else 0.0

    @property
    def top1(self) -> bool:
        return self.best in self.question.accepted

    @property
    def top3(self) -> bool:
        return any(each.intent in self.question.accepted for each in self.reply.intents[:3])

    @property
    def answered(self) -> bool:
        """Whether a subject was answered outright."""
        return bool(self.reply.answered)

    @property
    def right(self) -> bool:
        """Answered outright, an accepted subject among the answers."""
        return bool(set(self.reply.answered) & set(self.question.accepted))

    @property
    def wrong(self) -> bool:
        """Answered outright, but nothing that would serve; out of scope nearly every answer is."""
        return self.answered and not self.right

    @property
    def helped(self) -> bool:
        """Answered right, or asked back with the right subject among the buttons."""
        buttons = {button.action.removeprefix("topic:") for row in self.reply.buttons for button in row}
        return self.right or (self.asked_back and bool(buttons & set(self.question.accepted)))

    @property
    def asked_back(self) -> bool:
        return self.reply.outcome is Outcome.ASKED_BACK

    @property
    def both(self) -> bool:
        """Every subject of the question was answered."""
        return set(self.question.accepted) <= set(self.reply.answered)

    @property
    def on_subject(self) -> bool:
        """The right subject is answered or the likeliest; nothing is answered where there is none."""
        if self.question.outside:
            return not self.wrong
        return self.right or self.top1


def share(hits: Iterable[bool]) -> float | None:
    """Per cent of the hits that are true."""
    found = list(hits)
    return 100 * sum(found) / len(found) if found else None


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a question in scope scores over one out of scope; a tie counts half."""
    wins = sum((a > b) + 0.5 * (a == b) for a in inside for b in outside)
    return wins / (len(inside) * len(outside)) if inside and outside else None


def auroc_of(seen: Iterable[Seen]) -> float | None:
    """How well the best score, which is all that a caller is told, tells what is in scope."""
    found = list(seen)
    return auroc(
        [each.score for each in found if not each.question.outside],
        [each.score for each in found if each.question.outside],
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like scores: how many, their mean score, and the share (0 to 1) whose best subject was right."""

    count: int
    score: float
    right: float


def calibration(seen: Iterable[Seen]) -> tuple[Bin, ...]:
    """The questions by their best score in ten bins of equal width; empty bins are left out."""
    bins: list[list[Seen]] = [[] for _ in range(BINS)]
    for each in seen:
        bins[min(BINS - 1, int(each.score * BINS))].append(each)
    return tuple(Bin(len(b), mean(each.score for each in b), mean(each.top1 for each in b)) for b in bins if b)


def calibration_error(seen: Iterable[Seen]) -> float | None:
    """Expected calibration error: how far score and share right are apart, a bin counting by its questions."""
    bins = calibration(seen)
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.score - each.right) for each in bins) / total if total else None


def points_lost(before: Sequence[Seen], after: Sequence[Seen]) -> float | None:
    """Points of top-1 lost from one way of typing to another."""
    was, now = share(each.top1 for each in before), share(each.top1 for each in after)
    return None if was is None or now is None else was - now


def by_kind(seen: Iterable[Seen]) -> Mapping[str, tuple[Seen, ...]]:
    """What was seen, by the kind of the questions, in alphabetical order."""
    kinds: dict[str, list[Seen]] = {}
    for each in seen:
        kinds.setdefault(each.question.kind, []).append(each)
    return {kind: tuple(kinds[kind]) for kind in sorted(kinds)}


@dataclass(frozen=True, slots=True)
class Weakest:
    """The kind with the lowest top-1; `at_most` is what it may still be, so few questions being no proof."""

    kind: str
    top1: float
    at_most: float


def weakest(seen: Iterable[Seen]) -> Weakest | None:
    """The weakest kind, and the least upper bound (Wilson, 95 % for all kinds together) of any."""
    kinds = by_kind(seen)
    if not kinds:
        return None
    shares = {kind: mean(each.top1 for each in found) for kind, found in kinds.items()}
    worst = min(shares, key=lambda kind: shares[kind])
    bound = min(_upper(shares[kind], len(found), len(kinds)) for kind, found in kinds.items())
    return Weakest(worst, 100 * shares[worst], 100 * bound)


def _upper(part: float, count: int, tests: int) -> float:
    """Wilson's one-sided upper bound of a share, so that of so many tests all hold at once with 95 %."""
    z = NormalDist().inv_cdf(1 - _DOUBT / tests)
    middle = part + z * z / (2 * count)
    spread = z * math.sqrt(part * (1 - part) / count + z * z / (4 * count * count))
    return (middle + spread) / (1 + z * z / count)


@dataclass(frozen=True, slots=True)
class Subject:
    """How one subject fares: its questions, top-1, answered wrong, and what it is taken for most (and how often)."""

    name: str
    questions: int
    top1: float
    wrong: float
    taken_for: str
    times: int


def by_subject(seen: Iterable[Seen]) -> tuple[Subject, ...]:
    """Every subject that was asked about, the weakest first."""
    groups: dict[str, list[Seen]] = {}
    for each in seen:
        if not each.question.outside:
            groups.setdefault(each.question.accepted[0], []).append(each)
    found = [_subject(name, group) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda each: (each.top1, each.name)))


def _subject(name: str, seen: Sequence[Seen]) -> Subject:
    taken = Counter(each.best or "–" for each in seen if not each.top1).most_common(1) or [("", 0)]
    return Subject(
        name, len(seen), 100 * mean(each.top1 for each in seen), 100 * mean(each.wrong for each in seen), *taken[0]
    )  # fmt: skip


def confusions(seen: Iterable[Seen], most: int = 10) -> tuple[tuple[str, str, int], ...]:
    """The commonest pairs of a subject that was asked about and the one that came first in its place."""
    pairs = Counter(
        (each.question.accepted[0], each.best or "–") for each in seen if not each.question.outside and not each.top1
    )
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((asked, taken, times) for (asked, taken), times in ranked[:most])
