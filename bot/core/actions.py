"""What a button does, as at most 64 bytes of text that any channel can carry back."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 64
_KIND = re.compile(r"[a-z]{1,12}")


@dataclass(frozen=True, slots=True)
class Action:
    """`value` is what it is about.

    `kind` is topic, group, menu, clause, library, doc, notes, rests, places, place, hotline, up, down,
    why, write or drop.
    """

    kind: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else self.kind

    @classmethod
    def read(cls, text: str) -> Action:
        """The action of a text from outside; of nonsense an action of kind "unknown"."""
        kind, _, value = text.partition(":")
        if not _KIND.fullmatch(kind) or len(text.encode("utf-8", "replace")) > MAX_BYTES:
            return cls("unknown")
        return cls(kind, value)
