"""Words looked up in the clauses of the directives, with diacritics or without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .directives import Clause
from .reply import Span
from .vietnamese import clean, readings, strip_marks

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _WINDOW = 40, 170
# Clauses are short and searches are typed by hand: what is longer is no search.
_LONGEST = 200
_WORDS_KEPT, _TEXTS_KEPT = 16_384, 2048


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: its keys, and where it stands."""

    accented: str
    toneless: str
    begin: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause with all the words. `exact`: with the accents as typed; `phrase`: one right after the other."""

    clause: Clause
    exact: bool
    phrase: bool
    snippet: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The words of a clause that were looked for, by their place in it."""

    exact: bool
    phrase: bool
    places: tuple[int, ...]


class Search:
    """Finds clauses by their words; made once for a catalogue."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._texts = [(clause, " ".join(clause.text.split())) for clause in clauses]
        self._words = [_words(text) for _, text in self._texts]

    def find(self, text: str) -> tuple[Hit, ...]:
        """The clauses that have every word of a text, the best first; none for a text without words."""
        queries = _queries(text)
        hits = []
        for (clause, whole), words in zip(self._texts, self._words, strict=True):
            found = [each for query in queries if (each := _look(words, query))]
            if found:
                best = max(found, key=lambda each: (each.exact, each.phrase))
                hits.append(Hit(clause, best.exact, best.phrase, _snippet(whole, words, best)))
        return tuple(sorted(hits, key=lambda hit: (not hit.exact, not hit.phrase)))


@lru_cache(_TEXTS_KEPT)
def _words(text: str) -> tuple[_Word, ...]:
    """The words of a text; those of a clause stay the same from one catalogue to the next."""
    return tuple(_word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))


def _word(text: str, begin: int = 0, end: int = 0) -> _Word:
    return _Word(*_keys(text), begin, end)


@lru_cache(_WORDS_KEPT)
def _keys(text: str) -> tuple[str, str]:
    """The keys of one word as it stands; an abbreviation that would be read as several words is left alone.

    Documents say the same few thousand words over and over.
    """
    reading = readings(text)[0]
    if len(reading.toneless) == 1:
        return reading.accented[0], reading.toneless[0]
    return clean(text).lower(), strip_marks(text)


def _queries(text: str) -> tuple[tuple[_Word, ...], ...]:
    """What a typed text may look for: its words as they stand, then as they are read."""
    text = clean(text)[:_LONGEST]
    read = (
        tuple(_Word(accented, toneless) for accented, toneless in zip(reading.accented, reading.toneless, strict=True))
        for reading in readings(text)
    )
    plain = tuple(_word(match[0]) for match in _WORD.finditer(text))
    return tuple(query for query in dict.fromkeys([plain, *read]) if query)


def _look(words: Sequence[_Word], query: Sequence[_Word]) -> _Found | None:
    """How the words of a query stand in a text, at best; None where one of them does not."""
    accents = any(word.accented != word.toneless for word in query)
    for exact in (True, False):
        keys = [word.accented if exact and accents else word.toneless for word in query]
        texts = [word.accented if exact and accents else word.toneless for word in words]
        places = _phrase(texts, keys)
        if places:
            return _Found(exact, True, places)
        if set(keys) <= set(texts):
            return _Found(exact, False, tuple(at for at, word in enumerate(texts) if word in keys))
    return None


def _phrase(texts: Sequence[str], keys: Sequence[str]) -> tuple[int, ...]:
    starts = [at for at in range(len(texts) - len(keys) + 1) if list(texts[at : at + len(keys)]) == list(keys)]
    return tuple(dict.fromkeys(at + step for at in starts for step in range(len(keys))))


def _snippet(text: str, words: Sequence[_Word], found: _Found) -> tuple[Span, ...]:
    """The piece of a text where most of what was found stands together, with it in bold."""
    marked = [words[at] for at in found.places]
    begin, end = _piece(words, marked, len(text))
    spans = [Span("… " if begin else "")]
    at = begin
    for word in marked:
        if begin <= word.begin and word.end <= end:
            spans += [Span(text[at : word.begin]), Span(text[word.begin : word.end], "bold")]
            at = word.end
    spans += [Span(text[at:end]), Span(" …" if end < len(text) else "")]
    return _joined([span for span in spans if span.text])


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring bold words of a phrase as one run, with the space between them."""
    runs: list[Span] = []
    for span in spans:
        if len(runs) > 1 and span.style == "bold" and runs[-1].text == " " and runs[-2].style == "bold":
            runs[-2:] = [Span(f"{runs[-2].text} {span.text}", "bold")]
        else:
            runs.append(span)
    return tuple(runs)


def _piece(words: Sequence[_Word], marked: Sequence[_Word], length: int) -> tuple[int, int]:
    def gathered(start: _Word) -> int:
        return len({word.toneless for word in marked if 0 <= word.begin - start.begin < _WINDOW - _BEFORE})

    first = max(marked, key=gathered).begin
    begin = min(word.begin for word in words if word.begin >= first - _BEFORE)
    end = max(word.end for word in words if word.end <= max(begin + _WINDOW, first + 1) or word.begin == first)
    last = words[-1].end
    return (0 if begin == words[0].begin else begin), (length if end == last else end)
