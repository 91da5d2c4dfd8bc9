"""Directives, their clauses, and the check that a quotation really stands in one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

MIN_QUOTE_WORDS = 4
MIN_PART_WORDS = 3
ELISION = "[…]"
# A quotation that begins right after one of these would turn its meaning round.
_SIGNS = " \t\n\"'“”‘’«»()[],.:;–-…"
_PARTS = {"preamble": "phần mở đầu", "head": "phần đầu văn bản", "end": "phần cuối văn bản"}
_DIVISIONS = {"phu-luc": "Phụ lục", "chuong": "Chương", "phan": "Phần", "muc": "Mục"}
_ORDINALS = {
    "thu-nhat": "thứ nhất", "thu-hai": "thứ hai", "thu-ba": "thứ ba", "thu-tu": "thứ tư", "thu-nam": "thứ năm",
}  # fmt: skip
_DIVISION = re.compile(rf"({'|'.join(_DIVISIONS)})(?:-([\w-]+))?")
_MAY_NOT_FOLLOW = ("không", "chưa", "dừng", "hạn chế")


@dataclass(frozen=True, slots=True)
class Clause:
    """An addressable part of a directive: "4", "6.a", "preamble", "head" or "end"."""

    directive: str
    path: str
    text: str

    @property
    def id(self) -> str:
        """For example `UBND@2021#6`."""
        return f"{self.directive}#{self.path}"

    @property
    def label(self) -> str:
        """How a resident reads it: "mục 6", "phần mở đầu", "Phụ lục 1, mục 2.a", "Chương II" …"""
        return label_of(self.path)


@dataclass(frozen=True, slots=True)
class Directive:
    """An official document and what it says about itself; None where the source is silent.

    `title` is for source lines, `short_title` for buttons.

    `date` is ISO 8601, or only as much of it as the source gives. `agency_only` gives for each clause that no answer
    needs the reason why.
    """

    id: str
    title: str
    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    signer: str | None
    subject: str | None
    clauses: tuple[Clause, ...]
    addressees: tuple[str, ...] = ()
    cites: tuple[Mapping[str, str | None], ...] = ()
    supersedes: tuple[str, ...] = ()
    effective: str | None = None
    expires: str | None = None
    review_by: str | None = None
    short_title: str = ""
    source_notes: tuple[str, ...] = field(default=())
    agency_only: Mapping[str, str] = field(default_factory=dict)

    @property
    def brief(self) -> str:
        """What it is called where there is little room."""
        return self.short_title or self.title

    def clause(self, path: str) -> Clause | None:
        """The clause at a path, or None."""
        return next((clause for clause in self.clauses if clause.path == path), None)


def label_of(path: str) -> str:
    """What the clause at a path is called: annexes, parts and chapters by their name, numbers as a mục in them."""
    names: list[str] = []
    numbers: list[str] = []
    for segment in path.split("."):
        name = _PARTS.get(segment) or _division(segment)
        if name is None:
            numbers.append(segment)
            continue
        names += [_numbered(numbers), name]
        numbers = []
    return ", ".join(name for name in (*names, _numbered(numbers)) if name)


def path_of(label: str) -> str:
    """The path of the clause that is called so, "" where no clause is."""
    segments = [_segment(name.strip()) for name in label.split(",")]
    path = ".".join(segments) if all(segments) else ""
    return path if label_of(path) == label else ""


def _segment(name: str) -> str:
    part = next((path for path, words in _PARTS.items() if words == name), "")
    if part or name.startswith("mục "):
        return part or name.removeprefix("mục ")
    kind = next((path for path, words in _DIVISIONS.items() if name == words or name.startswith(f"{words} ")), "")
    if not kind:
        return ""
    number = name.removeprefix(_DIVISIONS[kind]).strip()
    ordinal = next((path for path, words in _ORDINALS.items() if words == number), number.lower())
    return f"{kind}-{ordinal}".rstrip("-")


def _division(segment: str) -> str | None:
    """ "Phụ lục 1" for "phu-luc-1", "Chương II" for "chuong-ii"; None for a number."""
    found = _DIVISION.fullmatch(segment)
    if found is None:
        return None
    number = found[2] or ""
    return f"{_DIVISIONS[found[1]]} {_ORDINALS.get(number, number.upper())}".rstrip()


def _numbered(numbers: list[str]) -> str:
    return f"mục {'.'.join(numbers)}" if numbers else ""


def _fold(text: str) -> str:
    """Spacing, line breaks, quotation marks and Unicode form do not count in a quotation; letters do."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[“”„«»]", '"', text).replace("...", "…").replace("‘", "'").replace("’", "'")
    return re.sub(r"\s+", " ", text).strip()


