from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from bot.core.catalogue import Catalogue
from bot.figures.overview import overview
from bot.figures.table import days_table, subject_days_table, subjects_table, written
from bot.store.counts import SubjectCount
from tests.figures.samples import FEBRUARY, A, gathered


def read(table: bytes) -> list[list[str]]:
    assert table.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read Vietnamese letters"
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))


def test_every_day_has_its_line() -> None:
    head, *rows = read(days_table(gathered()))
    assert len(rows) == FEBRUARY.days
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Ngày"], first["Tổng số câu hỏi"], first["Hỏi lại"], first["Telegram"]) == (
        "01/02/2021", "800", "100", "700",
    )  # fmt: skip
    assert rows[0][-2:] == ["1,2", "90,0"]
    assert rows[1][-2:] == ["3,5", "3,5"]
    assert rows[5][1:] == ["0", "0", "0", "0", "0", "0", "", ""]


def test_subjects_have_totals_and_votes(catalogue: Catalogue) -> None:
    head, *rows = read(subjects_table(overview(gathered(), catalogue.intents)))
    assert dict(zip(head, rows[0], strict=True)) == {
        "Chủ đề": catalogue.intents["mask"].title, "Mã": "mask", "Tổng số câu hỏi": "900", "Đã trả lời": "900",
        "Hỏi lại": "0", "Kỳ trước": "500", "👍": "30", "👎": "6",
    }  # fmt: skip


def test_subjects_by_day() -> None:
    rows = read(subject_days_table([SubjectCount(date(2021, 2, 1), "mask", A, 3)], {"mask": "Khẩu trang"}))
    assert rows[1] == ["01/02/2021", "Khẩu trang", "mask", "Đã trả lời", "3"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "\r=1", "＝1", "\u200b=1", "\u3000＠SUM(A1)"],
)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    ((cell, other),) = read(written([[text, "chữ; thường"]]))
    assert cell.startswith("'")
    assert other == "chữ; thường"


def test_numbers_below_zero_stay_numbers() -> None:
    assert read(written([[-3, 1.25, None]])) == [["-3", "1,2", ""]]
