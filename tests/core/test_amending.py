"""What a directive does to other documents, as such sentences are really written, and what is no such act."""

from __future__ import annotations

import re
import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.amending import Amendment, amendments
from bot.core.catalogue import Catalogue
from bot.core.directives import Directive
from bot.core.touched import touched
from bot.core.validity import validity
from bot.core.vietnamese import strip_marks
from tests.core.directive_texts import directive

Act = tuple[str, str | None, str | None, tuple[str, ...]]
OLD, NEW = "28/01/2021", "2021-01-28"

ACTS: dict[str, tuple[str, list[Act]]] = {
    "a whole document": (
        f"Chỉ thị này thay thế Chỉ thị số 05/CT-UBND ngày {OLD} của Chủ tịch UBND tỉnh.",
        [("replaces", "05/CT-UBND", NEW, ())],
    ),
    "a part of one": (
        "Bãi bỏ khoản 2, Mục 1 Công văn số 58-CV/TU, ngày 08/12/2020 của Tỉnh ủy.",
        [("repeals", "58-CV/TU", "2020-12-08", ("1.2",))],
    ),
    "two points, one of them đ": (
        "Dừng thực hiện các nội dung tại điểm a khoản 3, điểm đ khoản 4 Mục II Công văn số 2718/ UBND - VX ngày 05 "
        "tháng 02 năm 2021.",
        [("stops", "2718/UBND-VX", "2021-02-05", ("II.3.a", "II.4.đ"))],
    ),
    "parts before and behind a semicolon": (
        "Thay thế khoản 1 và khoản 2 Điều 3; điểm a, b khoản 4 Điều 5 Quyết định số 15/2020/QĐ-UBND.",
        [("replaces", "15/2020/QĐ-UBND", None, ("3.1", "3.2", "5.4.a", "5.4.b"))],
    ),
    "measures by a document go on": (
        f"Tiếp tục thực hiện nghiêm các biện pháp theo Công văn số 58-CV/TU ngày 08/12/2020 và Chỉ thị số 05/CT-TTg "
        f"ngày {OLD} của Thủ tướng.",
        [("continues", "58-CV/TU", "2020-12-08", ()), ("continues", "05/CT-TTg", NEW, ())],
    ),
    "documents before the verb": (
        "Công văn số 123/UBND-VX ngày 01/02/2021 và Kế hoạch số 45/KH-UBND hết hiệu lực kể từ ngày 01/3/2021.",
        [("repeals", "123/UBND-VX", "2021-02-01", ()), ("repeals", "45/KH-UBND", None, ())],
    ),
    "what replaces it is not replaced": (
        f"Chỉ thị số 05/CT-UBND ngày {OLD} được thay thế bằng Chỉ thị số 9/CT-UBND.",
        [("replaces", "05/CT-UBND", NEW, ())],
    ),
    "two acts in one sentence": (
        "Huỷ bỏ Quyết định số 117/QĐ-UBND và dừng việc áp dụng Luật số 03/2007/QH12.",
        [("repeals", "117/QĐ-UBND", None, ()), ("stops", "03/2007/QH12", None, ())],
    ),
    "a list of documents": (
        "Bãi bỏ các văn bản sau:\n- Công văn số 1/UBND-VX ngày 01/01/2021;\n- Mục 2 Công văn số 2/UBND-VX.\n"
        "Thực hiện Công văn số 3/UBND-VX.",
        [("repeals", "1/UBND-VX", "2021-01-01", ()), ("repeals", "2/UBND-VX", None, ("2",))],
    ),
    "a list in one line": (
        "Bãi bỏ Công văn số 1/UBND-VX; Công văn số 2/UBND-VX; đeo khẩu trang theo Công văn số 3/UBND-VX.",
        [("repeals", "1/UBND-VX", None, ()), ("repeals", "2/UBND-VX", None, ())],
    ),
    "no longer to be carried out": (
        "Không tiếp tục thực hiện Công văn số 3/UBND-VX.",
        [("stops", "3/UBND-VX", None, ())],
    ),
    "still in force": ("Công văn số 9/UBND-VX vẫn còn hiệu lực.", [("continues", "9/UBND-VX", None, ())]),
    "capitals": (f"THAY THẾ CHỈ THỊ SỐ 05/CT-UBND NGÀY {OLD}.", [("replaces", "05/CT-UBND", NEW, ())]),
    "a document without number": (
        "Bãi bỏ mục 2, mục 3 văn bản ngày 05/02/2021 của Ủy ban nhân dân tỉnh Lai Châu.",
        [("repeals", None, "2021-02-05", ("2", "3"))],
    ),
    "numbers behind one another": (
        "thay thế các Công văn số: 291/UBND-VX, 320/UBND-VX và 345/UBND-VX",
        [("replaces", f"{number}/UBND-VX", None, ()) for number in (291, 320, 345)],
    ),
    "numbers with dots": (
        "Dừng thực hiện quy định tại điểm 1.2, mục 1 Công văn số 291/UBND-VX; bãi bỏ mục 2.1 và 2.2 Công văn số "
        "320/UBND-VX.",
        [("stops", "291/UBND-VX", None, ("1.2",)), ("repeals", "320/UBND-VX", None, ("2.1", "2.2"))],
    ),
    "titles with a ground in them": (
        "Thay thế Quyết định số 878/QĐ-BYT ngày 12/3/2020 của Bộ Y tế về việc ban hành “Hướng dẫn cách ly y tế” và "
        "Quyết định số 879/QĐ-BYT.",
        [("replaces", "878/QĐ-BYT", "2020-03-12", ()), ("replaces", "879/QĐ-BYT", None, ())],
    ),
    "a document in a title": (
        "Bãi bỏ Công văn số 1/UBND-VX về một số biện pháp tại Chỉ thị số 16/CT-TTg, Công văn số 2/UBND-VX.",
        [("repeals", "1/UBND-VX", None, ()), ("repeals", "2/UBND-VX", None, ())],
    ),
    "what is carried out beside": (
        "Bãi bỏ Công văn số 1/UBND-VX; thực hiện Công văn số 2/UBND-VX, Công văn số 3/UBND-VX.",
        [("repeals", "1/UBND-VX", None, ())],
    ),
    "goes on being carried out": (
        "Kế hoạch số 45/KH-UBND tiếp tục được thực hiện; Công văn số 3/UBND-VX được tiếp tục thực hiện.",
        [("continues", "45/KH-UBND", None, ()), ("continues", "3/UBND-VX", None, ())],
    ),
    "the day behind the issuer": (
        "Công văn số 58-CV/TU của Tỉnh ủy ngày 08/12/2020 hết hiệu lực thi hành.",
        [("repeals", "58-CV/TU", "2020-12-08", ())],
    ),
    "in force and in place of": (
        "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 1234/QĐ-UBND ngày 5/5/2020.",
        [("replaces", "1234/QĐ-UBND", "2020-05-05", ())],
    ),
    "a day that is none": (
        "Bãi bỏ Quy chế ban hành kèm theo Quyết định số 15/2020/QĐ-UBND ngày 31/02/2020.",
        [("repeals", "15/2020/QĐ-UBND", None, ())],
    ),
}

