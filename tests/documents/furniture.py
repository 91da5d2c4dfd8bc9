"""What stands around the text of a Word file: boxes that float over the page, cells that are merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.table import Table

_SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def add_boxes(document: Document, texts: Sequence[str]) -> None:
    """A box each, anchored in the first paragraph: Word keeps every one twice, for new programs and for old ones."""
    body: Any = document.element.body
    for text in texts:
        content = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
        graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
        drawing = f"<w:drawing><wp:anchor>{graphic}</wp:anchor></w:drawing>"
        picture = f"<w:pict><v:rect><v:textbox>{content}</v:textbox></v:rect></w:pict>"
        choice = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
        run = f"<w:r {_SPACES}><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
        next(body.iter("{*}p")).append(parse_xml(run))


def merge_cells(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Merge every cell `<` with the one on its left and every `^` with the one above."""
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in ("<", "^"):
                cell = table.cell(y, x)
                cell.paragraphs[0].text = ""
                table.cell(y - (text == "^"), x - (text == "<")).merge(cell)
