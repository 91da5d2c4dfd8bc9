"""Why a question was taken for a subject, as data: whoever shows it finds the words."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from .concepts import Concept, Concepts
from .features import is_word, length, terms
from .index import Evidence, Index
from .parts import Parts
from .reply import Scored
from .vietnamese import Reading, clean, readings

Numbers = NDArray[np.float64]
_SUBJECTS = 3
_PHRASES = 3
# What is weaker than so many syllables and concepts, or than a part of the strongest one, says nothing new.
_SYLLABLES = 5
_CONCEPTS = 2
_LEAST = 0.15
# The column of all that is out of scope, behind those of the classes.
_OUTSIDE = -1
_AROUND = " .,;:!?…()[]{}\"'“”‘’«»-–*~"


@dataclass(frozen=True, slots=True)
class Understood:
    """Typed words that were read as others; `corrected` where they were taken for a typing error."""

    typed: str
    read: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a question, and the words that stand for it."""

    concept: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Near:
    """A phrase and its likeness to the question, 0 to 1."""

    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words of the question, or the title of a `concept` in it, and how much they speak for a subject.

    A weight is a logarithm: how much more often the subject's phrases say this than all phrases do.
    """

    text: str
    weight: float
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that the question may be about; with an empty `intent` all that is out of scope."""

    intent: str
    chance: float
    nearest: tuple[Near, ...]
    words: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a question was read, and what speaks for the likeliest subjects, best first.

    `others` are words that could be read otherwise; `unknown` are words that no phrase has. `instead` speaks for the
    second likeliest candidate rather than for the likeliest.
    """

    read: tuple[str, ...]
    understood: tuple[Understood, ...]
    others: tuple[Understood, ...]
    unknown: tuple[str, ...]
    concepts: tuple[Found, ...]
    subjects: tuple[Candidate, ...]
    outside: Candidate
    instead: tuple[Weighed, ...]

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        """The subjects and what is out of scope, the likeliest first."""
        return tuple(sorted((*self.subjects, self.outside), key=lambda each: -each.chance))


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A text as it was matched: the reading that was `used`, the same as `typed`, and `others` that were possible."""

    text: str
    used: Reading
    typed: Reading
    others: tuple[Reading, ...]


class Explainer:
    """Explains what an index says of a text."""

    def __init__(self, index: Index, concepts: Sequence[Concept], finder: Concepts, parts: Parts) -> None:
        self._index = index
        self._titles = {concept.id: concept.title for concept in concepts}
        self._finder = finder
        self._parts = parts

    def explain(self, heard: Heard, evidence: Evidence | None, scored: Sequence[Scored], outside: float) -> Explanation:
        """The explanation of a text; `scored` and `outside` are the probabilities of its match."""
        said = self._said(heard.used)
        columns = {label: number for number, label in enumerate(self._index.labels)}
        subjects = tuple(
            Candidate(each.intent, each.score, self._near([at], evidence), said.best(at))
            for each, at in ((each, columns[each.intent]) for each in scored[:_SUBJECTS])
        )
        apart = np.flatnonzero(self._index.outside).tolist()
        rest = Candidate("", outside, self._near(apart, evidence), said.best(_OUTSIDE) if apart else ())
        ranked = sorted((*subjects, rest), key=lambda each: -each.chance)
        places = [columns.get(each.intent, _OUTSIDE) for each in ranked[:2]]
        instead = said.best(places[1], rather_than=places[0]) if len(places) > 1 else ()
        return Explanation(
            heard.used.accented, _understood(heard), _otherwise(heard), said.unknown, self._found(heard.used),
            subjects, rest, instead,
        )  # fmt: skip

    def _found(self, reading: Reading) -> tuple[Found, ...]:
        found = self._finder.forms_in(reading) if self._parts.concepts else {}
        return tuple(Found(concept, self._titles[concept], words) for concept, words in found.items())

    def _near(self, numbers: Sequence[int], evidence: Evidence | None) -> tuple[Near, ...]:
        """The phrases of some classes that are most like the question."""
        if evidence is None:
            return ()
        likeness = evidence.likeness
        rows = [row for number in numbers for row in self._index.nearest_of(number, likeness, _PHRASES)]
        rows.sort(key=lambda row: -likeness[row])
        return tuple(Near(self._index.phrases[row].text, float(likeness[row])) for row in rows[:_PHRASES])

    def _said(self, reading: Reading) -> _Said:
        found = terms(reading, self._finder, self._parts)
        gains = {term: self._gain(term) for term in found}
        known = [weight for term, weight in found.items() if gains[term] is not None]
        strange = sum(is_word(term) for term, gain in gains.items() if gain is None)
        scale = 1.0 / math.sqrt(length(known) ** 2 + strange) if known else 0.0
        syllables = np.zeros((len(reading.toneless), len(self._index.labels) + 1))
        concepts = {}
        for term, gain in gains.items():
            if gain is None:
                continue
            if term.startswith("@"):
                concepts[self._titles[term[1:]], term[1:]] = found[term] * scale * gain
            else:
                places = _places(term, reading)
                np.add.at(syllables, places, found[term] * scale * gain / len(places))
        pairs = zip(reading.accented, reading.toneless, strict=True)
        unknown = tuple(dict.fromkeys(word for word, bare in pairs if gains[bare] is None))
        return _Said(reading.accented, syllables, concepts, unknown)

    def _gain(self, term: str) -> Numbers | None:
        """How much more often each class, and last all that is outside, says a term than anybody."""
        alone = self._index.evidence({term: 1.0})
        return None if alone is None else np.append(alone.words, alone.outside)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """What each syllable and each concept (title, id) weighs for every class, and last for all that is outside.

    A pair of neighbours counts half for each of them, so that all weights together are what the matcher weighed.
    """

    read: tuple[str, ...]
    syllables: Numbers
    concepts: Mapping[tuple[str, str], Numbers]
    unknown: tuple[str, ...]

    def best(self, column: int, rather_than: int | None = None) -> tuple[Weighed, ...]:
        """What speaks most for a class, or for it rather than for another; words that are neighbours stand together."""

        def gain(of: Numbers) -> Numbers:
            """The column, less the other one."""
            return np.asarray(of[..., column] - (0.0 if rather_than is None else of[..., rather_than]))

        weights = gain(self.syllables).tolist()
        titles = [Weighed(title, float(gain(each)), concept) for (title, concept), each in self.concepts.items()]
        least = _LEAST * max([*weights, *(each.weight for each in titles)], default=0.0)
        strongest = sorted(range(len(weights)), key=lambda at: -weights[at])[:_SYLLABLES]
        runs = _runs(sorted(at for at in strongest if weights[at] > max(least, 0.0)))
        words = [Weighed(" ".join(self.read[run]), sum(weights[run])) for run in runs]
        titles = sorted((each for each in titles if each.weight > max(least, 0.0)), key=lambda each: -each.weight)
        return tuple(sorted((*words, *titles[:_CONCEPTS]), key=lambda each: -each.weight))


