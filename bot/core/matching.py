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
from .concepts import Concept, Concepts, differing
from .explaining import Explainer, Explanation, Heard
from .features import length, terms
from .index import Evidence, Index, Learned, Vocabulary
from .left_out import Chances, LeftOut, Probe, judged
from .parts import ALL_PARTS, Parts
from .ranked import Ranked
from .reply import Scored
from .spelling import Speller
from .vietnamese import Reading, readings

Numbers = NDArray[np.float64]
_PROBES = 600
# A change of fewer phrases does not move the scale on which all the others stand.
_FEW_CHANGES = 0.05
# Where no phrase shares a word with another one there is nothing to learn a scale from: words and likeness count alike.
_UNFITTED = np.array([4.0, 0.0, 0.0, 4.0, 0.0, 0.0, 4.0])


@dataclass(frozen=True, slots=True)
class Match:
    """What a question is about. `intents` are in scope, best first; `outside` is the rest of the probability.

    `nearest` is the phrase of the best intent that is most like the question (of whatever kind where no phrase of
    that has a word of it), `likeness` how much (0 to 1), and `read` the syllables as they were understood.
    """

    intents: Ranked
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
    phrases and concepts, only what is new is read, and the scale of the probabilities stays where few have changed.
    """

    def __init__(
        self,
        intents: Mapping[str, Sequence[str]],
        outside: Mapping[str, Sequence[str]],
        concepts: Sequence[Concept] = (),
        parts: Parts = ALL_PARTS,
        before: Matcher | None = None,
    ) -> None:
        if before and before._parts != parts:
            before = None
        self._parts: Parts = parts
        self._made_of = tuple(concepts)
        same = before is not None and before._made_of == self._made_of
        self._concepts: Concepts = before._concepts if before and same else Concepts(concepts)
        self._vocabulary: Vocabulary = before._vocabulary if before else Vocabulary()
        labelled = {**intents, **{"~" + label: texts for label, texts in outside.items()}}
        self._index = self._indexed({label: texts for label, texts in labelled.items() if texts}, before)
        self._speller = Speller(phrase.reading for phrase in self._index.phrases)
        # An edit of a few phrases keeps the scale, and leaves none out to set it.
        kept = (before._weights, ()) if before and self._is_like(before) else None
        self._weights: Numbers
        self._probes: tuple[Probe, ...]
        self._weights, self._probes = kept or self._fit()

    def _indexed(self, labelled: Mapping[str, Sequence[str]], before: Matcher | None) -> Index:
        known = {phrase.text: phrase for phrase in before._index.phrases} if before else {}
        if before and before._made_of != self._made_of:
            other = differing(before._made_of, self._made_of)
            known = {text: phrase for text, phrase in known.items() if not other.found_in(phrase.reading)}
        phrases = []
        for label, texts in labelled.items():
            for text in texts:
                old = known.get(text) or self._learned(text, label)
                phrases.append(old if old.label == label else replace(old, label=label))
        return Index(phrases, tuple(labelled), self._vocabulary)

    def _learned(self, text: str, label: str) -> Learned:
        reading = readings(text)[0]
        found = terms(reading, self._concepts, self._parts)
        columns = np.array(self._vocabulary.columns_of(found), dtype=np.int64)
        values = np.array(list(found.values()), dtype=np.float32) / max(length(found.values()), 1.0)
        return Learned(text, label, reading, columns, values.astype(np.float32))

    def _is_like(self, before: Matcher) -> bool:
        """Whether nearly all phrases were taken over as they stood there, with their label."""
        now, then = ({id(phrase) for phrase in index.phrases} for index in (self._index, before._index))
        return len(now ^ then) <= _FEW_CHANGES * len(now)

    def _fit(self) -> tuple[Numbers, tuple[Probe, ...]]:
        """Weights of the clues from phrases left out, and how these phrases are understood with them."""
        probed = self._probed()
        seen = [self._clues_without(row, reading) for row, reading in probed]
        clues = np.array([each for each in seen if each is not None])
        truth = [self._index.classes[row] for (row, _), each in zip(probed, seen, strict=True) if each is not None]
        weights = calibrate(clues, np.array(truth)) if truth else _UNFITTED
        pairs = zip(probed, seen, strict=True)
        return weights, tuple(Probe(row, reading, _chances(each, weights)) for (row, reading), each in pairs)

    def _probed(self) -> Sequence[tuple[int, Reading]]:
        """The phrases that set the scale: every other one as if it had been typed without marks."""
        rows = range(0, len(self._index.phrases), max(1, len(self._index.phrases) // _PROBES))
        read = [self._index.phrases[row].reading for row in rows]
        return [
            (row, replace(reading, accented=reading.toneless) if at % 2 else reading)
            for at, (row, reading) in enumerate(zip(rows, read, strict=True))
        ]

    def _without(self, row: int, reading: Reading) -> Evidence | None:
        return self._index.evidence(terms(reading, self._concepts, self._parts), left_out=row)

    def _clues_without(self, row: int, reading: Reading) -> Numbers | None:
        evidence = self._without(row, reading)
        return self._clues(evidence) if evidence else None

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

    def heard(self, read: Sequence[Reading]) -> frozenset[tuple[str, ...]]:
        """The toneless syllables of a text that has been read, as they were typed and as they are corrected."""
        return frozenset(reading.toneless for reading in (*read, *self._spelled(read)))

    def match(self, text: str) -> Match:
        """The intents of a text by probability; of its readings the one that is most like a phrase."""
        return self.match_read(readings(text))

    def match_read(self, read: Iterable[Reading]) -> Match:
        """The same of a text that has been read already."""
        spelled = self._spelled(read)
        at, evidence = self._likeliest(spelled)
        return self._matched(spelled[at], evidence)

    def explain(self, text: str) -> Explanation:
        """Why a text is matched as it is."""
        typed = readings(text)
        spelled = self._spelled(typed)
        at, evidence = self._likeliest(spelled)
        match = self._matched(spelled[at], evidence)
        heard = Heard(text, spelled[at], typed[at], tuple(spelled[:at] + spelled[at + 1 :]))
        return self._explainer().explain(heard, evidence, match.intents, match.outside)

    def _explainer(self) -> Explainer:
        return Explainer(self._index, self._made_of, self._concepts, self._parts)

    def left_out(self, *, every: bool = False) -> tuple[LeftOut, ...]:
        """What phrases are taken for that are left out one at a time: those that set the scale, or every one.

        The first were looked at when the matcher was made; `every` takes seconds.
        """
        probes = self._probes
        if every:
            probes = self._asked([(row, phrase.reading) for row, phrase in enumerate(self._index.phrases)])
        elif not probes:
            probes = self._asked(self._probed())
        return tuple(judged(probe, self._index, lambda each: self._without(each.row, each.reading)) for probe in probes)

    def _asked(self, probed: Iterable[tuple[int, Reading]]) -> tuple[Probe, ...]:
        return tuple(
            Probe(row, reading, _chances(self._clues_without(row, reading), self._weights)) for row, reading in probed
        )

    def _spelled(self, read: Iterable[Reading]) -> list[Reading]:
        return [self._speller.correct(each) if self._parts.spelling else each for each in read]

    def _likeliest(self, read: Sequence[Reading]) -> tuple[int, Evidence | None]:
        """Which reading is most like a phrase, and what the phrases say of it."""
        found = [self._index.evidence(terms(each, self._concepts, self._parts)) for each in read]
        best = max(range(len(read)), key=lambda at: _likeness(found[at]))
        return best, found[best]

    def _matched(self, reading: Reading, evidence: Evidence | None) -> Match:
        if evidence is None:
            return Match(Ranked(), 1.0, "", 0.0, reading.accented)
        chances = probabilities(self._clues(evidence), self._weights)
        ranked = self._index.inside[np.argsort(-chances[self._index.inside], kind="stable")]
        order, scores = ranked.tolist(), chances[ranked].tolist()
        names = self._index.names[ranked].tolist()
        outside = max(0.0, 1.0 - sum(scores))
        own = self._index.nearest_of(order[0], evidence.likeness, 1) if order else ()
        nearest = own[0] if own else evidence.best
        phrase = self._index.phrases[nearest]
        return Match(Ranked(names, scores), outside, phrase.text, float(evidence.likeness[nearest]), reading.accented)


def _chances(clues: Numbers | None, weights: Numbers) -> Chances | None:
    return None if clues is None else probabilities(clues, weights).astype(np.float32)


def _likeness(evidence: Evidence | None) -> float:
    return 0.0 if evidence is None else float(evidence.likeness.max())
