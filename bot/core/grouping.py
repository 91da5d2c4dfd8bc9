"""Questions that say nearly the same, as groups.

Compared are syllables without marks, neighbours and the concepts of the pack, the rarer among its phrases the heavier.
The oldest question of a group leads it and the others are compared with that one alone, so that a group stays what it
is while questions are added behind it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from .concepts import Concept, Concepts
from .features import terms
from .parts import Parts
from .vietnamese import clean, readings

# How alike (0 to 1) a question has to be to the leader of a group; measured on the examples of the pack.
LEAST = 0.5
# A question looks for its leader by so many of its rarest terms, among so many of the leader's.
_TELLING, _KNOWN_BY = 8, 12
# So much of the likeness has to be seen in these already.
_PART = 0.5
_WITHOUT_MARKS = Parts(marks=False)
_ROUNDED = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says: weighted terms, of length 1, the heaviest first."""

    terms: Mapping[str, float]


class Hearing:
    """Reads questions. `phrases` are the toneless syllables of known phrases, which say how rare each term is."""

    def __init__(self, phrases: Iterable[Sequence[str]], concepts: Sequence[Concept] = ()) -> None:
        known = list(phrases)
        counts = Counter(term for words in known for term in _pairs_and_words(words))
        self._most = math.log(2 * (len(known) + 1))
        self._rarity = {term: math.log((len(known) + 1) / (count + 0.5)) for term, count in counts.items()}
        self._concepts = Concepts(concepts)
        self._weights: dict[str, float] = {}

    def said(self, text: str) -> Said:
        """What a question says; of one without words nothing."""
        found = terms(readings(clean(text))[0], self._concepts, _WITHOUT_MARKS)
        weighed = {term: weight * self._weight(term) for term, weight in found.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
        return Said({term: weight / length for term, weight in ranked})

    def _weight(self, term: str) -> float:
        weight = self._weights.get(term)
        if weight is None:
            weight = self._weights[term] = self._rare(term)
        return weight

    def _rare(self, term: str) -> float:
        """How rare a term is. A pair is as common as its commoner word: "cho em hỏi" says nothing of a question.

        Concepts stand for several words, so they count as an average one.
        """
        if term[0] == "@":
            return self._most / 2
        return min(self._rarity.get(each, self._most) for each in (term, *term.split(" ")))


def _pairs_and_words(words: Sequence[str]) -> frozenset[str]:
    return frozenset((*words, *(f"{left} {right}" for left, right in pairwise(words))))


def grouped(said: Sequence[Said], least: float = LEAST) -> list[list[int]]:
    """The places of the questions in `said`, oldest first, by group; a question joins the leader most like it."""
    groups: list[list[int]] = []
    leaders = _Leaders(least)
    for place, each in enumerate(said):
        leader = leaders.nearest(each.terms)
        if leader is None:
            leaders.add(each.terms)
            groups.append([place])
        else:
            groups[leader].append(place)
    return groups


class _Leaders:
    """Finds the leader that a question is most like, of those that have something of its rarest terms."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._terms: list[Mapping[str, float]] = []
        self._having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)

    def add(self, terms: Mapping[str, float]) -> None:
        """Another leader."""
        for term, weight in islice(terms.items(), _KNOWN_BY):
            self._having[term].append((len(self._terms), weight))
        self._terms.append(terms)

    def nearest(self, terms: Mapping[str, float]) -> int | None:
        """The leader, of equal ones the oldest; None where none is like it."""
        found: defaultdict[int, float] = defaultdict(float)
        for term, weight in islice(terms.items(), _TELLING):
            for leader, other in self._having[term]:
                found[leader] += weight * other
        likely = sorted(leader for leader, part in found.items() if part >= self._least * _PART)
        shares = [(round(_share(terms, self._terms[leader]), _ROUNDED), -leader) for leader in likely]
        share, leader = max(shares, default=(0.0, 0))
        return -leader if share >= self._least else None


def _share(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of what two questions say."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)
