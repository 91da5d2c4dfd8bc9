"""What an item changes, as pages for officers show it; a list that is opened again and again is not compared anew."""

from __future__ import annotations

from functools import lru_cache

from ...content.item_changes import Part, parts_of
from .sentence_words import GROUPS

_KEPT = 256
SENTENCES = {name: words for group in GROUPS for name, words in group.sentences.items()}


@lru_cache(_KEPT)
def parts(item: str, old: bytes | None, new: bytes | None) -> tuple[Part, ...]:
    """As `parts_of`, with the names that officers know the bot's sentences by."""
    return parts_of(item, old, new, names=SENTENCES)
