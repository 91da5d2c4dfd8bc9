"""Whether a piece of a message asks something. The words belong to the language, not to a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .vietnamese import readings, strip_marks

_FEWEST = 2
_COUNTED = "ngày|tuần|tháng|năm|giờ|hôm|lần|mét|mâm|tuổi|ca|chữ|số|điều|mục|tiền|đồng|nghìn|trăm|triệu|bước"
# "Chẳng ai" and "ai cũng" ask nothing; "mấy người lạ" are some strangers, "mấy ngày" asks how many.
_WHAT = (
    r"(?<!không )(?<!chẳng )(?<!chả )(?<!đừng )\b(?:gì|nào|ai|sao|bao (?:nhiêu|giờ|lâu|xa)|mấy (?:"
    + _COUNTED
    + r")|mấy$|WHERE)\b(?! (?:cũng|ấy|đấy|đó))"
)
_WHETHER = r"\b(?:được|phải|đúng|có|thật|cần|nên) (?:không|chưa)\b|\bkhông biết (?:có|là)\b|\bhay\b"
_PLEASE = (
    r"\bcho (?:\w+ )?(?:hỏi|biết|xin|số)\b|\b(?:xin|muốn|cần|tìm) (?:hỏi|biết|số)\b|"
    r"\b(?:giúp|hướng dẫn|giải thích|nói rõ)\b|\bgửi (?:\w+ ){0,3}cho\b"
)
_UNKNOWN = r"\b(?:chưa|chẳng|chả|không) (?:\w+ )?(?:biết|rõ|hiểu)\b"
_AT_THE_END = frozenset({"không", "chưa", "à", "hả", "nhỉ", "chứ"})
# A particle, or who is asked ("được không ạ", "được không bác ơi").
_BEHIND = frozenset(
    {
        *("ạ", "vậy", "vầy", "thế", "rứa", "ta", "nhé", "nha", "với", "nữa", "ơi", "luôn", "đây", "đó", "hen", "ha"),
        *("hè", "nè", "mà", "thôi", "bác", "chú", "anh", "chị", "em", "cô", "ông", "bà", "thầy", "ad", "loa", "bạn"),
        *("mình", "cán", "bộ", "đồng", "chí", "các", "mọi", "người", "cả", "nhà"),
    }
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What asks `anywhere`, and `at_the_end` of a piece, with nothing but words of `behind` after it."""

    anywhere: re.Pattern[str]
    at_the_end: frozenset[str]
    behind: frozenset[str]

    def ask(self, syllables: tuple[str, ...]) -> bool:
        if self.anywhere.search(" ".join(syllables)):
            return True
        last = next((each for each in reversed(syllables) if each not in self.behind), "")
        return last in self.at_the_end


def _words(where: str, but: frozenset[str] = frozenset()) -> _Words:
    anywhere = re.compile("|".join((_WHAT.replace("WHERE", where), _WHETHER, _PLEASE, _UNKNOWN)))
    return _Words(anywhere, _AT_THE_END - but, _BEHIND - _AT_THE_END)


def _bare(words: _Words) -> _Words:
    return _Words(
        re.compile(strip_marks(words.anywhere.pattern)),
        frozenset(map(strip_marks, words.at_the_end)),
        frozenset(map(strip_marks, words.behind)) - frozenset(map(strip_marks, words.at_the_end)),
    )


_TYPED_WITH_MARKS = _words("đâu")
# Without marks some are everyday words of another meaning: đâu, dâu and đau, à and ạ, chứ and chú.
_TYPED_WITHOUT = _bare(_words("(?:ở|đi|từ) đâu", frozenset({"à", "chứ"})))


def asks(text: str) -> bool:
    """Whether a piece between two joints asks something; one without marks is read without them."""
    reading = readings(text)[0]
    if len(reading.toneless) < _FEWEST:
        return False
    # What is written out ("đc": được) has marks that nobody typed.
    without = text.isascii() or reading.accented == reading.toneless
    return _TYPED_WITHOUT.ask(reading.toneless) if without else _TYPED_WITH_MARKS.ask(reading.accented)
