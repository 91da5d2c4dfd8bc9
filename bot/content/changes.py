"""What of a catalogue has changed that questions are told apart by, so that most need no second look."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, pairwise

from ..core.catalogue import Catalogue, Intent
from ..core.guide import Guide
from ..core.matching import Matcher
from ..core.signs import Signs
from ..core.vietnamese import clean, readings

# What stands in more than this share of the phrases tells nothing apart; a phrase of such words alone keeps the rarest.
_COMMON = 0.05
_LEAST_KEYS = 2


class Keys:
    """The telling words and pairs of words of some phrases, and how much each tells: its idf squared."""

    def __init__(self, taught: Iterable[str], known: Mapping[str, Sequence[str]]) -> None:
        counts = Counter(chain.from_iterable(_keys(words) for words in known.values()))
        self._weights: dict[str, float] = {}
        self._phrases: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(sorted(taught)):
            for key in _telling(_keys(known[text]), counts, _COMMON * len(known)):
                self._weights[key] = math.log(len(known) / counts[key]) ** 2 + 1.0
                self._phrases[key].append(number)

    def __len__(self) -> int:
        return len(self._weights)

    def nearness(self, heard: Iterable[Sequence[str]]) -> float:
        """How much the readings of a text have in common with the nearest phrase; 0 if nothing that tells."""
        found: defaultdict[int, float] = defaultdict(float)
        for key in frozenset(chain.from_iterable(map(_keys, heard))) & self._weights.keys():
            for number in self._phrases[key]:
                found[number] += self._weights[key]
        return max(found.values(), default=0.0)


def _keys(words: Sequence[str]) -> frozenset[str]:
    return frozenset((*words, *(f"{left} {right}" for left, right in pairwise(words))))


def _telling(keys: Iterable[str], counts: Mapping[str, int], most: float) -> Sequence[str]:
    ranked = sorted(keys, key=lambda key: (counts[key], key))
    return [key for key in ranked if counts[key] <= most] or ranked[:_LEAST_KEYS]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two guides. `rewritten` are the subjects whose answer has other words.

    `subjects` are these and all that have other phrases or are told apart differently.

    `keys` and `signs` tell which questions may be concerned; `matching` says whether any question can be understood
    differently at all.
    """

    keys: Keys
    signs: Signs
    rewritten: tuple[str, ...]
    subjects: frozenset[str]
    matching: bool
    matcher: Matcher

    @property
    def differs(self) -> bool:
        """Whether any question can be answered differently."""
        return self.matching or bool(self.rewritten)

    def nearness(self, text: str) -> float:
        """How near a text is to what has changed; 0 if it shares no telling word and no sign with it."""
        read = readings(clean(text))
        return math.inf if self.signs.stand_in(read) else self.keys.nearness(self.matcher.heard(read))


def change(old: Guide, new: Guide) -> Change:
    """What has changed between the guides of two catalogues."""
    before, after = old.catalogue, new.catalogue
    signs, forms = _signs(before) ^ _signs(after), {form for _, form in _concepts(before) ^ _concepts(after)}
    phrases, both = _phrases(before) ^ _phrases(after), [name for name in after.intents if name in before.intents]
    retuned = [name for name in both if _tuning(before.intents[name]) != _tuning(after.intents[name])]
    rewritten = tuple(name for name in both if before.answers[name].blocks != after.answers[name].blocks)
    taught = {text for text, _ in phrases} | set(_examples((before, after), (*retuned, *rewritten)))
    known = {form: readings(form)[0].toneless for form in forms} | {**old.matcher.keys(), **new.matcher.keys()}
    matching = bool(phrases or signs or forms or retuned)
    changed_signs = Signs(sorted({sign for _, sign in signs}))
    subjects = frozenset((*rewritten, *retuned, *(name for _, name in phrases if not name.startswith("~"))))
    return Change(Keys(taught | forms, known), changed_signs, rewritten, subjects, matching, new.matcher)


def _phrases(catalogue: Catalogue) -> Set[tuple[str, str]]:
    """Every phrase with what it teaches; kinds of talk that are out of scope are named apart from subjects."""
    inside = ((text, name) for name, intent in catalogue.intents.items() for text in intent.examples)
    outside = ((text, f"~{name}") for name, texts in catalogue.out_of_scope.items() for text in texts)
    return {*inside, *outside}


def _signs(catalogue: Catalogue) -> Set[tuple[str, str]]:
    """What questions are answered by, whatever else they say."""
    danger = catalogue.danger
    own = ((name, sign) for name, intent in catalogue.intents.items() for sign in intent.signs)
    return {*own, *(("signs", sign) for sign in danger.signs), *(("unless", words) for words in danger.unless)}


def _concepts(catalogue: Catalogue) -> Set[tuple[tuple[str, ...], str]]:
    """The forms of every concept; where one is new or gone, the others no longer stand for the same."""
    return {((each.id, *sorted(each.forms)), form) for each in catalogue.concepts for form in each.forms}


def _tuning(intent: Intent) -> tuple[object, ...]:
    """What decides beside phrases and signs how a subject is answered."""
    return intent.needs, intent.small_talk


def _examples(catalogues: Iterable[Catalogue], names: Sequence[str]) -> Iterator[str]:
    for catalogue in catalogues:
        for name in names:
            yield from catalogue.intents[name].examples
