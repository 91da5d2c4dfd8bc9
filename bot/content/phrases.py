"""What residents type: examples that stand twice or pull questions away, thin subjects, signs of danger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..core.guide import Guide
from ..core.signs import Signs
from ..errors import Problem
from .alike import nearly_same, share_alike
from .confusion import Trial, confusion_problems
from .examples import Example, examples_of
from .loading import Loaded

FEW_EXAMPLES = 60
ALIKE = 85
MOST_ALIKE_SHARE = 0.05
PULLS = 92
_SMALL_TALK_FEW = 25
# Two packs of 350 subjects.
_SUBJECTS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Survey:
    """How the phrases of a subject do: how many there are, how many of those that were left out were recognised,
    and the share of pairs that are nearly the same words.
    """

    title: str
    phrases: int
    asked: int
    right: int
    alike: float

    def __str__(self) -> str:
        seen = f"nhận ra {self.right} trong {self.asked} câu để riêng" if self.asked else "chưa thử câu nào"
        alike = f"{100 * self.alike:.1f}".replace(".", ",")
        return f"{self.title}: {self.phrases} câu mẫu, {seen}, {alike} % cặp câu giống nhau"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The problems of the phrases, and how each subject does."""

    problems: tuple[Problem, ...]
    surveys: tuple[Survey, ...]


def check_phrases(loaded: Loaded, guide: Guide, *, every: bool = False) -> Phrases:
    """Everything wrong with examples and the signs of danger; `every` phrase is left out once, or a sample."""
    examples = examples_of(loaded, guide.matcher.keys())
    trial = Trial(guide.matcher.left_out(every=every), examples)
    surveys = _surveys(loaded, examples, trial)
    problems = [
        *_repeated(examples),
        *_pulling(examples),
        *_thin(loaded, surveys),
        *confusion_problems(loaded, trial, all_phrases=every),
        *_danger(loaded),
    ]
    return Phrases(tuple(problems), tuple(surveys.values()))


def _surveys(loaded: Loaded, examples: Sequence[Example], trial: Trial) -> Mapping[str, Survey]:
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        keys[example.owner].append(" ".join(example.key))
    return {
        intent.id: Survey(
            intent.title, len(keys[intent.id]), trial.asked[intent.id], trial.right[intent.id],
            _share_alike(tuple(keys[intent.id])),
        )
        for intent in loaded.catalogue.intents.values()
    }  # fmt: skip


@lru_cache(_SUBJECTS_KEPT)
def _share_alike(keys: tuple[str, ...]) -> float:
    """Of a subject whose phrases are what they were, it is what it was."""
    return share_alike(keys, ALIKE)


def _repeated(examples: Sequence[Example]) -> Iterator[Problem]:
    where: defaultdict[tuple[str, ...], list[Example]] = defaultdict(list)
    for example in examples:
        where[example.key].append(example)
    for found in where.values():
        first = found[0]
        for again in found[1:]:
            if again.owner != first.owner:
                what = f"câu mẫu “{again.text}” cũng có ở {first.owner} (dòng {first.line})"
                yield Problem(again.file, again.line, what, "giữ ở một chủ đề", "repeated")


def _pulling(examples: Sequence[Example]) -> Iterator[Problem]:
    """Phrases of two subjects that are almost the same words: each pulls questions from the other."""
    for left, right in nearly_same([" ".join(example.key) for example in examples], PULLS):
        one, other = examples[left], examples[right]
        if one.owner != other.owner and one.key != other.key:
            what = f"câu mẫu “{one.text}” gần như trùng “{other.text}” của {other.owner}"
            yield Problem(one.file, one.line, what, "sửa hoặc bỏ một câu", "pull", warning=True)


def _thin(loaded: Loaded, surveys: Mapping[str, Survey]) -> Iterator[Problem]:
    for intent in loaded.catalogue.intents.values():
        source, own = loaded.sources[f"intents/{intent.id}.yaml"], surveys[intent.id]
        few = _SMALL_TALK_FEW if intent.small_talk else FEW_EXAMPLES
        if own.phrases < few:
            what = f"mới có {own.phrases} câu mẫu"
            yield source.problem(what, f"thêm cho đủ {few} câu, khác nhau", "examples", rule="few", warning=True)
        if own.alike > MOST_ALIKE_SHARE and not intent.small_talk:  # there are few ways to say thank you
            what = f"{own.alike:.0%} cặp câu mẫu giống nhau quá"
            yield source.problem(what, "viết bằng lời khác", "examples", rule="alike", warning=True)


def _danger(loaded: Loaded) -> Iterator[Problem]:
    danger = loaded.catalogue.danger
    source = loaded.sources["intents/_danger.yaml"]
    signs = Signs(danger.signs, danger.unless)
    if not danger.signs or not danger.checks:
        yield source.problem("không có dấu hiệu nguy hiểm hoặc câu kiểm nào", "điền signs và checks", rule="empty")
    for index, text in enumerate(danger.calm):
        if signs.found_in(text):
            what = f"câu “{text}” bị coi là nguy hiểm"
            yield source.problem(what, "thêm vào unless", "calm", index, rule="check")
    for index, text in enumerate(danger.checks):
        if not signs.found_in(text):
            what = f"câu “{text}” không được nhận là nguy hiểm"
            yield source.problem(what, "thêm vào signs", "checks", index, rule="check")
