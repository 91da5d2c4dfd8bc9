"""Makers of noise: a well-typed question as a hurried phone, or a keyboard without its input method, spells it.

Each maker takes a text and a source of chance and gives a text; the same seed gives the same text. They come
from the layout of the keyboard, the two input methods and the habits of chat, and know nothing of how Loa reads.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Noise = Callable[[str, random.Random], str]

_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_SHAPES = frozenset({_HAT, _BREVE, _HORN})
_WORD = re.compile(r"[^\W\d_]+")


def noisy(maker: Noise, text: str, seed: str) -> str:
    """The text as a maker spells it; it depends on the seed and the text alone, not on what came before."""
    return maker(text, random.Random(f"{seed}\0{text}"))


def strip(text: str, _chance: random.Random) -> str:
    """No diacritics; capitals, digits and punctuation stay."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return plain.replace("đ", "d").replace("Đ", "D")


# Input methods: what was pressed stands there, because nothing turned the keys into letters.


@dataclass(frozen=True, slots=True)
class _Method:
    """The keys of an input method: by tone mark, by vowel mark (with "" for the vowel's own letter), and for đ."""

    tones: Mapping[str, str]
    shapes: Mapping[str, str]
    stroke: str


@dataclass(frozen=True, slots=True)
class _Habit:
    """When a typist presses the keys of marks: right after the vowel, or at the end of the syllable."""

    shape_at_once: bool
    tone_at_once: bool


_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_TELEX = _Method(
    {_ACUTE: "s", _GRAVE: "f", _HOOK: "r", _TILDE: "x", _DOT: "j"}, {_HAT: "", _BREVE: "w", _HORN: "w"}, "d"
)
_VNI = _Method(
    {_ACUTE: "1", _GRAVE: "2", _HOOK: "3", _TILDE: "4", _DOT: "5"}, {_HAT: "6", _HORN: "7", _BREVE: "8"}, "9"
)
# Most press the vowel's key at once; a tone is as often pressed there as behind the whole syllable.
_HABITS = (_Habit(True, True), _Habit(True, False), _Habit(False, False))
_HOW_MANY = (45, 45, 10)


def telex(text: str, chance: random.Random) -> str:
    """Raw Telex by one typist: `khaaur`, `khaaru` or `khaura` for khẩu."""
    return _typed(text, _TELEX, chance)


def vni(text: str, chance: random.Random) -> str:
    """Raw VNI by one typist: `kha6u3`, `kha63u` or `khau63` for khẩu."""
    return _typed(text, _VNI, chance)


def _typed(text: str, method: _Method, chance: random.Random) -> str:
    habit = chance.choices(_HABITS, _HOW_MANY)[0]
    return _WORD.sub(lambda word: _keys(word[0], method, habit), unicodedata.normalize("NFC", text))


def _keys(word: str, method: _Method, habit: _Habit) -> str:
    """The keys of one syllable; a vowel key that is pressed at the end stands there once for both of ươ."""
    pressed, shapes, tones = "", "", ""
    for letter in word:
        base, shape, tone = _taken_apart(letter)
        if base in "đĐ":
            pressed += ("D" if base == "Đ" else "d") + _in_case(method.stroke, word, letter)
            continue
        pressed += base
        shape_key = _in_case(method.shapes[shape] or base.lower(), word, letter) if shape else ""
        tone_key = _in_case(method.tones[tone], word, letter) if tone else ""
        pressed += (shape_key if habit.shape_at_once else "") + (tone_key if habit.tone_at_once else "")
        if not habit.shape_at_once and shape_key not in shapes:
            shapes += shape_key
        tones += "" if habit.tone_at_once else tone_key
    return pressed + shapes + tones


