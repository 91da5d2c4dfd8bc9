"""What a directive does to other documents: replaces, repeals, stops or continues them, sentence by sentence.

These are proposals for an officer: the words stand beside each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from .directives import Clause, Directive
from .references import DAY, KINDS, Reference, folded, iso, parts, references
from .standing import same_number
from .syllables import bare, canonical
from .vietnamese import clean

Kind = Literal["replaces", "repeals", "stops", "continues"]

_STOP = r"(?:thuc hien|thi hanh|ap dung|trien khai)"
_VERBS: Mapping[str, str] = {
    "over": r"(?:het|khong con|cham dut) hieu luc",
    "holds": rf"(?:tiep tuc|van|giu nguyen) (?:con )?(?:co )?hieu luc|tiep tuc duoc {_STOP}",
    "stops": rf"(?:dung|ngung|dinh chi|thoi) (?:viec )?{_STOP}|khong ap dung",
    "continues": rf"tiep tuc {_STOP}",
    "replaces": "thay the",
    "repeals": "bai bo|huy bo",
}
_KINDS: Mapping[str, Kind] = {
    "over": "repeals", "holds": "continues", "stops": "stops", "continues": "continues",
    "replaces": "replaces", "repeals": "repeals",
}  # fmt: skip
_VERB = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _VERBS.items()) + r")\b")
_PASSIVE = re.compile(r"\b(?:bi|duoc)\s+$")
# A word of a verb that is written with other marks is another word: đúng is not dừng.
_MARKED: Mapping[str, tuple[str, ...]] = {
    "thay": ("thay",), "the": ("thế",), "bai": ("bãi",), "bo": ("bỏ",), "huy": ("hủy",), "dung": ("dừng", "dụng"),
    "ngung": ("ngừng",), "dinh": ("đình",), "chi": ("chỉ",), "thoi": ("thôi",), "tiep": ("tiếp",), "tuc": ("tục",),
    "het": ("hết",), "luc": ("lực",), "hieu": ("hiệu",), "cham": ("chấm",), "dut": ("dứt",), "con": ("còn",),
    "van": ("vẫn",),
}  # fmt: skip
_FILLERS = "bi|duoc|phai|he|nham|lam|co|con|y|dinh|la|de|the|yeu|cau|nghi"
_NEGATED = re.compile(rf"\b(?:khong|chua|chang)(?:\s+(?:{_FILLERS}))*\s+$")
# How far before a verb its negation or condition may stand, and how long a list of parts is put together.
_WINDOW, _LONGEST = 120, 2000
_CONDITION = re.compile(r"\b(?:neu|khi|truong hop)\b[^,;]{0,60}$")
# Behind one of these stands the ground or the means of an act, not what it is done to.
_ASIDE = re.compile(
    r"\b(?:(?<!kem )theo|can cu|bang|boi|de|nham|sua doi|huong dan(?! so| ngay)|(?<!tiep tuc )thuc hien|trien khai)\b"
)
_ASIDE_OF_CONTINUING = re.compile(r"\b(?:can cu|thay cho|de|nham)\b")
# A document that stands beside the one before it, and one that stands in that one's title.
_BESIDE = re.compile(rf"(?:,|;|\bva|\bcung)\s*(?:voi\s+)?(?:cac\s+)?(?:{KINDS}\s*)?(?:so\s*:?\s*)?$")
_TITLED = re.compile(r"\b(?:ve|v/v)\b")
_SENTENCE = re.compile(r"(?<=;)\s+|(?<=[.!?])\s+(?=[A-ZĐÀ-Ỹ\d(“\"])|(?<=:)\s*\n|\n+")
_ITEM = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s*")
_GOES_ON = re.compile(rf"^(?:va\s+)?(?:cac\s+)?(?:{KINDS}|diem|khoan|muc|dieu)\b")
_SINCE = re.compile(rf"(?<![\w/-])(?:tu|vao|sau)\s+(?:\d\S*\s+gio\s+)?ngay\s+{DAY}")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the clause `clause` of a new document does to another: its number and date as they are written.

    `parts` are paths such as "II.3.a", empty for the whole; `since` is the day that the sentence gives for it. A
    document without number is named by its `issuer`, in letters without marks, and its day or year.
    """

    kind: Kind
    number: str | None
    date: str | None
    clause: str
    words: str
    parts: tuple[str, ...] = ()
    since: str | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A cleaned sentence, the same without marks, and the documents that it names."""

    text: str
    plain: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb that says what is done; `backward` where what it is done to stands before it."""

    kind: Kind
    begin: int
    end: int
    backward: bool


