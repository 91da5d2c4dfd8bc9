"""Marks before clauses, and the paths they give."""

from __future__ import annotations

import pytest

from bot.documents.clauses import read_clauses
from bot.documents.kinds import parse
from bot.documents.lines import Paragraph
from bot.documents.marks import LETTERS, marks


def paths(*texts: str) -> list[str]:
    return [part.path for part in read_clauses(map(Paragraph, texts), "preamble")[0]]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("1. A", "2. B", "a) c", "b) d", "3. E"), ["1", "2", "2.a", "2.b", "3"]),
        (("1- A", "2 - B", "3/ C", "4) D"), ["1", "2", "3", "4"]),
        (("Điều 1. A", "1. B", "a) C", "Điều 2: D", "ĐIỀU 3. E"), ["1", "1.1", "1.1.a", "2", "3"]),
        (("I. A", "1. B", "II- C", "1- D", "a) E"), ["I", "I.1", "II", "II.1", "II.1.a"]),
        (("A. X", "I. Y", "1. Z", "B. T", "I. U"), ["A", "A.I", "A.I.1", "B", "B.I"]),
        (("1. A", "1.1. B", "1.2 C", "1.2.1. D", "a) E", "2. F"), ["1", "1.1", "1.2", "1.2.1", "1.2.1.a", "2"]),
        (
            ("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. A", "Chương II. B", "Mục 1. C", "Điều 2. D"),
            ["chuong-i", "1", "chuong-ii", "chuong-ii.muc-1", "2"],
        ),
        (("Chương I", "Điều 1. A", "Chương II", "Điều 1. B"), ["chuong-i", "1", "chuong-ii", "chuong-ii.1"]),
        (("Lời dẫn", "1. A"), ["preamble", "1"]),
        (("I. A", "1. B", "2. C", "II. D", "3. E"), ["I", "I.1", "I.2", "II", "II.3"]),
        (("1. Sửa đổi:", "“Điều 6. A", "1. B", "2. C.”", "2. D"), ["1", "2"]),
        (("1. Sửa đổi:", '"Điều 6. A', "1. B", '2. C."', "2. D"), ["1", "2"]),
        (("1. Gọi là “nhà văn hóa", "2. B", "3. C"), ["1", "2", "3"]),
        (("1. A", "i) B"), ["1", "1.i"]),
        (("I. A", "II. B"), ["I", "II"]),
        (("Phần thứ nhất", "I. A"), ["phan-thu-nhat", "phan-thu-nhat.I"]),
    ],
)
def test_paths(texts: tuple[str, ...], expected: list[str]) -> None:
    assert paths(*texts) == expected


def test_letters_follow_the_vietnamese_order() -> None:
    assert paths("1. A", *(f"{letter}) x" for letter in LETTERS))[1:] == [f"1.{letter}" for letter in LETTERS]


@pytest.mark.parametrize(
    "text",
    [
        "2021. Các",
        "3. Ba",
        "16/CT-TTg ngày",
        "1.500 người",
        "2-3 người",
        "24/24 giờ",
        "30/4/2021 là",
        "5K và",
        "Điều 5 khoản 2",
    ],
)
def test_what_only_looks_like_a_mark_stays_in_its_clause(text: str) -> None:
    assert paths("1. A", text) == ["1"]


def test_a_number_left_out_is_told() -> None:
    parts, notes = read_clauses(map(Paragraph, ("1. A", "2. B", "4. D")), "preamble")
    assert parts[1].text == "B\n\n4. D"
    assert len(notes) == 1
    assert "4. D" in notes[0]


def test_a_doubtful_mark_counts_only_as_the_next_one() -> None:
    next_one = [Paragraph("1. A"), Paragraph("2. B", doubt=True), Paragraph("9. c", doubt=True)]
    parts, _ = read_clauses(next_one, "preamble")
    assert [(part.path, part.text) for part in parts] == [("1", "A"), ("2", "B 9. c")]


@pytest.mark.parametrize(
    "text", ["Mục 1 dẫn yêu cầu 5K", "Phần này nêu", "Chương trình 135", "a là", "Ivan", "Kế hoạch"]
)
def test_sentences_are_no_headings(text: str) -> None:
    assert not marks(text)


def test_annexes_count_anew_under_their_own_path() -> None:
    text = """Số: 05/QĐ-UBND

QUYẾT ĐỊNH

Điều 1. Ban hành kèm theo Quyết định này hai phụ lục.

Điều 2. Quyết định này có hiệu lực từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn Mẫu

PHỤ LỤC I
DANH SÁCH XÃ
1. Xã một
2. Xã hai
PHỤ LỤC II
1. Bản một
"""
    found = [part.path for part in parse(text.encode()).clauses if part.path not in ("head", "end")]
    assert found == ["1", "2", "phu-luc-1", "phu-luc-1.1", "phu-luc-1.2", "phu-luc-2", "phu-luc-2.1"]
