"""Two encodings from before Unicode, as old Word files still carry them: TCVN3 (.VnTime) and VNI-Times.

The tables are written from what the fonts show; `test_legacy.py` reads well-known words back. TCVN3 has no capitals
with tone: offices switch to the font .VnTimeH, which shows capitals for small codes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
# Codes in the order: without tone, huyền, hỏi, ngã, sắc, nặng.
_TCVN3 = {
    "a": "61 B5 B6 B7 B8 B9", "ă": "A8 BB BC BD BE C6", "â": "A9 C7 C8 C9 CA CB",
    "e": "65 CC CE CF D0 D1", "ê": "AA D2 D3 D4 D5 D6", "i": "69 D7 D8 DC DD DE",
    "o": "6F DF E1 E2 E3 E4", "ô": "AB E5 E6 E7 E8 E9", "ơ": "AC EA EB EC ED EE",
    "u": "75 EF F1 F2 F3 F4", "ư": "AD F5 F6 F7 F8 F9", "y": "79 FA FB FC FD FE", "đ": "AE",
}  # fmt: skip
_TCVN3_CAPITALS = {"Ă": "A1", "Â": "A2", "Ê": "A3", "Ô": "A4", "Ơ": "A5", "Ư": "A6", "Đ": "A7"}
# VNI writes a letter and then a mark; i and ỵ have codes of their own.
_VNI_MARKS = {"": "øûõùï", "ă": "èúüéë", "â": "àåãáä"}
_VNI_BASES = {
    "a": "a",
    "ă": "a",
    "â": "a",
    "e": "e",
    "ê": "e",
    "o": "o",
    "ô": "o",
    "ơ": "ô",
    "u": "u",
    "ư": "ö",
    "y": "y",
}
_VNI_BARE = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö", "đ": "ñ", "ỵ": "î"}
_VNI_I = dict(zip("ìỉĩíị", "ìæóíò", strict=True))


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font; None is the font of the document."""

    text: str
    font: str | None = None


def _with_tone(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + _TONES[tone])


def _tcvn3_table() -> dict[str, str]:
    table = {capital: chr(int(code, 16)) for capital, code in _TCVN3_CAPITALS.items()}
    for letter, codes in _TCVN3.items():
        bare, *toned = (chr(int(code, 16)) for code in codes.split())
        table[letter] = bare
        table |= {_with_tone(letter, tone): code for tone, code in enumerate(toned)}
    return table


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_BARE) | _VNI_I
    for letter, base in _VNI_BASES.items():
        marks = _VNI_MARKS["ă" if letter == "ă" else "â" if letter in "âêô" else ""]
        for tone, mark in enumerate(marks):
            table.setdefault(_with_tone(letter, tone), base + mark)
    return table | {letter.upper(): code.upper() for letter, code in table.items()}


TCVN3 = _tcvn3_table()
VNI = _vni_table()


def runs_for(encoding: str | None, text: str) -> list[Run]:
    """The text as runs of an old encoding ("tcvn3", "vni"), or as it is."""
    if encoding == "tcvn3":
        return _tcvn3_runs(text)
    if encoding == "vni":
        return [Run("".join(VNI.get(letter, letter) for letter in text), "VNI-Times")]
    return [Run(text)]


def _tcvn3_runs(text: str) -> list[Run]:
    if text.isupper():  # a line in capitals is typed small in the font of capitals
        return [Run("".join(TCVN3.get(letter, letter) for letter in text.lower()), ".VnTimeH")]
    runs = []
    for capital, letters in groupby(re.split(r"(?<=.)", text, flags=re.S), key=_needs_capital_font):
        small = "".join(letters)
        coded = "".join(TCVN3.get(letter, letter) for letter in (small.lower() if capital else small))
        runs.append(Run(coded, ".VnTimeH" if capital else ".VnTime"))
    return [run for run in runs if run.text]


def _needs_capital_font(letter: str) -> bool:
    return letter != letter.lower() and letter not in TCVN3 and not letter.isascii()
