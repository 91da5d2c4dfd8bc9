"""PDF files with a text layer. Scans are refused, since a machine's guess is no source."""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as pdfium

from .bounds import MAX_LETTERS, MAX_PAGES
from .fonts import share
from .head_lines import is_stamp
from .lines import Line
from .pdf_glyphs import glyphs, runs, upright, without_references
from .pdf_lines import lines
from .pdf_margins import without_margins
from .pdf_rows import Row, page_rows
from .pdf_rules import rules
from .pdf_tables import parting, tables
from .refusals import refusal

_LEAST = 20  # letters a page
_VIETNAMESE = 0.35
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\0-\x08\x0e-\x1f]")


def _open(data: bytes) -> pypdfium2.PdfDocument:
    if b"%%EOF" not in data[-4096:]:
        raise refusal("truncated")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise refusal(
            "password" if code == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error) else "truncated"
        ) from error


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Row]], bool, int]:
    """The rows of all pages, whether some were set in a font from before Unicode, and how many letters lean."""
    found: list[list[Row]] = []
    letters, legacy, leaning = 0, False, 0
    for number in range(len(document)):
        try:
            sheet = document[number]
            page = sheet.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise refusal("truncated") from error
        letters += pdfium.FPDFText_CountChars(page)
        if letters > MAX_LETTERS:
            raise refusal("too_long", MAX_LETTERS)
        upright_ones, turn, others = upright(glyphs(page))
        leaning += others
        grids = tables(rules(sheet, turn))
        read = without_references(runs(upright_ones, parting(grids) if grids else None))
        legacy |= any(run.legacy for run in read)
        found.append(page_rows(read, grids, number))
    return found, legacy, leaning


def _is_recognised(document: pypdfium2.PdfDocument) -> bool:
    """Whether the letters of the first page are invisible: a machine guessed them behind the picture of a scan."""
    texts = list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])) if len(document) else []
    hidden = [pdfium.FPDFTextObj_GetTextRenderMode(text) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for text in texts]
    return bool(hidden) and sum(hidden) * 2 > len(hidden)


def _without_stamps(found: list[Line]) -> str:
    """The words that are no stamp of a digital signature; a signed scan often has no others."""
    stamped = {at + more for at, line in enumerate(found) if is_stamp(line.text) for more in range(3)}
    return "\n".join(line.text for at, line in enumerate(found) if at not in stamped)


def _check(text: str, pages: int) -> None:
    letters = sum(char.isalpha() for char in text)
    if letters < _LEAST * pages or not letters:
        raise refusal("scan")
    if len(_UNREADABLE.findall(text)) * 5 > len(text) or (letters > 200 and share(text) < _VIETNAMESE):
        raise refusal("garbled")


def pdf_lines(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of a PDF, and what was doubtful; raises DocumentError for one that is locked, broken or a scan."""
    document = _open(data)
    if len(document) > MAX_PAGES:
        raise refusal("too_many_pages", MAX_PAGES)
    pages, legacy, leaning = _pages(document)
    kept, gone = without_margins(pages)
    found = lines(kept)
    _check(_without_stamps(found), len(pages))
    notes = _notes(pages, gone)
    if leaning:
        notes.append("Bỏ chữ in nghiêng hoặc in dọc đè lên trang (con dấu, chữ chìm); xem lại với bản gốc.")
    if legacy:
        notes.append("Có chữ dùng phông cũ (TCVN3 hoặc VNI); máy đã đổi sang Unicode.")
    if _is_recognised(document):
        notes.append("Lớp chữ do máy đoán từ ảnh quét, có thể sai dấu; so lại từng chữ với bản giấy.")
    return found, notes


def _notes(pages: list[list[Row]], gone: int) -> list[str]:
    notes = [f"Trang {at} không có lớp chữ; có thể là trang quét." for at, page in enumerate(pages, 1) if not page]
    if gone:
        notes.append(f"Bỏ {gone} dòng số trang, đầu trang, cuối trang hoặc chú thích cuối trang.")
    return notes
