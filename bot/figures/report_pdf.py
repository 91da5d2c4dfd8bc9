"""The report as .pdf, with a font inside that has all Vietnamese letters."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from .report import Dots, Heading, Paragraph, Report, Table

_FONT, _BOLD = "LoaSerif", "LoaSerifBold"
# Six points on both sides belong to the frame.
_WIDTH = A4[0] - 4.5 * cm - 12
_PAD = ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)


def as_pdf(report: Report) -> bytes:
    """The document as the bytes of a file."""
    _fonts()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=3 * cm, rightMargin=1.5 * cm, topMargin=2 * cm, bottomMargin=2 * cm,
        title=f"{report.kind} {report.subject}", author=report.organ[-1] if report.organ else "", lang="vi",
    )  # fmt: skip
    flow: list[Any] = [_head(report), Spacer(1, 18), *_title(report), _text(report.opening, first=1.27 * cm)]
    for piece in report.body:
        flow.extend(_set(piece))
    document.build([*flow, Spacer(1, 14), _foot(report)], onLaterPages=_page_number)
    return out.getvalue()


@lru_cache(1)
def _fonts() -> None:
    """Source Serif: its upright cuts have every Vietnamese letter, its italics do not, so nothing is set in italics."""
    folder = files("font_source_serif_pro") / "files"
    registerFont(TTFont(_FONT, str(folder / "SourceSerifPro-Regular.ttf")))
    registerFont(TTFont(_BOLD, str(folder / "SourceSerifPro-Bold.ttf")))
    registerFontFamily(_FONT, normal=_FONT, bold=_BOLD, italic=_FONT, boldItalic=_BOLD)


def _text(
    text: str, *, align: int = TA_JUSTIFY, size: float = 13, bold: bool = False, first: float = 0, after: float = 6,
    keep: bool = False, underline: bool = False,
) -> Any:  # fmt: skip
    style = ParagraphStyle(
        "text", fontName=_BOLD if bold else _FONT, fontSize=size, leading=size * 1.35, alignment=align,
        firstLineIndent=first, spaceAfter=after, keepWithNext=keep,
    )  # fmt: skip
    words = escape(text)
    return Text(f"<u>{words}</u>" if underline else words or "&nbsp;", style)


def _centred(text: str, **style: Any) -> Any:
    return _text(text, align=TA_CENTER, size=style.pop("size", 12), after=0, **style)


def _head(report: Report) -> Any:
    """Organ and number on the left, the Party and the date on the right."""
    left = [_centred(name, bold=at == len(report.organ) - 1) for at, name in enumerate(report.organ)]
    left += [_centred("*"), _centred(report.number.replace(" ", "\u00a0"))]
    right = [_centred(report.party, bold=True, underline=True), *(_centred("") for _ in report.organ)]
    return Grid(
        [[left, [*right, _centred(report.dated)]]], colWidths=[_WIDTH * 0.47, _WIDTH * 0.53],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_PAD],
    )  # fmt: skip


def _title(report: Report) -> list[Any]:
    return [
        _centred(report.kind, bold=True, size=15), _centred(report.subject, bold=True, size=13), _centred("-----"),
        Spacer(1, 8),
    ]  # fmt: skip


def _set(piece: Heading | Paragraph | Table | Dots) -> list[Any]:
    if isinstance(piece, Heading):
        return [_text(piece.text, bold=piece.level < 3, first=1.27 * cm, keep=True)]
    if isinstance(piece, Paragraph):
        return [_text(piece.text, first=1.27 * cm)]
    if isinstance(piece, Dots):
        dots = "." * int(_WIDTH / stringWidth(".", _FONT, 13) - 2)
        return [_text(dots) for _ in range(piece.lines)]
    return [CondPageBreak(2.5 * cm), _grid(piece), Spacer(1, 8)]


def _grid(table: Table) -> Any:
    rows = [[_centred(cell, bold=True, size=11) for cell in table.head]]
    for row in table.rows:
        rows.append([_text(cell, align=TA_RIGHT if at else 0, size=11, after=0) for at, cell in enumerate(row)])
    narrow = 2.55 * cm
    widths = [_WIDTH - narrow * (len(table.head) - 1), *[narrow] * (len(table.head) - 1)]
    style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Grid(rows, colWidths=widths, repeatRows=1, style=style)


def _foot(report: Report) -> Any:
    """Whom it goes to on the left; on the right room for office, signature and name, which nobody knows yet."""
    left = [_text("Nơi nhận:", align=0, size=11, after=0, underline=True)]
    left += [_text(f"- {each}", align=0, size=11, after=0) for each in report.recipients]
    right = [_centred("…………………………"), Spacer(1, 60), _centred("…………………………")]
    return Grid(
        [[left, right]], colWidths=[_WIDTH * 0.5, _WIDTH * 0.5], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *_PAD],
    )  # fmt: skip


def _page_number(canvas: Any, _: Any) -> None:
    """From the second page on, in the middle of the upper margin."""
    canvas.setFont(_FONT, 12)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 1.2 * cm, str(canvas.getPageNumber()))
