"""Pages that do not stand as most do: on their side, with stamps over them, with small letters above the line."""

from __future__ import annotations

from collections.abc import Callable

import font_roboto
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.documents.document import Document
from bot.documents.reading import read_document
from tests.documents.broken import canvas_pdf

_WIDTH, _HEIGHT = A4
_CORNERS = {0: (0.0, 0.0), 90: (_WIDTH, 0.0), 180: (_WIDTH, _HEIGHT), 270: (0.0, _HEIGHT)}


def _read(draw: Callable[[Canvas], object]) -> Document:
    pdfmetrics.registerFont(TTFont("Roboto", font_roboto.Roboto))
    return read_document(canvas_pdf(draw), "van-ban.pdf")


def _clauses(canvas: Canvas) -> None:
    canvas.setFont("Roboto", 13)
    canvas.drawString(80, 400, "1. Sở Y tế chủ trì, phối hợp với các cơ quan liên quan.")
    canvas.drawString(80, 380, "2. Công an tỉnh bảo đảm trật tự tại các chợ phiên.")


@pytest.mark.parametrize("turn", _CORNERS)
def test_a_page_on_its_side_is_turned(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*_CORNERS[turn])
        canvas.rotate(turn)
        _clauses(canvas)
        canvas.setPageRotation(turn)

    assert [(part.path, part.text[:6]) for part in _read(draw).clauses] == [("1", "Sở Y t"), ("2", "Công a")]


@pytest.mark.parametrize("turn", [35, 90, 180])
def test_a_stamp_across_the_page_is_no_text_and_is_told(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        _clauses(canvas)
        canvas.translate(200, 360)
        canvas.rotate(turn)
        canvas.drawString(0, 0, "ĐÃ TIẾP NHẬN")

    found = _read(draw)
    assert not any("TIẾP" in part.text for part in found.clauses)
    assert any("con dấu" in note for note in found.notes)


@pytest.mark.parametrize(
    ("raised", "read"),
    [("2", "Mỗi hộ được 120 m2 đất vườn để trồng rau."), ("(1)", "Mỗi hộ được 120 m đất vườn để trồng rau.")],
)
def test_a_raised_number_is_a_footnote_unless_it_makes_square_metres(raised: str, read: str) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 400)
        text.setFont("Roboto", 13)
        text.textOut("1. Mỗi hộ được 120 m")
        text.setFont("Roboto", 8)
        text.setRise(5)
        text.textOut(raised)
        text.setFont("Roboto", 13)
        text.setRise(0)
        text.textOut(" đất vườn để trồng rau.")
        canvas.drawText(text)

    assert _read(draw).clauses[0].text == read


def test_cells_close_together_are_parted_by_their_border() -> None:
    def draw(canvas: Canvas) -> None:
        _clauses(canvas)
        canvas.setFont("Roboto", 10)
        canvas.grid([80, 112, 182, 300], [300, 320, 340])
        for y, row in ((325, ("TT", "Tên chợ", "Giờ mở cửa")), (305, ("12.", "Chợ San Thàng", "5 giờ"))):
            for x, text in zip((96, 114, 184), row, strict=True):
                canvas.drawString(x, y, text)

    text = _read(draw).clauses[-1].text
    assert text.endswith("TT | Tên chợ | Giờ mở cửa\n\n12. | Chợ San Thàng | 5 giờ")
