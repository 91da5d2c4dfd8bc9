"""A template's own words cut into sentences, with a slot for each quotation, citation and fact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .templates import Piece

SLOT = "\ue002"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; "anh/chị" is one."""
    return _WORD.findall(text.lower())


def plain(text: str) -> str:
    """A text in small letters and one Unicode form, with single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer's own words; slots stand for what was quoted, cited or shown in it."""

    text: str
    line: int
    slots: tuple[Piece, ...]
    list_after: int = 0

    @property
    def words(self) -> list[str]:
        """The words of the text."""
        return words_of(self.text)


def sentences(pieces: Sequence[Piece]) -> tuple[Sentence, ...]:
    """The sentences in order; a line of the template ends one too."""
    text, slots, lines = _joined(pieces)
    found: list[Sentence] = []
    begin = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[begin:end]
        if part.strip():
            inside = tuple(slots[begin + at] for at, letter in enumerate(part) if letter == SLOT)
            first = begin + len(part) - len(part.lstrip())
            found.append(Sentence(_bare(part), lines[first], inside, _items_after(text, end, part)))
        begin = match.end() if match else end
    return tuple(found)


def _joined(pieces: Sequence[Piece]) -> tuple[str, dict[int, Piece], list[int]]:
    """The template's own words with a slot for each tag, the slots by position, and the line of every letter."""
    text, slots, lines = "", {}, []
    for piece in pieces:
        if piece.kind == "own":
            own = unicodedata.normalize("NFC", piece.value)
            line = piece.line
            for letter in own:
                lines.append(line)
                line += letter == "\n"
            text += own
        else:
            slots[len(text)] = piece
            lines.append(piece.line)
            text += SLOT
    return text, slots, [*lines, lines[-1] if lines else 1]


def _bare(part: str) -> str:
    return re.sub(r"\s+", " ", part.replace("*", "").replace("_", " ")).strip()


def _items_after(text: str, end: int, part: str) -> int:
    """How many list items follow a line that ends in a colon."""
    if not part.rstrip("* ").endswith(":"):
        return 0
    count = 0
    for line in text[end:].strip("\n").split("\n"):
        if not re.match(r"\s*(?:[-*+]|\d+[.)])\s", line):
            break
        count += 1
    return count
