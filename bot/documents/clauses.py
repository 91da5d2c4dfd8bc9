"""Paragraphs into clauses with paths such as "6.a".

Articles, khoản and điểm give "2.1.a"; parts in Roman numbers "I.1.a"; decimals "1.2" stand where they say. Chapters and
the like hold their headings ("chuong-i") and give articles no path, since articles count through; only where articles
count anew do they ("chuong-ii.1"). A khoản counts only as number 1 or as the next one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..core.syllables import bare
from .document import Part
from .lines import Paragraph
from .marks import CONTAINERS, Mark, is_dash, letter_follows, suffix_follows

_BELOW_ROMAN = ("khoan", "decimal", "diem")
_MOST_NOTES = 8
_LONGEST_QUOTE = 60  # paragraphs
_OPENS_STRAIGHT = re.compile(r'(?:^|\s)"(?:Điều|\d{1,2}[.)]|[a-zđ]\))[^"]*$')


@dataclass(slots=True)
class ClauseReader:
    """Takes paragraphs one by one; what has no mark goes on in the clause before it, at first in `path`."""

    path: str
    prefix: str = ""
    notes: list[str] = field(default_factory=list)
    _stack: list[Mark] = field(default_factory=list)
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _again: Counter[str] = field(default_factory=Counter)
    _article: int = 0
    _khoan_before: int = 0

    def take(self, paragraph: Paragraph, *, quoted: bool = False) -> None:
        """Add a paragraph; one that is quoted from another document has no clauses of this one."""
        found = () if quoted else paragraph.marks
        for mark in found:
            stack = self._stack_with(mark, sure=not paragraph.doubt)
            if stack is not None and (not paragraph.doubt or mark.text[:1].isupper()):
                self._open(stack)
                self._add(mark.text, " ")
                return
        if found:
            self._note_left(paragraph.text)
        self._add(paragraph.text, " " if paragraph.doubt else "\n" if is_dash(paragraph.text) else "\n\n")

    def parts(self) -> tuple[Part, ...]:
        """The clauses in order."""
        return tuple(Part(path, "".join(pieces).strip()) for path, pieces in self._texts.items())

    def _add(self, text: str, glue: str) -> None:
        pieces = self._texts.setdefault(self.path, [])
        pieces += [glue, text] if pieces else [text]

    def _open(self, stack: list[Mark]) -> None:
        self._stack = stack
        if stack[-1].kind == "dieu":
            self._article = stack[-1].numbers[0]
        if stack[-1].kind == "khoan":
            self._khoan_before = stack[-1].numbers[0]
        self.path = self._free_path(stack)
        self._texts.setdefault(self.path, [])

    def _free_path(self, stack: Sequence[Mark]) -> str:
        articles = any(mark.kind == "dieu" for mark in stack)
        short = [mark for mark in stack if not (articles and mark.kind in CONTAINERS)]
        for names in (_names(short), _names(stack)):
            path = ".".join((*((self.prefix,) if self.prefix else ()), *names))
            if path not in self._texts:
                return path
        self._again[path] += 1
        again = f"{path}-{self._again[path] + 1}"
        self._note(f"Số “{path}” có hai lần; lần sau ghi là “{again}”.")
        return again

    def _note_left(self, text: str) -> None:
        begin = text if len(text) <= 40 else text[:40].rsplit(" ", 1)[0] + " …"
        self._note(f"Dòng “{begin}” bắt đầu như một mục nhưng số không nối tiếp; để trong “{self.path}”.")

    def _note(self, note: str) -> None:
        if len(self.notes) < _MOST_NOTES and note not in self.notes:
            self.notes.append(note)

    def _stack_with(self, mark: Mark, *, sure: bool) -> list[Mark] | None:
        """The levels that are open once the mark is, or None if it cannot stand here."""
        if mark.kind in CONTAINERS:
            return self._container(mark) if sure else None
        if mark.kind == "dieu":
            return self._new_article(mark, sure=sure)
        if mark.kind in ("roman", "capital"):
            return self._part(mark)
        return {"khoan": self._khoan, "decimal": self._decimal, "diem": self._diem}[mark.kind](mark, sure)

    def _container(self, mark: Mark) -> list[Mark]:
        above = CONTAINERS[: CONTAINERS.index(mark.kind)]
        return [*(each for each in self._stack if each.kind in above), mark]

    def _new_article(self, mark: Mark, *, sure: bool) -> list[Mark] | None:
        number = mark.numbers[0]
        follows = number in (1, self._article + 1) or (number == self._article and mark.label[-1:].isalpha())
        if not follows and (not sure or (self._article and number <= self._article)):
            return None
        if not follows and self._article:
            self._note(f"Sau Điều {self._article} là Điều {number}; có thể thiếu điều ở giữa.")
        return [*(each for each in self._stack if each.kind in CONTAINERS), mark]

    def _sibling(self, mark: Mark) -> list[Mark] | None:
        for at in range(len(self._stack) - 1, -1, -1):
            if self._stack[at].kind == mark.kind and _follows(self._stack[at], mark):
                return [*self._stack[:at], mark]
        return None

    def _part(self, mark: Mark) -> list[Mark] | None:
        stack = self._sibling(mark)
        if stack is not None or mark.numbers != (1,):
            return stack
        below = (*_BELOW_ROMAN, "roman") if mark.kind == "capital" else _BELOW_ROMAN
        stop = next((at for at, each in enumerate(self._stack) if each.kind in (*below, mark.kind)), len(self._stack))
        return [*self._stack[:stop], mark]

    def _khoan(self, mark: Mark, sure: bool) -> list[Mark] | None:
        stack = self._sibling(mark)
        nested = sum(each.kind == "khoan" for each in self._stack)
        if mark.inserted:
            return stack if sure else None
        if stack is None and sure and not nested and mark.numbers[0] == self._khoan_before + 1:
            return [*self._stack, mark]  # counted through over parts and articles
        if stack is not None or mark.numbers != (1,) or not sure or nested > 1:
            return stack
        if self._stack and self._stack[-1].kind == "khoan":
            self._note(f"Trong mục {self.path} số đếm lại từ 1; máy coi đó là các mục nhỏ của mục {self.path}.")
        return [*self._stack, mark]

    def _decimal(self, mark: Mark, sure: bool) -> list[Mark] | None:
        above, last = mark.numbers[:-1], mark.numbers[-1]
        for at in range(len(self._stack) - 1, -1, -1):
            each = self._stack[at]
            if each.kind == "decimal" and each.numbers == (*above, last - 1):
                return [*self._stack[:at], mark]
        owner = self._owner(above)
        return [*self._stack[: owner + 1], mark] if owner is not None and last == 1 and sure else None

    def _owner(self, above: tuple[int, ...]) -> int | None:
        kinds = ("khoan", "dieu", "roman") if len(above) == 1 else ("decimal",)
        places = range(len(self._stack) - 1, -1, -1)
        return next((at for at in places if self._stack[at].kind in kinds and self._stack[at].numbers == above), None)

    def _diem(self, mark: Mark, sure: bool) -> list[Mark] | None:
        stack = self._sibling(mark)
        if stack is not None:
            return stack
        at = next((at for at, each in enumerate(self._stack) if each.kind == "diem"), None)
        if mark.label == "a" or (at is None and mark.label == "i"):
            return [*self._stack, mark] if sure else None
        if at is None or not sure or not 0 < mark.numbers[0] - self._stack[at].numbers[0] <= 3:
            return None
        self._note(f"Sau điểm {self._stack[at].label}) là điểm {mark.label}); có thể thiếu điểm ở giữa.")
        return [*self._stack[:at], mark]


def quoted(found: Sequence[Paragraph]) -> frozenset[int]:
    """Which paragraphs stand inside a quotation that an earlier one opened and a later one closes.

    A mark that is never closed opens nothing.
    """
    inside: set[int] = set()
    at = 0
    while at < len(found):
        close = _closed_at(found, at) if _balance(found[at].text) > 0 else None
        if close is not None:
            inside.update(range(at + 1, close + 1))
            at = close
        at += 1
    return frozenset(inside)


def _balance(text: str) -> int:
    """More than zero if a quotation opened here goes on; straight marks open one at the start of an article."""
    straight = text.count('"') % 2 and _OPENS_STRAIGHT.search(text)
    return text.count("“") - text.count("”") + bool(straight)


def _closed_at(found: Sequence[Paragraph], at: int) -> int | None:
    balance = _balance(found[at].text)
    straight = found[at].text.count('"') % 2
    for later in range(at + 1, min(at + _LONGEST_QUOTE, len(found))):
        text = found[later].text
        balance += text.count("“") - text.count("”")
        if balance <= 0 or (straight and text.count('"') % 2):
            return later
    return None


def _follows(before: Mark, mark: Mark) -> bool:
    if mark.kind == "diem":
        return letter_follows(before.label, mark.label)
    if mark.inserted:
        return suffix_follows(before.label, mark.label)
    return before.numbers[0] + 1 == mark.numbers[0]


def _names(stack: Iterable[Mark]) -> list[str]:
    """The steps of a path; a decimal's own step is its last number, since those before it stand above."""
    return [_name(mark) for mark in stack]


def _name(mark: Mark) -> str:
    if mark.kind in CONTAINERS:
        return f"{mark.kind}-{bare(mark.label).replace(' ', '-')}"
    return mark.label.rsplit(".", 1)[-1] if mark.kind == "decimal" else mark.label.lstrip("0") or mark.label


def read_clauses(found: Iterable[Paragraph], path: str, prefix: str = "") -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The clauses of paragraphs, and what was doubtful. Words before the first mark stand under `path`."""
    reader = ClauseReader(path, prefix)
    paragraphs = list(found)
    inside = quoted(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        reader.take(paragraph, quoted=at in inside)
    return reader.parts(), tuple(reader.notes)
