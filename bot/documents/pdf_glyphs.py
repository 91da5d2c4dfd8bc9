"""The letters of a PDF page with their places, as runs: letters that stand side by side in one font."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from .fonts import decoded

_SPACE = 0.11  # of the letter size: a gap of this width is a blank even where the file has none
_RAISED = 0.2
_LINE_END_HYPHEN = 2  # how the library gives a hyphen at the end of a line
_SMALL = 0.9
_HINTED = 0.04  # a gap of this width is one where the library, which knows the font, takes it for a blank
_LEANING = 0.1  # radians from the lines of the page; what leans more is a stamp
_LONGEST_REFERENCE = 5
_MOST_REFERENCES = 200  # a page
_NOTE_SIGNS = frozenset("0123456789[]()*")
_AREA = re.compile(r"(?:^|[\d\s/(])[kcdm]?m$")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: its box from `x0` to `x1`, baseline and size in points, and the name of its font.

    `turn`: how its line is turned, in quarters of a circle; its place is that on the turned page. `hinted`: the library
    takes the gap before it for a blank.
    """

    char: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    turn: int | None = 0
    hinted: bool = False


@dataclass(slots=True)
class Run:
    """Text on one baseline without a wide gap in it. `legacy`: it was set in a font from before Unicode."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    legacy: bool = False
    _font: str = field(default="", repr=False)


def _font_name(page: Any, at: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(page, at, buffer, 128, flags)
    return buffer.raw[: max(0, min(length, 128) - 1)].decode("utf-8", errors="replace").rstrip("\0")


def glyphs(page: Any) -> Iterator[Glyph]:
    """The letters of a text page in the order of the file."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    hinted = False
    for at in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, at)
        if code == _LINE_END_HYPHEN:
            code = ord("-")
        if not code or pdfium.FPDFText_IsGenerated(page, at) == 1 or code in (0xFFFE, 0xFFFF):
            hinted = code == ord(" ")
            continue
        pdfium.FPDFText_GetLooseCharBox(page, at, box)
        pdfium.FPDFText_GetCharOrigin(page, at, x, y)
        turn = quarters(pdfium.FPDFText_GetCharAngle(page, at))
        x0, x1, _ = turned(turn or 0, (box.left, box.bottom), (box.right, box.top))
        high = abs(box.right - box.left if turn in (1, 3) else box.top - box.bottom)
        size = high or pdfium.FPDFText_GetFontSize(page, at) or 1.0
        base = turned(turn or 0, (x.value, y.value), (x.value, y.value))[2]
        yield Glyph(chr(code), x0, x1, base, size, _font_name(page, at), turn, hinted)
        hinted = False


def quarters(angle: float) -> int | None:
    """How many quarters of a circle a letter is turned, clockwise; None for one that leans."""
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) < _LEANING else None


def turned(turn: int, low: tuple[float, float], high: tuple[float, float]) -> tuple[float, float, float]:
    """Where a box begins and ends along lines that are turned, and how high its lower side stands."""
    if turn == 1:
        return -high[1], -low[1], low[0]
    if turn == 2:
        return -high[0], -low[0], -high[1]
    return (low[1], high[1], -high[0]) if turn == 3 else (low[0], high[0], low[1])


def upright(found: Iterable[Glyph]) -> tuple[list[Glyph], int, int]:
    """The letters that run along the lines of the page, how these are turned, and how many others were left out.

    On a page that lies on its side the lines run upwards; a stamp may lean, or stand at right angles to the lines.
    """
    letters = list(found)
    turns = Counter(glyph.turn for glyph in letters if glyph.turn is not None)
    turn = max(turns, key=turns.__getitem__, default=0)
    kept = [glyph for glyph in letters if glyph.turn == turn]
    return kept, turn, sum(bool(glyph.char.strip()) for glyph in letters) - sum(bool(g.char.strip()) for g in kept)


