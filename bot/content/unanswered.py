"""Questions that were not answered, in groups that an officer can settle at one stroke."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..core.catalogue import Catalogue
from ..core.grouping import Hearing, Said, grouped
from ..core.matching import Matcher
from ..core.reply import Scored
from ..core.vietnamese import clean
from ..store.records import Unanswered

# So many of the newest are grouped; of those before it is only said how many there are.
MOST = 5000
_SUGGESTED, _LEAST_SUGGESTED = 3, 0.05


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a question was asked, and how often."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that say nearly the same. `id` is that of the oldest; `likely` what the matcher thought of."""

    id: int
    questions: tuple[int, ...]
    wordings: tuple[Wording, ...]
    askers: int
    first: datetime
    last: datetime
    channels: tuple[str, ...]
    likely: tuple[Scored, ...]

    @property
    def times(self) -> int:
        """How often it was asked."""
        return len(self.questions)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups, most asked first, and how many older questions were not grouped."""

    groups: tuple[Group, ...] = ()
    questions: int = 0
    older: int = 0

    def get(self, number: int) -> Group | None:
        """The group that was led by this question, also where it has been joined by others since."""
        return next((group for group in self.groups if group.id == number), None)

    def without(self, number: int) -> Groups:
        """The same once a group was settled."""
        left = tuple(group for group in self.groups if group.id != number)
        return Groups(left, sum(group.times for group in left), self.older)


class Grouping:
    """Groups questions; each text is read once, as long as the release stays. For one thread at a time."""

    def __init__(self) -> None:
        self._release = ""
        self._hearing = Hearing(())
        self._said: dict[int, Said] = {}

    def groups(
        self, questions: Sequence[Unanswered], count: int, catalogue: Catalogue, matcher: Matcher
    ) -> Groups:  # fmt: skip
        """The groups of these questions, of `count` that there are, as a release sees them."""
        if catalogue.release != self._release:
            self._hearing, self._said = Hearing(matcher.keys().values(), catalogue.concepts), {}
            self._release = catalogue.release
        ordered = sorted(questions, key=lambda each: each.id)
        self._said = {each.id: self._said.get(each.id) or self._hearing.said(each.text) for each in ordered}
        found = grouped([self._said[each.id] for each in ordered])
        made = [_group([ordered[place] for place in places], catalogue) for places in found]
        made.sort(key=lambda group: (-group.askers, -group.times, -group.last.timestamp(), group.id))
        return Groups(tuple(made), len(ordered), max(0, count - len(ordered)))


def _group(questions: Sequence[Unanswered], catalogue: Catalogue) -> Group:
    moments = [each.at for each in questions]
    return Group(
        questions[0].id, tuple(each.id for each in questions), _wordings(questions),
        len({each.ref for each in questions}), min(moments), max(moments),
        tuple(sorted({each.channel for each in questions})), _likely(questions, catalogue),
    )  # fmt: skip


def _wordings(questions: Sequence[Unanswered]) -> tuple[Wording, ...]:
    """Each wording once, the commonest first, of those the one that was asked last."""
    counts = Counter(clean(each.text) for each in reversed(questions))
    return tuple(Wording(text, times) for text, times in counts.most_common())


def _likely(questions: Sequence[Unanswered], catalogue: Catalogue) -> tuple[Scored, ...]:
    """The subjects that the matcher thought of when the questions were asked, by their mean probability."""
    sums: defaultdict[str, float] = defaultdict(float)
    for intent, score in (each for question in questions for each in question.intents):
        sums[intent] += score
    subjects = {intent.id for intent in catalogue.topics()}
    means = [Scored(name, total / len(questions)) for name, total in sums.items() if name in subjects]
    ranked = sorted(means, key=lambda each: (-each.score, each.intent))
    return tuple(each for each in ranked[:_SUGGESTED] if each.score >= _LEAST_SUGGESTED)
