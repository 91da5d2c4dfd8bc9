"""What a line of a head can be: motto, number, date, subject, type of document, urgency, stamps."""

from __future__ import annotations

import re

from ..core.syllables import bare
from .marks import is_caps

KINDS = (
    "NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|"
    "BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|CÔNG ĐIỆN|KẾT LUẬN|THÔNG TƯ|NGHỊ ĐỊNH|LỜI KÊU GỌI|THÔNG CÁO|GIẤY MỜI|CÔNG VĂN|THÔNG TRI|"
    "QUY TRÌNH|NỘI QUY|ĐIỀU LỆ|PHIẾU TRÌNH|VĂN BẢN HỢP NHẤT"
)
_FURTHER = r"(?: (?:khan|hoa toc|lien nganh|lien tich|ket luan|hanh dong|phoi hop|cong tac))+$"
_KINDS = {bare(kind): kind for kind in KINDS.split("|")}
_MOTTO = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap\s*[-–]\s*tu do\s*[-–]\s*hanh phuc|dang cong san viet nam|"
    r"^doan (?:tncs|thanh nien cong san) ho chi minh$"
)
NUMBER_LINE = re.compile(r"(?:Số|SỐ)\s*:\s*|(?:Số|SỐ)\s+(?=\d{1,5}[a-zA-Z]?\s*[-–/])|(?:Số|SỐ)\s*(?=[/._…]|$)")
DATE_LINE = re.compile(
    r"(?:(?P<place>[^\W\d_][^\d,;:]{1,40}),\s*)?ngày(?P<rest>[\s\d.…_/-]*(?:tháng[\s\d.…_/-]*)?(?:năm[\s\d.…_]*)?)$",
    re.IGNORECASE,
)
_DAY_OR_BLANK = re.compile(r"tháng|năm|\d{4}|[.…_/]{2}", re.IGNORECASE)
SUBJECT = re.compile(r"(?:V/v|v/v|V/V|VV|[Vv]ề việc|VỀ VIỆC)\b\s*:?\s*")
TO = re.compile(r"(?:Kính gửi|KÍNH GỬI|Kính chuyển|Đồng kính gửi)\s*:?\s*|[^:]{3,80}\b(?:điện|ĐIỆN)\s*:\s*(?=$|[-–])")
_URGENCY = re.compile(r"(?:hoa toc(?: hen gio)?|thuong khan|khan)(?: khan)?$")
SEPARATOR = re.compile(r"[\W_]*$")
_STAMP = re.compile(
    r"(?:ky boi|nguoi ky|email\s*:|co quan\s*:|ngay ky|thoi gian ky|signature not verified|chuc vu\s*:|"
    r"cong van den|den\b.{0,30}(?:so|ngay)|gio\b.{0,10}ngay|chuyen\s*:|mat$|tuyet mat$|toi mat$|ban sao|sao y)"
)
BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét|Thời gian qua|Hiện nay|Để)\b")
OPERATIVE = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Xét|Thời gian qua|Trước tình hình|Hiện nay|Để\b|Ngày \d|Triển khai|Sau khi)\b"
)
SENTENCES = re.compile(r"[^\W\d_]{2}[.;] [^\W\d_]")


def is_motto(text: str) -> bool:
    """Whether a paragraph holds the name of the state or of the Party, or the motto."""
    return bool(_MOTTO.search(bare(text)))


def kind_of(text: str) -> str | None:
    """The type of document that a line names ("QUYẾT ĐỊNH", also "THÔNG BÁO KHẨN"), or None."""
    return _KINDS.get(re.sub(_FURTHER, "", bare(text).strip(" .*"))) if is_caps(text) else None


def is_date(text: str) -> bool:
    """Whether a line is that of place and date, also with day and month left blank."""
    match = DATE_LINE.match(text)
    return bool(match and _DAY_OR_BLANK.search(match["rest"]))


def is_urgency(text: str) -> bool:
    """Whether a line is a grade of urgency ("HỎA TỐC")."""
    return bool(_URGENCY.match(bare(text).strip(" .()")))


def is_stamp(text: str) -> bool:
    """Whether a line is part of a stamp: of a digital signature, of what came in, of secrecy."""
    return len(text) < 90 and not text.startswith("Đến") and bool(_STAMP.match(bare(text)))


def is_head_line(text: str) -> bool:
    """Whether a paragraph can only stand in a head, wherever its words came from."""
    return bool(
        is_motto(text) or NUMBER_LINE.match(text) or is_date(text) or SUBJECT.match(text) or kind_of(text)
        or SEPARATOR.match(text) or is_urgency(text) or is_stamp(text)
    )  # fmt: skip


def opens_office(text: str) -> bool:
    """Whether a line in capitals names the authority that decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH")."""
    return bool(re.match(r"(?:chu tich|giam doc|hoi dong nhan dan|uy ban nhan dan|thu tuong|bo truong|ban |chanh |"
                         r"truong |cuc truong|bi thu)", bare(text)))  # fmt: skip
