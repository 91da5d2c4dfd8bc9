"""Word files: paragraphs, tables, text boxes; list numbers counted, tracked changes accepted, footnotes left out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from .columns import split_line
from .docx_tables import INSIDE, cells_of, is_layout, rows_of, words_of
from .fonts import decoded, decoder, likely, tidy
from .lines import Line
from .marks import is_caps
from .numbering import Numbering
from .ooxml import Element, Package, value
from .refusals import refusal
from .styles import Look, Styles, look_of

_LEFT_OUT = {"w_del", "w_moveFrom", "w_instrText", "w_delText", "w_footnoteReference", "w_endnoteReference",
             "w_annotationRef", "w_pPr", "w_rPr", "w_tblPr", "w_tcPr", "w_sdtPr", "w_sdtEndPr"}  # fmt: skip
_SIGNS = {"w_tab": "\t", "w_ptab": "\t", "w_br": "\n", "w_cr": "\n", "w_noBreakHyphen": "-", "w_softHyphen": "\xad"}
_MAX_DEPTH = 60


@dataclass(slots=True)
class _Walk:
    styles: Styles
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    legacy: bool = False
    tracked: bool = False
    _boxes: list[Element] = field(default_factory=list)
    _in_table: int = 0
    _block: int = 0
    _carried: str = ""

    def whole(self, body: Element) -> None:
        """The whole text."""
        self.blocks(body)
        self._set_boxes(0)

    def blocks(self, parent: Element, side: str = "", depth: int = 0) -> None:
        """Everything that stands in a body, a cell or a text box, in order."""
        if depth > _MAX_DEPTH:
            raise refusal("bomb")
        for child in parent:
            if child.tag == "w_p":
                self.paragraph(child, side, depth)
            elif child.tag == "w_tbl":
                self.table(child, side, depth)
            elif child.tag == "mc_AlternateContent":
                self.blocks(_chosen(child), side, depth + 1)
            elif child.tag in INSIDE:
                self.blocks(child, side, depth + 1)

    def paragraph(self, element: Element, side: str, depth: int) -> None:
        properties = element.find("w_pPr")
        boxes: list[Element] = []
        style = value(properties, "w_pStyle")
        text = self._carried + self._text(list(_pieces(element, self.styles, style, boxes)))
        self._carried = ""
        if properties is not None and properties.find("w_rPr/w_del") is not None:
            self.tracked = True
            self._carried = text  # the mark of the paragraph is deleted: the next one goes on
        else:
            self._add(text, self.numbering.label(properties), side)
        self._boxes += boxes
        if not self._in_table and not is_caps(text):
            self._set_boxes(depth)

    def _set_boxes(self, depth: int) -> None:
        """What floats over the page stands behind the paragraph or the table that it hangs on.

        A name in capitals may go on in the next paragraph: it is read to its end first.
        """
        while self._boxes:
            self._block += 1
            self.blocks(self._boxes.pop(0), "", depth + 1)
            self._block += 1

    def _text(self, pieces: list[tuple[str, Look]]) -> str:
        text = ""
        for font, group in groupby(pieces, key=lambda piece: piece[1].font or ""):
            together = "".join(piece.upper() if look.caps and not decoder(font) else piece for piece, look in group)
            made = decoded(together, font)
            self.legacy |= made != together
            text += made
        made = likely(text)
        self.legacy |= made != text
        return made

    def _add(self, text: str, label: str | None, side: str) -> None:
        if label and text.strip():
            text = f"{label} {text.lstrip()}"
        first = True
        for piece in text.split("\n"):
            sided = None if side else split_line(piece.replace("\t", " " * 8))
            parts = sided or [(side, piece)]
            for each, part in parts:
                if tidy(part):
                    self.lines.append(Line(tidy(part), each, slack=999, whole=first, block=self._block))
            first = False

    def table(self, element: Element, side: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise refusal("bomb")
        rows = [cells_of(row) for row in rows_of(element)]
        self._in_table += 1
        if is_layout(rows):
            self._layout(rows, side, depth)
        else:
            self._data(rows, side, depth)
        self._in_table -= 1
        if not self._in_table:
            self._set_boxes(depth)

    def _data(self, rows: list[list[Element]], side: str, depth: int) -> None:
        """A line for each row; a table of one column is a frame around text."""
        if max(map(len, rows), default=0) == 1:
            for cell in itertools.chain(*rows):
                self.blocks(cell, side, depth + 1)
            return
        for row in rows:
            before = len(self.lines)
            for cell in row:
                self.blocks(cell, side, depth + 1)
            texts = [line.text for line in self.lines[before:]]
            del self.lines[before:]
            if texts:
                self.lines.append(
                    Line(" | ".join(texts), side, slack=999, whole=True, gap=True, block=self._block, row=True)
                )

    def _layout(self, rows: list[list[Element]], side: str, depth: int) -> None:
        """Column by column; the first is the left one, the last with words the right one."""
        filled = [[cell for cell in row if words_of(cell)] for row in rows]
        columns = max((len(row) for row in rows), default=0)
        for column, name in ((0, "left"), (1, "right")):
            for row, cells in zip(rows, filled, strict=True):
                self._block += 1
                for cell in cells:
                    right = row.index(cell) * 2 >= columns and columns > 1
                    if right == bool(column):
                        self.blocks(cell, side or (name if columns > 1 else ""), depth + 1)
        self._block += 1


def _chosen(element: Element) -> Element:
    """One of the alternatives, since all of them say the same."""
    found = next((child for child in element if child.tag in ("mc_Choice", "mc_Fallback")), None)
    return found if found is not None else element


def _pieces(
    element: Element, styles: Styles, style: str | None, boxes: list[Element], depth: int = 0
) -> Iterator[tuple[str, Look]]:
    """The letters of a paragraph with their look; text boxes that hang on it are put into `boxes`."""
    if depth > _MAX_DEPTH:
        raise refusal("bomb")
    for child in element:
        if child.tag == "w_r":
            yield from _run(child, styles, style, boxes)
        elif child.tag == "mc_AlternateContent":
            yield from _pieces(_chosen(child), styles, style, boxes, depth + 1)
        elif child.tag in INSIDE:
            yield from _pieces(child, styles, style, boxes, depth + 1)


def _run(run: Element, styles: Styles, style: str | None, boxes: list[Element]) -> Iterator[tuple[str, Look]]:
    properties = run.find("w_rPr")
    look = look_of(properties).over(styles.look(style, value(properties, "w_rStyle")))
    boxes.extend(_boxes(run))
    if look.hidden:
        return
    for child in run:
        if child.tag == "w_t":
            yield child.text or "", look
        elif child.tag == "w_sym":
            yield _symbol(child), Look(child.get("w_font"))
        elif child.tag in _SIGNS and child.tag not in _LEFT_OUT:
            yield _SIGNS[child.tag], look


def _symbol(element: Element) -> str:
    try:
        code = int(element.get("w_char", "20"), 16)
    except ValueError:
        return ""
    return chr(code & 0xFF if 0xF000 <= code <= 0xF0FF else code) if decoder(element.get("w_font", "")) else ""


def _boxes(element: Element, depth: int = 0) -> Iterator[Element]:
    if depth > _MAX_DEPTH:
        raise refusal("bomb")
    for child in element:
        if child.tag == "w_txbxContent":
            yield child
        elif child.tag == "mc_AlternateContent":
            yield from _boxes(_chosen(child), depth + 1)
        elif child.tag not in _LEFT_OUT:
            yield from _boxes(child, depth + 1)


def docx_lines(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of a Word file, and what was doubtful; raises DocumentError for a damaged or dangerous one."""
    package = Package(data)
    root = package.xml(package.main) if package.main else None
    body = root.find("w_body") if root is not None else None
    if root is None or body is None:
        raise refusal("unknown_kind" if root is None else "truncated")
    styles = Styles.of(package)
    walk = _Walk(styles, Numbering.of(package, styles))
    walk.whole(body)
    if not walk.lines and package.has_pictures:
        raise refusal("image")
    tracked = walk.tracked or any(next(root.iter(name), None) is not None for name in ("w_ins", "w_del"))
    return walk.lines, [*_notes(walk, tracked=tracked), *_left_out(root)]


def _left_out(root: Element) -> list[str]:
    notes = []
    if any(run.find("w_rPr/w_vanish") is not None and run.find("w_t") is not None for run in root.iter("w_r")):
        notes.append("Tệp có chữ ẩn, không in ra giấy; máy bỏ qua chữ ấy.")
    if next(root.iter("w_footnoteReference"), None) is not None:
        notes.append("Tệp có chú thích ở cuối trang; máy bỏ qua các chú thích ấy.")
    return notes


def _notes(walk: _Walk, *, tracked: bool) -> list[str]:
    notes = []
    if walk.numbering.lost:
        notes.append("Có số thứ tự tự động mà máy không tính được; xem lại số các mục với bản gốc.")
    if tracked:
        notes.append("Tệp còn dấu vết sửa (Track Changes); máy lấy chữ thêm vào và bỏ chữ đã xoá.")
    if walk.legacy:
        notes.append("Có chữ dùng phông cũ (TCVN3 hoặc VNI); máy đã đổi sang Unicode.")
    return notes
