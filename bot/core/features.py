"""Readings into weighted terms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .concepts import Concepts
from .parts import Parts
from .vietnamese import Reading

# Measured on phrases of one writer, learned from the others (`docs/adr/0007-matching-by-counting.md`).
_PAIR = 0.7
_MARKED = 0.9
_CONCEPT = 1.0


def terms(reading: Reading, concepts: Concepts, parts: Parts) -> Mapping[str, float]:
    """The terms of a text with their weights.

    Syllables without marks, pairs of neighbours ("a b"), syllables that were typed with marks ("^á") and concepts
    ("@id"). What stands several times counts by the square root.
    """
    found: dict[str, float] = {}
    _count(found, reading.toneless, 1.0)
    if parts.pairs:
        _count(found, [f"{left} {right}" for left, right in pairwise(reading.toneless)], _PAIR)
    if parts.marks:
        pairs = zip(reading.accented, reading.toneless, strict=True)
        _count(found, ["^" + typed for typed, bare in pairs if typed != bare], _MARKED)
    if parts.concepts:
        _count(found, ["@" + concept for concept in concepts.found_in(reading)], _CONCEPT)
    return found


def _count(found: dict[str, float], tokens: Sequence[str], weight: float) -> None:
    """Each kind of token looks otherwise, so what one kind adds no other one has."""
    once = dict.fromkeys(tokens, weight)
    found.update(once)
    if len(once) < len(tokens):
        found.update({token: weight * math.sqrt(seen) for token, seen in Counter(tokens).items() if seen > 1})


def is_word(term: str) -> bool:
    """Whether a term is one syllable as such."""
    return term[0] not in "^@" and " " not in term


def length(values: Iterable[float]) -> float:
    """The Euclidean length of a text's weights."""
    return math.sqrt(sum(value * value for value in values))
