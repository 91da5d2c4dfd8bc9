from __future__ import annotations

from datetime import date

import pytest

from bot.core.catalogue import Fact
from bot.core.directives import Clause, Directive
from bot.core.templates import Grounds, render
from bot.errors import TemplateError

WORDS = "vận động hạn chế số người tham gia **đám cưới**, lễ <b>tang</b>"
DIRECTIVE = Directive(
    "UBND@2021", "Văn bản năm 2021", None, None, 2021, "UBND", None, None, (Clause("UBND@2021", "2", WORDS),)
)
FACTS = {
    "hotline": Fact("hotline", "Bộ Y tế", "1900 9095", "phone", "sourced", "Thông báo"),
    "site": Fact("site", "Trang", "https://bluezone.gov.vn", "link", "sourced", "Trang"),
    "fine": Fact("fine", "Phạt", "1–3 triệu *đồng*", "fine", "sourced", "Nghị định"),
    "local": Fact("local", "Tỉnh", "", "phone", "missing"),
    "later": Fact("later", "Sau", "21 ngày", "days", "sourced", "Công điện", valid_from="2021-05-05"),
    "gone": Fact("gone", "Cũ", "300 nghìn", "fine", "sourced", "Nghị định cũ", valid_until="2020-11-14"),
}
GROUNDS = Grounds({"UBND@2021": DIRECTIVE}, FACTS, date(2021, 2, 5))


def text_of(source: str) -> str:
    return "\n".join(block.text for block in render(source, GROUNDS).blocks)


def test_a_response_becomes_blocks() -> None:
    found = render("**Trước**\n- một\n- hai [trang](https://x.vn)\n\nSau\ndòng hai", GROUNDS).blocks
    assert [(block.kind, block.text) for block in found] == [
        ("paragraph", "Trước"), ("item", "một"), ("item", "hai trang"), ("paragraph", "Sau"), ("paragraph", "dòng hai"),
    ]  # fmt: skip
    assert found[0].spans[0].style == "bold"
    assert found[2].spans[-1].href == "https://x.vn"


def test_a_quotation_is_cited_and_its_words_are_never_markup() -> None:
    found = render('Ghi: {% quote "UBND@2021#2" %}hạn chế số người tham gia **đám cưới**{% endquote %}.', GROUNDS)
    quoted = next(span for span in found.blocks[0].spans if span.style == "quote")
    assert quoted.text == "“hạn chế số người tham gia **đám cưới**”"
    assert [(each.directive, each.clause, each.quote) for each in found.citations] == [
        ("UBND@2021", "2", "hạn chế số người tham gia **đám cưới**")
    ]


def test_facts_are_shown_as_they_are_and_can_be_tapped() -> None:
    found = render('{{ fact("hotline") }} {{ fact("site") }} {{ fact("fine") }}', GROUNDS)
    assert [(span.text, span.href) for span in found.blocks[0].spans if span.text.strip()] == [
        ("1900 9095", "tel:19009095"), ("https://bluezone.gov.vn", "https://bluezone.gov.vn"), ("1–3 triệu *đồng*", ""),
    ]  # fmt: skip
    assert found.facts == ("hotline", "site", "fine")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " https://x.vn", "//evil.example"])
def test_an_address_that_is_none_is_shown_as_words(address: str) -> None:
    site = Fact("site", "Trang", address, "link", "sourced", "Trang")
    (block,) = render('{{ fact("site") }}', Grounds({}, {"site": site}, date(2021, 2, 5))).blocks
    assert [(span.style, span.href) for span in block.spans] == [("plain", "")]


def test_a_fact_that_may_be_missing_is_asked_for_first() -> None:
    source = '{% if has_fact("local") %}Gọi {{ fact("local") }}{% else %}Chưa có số{% endif %}'
    assert text_of(source) == "Chưa có số"


