"""Phrases by their terms, and what they say of a question.

Three kinds of evidence, all from counting, so that a phrase is learned by being entered: how much more often a
subject's phrases use the question's words than all phrases do (naive Bayes on unit vectors), whether phrases outside
the scope use them, and how like the question the nearest phrases of each subject are (cosine).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from .features import is_word, length
from .vietnamese import Reading

Vector = NDArray[np.float32]
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
_NEIGHBOURS = 3
# How many words every class is taken to have said beforehand, in the proportions of all phrases.
_PRIOR = 15.0
_NOTHING = 1e-6


class Vocabulary:
    """A column for each term. It only grows, so that indexes made from it can share it, whatever thread makes them."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        # A release is made ready while a draft is checked: two new terms must not get one column.
        self._lock = Lock()

    def columns_of(self, terms: Collection[str]) -> list[int]:
        """The column of each term, a new one if need be."""
        known = self.columns
        found = [known.get(term, -1) for term in terms]
        if -1 not in found:
            return found
        with self._lock:
            return [known.setdefault(term, len(known)) for term in terms]

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A phrase as it was read: its columns in the vocabulary, and its vector of unit length."""

    text: str
    label: str
    reading: Reading
    columns: Indices
    values: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the phrases say of a question: `words` and `nearest` by class, `outside` for what is out of scope.

    `likeness` holds the cosine of the question and every phrase.
    """

    words: Numbers
    nearest: Numbers
    outside: float
    likeness: Numbers

    @property
    def best(self) -> int:
        """The phrase that is most like the question."""
        return int(self.likeness.argmax())


