"""The report as .docx, set as administrative documents are: 14 points, margins of 2, 2, 3 and 1.5 cm."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from .report import Dots, Heading, Paragraph, Report, Table

_FONT, _SIZE = "Times New Roman", 14
_CENTRE, _RIGHT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_WIDTH = 16.5


def as_docx(report: Report) -> bytes:
    """The document as the bytes of a file."""
    document = _blank(report)
    _head(document, report)
    _title(document, report)
    _line(document, report.opening, indent=True)
    for piece in report.body:
        _add(document, piece)
    _foot(document, report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank(report: Report) -> Docx:
    document = Document()
    document.core_properties.title = f"{report.kind} {report.subject}"
    document.core_properties.author = report.organ[-1] if report.organ else ""
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    _number_pages(section)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(0)
    return document


def _number_pages(section: Section) -> None:
    """From the second page on, in the middle of the upper margin."""
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = _CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = line.add_run()._r
        part = run.makeelement(qn("w:fldChar" if kind else "w:instrText"), {})
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)


def _head(document: Docx, report: Report) -> None:
    """Organ and number on the left, the Party and the date on the right, in a table without lines."""
    left, right = _two(document)
    for at, name in enumerate(report.organ):
        _write(left, name, bold=at == len(report.organ) - 1)
    _write(left, "*")
    _write(left, report.number)
    _write(right, report.party, bold=True, underline=True)
    for _ in report.organ:
        _write(right, "")
    _write(right, report.dated, italic=True)


def _two(document: Docx) -> tuple[_Cell, _Cell]:
    table = document.add_table(1, 2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Cm(_WIDTH * 0.48), Cm(_WIDTH * 0.52)
    return left, right


def _write(cell: _Cell, text: str, *, align: WD_ALIGN_PARAGRAPH = _CENTRE, size: int = 13, **style: bool) -> None:
    """A line of a cell; the empty one that every cell begins with is used first."""
    first = cell.paragraphs[0]
    line = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    line.alignment = align
    run: Any = line.add_run(text)
    run.font.size = Pt(size)
    for name, value in style.items():
        setattr(run, name, value)


def _title(document: Docx, report: Report) -> None:
    for at, text in enumerate((report.kind, report.subject)):
        line = document.add_paragraph()
        line.alignment = _CENTRE
        line.paragraph_format.space_before = Pt(18 if at == 0 else 0)
        run = line.add_run(text)
        run.bold = True
        run.font.size = Pt(16 if at == 0 else _SIZE)
    rule = document.add_paragraph("-----")
    rule.alignment = _CENTRE
    rule.paragraph_format.space_after = Pt(8)


def _line(document: Docx, text: str, *, indent: bool = False) -> Line:
    line = document.add_paragraph(text)
    line.alignment = _JUSTIFY
    line.paragraph_format.space_after = Pt(6)
    if indent:
        line.paragraph_format.first_line_indent = Cm(1.27)
    return line


def _add(document: Docx, piece: Heading | Paragraph | Table | Dots) -> None:
    if isinstance(piece, Heading):
        line = document.add_paragraph()
        line.paragraph_format.first_line_indent = Cm(1.27)
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(4), Pt(6)
        line.paragraph_format.keep_with_next = True
        run = line.add_run(piece.text)
        run.bold, run.italic = piece.level < 3, piece.level == 3
    elif isinstance(piece, Paragraph):
        _line(document, piece.text, indent=True)
    elif isinstance(piece, Dots):
        for _ in range(piece.lines):
            line = _line(document, "\t")
            line.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    else:
        _table(document, piece)


def _table(document: Docx, table: Table) -> None:
    made = document.add_table(1 + len(table.rows), len(table.head), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [_WIDTH - 2.6 * (len(table.head) - 1), *[2.6] * (len(table.head) - 1)]
    for row, texts in zip(made.rows, (table.head, *table.rows), strict=True):
        is_head = texts is table.head
        row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Cm(widths[at])
            align = _CENTRE if is_head else (_RIGHT if at else WD_ALIGN_PARAGRAPH.LEFT)
            _write(cell, text, align=align, size=12, bold=is_head)
    properties = made.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _foot(document: Docx, report: Report) -> None:
    """Whom it goes to on the left; on the right room for office, signature and name, which nobody knows yet."""
    document.add_paragraph()
    left, right = _two(document)
    _write(left, "Nơi nhận:", align=WD_ALIGN_PARAGRAPH.LEFT, size=12, underline=True)
    for each in report.recipients:
        _write(left, f"- {each}", align=WD_ALIGN_PARAGRAPH.LEFT, size=12)
    for text in ("…………………………", "", "", "", "", "…………………………"):
        _write(right, text)
