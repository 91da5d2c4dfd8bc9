"""Builds a sample as a PDF: lines wrapped hard, the two columns of head and signature side by side on one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import font_roboto
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.documents.samples import Line, Sample

_FONT = "Roboto"
_WIDTH, _HEIGHT = A4
_LEFT, _TOP, _BOTTOM = 85.0, 790.0, 60.0
_INDENT = 28.0


def make_pdf(sample: Sample, path: Path, lock: StandardEncryption | None = None) -> Path:
    """Write the sample to `path`, encrypted if there is a lock."""
    page = _Page(path, sample, lock)
    page.head()
    page.lines(sample.body)
    page.signature()
    page.lines(sample.annex)
    page.foot()
    page.canvas.save()
    return path


class _Page:
    def __init__(self, path: Path, sample: Sample, lock: StandardEncryption | None) -> None:
        pdfmetrics.registerFont(TTFont(_FONT, font_roboto.Roboto))
        self.sample = sample
        self.canvas = Canvas(str(path), pagesize=A4, encrypt=lock)
        self.size = float(sample.pdf.get("size", 13))
        self.right = _WIDTH - float(sample.pdf.get("right", 57))
        self.form = sample.pdf.get("form", "NFC")
        self.y = _TOP
        self.count = 1

    def down(self, lines: float = 1) -> None:
        self.y -= lines * self.size * 1.35
        if self.y < _BOTTOM:
            self.turn()

    def turn(self) -> None:
        self.foot()
        self.canvas.showPage()
        self.count += 1
        self.y = _TOP
        if self.sample.pdf.get("page_numbers", True):
            self.draw(_WIDTH / 2, str(self.count))
            self.y -= self.size * 2

    def foot(self) -> None:
        if self.sample.pdf.get("footer"):
            self.y = _BOTTOM / 2
            self.draw(_WIDTH / 2, f"Trang {self.count}")

    def draw(self, x: float, text: str, *, middle: bool = False) -> None:
        for old, new in (self.sample.pdf.get("letters") or {}).items():
            text = text.replace(old, new)
        text = unicodedata.normalize(self.form, text)
        self.canvas.setFont(_FONT, self.size)
        x -= self.width(text) / 2 if middle else 0
        for word in text.split(" ") if self.sample.pdf.get("words") else [text]:
            self.canvas.drawString(x, self.y, word)
            x += self.width(f"{word} ")

    def width(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, _FONT, self.size))

    def paragraph(self, parts: Sequence[str], indent: float = _INDENT) -> None:
        """Wrap at blanks; each part begins a line; only the first line is indented."""
        x = _LEFT + indent
        for part in parts:
            for line in self.wrap(part, self.right - x):
                self.draw(x, line)
                self.down()
                x = _LEFT
        self.down(0.2)

    def wrap(self, text: str, first: float) -> list[str]:
        """The lines of a text; the first one may be narrower than the page."""
        lines, room = [""], first
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width(longer) > room:
                lines.append(word)
                room = self.right - _LEFT
            else:
                lines[-1] = longer
        return lines

    def columns(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Line by line across both, or (`cells`) one after the other, as Word saves the cells of a table."""
        top, lowest = self.y, self.y
        if not self.sample.pdf.get("cells"):
            for first, second in zip_longest(left, right, fillvalue=""):
                self.cell(first, _LEFT + 90)
                self.cell(second, self.right - 140)
                self.down()
            return
        for texts, x in ((left, _LEFT + 90), (right, self.right - 140)):
            self.y = top
            for text in texts:
                self.cell(text, x)
                self.y -= self.size * 1.35
            lowest = min(lowest, self.y)
        self.y = lowest

    def cell(self, text: str, x: float) -> None:
        if text:
            self.draw(x, text, middle=True)

    def centred(self, text: str) -> None:
        for part in _halves(text):
            self.draw((_LEFT + self.right) / 2, part, middle=True)
            self.down()

    def head(self) -> None:
        head, size = self.sample.head, self.size
        self.size = 10
        for text in self.sample.pdf.get("stamp") or ():
            self.draw(30, text)
            self.down()
        under = _halves(head.get("under") or "", 34)
        self.columns([*head.get("left", [])], [*head.get("right", [])])
        self.columns([head.get("number", ""), *under], [head.get("date", "")])
        self.size = size
        self.down()
        for text in filter(None, (head.get("urgency"), *self.sample.title)):
            self.centred(text)
        self.down(0.7)
        self.addressees()

    def addressees(self) -> None:
        to, label = self.sample.to, self.sample.to_label
        if len(to) == 1 and not to[0].startswith("-"):
            self.centred(f"{label} {to[0]}")
        elif to:
            self.paragraph([label], 120)
            for text in to:
                self.paragraph([text], 140)

    def lines(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if line.page:
                self.turn()
            elif line.table:
                self.table(line)
            elif line.path == "~":
                self.centred(line.written)
            else:
                self.paragraph(line.wrapped)

    def table(self, line: Line) -> None:
        step = (self.right - _LEFT) / len(line.table[0])
        for row in line.table:
            for at, cell in enumerate(row):
                self.draw(_LEFT + at * step, cell)
            self.down(1.3)

    def signature(self) -> None:
        sign = self.sample.sign
        if not sign:
            return
        size, self.size = self.size, 10
        left, right = ["Nơi nhận:", *sign.get("recipients", [])], [*sign.get("lines", []), "", "", sign["name"]]
        self.down()
        if self.y < _BOTTOM + 14 * max(len(left), len(right)):
            self.turn()
        self.columns(left, right)
        self.size = size


def _halves(text: str, width: int = 60) -> list[str]:
    """The text in lines of at most `width` letters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
