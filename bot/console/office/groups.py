"""Changed answers as a page shows them: a sentence, examples, the words, and whether the officer agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...content.impact import Group
from ...content.impact_words import group_sentence
from ...content.words_diff import Run, shortened


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of questions that are answered differently; `more` are those that are not among the examples."""

    key: str
    sentence: str
    examples: tuple[str, ...]
    more: int
    runs: tuple[Run, ...]
    accepted: bool


def group_rows(groups: Iterable[Group], titles: Mapping[str, str], accepted: frozenset[str]) -> list[GroupRow]:
    """Groups as they are shown."""
    return [
        GroupRow(
            group.key, group_sentence(group, titles), group.examples, group.questions - len(group.examples),
            shortened(group.diff), group.key in accepted,
        )
        for group in groups
    ]  # fmt: skip
