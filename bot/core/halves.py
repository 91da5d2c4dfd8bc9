"""Whether a message asks about two subjects: cut at a joint, each half is read by itself, and the whole beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .questions import Split, splits
from .reply import Scored

# A logistic regression on 160 messages with two questions and 5,300 with one, each phrase left out of what is learned;
# its weights in round numbers, per unit of log odds of a half (docs/adr/0007-matching-by-counting.md).
_JOINED_PLAINLY = 3.0
_ASKS = 3.0
# What is said for two subjects has to come to this; lower, and more messages with one question get a second answer.
_TWO = 5.4
# A half is never surer than this of its subject, and nothing counts as less likely in the whole than that.
_SUREST = 0.99
_LEAST = 0.003


@dataclass(frozen=True, slots=True)
class Half:
    """Part of a message that asks about a subject of its own; the score is that of the half and the whole, midway."""

    text: str
    subject: Scored


def two_subjects(text: str, whole: Mapping[str, float], subject_of: Callable[[str], Scored | None]) -> tuple[Half, ...]:
    """Both halves of a text where it is best cut, in their order; nothing where it is about one subject.

    `whole` has the probabilities of all subjects for the text uncut, best first; `subject_of` tells the likeliest of a
    half.
    """
    most, found = _TWO, tuple[Half, ...]()
    for split in splits(text):
        most, found = _cut_at(split, whole, subject_of, most) or (most, found)
    return found


def _cut_at(
    split: Split, whole: Mapping[str, float], subject_of: Callable[[str], Scored | None], least: float
) -> tuple[float, tuple[Half, ...]] | None:
    """What speaks for two subjects if a message is cut there, and the halves; None if that is less than `least`."""
    short, long = sorted((split.left, split.right), key=len)
    one = subject_of(short)
    if one is None or _said_at_most(split, one, whole) < least:
        return None
    other = subject_of(long)
    if other is None or other.intent == one.intent:
        return None
    said = _said_for_two(split, one, other, whole)
    subjects = {short: _midway(one, whole), long: _midway(other, whole)}
    return (said, tuple(Half(half, subjects[half]) for half in (split.left, split.right))) if said >= least else None


def _said_at_most(split: Split, one: Scored, whole: Mapping[str, float]) -> float:
    """What would speak for two subjects if the half that has not been read were sure of the likeliest other one."""
    other = next((name for name in whole if name != one.intent), "")
    return _said_for_two(split, one, Scored(other, 1.0), whole)


def _midway(found: Scored, whole: Mapping[str, float]) -> Scored:
    return found._replace(score=(found.score + whole.get(found.intent, 0.0)) / 2)


def _said_for_two(split: Split, one: Scored, other: Scored, whole: Mapping[str, float]) -> float:
    """How much speaks for two subjects: sure halves, both likely in the whole, a plain joint, and words that ask."""
    weaker = max(min(whole.get(one.intent, 0.0), whole.get(other.intent, 0.0)), _LEAST)
    sure = _log_odds(one.score) + _log_odds(other.score) + math.log(weaker)
    return sure + _JOINED_PLAINLY * split.plain + _ASKS * split.asking


def _log_odds(chance: float) -> float:
    held = min(max(chance, 1.0 - _SUREST), _SUREST)
    return math.log(held / (1.0 - held))
