"""How a message is made: several questions in one, or a follow-up of the one before."""

from __future__ import annotations

import re

from .vietnamese import readings

_SHORT = 5
_MIN_PART = 3
# Words that open a follow-up or join two questions; they belong to the language, not to a subject.
_OPENINGS = tuple(
    """the con|the|con|vay con|vay thi|vay|neu vay|roi|a con|ua|nhung ma|nhung|thi sao|sao lai|tai sao|vi sao|o dau|
    bao nhieu|may|khi nao|bao gio|ai|toi da|nhu nao|nhu the nao|cu the|the nao|lam sao|goi ai|goi so nao|so may|
    co can|can gi|phai khong""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_ENDINGS = ("thi sao", "the nao", "o dau", "the a", "nua khong")
_JOINTS = re.compile(
    r"[?!;\n]+|[.](?=\s)|,|\b(?:tiện thể|tien the|với lại|voi lai|ngoài ra|ngoai ra|luôn tiện|nhân tiện|nhan tien|"
    r"đồng thời|dong thoi|và|va|còn|con|rồi|vậy|hay là)\b",
    re.IGNORECASE,
)


def is_follow_up(text: str) -> bool:
    """Whether a text may lean on the question before it: very short, or it opens or ends like one."""
    words = readings(text)[0].toneless
    joined = " ".join(words)
    opens = any(joined == opening or joined.startswith(opening + " ") for opening in _OPENINGS)
    ends = any(joined.endswith(ending) for ending in _ENDINGS)
    return len(words) <= _SHORT or (len(words) <= 3 * _SHORT and (opens or ends))


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a message that may each be a question: at its sentence ends, or at one joining word."""
    pieces = [piece.strip() for piece in re.split(r"[?!;\n]+|[.](?=\s)", text)]
    pieces = [piece for piece in pieces if len(piece.split()) >= _MIN_PART]
    if len(pieces) > 1:
        return tuple(pieces)
    found = [piece for joint in _JOINTS.finditer(text) for piece in (text[: joint.start()], text[joint.end() :])]
    return tuple(piece.strip(" ,") for piece in found if len(piece.split()) >= _MIN_PART)
