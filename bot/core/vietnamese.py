"""Vietnamese as residents type it, made into keys to compare by: no diacritics, raw Telex and VNI, teencode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice

from .syllables import bare, canonical, decode, fold, is_syllable, segment
from .teencode import NAMES, PERHAPS, PROTECTED, TEENCODE, respell

__all__ = ["Reading", "clean", "is_syllable", "mask", "readings", "strip_marks"]

# Letters that look like another one, and ƣ, which PDF text layers have in place of ư.
_ALIKE = dict(
    zip(
        "аеіјорсухѕһԁԛԝАВЕНІЈКМОРСТУХЅαοινАΑΒΕΗΙΚΜΝΟΡΤΥΧΖðÐɖƉıǀ‐‑‒−",
        "aeijopcyxshdqwABEHIJKMOPCTYXSaoivAABEHIKMNOPTYXZđĐđĐil----",
        strict=True,
    )
)
_FANCY = (*range(0x1D400, 0x1D6A4), *range(0x1D7CE, 0x1D800))  # bold, script … Latin letters and digits
_LOOK_ALIKE = str.maketrans(
    {
        **_ALIKE,
        "ƣ": "u\u031b",
        "Ƣ": "U\u031b",
        "\u034f": None,  # combining grapheme joiner
        **{chr(code): None for code in range(0xFE00, 0xFE10)},  # variation selectors
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _FANCY},
    }
)
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
# What nearly every text is made of, and what cleaning leaves as it is.
_PLAIN = re.compile(r"[ -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9“”‘’…–]*")


def clean(text: str) -> str:
    """The text for display and storage: NFC, look-alike letters mapped, invisible ones out, white space folded.

    Case and diacritics stay. Cleaning a second time changes nothing.
    """
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text):
        return text
    visible = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    mapped = unicodedata.normalize("NFD", visible).translate(_LOOK_ALIKE)
    return " ".join(unicodedata.normalize("NFC", mapped).split())


def strip_marks(text: str) -> str:
    """The cleaned text in lower case without diacritics, to search by; what has no plain form stays."""
    # Twice, because what plain forms bring to light (superscripts, small letters of a capital) may be look-alikes.
    return clean(bare(clean(bare(clean(text)))))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a typed text: three tuples of equal length, one entry for a syllable or other token.

    `accented` is lower-case NFC with abbreviations written out, raw Telex and VNI decoded and tones where they
    belong; what was typed without marks has none. `toneless` is the main key. `folded` is the toneless key with
    the sounds that regions mix up (n/l, s/x, ch/tr, d/gi/r, i/y) written alike.
    """

    accented: tuple[str, ...]
    toneless: tuple[str, ...]
    folded: tuple[str, ...]


_Words = tuple[str, ...]
_MOST = 4
_CACHED_LENGTH = 40
_LONG, _MIDDLE = 8, 6

# A number with what belongs to it (3.000.000, 30/4, 5k, 7h30), perhaps the tail of a document's (58-CV/TU); or a word.
_TOKEN = re.compile(
    r"(?P<number>\+?\d+(?:(?:,\d+)+(?![/\d-])|(?:[./:-]\d+)*))"
    r"(?P<tail>(?:[-/](?:\d+|[A-Za-zĐđ]+\d*)(?![^\W\d_])){1,4}|[^\W_]+)?"
    r"|(?P<word>[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*)"
)
# Where neither a number nor a mark by itself stands, every run of letters is a token.
_SPECIAL = re.compile("[\\d\u0300-\u036f]")
_LETTERS = re.compile(r"[^\W_]+")
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_LETTER_PARTS = re.compile(r"[A-Za-zĐđ]+")
_SHORT_CODE = 4


def readings(text: str) -> tuple[Reading, ...]:
    """One to four readings of a text, the most likely first.

    A text with a letter or digit has a token in each reading; a text with none has one reading of empty tuples.
    """
    found = [_reading(choice) for choice in _choices(_pieces(_tokens(clean(text))))]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else (found[0],)


