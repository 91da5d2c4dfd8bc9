"""Workbooks with faults: every one is told with its cell and remedy, and nothing is changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from bot.content.sheet_pages import PAGES
from bot.content.sheets import from_workbook, to_workbook

from .workbooks import (
    faults,
    hand_in,
    one,
    real_pack,
    small_pack,
    worked_on,
)


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


def set_cell(title: str, name: str, value: Any) -> Any:
    def work(book: Workbook) -> None:
        book[title][name] = value
        if isinstance(value, str) and len(value) > 32_767:
            book[title][name]._value = value  # the library cuts what is too long, other programs do not

    return work


@pytest.mark.parametrize(
    ("value", "what"),
    [(213, "số (213)"), (0.5, "số (0.5)"), (date(2021, 5, 1), "ngày giờ"), (True, "TRUE/FALSE"),
     ("=A1", "công thức"), ("#REF!", "lỗi #REF!"), (None, "trống"), ("   ", "trống"), ("x" * 32_768, "32767")],
    ids=["number", "fraction", "date", "truth", "formula", "error", "empty", "spaces", "long"],
)  # fmt: skip
def test_cells_that_are_no_text(pack: dict[str, bytes], value: object, what: str) -> None:
    cell, told = one(hand_in(pack, set_cell("Dữ kiện", "B2", value)))
    assert cell == "B2"
    assert what in told


def test_a_value_that_is_no_choice(pack: dict[str, bytes]) -> None:
    assert one(hand_in(pack, set_cell("Dữ kiện", "E3", "đúng rồi"))) == (
        "E3",
        "“Tình trạng” không có giá trị “đúng rồi”",
    )


@pytest.mark.parametrize(
    ("title", "identity", "mend"),
    [("Câu trả lời", "msak", "có phải “mask”?"), ("Dữ kiện", "zzz", "giữ nguyên mã"),
     ("Câu của bot", "strat", "có phải “start”?")],
)  # fmt: skip
def test_unknown_names(pack: dict[str, bytes], title: str, identity: str, mend: str) -> None:
    def work(book: Workbook) -> None:
        sheet = book[title]
        sheet.append([identity, *(cell.value for cell in sheet[2][1:])])

    found = faults(hand_in(pack, work))
    assert [error.what for error in found] == [f"không có mã “{identity}”"]
    assert mend in found[0].mend


@pytest.mark.parametrize(
    ("title", "owner", "mend"), [("Câu mẫu", "msk", "“mask”"), ("Ngoài phạm vi", "?", "chép đúng mã")]
)
def test_phrases_of_unknown_owners(pack: dict[str, bytes], title: str, owner: str, mend: str) -> None:
    found = faults(hand_in(pack, lambda book: book[title].append([owner, None, "câu mẫu", "câu mới"])))
    assert found[0].what == f"không có mã “{owner}”"
    assert mend in found[0].mend


def test_a_row_twice_and_a_row_lost(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        facts, answers = book["Dữ kiện"], book["Câu trả lời"]
        facts.append([cell.value for cell in facts[2]])
        answers.delete_rows(2)

    found = faults(hand_in(pack, work))
    assert [(error.sheet, error.cell, error.what) for error in found] == [
        ("Câu trả lời", "A1", "thiếu dòng của “distance”"),
        ("Dữ kiện", "A5", "mã “hotline” đã có ở ô A2"),
    ]


def test_a_phrase_twice(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", "Khẩu trang đeo ở đâu"])

    cell, what = one(hand_in(pack, work))
    assert cell == "D10"
    assert "đã có ở ô D8" in what


def test_a_row_half_filled_in(pack: dict[str, bytes]) -> None:
    found = faults(hand_in(pack, lambda book: book["Câu mẫu"].append([None, None, None, "câu mới"])))
    assert [(error.cell, error.what) for error in found] == [
        ("A10", "ô “Mã chủ đề” trống"),
        ("C10", "ô “Loại câu” trống"),
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_sheet_or_column_that_is_missing(pack: dict[str, bytes], page: Any) -> None:
    assert one(hand_in(pack, lambda book: book.remove(book[page.title])))[1] == f"không có trang “{page.title}”"
    column = page.columns[-1]
    changed = hand_in(pack, lambda book: book[page.title].delete_cols(len(page.columns)))
    assert one(changed)[1] == f"thiếu cột “{column.heading}”"
    twice = hand_in(pack, lambda book: setattr(book[page.title].cell(1, 30), "value", column.heading))
    assert one(twice) == ("AD1", f"hai cột cùng tên “{column.heading}”")


def test_a_sheet_that_lost_many_phrases() -> None:
    files = real_pack()
    cell, what = one(
        from_workbook(worked_on(to_workbook(files), lambda book: book["Câu mẫu"].delete_rows(100, 3000)), files)
    )
    assert cell == "A1"
    assert "thiếu 3000 trong" in what


def test_one_fault_and_nothing_changes_and_all_faults_are_told(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", "câu tốt"])
        book["Câu trả lời"]["B2"] = "Tên tốt"
        book["Câu trả lời"]["B3"] = 5
        book["Câu của bot"]["B4"] = None
        book["Ngoài phạm vi"]["C2"] = "câu gì"

    found = faults(hand_in(pack, work))
    assert [(error.sheet, error.cell) for error in found] == [
        ("Câu trả lời", "B3"), ("Ngoài phạm vi", "C2"), ("Câu của bot", "B4"),
    ]  # fmt: skip
    assert str(found[0]).startswith("trang “Câu trả lời”, ô B3: ô đã thành số (5)")
