"""The syllables of Vietnamese as they can be spelled, and how keyboards without an input method spell them.

A syllable is looked up by its letters without marks together with a signature of its vowel marks: ``""`` for
none, ``"^"`` for the hat of â ê ô, ``"w"`` for the horn or breve of ă ơ ư. That pair names at most one spelling,
so a mark may be typed on the wrong letter or, in raw Telex and VNI, anywhere behind the vowel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

# "oong" and "ooc" (xoong, moóc) are left out: with them raw Telex "khoong" would pass as a finished syllable.
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh "
    "uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu "
    "ươc ươi ươm ươn ương ươp ươt ươu y"
)
_BARE_ONLY = "yêm yên yêng yêt yêu"
_AFTER_Q = (
    "ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uân uât uây ue uen ueo uet uê uên uêch "
    "uênh uêt ui uinh uit uy uych uyên uyêt uynh uyt uơ uơn uơt uôc"
)
_AFTER_G = "i in iêc iêng iêt"
_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_FRONT_ONLY = {"k", "gh", "ngh"}
_NEVER_FRONT = {"c", "g", "ng", "gi"}

_VOWELS = "aeiouy"
_HAT, _TONES = "\u0302", {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_SIGNS = {_HAT: "^", "\u0306": "w", "\u031b": "w"}
_TONE_MARKS = frozenset(_TONES.values())
_STOPS = ("c", "ch", "p", "t")
_DIGIT_TONES = dict(zip("12345", "sfrxj", strict=True))
_COMMON_BARE = frozenset({"ai", "an", "anh", "am", "em", "it", "o", "oi", "ong", "ung", "uong", "uy", "y"})
_MARKS = re.compile("[\u0300-\u036f]+")
_MAX_KEYS = 4
_LONGEST = 7


def bare(text: str) -> str:
    """The text's letters without any mark, in lower case; what has no plain form stays."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().replace("đ", "d")


def _signature(shaped: str) -> str:
    return "".join(sorted({_SIGNS[mark] for mark in unicodedata.normalize("NFD", shaped) if mark in _SIGNS}))


def _spellings() -> Iterator[tuple[str, str]]:
    """Every pair of an onset and a rhyme (with its marks) that may be written together."""
    yield from (("", rhyme) for rhyme in _RHYMES.split() if not rhyme.startswith("iê"))
    yield from (("", rhyme) for rhyme in _BARE_ONLY.split())
    yield from (("q", rhyme) for rhyme in _AFTER_Q.split())
    yield from (("g", rhyme) for rhyme in _AFTER_G.split())
    for onset in _ONSETS.split():
        for rhyme in _RHYMES.split():
            front = rhyme[0] in ("ieêy" if onset != "gi" else "iy")
            if not (front and onset in _NEVER_FRONT) and (front or onset not in _FRONT_ONLY):
                yield onset, rhyme


_SPELLINGS = {(onset + bare(rhyme), _signature(rhyme)): (onset, rhyme) for onset, rhyme in _spellings()}
_LETTERS = {letters: spelling for (letters, _), spelling in reversed(_SPELLINGS.items())}


def is_syllable(letters: str) -> bool:
    """Whether letters without marks, in lower case, can be the letters of a Vietnamese syllable."""
    return letters in _LETTERS


def fold(letters: str) -> str:
    """The letters with sounds that regions do not tell apart written alike; other words stay as they are."""
    if letters not in _LETTERS:
        return letters
    onset, rhyme = _LETTERS[letters]
    plain = bare(rhyme)
    if onset == "g" and plain[0] == "i":
        onset = "gi"  # gì, gìn, giếng sound like d-
    if plain[0] == "y":
        plain = "i" + plain[1:]
    if onset == "q" and plain == "uy":
        plain = "ui"
    alike = {"l": "n", "x": "s", "tr": "ch", "gi": "d", "r": "d", "k": "c", "gh": "g", "ngh": "ng"}
    return alike.get(onset, onset) + plain


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word taken apart: letters, signature of the vowel marks, tone mark, and whether the d has its stroke."""

    letters: str
    signature: str = ""
    tone: str = ""
    stroke: bool = False


def _take_apart(word: str) -> _Typed | None:
    """None if the word carries a mark that Vietnamese does not have, or a stroke behind its first letter."""
    letters, signs, tone = "", set(), ""
    for char in unicodedata.normalize("NFD", word):
        if char in _SIGNS:
            signs.add(_SIGNS[char])
        elif char in _TONE_MARKS:
            tone = char
        elif unicodedata.combining(char):
            return None
        else:
            letters += char
    if "đ" in letters[1:]:
        return None
    stroke = letters.startswith("đ")
    return _Typed("d" + letters[1:] if stroke else letters, "".join(sorted(signs)), tone, stroke)


def _compose(typed: _Typed) -> str | None:
    """The one right spelling, or None if no syllable has these letters with these marks."""
    if (typed.letters, typed.signature) not in _SPELLINGS:
        return None
    onset, rhyme = _SPELLINGS[typed.letters, typed.signature]
    stopped = rhyme.endswith(_STOPS)
    if stopped and typed.tone not in (_TONES["s"], _TONES["j"]) and (typed.tone or typed.signature or typed.stroke):
        return None
    if typed.stroke:
        if onset != "d":
            return None
        onset = "đ"
    at = _tone_place(onset, rhyme) + 1 if typed.tone else 0
    return unicodedata.normalize("NFC", onset + rhyme[:at] + typed.tone + rhyme[at:])


def _tone_place(onset: str, rhyme: str) -> int:
    """Where the tone stands: hòa and thủy, but hoán; on a marked vowel wherever there is one."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    start = 1 if onset == "q" else 0
    cluster = [at for at in range(start, len(rhyme)) if rhyme[at] in _VOWELS]
    closed = cluster[-1] < len(rhyme) - 1
    if closed:
        return cluster[-1]
    return cluster[1] if len(cluster) > 2 else cluster[0]  # oai, uyu: the middle one


