"""What of a catalogue has changed that questions are told apart by, so that most need no second look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain

from ..core.catalogue import Catalogue, Intent
from ..core.guide import Guide
from ..core.signs import Signs
from ..core.vietnamese import Reading, clean, readings

# A syllable of more than this share of the phrases tells nothing apart; a phrase of such words alone keeps the rarest.
COMMON = 0.01
_LEAST_KEYS = 2
Phrase = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two guides. `rewritten` are the subjects whose answer has other words.

    `keys` are the toneless syllables that tell which questions may be concerned, `signs` the same for signs;
    `matching` says whether any question can be understood differently at all.
    """

    keys: frozenset[str]
    signs: Signs
    rewritten: tuple[str, ...]
    matching: bool
    new: Guide

    def concerns(self, text: str) -> bool:
        """Whether a text shares a key or a sign with what has changed."""
        read = readings(clean(text))
        return not self.keys.isdisjoint(self.new.matcher.heard(read)) or self.signs.stand_in(read)


def change(old: Guide, new: Guide) -> Change:
    """What has changed between the guides of two catalogues."""
    before, after = old.catalogue, new.catalogue
    signs, concepts = _signs(before) ^ _signs(after), _concepts(before) ^ _concepts(after)
    retuned = [name for name in _both(before, after) if _tuning(before.intents[name]) != _tuning(after.intents[name])]
    phrases = _phrases(before) ^ _phrases(after)
    rewritten = tuple(
        name for name in _both(before, after) if before.answers[name].blocks != after.answers[name].blocks
    )
    taught = {text for text, _ in phrases} | set(_examples((before, after), (*retuned, *rewritten)))
    forms = {form: readings(form)[0].toneless for _, form in concepts}
    keys = _telling({*taught, *forms}, {**forms, **old.matcher.keys(), **new.matcher.keys()})
    matching = bool(phrases or signs or concepts or retuned)
    return Change(keys, Signs(sorted(signs)), rewritten, matching, new)


def _both(before: Catalogue, after: Catalogue) -> Iterator[str]:
    return (name for name in after.intents if name in before.intents)


def _phrases(catalogue: Catalogue) -> Set[Phrase]:
    """Every phrase with what it teaches; kinds of talk that are out of scope are named apart from subjects."""
    inside = ((text, name) for name, intent in catalogue.intents.items() for text in intent.examples)
    outside = ((text, f"~{name}") for name, texts in catalogue.out_of_scope.items() for text in texts)
    return {*inside, *outside}


def _signs(catalogue: Catalogue) -> frozenset[str]:
    """What questions are answered by, whatever else they say."""
    danger = catalogue.danger
    own = chain.from_iterable(intent.signs for intent in catalogue.intents.values())
    return frozenset((*own, *danger.signs, *danger.unless))


def _concepts(catalogue: Catalogue) -> Set[tuple[str, str]]:
    """The forms of every concept; where one is new or gone, the others no longer stand for the same."""
    return {(concept.id + "\0" + "\0".join(sorted(concept.forms)), form) for concept in catalogue.concepts
            for form in concept.forms}  # fmt: skip


def _tuning(intent: Intent) -> tuple[object, ...]:
    """What decides beside the phrases how a subject is answered."""
    return intent.needs, intent.small_talk


def _examples(catalogues: Iterable[Catalogue], names: Iterable[str]) -> Iterator[str]:
    wanted = set(names)
    for catalogue in catalogues:
        for name in wanted:
            yield from catalogue.intents[name].examples


def _telling(texts: Iterable[str], keys: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The syllables of some phrases that are not in too many others."""
    counts = Counter(chain.from_iterable(map(frozenset, keys.values())))
    most = COMMON * len(keys)
    found: set[str] = set()
    for text in texts:
        own = sorted(set(keys[text]), key=lambda key: (counts[key], key))
        rare = [key for key in own if counts[key] <= most]
        found.update(rare or own[:_LEAST_KEYS])
    return frozenset(found)
