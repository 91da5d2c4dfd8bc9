"""Builds a sample as a Word file, the way offices write them: head and signature in tables without borders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from tests.documents.furniture import add_boxes, merge_cells
from tests.documents.inline import MARKED, add_marked
from tests.documents.legacy import Run, runs_for
from tests.documents.oddities import apply
from tests.documents.samples import LOOSE, Line, Sample, hands_of, one_line
from tests.documents.word_lists import WordLists

Container = Document | _Cell
_AGES: tuple[tuple[str | None, Literal["NFC", "NFD"]], ...] = (
    ("tcvn3", "NFC"),
    (None, "NFC"),
    ("vni", "NFC"),
    (None, "NFD"),
)


def make_docx(sample: Sample, path: Path) -> Path:
    """Write the sample to `path`."""
    writer = _Writer(sample)
    writer.head()
    writer.title()
    writer.lines(sample.body)
    writer.signature()
    writer.lines(sample.annex)
    writer.margins()
    apply(writer.document, sample.word.get("odd", []))
    writer.document.save(str(path))
    return path


class _Writer:
    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.document = docx.Document()
        normal: Any = self.document.styles["Normal"]
        normal.font.size = Pt(14)
        if sample.word.get("font"):
            _set_font(normal.element, sample.word["font"])
        self.count = 0
        self.lists = WordLists(self.document, sample.word)

    def runs(self, text: str) -> Sequence[Run]:
        word = self.sample.word
        if word.get("nbsp"):
            text = re.sub(r"(Điều|khoản|tháng) (?=\d)", "\\1\u00a0", text)
        for old, new in (word.get("letters") or {}).items():
            text = text.replace(old, new)
        encoding = word.get("encoding")
        if encoding == "mixed":  # paragraphs copied together from files of four ages
            encoding, form = _AGES[self.count % len(_AGES)]
            self.count += 1
            return runs_for(encoding, unicodedata.normalize(form, text))
        return runs_for(encoding, unicodedata.normalize(word.get("form", "NFC"), text))

    def write(self, where: Container, text: str, *, bold: bool = False, middle: bool = False) -> Paragraph:
        paragraph = where.add_paragraph()
        if middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if MARKED.search(text):
            add_marked(self.document, paragraph, text)
            return paragraph
        for piece in self.runs(text):
            run = paragraph.add_run(piece.text)
            run.bold = bold
            if piece.font and piece.font != self.sample.word.get("font"):
                _set_font(run._r, piece.font)
        return paragraph

    def columns(self, *rows: tuple[Sequence[str], Sequence[str]]) -> None:
        """A table of two columns; the default style has no borders. `spacer`: an empty column between them."""
        spacer = bool(self.sample.word.get("spacer"))
        table = self.document.add_table(rows=len(rows), cols=3 if spacer else 2)
        for row, (left, right) in zip(table.rows, rows, strict=True):
            for cell, texts in zip((row.cells[0], row.cells[-1]), (left, right), strict=True):
                for text in texts or [""]:
                    self.write(cell, text, middle=True)
                cell._tc.remove(cell.paragraphs[0]._p)

    def head(self) -> None:
        head, shape = self.sample.head, self.sample.word.get("head")
        left, right = _column(head, "left", "number", "under", "urgency"), _column(head, "right", "date")
        if shape == "lines":
            for text in (*left, *right):
                self.write(self.document, text)
        elif shape == "tabs":
            self.tabbed(left, right)
        elif shape == "rows":
            below = _column(head, "number", "under", "urgency"), _column(head, "date")
            self.columns((_column(head, "left"), _column(head, "right")), below)
        elif left or right:
            self.columns((left, right))

    def tabbed(self, left: Sequence[str], right: Sequence[str]) -> None:
        for at in range(max(len(left), len(right))):
            pair = [side[at] if at < len(side) else "" for side in (left, right)]
            self.write(self.document, "\t".join(pair))

    def title(self) -> None:
        for text in self.sample.title:
            self.write(self.document, text, bold=True, middle=True)
        to, label = self.sample.to, self.sample.to_label
        if len(to) == 1 and not to[0].startswith("-"):
            self.write(self.document, f"{label} {to[0]}", middle=True)
        elif to:
            self.write(self.document, label, middle=True)
            for text in to:
                self.item(text)

    def item(self, text: str) -> None:
        """An item of the addressees: its dash is text, or Word's own where the lists have one."""
        automatic = text.startswith("- ") and self.lists.takes("-")
        paragraph = self.write(self.document, text[2:] if automatic else text)
        if automatic:
            self.lists.number(paragraph, "-")

    def lines(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if line.page:
                self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            elif line.table:
                self.table(line)
            elif line.columns:
                self.columns((line.columns[0], line.columns[1]))
            else:
                self.paragraph(line)

    def paragraph(self, line: Line) -> None:
        automatic = self.lists.takes(line.mark) and not line.by_hand
        text = one_line(line.text) if automatic else line.written
        paragraph = self.write(self.document, text, bold=line.path == LOOSE, middle=line.path == LOOSE)
        if automatic:
            self.lists.number(paragraph, line.mark)
        elif line.path not in ("preamble", "end", LOOSE):
            self.lists.unnumber(paragraph)

    def table(self, line: Line) -> None:
        table = self.document.add_table(rows=0, cols=len(line.table[0]), style="Table Grid")
        for row in line.table:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self.write(cell, text)
                cell._tc.remove(cell.paragraphs[0]._p)
        merge_cells(table, line.table)

    def margins(self) -> None:
        """What stands outside the text: header, footer, boxes that float over the page."""
        section, word = self.document.sections[0], self.sample.word
        for where, text in ((section.header, word.get("header")), (section.footer, word.get("footer"))):
            if text:
                where.paragraphs[0].text = text
        add_boxes(self.document, word.get("boxes", []))

    def signature(self) -> None:
        sign = self.sample.sign
        if not sign:
            return
        left = ["Nơi nhận:", *sign.get("recipients", [])]
        hands = [[*hand.get("lines", []), "", "", hand["name"]] for hand in hands_of(sign)]
        right = hands[-1]
        if len(hands) == 2:
            self.columns((hands[0], right))
            for text in left:
                self.write(self.document, text)
        elif self.sample.word.get("head") == "lines":
            for text in (*left, *right):
                self.write(self.document, text)
        else:
            self.columns((left, right))


def _column(head: Mapping[str, Any], *keys: str) -> list[str]:
    texts: list[str] = []
    for value in filter(None, (head.get(key) for key in keys)):
        texts += value if isinstance(value, list) else [value]
    return texts


def _set_font(element: Any, name: str) -> None:
    """The font of a run or a style, for every script."""
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for which in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{which}"), name)
