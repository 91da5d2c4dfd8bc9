"""Files that must be refused, quickly and in words for officers; and unusual ones that must not be."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reading import read_document
from bot.errors import DocumentError
from tests.documents import hostile
from tests.documents.judging import faults
from tests.documents.making_text import make_text
from tests.documents.samples import load

SECONDS = 15.0  # with room for a busy machine; a bomb that goes off takes minutes or all memory
SAMPLE = next(sample for sample in load() if sample.name == "quyet_dinh_dieu")


@pytest.mark.parametrize("build", [pytest.param(build, id=name) for name, build in hostile.HOSTILE.items()])
def test_is_refused_quickly_and_in_words(build: Callable[[Path], Path], tmp_path: Path) -> None:
    path = build(tmp_path)
    start = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert time.monotonic() - start < SECONDS
    assert "→" in str(caught.value)  # what is wrong, and how to mend it
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("locked docx", "password"),
        ("locked pdf", "password"),
        ("old word", "old_word"),
        ("old word renamed", "old_word"),
        ("scanned pdf", "scan"),
        ("empty docx", "empty"),
        ("truncated docx", "truncated"),
        ("huge pdf", "too_big"),
        ("photo", "image"),
    ],
)
def test_says_what_is_wrong(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(hostile.HOSTILE[name](tmp_path))
    assert caught.value.reason == reason


def _record_unless_refused(path: Path) -> dict[str, Any] | None:
    try:
        return read_document(path).to_record()
    except DocumentError:
        return None


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_wrong_ending_is_refused_or_read_for_what_the_file_is(ending: str, tmp_path: Path) -> None:
    whole = hostile.whole_pdf(tmp_path) if ending == "docx" else hostile.whole_docx(tmp_path)
    disguised = Path(shutil.copy(whole, tmp_path / f"doi-ten.{ending}"))
    found = _record_unless_refused(disguised)
    assert found is None or faults(SAMPLE, found) == []


# Texts that make a careless pattern try every way to match: each is well within any limit of size.
TIRING = {
    "blanks after the number": "Số:" + " " * 200_000 + "x",
    "blanks before a date": "Lai Châu, ngày" + " " * 200_000 + "tháng",
    "one long word": "a" * 300_000,
    "one long line": "Căn cứ Nghị định số 1/NĐ-CP ngày 01 tháng " * 6_000,
    "numbers without end": "1." * 100_000,
    "many marks on one line": "Điều 1. 1. a) - " * 15_000,
    "many short lines": "1. Giao\n" * 30_000,
    "many dashes": "-" * 200_000,
    "slashes": "12/" * 60_000,
    "capitals": "ỦY BAN NHÂN DÂN " * 15_000,
    "recipients": "Kính gửi:\n" + "- Sở Y tế;\n" * 20_000,
    "letters and signs": "A-B&C/" * 40_000,
    "nothing but tabs": "x" + "\t \n" * 60_000 + "x",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TIRING.items()])
def test_no_text_takes_long(text: str, tmp_path: Path) -> None:
    path = tmp_path / "dai.txt"
    path.write_text(text, encoding="utf-8")
    start = time.monotonic()
    record = _record_unless_refused(path)
    assert time.monotonic() - start < SECONDS
    assert record is None or record["date"] is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_notepad_writes_text_with_a_mark_in_front(encoding: str, tmp_path: Path) -> None:
    path = make_text(SAMPLE, tmp_path / "van-ban.txt")
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    assert faults(SAMPLE, read_document(path).to_record()) == []


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    assert faults(SAMPLE, read_document(hostile.print_locked_pdf(tmp_path)).to_record()) == []


def test_an_ending_in_capitals_is_read(tmp_path: Path) -> None:
    path = hostile.whole_docx(tmp_path).rename(tmp_path / "VAN BAN (1).DOCX")
    assert faults(SAMPLE, read_document(path).to_record()) == []
