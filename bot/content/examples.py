"""The phrases of a pack, each with the subject that it teaches and the line where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .loading import Loaded

OUTSIDE = "_out_of_scope"


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase. `owner` is a subject, or OUTSIDE for all kinds of talk that are out of scope; `key` has no marks."""

    owner: str
    text: str
    key: tuple[str, ...]
    file: str
    line: int


def examples_of(loaded: Loaded, keys: Mapping[str, tuple[str, ...]]) -> list[Example]:
    """Every phrase, in the order of the files; `keys` are the toneless syllables of each text."""
    found = []
    for intent in loaded.catalogue.intents.values():
        source = loaded.sources[f"intents/{intent.id}.yaml"]
        for index, text in enumerate(intent.examples):
            found.append(Example(intent.id, text, keys[text], source.name, source.line("examples", index)))
    source = loaded.sources[f"intents/{OUTSIDE}.yaml"]
    for group, texts in loaded.catalogue.out_of_scope.items():
        for index, text in enumerate(texts):
            line = source.line("groups", group, "examples", index)
            found.append(Example(OUTSIDE, text, keys[text], source.name, line))
    return found