NO_ACTS = {
    "negation": "Văn bản này không thay thế Công văn số 58-CV/TU ngày 08/12/2020.",
    "a farther negation": "Văn bản này không nhằm bãi bỏ Công văn số 58-CV/TU.",
    "not yet": "Chưa dừng thực hiện Công văn số 58-CV/TU.",
    "a condition": "Khi có văn bản mới thay thế Công văn số 3/UBND-VX thì thực hiện theo văn bản đó.",
    "activities by a document": "Dừng thực hiện các hoạt động lễ hội theo Chỉ thị số 05/CT-TTg ngày 28/01/2021.",
    "carried out, not ended": "Thực hiện đúng Công văn số 3/UBND-VX.",
    "đúng is not dừng": "Sở Y tế đúng thực hiện Công văn số 3/UBND-VX.",
    "a rate": "Bãi bỏ phụ phí 500/người-ngày.",
    "an amount": "Thay thế mức phạt 1-3 triệu.",
    "days": "Dừng thực hiện nghỉ lễ 30/4-1/5 và ngày 01/02/2021.",
    "names": "Thay thế 5K/F1, nhóm 3/4 - A.",
    "things": "Thay thế thiết bị xét nghiệm theo Công văn số 3/UBND-VX.",
    "a document that asks to stop something": "Công văn số 3/UBND-VX yêu cầu dừng thực hiện các hoạt động lễ hội.",
    "grounds": "Căn cứ Công văn số 3/UBND-VX, Chỉ thị này hết hiệu lực kể từ ngày 01/3/2021.",
}


def acts(text: str) -> list[Act]:
    return [(each.kind, each.number, each.date, each.parts) for each in amendments(directive(text))]


@pytest.mark.parametrize(("text", "expected"), ACTS.values(), ids=ACTS.keys())
def test_an_act_is_found_with_number_date_and_parts(text: str, expected: list[Act]) -> None:
    assert acts(text) == expected


