"""PDF pages: what belongs together is joined, what belongs to the page is dropped."""

from __future__ import annotations

from collections.abc import Callable

import font_roboto
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.documents.document import Document
from bot.documents.kinds import parse
from tests.documents.broken import canvas_pdf

WIDE = 66


def document(*pages: Callable[[Canvas], None]) -> Document:
    def draw(canvas: Canvas) -> None:
        pdfmetrics.registerFont(TTFont("Roboto", font_roboto.Roboto))
        for at, page in enumerate(pages):
            if at:
                canvas.showPage()
            page(canvas)

    return parse(canvas_pdf(draw), "van-ban.pdf")


def page(*lines: str, foot: str = "", note: str = "") -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Roboto", 12)
        for at, line in enumerate(lines):
            canvas.drawString(80, 760 - 18 * at, line)
        canvas.drawCentredString(300, 30, foot)
        canvas.setFont("Roboto", 8)
        canvas.drawString(80, 60, note)

    return draw


def clauses(found: Document) -> dict[str, str]:
    return {part.path: part.text for part in found.clauses}


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    found = document(
        page("1. Sở Y tế chủ trì, phối hợp với các cơ quan, đơn vị liên quan tổ chức", foot="Trang 1/2"),
        page("xét nghiệm cho người về từ vùng dịch theo hướng dẫn của Bộ Y tế,", "không thu tiền.", foot="Trang 2/2"),
    )
    text = "Sở Y tế chủ trì, phối hợp với các cơ quan, đơn vị liên quan tổ chức xét nghiệm cho người về từ vùng dịch"
    assert clauses(found) == {"1": f"{text} theo hướng dẫn của Bộ Y tế, không thu tiền."}
    assert any("Bỏ 2 dòng" in note for note in found.notes)


def test_a_number_torn_at_a_line_end_is_whole_again() -> None:
    found = document(
        page(
            "1. Các cơ quan, đơn vị tiếp tục thực hiện nghiêm Chỉ thị số 16/CT-",
            "TTg ngày 31/3/2020 của Thủ tướng Chính phủ và Nghị định số 117/2020/",
            "NĐ-CP ngày 28/9/2020 của Chính phủ về xử phạt trong lĩnh vực y tế.",
        )
    )
    assert [(cite.number, cite.date) for cite in found.cites] == [
        ("16/CT-TTg", "2020-03-31"),
        ("117/2020/NĐ-CP", "2020-09-28"),
    ]
    assert "16/CT-TTg ngày" in clauses(found)["1"]


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Roboto", 11)
        pairs = [
            ("UBND TỈNH LAI CHÂU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("SỞ Y TẾ", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 12/SYT-NVY", "Lai Châu, ngày 03 tháng 02 năm 2021"),
        ]
        for at, (left, right) in enumerate(pairs):
            canvas.drawCentredString(160, 780 - 16 * at, left)
            canvas.drawCentredString(400, 780 - 16 * at, right)
        canvas.drawString(80, 700, "1. Các đơn vị báo cáo trước ngày 10/02/2021.")
        canvas.drawString(80, 660, "Nơi nhận:")
        canvas.drawString(80, 644, "- Như trên;")
        canvas.drawString(80, 628, "- Lưu: VT.")
        canvas.drawCentredString(400, 658, "GIÁM ĐỐC")
        canvas.drawCentredString(400, 580, "Nguyễn Thị Mẫu")

    found = document(draw)
    assert clauses(found)["head"].split("\n\n") == [
        "UBND TỈNH LAI CHÂU", "SỞ Y TẾ", "Số: 12/SYT-NVY", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Lai Châu, ngày 03 tháng 02 năm 2021",
    ]  # fmt: skip
    assert clauses(found)["end"] == "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Thị Mẫu"
    assert (found.issuer, found.signer, found.recipients) == ("Sở Y tế", "Nguyễn Thị Mẫu", ("Như trên", "Lưu: VT"))


def test_footnotes_and_their_numbers_are_left_out() -> None:
    body = [f"{at}. Việc thứ {at} của các cơ quan, đơn vị trên địa bàn tỉnh trong năm 2021." for at in range(1, 8)]
    found = document(page(*body, note="1 Theo số liệu của ngành y tế."))
    assert "số liệu" not in " ".join(clauses(found).values())
    assert list(clauses(found)) == [str(at) for at in range(1, 8)]


def test_an_annex_heading_on_every_page_is_no_running_title() -> None:
    found = document(
        page("1. Nội dung chính của văn bản này.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu"),
        page("PHỤ LỤC 1", "1. Xã một của huyện."),
        page("PHỤ LỤC 2", "1. Xã hai của huyện."),
    )
    assert [path for path in clauses(found) if path.startswith("phu")] == [
        "phu-luc-1", "phu-luc-1.1", "phu-luc-2", "phu-luc-2.1"
    ]  # fmt: skip


def test_letters_that_a_machine_guessed_behind_a_scan_are_told() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 700)
        text.setFont("Roboto", 12)
        text.setTextRenderMode(3)
        text.textLine("1. Sở Y tế chủ trì, phối hợp với các cơ quan.")
        canvas.drawText(text)

    assert any("ảnh quét" in note for note in document(draw).notes)
    seen = document(page("1. Sở Y tế chủ trì, phối hợp với các cơ quan."))
    assert not any("ảnh quét" in note for note in seen.notes)


def test_a_page_without_letters_is_told() -> None:
    lines = [f"{at}. Sở Y tế chủ trì, phối hợp với các cơ quan." for at in range(1, 5)]
    found = document(page(*lines), lambda canvas: canvas.rect(80, 80, 300, 300))
    assert any(note.startswith("Trang 2 không có lớp chữ") for note in found.notes)
