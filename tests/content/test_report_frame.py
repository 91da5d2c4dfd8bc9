"""What `loa check` says of a broken frame of the report."""

from __future__ import annotations

import pytest

from bot.content.loading import load_texts
from bot.content.tree import read_folder
from bot.core.report_frame import NAMES, TABLES
from bot.errors import ContentError, Problem
from tests.conftest import ROOT

NAME = "responses/vi/_report.yaml"
TEXTS = read_folder(ROOT)


def problems(old: str, new: str) -> list[Problem]:
    text = TEXTS[NAME].decode()
    assert text.count(old) >= 1, old
    with pytest.raises(ContentError) as caught:
        load_texts({**TEXTS, NAME: text.replace(old, new, 1).encode()})
    assert {each.file for each in caught.value.problems} == {NAME}
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{questions} câu hỏi của", "{question} câu hỏi của", "không có số liệu nào tên “{question}”"),
        ("{questions} câu hỏi của", "{questions.__class__} câu của", "không có số liệu nào tên"),
        ("{questions} câu hỏi của", "{questions:>9999} câu của", "không có số liệu nào tên"),
        ("{questions} câu hỏi của", "{questions!r} câu của", "không có số liệu nào tên"),
        ("{questions} câu hỏi của", "{questions câu của", "không có số liệu nào tên"),
        ("{questions} câu hỏi của", "{} câu của", "không có số liệu nào tên"),
        ("basis: 58-CV/TU@2020-12-08#4", "basis: 58-CV/TU@2020-12-08#44", "không có trong các văn bản"),
        ("basis: 58-CV/TU@2020-12-08#4", "basis: nowhere", "không có trong các văn bản"),
        ("9816-CV/BTGTW", "9861-CV/BTGTW", "số văn bản “9861-CV/BTGTW” không có trong căn cứ"),
        ("- table: outcomes", "- table: outcome", "phần này của báo cáo không dùng được"),
        ("dots: 4", "dots: 400", "phần này của báo cáo không dùng được"),
        ("- dots: 4", "- heading: X\n    dots: 4", "phần này của báo cáo không dùng được"),
        ("kind: BÁO CÁO", "kin: BÁO CÁO", "không có mục nào tên “kin”"),
    ],
)
def test_a_broken_frame_is_refused_and_says_where(old: str, new: str, what: str) -> None:
    found = problems(old, new)
    assert any(what in each.what for each in found), found
    assert all(each.mend for each in found)


def test_the_line_is_that_of_the_fault() -> None:
    (found,) = problems("{questions} câu hỏi của", "{question} câu hỏi của")
    lines = TEXTS[NAME].decode().splitlines()
    assert "text: >-" in lines[found.line - 1]
    assert "questions" in lines[found.line]
    assert "{questions}" in found.mend


def test_a_pack_may_have_no_report() -> None:
    texts = {name: text for name, text in TEXTS.items() if name != NAME}
    assert load_texts(texts).catalogue.report is None


def test_every_figure_and_table_is_explained_at_the_head_of_the_file() -> None:
    head = "\n".join(line for line in TEXTS[NAME].decode().splitlines() if line.startswith("#"))
    shares = {name for name in NAMES if name.endswith("_share")}
    assert [name for name in NAMES if name not in shares and f"{{{name}}}" not in head] == []
    assert "_share" in head
    assert [name for name in TABLES if name not in head] == []
