"""Whether a message asks about two subjects: cut at a joint, each half is read by itself, and the whole beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nlargest

from .questions import Joint, Part, Split, splits
from .reply import Scored

# A logistic regression on 670 messages with two questions and 4,500 with one, each phrase left out of what is learned;
# its weights in round numbers, per unit of log odds of a half (docs/adr/0007-matching-by-counting.md).
_JOINED = {
    Joint.PLAIN: 2.5, Joint.EACH: 3.0, Joint.PERHAPS: 0.0, Joint.BOTH: 1.5, Joint.ONWARD: 0.5, Joint.ASKED: 0.0,
}  # fmt: skip
# What comes before a question without asking is rather its story.
_BOTH_ASK = 3.5
_FIRST_ASKS = 1.5
_OF_WHOLE = 0.75
# What is said for two subjects has to come to this; lower, and more messages with one question get a second answer.
_TWO = 3.05
# A half is never surer than this of its subject, and nothing counts as less likely in the whole than that.
_SUREST = 0.99
_LEAST = 0.003
# A right half that says less than this of any subject may mean what the whole is about besides the left one, and so may
# one that points back. What the left one says takes from that in the whole, which therefore counts for more.
_SAYS_LITTLE = 0.5
_LEANS = 1.0


@dataclass(frozen=True, slots=True)
class Half:
    """Part of a message that asks about a subject of its own; the score is that of the half and the whole, midway."""

    text: str
    subject: Scored


SubjectOf = Callable[[str], Scored | None]


@dataclass(frozen=True, slots=True)
class _Cut:
    """What speaks for two subjects where a message is cut, and the subjects."""

    said: float
    left: Scored
    right: Scored


@dataclass(frozen=True)
class Whole:
    """The message uncut: the probability of each subject that can be one of two."""

    subjects: Mapping[str, float]

    @cached_property
    def _likeliest(self) -> Sequence[tuple[str, float]]:
        return nlargest(2, self.subjects.items(), key=lambda each: each[1])

    def besides(self, intent: str) -> Scored:
        """The likeliest of all other subjects."""
        return next((Scored(name, chance) for name, chance in self._likeliest if name != intent), Scored("", 0.0))

    @property
    def second(self) -> float:
        """The probability of the second likeliest subject."""
        return self._likeliest[1][1] if len(self._likeliest) > 1 else 0.0


def two_subjects(text: str, whole: Whole, subject_of: SubjectOf) -> tuple[Half, ...]:
    """Both halves of a text where it is best cut, in their order; nothing where it is about one subject.

    `subject_of` tells the likeliest subject of a part.
    """
    most, found = _TWO, tuple[Half, ...]()
    # The last piece of a message is the last of most of the parts too.
    read = cache(subject_of)
    for split in splits(text):
        cut = _cut_at(split, whole, read, most)
        if cut:
            most = cut.said
            found = tuple(
                Half(part.text, _midway(subject, whole))
                for part, subject in ((split.left, cut.left), (split.right, cut.right))
            )
    return found


def _cut_at(split: Split, whole: Whole, subject_of: SubjectOf, least: float) -> _Cut | None:
    """The subjects of both parts if a message is cut there; None if less than `least` speaks for two."""
    if _said(split, 1.0, 1.0, whole.second) < least:
        return None
    short, long = sorted((split.left, split.right), key=lambda part: len(part.text))
    one = _read(short, subject_of)
    if _said_at_most(split, short, one, whole) < least:
        return None
    other = _read(long, subject_of)
    left, right = (one, other) if short is split.left else (other, one)
    cuts = _cuts(split, left, right, whole) if left else ()
    return max((cut for cut in cuts if cut.said >= least), key=lambda cut: cut.said, default=None)


def _cuts(split: Split, left: Scored, right: Scored | None, whole: Whole) -> Iterator[_Cut]:
    """The right part by itself, and where it leans on the left one what the whole is about besides that."""
    if right and left.intent != right.intent:
        yield _Cut(_said_for_two(split, left, right, whole), left, right)
    beside = whole.besides(left.intent)
    if beside.intent and _leans(split, right):
        yield _Cut(_said_for_two(split, left, beside, whole) + _LEANS, left, beside)


def _leans(split: Split, right: Scored | None) -> bool:
    """Whether the right part may be understood by the left one only."""
    return split.right.asks and (split.points_back or right is None or right.score < _SAYS_LITTLE)


def _read(part: Part, subject_of: SubjectOf) -> Scored | None:
    """The subject of a part, by whichever of its texts is surer."""
    read = [subject_of(text) for text in (part.text, part.otherwise) if text]
    return max((each for each in read if each), key=lambda each: each.score, default=None)


def _said_at_most(split: Split, short: Part, one: Scored | None, whole: Whole) -> float:
    """What would speak for two subjects if the part that has not been read were sure of the likeliest other one."""
    said = -math.inf
    if one:
        weaker = min(whole.subjects.get(one.intent, 0.0), whole.besides(one.intent).score)
        said = _said(split, one.score, 1.0, weaker)
    if short is split.right and _leans(split, one):
        said = max(said, _said(split, 1.0, whole.besides("").score, whole.second) + _LEANS)
    return said


def _said_for_two(split: Split, one: Scored, other: Scored, whole: Whole) -> float:
    weaker = min(whole.subjects.get(one.intent, 0.0), whole.subjects.get(other.intent, 0.0))
    return _said(split, one.score, other.score, weaker)


def _said(split: Split, one: float, other: float, weaker: float) -> float:
    """How much speaks for two subjects: sure halves, a whole that is torn, the joint, words that ask."""
    torn = _OF_WHOLE * math.log(max(weaker, _LEAST))
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
