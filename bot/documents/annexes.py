"""Annexes and enclosed documents behind the signature; each counts anew under "phu-luc", "phu-luc-1" …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .head_lines import kind_of
from .lines import Paragraph
from .marks import is_caps, ordinal

_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số|SỐ))?(?:\s+(?P<n>[IVX]+|\d{1,2}|[A-ZĐ]))?(?P<rest>$|\s*[.:–(-].*|\s+.*)", re.DOTALL
)
_ENCLOSED = re.compile(r"[(*\s]*(?:Ban hành\s+|Được ban hành\s+)?[Kk]èm theo\b|[(*\s]*Ban hành theo\b")
_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class Annex:
    """A part of its own: the path its clauses begin with, and where it begins and ends."""

    path: str
    start: int
    stop: int


def annex_label(paragraph: Paragraph) -> str | None:
    """The number of the annex that a paragraph is the heading of, "" if it has none; None if it is no heading."""
    found = _ANNEX.match(paragraph.text)
    if not found or paragraph.doubt:
        return None
    rest = found["rest"].strip(" .:–-")
    heading = is_caps(found[0][:7]) or not rest or rest.startswith("(") or is_caps(rest)
    if not heading and not (len(paragraph.text) < 100 and found["n"] and found["rest"].strip()[:1] in ".:–-"):
        return None
    return (found["n"] or "").lower() if len(paragraph.text) < 300 else None


def is_enclosed(text: str) -> bool:
    """Whether a line says to which document the part belongs ("(Ban hành kèm theo Quyết định số …)")."""
    return bool(_ENCLOSED.match(text)) and len(text) < 300


def annexes(found: Sequence[Paragraph], start: int, *, signed: bool) -> tuple[Annex, ...]:
    """The annexes from `start` on; where that is behind a signature, whatever stands there is one."""
    labels = {at: label for at in range(start, len(found)) if (label := annex_label(found[at])) is not None}
    if (
        signed
        and start < len(found)
        and start not in labels
        and _begins_one(found, start, min(labels, default=len(found)))
    ):
        labels[start] = "" if not labels or min(labels) > start + 6 else labels.pop(min(labels))
    starts = sorted(labels)
    stops = [*starts[1:], len(found)]
    paths = _paths([labels[at] for at in starts])
    return tuple(Annex(path, at, stop) for path, at, stop in zip(paths, starts, stops, strict=False))


def _begins_one(found: Sequence[Paragraph], start: int, stop: int) -> bool:
    between = found[start:stop]
    if any(is_enclosed(each.text) or kind_of(each.text) for each in between[:10]):
        return True
    return sum(len(each.text) for each in between) > _ENOUGH and len(between) > 1


def _paths(labels: Sequence[str]) -> list[str]:
    if len(labels) == 1 and not labels[0]:
        return ["phu-luc"]
    paths: dict[str, None] = {}
    for at, label in enumerate(labels, 1):
        number = ordinal(label.upper()) if label else at
        path = f"phu-luc-{number or label}"
        paths[path if path not in paths else f"{path}-{at}"] = None
    return list(paths)