def _begins(run: Run, glyph: Glyph) -> bool:
    """Whether a letter begins a new run: another line, a jump back, or a gap wider than a letter is high."""
    if abs(glyph.base - run.base) > 0.35 * max(run.size, glyph.size):
        return True
    return glyph.x0 < run.x0 - 1 or not -run.size < glyph.x0 - run.x1 < 0.9 * run.size


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char))


def _is_reference(run: Run, glyph: Glyph) -> bool:
    """A small raised digit is the number of a footnote, and no part of the text; but "m²" is."""
    if glyph.char not in _NOTE_SIGNS or not is_raised(run, glyph.base, glyph.size):
        return False
    return glyph.x0 - run.x1 < 0.5 * run.size and not (glyph.char in "23" and _AREA.search(run.text))


def is_raised(run: Run, base: float, size: float) -> bool:
    """Whether something of this base and size is small and stands above the baseline, by less than a line."""
    return size < _SMALL * run.size and _RAISED * size < base - run.base < 0.8 * run.size


def runs(found: Iterable[Glyph], parted: Callable[[float, float, float], bool] | None = None) -> list[Run]:
    """Letters joined into runs; text of legacy fonts as Unicode.

    `parted` tells whether a border stands between two places on one height: no run reaches over it.
    """
    done: list[Run] = []
    current: list[Run] = []  # the pieces of the run at hand, one for each font
    for glyph in found:
        last = current[-1] if current else None
        if last and (_is_mark(glyph.char) or _is_reference(last, glyph)):
            last.text += glyph.char if _is_mark(glyph.char) else ""
            last.x1 = last.x1 if _is_mark(glyph.char) else max(last.x1, glyph.x1)
            continue
        if last is None or _begins(last, glyph) or (parted and parted(last.x1, glyph.x0, glyph.base)):
            done += _closed(current)
            current = []
        _add(current, glyph)
    return [run for run in (*done, *_closed(current)) if run.text.strip()]


def _add(current: list[Run], glyph: Glyph) -> None:
    wide = (_HINTED if glyph.hinted else _SPACE) * glyph.size
    blank = " " if current and glyph.x0 - current[-1].x1 > wide and not glyph.char.isspace() else ""
    if current and current[-1]._font == glyph.font:
        last = current[-1]
        last.text += blank + glyph.char
        last.x1 = max(last.x1, glyph.x1) if glyph.char.strip() else last.x1
        if not glyph.char.strip():
            last.x1 = max(last.x1, min(glyph.x1, last.x1 + glyph.size))
        return
    current.append(Run(blank + glyph.char, glyph.x0, glyph.x1, glyph.base, glyph.size, _font=glyph.font))


def _closed(pieces: list[Run]) -> list[Run]:
    """The pieces of one run as one; its size is that of the longest."""
    if not pieces:
        return []
    text = "".join(decoded(piece.text, piece._font) for piece in pieces)
    longest = max(pieces, key=lambda piece: len(piece.text))
    legacy = text != "".join(piece.text for piece in pieces)
    return [replace(longest, text=text, legacy=legacy, x0=pieces[0].x0, x1=max(piece.x1 for piece in pieces))]


def without_references(found: list[Run]) -> list[Run]:
    """Runs without the numbers of footnotes that stand apart from the word before them.

    Where such a number stands before small text, the footnote itself begins: there it is set on its line.
    """
    numbers = [run for run in found if _is_number(run)][:_MOST_REFERENCES]
    gone: list[Run] = []
    for number in numbers:
        near = [run for run in found if run is not number and is_raised(run, number.base, number.size)]
        if any(-run.size < number.x0 - run.x1 < 0.5 * run.size and not _is_area(run, number) for run in near):
            gone.append(number)
        elif owner := next((run for run in near if -1 < run.x0 - number.x1 < run.size), None):
            number.base = owner.base
    return [run for run in found if not any(run is each for each in gone)]


def _is_number(run: Run) -> bool:
    return len(run.text.strip()) <= _LONGEST_REFERENCE and not set(run.text.strip()) - _NOTE_SIGNS


def _is_area(run: Run, number: Run) -> bool:
    return number.text.strip() in ("2", "3") and bool(_AREA.search(run.text))
