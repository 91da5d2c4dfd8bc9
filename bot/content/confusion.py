"""Subjects that are taken for each other, and the phrases to change, from phrases that were left out of learning."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..core.catalogue import Catalogue
from ..core.left_out import LeftOut
from ..errors import Problem
from .examples import OUTSIDE, Example
from .loading import Loaded

# By chance alone the phrases of a subject that are not understood scatter over all others, one or two to each. The
# pairs of the pack from 2021 that a careful reader hesitates over lie between 3 and 5 of a hundred, the others under.
CLOSE_SHARE = 0.03
CLOSE_PHRASES = 3
# One phrase may be lost to any neighbour; two that were lost to the same one say something about that one.
TAKEN_PHRASES = 2
# Nine in ten are recognised on the whole. The least of a good subject is three in four (small talk: "ai vậy").
RECOGNISED = 0.8
# A share that is seen on a few phrases is believed to be too small only if it is so by two standard deviations.
_DEVIATIONS = 2.0
_SHOWN, _ALL_SHOWN = 5, 15


@dataclass(frozen=True, slots=True)
class Confusion:
    """A phrase that was left out and lost: to the subject of the phrase `by`, or to what is out of scope (None)."""

    example: Example
    chance: float
    taken_for: str
    by: Example | None


class Trial:
    """What became of the phrases that were left out."""

    def __init__(self, left_out: Sequence[LeftOut], examples: Sequence[Example]) -> None:
        places = {(example.owner, example.text): example for example in examples}
        self.asked = Counter(_owner(each.label) for each in left_out)
        self.right = Counter(_owner(each.label) for each in left_out if each.right)
        self.lost = [
            Confusion(
                places[_owner(each.label), each.text],
                each.chance,
                each.taken_for or OUTSIDE,
                places.get((each.taken_for, each.nearest)),
            )
            for each in left_out
            if not each.right
        ]


def confusion_problems(loaded: Loaded, trial: Trial, *, all_phrases: bool) -> Iterator[Problem]:
    """Warnings for officers; `all_phrases` names more of them, not only the first few."""
    most = _ALL_SHOWN if all_phrases else _SHOWN
    yield from _too_close(loaded.catalogue, trial, most)
    yield from _taking(loaded.catalogue, trial, most)
    yield from _not_recognised(loaded, trial, most)


def _too_close(catalogue: Catalogue, trial: Trial, most: int) -> Iterator[Problem]:
    """Pairs of subjects whose phrases are taken for each other."""
    pairs: defaultdict[tuple[str, str], list[Confusion]] = defaultdict(list)
    for each in trial.lost:
        if OUTSIDE not in (each.taken_for, each.example.owner):
            one, other = sorted((each.taken_for, each.example.owner))
            pairs[one, other].append(each)
    for (one, other), lost in pairs.items():
        asked = trial.asked[one] + trial.asked[other]
        if len(lost) < CLOSE_PHRASES or len(lost) < CLOSE_SHARE * asked:
            continue
        worst = max(lost, key=lambda each: each.chance).example
        names = " và ".join(f"“{_title(catalogue, name)}”" for name in (one, other))
        share = f"{len(lost)} trong {asked} câu mẫu ({len(lost) / asked:.0%})"
        told = _listed(lost, worst.file, most)
        what = f"hai chủ đề {names} gần nhau quá: {share} khi để riêng bị hiểu sang chủ đề kia: {told}"
        mend = "viết các câu này rõ chủ đề hơn, hoặc chuyển sang chủ đề kia"
        yield Problem(worst.file, worst.line, what, mend, "close", warning=True)


def _taking(catalogue: Catalogue, trial: Trial, most: int) -> Iterator[Problem]:
    """Phrases that win several questions of another subject, since they are the nearest to them."""
    won: defaultdict[tuple[Example, str], list[Confusion]] = defaultdict(list)
    for each in trial.lost:
        if each.by:
            won[each.by, each.example.owner].append(each)
    for (by, owner), lost in won.items():
        if len(lost) >= TAKEN_PHRASES:
            told = _listed(lost, by.file, most)
            what = f"câu mẫu “{by.text}” kéo mất {len(lost)} câu của {_name(catalogue, owner)}: {told}"
            mend = f"viết câu này rõ hơn là hỏi về “{_title(catalogue, by.owner)}”, hoặc bỏ; hoặc thêm câu mẫu bên kia"
            yield Problem(by.file, by.line, what, mend, "takes", warning=True)


def _not_recognised(loaded: Loaded, trial: Trial, most: int) -> Iterator[Problem]:
    """Subjects whose phrases do not help each other: whoever asks in new words will not be understood."""
    for name in loaded.catalogue.intents:
        asked, right = trial.asked[name], trial.right[name]
        doubt = _DEVIATIONS * math.sqrt(asked * RECOGNISED * (1.0 - RECOGNISED))
        if right < RECOGNISED * asked - doubt:
            lost = [each for each in trial.lost if each.example.owner == name]
            worst = max(lost, key=lambda each: each.chance).example
            told = _listed(lost, worst.file, most)
            what = f"chỉ nhận ra {right} trong {asked} câu mẫu khi để riêng từng câu; không nhận ra: {told}"
            mend = "thêm câu mẫu gần các câu này, mỗi ý vài cách nói"
            yield Problem(worst.file, worst.line, what, mend, "lost", warning=True)


def _listed(lost: Sequence[Confusion], file: str, most: int) -> str:
    """The phrases with their places, those that were taken most surely first; `file` needs no name."""
    ranked = [each.example for each in sorted(lost, key=lambda each: -each.chance)[:most]]
    places = [f"dòng {each.line}" if each.file == file else f"{each.file}:{each.line}" for each in ranked]
    told = [f"“{each.text}” ({place})" for each, place in zip(ranked, places, strict=True)]
    return "; ".join(told) + (f" và {len(lost) - most} câu nữa" if len(lost) > most else "")


def _owner(label: str) -> str:
    return OUTSIDE if label.startswith("~") else label


def _title(catalogue: Catalogue, name: str) -> str:
    return catalogue.intents[name].title


def _name(catalogue: Catalogue, owner: str) -> str:
    return "chuyện ngoài phạm vi" if owner == OUTSIDE else f"chủ đề “{_title(catalogue, owner)}”"
