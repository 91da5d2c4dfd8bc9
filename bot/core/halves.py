"""Whether a message asks about two subjects: cut at a joint, each half is read by itself, and the whole beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nlargest

from .questions import Joint, Part, Split, splits
from .reply import Scored

# A logistic regression on 240 messages with two questions and 2,400 with one, each phrase left out of what is learned,
# and on all of them without their signs; its weights in round numbers, per unit of log odds of a half
# (docs/adr/0007-matching-by-counting.md).
_JOINED = {Joint.PLAIN: 3.0, Joint.PERHAPS: 0.0, Joint.BOTH: 1.5, Joint.ONWARD: 0.0, Joint.ASKED: -1.0}
# What comes before a question without asking is rather its story.
_BOTH_ASK = 3.0
_FIRST_ASKS = 1.0
_OF_WHOLE = 0.5
# What is said for two subjects has to come to this; lower, and more messages with one question get a second answer.
_TWO = 2.65
# A half is never surer than this of its subject, and nothing counts as less likely in the whole than that.
_SUREST = 0.99
_LEAST = 0.003


@dataclass(frozen=True, slots=True)
class Half:
    """Part of a message that asks about a subject of its own; the score is that of the half and the whole, midway."""

    text: str
    subject: Scored


@dataclass(frozen=True)
class Whole:
    """The message uncut: the probability of each subject, and of `outside`, being about something else."""

    subjects: Mapping[str, float]
    outside: float

    @cached_property
    def _likeliest(self) -> Sequence[tuple[str, float]]:
        return nlargest(2, self.subjects.items(), key=lambda each: each[1])

    def besides(self, intent: str) -> float:
        """The probability of the likeliest of all other subjects."""
        return next((chance for name, chance in self._likeliest if name != intent), 0.0)

    @property
    def second(self) -> float:
        """The probability of the second likeliest subject."""
        return self._likeliest[1][1] if len(self._likeliest) > 1 else 0.0


def two_subjects(text: str, whole: Whole, subject_of: Callable[[str], Scored | None]) -> tuple[Half, ...]:
    """Both halves of a text where it is best cut, in their order; nothing where it is about one subject.

    `subject_of` tells the likeliest subject of a part.
    """
    most, found = _TWO, tuple[Half, ...]()
    # The last piece of a message is the last of most of the parts too.
    read = cache(subject_of)
    for split in splits(text):
        most, found = _cut_at(split, whole, read, most) or (most, found)
    return found


def _cut_at(
    split: Split, whole: Whole, subject_of: Callable[[str], Scored | None], least: float
) -> tuple[float, tuple[Half, ...]] | None:
    """What speaks for two subjects if a message is cut there, and the halves; None if that is less than `least`."""
    if _said(split, 1.0, 1.0, whole.second, whole.outside) < least:
        return None
    short, long = sorted((split.left, split.right), key=lambda part: len(part.text))
    one = _read(short, subject_of)
    if one is None or _said_at_most(split, one, whole) < least:
        return None
    other = _read(long, subject_of)
    if other is None or other.intent == one.intent:
        return None
    said = _said_for_two(split, one, other, whole)
    subjects = {short: _midway(one, whole), long: _midway(other, whole)}
    halves = tuple(Half(part.text, subjects[part]) for part in (split.left, split.right))
    return (said, halves) if said >= least else None


def _read(part: Part, subject_of: Callable[[str], Scored | None]) -> Scored | None:
    """The subject of a part, by whichever of its texts is surer."""
    read = [subject_of(text) for text in (part.text, part.otherwise) if text]
    return max((each for each in read if each), key=lambda each: each.score, default=None)


def _said_at_most(split: Split, one: Scored, whole: Whole) -> float:
    """What would speak for two subjects if the half that has not been read were sure of the likeliest other one."""
    weaker = min(whole.subjects.get(one.intent, 0.0), whole.besides(one.intent))
    return _said(split, one.score, 1.0, weaker, whole.outside)


def _said_for_two(split: Split, one: Scored, other: Scored, whole: Whole) -> float:
    weaker = min(whole.subjects.get(one.intent, 0.0), whole.subjects.get(other.intent, 0.0))
    return _said(split, one.score, other.score, weaker, whole.outside)


def _said(split: Split, one: float, other: float, weaker: float, outside: float) -> float:
    """How much speaks for two subjects: sure halves, a whole that is torn or strange, the joint, words that ask."""
    torn = _OF_WHOLE * (math.log(max(weaker, _LEAST)) + _log_odds(outside))
    return _log_odds(one) + _log_odds(other) + torn + _JOINED[split.joint] + _asking(split)


def _asking(split: Split) -> float:
    if split.left.asks and split.right.asks:
        return _BOTH_ASK
    return _FIRST_ASKS if split.left.asks else 0.0


def _midway(found: Scored, whole: Whole) -> Scored:
    return found._replace(score=(found.score + whole.subjects.get(found.intent, 0.0)) / 2)


def _log_odds(chance: float) -> float:
    held = min(max(chance, 1.0 - _SUREST), _SUREST)
    return math.log(held / (1.0 - held))
