"""A question into ranked intents, each with the probability that it is the one asked about.

Two kinds of evidence over the same features: the nearest phrases (what they are like) and a ridge
regression (which words tell intents apart). Both are scored on phrases with the phrase itself left
out, and a small multinomial regression over these scores turns them into probabilities. What is
out of scope is a set of classes of its own: there is no nearest answer to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .features import Lexicon, Sparse, Speller, Vector, terms
from .reply import Scored
from .ridge import ridge_regression
from .vietnamese import Reading, readings

Matrix = NDArray[np.float32]
_RIDGE = 0.6
_NEIGHBOURS = 3
_NEWTON_STEPS = 12
_SMALLEST_STEP = 1e-3
_SETTLED = 1e-3
_PRIOR = 0.1
_PROBES = 1200
_COMMON = 60


@dataclass(frozen=True, slots=True)
class Phrase:
    """An example and its class: an intent, or, with a leading "~", a kind of talk that is out of scope."""

    text: str
    label: str


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


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Scores of one question (or of many, one a row) by class."""

    linear: Matrix
    neighbours: Matrix
    likeness: Matrix


class _Head:
    """Scores classes from one kind of features: syllables alone, or syllables with their marks too."""

    def __init__(
        self, phrases: Sequence[Phrase], read: Sequence[Reading], labels: Sequence[str], probes: int, accented: bool
    ) -> None:
        self._accented = accented
        documents = [terms(reading, accented=accented) for reading in read]
        self._lexicon = Lexicon(documents)
        vectors = [self._lexicon.vector(document) for document in documents]
        self._classes = np.array([labels.index(phrase.label) for phrase in phrases])
        self._outside = np.array([label.startswith("~") for label in labels])
        self._n = len(labels)
        sizes = np.bincount(self._classes, minlength=self._n)
        self._members = np.full((self._n, max(_NEIGHBOURS, int(sizes.max()))), len(phrases))
        for label, size in enumerate(sizes):
            self._members[label, :size] = np.flatnonzero(self._classes == label)
        self._neighbours = np.minimum(sizes, _NEIGHBOURS).astype(np.float32)
        self._post(vectors)
        self._fit(vectors, probes)

    def _post(self, vectors: Sequence[Sparse]) -> None:
        """Posting lists: for each column the phrases that have it."""
        columns = np.concatenate([vector.columns for vector in vectors])
        rows = np.repeat(np.arange(len(vectors)), [len(vector.columns) for vector in vectors])
        values = np.concatenate([vector.values for vector in vectors])
        order = np.argsort(columns, kind="stable")
        self._rows, self._values = rows[order], values[order]
        self._starts = np.searchsorted(columns[order], np.arange(len(self._lexicon) + 1))

    def _fit(self, vectors: Sequence[Sparse], probes: int) -> None:
        """Learn from all phrases; calibrate on the last `probes` ones, which are taken evenly from every class."""
        kernel = self._kernel(len(vectors))
        truth = np.eye(self._n, dtype=np.float32)[self._classes]
        balance = 1.0 / np.sqrt(np.bincount(self._classes, minlength=self._n))[self._classes]
        ridge = (_RIDGE * balance / balance.mean()).astype(np.float32)
        likeness = kernel[-probes:].copy()
        likeness[np.arange(probes), np.arange(len(vectors) - probes, len(vectors))] = 0.0
        weights, left_out = ridge_regression(kernel, ridge, truth, probes)
        self._weights = self._spread(vectors, weights)
        self._calibration = np.zeros(5)
        evidence = _Evidence(left_out, self._by_class(likeness), likeness.max(axis=1, keepdims=True))
        self._calibration = _calibrate(self._clues(evidence), self._classes[-probes:])

    def _kernel(self, count: int) -> Matrix:
        """Likeness of every phrase to every other: common terms as a matrix, rare ones by their posting lists."""
        spans = [(begin, end) for begin, end in pairwise(self._starts) if end - begin > 1]
        common = [(begin, end) for begin, end in spans if end - begin > _COMMON]
        dense = np.zeros((count, len(common)), dtype=np.float32)
        for column, (begin, end) in enumerate(common):
            dense[self._rows[begin:end], column] = self._values[begin:end]
        kernel = dense @ dense.T
        for begin, end in spans:
            if end - begin <= _COMMON:
                rows, values = self._rows[begin:end], self._values[begin:end]
                kernel[rows[:, None], rows] += values[:, None] * values
        np.fill_diagonal(kernel, 1.0)
        return kernel

    def _spread(self, vectors: Sequence[Sparse], alpha: Matrix) -> Matrix:
        weights = np.zeros((len(self._lexicon), self._n), dtype=np.float32)
        for row, vector in enumerate(vectors):
            weights[vector.columns] += vector.values[:, None] * alpha[row]
        return weights

    def _by_class(self, likeness: Matrix) -> Matrix:
        """Mean likeness of the nearest phrases of each class, one row a question."""
        padded = np.pad(likeness, ((0, 0), (0, 1)))  # the last column stands for members that a class does not have
        found = [np.partition(row[self._members], -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:].sum(axis=1) for row in padded]
        return np.asarray(found, dtype=np.float32) / self._neighbours

    def _clues(self, evidence: _Evidence) -> NDArray[np.float64]:
        outside = np.broadcast_to(self._outside.astype(np.float64), evidence.linear.shape)
        return np.stack(
            [
                evidence.linear,
                evidence.neighbours,
                outside,
                outside * (1.0 - evidence.likeness),
                outside * evidence.linear,
            ],
            axis=-1,
        ).astype(np.float64)

    def likeness(self, reading: Reading) -> tuple[Vector, Sparse]:
        """How much every phrase is like a question (cosine), and the question's vector."""
        vector = self._lexicon.vector(terms(reading, accented=self._accented))
        found = np.zeros(len(self._classes), dtype=np.float32)
        for column, value in zip(vector.columns, vector.values, strict=True):
            span = slice(self._starts[column], self._starts[column + 1])
            found[self._rows[span]] += value * self._values[span]
        return found, vector

    def probabilities(self, likeness: Vector, vector: Sparse) -> NDArray[np.float64]:
        """The probability of every class."""
        linear = (vector.values @ self._weights[vector.columns])[None, :]
        evidence = _Evidence(linear, self._by_class(likeness[None, :]), np.array([[likeness.max(initial=0.0)]]))
        chances: NDArray[np.float64] = _softmax(self._clues(evidence) @ self._calibration)[0]
        return chances


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _calibrate(clues: NDArray[np.float64], truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights of the clues by damped Newton steps on the likelihood of the left-out phrases."""
    weights = np.zeros(clues.shape[-1])
    rows = np.arange(len(truth))

    def loss(at: NDArray[np.float64]) -> float:
        chances = _softmax(clues @ at)[rows, truth]
        return float(-np.log(np.maximum(chances, 1e-12)).sum() + _PRIOR / 2 * at @ at)

    for _ in range(_NEWTON_STEPS):
        chances = _softmax(clues @ weights)
        expected = np.einsum("nc,ncj->nj", chances, clues)
        gradient = (expected - clues[rows, truth]).sum(axis=0) + _PRIOR * weights
        spread = np.einsum("nc,ncj,nck->jk", chances, clues, clues, optimize=True) - expected.T @ expected
        step = np.linalg.solve(spread + _PRIOR * np.eye(len(weights)), gradient)
        before, size = loss(weights), 1.0
        while loss(weights - size * step) > before and size > _SMALLEST_STEP:
            size /= 2
        weights = weights - size * step
        if np.abs(size * step).max() < _SETTLED:
            break
    return weights


class Matcher:
    """Built once per release from its phrases; immutable after that."""

    def __init__(self, intents: Mapping[str, Sequence[str]], outside: Mapping[str, Sequence[str]]) -> None:
        self._phrases = [Phrase(text, label) for label, texts in intents.items() for text in texts]
        self._phrases += [Phrase(text, "~" + label) for label, texts in outside.items() for text in texts]
        step = max(1, len(self._phrases) // _PROBES)
        self._phrases = [*(each for at, each in enumerate(self._phrases) if at % step), *self._phrases[::step]]
        probes = len(range(0, len(self._phrases), step))
        self._labels = list(dict.fromkeys(phrase.label for phrase in self._phrases))
        read = [readings(phrase.text)[0] for phrase in self._phrases]
        self._read = read
        self._speller = Speller(read)
        self._toneless = _Head(self._phrases, read, self._labels, probes, accented=False)
        self._accented = _Head(self._phrases, read, self._labels, probes, accented=True)

    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """The toneless syllables of every phrase."""
        return {phrase.text: read.toneless for phrase, read in zip(self._phrases, self._read, strict=True)}

    def words(self) -> Mapping[str, frozenset[str]]:
        """Every syllable of each intent's phrases, with and without marks."""
        found: dict[str, set[str]] = {}
        for phrase, read in zip(self._phrases, self._read, strict=True):
            found.setdefault(phrase.label, set()).update(read.accented, read.toneless)
        return {label: frozenset(words) for label, words in found.items()}

    def match(self, text: str) -> Match:
        """The intents of a text by probability; of its readings the one that is most like a phrase."""
        return max(
            (self._score(self._speller.correct(read)) for read in readings(text)), key=lambda found: found.likeness
        )

    def _score(self, reading: Reading) -> Match:
        head = self._accented if reading.accented != reading.toneless else self._toneless
        likeness, vector = head.likeness(reading)
        if not len(vector.columns):
            return Match((), 1.0, "", 0.0, reading.accented)
        chances = head.probabilities(likeness, vector)
        scored = [
            Scored(label, float(chance))
            for label, chance in zip(self._labels, chances, strict=True)
            if not label.startswith("~")
        ]
        scored.sort(key=lambda each: -each.score)
        nearest = int(likeness.argmax())
        outside = max(0.0, 1.0 - sum(each.score for each in scored))
        return Match(tuple(scored), outside, self._phrases[nearest].text, float(likeness[nearest]), reading.accented)