def amendments(directive: Directive) -> tuple[Amendment, ...]:
    """What a directive does to other documents, in its order; each document once for each kind of act and clause."""
    found = (each for clause in directive.clauses for each in _of_clause(clause))
    own = same_number(directive.number or "")
    return tuple(dict.fromkeys(each for each in found if not own or same_number(each.number or "") != own))


def _of_clause(clause: Clause) -> Iterator[Amendment]:
    carried: tuple[_Verb, str] | None = None
    for text, item in _sentences(clause.text):
        sentence = _Sentence(text, folded(text), references(text))
        verbs = tuple(_verbs(sentence))
        if verbs:
            yield from _acts(sentence, verbs, clause.id)
            carried = (verbs[-1], text) if text[-1] in ":;" else None
        elif carried and (item or _GOES_ON.match(sentence.plain)):
            verb, head = carried
            for each in _objects(sentence, 0, len(text), verb):
                yield _amendment(verb, *each, clause.id, f"{head} {text}")
            carried = carried if text[-1] != "." else None
        else:
            carried = None


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences and items of lists, each cleaned and with whether it is an item.

    Where an act's list of parts goes on behind a semicolon before its document is named, it is one sentence.
    """
    begun = ""
    for line in (line.strip() for line in _SENTENCE.split(text)):
        piece = clean(_ITEM.sub("", line))
        if begun and _GOES_ON.match(folded(piece)):
            piece = f"{begun} {piece}"
        elif begun:
            yield begun, False
        begun = ""
        if _is_begun(piece):
            begun = piece
        elif piece:
            yield piece, bool(_ITEM.match(line))
    if begun:
        yield begun, False


def _is_begun(piece: str) -> bool:
    """Whether a piece names an act and parts, and the document only behind its semicolon."""
    whole = not piece.endswith(";") or len(piece) > _LONGEST
    return not whole and bool(_VERB.search(folded(piece)) and parts(piece) and not references(piece))


def _verbs(sentence: _Sentence) -> Iterator[_Verb]:
    for match in _VERB.finditer(sentence.plain):
        before = sentence.plain[max(0, match.start() - _WINDOW) : match.start()]
        segment = re.split(r"[,;:.]\s", before)[-1]
        name = str(match.lastgroup)
        if not _is_meant(sentence.text[match.start() : match.end()]) or _CONDITION.search(segment):
            continue
        kind = _KINDS[name]
        if _NEGATED.search(segment):
            if name != "continues":
                continue
            kind = "stops"
        backward = name in ("over", "holds") or bool(_PASSIVE.search(before))
        yield _Verb(kind, match.start(), match.end(), backward)


def _is_meant(words: str) -> bool:
    """Whether the words are the verb's own: with its marks, wherever the tone stands, or typed without any."""
    return all(
        word == bare(word) or bare(word) not in _MARKED or canonical(word) in _MARKED[bare(word)]
        for word in words.lower().split()
    )


def _acts(sentence: _Sentence, verbs: Sequence[_Verb], clause: str) -> Iterator[Amendment]:
    for at, verb in enumerate(verbs):
        begin = verbs[at - 1].end if at else 0
        end = verbs[at + 1].begin if at + 1 < len(verbs) else len(sentence.text)
        around = (begin, verb.begin) if verb.backward else (verb.end, end)
        for each in _objects(sentence, *around, verb):
            yield _amendment(verb, *each, clause, sentence.text, _since(sentence.plain[verb.end : end]))


def _objects(sentence: _Sentence, begin: int, end: int, verb: _Verb) -> Iterator[tuple[Reference, tuple[str, ...]]]:
    """The documents between two places that an act is done to, with their parts."""
    aside = _ASIDE_OF_CONTINUING if verb.kind == "continues" else _ASIDE
    at, taken = begin, False
    first = bisect_left(sentence.references, begin, key=lambda each: each.begin)
    for reference in islice(sentence.references, first, None):
        if reference.begin >= end:
            return
        gap = sentence.plain[at : reference.begin]
        beside = taken and _BESIDE.search(gap)
        if not beside and aside.search(gap) and not verb.backward:
            return
        if beside or not (aside.search(gap) or (taken and _TITLED.search(gap))):
            taken = True
            yield reference, parts(sentence.text[at : reference.begin])
        at = reference.end


def _since(behind: str) -> str | None:
    found = _SINCE.search(behind)
    return iso(*found.group(1, 2, 3)) if found else None


def _amendment(
    verb: _Verb, reference: Reference, inside: tuple[str, ...], clause: str, words: str, since: str | None = None
) -> Amendment:
    return Amendment(verb.kind, reference.number, reference.date, clause, words, inside, since, reference.issuer)
