"""Files that cannot be read are refused quickly, for their reason, in a sentence that says what to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.documents.bounds import MAX_BYTES
from bot.documents.reading import read_document
from bot.documents.refusals import REFUSALS, refusal
from bot.errors import DocumentError
from tests.documents.broken import REFUSED, WORD, archive, canvas_pdf, paragraph, pdf_bomb, word_file

CASES = [pytest.param(reason, make, id=name) for name, (reason, make) in REFUSED.items()]


@pytest.mark.parametrize(("reason", "make"), CASES)
def test_is_refused_for_its_reason_and_quickly(reason: str, make: Callable[[], bytes]) -> None:
    data = make()
    begun = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(data, "van-ban.docx")
    assert caught.value.reason == reason
    assert time.monotonic() - begun < 5


def test_a_pdf_that_unfolds_without_end_ends_only_its_reader() -> None:
    data = pdf_bomb(600_000_000)
    assert len(data) < MAX_BYTES
    begun = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(data, "van-ban.pdf", seconds=3)
    assert caught.value.reason in ("too_heavy", "scan")
    assert time.monotonic() - begun < 8


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(("- Sở Y tế.\n" * 130_000).encode(), seconds=1)
    assert caught.value.reason == "too_heavy"
    assert time.monotonic() - begun < 12


@pytest.mark.parametrize("name", ["van-ban.pdf", "van-ban.txt", "van-ban", "ảnh.png"])
def test_content_counts_and_not_the_name(name: str) -> None:
    data = word_file(paragraph("1. Sở Y tế chủ trì, phối hợp với các cơ quan."))
    assert [part.path for part in read_document(data, name).clauses] == ["1"]


def test_the_main_part_of_a_word_file_may_be_numbered() -> None:
    inside = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("1. Một việc.")}</w:body></w:document>'
    assert read_document(archive({"word/document2.xml": inside.encode()})).clauses[0].text == "Một việc."


def test_a_pdf_may_be_called_docx() -> None:
    data = canvas_pdf(lambda canvas: canvas.drawString(72, 700, "1. Xin moi ba con den tram y te xa de duoc tu van."))
    assert read_document(data, "van-ban.docx").clauses[0].path == "1"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / "khong-co.docx")
    assert caught.value.reason == "missing"


@pytest.mark.parametrize("reason", sorted(REFUSALS))
def test_every_refusal_says_what_is_wrong_and_what_to_do(reason: str) -> None:
    error = refusal(reason, limit=20, name="x.md")
    assert len(error.what.split()) >= 3
    assert len(error.mend.split()) >= 3
    assert "{" not in str(error)


def test_most_reasons_are_tried() -> None:
    tried = {reason for reason, _ in REFUSED.values()}
    assert len(REFUSED) >= 20
    assert set(REFUSALS) - tried == {
        "missing",
        "too_heavy",
        "too_many_pages",
        "too_long",
    }
