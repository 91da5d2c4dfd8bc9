"""Which subjects a few words are about that somebody is still typing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .catalogue import Intent
from .reply import Reply, Scored
from .vietnamese import clean, strip_marks

_WORD = re.compile(r"\w+")
_HALF = 0.5
_PHRASES_COUNT = 0.3


@dataclass(frozen=True, slots=True)
class Card:
    """One subject to choose while typing. `id` is unique among the cards; `intent` is empty for the warning."""

    id: str
    intent: str
    title: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class _Words:
    """Words as they stand, and without marks."""

    accented: frozenset[str]
    plain: frozenset[str]

    def share(self, typed: Sequence[str]) -> float:
        """The share of typed words that begin one of these; marks count where they were typed."""
        begun = [any(word.startswith(one) for word in self._like(one)) for one in typed]
        return sum(begun) / len(begun) if begun else 0.0

    def _like(self, typed: str) -> frozenset[str]:
        return self.plain if typed == strip_marks(typed) else self.accented


def _words(texts: Iterable[str]) -> _Words:
    together = clean(" ".join(texts)).lower()
    return _Words(frozenset(_WORD.findall(together)), frozenset(_WORD.findall(strip_marks(together))))


class Ranking:
    """Orders subjects by what the matcher says and by words that have only been begun."""

    def __init__(self, topics: Sequence[Intent]) -> None:
        self.first = tuple(topic.id for topic in topics)
        self._titles = {topic.id: _words([topic.title]) for topic in topics}
        self._topics = topics

    @cached_property
    def _phrases(self) -> Mapping[str, _Words]:
        """Read when somebody first types inline: a check of the content never needs it."""
        return {topic.id: _words(topic.examples) for topic in self._topics}

    def best(self, text: str, scores: Sequence[Scored], least: float) -> tuple[str, ...]:
        """The subjects that fit, best first; a matcher's score from `least` on is a fit by itself."""
        typed = _WORD.findall(text.lower())
        matched = {each.intent: each.score for each in scores}
        ranked: list[tuple[float, str]] = []
        for name in self.first:
            score, title = matched.get(name, 0.0), self._titles[name].share(typed)
            phrases = self._phrases[name].share(typed)
            if score >= least or title >= _HALF or phrases == 1.0:
                ranked.append((score + title + _PHRASES_COUNT * phrases, name))
        return tuple(name for _, name in sorted(ranked, key=lambda each: -each[0]))