def _reading(words: Sequence[str]) -> Reading:
    # Nearly every word is of letters: that is told here, since a call for each costs as much as the look-up.
    keys = [
        _cached_keys(word) if (word.isalpha() and len(word) <= _CACHED_LENGTH) or _may_be_kept(word) else _keys(word)
        for word in words
    ]
    return Reading(tuple(words), tuple(key for key, _ in keys), tuple(key for _, key in keys))


def _keys(word: str) -> tuple[str, str]:
    toneless = bare(word) or word
    return toneless, fold(toneless)


_cached_keys = lru_cache(maxsize=8192)(_keys)


def _choices(pieces: Sequence[tuple[_Words, ...]]) -> Iterator[_Words]:
    """The first choice everywhere, then one other choice at a time, then two."""
    if all(map(_is_plain, pieces)):
        yield tuple(chain.from_iterable(words for (words,) in pieces))
        return
    open_at = [(at, other) for at, piece in enumerate(pieces) for other in piece[1:]][:_MOST]
    swaps = [(), *combinations(open_at, 1), *combinations(open_at, 2)]
    for swap in islice((swap for swap in swaps if len(dict(swap)) == len(swap)), _MOST):
        changed = dict(swap)
        yield tuple(word for at, piece in enumerate(pieces) for word in changed.get(at, piece[0]))


def _is_plain(piece: tuple[_Words, ...]) -> bool:
    return len(piece) == 1


def _tokens(text: str) -> list[str]:
    if not _SPECIAL.search(text):
        return [token.lower() for token in _LETTERS.findall(text)]
    tokens: list[str] = []
    match = _TOKEN.search(text)
    while match:
        apart = match["tail"] and not _is_one_number(match["number"], match["tail"])
        group = "number" if apart else 0
        tokens.append(match[group].lower())
        match = _TOKEN.search(text, match.end(group))
    return tokens


def _is_one_number(number: str, tail: str) -> bool:
    """Whether a number and its tail are one (05/CT-TTg, 5k), not a rate or a slip (500/người, 5khau)."""
    parts = _LETTER_PARTS.findall(tail)
    if tail[0] not in "-/":
        return number.isdecimal() and (len(tail) <= _SHORT_CODE - 1 or any(char.isdigit() for char in tail))
    if len(parts) != 1:
        return not parts or not is_syllable(bare(parts[0])) or parts[0].isupper()
    code = parts[0]
    return (code.isupper() and len(code) <= _SHORT_CODE) or not (is_syllable(bare(code)) or code.lower() in TEENCODE)


def _pieces(tokens: Sequence[str]) -> list[tuple[_Words, ...]]:
    """For each token, or each name of several tokens, the words it may stand for."""
    options = [
        _cached_token(token) if token.isalpha() and len(token) <= _CACHED_LENGTH else _options(token)
        for token in tokens
    ]
    if "k" not in tokens and _STARTS.keys().isdisjoint(tokens) and not any(each[0][0] in _STARTS for each in options):
        return options  # no name and no letter K begins anywhere
    pieces: list[tuple[_Words, ...]] = []
    at = 0
    while at < len(tokens):
        length, piece = _name(tokens, options, at) or _letter_k(tokens, at) or (1, options[at])
        pieces.append(piece)
        at += length
    return pieces


def _options(token: str) -> tuple[_Words, ...]:
    return _cached_token(token) if _may_be_kept(token) else _read_token(token)


def _may_be_kept(token: str) -> bool:
    """Whether a token may stay in a cache: numbers may be somebody's, and what is very long is no word."""
    if token.isalpha():
        return len(token) <= _CACHED_LENGTH
    return len(token) <= _CACHED_LENGTH and not _is_number(token) and len(token) < _LONG


def _is_number(token: str) -> bool:
    return token[0] == "+" or token[0].isdecimal()


def _read_token(token: str) -> tuple[_Words, ...]:
    """What one token may mean, looked up or worked out in the order that mistakes least."""
    if token in TEENCODE:
        return TEENCODE[token]
    if token in PROTECTED or _is_number(token):
        return ((token,),)
    short = _LENGTHENED.sub(r"\1", token).replace("dd", "đ").replace("d9", "đ")
    if short in TEENCODE:
        return TEENCODE[short]
    token = _LENGTHENED.sub(r"\1", token)
    word = canonical(token) or decode(token) or (token if token in PROTECTED else respell(token))
    if word in TEENCODE:
        return TEENCODE[word]  # nhiuf: teencode, and that in Telex
    return ((word,),) if word else (_split(token) or (token,),)


