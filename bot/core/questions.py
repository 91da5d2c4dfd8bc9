"""How a message is made: several questions in one, or a follow-up of the one before.

The words here belong to the language, not to a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from .asking import asks

_SHORT = 5
_LONGEST_FOLLOW_UP = 15
# A few words that do not ask lead up to the question ("Theo văn bản tỉnh, …").
_MIN_HALF = {True: 2, False: 5}
_MIN_BOTH = 7
# A message of nothing but joints would otherwise be matched hundreds of times.
_MOST_JOINTS = 5
_MOST_PIECES = 40
_OPENINGS = (
    "the con", "the", "con", "vay", "neu vay", "roi", "a con", "ua", "nhung", "thi sao", "tai sao", "vi sao", "o dau",
    "bao nhieu", "may", "khi nao", "bao gio", "ai", "toi da", "nhu nao", "nhu the nao", "cu the", "the nao", "lam sao",
    "goi ai", "goi so", "so may", "co can", "can gi", "phai khong", "noi ro", "noi them", "giai thich", "nghia la",
)  # fmt: skip
_ENDINGS = ("thi sao", "the nao", "o dau", "the a", "nua khong")
_PLAIN_JOINT = (
    r"[?!;\n.…]|\s[-–—]\s|\b(?:tiện thể|tien the|với lại|voi lai|ngoài ra|ngoai ra|luôn tiện|luon tien|nhân tiện|"
    r"nhan tien|đồng thời|dong thoi|thêm nữa|them nua|hỏi thêm|hoi them)\b"
)
_PERHAPS_JOINT = r",|\b(?:và|va|còn|rồi|roi|vậy|vay|hay là|hay la|thế(?! nào)|the(?! nao)|xong)\b"
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
    joints = list(islice(_JOINTS.finditer(text), _MOST_PIECES))
    asking = [asks(piece) for piece in _between(text, joints)]
    order = sorted(range(len(joints)), key=lambda at: not _PLAIN.search(joints[at][0]))
    cut = (_cut(text, joints[at], asking[: at + 1], asking[at + 1 :]) for at in order)
    return tuple(islice(filter(None, cut), _MOST_JOINTS))


def _between(text: str, joints: Sequence[re.Match[str]]) -> Iterator[str]:
    begins = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    return (text[begin:end] for begin, end in zip(begins, ends, strict=True))


def _cut(text: str, joint: re.Match[str], before: Sequence[bool], behind: Sequence[bool]) -> Split | None:
    """The split at a joint, or None where a half is too short; a half asks if one of its pieces does."""
    left, right = text[: joint.start()].strip(" ,"), text[joint.end() :].strip(" ,")
    asking = any(before), any(behind)
    if any(len(half.split()) < _MIN_HALF[it_asks] for half, it_asks in zip((left, right), asking, strict=True)):
        return None
    return Split(left, right, bool(_PLAIN.search(joint[0])), sum(asking))