class Index:
    """Immutable; `labels` are the classes, those with a leading "~" out of scope, and phrases stand in their order.

    `names` has the labels as an array.
    """

    def __init__(self, phrases: Sequence[Learned], labels: Sequence[str], vocabulary: Vocabulary) -> None:
        self.phrases = phrases
        self.labels = labels
        self.names = np.array(labels, dtype=object)
        self._columns = vocabulary.columns
        self._width = len(vocabulary)
        self._n = len(labels)
        self.outside = np.array([label.startswith("~") for label in labels], dtype=bool)
        self.inside = np.flatnonzero(~self.outside)
        numbers = {label: number for number, label in enumerate(labels)}
        self.classes = np.array([numbers[phrase.label] for phrase in phrases], dtype=np.int32)
        self._post()
        self._count()
        self._members()

    def _post(self) -> None:
        """Posting lists: for each column the phrases that have it."""
        sizes = [len(phrase.columns) for phrase in self.phrases]
        columns = np.concatenate([phrase.columns for phrase in self.phrases])
        order = np.argsort(columns, kind="stable")
        self._rows = np.repeat(np.arange(len(sizes)), sizes)[order]
        self._values = np.concatenate([phrase.values for phrase in self.phrases])[order].astype(np.float64)
        self._posted = columns[order]
        starts = np.searchsorted(self._posted, np.arange(self._width + 1))
        self._starts, self._sizes_posted = starts.tolist(), np.diff(starts).tolist()

    def _count(self) -> None:
        """The mass of every term in every class that has it; rows stand by class, so each pair is one run."""
        classes = self.classes[self._rows]
        keys = self._posted * self._n + classes
        runs = np.flatnonzero(np.diff(keys, prepend=-1))
        self._mass = np.add.reduceat(self._values, runs).astype(np.float32)
        self._mass_class = classes[runs]
        columns = self._posted[runs]
        self._mass_starts = np.searchsorted(columns, np.arange(self._width + 1))
        self._total = np.bincount(columns, self._mass, self._width).tolist()
        self._said = np.bincount(self._mass_class, self._mass, self._n)
        self._gain(columns)
        del self._posted

    def _gain(self, columns: Indices) -> None:
        """What every entry gains of a word, and all that is outside by column, where no phrase is left out."""
        said, total = self._said, np.array(self._total)
        mass, outside = self._mass.astype(np.float64), self.outside[self._mass_class]
        apart = np.bincount(columns[outside], mass[outside], self._width)
        with np.errstate(divide="ignore", invalid="ignore"):  # columns of an index before, which no phrase has now
            share = total / said.sum()
            self._gained = np.log1p(mass / (_PRIOR * share)[columns])
            self._gained_outside = np.log1p(apart / (_PRIOR * share))
        self._usual = np.log1p(said / _PRIOR)
        self._usual_outside = float(np.log1p(said @ self.outside / _PRIOR))

    def _members(self) -> None:
        """Where the phrases of each class begin, and how many of them are asked."""
        sizes = np.bincount(self.classes, minlength=self._n)
        self._sizes = sizes
        self._first = np.cumsum(sizes) - sizes
        self._taken = np.minimum(sizes, _NEIGHBOURS)

    def evidence(self, found: Mapping[str, float], left_out: int | None = None) -> Evidence | None:
        """What the phrases say of a text's terms, as if the phrase `left_out` had not been learned.

        None if no phrase has any of the terms.
        """
        own = self._own(left_out)
        columns, weights, unknown = self._known(found, own)
        if not columns:
            return None
        places = np.array(columns)
        values = np.array(weights) / math.sqrt(length(weights) ** 2 + unknown)
        if left_out is None:
            words, outside = self._words(places, values)
            likeness = self._likeness(columns, values)
        else:
            taken = np.array([own.get(column, 0.0) for column in columns])
            words, outside = self._words_without(places, values, taken, left_out)
            likeness = self._likeness(columns, values)
            likeness[left_out] = 0.0
        return Evidence(words, self._nearest(likeness), outside, likeness)

    def _known(self, found: Mapping[str, float], own: Mapping[int, float]) -> tuple[list[int], list[float], int]:
        """The columns of the terms that some phrase has, with their weights; how many words no phrase has.

        `own` is what a phrase has that is left out.
        """
        columns: list[int] = []
        weights: list[float] = []
        unknown, known, total = 0, self._columns, self._total
        for term, weight in found.items():
            column = known.get(term, self._width)
            if column < self._width and total[column] - own.get(column, 0.0) > _NOTHING:
                columns.append(column)
                weights.append(weight)
            elif is_word(term):
                unknown += 1
        return columns, weights, unknown

    def _own(self, row: int | None) -> Mapping[int, float]:
        if row is None:
            return {}
        phrase = self.phrases[row]
        return dict(zip(phrase.columns.tolist(), phrase.values.tolist(), strict=True))

    def _likeness(self, columns: Sequence[int], values: Numbers) -> Numbers:
        """The posting lists one after the other; a slice of each is faster than the place of every entry."""
        starts, sizes = self._starts, self._sizes_posted
        lists = [slice(starts[column], starts[column + 1]) for column in columns]
        rows = np.concatenate([self._rows[each] for each in lists])
        weights = np.concatenate([self._values[each] for each in lists])
        weights *= values.repeat([sizes[column] for column in columns])
        found: Numbers = np.bincount(rows, weights, len(self.phrases)).astype(np.float64, copy=False)
        return found

    def _words(self, columns: Indices, values: Numbers) -> tuple[Numbers, float]:
        """The logarithm of how much more often each class, and all that is outside, says the words than anybody."""
        entries, sizes = _entries(self._mass_starts, columns)
        gained = self._gained[entries] * values.repeat(sizes)
        words = np.bincount(self._mass_class[entries], gained, self._n) - values.sum() * self._usual
        gain = values @ self._gained_outside[columns]
        return words, float(gain - values.sum() * self._usual_outside)

    def _words_without(self, columns: Indices, values: Numbers, taken: Numbers, left_out: int) -> tuple[Numbers, float]:
        """The same as if a phrase had not been learned, of which `taken` stands in the columns."""
        entries, sizes = _entries(self._mass_starts, columns)
        classes, mass, said = self._mass_class[entries], self._mass[entries].astype(np.float64), self._said.copy()
        own = self.classes[left_out]
        mass -= np.repeat(taken, sizes) * (classes == own)
        said[own] -= self.phrases[left_out].values.sum()
        share = (np.array([self._total[column] for column in columns]) - taken) / said.sum()
        # A class that never says a word gets the logarithm of its part of the prior; the others gain on it.
        gained = np.log1p(mass / np.repeat(_PRIOR * share, sizes)) * np.repeat(values, sizes)
        words = np.bincount(classes, gained, self._n) - values.sum() * np.log1p(said / _PRIOR)
        apart = self.outside[classes]
        outside = np.bincount(np.repeat(np.arange(len(sizes)), sizes)[apart], mass[apart], len(sizes))
        gain = values @ np.log1p(outside / (_PRIOR * share))
        return words, float(gain - values.sum() * np.log1p(said @ self.outside / _PRIOR))

    def _nearest(self, likeness: Numbers) -> Numbers:
        """Mean likeness of the nearest phrases of each class."""
        left = likeness.copy()
        found = highest = np.maximum.reduceat(left, self._first)
        for _ in range(_NEIGHBOURS - 1):
            self._take_out(left, highest)
            highest = np.maximum.reduceat(left, self._first)
            found = found + highest
        return found / self._taken

    def _take_out(self, likeness: Numbers, highest: Numbers) -> None:
        """Forget the nearest phrase of each class; of equal ones the first."""
        places = np.flatnonzero(likeness == np.repeat(highest, self._sizes))
        classes = self.classes[places]
        first = np.ones(len(places), dtype=bool)
        np.not_equal(classes[1:], classes[:-1], out=first[1:])
        likeness[places[first]] = 0.0

    def nearest_of(self, number: int, likeness: Numbers, most: int) -> Sequence[int]:
        """The phrases of a class that are most like the question, best first; those with nothing in common are none."""
        begin, end = np.searchsorted(self.classes, [number, number + 1]).tolist()
        own = likeness[begin:end]
        rows = np.argsort(-own, kind="stable")[:most]
        return [begin + row for row in rows.tolist() if own[row] > 0.0]


def _entries(starts: Indices, columns: Indices) -> tuple[Indices, Indices]:
    """Where the lists of some columns stand, one after the other, and how long each is."""
    begins = starts[columns]
    sizes = starts[columns + 1] - begins
    shift = begins - np.cumsum(sizes) + sizes
    return np.arange(int(sizes.sum())) + np.repeat(shift, sizes), sizes
