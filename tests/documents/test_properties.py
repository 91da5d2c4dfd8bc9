"""Whatever the bytes are, the reader gives a Document or refuses; whatever the text is, no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.document import Document
from bot.documents.kinds import parse
from bot.documents.reading import read_document
from bot.documents.text import text_lines
from bot.errors import DocumentError
from tests.documents.broken import canvas_pdf, paragraph, word_file

_LABEL = re.compile(r"(?:điều|chương|phần|mục|khoản|điểm|[ivxl]+|[a-zđ]{1,2})$")
WORD_FILE = word_file("".join(paragraph(f"{n}. Sở Y tế chủ trì, phối hợp với các cơ quan.") for n in range(1, 40)))
PDF_FILE = canvas_pdf(lambda canvas: canvas.drawString(72, 700, "1. Xin moi ba con den tram y te xa de duoc tu van."))
STARTS = st.sampled_from(
    ["", "1. ", "2. ", "a) ", "b) ", "I. ", "Điều 1. ", "- ", "Số: 05/CT-UBND ", "Kính gửi: ", "Nơi nhận: ",
     "QUYẾT ĐỊNH", "CHỦ TỊCH ", "PHỤ LỤC ", "V/v ", "Căn cứ ", "TM. ỦY BAN ", "2021. ",
     "Lai Châu, ngày 01 tháng 02 năm 2021 "]
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(["người", "dân", "cần", "khẩu", "trang;", "quy", "định.", "Sở", "tế,", "Trung", "Châu"]),
    max_size=20,
)
LINES = st.lists(st.builds(lambda start, words: start + " ".join(words), STARTS, WORDS), max_size=25)


def words(texts: Iterable[str]) -> Counter[str]:
    """Words by how often they stand; marks of clauses do not count, since a clause keeps its mark in its path."""
    found = (word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return Counter(word for word in found if not _LABEL.match(word))


def outcome(data: bytes, name: str = "") -> Document | None:
    try:
        return parse(data, name)
    except DocumentError:
        return None


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"\xff\xfe", b"{\\rt", b"\x00"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    outcome(start + data)


@settings(max_examples=60)
@given(st.integers(0, len(WORD_FILE) - 1), st.binary(min_size=1, max_size=6))
def test_any_damage_to_a_word_file_is_read_or_refused(at: int, change: bytes) -> None:
    outcome(WORD_FILE[:at] + change + WORD_FILE[at + len(change) :])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(PDF_FILE) - 1), st.binary(min_size=1, max_size=6))
def test_any_damage_to_a_pdf_is_read_or_refused(at: int, change: bytes) -> None:
    with suppress(DocumentError):
        read_document(PDF_FILE[:at] + change + PDF_FILE[at + len(change) :], "van-ban.pdf")


@given(st.text(max_size=300))
def test_no_word_of_any_text_is_lost(text: str) -> None:
    document = outcome(text.encode("utf-8", errors="replace"))
    if document is not None:
        lines, _ = text_lines(text.encode("utf-8", errors="replace"))
        assert words(part.text for part in document.clauses) == words(line.text for line in lines)


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_no_word_of_a_text_of_official_shape_is_lost(lines: list[str], glue: str) -> None:
    document = outcome(glue.join(lines).encode())
    if document is not None:
        assert words(part.text for part in document.clauses) == words(lines)
        paths = [part.path for part in document.clauses]
        assert len(paths) == len(set(paths))
        assert all(re.fullmatch(r"\S+", path) for path in paths)


@given(LINES)
def test_a_document_outlives_the_way_to_another_process(lines: list[str]) -> None:
    document = outcome("\n".join(lines).encode())
    assert document is None or Document.load(document.dump()) == document


@pytest.mark.parametrize(
    "text", ["a", "1.", "-", "Điều 1.", "Nơi nhận:", "PHỤ LỤC", "Kính gửi:", "Số:", "ngày", "V/v", "{"]
)
def test_a_single_line_is_a_document(text: str) -> None:
    assert isinstance(parse(text.encode()), Document)
