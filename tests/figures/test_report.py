"""The report, read back from the files that officers get."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.table import Table as DocxTable
from reportlab.pdfbase.ttfonts import TTFont

from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.figures import words
from bot.figures.gathering import Gathered
from bot.figures.overview import overview
from bot.figures.report import Dots, Heading, Paragraph, Report, Table, level_of, make_report
from bot.figures.setting import set_report
from tests.figures.samples import FEBRUARY, gathered

MADE = date(2021, 3, 5)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def report_of(guide: Guide, found: Gathered | None = None, made: date = MADE) -> Report:
    catalogue = guide.catalogue
    assert catalogue.report is not None
    seen = overview(found or gathered(), catalogue.intents)
    return make_report(catalogue.report, seen, catalogue, words.reason_words(guide), made)


def docx_lines(body: bytes) -> list[str]:
    """Every line of a Word file in order, also those in tables within it."""
    found: list[str] = []
    for item in Document(io.BytesIO(body)).iter_inner_content():
        if isinstance(item, DocxTable):
            found += [line.text for row in item.rows for cell in row.cells for line in cell.paragraphs]
        else:
            found.append(item.text)
    return found


def pdf_text(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read_back(body: bytes, ending: str) -> str:
    return squeezed("\n".join(docx_lines(body)) if ending == "docx" else pdf_text(body))


def all_words(report: Report) -> list[str]:
    found = [*report.organ, report.party, report.dated, report.kind, report.subject, report.opening]
    for piece in report.body:
        if isinstance(piece, Heading | Paragraph):
            found.append(piece.text)
        elif isinstance(piece, Table):
            found += [*piece.head, *(cell for row in piece.rows for cell in row)]
    return [*found, "Nơi nhận:", *report.recipients]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_all_words_and_figures_are_in_the_file_in_their_order(guide: Guide, ending: str) -> None:
    report = report_of(guide)
    text, at = read_back(set_report(report, ending), ending), 0
    left_out = "".join(report.organ)
    for each in all_words(report):
        wanted = squeezed(each)
        if each in (report.party, report.dated) or wanted in left_out:  # two columns: the order is the layout's
            assert wanted in text
            continue
        found = text.find(wanted, at)
        assert found >= 0, f"“{each}” is missing or out of order"
        at = found


def test_the_figures_are_those_that_were_counted(guide: Guide) -> None:
    text = "\n".join(all_words(report_of(guide)))
    for expected in (
        "1.200 câu hỏi", "1.000 câu (83,3%)", "100 câu (8,3%)", "tăng 600 (100,0%), kỳ trước 600",
        "từ ngày 01/02/2021 đến ngày 28/02/2021", "từ ngày 04/01/2021 đến ngày 31/01/2021",
        "trong vòng 1,2 giây", "36 lượt", "30 lượt cho là hữu ích", "mục 4 Công văn 58-CV/TU ngày 08/12/2020",
    ):  # fmt: skip
        assert expected in text, expected


def test_what_is_not_known_stays_dots(guide: Guide) -> None:
    empty = Gathered(FEBRUARY, None, [], [], {}, [], [], [], [])
    report = report_of(guide, empty)
    text = "\n".join(all_words(report))
    assert "Loa nhận 0 câu hỏi" in text
    assert f"trong vòng {words.UNKNOWN}, chín phần mười trong vòng {words.UNKNOWN}" in text
    assert f"31/01/2021): {words.UNKNOWN}." in text
    assert guide.catalogue.report is not None
    assert guide.catalogue.report.nothing in text
    for ending in ("docx", "pdf"):
        assert set_report(report, ending)


def test_number_and_signature_are_left_to_people(guide: Guide) -> None:
    report = report_of(guide)
    assert re.fullmatch(r"Số\s+-BC/BTG", report.number)
    assert sum(piece.lines for piece in report.body if isinstance(piece, Dots)) >= 6
    lines = docx_lines(set_report(report, "docx"))
    after = lines[lines.index("Nơi nhận:") :]
    assert not [line for line in after[1 + len(report.recipients) :] if line.strip("… ")], "nobody's name is made up"


@pytest.mark.parametrize(
    ("made", "dated"),
    [
        (date(2021, 2, 5), "ngày 05 tháng 02 năm 2021"),
        (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021"),
        (date(2020, 12, 31), "ngày 31 tháng 12 năm 2020"),
    ],
)
def test_the_date_is_written_as_the_form_asks(guide: Guide, made: date, dated: str) -> None:
    assert report_of(guide, made=made).dated == f"Lai Châu, {dated}"


@pytest.mark.parametrize(
    ("heading", "level"),
    [("I. KẾT QUẢ", 1), ("II- KẾT QUẢ", 1), ("1. Số", 2), ("12- Số", 2), ("a) Theo", 3), ("đ) X", 3)],
)
def test_headings_have_their_level(heading: str, level: int) -> None:
    assert level_of(heading) == level


@pytest.mark.parametrize("cut", ["Regular", "Bold"])
def test_the_font_has_every_vietnamese_letter(cut: str) -> None:
    font: Any = TTFont("x", str(files("font_source_serif_pro") / "files" / f"SourceSerifPro-{cut}.ttf"))
    missing = [letter for letter in LETTERS + LETTERS.upper() + "…–“”%" if ord(letter) not in font.face.charToGlyph]
    assert missing == []


def test_the_pdf_carries_its_fonts(guide: Guide) -> None:
    body = set_report(report_of(guide), "pdf")
    assert body.count(b"/FontFile2") >= 2
    assert b"SourceSerifPro" in body


def test_the_pdf_is_of_a4_pages_with_ink_on_them(guide: Guide) -> None:
    document = pypdfium2.PdfDocument(set_report(report_of(guide), "pdf"))
    assert len(document) >= 2
    for page in document:
        assert [round(each) for each in page.get_size()] == [595, 842]
        dark = sum(page.render(scale=0.5).to_pil().convert("L").histogram()[:128])
        assert dark > 100


def test_word_numbers_the_pages_after_the_first(guide: Guide) -> None:
    section = Document(io.BytesIO(set_report(report_of(guide), "docx"))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.paragraphs[0].text == ""


def test_words_of_officers_are_never_read_as_markup(guide: Guide) -> None:
    hostile = "<b>đậm</b> & <script>alert(1)</script> {questions}"
    assert guide.catalogue.report is not None
    frame = replace(guide.catalogue.report, subject=hostile, nothing=hostile)
    seen = overview(gathered(), guide.catalogue.intents)
    report = make_report(frame, seen, guide.catalogue, {}, MADE)
    assert report.subject == "<b>đậm</b> & <script>alert(1)</script> 1.200"
    for ending in ("docx", "pdf"):
        assert squeezed(report.subject) in read_back(set_report(report, ending), ending)


def test_a_clause_that_is_gone_leaves_dots(catalogue: Catalogue) -> None:
    assert catalogue.report is not None
    frame = replace(catalogue.report, basis="UBND@1999#1")
    seen = overview(gathered(), catalogue.intents)
    assert f"Thực hiện {words.UNKNOWN} về việc" in make_report(frame, seen, catalogue, {}, MADE).opening
