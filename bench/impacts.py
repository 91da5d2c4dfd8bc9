"""What officers wait for between a change and the bot that answers by it: loading, checking, impact."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Any

import yaml

from bot.content.changes import change
from bot.content.impact import Impact, impact
from bot.content.loading import load_texts
from bot.content.questions import Question
from bot.content.releasing import check_texts
from bot.content.tree import LANGUAGE, Texts
from bot.core.catalogue import Catalogue
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.reply import Scored

from .building import edited
from .exam import NOW
from .speed import Size, Spread, as_typed, in_all_copies, spread

# Puts the second texts in place of the first through a store; seconds until a process that watches it answers by them.
Publish = Callable[[Texts, Texts], float]
_CONCEPTS = "intents/_concepts.yaml"
# As `bot/store/residents.py` writes them.
_LOGGED_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Edit:
    """The texts after an officer's change, and a question that it is about."""

    name: str
    texts: Texts


def edits(texts: Texts, catalogue: Catalogue, seed: int) -> Iterator[Edit]:
    """Changes of copied subjects, so that no other subject has a button to one that is taken out; each time others."""
    copied = [name for name in catalogue.intents if name.rpartition("_")[2].isdigit()]
    random.Random(seed).shuffle(copied)
    one, two, three, four, five, six = copied[:6]
    first = catalogue.intents[one].examples[0]
    yield Edit("a phrase more", _with_examples(texts, one, lambda own: [*own, f"xin hỏi {first} thưa cán bộ"]))
    yield Edit("an answer in other words", _reworded(texts, two))
    moved = list(catalogue.intents[three].examples[-10:])
    fewer = _with_examples(texts, three, lambda own: own[:-10])
    yield Edit("ten phrases to another subject", _with_examples(fewer, four, lambda own: [*own, *moved]))
    gone = (f"intents/{five}.yaml", f"responses/{LANGUAGE}/{five}.md")
    yield Edit("a subject taken out", {name: data for name, data in texts.items() if name not in gone})
    yield Edit("a concept more", _with_concept(texts, catalogue.intents[six].examples[0]))


def _changed(texts: Texts, name: str, edit: Callable[[dict[str, Any]], None]) -> dict[str, bytes]:
    values = yaml.safe_load(texts[name])
    edit(values)
    written = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000).encode()
    return {**texts, name: written}


def _with_examples(texts: Texts, intent: str, edit: Callable[[list[str]], list[str]]) -> dict[str, bytes]:
    return _changed(texts, f"intents/{intent}.yaml", lambda values: values.update(examples=edit(values["examples"])))


def _with_concept(texts: Texts, phrase: str) -> dict[str, bytes]:
    forms = [" ".join(phrase.split()[:2]), " ".join(phrase.split()[-2:])]
    concept = {"title": "Khái niệm thử", "forms": list(dict.fromkeys(forms))}
    return _changed(texts, _CONCEPTS, lambda values: values["concepts"].update(bench_concept=concept))


def _reworded(texts: Texts, intent: str) -> dict[str, bytes]:
    name = f"responses/{LANGUAGE}/{intent}.md"
    return {**texts, name: texts[name] + "\n\nAnh/chị đọc kỹ giúp.\n".encode()}


def varied_questions(catalogue: Catalogue, size: Size, number: int, seed: int) -> list[Question]:
    """Phrases that content of this size does not learn, in the words of its copies, each spelled in another way.

    Where the content has no phrase left over, its own ones are asked.
    """
    every = [text for intent in catalogue.intents.values() for text in intent.examples]
    held = [text for intent in catalogue.intents.values() for text in intent.examples[size.phrases :]] or every
    random.Random(seed).shuffle(held)
    found: dict[str, None] = {}
    for turn in count(seed):
        typed = as_typed(in_all_copies(catalogue, held, size.subjects, turn), turn + 1, turn)[-1]
        before = len(found)
        found |= dict.fromkeys(typed)
        if len(found) >= number or len(found) == before:
            break
    return [Question(text, "real") for text in islice(found, number)]


def as_logged(questions: Sequence[Question], guide: Guide) -> list[Question]:
    """The questions with the scores that the log of a bot keeps, which answered each by itself."""
    return [replace(each, scores=_logged(guide, each.text)) for each in questions]


