"""The head of a document: number, date, issuer, subject, addressees, urgency; and where it ends."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .addressees import addressees, after_list
from .head_lines import (
    BASIS,
    DATE_LINE,
    NUMBER_LINE,
    OPERATIVE,
    SENTENCES,
    SEPARATOR,
    SUBJECT,
    TO,
    is_date,
    is_head_line,
    is_motto,
    is_urgency,
    kind_of,
    opens_office,
)
from .legal import find_date, iso, numbers, tidy
from .lines import Paragraph
from .marks import is_caps, is_dash, marks
from .organs import issuer as issuer_of
from .organs import opens_body

_LONGEST_REMARK = 150
_REMARK_LINES = 6  # what stands above a head is no longer
_YEAR = re.compile(r"năm\s*((?:19|20)\d\d)\b|tháng[^\d]*\d*\s*/\s*((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says; `end` is how many paragraphs belong to it, `notes` what was doubtful."""

    end: int
    number: str | None = None
    date: str | None = None
    year: int | None = None
    place: str | None = None
    issuer: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    urgency: str | None = None
    kind: str | None = None
    notes: tuple[str, ...] = ()


def _is_body_name(text: str) -> bool:
    return is_caps(text) and len(text) < 120 and not text.endswith(":") and (opens_body(text) or not marks(text))


def head_end(found: Sequence[Paragraph]) -> int:
    """How many paragraphs belong to the head."""
    to = next((at for at, each in enumerate(found[:60]) if TO.match(each.text)), None)
    if to is not None and not any(_is_clause(each) for each in found[:to]):
        return after_list(found, to)
    at = 0
    while at < len(found) and (_may_be_head(found, at) or _stands_above(found, at)):
        at += 1
    title = next((i for i in range(at - 1, -1, -1) if kind_of(found[i].text)), None)
    if title is None:
        return at
    return _after_subject(found, title)


def _is_clause(each: Paragraph) -> bool:
    return any(mark.kind in ("dieu", "khoan") for mark in each.marks)


def _may_be_head(found: Sequence[Paragraph], at: int) -> bool:
    text = found[at].text
    if found[at].side or is_head_line(text):
        return True
    if OPERATIVE.match(text) or _is_clause(found[at]) or text.endswith(":"):
        return False
    if at and found[at - 1].text and _opens_subject(found, at):
        return True
    return _is_body_name(text) and at < 12 and not any(kind_of(each.text) for each in found[:at])


def _stands_above(found: Sequence[Paragraph], at: int) -> bool:
    """Whether a line that is none of a head stands over one: a stamp, a remark, what a portal prints over a page."""
    text = found[at].text
    if len(text) > _LONGEST_REMARK or text.endswith(":") or is_dash(text) or OPERATIVE.match(text):
        return False
    if _is_clause(found[at]):
        return False
    before = found[:at]
    after = list(itertools.takewhile(lambda each: not _is_clause(each), found[at + 1 : at + 1 + _REMARK_LINES]))
    looks = (is_motto, is_date, kind_of)
    return any(any(look(each.text) for each in after) and not any(look(each.text) for each in before) for look in looks)


def _opens_subject(found: Sequence[Paragraph], at: int) -> bool:
    before = found[at - 1].text
    text = found[at].text
    if text.endswith((".", ":", ";")) or SENTENCES.search(text):
        return False
    return len(text) < 300 if kind_of(before) else bool(SUBJECT.match(before)) and len(text) < 120


def _after_subject(found: Sequence[Paragraph], title: int) -> int:
    at = title + 1
    while at < len(found) and at < title + 6 and _is_subject_line(found, title, at):
        at += 1
    while at < len(found) and SEPARATOR.match(found[at].text):
        at += 1
    return at


def _is_subject_line(found: Sequence[Paragraph], title: int, at: int) -> bool:
    text = found[at].text
    if SEPARATOR.match(text) or found[at].side:
        return True
    if OPERATIVE.match(text) and not SUBJECT.match(text) and (at > title + 1 or BASIS.match(text)):
        return False
    if _is_clause(found[at]) or marks(text) or len(text) > 350 or text.endswith((":", ";")) or SENTENCES.search(text):
        return False
    if is_caps(text) and opens_office(text):
        return False
    if at > title + 1 and len(text) > 120:
        return False
    return not text.rstrip("/").endswith(".") or bool(SUBJECT.match(text))


