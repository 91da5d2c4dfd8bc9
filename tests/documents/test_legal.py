"""Numbers of documents are found with their dates, and look-alikes are not."""

from __future__ import annotations

import pytest

from bot.documents.document import Part
from bot.documents.kinds import parse
from bot.documents.legal import amendments, cites, numbers, tidy

REAL = (
    "05/CT-UBND", "2718/UBND-VX", "117/2020/NĐ-CP", "22/TB-VPCP", "1699/CĐ-TTg", "08/CT-CTUBND", "2718/ UBND - VX",
    "107/STP-XDKT&TDTHPL", "16/2020/QH14", "41/2020/UBTVQH14", "58-CV/TU", "15-NQ/TU", "36-HD/VPTW", "9816-CV/BTGTW",
    "102-QĐi/TW", "01 - CT/TU", "38/KH-CAT-PV01", "03/2021/QĐ-UBND", "4110/BGDĐT-GDCTHSSV", "10/2020/TT-BYT",
)  # fmt: skip
ALIKE = (
    "1-3 triệu", "30/4-1/5", "5K/F1", "3/4 - A", "24/24 giờ", "F0/F1", "7/10 hộ", "15/10", "2020/2021", "50 kWh/tháng",
    "1.500/TỔ", "km 5/QL", "2/3 UBND", "150-200 lít", "3-5 người/Tổ", "01/02/2020", "0213.3 876",
)  # fmt: skip


@pytest.mark.parametrize("number", REAL)
def test_a_number_is_found(number: str) -> None:
    found = [tidy(each[0]) for each in numbers(f"theo Văn bản số {number} ngày 02/12/2020 của cấp trên")]
    assert found == [number.replace(" ", "")]


@pytest.mark.parametrize("text", ALIKE)
def test_a_look_alike_is_not(text: str) -> None:
    assert list(numbers(f"mức {text} theo quy định")) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("số 05/CT-TTg ngày 02/12/2020", "2020-12-02"),
        ("số 05/CT-TTg, ngày 2 tháng 12 năm 2020", "2020-12-02"),
        ("số 05/CT-TTg ngày 02.12.2020 của", "2020-12-02"),
        ("số 05/CT-TTg của Thủ tướng Chính phủ ký ban hành ngày 02-12-2020", "2020-12-02"),
        ("số 05/CT-TTg của Thủ tướng; báo cáo trước ngày 02/12/2020", None),
        ("số 05/CT-TTg của Bộ Y tế trước ngày 02/12/2020", None),
        ("số 05/CT-TTg ngày 31/02/2020", None),
        ("số 05/CT-TTg", None),
    ],
)
def test_a_date_belongs_to_the_number_before_it(text: str, date: str | None) -> None:
    assert [(cite.number, cite.date) for cite in cites([text], None)] == [("05/CT-TTg", date)]


def test_the_same_number_of_two_years_is_two_documents() -> None:
    texts = ["Chỉ thị số 05/CT-TTg ngày 28/01/2020", "Chỉ thị 05/CT-TTg ngày 28/01/2021 và Chỉ thị 05/CT-TTg"]
    found = cites(texts, "05/CT-TTg", "2021-01-28")
    assert [(cite.what, cite.number, cite.date) for cite in found] == [("Chỉ thị", "05/CT-TTg", "2020-01-28")]


def test_a_law_without_number_is_named() -> None:
    found = cites(["được vận dụng Điều 26 Luật Đấu thầu. Sở Y tế", "Luật An ninh mạng số 24/2018/QH14"], None)
    assert [(cite.number, cite.what) for cite in found] == [("24/2018/QH14", "Luật"), (None, "Điều 26 Luật Đấu thầu")]


def test_what_is_done_to_other_documents_is_kept_as_data() -> None:
    text = (
        "Dừng thực hiện Công văn số 12/UBND-VX; tiếp tục thực hiện Chỉ thị 16/CT-TTg. Thay thế số 7/KH-UBND, 8/KH-UBND."
    )
    found = [(each.verb, each.number) for each in amendments([Part("3", text)])]
    assert found == [
        ("dừng thực hiện", "12/UBND-VX"),
        ("tiếp tục thực hiện", "16/CT-TTg"),
        ("thay thế", "7/KH-UBND"),
        ("thay thế", "8/KH-UBND"),
    ]
    note = next(note for note in parse(f"1. {text}".encode()).notes if "12/UBND-VX" in note)
    assert "dừng thực hiện" in note
    assert "xác nhận" in note
