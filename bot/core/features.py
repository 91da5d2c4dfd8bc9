"""Readings into weighted features, and typing errors into known syllables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .syllables import is_syllable
from .vietnamese import Reading

Vector = NDArray[np.float32]
Indices = NDArray[np.int64]
_MIN_LETTERS = 3
_NEAR = 0.6


def terms(reading: Reading, *, accented: bool) -> Counter[str]:
    """Syllables and pairs of neighbours; with `accented` also the same with their marks (`^…`)."""
    counted = Counter(_grams(reading.toneless))
    if accented:
        counted.update("^" + gram for gram in _grams(reading.accented))
    return counted


def _grams(tokens: Sequence[str]) -> Iterable[str]:
    yield from tokens
    yield from (f"{left} {right}" for left, right in pairwise(tokens))


@dataclass(frozen=True, slots=True)
class Sparse:
    """A unit vector: known columns with their values. What is unknown counts in its length only."""

    columns: Indices
    values: Vector


class Lexicon:
    """Columns and weights (inverse document frequency) of the terms of all phrases."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        frequency = Counter(term for document in documents for term in document)
        self._column = {term: column for column, term in enumerate(frequency)}
        self._unknown = math.log(len(documents) + 1.0)
        self._weight = np.array(
            [math.log((len(documents) + 1.0) / (count + 0.5)) for count in frequency.values()], dtype=np.float32
        )

    def __len__(self) -> int:
        return len(self._column)

    def vector(self, document: Counter[str]) -> Sparse:
        """A text's unit vector."""
        known = [(self._column[term], math.sqrt(count)) for term, count in document.items() if term in self._column]
        unknown = sum(1 for term in document if term not in self._column and " " not in term)
        columns = np.array([column for column, _ in known], dtype=np.int64)
        values = self._weight[columns] * np.array([count for _, count in known], dtype=np.float32)
        length = math.sqrt(float(values @ values) + unknown * self._unknown**2)
        return Sparse(columns, (values / length if length else values).astype(np.float32))


class Speller:
    """Corrects syllables that no Vietnamese word has to the nearest one of the phrases."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        counts = Counter(token for reading in readings for token in reading.toneless)
        self._known = frozenset(counts)
        self._choices = sorted(token for token in counts if len(token) >= _MIN_LETTERS and token.isalpha())
        self._nearest = lru_cache(maxsize=4096)(self._search)

    def correct(self, reading: Reading) -> Reading:
        """The reading with impossible syllables replaced where a known one is near."""
        toneless = tuple(self._token(token) for token in reading.toneless)
        if toneless == reading.toneless:
            return reading
        pairs = zip(reading.accented, reading.toneless, toneless, strict=True)
        return replace(
            reading, toneless=toneless, accented=tuple(old if was == now else now for old, was, now in pairs)
        )

    def _token(self, token: str) -> str:
        if token in self._known or len(token) < _MIN_LETTERS or not token.isalpha() or is_syllable(token):
            return token
        return self._nearest(token)

    def _search(self, token: str) -> str:
        found = process.extractOne(token, self._choices, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
        return found[0] if found else token
