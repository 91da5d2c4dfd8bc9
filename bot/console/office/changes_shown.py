"""What an item changes, as pages for officers show it; a list that is opened again and again is not compared anew."""

from __future__ import annotations

from functools import lru_cache

from ...content.blank_words import BLANK_WORDS
from ...content.item_changes import Part, parts_of
from ...content.notation import Names, shown
from .sentence_words import GROUPS

_KEPT = 256
_NAMES = Names(blanks=BLANK_WORDS)
SENTENCES = {name: words for group in GROUPS for name, words in group.sentences.items()}


@lru_cache(_KEPT)
def parts(item: str, old: bytes | None, new: bytes | None) -> tuple[Part, ...]:
    """As `parts_of`, with the names that officers know the bot's sentences by, and marks in words instead of tags."""
    return parts_of(item, as_read(item, old), as_read(item, new), names=SENTENCES)


def as_read(item: str, body: bytes | None) -> bytes | None:
    """A content file as officers read it: marks in words instead of tags where it is an answer.

    Words between « and » would not be read as YAML, so that a file of sentences stays as it is.
    """
    if body is None or not item.startswith("responses/") or not item.endswith(".md"):
        return body
    return shown(body.decode("utf-8", "surrogateescape"), _NAMES).encode("utf-8", "surrogateescape")
