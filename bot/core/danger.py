"""Signs of danger to life in a text, found before any matching of subjects."""

from __future__ import annotations

from collections.abc import Sequence

from .catalogue import Danger
from .vietnamese import Reading, readings


class DangerSigns:
    """Finds signs as whole syllables; a syllable typed with marks has to carry the sign's own marks."""

    def __init__(self, danger: Danger) -> None:
        self._signs = [readings(sign)[0] for sign in danger.signs]
        self._unless = [readings(phrase)[0] for phrase in danger.unless]

    def found_in(self, text: str) -> bool:
        """Whether a sign stands in the text outside every phrase of `unless`."""
        return any(self._found(reading) for reading in readings(text))

    def _found(self, reading: Reading) -> bool:
        harmless = [span for phrase in self._unless for span in _spans(reading, phrase)]
        found = [span for sign in self._signs for span in _spans(reading, sign)]
        return any(not any(begin <= at < end for begin, end in harmless) for at, _ in found)


def _spans(reading: Reading, sign: Reading) -> Sequence[tuple[int, int]]:
    length = len(sign.toneless)
    starts = range(len(reading.toneless) - length + 1) if length else range(0)
    return [(at, at + length) for at in starts if all(_same(reading, at + step, sign, step) for step in range(length))]


def _same(reading: Reading, at: int, sign: Reading, step: int) -> bool:
    if reading.toneless[at] != sign.toneless[step]:
        return False
    typed = reading.accented[at]
    return typed in (reading.toneless[at], sign.accented[step])