@pytest.mark.parametrize(("text", "expected"), ACTS.values(), ids=ACTS.keys())
def test_decomposed_letters_change_nothing(text: str, expected: list[Act]) -> None:
    assert acts(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize("name", ["a whole document", "a part of one", "documents before the verb"])
def test_an_act_is_found_without_diacritics(name: str) -> None:
    text, expected = ACTS[name]
    plain = "".join(letter if letter.isascii() else strip_marks(letter) for letter in text)
    assert [each[:3] for each in acts(plain)] == [each[:3] for each in expected]


@pytest.mark.parametrize("text", NO_ACTS.values(), ids=NO_ACTS.keys())
def test_what_is_no_act_is_not_found(text: str) -> None:
    assert acts(text) == []


@pytest.mark.parametrize("old", ["Huỷ bỏ", "Hủy bỏ", "huỷ bỏ"])
def test_the_tone_may_stand_where_it_used_to(old: str) -> None:
    assert acts(f"{old} Quyết định số 7/QĐ-UBND.") == [("repeals", "7/QĐ-UBND", None, ())]


def test_an_act_says_where_it_stands_since_when_and_in_which_words() -> None:
    text = "Đeo khẩu trang.\nCông văn số 123/UBND-VX hết hiệu lực kể từ ngày 01/3/2021."
    (found,) = amendments(directive("Khoản khác.", text, name="N@2021"))
    assert found == Amendment(
        "repeals", "123/UBND-VX", None, "N@2021#2",
        "Công văn số 123/UBND-VX hết hiệu lực kể từ ngày 01/3/2021.", (), "2021-03-01",
    )  # fmt: skip


def test_a_document_does_nothing_to_itself() -> None:
    assert acts("Chỉ thị số 12/CT-UBND thay thế Công văn số 3/UBND-VX.") == [("replaces", "3/UBND-VX", None, ())]


def test_the_real_directives_do_nothing_to_others(catalogue: Catalogue) -> None:
    assert [amendments(each) for each in catalogue.directives.values()] == [(), ()]


# Which directive is meant


def known(*directives: Directive) -> dict[str, Directive]:
    return {each.id: each for each in directives}


LAST_YEAR = directive("a", name="05/CT-TTg@2020-01-28", number="05/CT-TTg", date="2020-01-28")
THIS_YEAR = directive("a", name="05/CT-TTg@2021-01-28", number="05/CT-TTg", date="2021-01-28")


@pytest.mark.parametrize("day", ["28/01/2020", "28/01/2021"])
def test_of_one_number_in_two_years_the_day_decides(day: str) -> None:
    (found,) = amendments(directive(f"Thay thế Chỉ thị số 5/CT-TTg ngày {day}."))
    assert touched(found, known(LAST_YEAR, THIS_YEAR)).directive == f"05/CT-TTg@{'-'.join(day.split('/')[::-1])}"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Thay thế Chỉ thị số 05/CT-TTg.", "anh/chị chọn"),
        ("Thay thế Chỉ thị số 05/CT-TTg ngày 01/02/2021.", "khác ngày"),
        ("Thay thế Chỉ thị số 15/CT-TTg ngày 28/01/2021.", "kho không có 15/CT-TTg"),
    ],
)
def test_what_is_not_sure_is_left_to_the_officer(text: str, word: str) -> None:
    (found,) = amendments(directive(text))
    result = touched(found, known(LAST_YEAR, THIS_YEAR))
    assert not result.directive
    assert word in result.note


@pytest.mark.parametrize(
    ("part", "clauses", "word"),
    [
        ("mục 6", ("O#6.a", "O#6.b"), ""),
        ("điểm b mục 6", ("O#6.b",), ""),
        ("khoản 2 mục 1", ("O#1",), "chỉ nói một phần"),
        ("mục 9", (), "không có mục 9"),
    ],
)
def test_parts_become_clauses(part: str, clauses: tuple[str, ...], word: str) -> None:
    old = directive("a", "b", "c", name="O", number="7/UBND-VX", paths=("1", "6.a", "6.b"))
    (found,) = amendments(directive(f"Bãi bỏ {part} Công văn số 7/UBND-VX."))
    result = touched(found, known(old))
    assert (result.directive, result.clauses) == ("O", clauses)
    assert word in result.note


def test_a_directive_without_number_is_known_by_issuer_and_year(catalogue: Catalogue) -> None:
    (found,) = amendments(directive("Thay thế văn bản năm 2021 của UBND tỉnh về phòng, chống dịch."))
    assert touched(found, catalogue.directives).directive == "UBND@2021"
    (other,) = amendments(directive("Thay thế văn bản năm 2019 của UBND tỉnh."))
    assert not touched(other, catalogue.directives).directive


# Whatever a document holds


_PIECES = """
thay thế|bãi bỏ|hết hiệu lực|tiếp tục thực hiện|không|theo|về|và|,|;|:|.|- |mục 2|điểm a|khoản 1.2|Công văn số|5/UBND-VX
58-CV/TU|ngày 01/02/2021|của UBND tỉnh|văn bản năm 2021|có hiệu lực từ ngày 31/02/2021 đến ngày 1/3
"""
WORDS = st.sampled_from(["\n", *re.split(r"[|\n]", _PIECES.strip())])


@given(text=st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    document = directive(text)
    for each in amendments(document):
        assert each.words
        assert each.date is None or len(each.date) in (4, 10)
        assert touched(each, {document.id: document}).note or not each.number
    for said in validity(document):
        assert said.field in ("effective", "expires")


@pytest.mark.parametrize(
    "piece", ["thay thế ", "thay thế Công văn số 5/UBND-VX, ", "bãi bỏ mục 1; ", "1/2021/", "mục 1, "]
)
def test_a_long_text_is_read_in_time_that_grows_with_it(piece: str) -> None:
    begin = perf_counter()
    amendments(directive(piece * (30_000 // len(piece))))
    assert perf_counter() - begin < 10  # comparing everything with everything takes longer by far
