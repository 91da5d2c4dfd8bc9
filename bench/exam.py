"""Questions put to a guide, and the figures of the demands from what it said."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.core.catalogue import Catalogue
from bot.core.context import Context
from bot.core.guide import Guide

from .measures import Seen, auroc_of, by_kind, calibration_error, points_lost, share, weakest
from .noise import MAKERS, made
from .questions import Question, Questions

NOW = datetime(2021, 2, 6, tzinfo=UTC)
_BETWEEN_TURNS = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Exam:
    """Content, and questions that it has not seen."""

    catalogue: Catalogue
    questions: Questions


@dataclass(frozen=True, slots=True)
class Observed:
    """What became of questions: single ones by file, pairs, turns after the first, accented ones by maker of noise."""

    single: Mapping[str, tuple[Seen, ...]]
    multi: tuple[Seen, ...] = ()
    follow_ups: tuple[Seen, ...] = ()
    noise: Mapping[str, tuple[Seen, ...]] | None = None

    def of(self, *names: str) -> tuple[Seen, ...]:
        """The single questions of these files."""
        return tuple(each for name in names for each in self.single.get(name, ()))

    def inside(self, *names: str) -> tuple[Seen, ...]:
        """Those of them that are in scope."""
        return tuple(each for each in self.of(*names) if not each.question.outside)

    def outside(self, *names: str) -> tuple[Seen, ...]:
        """Those of them that are out of scope."""
        return tuple(each for each in self.of(*names) if each.question.outside)

    @property
    def every(self) -> tuple[Seen, ...]:
        """All single questions as they were typed."""
        return self.of(*self.single)


def look(guide: Guide, question: Question) -> Seen:
    """What the guide says to a question that nothing came before."""
    turn = guide.answer(question.text, Context(), NOW)
    return Seen(question, turn.reply, 1 - turn.match.outside if turn.match else 0.0)


def follow(guide: Guide, dialog: Sequence[Question]) -> list[Seen]:
    """What the guide says to the turns after the first, half a minute apart."""
    context, now, found = Context(), NOW, []
    for question in dialog:
        turn = guide.answer(question.text, context, now)
        context, now = turn.context, now + _BETWEEN_TURNS
        found.append(Seen(question, turn.reply))
    return found[1:]


def observe(guide: Guide, questions: Questions, seed: int, draws: int) -> Observed:
    """What the guide says to all questions, and to the accented ones as the makers of noise spell them.

    Chance has its say in every draw of noise; the more draws, the less of it.
    """
    return Observed(
        look_at(guide, questions).single,
        tuple(look(guide, each) for each in questions.multi),
        tuple(seen for dialog in questions.dialogs for seen in follow(guide, dialog)),
        {name: _misspelt(guide, questions.single.get("clean", ()), name, seed, draws) for name in MAKERS},
    )


def look_at(guide: Guide, questions: Questions) -> Observed:
    """What the guide says to the single questions."""
    return Observed({name: tuple(look(guide, each) for each in part) for name, part in questions.single.items()})


def _misspelt(guide: Guide, clean: Sequence[Question], name: str, seed: int, draws: int) -> tuple[Seen, ...]:
    inside = [each for each in clean if not each.outside]
    texts = [each.text for each in inside]
    return tuple(
        look(guide, replace(question, text=text))
        for draw in range(draws)
        for question, text in zip(inside, made(name, texts, f"{seed} {draw}"), strict=True)
    )


def together(parts: Iterable[Observed]) -> Observed:
    """What several exams saw as one."""
    found = list(parts)
    files = {name for part in found for name in part.single}
    return Observed(
        {name: tuple(seen for part in found for seen in part.of(name)) for name in sorted(files)},
        tuple(seen for part in found for seen in part.multi),
        tuple(seen for part in found for seen in part.follow_ups),
        {name: tuple(seen for part in found for seen in (part.noise or {}).get(name, ())) for name in MAKERS},
    )


def understanding(seen: Observed) -> dict[str, float | None]:
    """The figures of the demands that questions can tell; None where there were no questions to tell from."""
    accented, noisy, asked = seen.inside("clean"), seen.inside("noisy"), seen.inside("clean", "noisy", "content")
    short = seen.inside("short")
    weak = weakest(noisy)
    lost = {f"lost_{name}": points_lost(accented, after) for name, after in (seen.noise or {}).items()}
    return {
        "accented_top1": share(each.top1 for each in accented),
        "accented_top3": share(each.top3 for each in accented),
        "noisy_top1": share(each.top1 for each in noisy),
        "noisy_weakest": weak.top1 if weak else None,
        "noisy_weakest_at_most": weak.at_most if weak else None,
        **lost,
        "helped": share(each.helped for each in asked),
        "right": share(each.right for each in asked),
        "wrong": share(each.wrong for each in asked),
        **_outside(seen),
        "both": share(each.both for each in seen.multi),
        "short_top1": share(each.top1 for each in short),
        "short_top3": share(each.top3 for each in short),
        "short_auroc": auroc_of(seen.of("short")),
        "follow_ups": share(each.on_subject for each in seen.follow_ups),
        "calibration": calibration_error(seen.every),
    }


def _outside(seen: Observed) -> dict[str, float | None]:
    """Only questions of the length of those in scope tell: a short one is too easily refused."""
    kinds = by_kind(seen.outside("oos_long"))
    return {
        "outside_far": share(each.wrong for each in kinds.get("far", ())),
        "outside_near": share(each.wrong for each in kinds.get("near", ())),
        "auroc": auroc_of((*seen.inside("clean", "noisy"), *seen.outside("oos_long"))),
    }


def some(questions: Questions, most: int, seed: int) -> Questions:
    """The questions, of no file more than so many single ones, for what takes long."""
    return replace(questions, single={name: _some(part, most, seed) for name, part in questions.single.items()})


def _some(part: tuple[Question, ...], most: int, seed: int) -> tuple[Question, ...]:
    return part if len(part) <= most else tuple(random.Random(seed).sample(part, most))
