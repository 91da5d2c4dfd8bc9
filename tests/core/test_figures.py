"""Figures as Vietnamese writes them, in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures import figures

FOUND = {
    "giữ hai mét": [("2", "metre")],
    "giữ ２ mét": [("2", "metre")],
    "2m": [("2", "metre")],
    "một mét rưỡi": [("1", "metre")],
    "vài mét": [("vài", "metre")],
    "nửa ngày": [("0.5", "day")],
    "mười bốn ngày": [("14", "day")],
    "14 ngày": [("14", "day")],
    "hai mươi mốt ngày": [("21", "day")],
    "một đến ba triệu đồng": [("1000000", "money"), ("3000000", "money")],
    "từ 1 triệu đến 3 triệu đồng": [("1000000", "money"), ("3000000", "money")],
    "năm trăm nghìn": [("500000", "money")],
    "80.000 đồng/người/ngày": [("80000", "money")],
    "1,5 triệu": [("1500000", "money")],
    "3tr": [("3000000", "money")],
    "gọi 1900 9095": [("19009095", "phone")],
    "ngày 08 tháng 12 năm 2020": [("2020-12-08", "date")],
    "08/12/2020": [("2020-12-08", "date")],
    "mục 6": [("6", "mục")],
    "Điều 26 Luật Đấu thầu": [("26", "điều")],
    "số 58-CV/TU": [("58-cv/tu", "name")],
    "5K": [("5k", "name")],
    "năm 2021": [("2021", "year")],
    "năm việc": [("5", "")],
    "bốn tại chỗ": [("4", "")],
    "tám mươi tám ngày": [("88", "day")],
    "một số người, một người thân, một lần nữa": [],
    "năm nay, trong năm, năm ngoái, cuối năm": [],
    "ba mẹ, không, cả nhà": [],
    "2. Đeo khẩu trang": [],
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND.keys())
def test_figures_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.value, each.unit) for each in figures(text)] == expected


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_a_figure_says_where_it_stands(text: str) -> None:
    for figure in figures(text):
        assert figure.at >= 0


@given(st.integers(min_value=2, max_value=999), st.sampled_from(["ngày", "mét", "người", "triệu"]))
def test_every_number_with_a_unit_is_seen(number: int, unit: str) -> None:
    assert len(figures(f"khoảng {number} {unit}")) == 1