def _is_word_edge(text: str, at: int) -> bool:
    return at <= 0 or at >= len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


def _find_words(text: str, words: str, start: int) -> int:
    """Position of `words` in `text` from `start`, on whole words only; -1 if they do not stand there."""
    at = text.find(words, start)
    while at != -1 and not (_is_word_edge(text, at) and _is_word_edge(text, at + len(words))):
        at = text.find(words, at + 1)
    return at


def _turns_meaning(text: str, at: int) -> bool:
    before = text[:at].rstrip(_SIGNS).lower()
    return any(before.endswith(word) and _is_word_edge(before, len(before) - len(word)) for word in _MAY_NOT_FOLLOW)


def _joins_sentences(text: str, end: int, begin: int) -> bool:
    """Whether an elision would take the start of one sentence to the middle of another.

    To the beginning of another it may lead: what stands there is whole.
    """
    gap = text[end:begin]
    return bool(re.search(r"[;.!?](?:\s|$)", gap)) and not re.search(r"[;.!?][\"”’)]*\s+$", gap)


def find_quote(clause_text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where a quotation stands in a clause: spans in the folded text, empty if it does not.

    `[…]` elides; its parts must follow one another. A part that would begin right after a
    negating word is looked for further on, since its meaning would be turned round.
    """
    text = _fold(clause_text)
    spans: list[tuple[int, int]] = []
    start = 0
    for part in (piece.strip() for piece in _fold(quote).split(ELISION)):
        if not part:
            continue
        at = _find_words(text, part, start)
        while at != -1 and (_turns_meaning(text, at) or (spans and _joins_sentences(text, start, at))):
            at = _find_words(text, part, at + 1)
        if at == -1:
            return ()
        spans.append((at, at + len(part)))
        start = at + len(part)
    return tuple(spans)


def quote_fault(clause: Clause, quote: str) -> str | None:
    """Why a quotation may not stand (in Vietnamese, for the officer), or None if it may."""
    words = len(re.findall(r"\w+", quote.replace(ELISION, " ")))
    if words < MIN_QUOTE_WORDS:
        return f"trích dẫn chỉ có {words} chữ, cần ít nhất {MIN_QUOTE_WORDS} chữ"
    parts = [part for part in _fold(quote).split(ELISION) if part.strip()]
    if len(parts) > 1 and min(len(re.findall(r"\w+", part)) for part in parts) < MIN_PART_WORDS:
        return f"mỗi đoạn bên cạnh {ELISION} cần ít nhất {MIN_PART_WORDS} chữ"
    if find_quote(clause.text, quote):
        return None
    text, folded = _fold(clause.text), _fold(quote)
    if ELISION not in folded and _find_words(text, folded, 0) != -1:
        return "trích dẫn bắt đầu ngay sau “không”, “chưa”, “dừng” hoặc “hạn chế” nên đảo nghĩa của câu"
    return f"câu “{folded}” không có nguyên văn trong {clause.label} của {clause.directive}"


def mark_quotes(clause: Clause, quotes: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The clause cut into runs, each with whether an answer quotes it. Paragraphs stay apart."""
    text = "\n".join(_fold(paragraph) for paragraph in re.split(r"\n\s*\n|\n", clause.text) if paragraph.strip())
    flat = text.replace("\n", " ")
    marked = [False] * len(flat)
    for quote in quotes:
        for begin, end in find_quote(flat, quote):
            marked[begin:end] = [True] * (end - begin)
    runs: list[tuple[str, bool]] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[begin]:
            runs.append((text[begin:at], marked[begin]))
            begin = at
    return tuple(runs)
