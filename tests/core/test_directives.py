from __future__ import annotations

import unicodedata

import pytest

from bot.core.directives import Clause, find_quote, label_of, mark_quotes, quote_fault

CLAUSE = Clause(
    "UBND@2021",
    "2",
    "Hạn chế tối đa các hoạt động có tập trung đông người;\nvận động hạn chế số người tham gia đám cưới, lễ tang..; "
    "thực hiện nghiêm yêu cầu 5K (đeo khẩu trang, không tập trung đông người, khai báo y tế). Không để lây lan.",
)

STANDS = [
    "vận động hạn chế số người tham gia đám cưới, lễ tang",
    "vận  động\nhạn chế số người",
    "Hạn chế tối đa các hoạt động […] vận động hạn chế số người",
    "thực hiện nghiêm yêu cầu 5K [...] khai báo y tế",
    "không tập trung đông người, khai báo y tế",
]
DOES_NOT = {
    "one word other": "vận động hạn chế số khách tham gia đám cưới",
    "one letter other": "vận động hạn chế số người tham dia đám cưới",
    "a negation dropped": "đeo khẩu trang, tập trung đông người",
    "begins after không": "tập trung đông người, khai báo y tế",
    "begins after hạn chế": "số người tham gia đám cưới",
    "begins after Không": "để lây lan ra rộng",
    "case changed": "Vận động hạn chế số người tham gia",
    "parts in the wrong order": "khai báo y tế […] vận động hạn chế số người",
    "half a word": "ận động hạn chế số người",
    "too short": "vận động hạn",
    "too short but for the elision": "vận động […] hạn",
    "single words strung together": "dừng […] đám cưới, lễ tang",
    "from one sentence into the middle of another": "Hạn chế tối đa các hoạt động […] đeo khẩu trang, không tập trung",
    "another clause": "coi người nhập cảnh trái phép như người nghi nhiễm",
}


@pytest.mark.parametrize("quote", STANDS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_quotation_stands(quote: str, form: str) -> None:
    assert quote_fault(CLAUSE, unicodedata.normalize(form, quote)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("quote", DOES_NOT.values(), ids=DOES_NOT.keys())
def test_a_quotation_does_not_stand(quote: str) -> None:
    assert quote_fault(CLAUSE, quote)


def test_a_part_that_stands_twice_is_found_where_its_meaning_is_kept() -> None:
    text = "không tập trung đông người. Nơi tập trung đông người cần khẩu trang."
    ((begin, _),) = find_quote(text, "tập trung đông người")
    assert begin > text.index("Nơi")


def test_marked_words_are_the_quoted_ones_and_nothing_is_lost() -> None:
    runs = mark_quotes(CLAUSE, ("thực hiện nghiêm yêu cầu 5K […] khai báo y tế",))
    assert [text for text, marked in runs if marked] == ["thực hiện nghiêm yêu cầu 5K", "khai báo y tế"]
    assert "".join(text for text, _ in runs).split() == CLAUSE.text.split()


def test_without_quotes_the_clause_is_one_plain_run() -> None:
    assert [marked for _, marked in mark_quotes(CLAUSE, ())] == [False]


@pytest.mark.parametrize(
    ("path", "label"),
    {
        "6": "mục 6", "6.a": "mục 6.a", "II.3.b": "mục II.3.b", "1-2": "mục 1-2",
        "preamble": "phần mở đầu", "head": "phần đầu văn bản", "end": "phần cuối văn bản",
        "phu-luc": "Phụ lục", "phu-luc.2.1": "Phụ lục, mục 2.1", "phu-luc-1.1": "Phụ lục 1, mục 1",
        "phu-luc-b.1.a": "Phụ lục B, mục 1.a", "phu-luc-2.end": "Phụ lục 2, phần cuối văn bản",
        "chuong-i": "Chương I", "chuong-ii.1": "Chương II, mục 1", "chuong-ii.muc-1": "Chương II, Mục 1",
        "chuong-ii.muc-1.4.b": "Chương II, Mục 1, mục 4.b", "phan-thu-nhat": "Phần thứ nhất",
        "phuong-an": "mục phuong-an",
    }.items(),
)  # fmt: skip
def test_a_clause_is_called_by_a_name_that_people_say(path: str, label: str) -> None:
    assert label_of(path) == Clause("A@2021", path, "").label == label
