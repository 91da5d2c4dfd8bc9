"""Phrases as they are understood when they have not been learned: whose they are taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .index import Evidence, Index
from .vietnamese import Reading

Chances = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A phrase of `label` that was left out, and the intent that it was `taken_for` (empty: for out of scope).

    `label` begins with "~" where the phrase is out of scope. `nearest` is the phrase that took it, if another intent
    did; `toneless` says that it was asked as if it had been typed without marks.
    """

    text: str
    label: str
    taken_for: str
    chance: float
    nearest: str = ""
    toneless: bool = False

    @property
    def right(self) -> bool:
        """Whether it was taken for what it is."""
        return self.taken_for == ("" if self.label.startswith("~") else self.label)


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A phrase that was left out, and the probability of every class; None if no other phrase has a word of it."""

    row: int
    reading: Reading
    chances: Chances | None


def judged(probe: Probe, index: Index, evidence: Callable[[Probe], Evidence | None]) -> LeftOut:
    """What a probe was taken for; `evidence` of it is asked for only if that was another intent."""
    phrase = index.phrases[probe.row]
    bare = probe.reading.accented != phrase.reading.accented
    if probe.chances is None:
        return LeftOut(phrase.text, phrase.label, "", 1.0, toneless=bare)
    inside = np.where(index.outside, 0.0, probe.chances)
    winner, rest = int(inside.argmax()), float(probe.chances[index.outside].sum())
    if inside[winner] <= rest:
        return LeftOut(phrase.text, phrase.label, "", rest, toneless=bare)
    label, nearest = index.labels[winner], ""
    if label != phrase.label:
        found = evidence(probe)
        rows = index.nearest_of(winner, found.likeness, 1) if found else ()
        nearest = index.phrases[rows[0]].text if rows else ""
    return LeftOut(phrase.text, phrase.label, label, float(inside[winner]), nearest, bare)
