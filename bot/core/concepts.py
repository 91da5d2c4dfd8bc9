"""Concepts: domain words with all their spoken forms, so that one phrase teaches for all its synonyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .signs import begins_at
from .vietnamese import Reading, readings


@dataclass(frozen=True, slots=True)
class Concept:
    """A domain word: `title` for officers, `forms` as people say it."""

    id: str
    title: str
    forms: tuple[str, ...]


class Concepts:
    """Finds concepts in texts; of forms that begin at one place the longest counts."""

    def __init__(self, concepts: Sequence[Concept] = ()) -> None:
        # By their first two syllables, so that a text is compared with few of them at every place.
        self._forms: dict[tuple[str, ...], list[tuple[Reading, str]]] = {}
        for concept in concepts:
            for form in concept.forms:
                reading = readings(form)[0]
                self._forms.setdefault(reading.toneless[:2], []).append((reading, concept.id))
        self._firsts = frozenset(words[0] for words in self._forms if words)
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form[0].toneless))

    def found_in(self, reading: Reading) -> tuple[str, ...]:
        """The ids of the concepts in a text, each once, in the order of the text."""
        return tuple(dict.fromkeys(concept for concept, _ in self.spans(reading)))

    def forms_in(self, reading: Reading) -> Mapping[str, str]:
        """For each concept in a text the words that stand for it."""
        return {concept: " ".join(reading.accented[span]) for concept, span in self.spans(reading)}

    def spans(self, reading: Reading) -> Iterator[tuple[str, slice]]:
        """Each concept with the place of its words."""
        for begin, first in enumerate(reading.toneless):
            if first not in self._firsts:
                continue
            pair = reading.toneless[begin : begin + 2]
            for form, concept in (*self._forms.get(pair, ()), *self._forms.get(pair[:1], ())):
                if begins_at(reading, begin, form):
                    yield concept, slice(begin, begin + len(form.toneless))
                    break


def differing(some: Sequence[Concept], others: Sequence[Concept]) -> Concepts:
    """The forms that only one of two lists has: a text without any of them has the same concepts by both."""
    forms = {(concept.id, form) for concept in some for form in concept.forms}
    forms ^= {(concept.id, form) for concept in others for form in concept.forms}
    return Concepts([Concept(id, "", (form,)) for id, form in sorted(forms)])
