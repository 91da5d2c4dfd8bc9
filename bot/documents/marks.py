"""What stands before a clause: Điều 1., Chương I, 1., a), I-, 1.1, dashes; and which mark may follow which."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The order in which Vietnamese documents count; no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
LATIN = "abcdefghijklmnopqrstuvwxyz"  # as word processors count by themselves
_ROMAN = re.compile(r"(?=[IVXL])(X{0,3}|XL|L)(IX|IV|V?I{0,3})$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
CONTAINERS = ("phan", "chuong", "muc")

_PATTERNS = {
    "phan": re.compile(
        r"(?:Phần|PHẦN)\s+(?P<n>(?:thứ|THỨ)\s+\w+|[IVX]+|[A-ZĐ]|\d{1,2})(?:\s*[.:–-]\s*|\s+|$)(?P<text>.{0,200})$"
    ),
    "chuong": re.compile(r"(?:Chương|CHƯƠNG)\s+(?P<n>[IVXL]+|\d{1,2})(?:\s*[.:–-]\s*|\s+|$)(?P<text>.{0,200})$"),
    "muc": re.compile(r"(?:Mục|MỤC)\s+(?P<n>[IVX]+|\d{1,2})(?:\s*[.:–-]\s*|\s+|$)(?P<text>.{0,200})$"),
    "dieu": re.compile(r"(?:Điều|ĐIỀU)\s+(?P<n>\d{1,3}[a-zđ]?)\s*(?:[.:]\s*|$)(?P<text>.*)$", re.DOTALL),
    "decimal": re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})(?:\s*[.):-]\s*|\s+)(?P<text>\D.*)$", re.DOTALL),
    "khoan": re.compile(
        r"(?:(?:Khoản|khoản)\s+)?(?P<n>\d{1,2}(?:[a-eđ](?=[.)]))?)\s*(?:[.)]\s*|[-–/:]\s+|[-–](?=[^\W\d_]))(?P<text>(?!\d).*)$",
        re.DOTALL,
    ),
    "roman": re.compile(r"(?P<n>[IVXL]{1,7})\s*(?:[.)]\s*|[-–:]\s*|/\s+)(?P<text>.*)$", re.DOTALL),
    "capital": re.compile(r"(?P<n>[A-EĐGH])\s*(?:[.)/]\s+|[-–]\s+)(?P<text>.*)$", re.DOTALL),
    "diem": re.compile(r"(?:(?:Điểm|điểm)\s+)?(?P<n>[a-zđ]\d?)\s*(?:\)\s*|[./]\s+|[-–]\s+)(?P<text>.*)$", re.DOTALL),
}
_DASH = re.compile(r"[-–—•●▪◦*+]\s*(?=\S)")
_BARE_DASH = re.compile(r"[-–—•●▪◦*+]+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and what follows it: `kind` is a key of the patterns, `label` its number as written."""

    kind: str
    label: str
    text: str

    @property
    def numbers(self) -> tuple[int, ...]:
        """The label as numbers; letters count as their place in the Vietnamese order."""
        if self.kind == "decimal":
            return tuple(map(int, self.label.split(".")))
        if self.kind == "diem":
            return (LETTERS.find(self.label[0]) + 1,)
        if self.kind == "capital":
            return (LETTERS.find(self.label.lower()) + 1,)
        return (ordinal(self.label),)

    @property
    def inserted(self) -> bool:
        """Whether this is a khoản that a later document put between two others ("2a.")."""
        return self.kind == "khoan" and self.label[-1:].isalpha()


def ordinal(label: str) -> int:
    """The value of "12", "12a" or "XII"; 0 for a word such as "thứ nhất"."""
    digits = re.match(r"\d+", label)
    if digits:
        return int(digits[0])
    if not _ROMAN.match(label):
        return 0
    values = [_VALUES[char] for char in label]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def is_roman(label: str) -> bool:
    """Whether a label is a Roman number up to about eighty."""
    return bool(_ROMAN.match(label))


def marks(text: str) -> tuple[Mark, ...]:
    """Every way to read the mark at the start of a paragraph, likeliest first; () if there is none."""
    found = []
    for kind, pattern in _PATTERNS.items():
        match = pattern.match(text)
        if match and _may_be(kind, match, text):
            found.append(Mark(kind, match["n"], match["text"].strip()))
    return tuple(found)


def is_caps(text: str) -> bool:
    """Whether a line is written in capitals."""
    return text == text.upper() != text.lower()


def _may_be(kind: str, match: re.Match[str], whole: str) -> bool:
    """A heading stands alone, has a stop behind its number or is in capitals; "Mục 1 dẫn …" is a sentence."""
    if kind == "roman":
        return is_roman(match["n"])
    if kind not in CONTAINERS:
        return True
    stopped = whole[match.end("n") :].lstrip()[:1] in ("", ".", ":", "–", "-")
    return stopped or is_caps(match["text"]) or is_caps(whole[:5])


def is_dash(text: str) -> bool:
    """Whether a paragraph is an item of a list without numbers."""
    return bool(_DASH.match(text)) and not _BARE_DASH.match(text)


def suffix_follows(before: str, label: str) -> bool:
    """Whether a number that was put in later comes next: "2a" behind "2", "2b" behind "2a"."""
    if before[-1:].isdigit():
        return label in (f"{before}a", f"{before.lstrip('0')}a")
    return before[:-1] == label[:-1] and letter_follows(before[-1], label[-1])


def letter_follows(before: str, letter: str) -> bool:
    """Whether a letter comes next, by the Vietnamese order or by the one that word processors count in.

    "a1" was put in behind "a", "a2" behind "a1"; "b" comes next behind either.
    """
    if letter[1:]:
        return before[:1] == letter[0] and int(before[1:] or 0) + 1 == int(letter[1:])
    before = before[:1]
    pairs = ((order.find(before), order.find(letter)) for order in (LETTERS, LATIN))
    return any(one > -1 and other == one + 1 for one, other in pairs)
