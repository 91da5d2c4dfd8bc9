"""Vietnamese as fingers type it when the input method is off: raw Telex and raw VNI."""

from __future__ import annotations

import unicodedata

_TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j", "\u0306": "w", "\u031b": "w"}
_VNI = {
    "\u0301": "1",
    "\u0300": "2",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
    "\u0302": "6",
    "\u031b": "7",
    "\u0306": "8",
}
_TONES = "\u0301\u0300\u0309\u0303\u0323"


def telex(word: str) -> str:
    """A word in raw Telex, vowel keys behind their letter and the tone at the end: khẩu -> khaaur."""
    return _typed(word, _TELEX, "d")


def vni(word: str) -> str:
    """A word in raw VNI, vowel keys behind their letter and the tone at the end: khẩu -> kha6u3."""
    return _typed(word, _VNI, "9")


def late_telex(word: str) -> str:
    """A word in raw Telex with every key at the end, as quick typists do: được -> duocwjd."""
    letters, keys = _apart(word)
    return (
        letters
        + "".join(dict.fromkeys(_TELEX.get(mark, key) for mark, key in keys if mark not in _TONES))
        + "".join(_TELEX[mark] for mark, _ in keys if mark in _TONES)
    )


def late_vni(word: str) -> str:
    """A word in raw VNI with every key at the end: được -> duoc975."""
    letters, keys = _apart(word)
    return letters + "".join(dict.fromkeys(_VNI.get(mark, "9") for mark, _ in keys))


def _typed(word: str, keys: dict[str, str], stroke: str) -> str:
    typed, tone = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = keys[char]
        elif char in "đĐ":
            typed += ("d" if char == "đ" else "D") + stroke
        elif unicodedata.combining(char):
            typed += keys.get(char, typed[-1])
        else:
            typed += char
    return typed + tone


def _apart(word: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain letters, and each mark with the letter it stands on."""
    letters, marks = "", []
    for char in unicodedata.normalize("NFD", word):
        if unicodedata.combining(char):
            marks.append((char, letters[-1]))
        elif char == "đ":
            letters += "d"
            marks.append((char, "d"))
        else:
            letters += char
    return letters, marks