def _taken_apart(letter: str) -> tuple[str, str, str]:
    """A letter without marks, the mark that makes another vowel of it, and its tone; foreign marks stay on it."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    shape = next((mark for mark in marks if mark in _SHAPES), "")
    tone = next((mark for mark in marks if mark in _TELEX.tones), "")
    own = len(marks) == len(shape) + len(tone) and base.lower() in "aeiouy"
    return (base, shape, tone) if own else (letter, "", "")


def _in_case(key: str, word: str, letter: str) -> str:
    return key.upper() if letter.isupper() and len(word) > 1 and word.isupper() else key


# Slips of the finger

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SLIPS_IN_WORDS = 0.15
_LONG_ENOUGH = 3


def _neighbours() -> dict[str, str]:
    """For each key those beside it, and those above and below: every row lies half a key to the right of the last."""
    places = {key: (row, at) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
    steps = {(0, -1), (0, 1), (-1, 0), (-1, 1), (1, 0), (1, -1)}
    return {
        key: "".join(other for other, (to, there) in places.items() if (to - row, there - at) in steps)
        for key, (row, at) in places.items()
    }


NEIGHBOURS: Mapping[str, str] = _neighbours()


def typos(text: str, chance: random.Random) -> str:
    """A slip in one word of seven, and in one at least: a wrong key, a letter lost, doubled or swapped, a space lost.

    Words of fewer than three letters and numbers stay as they are.
    """
    pieces = re.split(r"(\s+)", unicodedata.normalize("NFC", text))
    able = [at for at, piece in enumerate(pieces) if len(piece) >= _LONG_ENOUGH and _WORD.fullmatch(piece)]
    hit = [at for at in able if chance.random() < _SLIPS_IN_WORDS] or (able and [chance.choice(able)])
    for at in hit:
        slip = chance.choice((_neighbour, _dropped, _doubled, _swapped, None))
        if slip:
            pieces[at] = slip(pieces[at], chance)
        elif at + 2 < len(pieces):
            pieces[at + 1] = ""
        else:
            pieces[at] = _dropped(pieces[at], chance)
    return "".join(pieces)


def _neighbour(word: str, chance: random.Random) -> str:
    """The key beside the one that was meant. Letters with marks are several keys and are not missed like that."""
    able = [at for at, letter in enumerate(word) if letter.lower() in NEIGHBOURS]
    if not able:
        return _dropped(word, chance)
    at = chance.choice(able)
    hit = chance.choice(NEIGHBOURS[word[at].lower()])
    return word[:at] + (hit.upper() if word[at].isupper() else hit) + word[at + 1 :]


def _dropped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    unlike = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not unlike:
        return _doubled(word, chance)
    at = chance.choice(unlike)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


# Chat

_HABITUAL = {
    "không": "k ko hok kg hông khum", "được": "dc đc đx", "gì": "j", "vậy": "z v zậy", "bao nhiêu": "bn bnh bnhiu",
    "như thế nào": "ntn", "thế nào": "tnao", "mình": "mk mik", "vợ": "vk", "chồng": "ck", "rồi": "r rùi",
    "với": "vs", "biết": "bít bik", "người": "ng ngừi", "những": "nhg", "nhiều": "nhìu", "cũng": "cx cug",
    "trước": "trc", "làm": "lm", "thôi": "thui", "bây giờ": "bh bjo", "hôm nay": "hnay", "vào": "zô", "chưa": "chx",
    "điện thoại": "đt", "giờ": "h", "anh": "a", "em": "e", "muốn": "mún", "công ty": "cty", "luôn": "lun", "chị": "c",
    "nhé": "nha nhá",
}  # fmt: skip
_HABITS_OF_CHAT = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_HABITUAL, key=lambda word: -len(word)))})(?!\w)", re.IGNORECASE
)
# How any other word may be shortened: the sound stays, a key is saved.
_SHORTER = tuple(
    (re.compile(pattern, re.IGNORECASE), short)
    for pattern, short in (
        (r"^ph", "f"), (r"^qu(?=[aàáảãạăâầấẩẫậ])", "w"), (r"^gi(?=[aàáảãạăâeèéoóờớu])", "j"), (r"^kh", "k"),
        (r"(?<=[aàáảãạoóòỏõọôồốổỗộơờớởỡợuùúủũụưừứửữự])i$", "j"), (r"(?<=[ií])ch$", "k"), (r"ng$", "g"), (r"nh$", "h"),
    )
)  # fmt: skip
_HABITUALLY, _SHORTENED = 0.7, 0.15


def teencode(text: str, chance: random.Random) -> str:
    """As friends chat: most words that have a short form get one, a few others are shortened by sound.

    What has no short form keeps its diacritics; a text without diacritics has few words that are known here.
    """
    text = unicodedata.normalize("NFC", text)
    sites = list(_HABITS_OF_CHAT.finditer(text))
    taken = [site for site in sites if chance.random() < _HABITUALLY] or sites[:1]
    pieces, done = [], 0
    for site in taken:
        short = chance.choice(_HABITUAL[site[0].lower()].split())
        pieces += [_shortened(text[done : site.start()], chance), short]
        done = site.end()
    return "".join(pieces) + _shortened(text[done:], chance)


def _shortened(text: str, chance: random.Random) -> str:
    return _WORD.sub(lambda word: _by_sound(word[0]) if chance.random() < _SHORTENED else word[0], text)


def _by_sound(word: str) -> str:
    for pattern, short in _SHORTER:
        shorter, changed = pattern.subn(short, word)
        if changed and len(shorter) > 1:
            return shorter
    return word


def strip_typos(text: str, chance: random.Random) -> str:
    """No diacritics, and slips of the finger as well."""
    return typos(strip(text, chance), chance)


MAKERS: Mapping[str, Noise] = {
    "strip": strip,
    "telex": telex,
    "vni": vni,
    "typos": typos,
    "teencode": teencode,
    "strip+typos": strip_typos,
}


def made(name: str, texts: Sequence[str], seed: str) -> list[str]:
    """Every text as the maker of that name spells it."""
    return [noisy(MAKERS[name], text, f"{seed} {name}") for text in texts]
