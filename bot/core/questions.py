"""How a message is made: several questions in one, or a follow-up of the one before.

The words here belong to the language, not to a subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from itertools import islice

from .asking import asks

_SHORT = 5
_LONGEST_FOLLOW_UP = 15
# A few words that do not ask lead up to the question ("Theo văn bản tỉnh, …").
_MIN_HALF = {True: 2, False: 5}
_MIN_BOTH = 7
_MIN_TAIL = 3
# A message of nothing but joints would otherwise be matched hundreds of times.
_MOST_JOINTS = 6
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
# Two things that one question is about ("đám hiếu với cúng bản"), and not with whom or what ("tiếp xúc với",
# "với nhau"); or a word that begins something new and belongs to it.
_WITH = (
    r"(?<!đối )(?<!doi )(?<!xúc )(?<!xuc )(?<!việc )(?<!viec )(?<!nói )(?<!noi )(?<!gần )(?<!gan )(?<!chung )(?<!so )"
)
_INSIDE = re.compile(
    rf"(?P<both>\b{_WITH}(?:(?:cùng |cung )?(?:với|voi)|vs)\b"
    r"(?! (?:cho|lại|lai|ad|nha|nhé|ạ|nhau|ai|tôi|toi|nó|no|họ|ho|anh em|bà con|ba con|người ta|nguoi ta)\b))|"
    r"(?=\b(?:mà|ma|à quên|a quen|nếu|neu|nhưng|nhung|cho hỏi|cho hoi)\b)",
    re.IGNORECASE,
)
# Said of two things that were named before ("cưới và hội bản, mỗi thứ mấy mâm"): what joins those joins two questions.
_OF_EACH = re.compile(
    r"\b(?:(?:mỗi|moi) (?!người|nguoi|ngày|ngay|lần|lan|tháng|thang|năm|nam|nhà|nha|hôm|hom)\w+|(?:cả|ca) (?:hai|2)|"
    r"(?:hai|2) (?:cái|cai|thứ|thu|chuyện|chuyen|việc|viec|loại|loai|đám|dam|bên|ben|món|mon|đằng|dang|điều|dieu)|"
    r"khác (?:nhau|gì)|khac (?:nhau|gi)|phân biệt|phan biet)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{_WITH}(?:(?:cùng |cung )?(?:với|voi)(?: lại| lai)?|vs)|và|va)\b", re.IGNORECASE)
_MOST_NAMED = 2
# A question may end in one of these; somebody in a hurry goes on to the next one without any sign. "Không" and "chưa"
# do so only behind a word that asks with them; elsewhere they deny what follows.
_ASKED = re.compile(
    r"\b(?:(?P<whether>không|khong|chưa|chua|ko|k|hông)|ai|đâu|dau|gì|gi|j|sao|nào|nao|nhiêu|nhieu|số mấy|so may|"
    r"ạ|nhỉ|hả)\b\s+(?=\w)(?!(?:thì|thi|là|la|hay|cũng|cung|mới|moi)\b)",
    re.IGNORECASE,
)
_WITH_WHETHER = re.compile(
    r"\b(?:có|co|được|duoc|đc|dc|phải|phai|còn|con|đã|da|đúng|dung|nên|nen|cần|can|thật|that)\b", re.IGNORECASE
)
_SIGN = re.compile(r"[,?!;\n.…]\s*\w")
# So near before another joint the words of the question are not at an end.
_NEAR = 5
# It points back at what was said ("chỗ đó số bao nhiêu").
_POINTS = re.compile(r"\b(?:đó|do|ấy|ay|đấy|day|này|nay|nó|no|kia|vậy|vay|thế|the)\b", re.IGNORECASE)
_POINTS_WITHIN = 8
# What is asked of both of two things begins there ("cưới với họp lớp thì được mấy mâm").
_OF_BOTH = re.compile(r"\b(?:thì|thi|là|la|có|co|được|phải|thế nào|giờ|nghĩa)\b", re.IGNORECASE)


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


class Joint(Enum):
    """What two parts of a message are joined by; the surer it is that they are two, the earlier.

    EACH joins two things of which each is asked about; PLAIN hardly does anything but join; PERHAPS often does
    something else; BOTH joins two things of one question; ONWARD is the beginning of the second part; ASKED is only
    the end of a question, in a message without signs.
    """

    EACH = 0
    PLAIN = 1
    PERHAPS = 2
    BOTH = 3
    ONWARD = 4
    ASKED = 5


@dataclass(frozen=True, slots=True)
class Part:
    """Text before or behind a joint, and whether it `asks`.

    `otherwise` is another text that tells what it asks, else empty: its last piece, without the story before that; or
    a thing that is named beside another, with what is asked of both.
    """

    text: str
    asks: bool
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A message cut in two at a joint."""

    left: Part
    right: Part
    joint: Joint

    @property
    def points_back(self) -> bool:
        """Whether the right part has a word near its beginning that may mean something of the left one."""
        return bool(_POINTS.search(" ".join(self.right.text.split()[:_POINTS_WITHIN])))


