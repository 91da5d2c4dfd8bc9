"""Documents that a text names: their numbers, dates and parts ("điểm a khoản 3 Mục II Công văn số 58-CV/TU ngày …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from .syllables import bare

# Numbers as the state writes them (05/CT-UBND, 2718/UBND-VX, 117/2020/NĐ-CP, 03/2007/QH12), then the Party (58-CV/TU).
_YEAR = r"(?:\s?/\s?(?:19|20)\d\d)"
_CODE, _ORGAN = r"[A-ZĐ][A-Za-zĐđ&]{1,13}", r"(?:\s?[-–]\s?[A-ZĐ][A-Za-zĐđ&]{1,14}\d{0,3})"
_PARTY = r"(?:NQ|CT|QĐi?|QDi?|QC|QyĐ|KL|TB|HD|CV|BC|KH|CTr|TT|TTr|DA|ĐA|BB)"
_NUMBER = re.compile(
    rf"(?<![\w/.\-–])\d{{1,5}}(?:{_YEAR}?\s?/\s?{_CODE}{_ORGAN}{{1,2}}|{_YEAR}\s?/\s?[A-ZĐ]{{2,5}}\d{{0,2}}"
    rf"|\s?[-–]\s?{_PARTY}\s?/\s?{_CODE}{_ORGAN}?)(?!\w)"
)
KINDS = (
    r"(?:cong van|cong dien|chi thi|quyet dinh|nghi quyet|nghi dinh|ke hoach|thong bao|ket luan|huong dan|thong tu"
    r"|quy dinh|quy che|bao cao|to trinh|van ban)"
)
DAY = r"(\d{1,2})\s*(?:[/.\-]|thang)\s*(\d{1,2})(?:\s*(?:[/.\-]|nam)\s*(\d{4}))?(?![\d/])"
_DATED = re.compile(rf"(?P<between>(?:\s*,?\s*cua\s[^,;.]{{2,60}}?)?[,\s(]*)\bngay\s+{DAY}")
_OTHER_DAY = re.compile(r"hieu luc|\b(?:tu|den|sau|truoc|vao)\s*$")  # the day of something else than the document
_UNNUMBERED = re.compile(
    rf"\b{KINDS}\s+(?:ngay\s+{DAY}|nam\s+(?P<year>\d{{4}}))\s+cua\s+(?P<issuer>\w+(?:\s+(?!ve\b|ban hanh)\w+){{0,7}})"
)
_LEVELS = {"phan": 0, "chuong": 1, "muc": 2, "dieu": 3, "khoan": 4, "diem": 5}
_LABEL = r"(?:\d{1,2}(?:\.\d{1,2}){1,3}(?![\d/])|\d{1,3}(?![\d/.]*\d)|[ivxlc]{1,5}|[a-z])"
_UNIT = re.compile(
    rf"(?<!danh )(?<!dia )\b(?P<level>{'|'.join(_LEVELS)})\s+"
    rf"(?P<labels>{_LABEL}\b(?:\s*(?:,|va)\s*{_LABEL}\b(?!\s*[)/]))*)"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that a text names at `begin` to `end`.

    `number` is None where only its day or year and its `issuer` (letters without marks) are named; `date` is ISO 8601,
    as much of it as the text gives.
    """

    number: str | None
    date: str | None
    begin: int
    end: int
    issuer: str = ""


def folded(text: str) -> str:
    """A cleaned text in small letters without marks, letter for letter: what stands at one place stands there too."""
    return "".join((bare(letter) or letter)[:1] for letter in text)


def iso(day: str, month: str, year: str | None) -> str | None:
    """A day of the calendar as ISO 8601, or None for one that does not exist or has no year."""
    try:
        return date(int(year or ""), int(month), int(day)).isoformat()
    except ValueError:
        return None


def references(text: str) -> tuple[Reference, ...]:
    """The documents that a cleaned text names, in its order. Fractions, ranges and rates are none."""
    plain = folded(text)
    numbered = [_numbered(match, plain) for match in _NUMBER.finditer(text)]
    others = (_unnumbered(match) for match in _UNNUMBERED.finditer(plain))
    apart = [each for each in others if not any(each.begin < one.end and one.begin < each.end for one in numbered)]
    return tuple(sorted([*numbered, *apart], key=lambda each: each.begin))


def _numbered(match: re.Match[str], plain: str) -> Reference:
    number = re.sub(r"\s", "", match[0]).replace("–", "-")
    dated = _DATED.match(plain, match.end())
    day = iso(*dated.group(2, 3, 4)) if dated and not _OTHER_DAY.search(dated["between"]) else None
    return Reference(number, day, match.start(), dated.end() if dated and day else match.end())


def _unnumbered(match: re.Match[str]) -> Reference:
    day = match["year"] or iso(*match.group(1, 2, 3))
    return Reference(None, day, match.start(), match.end(), match["issuer"])


def parts(text: str) -> tuple[str, ...]:
    """The parts of a document that a cleaned text lists, as paths such as "II.3.a", the larger part first."""
    plain = folded(text)
    units = [_unit(match, text) for match in _UNIT.finditer(plain)]
    if len(units) > 1 and units[0][0] < units[-1][0]:  # "Mục II, khoản 3": the larger part first
        units = units[::-1]
    return tuple(reversed([".".join(path) for path in _paths(units)]))


def _unit(match: re.Match[str], text: str) -> tuple[int, tuple[str, ...]]:
    """A level and its labels; of the letters the marks count, since điểm d and điểm đ are two."""
    begin, end = match.span("labels")
    labels = re.split(r"\s*(?:,|\bvà\b|\bva\b)\s*", text[begin:end])
    return _LEVELS[match["level"]], tuple(label.lower().lstrip("0") for label in labels)


def _paths(units: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """From the last unit, which holds the others, to the first: each innermost unit with all around it."""
    around: list[tuple[int, tuple[str, ...]]] = []
    for level, labels in reversed(units):
        if around and level <= around[-1][0]:
            yield from _crossed(around)
            around = [each for each in around if each[0] < level]
        around.append((level, labels))
    if around:
        yield from _crossed(around)


def _crossed(around: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    for path in reversed(list(product(*(labels for _, labels in around)))):
        # "điểm 1.2, mục 1": a label with dots names what is around it itself.
        dotted = [at for at, label in enumerate(path) if "." in label]
        yield tuple(_cased(label) for label in path[dotted[-1] if dotted else 0 :])


def _cased(label: str) -> str:
    """Roman numerals in capitals; a lone letter is a point, but for i, v and x, which are read as they stand."""
    return label.upper() if len(label) > 1 and re.fullmatch(r"[ivxlc]+", label) else label