def _places(term: str, reading: Reading) -> Sequence[int]:
    """The syllables that a term is made of, wherever it stands; a pair has two for each time."""
    words = [term[1:]] if term.startswith("^") else term.split(" ")
    keys = reading.accented if term.startswith("^") else reading.toneless
    count = len(words)
    starts = [at for at in range(len(keys) - count + 1) if list(keys[at : at + count]) == words]
    return [at + step for at in starts for step in range(count)]


def _runs(places: Sequence[int]) -> Iterator[slice]:
    """Places that follow on each other, as slices."""
    begin = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            yield slice(places[begin], places[end - 1] + 1)
            begin = end


def _understood(heard: Heard) -> tuple[Understood, ...]:
    """What was typed and read as something else, word by word where that can be told."""
    typed = [word for word in (word.strip(_AROUND) for word in clean(heard.text).lower().split()) if word]
    corrected = {
        at for at, (was, now) in enumerate(zip(heard.typed.toneless, heard.used.toneless, strict=True)) if was != now
    }
    found = []
    for was, now in _changes(typed, heard.used.accented):
        for word, place in _apart(typed[was], heard.typed.accented, now):
            read = heard.used.accented[place]
            if not _same_letters(word, " ".join(read)):
                slips = corrected.intersection(range(place.start, place.stop))
                found.append(Understood(word, " ".join(read), bool(slips)))
    return tuple(dict.fromkeys(found))


def _otherwise(heard: Heard) -> tuple[Understood, ...]:
    """Words of the reading that was used, and what they would be in another one."""
    used = heard.used.accented
    found = [
        Understood(" ".join(used[was]), " ".join(other.accented[now]))
        for other in heard.others
        for was, now in _changes(used, other.accented)
    ]
    return tuple(dict.fromkeys(found))


def _changes(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Where two texts differ."""
    for kind, begin, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield slice(begin, end), slice(first, last)


def _apart(words: Sequence[str], read: Sequence[str], place: slice) -> Iterator[tuple[str, slice]]:
    """Each typed word with its place in what was read, if they were read one by one; else all of them together."""
    sizes = [len(readings(word)[0].accented) for word in words]
    alone = [syllable for word in words for syllable in readings(word)[0].accented]
    if alone != list(read[place]):
        yield " ".join(words), place
        return
    at = place.start
    for word, size in zip(words, sizes, strict=True):
        yield word, slice(at, at + size)
        at += size


def _same_letters(typed: str, read: str) -> bool:
    """Whether only the place of a tone differs (hoà, hòa)."""
    return sorted(unicodedata.normalize("NFD", typed)) == sorted(unicodedata.normalize("NFD", read))
