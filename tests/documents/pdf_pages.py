"""The pages of a PDF sample: letters on them, and what stands around the text of each (numbers, stamps, notes)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import font_roboto
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.documents.inline import MARKED, plain_words
from tests.documents.samples import Sample

FONT = "Roboto"
WIDTH, HEIGHT = A4
LEFT, TOP, BOTTOM = 85.0, 790.0, 60.0
_NOTE_SIZE = 9.0
_GAP = 18.0
_RAISED = re.compile("\ue000(\\d+)\ue001")


class Pages:
    """Writes line by line; `pages` is how many there will be, for "Trang 1/3"."""

    def __init__(self, path: Path, sample: Sample, lock: StandardEncryption | None, pages: int) -> None:
        pdfmetrics.registerFont(TTFont(FONT, font_roboto.Roboto))
        self.sample, self.look, self.pages = sample, sample.pdf, pages
        self.canvas = Canvas(str(path), pagesize=A4, encrypt=lock)
        self.size = float(self.look.get("size", 13))
        self.left, self.right = LEFT, WIDTH - float(self.look.get("right", 57))
        self.form = self.look.get("form", "NFC")
        self.y = self.top = TOP
        self.count, self.column, self.columns = 1, 0, 1
        self.notes: list[tuple[int, str]] = []
        self.noted = 0
        self.head_of_page()

    # The text.

    def down(self, lines: float = 1) -> None:
        self.y -= lines * self.size * 1.35
        if self.y < BOTTOM + len(self.notes) * _NOTE_SIZE * 1.5:
            self.turn()

    def turn(self) -> None:
        """To the next column, or to the next page."""
        if self.column + 1 < self.columns:
            self.column += 1
            self.shift(self.right + _GAP)
            self.y = self.top
            return
        self.foot()
        self.canvas.showPage()
        self.count += 1
        self.y = TOP
        self.shift(self.left if self.columns == 1 else LEFT)
        self.column = 0
        self.head_of_page()
        if self.look.get("page_numbers", True):
            self.draw(WIDTH / 2, str(self.count))
            self.y -= self.size * 2
        self.top = self.y

    def shift(self, left: float) -> None:
        width = self.right - self.left
        self.left, self.right = left, left + width

    def split(self, columns: int) -> None:
        """From here on the page has columns."""
        if columns > 1:
            self.columns, self.column, self.top = columns, 0, self.y
            self.right = self.left + (self.right - self.left - _GAP * (columns - 1)) / columns

    def join(self) -> None:
        """From here on the page has one column again."""
        if self.columns > 1:
            if self.column:
                self.column = self.columns
                self.turn()
            self.columns, self.column, self.left = 1, 0, LEFT
            self.right = WIDTH - float(self.look.get("right", 57))

    def draw(self, x: float, text: str, *, middle: bool = False, room: float = 0) -> None:
        """Draw a line; `room` is the width that it has to fill."""
        text = self.letters(text)
        self.canvas.setFont(FONT, self.size)
        x -= self.width(text) / 2 if middle else 0
        gaps = text.count(" ")
        wider = (room - self.width(text)) / gaps if room and gaps else 0.0
        for piece in self.pieces(text):
            x += self.put(x, piece) + (wider if piece.endswith(" ") else 0)

    def put(self, x: float, piece: str) -> float:
        """Draw one piece, with the numbers of notes raised, and tell how wide it is."""
        start = x
        for at, part in enumerate(_RAISED.split(piece)):
            size = self.size * 0.6 if at % 2 else self.size
            self.canvas.setFont(FONT, size)
            drawn = part.strip(" ") if self.look.get("glyphs") else part
            if drawn:
                self.canvas.drawString(x, self.y + (self.size * 0.35 if at % 2 else 0), drawn)
            x += float(pdfmetrics.stringWidth(part, FONT, size))
        return x - start

    def pieces(self, text: str) -> Iterator[str]:
        """The whole line, its words, or its letters, as programs set them one by one."""
        if self.look.get("glyphs"):
            yield from re.findall("\ue000\\d+\ue001|.", text)
        elif self.look.get("words") or self.look.get("justify"):
            yield from re.findall(r"\S* |\S+", text)
        else:
            yield text

    def letters(self, text: str) -> str:
        for old, new in (self.look.get("letters") or {}).items():
            text = text.replace(old, new)
        return unicodedata.normalize(self.form, text)

    def width(self, text: str) -> float:
        small = sum(pdfmetrics.stringWidth(match[1], FONT, self.size * 0.6) for match in _RAISED.finditer(text))
        return float(pdfmetrics.stringWidth(_RAISED.sub("", text), FONT, self.size) + small)

    # Around it.

    def noted_text(self, text: str) -> str:
        """The text with the numbers of its notes; the notes go to the foot of the page."""

        def number(match: re.Match[str]) -> str:
            self.noted += 1
            self.notes.append((self.noted, match[3]))
            return f"\ue000{self.noted}\ue001"

        kept = MARKED.sub(lambda m: number(m) if m[2] == "^" else m[0], text)
        return plain_words(kept)

    def head_of_page(self) -> None:
        if self.look.get("header"):
            self.small(LEFT, HEIGHT - 45, self.look["header"])
        if self.look.get("rotated"):
            self.canvas.saveState()
            self.canvas.translate(WIDTH / 2 - 120, HEIGHT / 2 - 60)
            self.canvas.rotate(35)
            self.canvas.setFillGray(0.8)
            self.small(0, 0, self.look["rotated"], 22)
            self.canvas.restoreState()

    def small(self, x: float, y: float, text: str, size: float = 8) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, self.letters(text))

    def foot(self) -> None:
        if self.notes:
            y = BOTTOM + (len(self.notes) - 1) * _NOTE_SIZE * 1.4
            self.canvas.line(LEFT, y + 14, LEFT + 140, y + 14)
            for number, note in self.notes:
                self.small(LEFT, y + 3, str(number), 6)
                self.small(LEFT + 6, y, note, _NOTE_SIZE)
                y -= _NOTE_SIZE * 1.4
            self.notes = []
        if self.look.get("footer"):
            text = self.look["footer"] if isinstance(self.look["footer"], str) else "Trang {page}"
            self.y = BOTTOM / 2
            self.draw(WIDTH / 2, text.format(page=self.count, pages=self.pages))
