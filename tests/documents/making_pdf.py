"""Builds a sample as a PDF: lines wrapped hard, the two columns of head and signature side by side on one line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption

from tests.documents.pdf_pages import BOTTOM, HEIGHT, WIDTH, Pages
from tests.documents.samples import MERGED, Line, Sample, hands_of

_INDENT = 28.0


def make_pdf(sample: Sample, path: Path, lock: StandardEncryption | None = None) -> Path:
    """Write the sample to `path`, encrypted if there is a lock."""
    pages = _written(sample, path, lock, 0)
    if "{pages}" in str(sample.pdf.get("footer")):
        _written(sample, path, lock, pages)
    return path


def _written(sample: Sample, path: Path, lock: StandardEncryption | None, pages: int) -> int:
    page = _Writer(path, sample, lock, pages)
    page.head()
    page.split(int(sample.pdf.get("columns", 1)))
    page.lines(sample.body)
    page.join()
    page.signature()
    page.lines(sample.annex)
    page.foot()
    page.canvas.save()
    return page.count


class _Writer(Pages):
    def paragraph(self, parts: Sequence[str], indent: float = _INDENT) -> None:
        """Wrap at blanks; each part begins a line; only the first line is indented."""
        indented = indent
        for part in parts:
            lines = self.wrap(self.noted_text(part), self.right - self.left - indented)
            for line in lines:
                filled = self.look.get("justify") and line is not lines[-1]
                room = self.right - self.left - indented
                self.draw(self.left + indented, line, room=room if filled else 0)
                self.down()
                indented = 0.0
        self.down(0.2)

    def wrap(self, text: str, first: float) -> list[str]:
        """The lines of a text; the first one may be narrower than the page."""
        lines, room = [""], first
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.width(longer) > room:
                lines.append(word)
                room = self.right - self.left
            else:
                lines[-1] = longer
        return lines

    def sides(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Line by line across both, or (`cells`) one after the other, as Word saves the cells of a table."""
        top, lowest = self.y, self.y
        if not self.look.get("cells"):
            for first, second in zip_longest(left, right, fillvalue=""):
                self.cell(first, self.left + 90)
                beside = self.left + 90 + self.width(first) / 2 + self.size  # a wide left side pushes the right one on
                self.cell(second, max(self.right - 140, beside + self.width(second) / 2 if first else 0))
                self.down()
            return
        for texts, x in ((left, self.left + 90), (right, self.right - 140)):
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
            self.draw((self.left + self.right) / 2, part, middle=True)
            self.down()

    def head(self) -> None:
        head, size = self.sample.head, self.size
        self.size = 10
        for at, text in enumerate(self.look.get("corner") or ()):
            self.small(WIDTH - 190, HEIGHT - 15 - 10 * at, text)
        for text in self.look.get("stamp") or ():
            self.draw(30, text)
            self.down()
        under = _halves(head.get("under") or "", 34)
        self.sides([*head.get("left", [])], [*head.get("right", [])])
        self.sides([head.get("number", ""), *under], [head.get("date", "")])
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
            elif line.columns:
                self.sides(*line.columns)
            elif line.path == "~":
                self.centred(line.shown)
            else:
                self.paragraph(line.wrapped)

    def table(self, line: Line) -> None:
        """Cells with borders; a text that is too wide for its cell goes on in the next line of the cell."""
        step = (self.right - self.left) / len(line.table[0])
        for row in line.table:
            cells = [[""] if text in MERGED else self.narrow(text, step - 6) for text in row]
            self.border(step, len(cells), max(map(len, cells)))
            for texts in zip_longest(*cells, fillvalue=""):
                for at, text in enumerate(texts):
                    if text:
                        self.draw(self.left + at * step, text)
                self.down()
            self.down(0.3)

    def narrow(self, text: str, width: float) -> list[str]:
        room, self.right = self.right, self.left + width
        lines = self.wrap(text, width)
        self.right = room
        return lines

    def border(self, step: float, cells: int, lines: int) -> None:
        top, height = self.y + self.size, (lines + 0.3) * self.size * 1.35
        if top - height > BOTTOM:
            for at in range(cells):
                self.canvas.rect(self.left + at * step - 3, top - height, step, height)

    def signature(self) -> None:
        sign = self.sample.sign
        if not sign:
            return
        size, self.size = self.size, 10
        left = ["Nơi nhận:", *sign.get("recipients", [])]
        hands = [[*hand.get("lines", []), "", "", hand["name"]] for hand in hands_of(sign)]
        self.down()
        if self.y < BOTTOM + 14 * (max(map(len, (left, *hands))) + (len(hands) - 1) * len(left)):
            self.turn()
        if len(hands) == 2:
            self.sides(*hands)
            for text in left:
                self.draw(self.left, text)
                self.down()
        else:
            self.sides(left, hands[0])
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
