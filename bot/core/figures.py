"""Figures in Vietnamese text, in digits or spelled out, as values that can be compared.

"14 ngày", "mười bốn ngày" and "14–21 ngày" hold the same first figure. Years after "năm", list marks and articles
("một số") are no figures. A token of letters and digits ("5K", "58-CV/TU") is a name: it is compared whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_TENS = {"mươi": 10, "chục": 10}
_SCALES = {
    "trăm": 100,
    "nghìn": 1000,
    "ngàn": 1000,
    "vạn": 10_000,
    "triệu": 10**6,
    "tr": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_SPELLED = {**_ONES, **_TENS, **_SCALES, "rưỡi": 0, "linh": 0, "lẻ": 0}
_MONEY = ("nghìn", "ngàn", "triệu", "tr", "tỷ", "tỉ")
_UNITS = {
    **dict.fromkeys(("mét", "m"), "metre"), "cm": "centimetre", "km": "kilometre", "bước": "step", "sải": "step",
    "gang": "span", **dict.fromkeys(("ngày", "hôm", "đêm"), "day"), "tuần": "week", "tháng": "month",
    **dict.fromkeys(("giờ", "tiếng", "h"), "hour"), **dict.fromkeys(("phút", "giây"), "minute"),
    **dict.fromkeys(("đồng", "đ", "vnđ"), "money"), **dict.fromkeys(("người", "khách"), "person"), "mâm": "table",
    **dict.fromkeys(("ca", "f0"), "case"), "lần": "time", "tuổi": "age", "độ": "degree", "%": "percent",
}  # fmt: skip
# After "một" only these make a figure; "một người thân", "một lần nữa" are articles.
_COUNTED_FROM_ONE = frozenset({"metre", "centimetre", "kilometre", "step", "span", "day", "week", "month", "hour",
                               "money", "table", "percent", "degree"})  # fmt: skip
# Half of something is a figure, and so are "a few metres": somebody will measure by it.
_VAGUE = {"nửa": "0.5", "vài": "vài", "dăm": "dăm"}
_REFERENCES = ("mục", "khoản", "điểm", "điều", "chương")
_BETWEEN = ("đến", "tới", "hoặc")
_NOT_NUMBERS = {
    "ba": ("mẹ", "má", "ơi", "lô"),
    "năm": ("nay", "ngoái", "mới", "học", "trước", "sau", "đó", "này", "âm", "dương"),
    "chín": ("kỹ", "kĩ", "mọng"),
}
_YEAR_AFTER = ("trong", "hằng", "hàng", "mỗi", "đầu", "cuối", "cả", "quanh", "suốt", "từ", "của", "các", "những", "mọi")
_TOKEN = re.compile(r"[^\W_]+(?:[./,:\-–][^\W_]+)*|%")
_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?|(?<![\w/])(\d{1,2})[/-](\d{1,2})"
                   r"[/-](\d{4})(?![\w/])", re.IGNORECASE)  # fmt: skip
_PHONE = re.compile(r"(?<!\w)\+?\d[\d .]{5,}\d(?!\w)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)[-–](\d+(?:[.,]\d+)?)")
_WITH_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)(m|km|cm|đ|tr|h)", re.IGNORECASE)
_LIST_MARK = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")
_SMALLEST_PHONE = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands. `unit` is "" where none was named; `next` is the word after it."""

    value: str
    unit: str
    text: str
    at: int
    next: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    at: int