def _logged(guide: Guide, text: str) -> tuple[Scored, ...]:
    found = guide.answer(text, Context(), NOW).reply.intents
    return tuple(Scored(each.intent, round(each.score, _LOGGED_DIGITS)) for each in found)


@dataclass(frozen=True, slots=True)
class Live:
    """Seconds to load the texts after an edit, to make their guide, and both; how many of the guides had the edit.

    `stores` are the seconds through each store that was given.
    """

    loading: Spread
    guide: Spread
    whole: Spread
    edits: int
    known: int
    stores: Mapping[str, Spread]


def lives(before: Guide, texts: Texts, rounds: int, seed: int, stores: Mapping[str, Publish]) -> dict[str, Live]:
    """From the texts to a guide that answers by them, by kind of edit; every round edits other subjects."""
    taken: dict[str, list[_Published]] = {}
    for number in range(rounds):
        for edit in edits(texts, before.catalogue, seed + number):
            taken.setdefault(edit.name, []).append(_published(before, texts, edit, stores))
    return {name: _live(each) for name, each in taken.items()}


@dataclass(frozen=True, slots=True)
class _Published:
    loading: float
    guide: float
    known: bool
    stores: Mapping[str, float]


def _published(before: Guide, texts: Texts, edit: Edit, stores: Mapping[str, Publish]) -> _Published:
    began = time.perf_counter()
    loaded = load_texts(edit.texts)
    read = time.perf_counter()
    after = edited(before, loaded.catalogue)
    made = time.perf_counter()
    found = change(before, after)
    known = found.matching or bool(found.rewritten)
    through = {name: publish(texts, edit.texts) for name, publish in stores.items()}
    return _Published(read - began, made - read, known, through)


def _live(taken: Sequence[_Published]) -> Live:
    return Live(
        spread([each.loading for each in taken]), spread([each.guide for each in taken]),
        spread([each.loading + each.guide for each in taken]), len(taken), sum(each.known for each in taken),
        {name: spread([each.stores[name] for each in taken]) for name in taken[0].stores},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Impact of one edit, by the short way and with every question; seconds for each round of the short way."""

    short: Impact
    full: Impact
    short_seconds: Spread
    full_seconds: float

    @property
    def changed(self) -> int:
        """Questions that the full run found to be answered, asked back about or worded differently."""
        return questions_in(self.full)

    @property
    def missed(self) -> int:
        """How many of them the short way did not find."""
        return self.changed - questions_in(self.short)

    @property
    def answers_changed(self) -> int:
        """Those of them that were answered before or are now; the others are asked back about or not understood."""
        return questions_in(self.full, answered=True)

    @property
    def answers_missed(self) -> int:
        """How many of those the short way did not find."""
        return self.answers_changed - questions_in(self.short, answered=True)


def questions_in(found: Impact, *, answered: bool = False) -> int:
    """The questions of all groups, or of those where the bot answers on one side at least."""
    kept = (group for group in found.groups if not answered or group.kind != "asked_back_differently")
    return sum(group.questions for group in kept)


def impacts(before: Guide, texts: Texts, questions: Sequence[Question], rounds: int, seed: int) -> dict[str, Found]:
    """The impact of every kind of edit on the same questions."""
    return {edit.name: _found(before, edit, questions, rounds) for edit in edits(texts, before.catalogue, seed)}


def _found(before: Guide, edit: Edit, questions: Sequence[Question], rounds: int) -> Found:
    after = edited(before, load_texts(edit.texts).catalogue)
    short, seconds = zip(*(_timed(before, after, questions, every=False) for _ in range(rounds)), strict=True)
    full, full_seconds = _timed(before, after, questions, every=True)
    return Found(short[0], full, spread(seconds), full_seconds)


def _timed(before: Guide, after: Guide, questions: Sequence[Question], *, every: bool) -> tuple[Impact, float]:
    began = time.perf_counter()
    found = impact(before, after, questions, NOW, every=every)
    return found, time.perf_counter() - began


def check_seconds(texts: Texts, rounds: int, before: Guide | None = None) -> Spread:
    """How long `loa check` takes from the bytes of the files; with `before` as a console does it."""
    return spread([_seconds(lambda: check_texts(texts, before)) for _ in range(rounds)])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
