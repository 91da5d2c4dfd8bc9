"""From when until when a directive says that it holds, to be proposed to an officer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .directives import Directive
from .references import DAY, KINDS, folded, iso, references
from .vietnamese import clean

_GAP = r"[^.;]{0,40}?"
_HOUR = r"(?:\d{1,2}\s*(?:gio|h)\s*(?:\d{2}\s*(?:phut)?)?\s*,?\s*)?"
_HOLDS = rf"(?:co hieu luc|{KINDS} nay {_GAP}(?:ap dung|thuc hien|thi hanh)|thoi gian (?:ap dung|thuc hien))"
_FROM = re.compile(rf"\b{_HOLDS}{_GAP}\b(?:tu|vao)\s+{_HOUR}ngay\s+{DAY}")
_SIGNED = re.compile(r"\bco hieu luc[^.;]{0,30}?\b(?:tu|vao)\s+(?:ngay|thoi diem)\s+(?:ky|ban hanh)\b")
_UNTIL = re.compile(
    rf"\b{_HOLDS}[^.;]{{0,80}}?\bden\s+(?P<before>truoc\s+|0{{1,2}}\s*(?:gio|h)\s*(?:00)?\s*)?(?:het\s+)?{_HOUR}"
    rf"(?:het\s+)?ngay\s+{DAY}"
)
_OVER = re.compile(
    rf"\b(?<!khong )(?<!chua )het hieu luc{_GAP}\b(?P<from>ke tu|tu|vao|sau)?\s*{_HOUR}(?:het\s+)?ngay\s+{DAY}"
)
_SENTENCE = re.compile(r"(?<=[;.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Said:
    """A day that a directive gives: from which it holds (`effective`) or until which (`expires`, the last day).

    `day` is ISO 8601; `clause` and `words` are where it says so.
    """

    field: str
    day: str
    clause: str
    words: str


def validity(directive: Directive) -> tuple[Said, ...]:
    """At most one day of each kind, the first that stands in the text. Days of other documents are left out."""
    found: dict[str, Said] = {}
    for clause in directive.clauses:
        for sentence in _SENTENCE.split(clause.text):
            words = clean(sentence)
            for field, day in _days(words, directive.date):
                found.setdefault(field, Said(field, day, clause.id, words))
    return tuple(found.values())


def _days(words: str, signed: str | None) -> Iterator[tuple[str, str]]:
    plain = folded(words)
    until, start = _own(_UNTIL, words, plain), _own(_FROM, words, plain)
    if start:
        day = iso(start[1], start[2], start[3] or (until[4] if until else None))
        yield from [("effective", day)] if day else []
    elif _own(_SIGNED, words, plain) and signed and len(signed) == len("2021-02-05"):
        yield "effective", signed
    if until:
        yield from _last(iso(*until.group(2, 3, 4)), earlier=bool(until["before"]))
    elif over := _own(_OVER, words, plain):
        yield from _last(iso(*over.group(2, 3, 4)), earlier=over["from"] in ("ke tu", "tu"))


def _own(pattern: re.Pattern[str], words: str, plain: str) -> re.Match[str] | None:
    """What a pattern finds that is said of the document itself: no other is named before it in the sentence."""
    found = pattern.search(plain)
    if found is None or any(each.begin < found.end() for each in references(words)):
        return None
    return found


def _last(day: str | None, *, earlier: bool) -> Iterator[tuple[str, str]]:
    """The last day that counts: the day itself, or the one before where it ends as that day begins."""
    if day:
        yield "expires", (date.fromisoformat(day) - timedelta(days=int(earlier))).isoformat()
