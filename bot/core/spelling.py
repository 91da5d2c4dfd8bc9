"""Typing errors into known syllables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .syllables import is_syllable
from .vietnamese import Reading

_MIN_LETTERS = 3
_NEAR = 0.6


class Speller:
    """Corrects syllables that no Vietnamese word has to the nearest one of the phrases."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._known = frozenset(chain.from_iterable(reading.toneless for reading in readings))
        self._choices = sorted(token for token in self._known if len(token) >= _MIN_LETTERS and token.isalpha())
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
