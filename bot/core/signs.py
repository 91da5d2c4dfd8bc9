"""Signs in a text: of danger to life, and of what has to be answered first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .vietnamese import Reading, readings

_LONG_SIGN = 3


class Signs:
    """Finds signs as whole syllables; a syllable typed with marks has to carry the sign's own marks."""

    def __init__(self, signs: Sequence[str], unless: Sequence[str] = ()) -> None:
        self._signs = _by_first(signs)
        self._unless = _by_first(unless)

    def found_in(self, text: str) -> bool:
        """Whether a sign stands in the text outside every phrase of `unless`."""
        return self.stand_in(readings(text))

    def stand_in(self, read: Sequence[Reading]) -> bool:
        """The same for a text that has been read already."""
        return any(self._found(reading) for reading in read)

    def _found(self, reading: Reading) -> bool:
        found = _spans(reading, self._signs)
        harmless = _spans(reading, self._unless) if found else ()
        return any(not any(begin <= at < end for begin, end in harmless) for at, _ in found)


def _by_first(phrases: Sequence[str]) -> Mapping[str, Sequence[Reading]]:
    """Phrases by their first syllable, so that a text is not compared with all of them at every place."""
    found: dict[str, list[Reading]] = {}
    for reading in (readings(phrase)[0] for phrase in phrases):
        found.setdefault(reading.toneless[0], []).append(reading)
    return found


def _spans(reading: Reading, signs: Mapping[str, Sequence[Reading]]) -> Sequence[tuple[int, int]]:
    """Where signs stand; a longer one also with one more syllable inside ("gọi mãi không tỉnh")."""
    found = []
    for begin, first in enumerate(reading.toneless):
        ends = (_end_of(reading, begin, sign) for sign in signs.get(first, ()))
        found += [(begin, end) for end in ends if end]
    return found


def _end_of(reading: Reading, begin: int, sign: Reading) -> int:
    at, spare = begin, int(len(sign.toneless) >= _LONG_SIGN)
    for step in range(len(sign.toneless)):
        if step and spare and at < len(reading.toneless) and not _same(reading, at, sign, step):
            at, spare = at + 1, 0
        if at >= len(reading.toneless) or not _same(reading, at, sign, step):
            return 0
        at += 1
    return at


def begins_at(reading: Reading, begin: int, words: Reading) -> bool:
    """Whether words stand in a text from a place on; marks count where they were typed."""
    count = len(words.toneless)
    if reading.toneless[begin : begin + count] != words.toneless:
        return False
    return all(_same(reading, begin + step, words, step) for step in range(count))


def _same(reading: Reading, at: int, sign: Reading, step: int) -> bool:
    if reading.toneless[at] != sign.toneless[step]:
        return False
    typed = reading.accented[at]
    return typed in (reading.toneless[at], sign.accented[step])