@dataclass(frozen=True, slots=True)
class _Place:
    joint: Joint
    begin: int
    end: int

    def is_near(self, other: _Place) -> bool:
        """Whether the other joint is beside this one, or so near behind one where a question ends."""
        near = _NEAR if self.joint is Joint.ASKED else 1
        return other.begin <= self.end + near and self.begin <= other.end + 1

    def is_over(self, other: _Place) -> bool:
        """Whether the other joint has letters of this one, or begins where it ends."""
        return self.begin <= other.end and other.begin <= self.end


def splits(text: str) -> tuple[Split, ...]:
    """Where a message may hold two questions: at most six places, the likeliest kinds of joint first."""
    if len(text.split()) < _MIN_BOTH:
        return ()
    joined = list(_joined(text))
    pieces = list(_between(text, joined))
    asked = cache(asks)
    named = list(_named(text))
    others = [place for place in (*joined, *_inside(text, joined)) if not any(map(place.is_over, named))]
    places = sorted([*named, *others], key=lambda each: each.joint.value)
    cut = (_cut(text, place, pieces, asked) for place in places[:_MOST_PIECES])
    return tuple(islice(filter(None, cut), _MOST_JOINTS))


def _joined(text: str) -> Iterator[_Place]:
    for found in islice(_JOINTS.finditer(text), _MOST_PIECES):
        yield _Place(Joint.PLAIN if _PLAIN.search(found[0]) else Joint.PERHAPS, *found.span())


def _named(text: str) -> Iterator[_Place]:
    """What joins two things of which each is asked about, before the words that say so if anything does."""
    each = _OF_EACH.search(text)
    found = list(_NAMED.finditer(text)) if each else []
    before = [one for one in found if each and one.end() < each.start()]
    for one in (before or found)[:_MOST_NAMED]:
        yield _Place(Joint.EACH, *one.span())


def _inside(text: str, joined: Sequence[_Place]) -> Sequence[_Place]:
    """Joints between the others."""
    found = [_Place(Joint.BOTH if each["both"] else Joint.ONWARD, *each.span()) for each in _INSIDE.finditer(text)]
    found = [each for each in found if not any(map(each.is_near, joined))]
    if _SIGN.search(text):
        return found
    return found + [each for each in _ends(text) if not any(map(each.is_near, [*joined, *found]))]


def _ends(text: str) -> Iterator[_Place]:
    for found in _ASKED.finditer(text):
        if not found["whether"] or _WITH_WHETHER.search(text, 0, found.start()):
            yield _Place(Joint.ASKED, found.end(), found.end())


def _between(text: str, places: Sequence[_Place]) -> Iterator[tuple[int, int]]:
    """Where the pieces between joints begin and end."""
    begins = [0, *(place.end for place in places)]
    ends = [*(place.begin for place in places), len(text)]
    return zip(begins, ends, strict=True)


def _cut(text: str, place: _Place, pieces: Sequence[tuple[int, int]], asked: Callable[[str], bool]) -> Split | None:
    """The split at a joint, or None where a part is too short."""
    before = [text[begin : min(end, place.begin)] for begin, end in pieces if begin < place.begin]
    behind = [text[max(begin, place.end) : end] for begin, end in pieces if end > place.end]
    left, right = _part(text[: place.begin], before, asked), _part(text[place.end :], behind, asked)
    both = place.joint in (Joint.BOTH, Joint.EACH)
    if any(len(part.text.split()) < _MIN_HALF[both or part.asks] for part in (left, right)):
        return None
    if both and not left.asks and (found := _of_both(right.text, place.joint)):
        left = replace(left, otherwise=f"{left.text} {right.text[found.start() :]}")
    return Split(left, right, place.joint)


def _of_both(text: str, joint: Joint) -> re.Match[str] | None:
    """Where in the right part begins what is asked of both."""
    each = _OF_EACH.search(text) if joint is Joint.EACH else None
    return each or _OF_BOTH.search(text)


def _part(text: str, pieces: Sequence[str], asked: Callable[[str], bool]) -> Part:
    last = pieces[-1].strip() if len(pieces) > 1 else ""
    tail = last if len(last.split()) >= _MIN_TAIL and asked(pieces[-1]) else ""
    return Part(text.strip(" ,"), any(map(asked, pieces)), tail)