# The same clauses and facts stand under many answers.
@lru_cache(maxsize=1024)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order."""
    text = unicodedata.normalize("NFC", text).lower()
    text = "".join(_digit(letter) for letter in text)
    text = _LIST_MARK.sub(lambda mark: " " * len(mark.group()), text)
    found: list[Figure] = []
    text = _take(_DATE, text, found, _date)
    text = _take(_PHONE, text, found, _phone)
    words = [_Word(each.group(), each.start()) for each in _TOKEN.finditer(text)]
    found.extend(_numbers(words))
    return tuple(sorted(found, key=lambda each: each.at))


def _digit(letter: str) -> str:
    """Full-width and other digits as those on a keyboard; one letter stays one letter."""
    return str(unicodedata.digit(letter)) if letter.isdigit() else letter


def _take(
    pattern: re.Pattern[str], text: str, found: list[Figure], read: Callable[[re.Match[str]], Figure | None]
) -> str:
    """Move what a pattern finds out of the text, spaces in its place."""

    def move(match: re.Match[str]) -> str:
        figure = read(match)
        if figure is None:
            return match.group()
        found.append(figure)
        return " " * len(match.group())

    return pattern.sub(move, text)


def _date(match: re.Match[str]) -> Figure:
    day, month, year = (match.group(1), match.group(2), match.group(3)) if match.group(1) else match.group(4, 5, 6)
    value = f"{year or '????'}-{int(month):02}-{int(day):02}"
    return Figure(value, "date", match.group(), match.start())


def _phone(match: re.Match[str]) -> Figure | None:
    digits = re.sub(r"\D", "", match.group())
    if len(digits) < _SMALLEST_PHONE or re.fullmatch(r"\d{1,3}(\.\d{3})+", match.group()):
        return None
    return Figure(digits, "phone", match.group(), match.start())


def _numbers(words: Sequence[_Word]) -> Iterator[Figure]:
    at = 0
    while at < len(words):
        length = _run(words, at)
        if length:
            yield from _figure(words, at, length)
            at += length
        else:
            yield from _named(words, at)
            at += 1


def _run(words: Sequence[_Word], at: int) -> int:
    """How many words from here form one number; 0 if none begins here."""
    length = 0
    while at + length < len(words) and _counts(words, at + length, first=length == 0):
        length += 1
        if length == 1 and _NUMBER.fullmatch(words[at].text):
            while at + length < len(words) and words[at + length].text in _SCALES:
                length += 1
            return length
    return length


def _counts(words: Sequence[_Word], at: int, *, first: bool) -> bool:
    word = words[at].text
    if _NUMBER.fullmatch(word):
        return first
    if word not in _SPELLED or (first and word in ("tư", "lăm", "mốt", "rưỡi", "linh", "lẻ", "mươi", "tr")):
        return False
    after = words[at + 1].text if at + 1 < len(words) else ""
    if after in _NOT_NUMBERS.get(word, ()) or (word == "năm" and (not after or after[:1].isdigit())):
        return False
    return not (first and word == "năm" and at and words[at - 1].text in _YEAR_AFTER)


def _figure(words: Sequence[_Word], at: int, length: int) -> Iterator[Figure]:
    run = [word.text for word in words[at : at + length]]
    before = words[at - 1].text if at else ""
    after = words[at + length].text if at + length < len(words) else ""
    value, unit = _value(run), _UNITS.get(after.split("/")[0], "")
    if before in _REFERENCES:
        unit = before
    elif not unit:
        unit = "money" if set(run) & set(_MONEY) else _shared(words, at + length)
    if before == "năm" and re.fullmatch(r"\d{4}", run[0]):
        unit = "year"
    if run == ["một"] and unit not in _COUNTED_FROM_ONE:
        return
    if not unit and before == "cả" and run == ["hai"] and after != "văn":
        return
    scale = _scale_after(words, at + length) if len(run) == 1 and _shared(words, at + length) else 1
    yield Figure(_plain(value * scale), unit, " ".join([*run, after] if unit and after else run), words[at].at, after)


def _shared(words: Sequence[_Word], at: int) -> str:
    """The unit of "một" in "một đến ba triệu": that of the number after it."""
    if at + 1 >= len(words) or words[at].text not in _BETWEEN:
        return ""
    length = _run(words, at + 1)
    end = at + 1 + length
    if not length:
        return ""
    unit = _UNITS.get(words[end].text, "") if end < len(words) else ""
    return unit or ("money" if words[end - 1].text in _MONEY else "")


def _scale_after(words: Sequence[_Word], at: int) -> int:
    run = [word.text for word in words[at + 1 : at + 1 + _run(words, at + 1)]]
    return _SCALES.get(run[-1], 1) if run else 1


def _value(run: Sequence[str]) -> float:
    total, part = 0.0, 0.0
    for word in run:
        if _NUMBER.fullmatch(word):
            part = _digits(word)
        elif word in _ONES:
            part += _ONES[word]
        elif word in _TENS or word == "trăm":
            part = (part or 1) * _SPELLED[word]
        elif word == "rưỡi":
            total *= 1.5
        elif word in _SCALES:
            total, part = total + (part or 1) * _SCALES[word], 0.0
    return total + part


def _digits(word: str) -> float:
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", word):
        return float(re.sub(r"\D", "", word))
    return float(word.replace(",", ".")) if word.count(",") + word.count(".") <= 1 else 0.0


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _named(words: Sequence[_Word], at: int) -> Iterator[Figure]:
    """A token of letters and digits: a range, a number with its unit, or a name."""
    word = words[at]
    if not any(letter.isdigit() for letter in word.text):
        unit = _UNITS.get(words[at + 1].text, "") if at + 1 < len(words) else ""
        if word.text in _VAGUE and unit:
            yield Figure(_VAGUE[word.text], unit, f"{word.text} {words[at + 1].text}", word.at)
        return
    both, single = _RANGE.fullmatch(word.text), _WITH_UNIT.fullmatch(word.text)
    after = words[at + 1].text if at + 1 < len(words) else ""
    scale = _SCALES.get(after, 1)
    if both:
        unit = _UNITS.get(after, "money" if after in _MONEY else "")
        for part in both.groups():
            yield Figure(_plain(_digits(part) * scale), unit, f"{word.text} {after}".strip(), word.at, after)
    elif single:
        letters = single.group(2)
        value = _digits(single.group(1)) * _SCALES.get(letters, 1)
        yield Figure(_plain(value), _UNITS.get(letters, "money"), word.text, word.at, after)
    else:
        yield Figure(word.text, "name", word.text, word.at, after)
