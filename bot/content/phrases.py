"""What residents type: examples that stand twice or pull questions away, checks that miss, thin subjects."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np
from rapidfuzz import fuzz, process

from ..core.context import Context
from ..core.guide import Guide
from ..core.reply import Outcome, Reply
from ..core.signs import Signs
from ..errors import Problem
from .loading import Loaded

FEW_EXAMPLES = 60
ALIKE = 85
MOST_ALIKE_SHARE = 0.05
PULLS = 92
_SMALL_TALK_FEW = 25
_BLOCK = 256
OUTSIDE = "_out_of_scope"


@dataclass(frozen=True, slots=True)
class _Example:
    """A phrase, the subject it teaches, and where it stands."""

    owner: str
    text: str
    key: tuple[str, ...]
    file: str
    line: int


def phrase_problems(loaded: Loaded, guide: Guide) -> Iterator[Problem]:
    """Everything wrong with examples, checks and the signs of danger."""
    examples = _examples(loaded, guide.matcher.keys())
    yield from _repeated(examples)
    yield from _pulling(examples)
    yield from _thin(loaded, examples)
    yield from _misses(loaded, guide)
    yield from _danger(loaded)


def _examples(loaded: Loaded, keys: Mapping[str, tuple[str, ...]]) -> list[_Example]:
    found = []
    for intent in loaded.catalogue.intents.values():
        source = loaded.sources[f"intents/{intent.id}.yaml"]
        for index, text in enumerate(intent.examples):
            found.append(_Example(intent.id, text, keys[text], source.name, source.line("examples", index)))
    source = loaded.sources[f"intents/{OUTSIDE}.yaml"]
    for group, texts in loaded.catalogue.out_of_scope.items():
        for index, text in enumerate(texts):
            line = source.line("groups", group, "examples", index)
            found.append(_Example(OUTSIDE, text, keys[text], source.name, line))
    return found


def _repeated(examples: list[_Example]) -> Iterator[Problem]:
    where: defaultdict[tuple[str, ...], list[_Example]] = defaultdict(list)
    for example in examples:
        where[example.key].append(example)
    for found in where.values():
        first = found[0]
        for again in found[1:]:
            if again.owner != first.owner:
                what = f"câu mẫu “{again.text}” cũng có ở {first.owner} (dòng {first.line})"
                yield Problem(again.file, again.line, what, "giữ ở một chủ đề", "repeated")


def _pulling(examples: list[_Example]) -> Iterator[Problem]:
    """Phrases of two subjects that are almost the same words: each pulls questions from the other."""
    for one, other in _nearly_equal(examples):
        if one.owner != other.owner and one.key != other.key:
            what = f"câu mẫu “{one.text}” gần như trùng “{other.text}” của {other.owner}"
            yield Problem(one.file, one.line, what, "sửa hoặc bỏ một câu", "pull", warning=True)


def _nearly_equal(examples: list[_Example]) -> Iterator[tuple[_Example, _Example]]:
    """Pairs of phrases that have nearly the same letters, and therefore nearly the same length."""
    keys = [" ".join(example.key) for example in examples]
    order = sorted(range(len(keys)), key=lambda at: len(keys[at]))
    for begin in range(0, len(order), _BLOCK):
        block = order[begin : begin + _BLOCK]
        # Of two texts the shorter has at least this part of the other's length: ratio = 2 * common / sum of lengths.
        longest = len(keys[block[-1]]) * (200 - PULLS) / PULLS
        others = order[begin : bisect_right(order, longest, key=lambda at: len(keys[at]))]
        likeness = process.cdist(
            [keys[at] for at in block],
            [keys[at] for at in others],
            scorer=fuzz.ratio,
            score_cutoff=PULLS,
            dtype=np.uint8,
        )
        for left, right in zip(*np.nonzero(np.triu(likeness, 1)), strict=True):
            first, second = sorted((block[left], others[right]))
            yield examples[first], examples[second]


def _thin(loaded: Loaded, examples: list[_Example]) -> Iterator[Problem]:
    by_owner: defaultdict[str, list[_Example]] = defaultdict(list)
    for example in examples:
        by_owner[example.owner].append(example)
    for intent in loaded.catalogue.intents.values():
        source = loaded.sources[f"intents/{intent.id}.yaml"]
        own, few = by_owner[intent.id], _SMALL_TALK_FEW if intent.small_talk else FEW_EXAMPLES
        if len(own) < few:
            what = f"mới có {len(own)} câu mẫu"
            yield source.problem(what, f"thêm cho đủ {few} câu, khác nhau", "examples", rule="few", warning=True)
        share = _alike_share([" ".join(example.key) for example in own])
        if share > MOST_ALIKE_SHARE and not intent.small_talk:  # there are few ways to say thank you
            what = f"{share:.0%} cặp câu mẫu giống nhau quá"
            yield source.problem(what, "viết bằng lời khác", "examples", rule="alike", warning=True)


def _alike_share(keys: list[str]) -> float:
    """The share of pairs that are nearly the same words."""
    pairs = len(keys) * (len(keys) - 1) / 2
    alike = sum(fuzz.token_set_ratio(one, other) >= ALIKE for one, other in _sharing_words(keys))
    return alike / pairs if pairs else 0.0


def _sharing_words(keys: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs that have at least half of the shorter one's words in common; no others are alike."""
    sets = [set(key.split()) for key in keys]
    columns = {word: column for column, word in enumerate(sorted(set().union(*sets)))}
    has = np.zeros((len(keys), len(columns)), dtype=np.float32)
    for row, words in enumerate(sets):
        has[row, [columns[word] for word in words]] = 1.0
    sizes = has.sum(axis=1)
    close = 2 * (has @ has.T) >= np.minimum(sizes[:, None], sizes)
    for left, right in zip(*np.nonzero(np.triu(close, 1)), strict=True):
        yield keys[left], keys[right]


def _misses(loaded: Loaded, guide: Guide) -> Iterator[Problem]:
    now = datetime.combine(loaded.catalogue.pack.as_of, time(12), UTC)
    for intent in loaded.catalogue.intents.values():
        source = loaded.sources[f"intents/{intent.id}.yaml"]
        for index, text in enumerate(intent.checks):
            reply = guide.answer(text, Context(), now).reply
            if intent.id not in _reached(reply):
                what = f"câu kiểm “{text}” ra {_got(reply)}"
                yield source.problem(what, "thêm câu mẫu gần câu này", "checks", index, rule="check")
    source = loaded.sources[f"intents/{OUTSIDE}.yaml"]
    for group in source.values.get("groups", {}):
        for index, text in enumerate(source.values["groups"][group].get("checks", ())):
            reply = guide.answer(text, Context(), now).reply
            if reply.answered:
                what = f"câu ngoài phạm vi “{text}” lại ra {_got(reply)}"
                where = ("groups", group, "checks", index)
                yield source.problem(what, "thêm câu mẫu gần câu này", *where, rule="check")


def _got(reply: Reply) -> str:
    return ", ".join(sorted(_reached(reply))) or reply.outcome.value


def _reached(reply: Reply) -> set[str]:
    """The intents that a resident gets at once or finds among the buttons."""
    offered = {button.action.removeprefix("topic:") for row in reply.buttons for button in row if ":" in button.action}
    return set(reply.answered) or (offered if reply.outcome is Outcome.ASKED_BACK else set())


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