def canonical(word: str) -> str | None:
    """The word with its tone where it belongs, or None if its letters are no syllable.

    Marks that cannot be right together (đươc, hôa) say nothing certain, so such a word loses them all.
    """
    typed = _take_apart(word)
    if typed is None or typed.letters not in _LETTERS:
        return None
    return _compose(typed) or typed.letters


def decode(word: str) -> str | None:
    """A word typed in raw Telex or VNI as the syllable it stands for, or None if it stands for none."""
    typed = _take_apart(word)
    if typed is None or not typed.letters.isascii() or typed.letters in _LETTERS:
        return None
    if typed.letters.isalpha():
        return _telex(typed)
    return _vni(typed) if typed.letters.isalnum() and typed.letters[0].isalpha() else None


def _telex(typed: _Typed) -> str | None:
    letters = typed.letters
    if letters.startswith("w"):
        return None  # youth spelling (wen, wá), which stands for qu
    start = next((at for at, letter in enumerate(letters) if letter in _VOWELS + "w"), len(letters)) + 1
    head, tail = letters[:start], letters[start:]
    keys = [letter for letter in tail if letter in _TONES]
    if len(keys) > len(set(keys)):
        return None  # a key struck twice means the letter itself: pass, miss
    if keys:
        typed = replace(typed, tone=_TONES[keys[-1]])
    tail = "".join(letter for letter in tail if letter not in _TONES)
    if head[0] == "d" and "d" in tail + head[1:]:
        typed = replace(typed, stroke=True)
        head, tail = "d" + head[1:].replace("d", ""), tail.replace("d", "")
    plain = replace(typed, letters=head + tail)
    options = [replace(typed, letters=bases, signature=sign) for bases, sign in _vowel_keys(plain)]
    right = next((word for word in map(_compose, options) if word), None)
    adjacent = any(vowel * 2 in letters for vowel in "aeo")  # daat is Telex, data is not
    sure = bool(keys) or typed.stroke or adjacent
    return right or next((now.letters for now in options if _unfinished(now, sure)), None)


def _unfinished(typed: _Typed, sure: bool) -> bool:
    """Whether keys were only forgotten (dduocj, chuwc), so that the letters count although the marks do not.

    Its vowel marks exist but the tone is missing; or, where it is `sure` that keys were typed, a mark is missing.
    """
    stopped = typed.letters.endswith(_STOPS)
    if typed.letters not in _LETTERS or (stopped and typed.tone not in ("", _TONES["s"], _TONES["j"])):
        return False
    if typed.signature == "w":
        return (typed.letters, "w") in _SPELLINGS  # a w that no vowel can take is no key (new)
    return sure


def _vowel_keys(typed: _Typed) -> Iterator[tuple[str, str]]:
    """The ways to take w and doubled a, e, o out of the letters, the most likely first."""
    letters, signature = typed.letters, typed.signature
    plain = letters.replace("w", "")
    sign = "w" if plain != letters else signature
    doubled = next((vowel for vowel in "aeo" if plain.count(vowel) > 1), None)
    if doubled and sign != "w":
        at = plain.rindex(doubled)
        yield plain[:at] + plain[at + 1 :], "^"
    yield plain, sign
    if plain != letters:
        yield letters.replace("w", "u", 1).replace("w", ""), "w"  # nhwng: w stands for the whole ư


def _vni(typed: _Typed) -> str | None:
    letters = "".join(char for char in typed.letters if char.isalpha())
    keys = [char for char in typed.letters if char.isdigit()]
    tones = [_DIGIT_TONES[key] for key in keys if key in _DIGIT_TONES]
    stroke = "9" in keys
    if len(keys) > _MAX_KEYS or len(tones) > 1 or letters not in _LETTERS or (stroke and letters[0] != "d"):
        return None
    signs = {typed.signature} | {"^" for key in keys if key == "6"} | {"w" for key in keys if key in "78"}
    tone = _TONES[tones[0]] if tones else typed.tone
    read = _Typed(letters, "".join(sorted(signs - {""})), tone, stroke or typed.stroke)
    marked = (letters, read.signature) in _SPELLINGS and read.signature != ""
    sure = read.stroke or marked or (bool(tones) and not read.signature)  # ip6 and bit8 are no VNI
    return _compose(read) or (letters if _unfinished(read, sure) else None)


def segment(letters: str) -> tuple[str, ...]:
    """The fewest syllables that letters without spaces fall into, longer ones first; empty if they do not."""
    size = len(letters)
    best: list[tuple[int, int] | None] = [None] * size + [(0, 0)]  # from each place: cost, length of the first one
    for at in range(size - 1, -1, -1):
        for length in range(min(_LONGEST, size - at), 0, -1):
            rest, part = best[at + length], letters[at : at + length]
            if rest is None or part not in _LETTERS:
                continue
            # Few syllables begin with a vowel: ho chi minh, not hoc him inh.
            cost = rest[0] + 10 + (part[0] in _VOWELS and part not in _COMMON_BARE)
            here = best[at]
            if here is None or cost < here[0]:
                best[at] = (cost, length)
    found, at = [], 0
    while at < size:
        step = best[at]
        if step is None:
            return ()
        found.append(letters[at : at + step[1]])
        at += step[1]
    return tuple(found)
