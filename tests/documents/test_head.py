"""Heads of the State's and the Party's documents, in the forms they come in."""

from __future__ import annotations

from typing import Any

import pytest

from bot.documents.kinds import parse
from bot.documents.organs import issuer

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
BODY = (
    "Thực hiện chỉ đạo của cấp trên, yêu cầu:",
    "1. Việc một.",
    "2. Việc hai.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
)

HEADS: dict[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    "Ban Bí thư": (
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "*", "Số 16-CT/TW", *PARTY, "Hà Nội, ngày 8 tháng 2 năm 2018", "CHỈ THỊ",
         "CỦA BAN BÍ THƯ", "về tăng cường sự lãnh đạo của Đảng", "-----"),
        ("T/M BAN BÍ THƯ", "Nguyễn Văn Mẫu"),
        {"number": "16-CT/TW", "date": "2018-02-08", "issuer": "Ban Chấp hành Trung ương",
         "subject": "về tăng cường sự lãnh đạo của Đảng", "signer": "Nguyễn Văn Mẫu", "kind": "CHỈ THỊ"},
    ),
    "huyện ủy": (
        ("ĐẢNG BỘ TỈNH LAI CHÂU", "HUYỆN ỦY TAM ĐƯỜNG", "*", "Số 102 -KH/HU", *PARTY,
         "Tam Đường, ngày 02 tháng 02 năm 2021", "KẾ HOẠCH", "phòng, chống dịch trên địa bàn huyện"),
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Vàng Văn Mẫu"),
        {"number": "102-KH/HU", "issuer": "Huyện ủy Tam Đường", "signer": "Vàng Văn Mẫu",
         "signer_title": "T/M Ban Thường vụ, Phó Bí thư thường trực"},
    ),
    "bộ": (
        ("BỘ Y TẾ", *STATE, "Số: 5968 /BYT-DP", "V/v hướng dẫn tại cộng đồng", "Hà Nội, ngày 31 tháng 12 năm 2021",
         "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương."),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "(Đã ký)", "Nguyễn Thị Mẫu"),
        {"number": "5968/BYT-DP", "issuer": "Bộ Y tế", "subject": "hướng dẫn tại cộng đồng", "signer": "Nguyễn Thị Mẫu",
         "addressees": ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)},
    ),
    "ban chỉ đạo, ngày viết tắt": (
        ("UBND TỈNH LAI CHÂU", "BCĐ PHÒNG, CHỐNG DỊCH", *STATE, "Số: 15/TB-BCĐ", "Lai Châu, ngày 01/02/2021",
         "THÔNG BÁO", "Kết luận của Trưởng Ban Chỉ đạo"),
        ("TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND TỈNH", "BSCKII. Nguyễn Văn Mẫu"),
        {"date": "2021-02-01", "issuer": "BCĐ phòng, chống dịch", "subject": "Kết luận của Trưởng Ban Chỉ đạo",
         "signer": "Nguyễn Văn Mẫu"},
    ),
    "xã, V/v dưới tên loại": (
        ("ỦY BAN NHÂN DÂN", "XÃ NẬM LOỎNG", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 03/TB-UBND",
         "Nậm Loỏng, ngày 07 tháng 01 năm 2021", "THÔNG BÁO", "V/v thực hiện nếp sống văn minh"),
        ("CHỦ TỊCH", "LÝ A MẪU"),
        {"issuer": "Ủy ban nhân dân xã Nậm Loỏng", "subject": "thực hiện nếp sống văn minh", "signer": "Lý A Mẫu"},
    ),
    "trích yếu mở đầu bằng Thực hiện": (
        ("ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU", *STATE, "Số: 301/KH-UBND", "Lai Châu, ngày 10 tháng 02 năm 2021",
         "KẾ HOẠCH",
         "Thực hiện Nghị quyết số 30/NQ-CP trên địa bàn tỉnh"),
        ("CHỦ TỊCH", "Nguyễn Văn Mẫu"),
        {"kind": "KẾ HOẠCH", "subject": "Thực hiện Nghị quyết số 30/NQ-CP trên địa bàn tỉnh", "number": "301/KH-UBND"},
    ),
    "để trống": (
        ("UBND TỈNH LAI CHÂU", "SỞ NỘI VỤ", *STATE, "Số: .../SNV-VP", "Lai Châu, ngày ... tháng ... năm 2021",
         "HỎA TỐC", "Kính gửi: Sở Y tế; Sở Tài chính."),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        {"number": None, "date": None, "year": 2021, "issuer": "Sở Nội vụ", "signer": None, "subject": None,
         "urgency": "HỎA TỐC", "addressees": ("Sở Y tế", "Sở Tài chính")},
    ),
    "ngày không có thật": (
        ("UBND TỈNH LAI CHÂU", *STATE, "Số: 9/UBND-VX", "Lai Châu, ngày 30 tháng 02 năm 2021"),
        ("CHỦ TỊCH", "Nguyễn Văn Mẫu"),
        {"number": "9/UBND-VX", "date": None, "year": 2021},
    ),
    "dấu ký số và dấu đến": (
        ("Người ký: Ủy ban nhân dân tỉnh Lai Châu", "Thời gian ký: 05.02.2021 16:32:11 +07:00", "ỦY BAN NHÂN DÂN",
         "TỈNH LAI CHÂU", *STATE, "Số: 447/UBND-VX", "V/v phòng, chống dịch", "Lai Châu, ngày 04 tháng 02 năm 2021"),
        ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Nguyễn Văn Mẫu"),
        {"number": "447/UBND-VX", "date": "2021-02-04", "issuer": "Ủy ban nhân dân tỉnh Lai Châu",
         "signer": "Nguyễn Văn Mẫu"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_a_head_says_what_it_says_and_no_more(name: str) -> None:
    head, signature, expected = HEADS[name]
    found = parse("\n\n".join((*head, *BODY, *signature)).encode())
    assert {field: getattr(found, field) for field in expected} == expected
    assert [part.path for part in found.clauses] == ["head", "preamble", "1", "2", "end"]
    assert next(part for part in found.clauses if part.path == "preamble").text == BODY[0]


@pytest.mark.parametrize("field", ["number", "date", "issuer", "signer"])
def test_what_is_missing_is_told(field: str) -> None:
    words = {"number": "số, ký hiệu", "date": "ngày ban hành", "issuer": "cơ quan ban hành", "signer": "người ký"}
    found = parse("Các cơ quan thực hiện:\n\n1. Việc một.".encode())
    assert getattr(found, field) is None
    assert any(words[field] in note for note in found.notes)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH LAI CHÂU"], "Ủy ban nhân dân tỉnh Lai Châu"),
        (["UBND TỈNH LAI CHÂU", "SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH"], "Sở Văn hoá, Thể thao và Du lịch"),
        (["TỈNH ỦY LAI CHÂU", "BAN TUYÊN GIÁO"], "Ban Tuyên giáo Tỉnh ủy Lai Châu"),
        (["UBND TỈNH LAI CHÂU", "VĂN PHÒNG"], "Văn phòng UBND tỉnh Lai Châu"),
        (["SỞ Y TẾ LAI CHÂU", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"], "Trung tâm Kiểm soát bệnh tật"),
        (["BỘ CHỈ HUY QUÂN SỰ", "TỈNH LAI CHÂU"], "Bộ Chỉ huy Quân sự tỉnh Lai Châu"),
        (["Ủy ban nhân dân tỉnh"], "Ủy ban nhân dân tỉnh"),
        ([], None),
    ],
)
def test_names_in_capitals_are_written_as_in_a_sentence(lines: list[str], expected: str | None) -> None:
    assert issuer(lines) == expected


def test_two_columns_on_one_line_are_parted() -> None:
    text = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LAI CHÂU Độc lập - Tự do - Hạnh phúc
   Số: 05 /CT-UBND               Lai Châu, ngày 5 tháng 2 năm 2021
1. Việc một của các cơ quan.
Nơi nhận: KT. CHỦ TỊCH
- Như trên; PHÓ CHỦ TỊCH
- Lưu: VT.
Nguyễn Văn Mẫu
"""
    found = parse(text.encode())
    assert (found.number, found.date, found.issuer) == ("05/CT-UBND", "2021-02-05", "Ủy ban nhân dân tỉnh Lai Châu")
    assert (found.signer, found.recipients) == ("Nguyễn Văn Mẫu", ("Như trên", "Lưu: VT"))


def test_the_number_is_not_that_of_a_document_in_the_subject_or_the_body() -> None:
    text = (
        "Số:      /UBND-VX\n\nV/v thực hiện Chỉ thị số 05/CT-TTg\n\nLai Châu, ngày 05 tháng 02 năm 2021\n\n1. Việc một."
    )
    assert parse(text.encode()).number is None


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 04 tháng 02 năm 2021, UBND tỉnh họp.",
        "Đến ngày 30/01/2021, toàn tỉnh chưa có ca mắc.",
        "Số người mắc tăng nhanh.",
        "Mật độ dân cư thấp.",
    ],
)
def test_a_first_sentence_is_no_part_of_the_head(text: str) -> None:
    head = ("UBND TỈNH LAI CHÂU", "Số: 9/UBND-VX", "V/v phòng dịch", "Lai Châu, ngày 05 tháng 02 năm 2021")
    found = parse("\n\n".join((*head, text, "1. Một việc.", "2. Hai việc.")).encode())
    assert [part.text for part in found.clauses if part.path == "preamble"] == [text]
    assert found.subject == "phòng dịch"
