"""How a message is made: several questions in one, or a follow-up of the one before.

The words here belong to the language, not to a subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from .vietnamese import Reading, readings

_SHORT = 5
_LONGEST_FOLLOW_UP = 15
_MIN_HALF = 2
_MIN_ASKING = 3
_MIN_BOTH = 7
# A message of nothing but joints would otherwise be matched hundreds of times.
_MOST_JOINTS = 5
_OPENINGS = (
    "the con", "the", "con", "vay", "neu vay", "roi", "a con", "ua", "nhung", "thi sao", "tai sao", "vi sao", "o dau",
    "bao nhieu", "may", "khi nao", "bao gio", "ai", "toi da", "nhu nao", "nhu the nao", "cu the", "the nao", "lam sao",
    "goi ai", "goi so", "so may", "co can", "can gi", "phai khong", "noi ro", "noi them", "giai thich", "nghia la",
)  # fmt: skip
_ENDINGS = ("thi sao", "the nao", "o dau", "the a", "nua khong")
_ASKING = frozenset(
    "không gì nào sao ai đâu bao chưa hả được hỏi chỉ giúp chứ nhỉ phải".split()  # noqa: SIM905 (as people say it)
)
# Without marks some of these are everyday words of another meaning ("dau": đâu, dâu, đau).
_ASKING_TONELESS = re.compile(
    r"\b(?:khong|gi|nao|sao|ai|chua|chu|nhi|ha|phai|duoc|o dau|bao nhieu|bao gio|the nao|"
    r"may (?:ngay|tuan|thang|gio|hom|lan|met|mam|tuoi|so|dieu|muc|tien|dong|tram|trieu))\b|\bmay$"
)
# "Mấy người lạ" are some strangers; "mấy ngày" asks how many.
_HOW_MANY = re.compile(
    r"\bmấy (?:ngày|tuần|tháng|năm|giờ|hôm|lần|mét|mâm|tuổi|ca|chữ|số|điều|mục|tiền|đồng|nghìn|trăm|triệu)\b|\bmấy$"
)
_PLAIN_JOINT = (
    r"[?!;\n.…]|\s[-–—]\s|\b(?:tiện thể|tien the|với lại|voi lai|ngoài ra|ngoai ra|luôn tiện|luon tien|nhân tiện|"
    r"nhan tien|đồng thời|dong thoi|thêm nữa|them nua|hỏi thêm|hoi them)\b"
)
_PERHAPS_JOINT = r",|\b(?:và|va|còn|rồi|roi|vậy|vay|hay là|hay la|thế|the|xong)\b"
_PLAIN = re.compile(_PLAIN_JOINT, re.IGNORECASE)
# Joints beside each other are one (", thế còn").
_JOINTS = re.compile(rf"(?:{_PLAIN_JOINT}|{_PERHAPS_JOINT})(?:\s*(?:{_PLAIN_JOINT}|{_PERHAPS_JOINT}))*", re.IGNORECASE)


class FollowUp(Enum):
    """How much a text leans on the question before it."""

    NO = 0
    SHORT = 1
    MARKED = 2


def follow_up(words: Sequence[str]) -> FollowUp:
    """MARKED if toneless words open or end like a follow-up ("thế còn …"), SHORT if they are only a few."""
    joined = " ".join(words)
    opens = any(joined == opening or joined.startswith(opening + " ") for opening in _OPENINGS)
    if len(words) <= _LONGEST_FOLLOW_UP and (opens or joined.endswith(_ENDINGS)):
        return FollowUp.MARKED
    return FollowUp.SHORT if len(words) <= _SHORT else FollowUp.NO


@dataclass(frozen=True, slots=True)
class Split:
    """A message cut in two at a word or sign that joins: `plain` if it hardly does anything else.

    `asking` is how many of the halves have a word that asks.
    """

    left: str
    right: str
    plain: bool
    asking: int


def splits(text: str) -> tuple[Split, ...]:
    """Where a message may hold two questions: at most five places, the plain ones first."""
    if len(text.split()) < _MIN_BOTH:
        return ()
    joints = sorted(_JOINTS.finditer(text), key=lambda joint: not _PLAIN.search(joint[0]))
    cut = ((text[: joint.start()].strip(" ,"), text[joint.end() :].strip(" ,"), joint[0]) for joint in joints)
    found = [
        Split(left, right, bool(_PLAIN.search(joint)), asks(left) + asks(right))
        for left, right, joint in islice(cut, 2 * _MOST_JOINTS)
        if min(len(left.split()), len(right.split())) >= _MIN_HALF
    ]
    return tuple(dict.fromkeys(found))[:_MOST_JOINTS]


def asks(text: str) -> bool:
    """Whether a piece can be a question by itself: it is not too short and has a word that asks."""
    reading = readings(text)[0]
    return len(reading.toneless) >= _MIN_ASKING and _has_asking_word(reading)


def _has_asking_word(reading: Reading) -> bool:
    if reading.accented == reading.toneless:
        return bool(_ASKING_TONELESS.search(" ".join(reading.toneless)))
    return not _ASKING.isdisjoint(reading.accented) or bool(_HOW_MANY.search(" ".join(reading.accented)))
