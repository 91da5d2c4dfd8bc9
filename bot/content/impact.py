"""Which questions a change would answer differently, in groups that an officer accepts or goes back on."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, zip_longest
from operator import itemgetter
from typing import Literal

from ..core.context import Context
from ..core.guide import Guide
from ..core.reply import Outcome, Reply
from ..core.vietnamese import clean
from .changes import Change, change
from .questions import Question
from .turning import SLIGHT, slack
from .words_diff import Run, diff

Kind = Literal["other_subject", "no_longer_answered", "newly_answered", "new_wording", "asked_back_differently"]
# Called with how many questions are done and how many there are; False stops the run.
Progress = Callable[[int, int], bool]
DANGER = "_danger"
_EXAMPLES = 5
_STEP = 25
# So many answers of the guides take a few seconds, however many questions there are.
_MOST_ANSWERS = 2400
_TOPIC = "topic:"
_ORDER = ("no_longer_answered", "other_subject", "newly_answered", "asked_back_differently", "new_wording")
_SOURCES = ("check", "dialog", "real")
_first = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Label:
    """How a question ends: `subjects` are those that are answered (DANGER for the warning), or offered as buttons."""

    outcome: Outcome
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Questions with the same change from `before` to `after`.

    `key` is the same whenever the same change is found again; of new wording it depends on the words too. `weight`
    is how often the questions were asked altogether. What was and is offered as buttons stands in a label only as
    far as it matters: beside an answer whether that subject is among them, else what was taken out and put in.
    """

    key: str
    kind: Kind
    before: Label
    after: Label
    questions: int
    weight: int
    examples: tuple[str, ...]
    diff: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does to `total` different questions, `near` of which it may well concern.

    These have something in common with it, or stood at a limit when they were asked last. `chosen` were to be asked
    again, the nearest, or all; `asked` were before the run ended.
    """

    groups: tuple[Group, ...]
    total: int
    near: int
    chosen: int
    asked: int

    @property
    def partial(self) -> bool:
        """Whether the run was stopped."""
        return self.asked < self.chosen

    @property
    def every(self) -> bool:
        """Whether no question was left out."""
        return self.asked == self.total


@dataclass(frozen=True, slots=True)
class Turned:
    """One question that is answered differently: the group it belongs to."""

    kind: Kind
    before: Label
    after: Label


def impact(
    old: Guide,
    new: Guide,
    questions: Iterable[Question],
    now: datetime,
    *,
    every: bool = False,
    progress: Progress | None = None,
) -> Impact:
    """Ask both guides; of questions that the change may well concern the nearest, or `every` question.

    The same text is asked once. By turns the nearest to the change, and the nearest to a limit, come first; of
    `every`, checks before dialogs and these before real questions, the commonest first: a run that is stopped has
    seen what matters most.
    """
    questions = distinct(questions)
    run = _Run(old, new, change(old, new), now)
    near = questions if every else run.near(questions)
    chosen = near if every else near[: _MOST_ANSWERS // run.guides]
    asked = run.through(chosen, progress)
    return Impact(tuple(run.groups()), len(questions), len(near), len(chosen), asked)


def distinct(questions: Iterable[Question]) -> list[Question]:
    """Each text once with all its times, in the order in which they are tried."""
    found: dict[str, Question] = {}
    for each in sorted(questions, key=_rank):
        text = clean(each.text)
        first = found.get(text)
        found[text] = _together(first, each) if first else replace(each, text=text)
    return sorted(found.values(), key=_rank)


def _together(first: Question, again: Question) -> Question:
    return replace(first, times=first.times + again.times, scores=first.scores or again.scores)


def _rank(question: Question) -> tuple[int, int]:
    return _SOURCES.index(question.source), -question.times


@dataclass(slots=True)
class _Run:
    old: Guide
    new: Guide
    change: Change
    now: datetime
    found: defaultdict[Turned, list[Question]] = field(default_factory=lambda: defaultdict(list))

    @property
    def guides(self) -> int:
        """How many guides have to be asked: where only words have changed, the new one understands as the old one."""
        return 2 if self.change.matching else 1

    def near(self, questions: Sequence[Question]) -> list[Question]:
        """Those that have something in common with the change, and those at a limit, by turns; the nearest first."""
        alike = [(-self.change.nearness(each.text), each) for each in questions]
        close = [(slack(each.scores, self.change), each) for each in questions if each.scores]
        nearest = (each for nearness, each in sorted(alike, key=_first) if nearness)
        turning = (each for slack, each in sorted(close, key=_first) if slack <= SLIGHT)
        every = chain.from_iterable(zip_longest(nearest, turning)) if self.change.differs else ()
        return [each for each in dict.fromkeys(every) if each]

    def through(self, questions: Sequence[Question], progress: Progress | None) -> int:
        """Ask them one by one; how many were asked before the run was stopped."""
        for at, question in enumerate(questions):
            if progress and at % _STEP == 0 and not progress(at, len(questions)):
                return at
            self.ask(question)
        if progress:
            progress(len(questions), len(questions))
        return len(questions)

    def ask(self, question: Question) -> None:
        """Note how the answers of the two guides differ."""
        before = _labelled(self.old, question.text, self.now)
        after = before if self.guides == 1 else _labelled(self.new, question.text, self.now)
        for turned in turns(before, after, self.change.rewritten):
            self.found[turned].append(question)

    def groups(self) -> Iterator[Group]:
        """What was noted, what matters most first."""
        for name in self.change.rewritten:  # an officer sees new words also where nobody asked for them
            _ = self.found[_rewritten(name)]
        made = [self._group(turned, questions) for turned, questions in self.found.items()]
        yield from sorted(made, key=lambda group: (_ORDER.index(group.kind), -group.weight, group.key))

    def _group(self, turned: Turned, questions: Sequence[Question]) -> Group:
        runs = self._diff(turned.after.subjects[0]) if turned.kind == "new_wording" else ()
        often = sorted(questions, key=lambda each: -each.times)
        return Group(
            _key(turned, runs), turned.kind, turned.before, turned.after, len(questions),
            sum(each.times for each in questions), tuple(each.text for each in often[:_EXAMPLES]), runs,
        )  # fmt: skip

    def _diff(self, name: str) -> tuple[Run, ...]:
        before, after = (guide.catalogue.answers[name].blocks for guide in (self.old, self.new))
        return diff("\n".join(block.text for block in before), "\n".join(block.text for block in after))


def _key(turned: Turned, runs: Sequence[Run]) -> str:
    return hashlib.sha256(repr((turned, runs)).encode()).hexdigest()[:16]


def _labelled(guide: Guide, text: str, now: datetime) -> Label:
    """How a question by itself ends."""
    return label_of(guide.answer(text, Context(), now).reply, guide.warning())


def label_of(reply: Reply, warning: Reply) -> Label:
    """What a reply says, apart from its words; `warning` is what comes first where life is in danger."""
    if reply.outcome is Outcome.ASKED_BACK:
        actions = [button.action for row in reply.buttons for button in row]
        return Label(reply.outcome, _sorted(name[len(_TOPIC) :] for name in actions if name.startswith(_TOPIC)))
    warned = reply.outcome is Outcome.ANSWERED and reply.blocks[: len(warning.blocks)] == warning.blocks
    return Label(reply.outcome, _sorted((*((DANGER,) if warned else ()), *reply.answered)))


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def turns(before: Label, after: Label, rewritten: Sequence[str]) -> Iterator[Turned]:
    """How an answer has changed: to something else, or in the words of its subjects."""
    if before != after:
        yield _turned(before, after)
    elif before.outcome is Outcome.ANSWERED:
        yield from (_rewritten(name) for name in before.subjects if name in rewritten)


def _turned(before: Label, after: Label) -> Turned:
    was, will = before.outcome is Outcome.ANSWERED, after.outcome is Outcome.ANSWERED
    if was and will:
        return Turned("other_subject", before, after)
    if was:
        return Turned("no_longer_answered", before, _only(after, before))
    if will:
        return Turned("newly_answered", _only(before, after), after)
    gone, come = set(before.subjects) - set(after.subjects), set(after.subjects) - set(before.subjects)
    if before.outcome is not after.outcome:  # not understood on one side: the buttons of the other say nothing more
        gone, come = set(), set()
    return Turned("asked_back_differently", _with(before, gone), _with(after, come))


def _with(label: Label, subjects: Iterable[str]) -> Label:
    return replace(label, subjects=_sorted(subjects))


def _only(offered: Label, answered: Label) -> Label:
    """Of the buttons those that lead to what is answered on the other side."""
    return _with(offered, set(offered.subjects) & set(answered.subjects))


def _rewritten(name: str) -> Turned:
    label = Label(Outcome.ANSWERED, (name,))
    return Turned("new_wording", label, label)