def test_values_are_plain_text() -> None:
    (block,) = render("Chào {{ name }}!", GROUNDS, {"name": "**An** <b> {{ x }}"}).blocks
    assert block.text == "Chào **An** <b> {{ x }}!"
    assert {span.style for span in block.spans} == {"plain"}


def test_html_and_unsafe_links_are_words() -> None:
    found = render("<script>x</script> [bấm](javascript:alert) ![a](https://x.vn/a.png)", GROUNDS).blocks
    assert all(not span.href.startswith("javascript") for block in found for span in block.spans)
    assert "<script>" in found[0].text


REFUSED = {
    "unknown fact": ('{{ fact("hotlin") }}', "hotline"),
    "missing fact": ('{{ fact("local") }}', "has_fact"),
    "fact of a later time": ('{{ fact("later") }}', "has_fact"),
    "fact that is no longer in force": ('{{ fact("gone") }}', "has_fact"),
    "fact guarded by another": ('{% if has_fact("hotline") %}{{ fact("local") }}{% endif %}', "has_fact"),
    "fact where the guard says no": ('{% if has_fact("local") %}{% else %}{{ fact("local") }}{% endif %}', "has_fact"),
    "unknown directive": ('{% cite "UBND@2020#2" %}', "UBND@2021"),
    "unknown clause": ('{% cite "UBND@2021#9" %}', "các mục có: 2"),
    "wrong quotation": ('{% quote "UBND@2021#2" %}hạn chế số người dự đám cưới{% endquote %}', "chép đúng"),
    "wrong quotation that no rendering reaches": (
        '{% if has_fact("local") %}{% quote "UBND@2021#2" %}không có câu này đâu{% endquote %}{% endif %}',
        "chép đúng",
    ),
    "fact inside a quotation": ('{% quote "UBND@2021#2" %}hạn chế {{ fact("hotline") }}{% endquote %}', "bên trong"),
    "unknown name": ("{{ hotline }}", "fact"),
    "a function not called": ("{{ fact }}", "fact"),
    "the page itself": ("{{ _page }}", ""),
    "an attribute": ('{{ fact("hotline").__class__ }}', "mẫu chỉ có"),
    "a chain of calls": ('{{ fact("hotline")() }}', "fact("),
    "an item": ('{{ ""["__class__"] }}', "mẫu chỉ có"),
    "a filter": ('{{ "a" | upper }}', "mẫu chỉ có"),
    "multiplication": ("{{ 'a' * 200000000 }}", "mẫu chỉ có"),
    "a loop": ("{% for x in (1, 2) %}{{ x }}{% endfor %}", "mẫu chỉ có"),
    "a macro": ("{% macro m() %}{% endmacro %}", "mẫu chỉ có"),
    "set": ("{% set x = 1 %}", "mẫu chỉ có"),
    "include": ('{% include "x" %}', "mẫu chỉ có"),
    "a variable as a name": ("{{ fact(fact) }}", "fact"),
    "no name": ("{{ fact() }}", "fact("),
    "two names": ('{{ fact("hotline", "site") }}', "fact("),
    "syntax": ("{{ fact( }}", "{{ }}"),
    "an open tag": ('{% quote "UBND@2021#2" %}hạn chế số người', "{{ }}"),
    "a private letter": ("\ue0000\ue001", "xoá"),
    "a private letter that Jinja2 decodes": ('{{ "\\ue00077\\ue001" }}', "xoá"),
    "a private letter that Markdown decodes": ("&#xE000;0&#xE001;", "xoá"),
    "three thousand parentheses": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", ""),
    "four thousand nots": ("{% if " + "not " * 4000 + "1 %}{% endif %}", ""),
    "too long": ("a" * 30_000, "rút ngắn"),
}


@pytest.mark.parametrize(("source", "mend"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_stand_is_refused_with_line_and_remedy(source: str, mend: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render("dòng một\n\n" + source, GROUNDS)
    assert mend in caught.value.mend
    assert caught.value.what
    assert caught.value.line in (1, 3)