_cached_token = lru_cache(maxsize=8192)(_read_token)


def _split(token: str) -> _Words:
    """The syllables of a text typed without spaces, with the marks they have; empty if it is not made of any."""
    letters = "".join(map(bare, token))
    if len(letters) != len(token) or len(letters) < _MIDDLE:
        return ()
    parts = segment(letters)
    # Six or seven letters are often a foreign word (banana): two syllables may be, three are not believed.
    if len(letters) < _LONG and (len(parts) != 2 or min(map(len, parts)) < 2):
        return ()
    found, at = [], 0
    for part in parts:
        found.append(canonical(token[at : at + len(part)]) or part)
        at += len(part)
    return tuple(found)


def _name(
    tokens: Sequence[str], options: Sequence[tuple[_Words, ...]], at: int
) -> tuple[int, tuple[_Words, ...]] | None:
    """A name that dictation wrote in several words, and how many: certain, or as a second reading."""
    for words, meant in _STARTS.get(tokens[at], ()) or _STARTS.get(options[at][0][0], ()):
        here = range(at, at + len(words))
        if here.stop > len(tokens) or not all(_same(words[step - at], tokens[step], options[step][0]) for step in here):
            continue
        literal = tuple(word for step in here for word in options[step][0])
        return len(words), (((meant,),) if words in NAMES else (literal, (meant,)))
    return None


def _same(word: str, token: str, read: _Words) -> bool:
    """Whether a token is a word of a name, with that word's own marks or with none."""
    return token in (word, bare(word)) or read in ((word,), (bare(word),))


def _starts() -> dict[str, list[tuple[_Words, str]]]:
    """Names by their first word, with its marks and without."""
    starts: dict[str, list[tuple[_Words, str]]] = {}
    for words, meant in sorted({**NAMES, **PERHAPS}.items(), key=lambda name: -len(name[0])):
        for first in {words[0], bare(words[0])}:
            starts.setdefault(first, []).append((words, meant))
    return starts


_STARTS = _starts()


def _letter_k(tokens: Sequence[str], at: int) -> tuple[int, tuple[_Words, ...]] | None:
    """The letter K: of 5K, of thousands (200 k), or in "chữ k thứ 3"; anywhere else k is không."""
    typed, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
    if after == "k" and typed.isdecimal() and len(typed) < _SHORT_CODE:
        joined, apart = (typed + "k",), (typed, "không")
        is_one = int(typed) == 5 or (typed.endswith("0") and at + 2 < len(tokens))
        return 2, ((joined, apart) if is_one else (apart, joined))
    if typed != "k":
        return None
    before = bare(tokens[at - 1]) if at else ""
    return (1, (("k",),)) if before == "chu" or bare(after) == "thu" else None


# What stays, so that it is tried first: dates, numbers of documents, amounts of money, public 1800 and 1900 lines.
_GROUPED = r"[1-9]\d{0,2}(?:[.,]\d{3})*[.,]000"
_AMOUNT = r"(?:[1-9]\d{0,2}(?:[., ]\d{3})+|[1-9]\d*000)"
_KEPT = (
    r"(?:0?[1-9]|[12]\d|3[01])(?P<by>[./-])(?:0?[1-9]|1[0-2])(?P=by)"
    r"(?:(?:19|20)\d\d(?![./-]?\d)|\d\d(?![ ./-]{0,3}\d))",
    r"(?:19|20)\d\d(?P<on>[./-])\d{1,2}(?P=on)\d{1,2}(?!\d)",
    r"\d{1,2}/\d{1,2}(?!/?\d)",
    r"\d{1,5}/(?:19|20)\d\d(?!\d)",
    r"\d{1,5}[-/](?=[a-z])",
    rf"(?<![.,])(?<!\d[ -]){_GROUPED}(?: ?- ?{_GROUPED})?(?![.,]?\d)",
    rf"{_AMOUNT}(?: ?- ?{_AMOUNT})? ?(?:vnd|dong(?! (?:y|thoi|chi|bao|bang|ho)\b)|d\b)",
    r"(?:11[1-5]|1022)(?:(?:[ ,.-]+(?:11[1-5]|1022))+(?![ .-]?\d)|(?=[ -]0\d{9}(?!\d)))",
    r"1[89]00[ .-]?(?:\d{4}|\d\d[ .-]\d\d|\d{3}[ .-]?\d{3})(?!\d)(?![ .-](?!1[89]00|0)\d{3,4}(?!\d))",
)
_IN_PHONE, _IN_NUMBER = r"(?:[ .,\-()/*·…]{0,5}\d)", r"(?:[ .\-·]{0,3}\d)"
_SPOKEN = "khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|linh"


