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
from itertools import pairwise

from .concepts import Concept, Concepts
from .features import terms
from .parts import Parts
from .vietnamese import clean, readings

# How alike (0 to 1) a question has to be to the leader of a group; measured on the examples of the pack.
LEAST = 0.5
# A question looks for its leader by so many of its rarest terms.
_TELLING = 8
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

    def said(self, text: str) -> Said:
        """What a question says; of one without words nothing."""
        found = terms(readings(clean(text))[0], self._concepts, _WITHOUT_MARKS)
        weighed = {term: weight * self._weight(term) for term, weight in found.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
        return Said({term: weight / length for term, weight in ranked})

    def _weight(self, term: str) -> float:
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
    leaders: list[Mapping[str, float]] = []
    led: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(said):
        telling = list(each.terms)[:_TELLING]
        candidates = sorted({group for term in telling for group in led[term]})
        shares = [(round(_share(each.terms, leaders[group]), _ROUNDED), -group) for group in candidates]
        share, group = max(shares, default=(0.0, 0))
        if share >= least:
            groups[-group].append(place)
            continue
        for term in telling:
            led[term].append(len(groups))
        leaders.append(each.terms)
        groups.append([place])
    return groups


def _share(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of what two questions say."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)
