"""Text of legacy fonts (TCVN3, VNI for Windows) as Unicode, and letters that text layers confuse.

TCVN3 follows TCVN 5712:1993 (lower-case letters only; capitals are a font of their own, whose name ends in "H"). VNI
writes a vowel and then a mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ..core.syllables import bare, is_syllable
from ..core.vietnamese import clean

_TCVN3_FROM = "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
_TCVN3_TO = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)
_TCVN3_SIGN = re.compile("[¨©ª«¬\xad®µ¶·¸¹»¼½¾§]")
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_SHAPED = {
    "\u0302": {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"},
    "\u0306": {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"},
}
_VNI_MARKS = _TONES | {mark: shape + tone for shape, marks in _SHAPED.items() for mark, tone in marks.items()}
_VNI_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_BOTH = [each + each.upper() for each in ("".join(_VNI_MARKS), "".join(_VNI_ALONE))]
_VNI = re.compile(f"([aeoôöuyAEOÔÖUY])([{_BOTH[0]}])|[{_BOTH[1]}]")
_LEGACY = re.compile("[\xa1-\xff]")
_MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_PRIVATE = {code: code & 0xFF for code in range(0xF020, 0xF100)}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH, _BETTER = 0.75, 0.25


def from_tcvn3(text: str) -> str:
    """TCVN3 text as Unicode."""
    return text.translate(_PRIVATE).translate(_TCVN3)


def _vni_letter(found: re.Match[str]) -> str:
    vowel, mark = found[1] or found[0], found[2] or ""
    base = _VNI_ALONE.get(vowel.lower(), vowel.lower())
    letter = unicodedata.normalize("NFC", base + _VNI_MARKS.get(mark.lower(), ""))
    return letter.upper() if vowel.isupper() else letter


def from_vni(text: str) -> str:
    """VNI for Windows text as Unicode."""
    return _VNI.sub(_vni_letter, text.translate(_PRIVATE))


def _tcvn3_capitals(text: str) -> str:
    return from_tcvn3(text).upper()


def decoder(font: str) -> Callable[[str], str] | None:
    """What turns the text of a font into Unicode, or None for a Unicode font. Subset prefixes do not matter."""
    name = re.sub(r"^[A-Z]{6}\+", "", font.strip())
    if re.match(r"VNI[-\s_]", name, re.IGNORECASE):
        return from_vni
    if re.match(r"\.Vn[A-Z]|\.VN[A-Z]|Vn(?:Time|Arial|Avant|Helv|Tahoma|Book|Cent|Courier)", name):
        plain = re.split(r"[,-]", name)[0]
        return _tcvn3_capitals if plain.endswith("H") and len(plain) > 4 else from_tcvn3
    return None


def share(text: str) -> float:
    """The share of words that can be Vietnamese syllables, 0 to 1; 0 where there is no word."""
    words = _WORD.findall(text)
    good = sum(is_syllable(bare(word)) for word in words)
    return good / len(words) if words else 0.0


def decoded(text: str, font: str) -> str:
    """Text set in a font as Unicode. Text that is Unicode already (typed over an old font) stays as it is."""
    decode = decoder(font)
    if decode is None or _MODERN.search(text):
        return text
    made = decode(text)
    return made if share(made) >= share(text) else text


def likely(text: str) -> str:
    """Text whose font is not known: as Unicode if it reads as Vietnamese only when decoded, else as it is."""
    if _MODERN.search(text) or not _LEGACY.search(text):
        return text
    best, score = text, share(text) + _BETTER
    for decode in (from_tcvn3, from_vni):
        if decode is from_tcvn3 and not _TCVN3_SIGN.search(text):
            continue
        made = decode(text)
        if share(made) >= max(score, _ENOUGH):
            best, score = made, share(made)
    return best


def tidy(text: str) -> str:
    """A line as everything after works on it: NFC, ƣ as ư, look-alikes mapped, invisible signs out, blanks folded."""
    return clean(text.replace("\u00ad", ""))
