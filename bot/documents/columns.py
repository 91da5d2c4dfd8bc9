"""Two columns that landed on one line: the head and the signature of every official document."""

from __future__ import annotations

import re
import unicodedata

from .marks import marks

_LONGEST = 250  # letters and blanks that a line of two columns can have
_RIGHT = re.compile(
    r"(?P<left>.*?\S)?\s+(?P<right>(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|"
    r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc)\s*)$"
)
_DATED = re.compile(
    r"(?P<left>\s*(?:(?:Số|SỐ)\s*:?.*?[\wĐ/]|V/v.*?))\s+"
    r"(?P<right>(?:[A-ZĐ]\w+(?:\s[A-ZĐ]\w+){0,3}|TP\.?\s?\w+(?:\s\w+){0,2}),\s*ngày\b.*)$"
)
_WIDE = re.compile(r"(?P<left>\s*\S(?:.*?\S)?)(?P<gap>\s{4,})(?P<right>\S.*)$")
_SIGNED = re.compile(
    r"(?P<left>N[oơ]i nhận\s*:?|\s*[-–]\s.*?[;.])\s+(?P<right>(?:TM|KT|TL|TUQ|Q)\.\s.*|(?:T/M|K/T|T/L)\s.*|"
    r"(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ)(?:\s[^a-z]*)?|CHÁNH VĂN PHÒNG)$"
)


def split_line(line: str) -> list[tuple[str, str]] | None:
    """A line with a left and a right part as [("left", …), ("right", …)], or None for a line of one column."""
    if len(line) > _LONGEST:
        return None
    line = unicodedata.normalize("NFC", line)
    for pattern in (_RIGHT, _SIGNED):
        found = pattern.match(line)
        if found and (found["left"] or "").strip():
            return [("left", found["left"]), ("right", found["right"])]
    dated = _DATED.match(line)
    if dated and _is_head_left(dated["left"]):
        return [("left", dated["left"]), ("right", dated["right"])]
    wide = _WIDE.match(line)
    if wide and len(wide["gap"]) >= 4 and _may_be_two(wide["left"], wide["right"]):
        return [("left", wide["left"]), ("right", wide["right"])]
    return None


def _is_head_left(left: str) -> bool:
    return bool(re.match(r"\s*(?:Số|SỐ)\s*:?|\s*V/v", left)) and len(left) < 80


def _may_be_two(left: str, right: str) -> bool:
    """Not the blanks of "ngày      tháng      năm", nor those of a number left blank ("Số:      /UBND")."""
    if re.search(r"(?:ngày|tháng|[Ss]ố\s*:?)\s*$", left) or re.match(r"(?:tháng|năm|/)", right.strip()):
        return False
    if marks(left.strip() + " x"):
        return False
    return len(left.strip()) < 60 and len(right.strip()) < 70
