"""What officers read in the editor comes back letter by letter; what is broken is kept and told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.notation import (
    Names,
    blank_mark,
    broken,
    clause_name,
    clause_of,
    fact_mark,
    names_in,
    plainly,
    quotation,
    shown,
    written,
)
from bot.content.sentence_checks import MESSAGES
from bot.content.tree import read_folder
from bot.core.directives import label_of, path_of
from tests.conftest import ROOT

NAMES = Names(
    {"phone": "Đường dây nóng", "fine": "Mức phạt: cá nhân", "one": "Trùng tên", "other": "trùng  TÊN", "odd": "«x»"},
    {"province": "tên tỉnh"},
)
QUOTE = '{% quote "UBND@2021#2" %}chữ của văn bản{% endquote %}'
SHOWN = "«trích mục 2 của UBND năm 2021: chữ của văn bản»"
PAIRS = [
    (QUOTE, SHOWN),
    ('{% cite "58-CV/TU@2020-12-08#3" %}', "«dẫn mục 3 của 58-CV/TU ngày 08/12/2020»"),
    ('{% cite "UBND@2021#preamble" %}', "«dẫn phần mở đầu của UBND năm 2021»"),
    ('{% cite "X@2021#phu-luc-1.2.a" %}', "«dẫn Phụ lục 1, mục 2.a của X năm 2021»"),
    ('{% cite "X#chuong-ii" %}', "«dẫn Chương II của X»"),
    ('{{ fact("phone") }}', "«dữ kiện: Đường dây nóng»"),
    ('{{ fact("fine") }}', "«dữ kiện: Mức phạt: cá nhân»"),
    ('{{ fact("one") }}', "«dữ kiện: one»"),
    ('{{ fact("odd") }}', "«dữ kiện: odd»"),
    ('{{ fact("khong_co") }}', "«dữ kiện: khong_co»"),
    ('{% if has_fact("phone") %}', "«nếu có: Đường dây nóng»"),
    ("{% else %}", "«nếu không»"),
    ("{% endif %}", "«hết»"),
    ("{{ province }}", "«điền: tên tỉnh»"),
]
TAGS = st.sampled_from([tag for tag, _ in PAIRS])
CLAUSES = ["mục 2 của UBND năm 2021", "UBND@2021#2", "Điều của trời", "", "9"]
LOOSE = st.sampled_from([
    "«", "»", ":", " ", "\n", "{{", "}}", "{%", "%}", '"', "trích", "dữ kiện: ", "Đường dây nóng", "nếu không", "hết",
    "{{ fact('phone') }}", '{%- cite "X#1" -%}', '{% quote "X" %}«»{% endquote %}', '{{ fact("a b") }}',
    '{% quote "X y#1" %} hai\ndòng {% endquote %}', "chữ", *CLAUSES,
])  # fmt: skip


@pytest.mark.parametrize(("tag", "mark"), PAIRS)
def test_every_tag_has_a_mark_in_words_and_comes_back(tag: str, mark: str) -> None:
    assert shown(f"a {tag} b", NAMES) == f"a {mark} b"
    assert written(f"a {mark} b", NAMES) == f"a {tag} b"


@pytest.mark.parametrize(
    "raw",
    ["{{ fact('phone') }}", '{%- cite "X#1" -%}', '{{fact("phone")}}', '{% quote "X" %}«a»{% endquote %}',
     "{{ unknown }}", '{% quote "X#1" %}{{ x }}{% endquote %}'],
)  # fmt: skip
def test_a_tag_in_another_form_is_shown_as_it_stands(raw: str) -> None:
    assert shown(raw, NAMES) == raw == written(raw, NAMES)


@settings(deadline=None)
@given(st.lists(TAGS | LOOSE | st.text(max_size=4), max_size=12).map("".join))
@example("«" + QUOTE + "»")
@example("«dữ kiện: " + '{{ fact("phone") }}' + "»")
def test_opening_and_saving_changes_nothing_but_marks_that_somebody_typed(body: str) -> None:
    assert written(shown(body, NAMES), NAMES) == written(body, NAMES)
    if "«" not in body:
        assert written(shown(body, NAMES), NAMES) == body
    once = written(body, NAMES)
    assert written(once, NAMES) == once
    assert shown(body, NAMES).count("\n") == body.count("\n")


@settings(deadline=None)
@given(st.lists(LOOSE | st.text(max_size=4), max_size=12).map("".join))
def test_what_is_typed_is_never_lost_and_told_by_its_line(typed: str) -> None:
    body = written(typed, NAMES)
    assert body.count("\n") == typed.count("\n")
    for each in broken(body, NAMES):
        assert 1 <= each.line <= body.count("\n") + 1
        assert each.what
        assert each.mend


def test_the_real_pack_comes_back_byte_by_byte_and_no_officer_sees_a_brace() -> None:
    texts = read_folder(ROOT)
    names = names_in(texts)
    answers = [body.decode() for name, body in texts.items() if name.startswith("responses/vi/") and name != MESSAGES]
    assert len(answers) > 30
    for body in answers:
        assert written(shown(body, names), names) == body
        assert "{{" not in shown(body, names)
        assert "{%" not in shown(body, names)
        assert not list(broken(body, names))


@pytest.mark.parametrize(
    "typed",
    [
        "«Trích  mục 2 của UBND năm 2021:chữ của văn bản»", "«trích UBND@2021#2: chữ của văn bản»",
        unicodedata.normalize("NFD", "«trích mục 2 của UBND năm 2021: ") + "chữ của văn bản»",
    ],
)  # fmt: skip
def test_typing_by_hand_is_read_leniently(typed: str) -> None:
    assert written(typed, NAMES) == QUOTE
    assert written("«DỮ KIỆN : đường dây  nóng»", NAMES) == '{{ fact("phone") }}'
    assert written("«dẫn mục 3 của 58-CV/TU ngày 8/12/2020»", NAMES) == '{% cite "58-CV/TU@2020-12-08#3" %}'


@pytest.mark.parametrize(
    ("body", "line", "what", "mend"),
    [
        ("a\n«trích mục 2 của UBND năm 2021: chữ", 2, "thiếu dấu » ở cuối", "thêm »"),
        ("«trích mục 2 của UBND năm 2021 chữ»", 1, "không hiểu «trích", "những chữ cần trích"),
        ("«trích điều hay của UBND: chữ»", 1, "không hiểu", "«trích mục 2"),
        ("«dan muc 2»", 1, "không hiểu", "«dẫn mục 2"),
        ("«dữ kiện: Đường dây nong»", 1, "không hiểu", "có phải “Đường dây nóng”?"),
        ("«du kien Đường dây nóng»", 1, "không hiểu", "có phải “Đường dây nóng”?"),
        ("«điền: tên tỉn»", 1, "không hiểu", "có phải “tên tỉnh”?"),
        ("«hết rồi»", 1, "không hiểu", "«hết»"),
        ("a»", 1, "dấu » lẻ", "thêm «"),
        ("{% quote 'X' %}\n«a{% endquote %}\n«", 3, "thiếu dấu »", "xoá"),
        (SHOWN, 1, "chưa thành trích dẫn", "lưu lại"),
    ],
)
def test_what_is_broken_is_told_with_its_line_and_a_remedy(body: str, line: int, what: str, mend: str) -> None:
    (found,) = broken(body, NAMES)
    assert found.line == line
    assert what in found.what
    assert mend in found.mend


def test_other_words_between_such_signs_are_words() -> None:
    body = "Báo «Nhân Dân» viết, «hẹn gặp»."
    assert written(body, NAMES) == body
    assert list(broken(body, NAMES)) == []


@pytest.mark.parametrize("path", ["2", "6.a", "preamble", "head", "end", "phu-luc-1", "phu-luc-1.2.a", "chuong-ii.3",
                                  "phan-thu-nhat", "muc-1.2"])  # fmt: skip
def test_clauses_have_names_that_lead_back(path: str) -> None:
    assert path_of(label_of(path)) == path
    assert clause_of(clause_name(f"58-CV/TU@2020-12-08#{path}")) == f"58-CV/TU@2020-12-08#{path}"


def test_what_is_inserted_is_a_mark_and_findings_speak_the_same() -> None:
    assert quotation("UBND@2021#2", "chữ của văn bản", NAMES) == SHOWN
    assert fact_mark("phone", NAMES) == "«dữ kiện: Đường dây nóng»"
    assert blank_mark("province", NAMES) == "«điền: tên tỉnh»"
    said = plainly('không có nguyên văn trong UBND@2021#2; viết {{ fact("phone") }}; dữ kiện “fine”', NAMES)
    assert said == (
        "không có nguyên văn trong mục 2 của UBND năm 2021; viết «dữ kiện: Đường dây nóng»; dữ kiện “Mức phạt: cá nhân”"
    )
