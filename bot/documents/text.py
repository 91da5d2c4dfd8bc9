"""Text files: which letters the bytes stand for, Markdown marks out, lines with the room around them."""

from __future__ import annotations

import codecs
import itertools
import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from .columns import split_line
from .fonts import likely, share, tidy
from .lines import Line
from .refusals import refusal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)"
)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_NUMBER_ALONE = re.compile(r"[-–\s]*(\d{1,3})[-–\s]*$")
_ROW = re.compile(r"\S \| \S|^\|.*\|$")
_WIDEST_WRAPPED = 120


def text_of(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32, Windows-1258, TCVN3 or VNI; raises DocumentError for other bytes."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    if b"\0" in data:
        return _wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _narrow(data)


def _wide(data: bytes) -> str:
    """UTF-16 without its mark shows by zeros on one side of every pair."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 5 < len(data) // 2 or min(even, odd) * 10 > max(even, odd):
        raise refusal("unknown_kind")
    return data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")


def _narrow(data: bytes) -> str:
    """One byte a letter: the reading with the most Vietnamese syllables."""
    latin = data.decode("latin-1")
    vietnamese = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    return max((likely(latin), vietnamese, latin), key=lambda text: (share(text), -text.count("\ufffd")))


def _unmarked(line: str) -> str:
    heading = _HEADING.match(line)
    line = heading[1] if heading else line
    line = _STRONG.sub(r"\2", line)
    line = _EMPHASIS.sub(lambda found: found[1] or found[2], line)
    return _ESCAPED.sub(r"\1", line)


def _is_markdown(text: str, name: str) -> bool:
    return name.lower().endswith((".md", ".markdown")) or bool(_STRONG.search(text))


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Lines that hold nothing but the number of a page: 1 or 2, then each the next."""
    found: set[int] = set()
    expected: int | None = None
    for at, line in enumerate(lines):
        match = _NUMBER_ALONE.match(line)
        number = int(match[1]) if match else None
        if number is not None and (number == expected or (expected is None and number in (1, 2))):
            found.add(at)
            expected = number + 1
    return found


def _gaps(lines: Sequence[str]) -> list[bool]:
    """For each line that is not empty, whether the empty line above it says anything; some files have one above all.

    There, sentences go on across empty lines.
    """
    written = [(line.strip(), at > 0 and not lines[at - 1].strip()) for at, line in enumerate(lines) if line.strip()]
    going = [blank for (one, _), (other, blank) in itertools.pairwise(written) if _goes_on(one, other)]
    spaced = len(going) >= 3 and sum(going) * 2 > len(going) and _is_wrapped(lines)
    return [blank and not spaced for _, blank in written]


def _goes_on(line: str, other: str) -> bool:
    return len(line) > 45 and not line.endswith((".", ";", ":")) and other[:1].islower()


def _is_wrapped(lines: Sequence[str]) -> bool:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return bool(lengths) and lengths[-1] <= _WIDEST_WRAPPED and sum(length > 45 for length in lengths) >= 3


def text_lines(data: bytes, name: str = "") -> tuple[list[Line], list[str]]:
    """The lines of a text file, and what was doubtful."""
    text = text_of(data).lstrip("\ufeff")
    notes = [] if likely(text) == text else ["Chữ trong tệp theo bảng mã cũ (TCVN3 hoặc VNI); máy đã đổi sang Unicode."]
    text = likely(text)
    raw = [line.expandtabs(8).rstrip() for line in re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)]
    if _is_markdown(text, name):
        raw = ["" if _RULE.match(line) else _unmarked(line) for line in raw]
    pages = _page_numbers(raw)
    if pages:
        notes.append(f"Bỏ {len(pages)} dòng chỉ có số trang.")
    return _lines([line for at, line in enumerate(raw) if at not in pages]), notes


def _lines(raw: Sequence[str]) -> list[Line]:
    wrapped = _is_wrapped(raw)
    lengths = sorted(len(line.strip()) for line in raw if len(line.strip()) > 45)
    width = lengths[int(len(lengths) * 0.9)] * 0.92 if lengths else 0
    found: list[Line] = []
    for line, gap in zip((line for line in raw if line.strip()), _gaps(raw), strict=True):
        text, indent = tidy(line), len(line) - len(line.lstrip())
        slack = max(0.0, width - len(text)) if wrapped else 999.0
        sided = split_line(line)
        if sided:
            found += [Line(tidy(part), side, gap=gap, slack=999) for side, part in sided if part.strip()]
        else:
            found.append(Line(text, indent=indent, slack=slack, gap=gap, row=bool(_ROW.search(text))))
    return _columns_apart(found)


def _columns_apart(lines: Sequence[Line]) -> list[Line]:
    """Where lines of two columns follow each other, first the left column and then the right one."""
    found: list[Line] = []
    for sided, group in groupby(lines, key=lambda line: bool(line.side)):
        together = list(group)
        found += sorted(together, key=lambda line: line.side) if sided else together
    return found
