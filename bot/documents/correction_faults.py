"""What is wrong with a corrected reading, field by field, and what the reader doubted, beside what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .correcting import CUT, CUT_LINE, Correction, Piece, iso_day, lines
from .correction_files import cited

_ID = re.compile(r"[^\s#?&%<>\"'“”]{1,100}")
_PATH = re.compile(r"[^\W_][\w.-]{0,60}")
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


def faults(correction: Correction) -> dict[str, str]:
    """What has to be mended before it can be kept, by field; a clause is the field "muc-0", "muc-1" …"""
    return {name: said for name, said in (*_head_faults(correction), *_piece_faults(correction)) if said}


def _head_faults(correction: Correction) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(correction.id):
        yield "id", "Mã văn bản cần có, không chứa khoảng trắng hay các dấu # ? & % < >. Ví dụ: 58-CV/TU@2020-12-08."
    if not correction.title:
        yield "title", "Cần một tên để gọi văn bản này trong câu trả lời. Ví dụ: Công văn 58-CV/TU ngày 08/12/2020."
    for name in ("date", "effective", "expires"):
        day = getattr(correction, name)
        if day and iso_day(day) != day:
            mend = "Viết ngày/tháng/năm, hoặc để trống nếu văn bản không ghi."
            yield name, f"“{day}” không phải là một ngày có thật. {mend}"
    yield "year", _year_fault(correction)
    if correction.effective and correction.expires and correction.expires < correction.effective:
        yield "expires", "Ngày hết hiệu lực đứng trước ngày có hiệu lực. Xem lại hai ngày này trong văn bản."
    for line, cite in zip(lines(correction.cites), cited(correction.cites), strict=True):
        parts = line.split("|")
        if len(parts) > 1 and parts[1].strip() and cite["date"] is None:
            yield "cites", f"Dòng “{line}”: “{parts[1].strip()}” không phải là một ngày. Viết như 02/12/2020."


def _year_fault(correction: Correction) -> str:
    year = correction.year
    if year and not (year.isdecimal() and _FIRST_YEAR <= int(year) <= _LAST_YEAR):
        return f"“{year}” không phải là một năm. Viết bốn chữ số, hoặc để trống."
    if year and correction.date and correction.date[:4] != year:
        return f"Năm {year} khác với ngày ban hành ({correction.date[:4]}). Sửa một trong hai."
    return ""


def _piece_faults(correction: Correction) -> Iterator[tuple[str, str]]:
    if not correction.pieces:
        yield "clauses", "Văn bản chưa có mục nào. Bấm “Thêm mục” rồi chép lời văn vào."
    seen: set[str] = set()
    for at, piece in enumerate(correction.pieces):
        yield f"muc-{at}", _piece_fault(piece, seen)
        seen.add(piece.path)


def _piece_fault(piece: Piece, seen: set[str]) -> str:
    if not _PATH.fullmatch(piece.path):
        return "Số mục chỉ gồm chữ, số, dấu chấm và gạch nối. Ví dụ: 6.a, preamble, phu-luc-1.2."
    if piece.path in seen:
        return f"Đã có một mục số “{piece.path}” ở trên. Đặt số khác, hoặc gộp hai mục."
    if CUT_LINE.search(piece.text):
        return f"Còn dòng {CUT}. Bấm “Tách”, hoặc xoá dòng ấy."
    return "" if piece.text else "Mục này chưa có chữ nào. Chép lời văn vào, hoặc bấm “Xoá mục”."


# Doubts of the reader, beside what they are about

_ABOUT = (
    ("number", ("mục số",)),
    ("date", ("mục ngày", "Ngày ban hành")),
    ("issuer", ("cơ quan ban hành",)),
    ("signer", ("người ký",)),
    ("subject", ("trích yếu",)),
    ("addressees", ("Kính gửi",)),
    ("others", ("Văn bản nói “",)),
)
_PATH_IN_NOTE = re.compile(r"(?:để trong|lần sau ghi là|mục nhỏ của mục|Trong mục|Số) “?([\w.-]*\w)”?")


def doubts(correction: Correction) -> dict[str, list[str]]:
    """The notes by the field that they are about; "" for those about the whole."""
    places = {piece.path: f"muc-{at}" for at, piece in enumerate(correction.pieces)}
    found: dict[str, list[str]] = {}
    for note in lines(correction.notes):
        found.setdefault(_place_of(note, places), []).append(note)
    return found


def _place_of(note: str, places: Mapping[str, str]) -> str:
    paths = [path for path in _PATH_IN_NOTE.findall(note) if path in places]
    if paths:
        return places[paths[-1]]
    return next((name for name, words in _ABOUT if any(word in note for word in words)), "")
