"""The letters of a PDF page with their places, as runs: letters that stand side by side in one font."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from .fonts import decoded

_SPACE = 0.11  # of the letter size: a gap of this width is a blank even where the file has none
_RAISED = 0.2
_LINE_END_HYPHEN = 2  # how the library gives a hyphen at the end of a line
_SMALL = 0.78


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: its box from `x0` to `x1`, baseline and size in points, and the name of its font."""

    char: str
    x0: float
    x1: float
    base: float
    size: float
    font: str


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
    for at in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, at)
        if code == _LINE_END_HYPHEN:
            code = ord("-")
        if not code or pdfium.FPDFText_IsGenerated(page, at) == 1 or code in (0xFFFE, 0xFFFF):
            continue
        pdfium.FPDFText_GetLooseCharBox(page, at, box)
        pdfium.FPDFText_GetCharOrigin(page, at, x, y)
        size = abs(box.top - box.bottom) or pdfium.FPDFText_GetFontSize(page, at) or 1.0
        yield Glyph(chr(code), box.left, box.right, y.value, size, _font_name(page, at))


def _begins(run: Run, glyph: Glyph) -> bool:
    """Whether a letter begins a new run: another line, a jump back, or a gap wider than a letter is high."""
    if abs(glyph.base - run.base) > 0.35 * max(run.size, glyph.size):
        return True
    return glyph.x0 < run.x0 - 1 or not -run.size < glyph.x0 - run.x1 < 0.9 * run.size


def _is_mark(char: str) -> bool:
    return bool(unicodedata.combining(char))


def _is_reference(run: Run, glyph: Glyph) -> bool:
    """A small raised digit is the number of a footnote, and no part of the text."""
    return glyph.char.isdigit() and glyph.size < _SMALL * run.size and glyph.base - run.base > _RAISED * glyph.size


def runs(found: Iterator[Glyph]) -> list[Run]:
    """Letters joined into runs; text of legacy fonts as Unicode."""
    done: list[Run] = []
    current: list[Run] = []  # the pieces of the run at hand, one for each font
    for glyph in found:
        last = current[-1] if current else None
        if last and (_is_mark(glyph.char) or _is_reference(last, glyph)):
            last.text += glyph.char if _is_mark(glyph.char) else ""
            continue
        if last is None or _begins(last, glyph):
            done += _closed(current)
            current = []
        _add(current, glyph)
    return [run for run in (*done, *_closed(current)) if run.text.strip()]


def _add(current: list[Run], glyph: Glyph) -> None:
    blank = " " if current and glyph.x0 - current[-1].x1 > _SPACE * glyph.size and not glyph.char.isspace() else ""
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