def _phone(digit: str) -> str:
    return rf"(?:{digit}{{9}}(?!\d)|{digit}{{10}}(?!\d)|{digit}{{8}}(?!\d))"


_PRIVATE = {
    "card": r"[1-9]\d{3}(?P<gap>[ .-]{1,3})\d{4}(?P=gap)\d{4}(?P=gap)\d{1,7}(?!\d)",
    "paper": r"0\d\d(?P<dot>[ .-])(?:\d{3}(?P=dot)){2}\d{3}(?!\d)|0\d{3}(?P<dash>[ .-])\d{4}(?P=dash)\d{4}(?!\d)",
    "phone": rf"0{_phone(_IN_PHONE)}|\+ ?{_IN_PHONE}{{9,13}}(?!\d)|(?:00)?84{_phone(_IN_NUMBER)}"
    rf"|\b(?:(?:{_SPOKEN})\b[ ,.-]*){{8,}}(?:{_SPOKEN})\b",
    "pass": rf"\d{_IN_NUMBER}{{8,11}}(?!\d)(?![ .-]{{1,3}}\d)|(?<![a-z])[bcknp]\d{{7}}(?!\d)",
    "number": rf"\d{_IN_NUMBER}{{8,}}",
}
_PHONE, _PAPER, _CARD = "[số điện thoại]", "[số giấy tờ]", "[số thẻ]"
_WORDS = {"card": _CARD, "paper": _PAPER, "phone": _PHONE, "pass": _PAPER, "number": _CARD}
_NUMBERS = re.compile(
    rf"(?<!\d)(?:{'|'.join(_KEPT)}|" + "|".join(f"(?P<{name}>{form})" for name, form in _PRIVATE.items()) + ")"
)
_ZERO_AS_O = re.compile(r"(?<![a-z])o(?=[ .-]?\d)|(?<=\d)o(?=[ .-]?\d)")


def mask(text: str) -> str:
    """The text with phone, identity and bank card numbers replaced by a bracketed word, all else untouched.

    In doubt a number is masked: any run of nine digits or more that is no date, amount or document number.
    """
    seen, places = _as_seen(text)
    pieces, done = [], 0
    for match in _NUMBERS.finditer(seen):
        if match.lastgroup in _WORDS:
            pieces += [text[done : places[match.start()]], _WORDS[match.lastgroup]]
            done = places[match.end()] if match.end() < len(places) else len(text)
    return "".join(pieces) + text[done:]


def _as_seen(text: str) -> tuple[str, list[int]]:
    """The text in plain letters, digits, spaces and dashes, and for each of them its place in the text."""
    seen, places = "", []
    for at, char in enumerate(text):
        plain = _plain(char)
        seen += plain
        places += [at] * len(plain)
    return _ZERO_AS_O.sub("0", seen), places


@lru_cache(maxsize=2048)
def _plain(char: str) -> str:
    """One character or none in place of another: digits of any script, one dash, one space, no marks."""
    digit, category = unicodedata.digit(char, -1), unicodedata.category(char)
    if digit >= 0:
        return str(digit)
    if char.isspace():
        return " "
    if category in _INVISIBLE or category in {"Mn", "Me"}:
        return ""
    if category == "Pd" or char == "−":
        return "-"
    return bare(clean(char) or char)[:1]
