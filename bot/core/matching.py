"""A question into ranked intents, each with the probability that it is the one asked about.

What the phrases say of a question (`index.py`) is turned into probabilities by a small regression, fitted on phrases
that were left out. What is out of scope is a set of classes of its own: there is no nearest answer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .calibration import calibrate, probabilities
from .concepts import Concept, Concepts
from .features import length, terms
from .index import Evidence, Index, Learned, Vocabulary
from .parts import ALL_PARTS, Parts
from .reply import Scored
from .spelling import Speller
from .vietnamese import Reading, readings

Numbers = NDArray[np.float64]
_PROBES = 600
# A change of fewer phrases does not move the scale on which all the others stand.
_FEW_CHANGES = 0.05


@dataclass(frozen=True, slots=True)
class Match:
    """What a question is about. `intents` are in scope, best first; `outside` is the rest of the probability.

    `nearest` is the phrase that is most like the question, `likeness` how much (0 to 1), and `read`
    the syllables as they were understood: together they explain the match.
    """

    intents: tuple[Scored, ...]
    outside: float
    nearest: str
    likeness: float
    read: tuple[str, ...]

    @property
    def best(self) -> Scored | None:
        """The likeliest intent."""
        return self.intents[0] if self.intents else None


class Matcher:
    """Made from a release's phrases; immutable after that.

    `outside` has the phrases that are out of scope, by kind of talk. With `before`, a matcher of nearly the same
    phrases, only what is new is read, and the scale of the probabilities stays where few phrases have changed.
    """

    def __init__(
        self,
        intents: Mapping[str, Sequence[str]],
        outside: Mapping[str, Sequence[str]],
        concepts: Sequence[Concept] = (),
        parts: Parts = ALL_PARTS,
        before: Matcher | None = None,
    ) -> None:
        self._made_of = (tuple(concepts), parts)
        if before and before._made_of != self._made_of:
            before = None
        self._parts = parts
        self._concepts: Concepts = before._concepts if before else Concepts(concepts)
        self._vocabulary: Vocabulary = before._vocabulary if before else Vocabulary()
        labelled = {**intents, **{"~" + label: texts for label, texts in outside.items()}}
        self._index = self._indexed({label: texts for label, texts in labelled.items() if texts}, before)
        self._speller = Speller(phrase.reading for phrase in self._index.phrases)
        self._weights: Numbers = before._weights if before and self._is_like(before) else self._fit()

    def _indexed(self, labelled: Mapping[str, Sequence[str]], before: Matcher | None) -> Index:
        known = {phrase.text: phrase for phrase in before._index.phrases} if before else {}
        phrases = []
        for label, texts in labelled.items():
            for text in texts:
                old = known.get(text)
                phrases.append(replace(old, label=label) if old else self._learned(text, label))
        return Index(phrases, tuple(labelled), self._vocabulary)

    def _learned(self, text: str, label: str) -> Learned:
        reading = readings(text)[0]
        found = terms(reading, self._concepts, self._parts)
        columns = np.array([self._vocabulary.column(term) for term in found], dtype=np.int64)
        values = np.array(list(found.values()), dtype=np.float32) / max(length(found.values()), 1.0)
        return Learned(text, label, reading, columns, values.astype(np.float32))

    def _is_like(self, before: Matcher) -> bool:
        now = {(phrase.text, phrase.label) for phrase in self._index.phrases}
        then = {(phrase.text, phrase.label) for phrase in before._index.phrases}
        return len(now ^ then) <= _FEW_CHANGES * len(now)

    def _fit(self) -> Numbers:
        """Weights of the clues, from phrases left out: every other one as if it had been typed without marks."""
        step = max(1, len(self._index.phrases) // _PROBES)
        clues, truth = [], []
        for at, row in enumerate(range(0, len(self._index.phrases), step)):
            reading = self._index.phrases[row].reading
            if at % 2:
                reading = replace(reading, accented=reading.toneless)
            evidence = self._index.evidence(terms(reading, self._concepts, self._parts), left_out=row)
            if evidence:
                clues.append(self._clues(evidence))
                truth.append(self._index.classes[row])
        return calibrate(np.array(clues), np.array(truth))

    def _clues(self, evidence: Evidence) -> Numbers:
        outside = self._index.outside.astype(np.float64)
        words = evidence.words * self._parts.words
        nearest = evidence.nearest * self._parts.nearest
        apart = outside * evidence.outside * self._parts.outside
        strange = outside * (1.0 - evidence.likeness.max())
        return np.stack([words, words * outside, apart, nearest, nearest * outside, outside, strange], axis=-1)

    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The toneless syllables of every phrase."""
        return {phrase.text: phrase.reading.toneless for phrase in self._index.phrases}

    def match(self, text: str) -> Match:
        """The intents of a text by probability; of its readings the one that is most like a phrase."""
        return self.match_read(readings(text))

    def match_read(self, read: Iterable[Reading]) -> Match:
        """The same of a text that has been read already."""
        spelled = map(self._speller.correct, read) if self._parts.spelling else read
        return max(map(self._score, spelled), key=lambda found: found.likeness)

    def _score(self, reading: Reading) -> Match:
        evidence = self._index.evidence(terms(reading, self._concepts, self._parts))
        if evidence is None:
            return Match((), 1.0, "", 0.0, reading.accented)
        chances = probabilities(self._clues(evidence), self._weights)
        scored = [
            Scored(label, chance)
            for label, chance in zip(self._index.labels, chances.tolist(), strict=True)
            if not label.startswith("~")
        ]
        scored.sort(key=lambda each: -each.score)
        nearest = evidence.best
        outside = max(0.0, 1.0 - sum(each.score for each in scored))
        phrase = self._index.phrases[nearest]
        return Match(tuple(scored), outside, phrase.text, float(evidence.likeness[nearest]), reading.accented)
