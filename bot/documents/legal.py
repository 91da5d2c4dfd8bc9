"""Numbers and dates of documents as they are cited, told apart from look-alikes such as "1-3 triệu" or "5K/F1"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from .document import Amendment, Cite, Part

_UP = "A-ZĐƯƠÂÊÔĂ"
_ORG = rf"[{_UP}][{_UP}a-zđư0-9&.]*"
_STATE = (
    rf"(?P<state>\d{{1,5}}[a-zA-Z]?\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    rf"{_ORG}(?:\s?[-–]\s?{_ORG})*)"
)
_PARTY = rf"(?P<party>\d{{1,5}}[a-zA-Z]?\s?[-–]\s?[{_UP}]{{2,5}}[ir]?\s?/\s?{_ORG}(?:\s?[-–]\s?{_ORG})*)"
_NUMBER = re.compile(rf"(?<![\w/.,-])(?:{_PARTY}|{_STATE})(?![\w/])")
_SAID = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*$")
_TYPES = "NQ QĐ CT QC QyĐ TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ CV KL QĐi TTLT PL NĐ TT UBND HĐND QH".split()  # noqa: SIM905
_DATE = re.compile(
    r"ngày\s*(?P<d>\d{1,2})\s*(?:tháng\s*(?P<m>\d{1,2})\s*năm\s*(?P<y>\d{4})"
    r"|[/.-]\s*(?P<m2>\d{1,2})\s*[/.-]\s*(?P<y2>\d{4}))",
    re.IGNORECASE,
)
# "số 1699/CĐ-TTg, ngày …", "số 01/CĐ-TW hồi 16 giờ 30 ngày …",
# "số 1699/CĐ-TTg của Thủ tướng Chính phủ ký ngày …", but not "… của Bộ Y tế trước ngày …".
_THEN_DATE = re.compile(
    r"(?:[\s,(]*|,?\s+(?:hồi|lúc)\s+[\d\s:hgiờphút]{2,20}(?:,\s*)?|\s+(?:của|do)\s+[^.;:,\d]{2,70}?(?<!trước)(?<!từ)(?<!đến)(?<!sau)(?<!hết)(?<!vào),?\s+)"
    + _DATE.pattern,
    re.IGNORECASE,
)
_COPIES = ("SY", "SL", "TrS")  # the marks of copies, which are no documents
_LAW = re.compile(
    r"(?:(?:Điều|[Kk]hoản|[Đđ]iểm)\s+[\w.]+(?:\s*,\s*|\s+(?:của\s+)?))*(?:Bộ luật|Luật|Pháp lệnh)\s+"
    r"(?P<name>[^\W\d_][^.;:()\"]{2,80}?)(?=\s+(?:ngày|năm|số|được|và các)\b|[.;:()\"]|,\s*ngày|$)"
)
_KINDS = re.compile(
    r"(Công điện|Công văn|Văn bản|Chỉ thị|Quyết định|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Thông báo|"
    r"Kế hoạch|Kết luận|Hướng dẫn|Quy định|Tờ trình|Báo cáo|Chương trình|Đề án|Luật|Quy chế)(?=[^.;]{0,120}$)"
)
_VERBS = re.compile(
    r"thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|tạm dừng thực hiện|dừng thực hiện|tiếp tục thực hiện|sửa đổi, bổ sung"
)


def tidy(number: str) -> str:
    """A number without inner blanks, with plain hyphens: "2718/ UBND - VX" is "2718/UBND-VX"."""
    return re.sub(r"\s+", "", number).replace("–", "-").rstrip(".")


def _is_number(found: re.Match[str], text: str) -> bool:
    """The code after the stroke has two capitals; alone, without organ or year, it counts only behind "số"."""
    code = re.split(r"/", found[0])[-1]
    capitals = sum(char.isupper() for char in code)
    if capitals < 2:
        return False
    said = bool(_SAID.search(text[max(0, found.start() - 12) : found.start()]))
    known = any(each in re.split(r"[\s/–-]+", found[0]) for each in _TYPES)
    return bool(said or (found["party"] and known) or found["year"] or "-" in tidy(found[0]) or known)


def numbers(text: str) -> Iterator[re.Match[str]]:
    """Where numbers of documents stand in a text, in order."""
    return (found for found in _NUMBER.finditer(text) if _is_number(found, text))


def iso(found: re.Match[str]) -> str | None:
    """The date that was matched, or None if there is no such day."""
    day, month, year = found["d"], found["m"] or found["m2"], found["y"] or found["y2"]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> re.Match[str] | None:
    """The first whole date ("ngày 02 tháng 12 năm 2020", "ngày 02/12/2020")."""
    return _DATE.search(text)


def _kind_before(text: str) -> str:
    found = _KINDS.findall(re.split(r"[.;]\s", text)[-1])
    return found[-1] if found else ""


def _cited(text: str) -> Iterator[Cite]:
    for found in numbers(text):
        if any(mark in re.split(r"[/–-]", tidy(found[0])) for mark in _COPIES):
            continue
        dated = _THEN_DATE.match(text, found.end())
        yield Cite(
            tidy(found[0]),
            iso(dated) if dated else None,
            _kind_before(text[max(0, found.start() - 140) : found.start()]),
        )
    for law in _LAW.finditer(text):
        if law["name"][0].islower() or re.match(r"[^.;]{0,40}?số\s*:?\s*\d", text[law.end() :]):
            continue
        dated = _THEN_DATE.match(text, law.end())
        yield Cite(None, iso(dated) if dated else None, " ".join(law[0].split()))


def cites(texts: Sequence[str], own: str | None, day: str | None = None) -> tuple[Cite, ...]:
    """All documents that texts name, each once, in order, but not the one with the number `own` of the day `day`.

    The same number stands on another document each year. A date found anywhere serves a number without one.
    """
    found: dict[tuple[str | None, str | None, str], Cite] = {}
    for text in texts:
        for cite in _cited(text):
            if cite.number is None or cite.number != own or cite.date not in (None, day):
                found.setdefault((cite.number, cite.date, "" if cite.number else cite.what), cite)
    dated = {cite.number for cite in found.values() if cite.date}
    kept = [cite for cite in found.values() if cite.number is None or cite.date or cite.number not in dated]
    return tuple(sorted(kept, key=lambda cite: cite.number is None))


def amendments(parts: Sequence[Part]) -> tuple[Amendment, ...]:
    """Verbs such as "thay thế" with the numbers that stand in the same sentence behind them."""
    found = []
    for part in parts:
        for sentence in re.split(r"(?<=[.;])\s+", part.text):
            for verb, number in _changes(sentence):
                found.append(Amendment(verb, number, part.path))
    return tuple(dict.fromkeys(found))


def _changes(sentence: str) -> Iterator[tuple[str, str]]:
    verbs = list(_VERBS.finditer(sentence.lower()))
    for number in numbers(sentence):
        before = [verb for verb in verbs if verb.end() <= number.start()]
        if before:
            yield before[-1][0], tidy(number[0])