def _number(head: Sequence[Paragraph]) -> tuple[str | None, tuple[str, ...]]:
    for each in head:
        said = NUMBER_LINE.match(each.text)
        if said:
            found = next(numbers("số " + each.text[said.end() :]), None)
            if found and found.start() <= 4:
                return tidy(found[0]), ()
            if re.fullmatch(r"\d+\W*", each.text[said.end() :]):
                continue  # of the stamp that a receiving office put on
            return None, (f"Chỗ ghi số để trống hoặc không đọc được (“{each.text}”); để trống mục số.",)
    for each in head:
        found = next(numbers(each.text), None)
        if found and len(each.text) < len(found[0]) + 8 and not SUBJECT.match(each.text):
            return tidy(found[0]), ()
    return None, ("Văn bản không ghi số, ký hiệu; để trống mục số.",)


def date_line(head: Sequence[Paragraph]) -> str | None:
    """The line with place and date, as it stands."""
    return next((each.text for each in head if is_date(each.text)), None)


def _date(line: str | None) -> tuple[str | None, int | None, tuple[str, ...]]:
    if line is None:
        return None, None, ("Văn bản không ghi ngày ban hành; để trống mục ngày.",)
    found = find_date(line)
    day = iso(found) if found else None
    if day:
        return day, int(day[:4]), ()
    year = _YEAR.search(line)
    known = int(year[1] or year[2]) if year else None
    why = "ghi một ngày không có thật" if found else "còn để trống"
    return None, known, (f"Ngày ban hành {why} (“{line}”); để trống mục ngày.",)


def _subject(head: Sequence[Paragraph]) -> str | None:
    at = next((at for at, each in enumerate(head) if SUBJECT.match(each.text)), None)
    title = next((at for at, each in enumerate(head) if kind_of(each.text)), None)
    if at is None and title is None:
        return None
    first = at if title is None or (at is not None and at < title) else title + 1
    lines: list[str] = []
    for each in head[first or 0 :]:
        if _ends_subject(each.text, bool(lines), head[first or 0].side != each.side):
            break
        lines += [] if _names_issuer(each.text) else [each.text]
    subject = re.sub(rf"^(?:{SUBJECT.pattern})", "", " ".join(lines)).strip(" -_–*.")
    return subject or None


def _ends_subject(text: str, begun: bool, elsewhere: bool) -> bool:
    if begun and (elsewhere or SUBJECT.match(text)):
        return True
    if SUBJECT.match(text):
        return False
    return bool(is_head_line(text) or TO.match(text) or is_dash(text))


def _names_issuer(text: str) -> bool:
    """Whether a line under the type of document says whose it is ("CỦA BAN BÍ THƯ")."""
    return is_caps(text) and text.startswith("CỦA ")


def _issuer_lines(head: Sequence[Paragraph]) -> list[str]:
    lines: list[str] = []
    for each in head:
        text = each.text.strip(" *-_–")
        if each.side == "right" or is_motto(text) or not text:
            continue
        if not _is_body_name(text) or is_head_line(text) or (not lines and not opens_body(text)):
            if lines:
                break
            continue
        lines += [line.strip(" *-_–") for line in each.lines or (text,)]
    return lines


def read_head(found: Sequence[Paragraph]) -> Head:
    """What the head of a document says."""
    end = head_end(found)
    head = found[:end]
    number, number_notes = _number(head)
    line = date_line(head)
    day, year, date_notes = _date(line)
    place = DATE_LINE.match(line) if line else None
    urgency = next((each.text.strip(" .()") for each in head if is_urgency(each.text)), None)
    kind = next((name for name in (kind_of(each.text) for each in head) if name), None)
    return Head(
        end, number, day, year, place["place"] if place else None, issuer_of(_issuer_lines(head)), _subject(head),
        addressees(head), urgency, kind, (*number_notes, *date_notes),
    )  # fmt: skip
