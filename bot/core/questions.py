"""How a message is made: several questions in one, or a follow-up of the one before.

The words here belong to the language, not to a subject.
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import islice

from .vietnamese import Reading, readings

_SHORT = 5
_LONGEST_FOLLOW_UP = 15
_MIN_PART = 3
# A message of nothing but joints would otherwise be matched hundreds of times.
_MOST_JOINTS = 6
_OPENINGS = (
    "the con", "the", "con", "vay", "neu vay", "roi", "a con", "ua", "nhung", "thi sao", "tai sao", "vi sao", "o dau",
    "bao nhieu", "may", "khi nao", "bao gio", "ai", "toi da", "nhu nao", "nhu the nao", "cu the", "the nao", "lam sao",
    "goi ai", "goi so", "so may", "co can", "can gi", "phai khong", "noi ro", "noi them", "giai thich", "nghia la",
)  # fmt: skip
_ENDINGS = ("thi sao", "the nao", "o dau", "the a", "nua khong")
# Words that a follow-up is made of, whatever it is about, typed with marks or without.
QUESTION_WORDS = frozenset(
    """thế the thì thi sao còn con vậy vay ở o đâu dau bao nhiêu nhieu mấy may khi nào nao giờ gio ai gì gi
    là la như nhu
    có co không khong được duoc phải phai cần can nữa nua ạ a à ơi oi hả ha chưa chua rồi roi nhỉ nhi nhé nhe với voi
    nói noi rõ ro hơn hon thêm them giải giai thích thich cụ cu thể nghĩa nghia làm lam tối toi đa da người nguoi tôi
    em anh chị chi cháu chau bác bac cô chú chu ông ong bà ba nhà nha mình minh
    bọn bon trẻ tre nhỏ nho già gia lớn lon
    vợ vo chồng
    chong bố bo mẹ me con ngày ngay gọi goi số so hỏi hoi cho xin khai báo""".split()  # noqa: SIM905 (a page of strings otherwise)
)
_ASKING = frozenset(
    ["không", "gì", "nào", "sao", "ai", "đâu", "mấy", "bao", "chưa", "hả", "được", "hỏi", "chỉ", "giúp"]
)
# Without marks some of these are everyday words of another meaning ("dau": đâu, dâu, đau).
_ASKING_TONELESS = re.compile(r"\b(?:khong|gi|nao|sao|ai|chua|duoc|o dau|bao nhieu|bao gio|may nguoi|the nao)\b")
_JOINTS = re.compile(
    r"[?!;\n]+|[.](?=\s)|,|\b(?:tiện thể|tien the|với lại|voi lai|ngoài ra|ngoai ra|luôn tiện|nhân tiện|nhan tien|"
    r"đồng thời|dong thoi|và|va|còn|con|rồi|vậy|hay là)\b",
    re.IGNORECASE,
)


class FollowUp(Enum):
    """How much a text leans on the question before it."""

    NO = 0
    SHORT = 1
    MARKED = 2


def follow_up(text: str) -> FollowUp:
    """MARKED if it opens or ends like a follow-up ("thế còn …", "… thì sao"), SHORT if it is only a few words."""
    words = readings(text)[0].toneless
    joined = " ".join(words)
    opens = any(joined == opening or joined.startswith(opening + " ") for opening in _OPENINGS)
    if len(words) <= _LONGEST_FOLLOW_UP and (opens or joined.endswith(_ENDINGS)):
        return FollowUp.MARKED
    return FollowUp.SHORT if len(words) <= _SHORT else FollowUp.NO


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a message that each ask something: at its sentence ends, or at one joining word."""
    pieces = [piece for piece in re.split(r"[?!;\n]+|[.](?=\s)", text) if asks(piece)]
    if len(pieces) > 1:
        return tuple(pieces[:_MOST_JOINTS])
    joints = islice(_JOINTS.finditer(text), _MOST_JOINTS)
    pairs = [(text[: joint.start()], text[joint.end() :]) for joint in joints]
    return tuple(piece.strip(" ,") for pair in pairs if all(map(asks, pair)) for piece in pair)


def asks(text: str) -> bool:
    """Whether a piece can be a question by itself: it is not too short and has a word that asks."""
    reading = readings(text)[0]
    return len(reading.toneless) >= _MIN_PART and _has_asking_word(reading)


def _has_asking_word(reading: Reading) -> bool:
    if reading.accented == reading.toneless:
        return bool(_ASKING_TONELESS.search(" ".join(reading.toneless)))
    return not _ASKING.isdisjoint(reading.accented)
