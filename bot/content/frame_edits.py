"""Edits of the frame of the report by officers: its head, its opening and its closing; figures stand in words.

What a program fills in stands in the file as {first}, and on the page as «điền: ngày đầu kỳ».
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..core.directives import Directive
from ..core.report_frame import BLANKS, ReportFrame
from ..errors import Problem
from ..store.content_protocols import Versions
from .drafting import Head, Saved, save
from .editing import set_items, set_value
from .files import read
from .notation import Names, written
from .report_frame import read_report
from .tree import LANGUAGE

FRAME = f"responses/{LANGUAGE}/_report.yaml"
LINES = ("organ", "recipients")
VALUES = ("party", "number", "place", "kind", "subject", "basis", "opening", "nothing")
_ORDER = ("organ", "party", "number", "place", "kind", "subject", "basis", "opening", "body", "nothing", "recipients")
_NAMES = Names(blanks=BLANKS)
_BLANK = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"\{\{ (\w+) \}\}")


@dataclass(frozen=True, slots=True)
class FrameFields:
    """What stands in the frame, as officers read it; `rest` are the headings and paragraphs between, only to read."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rest: tuple[tuple[str, str], ...] = ()


def in_words(text: str) -> str:
    """A text of the file with its figures named."""
    return _BLANK.sub(lambda one: f"«điền: {BLANKS[one[1]]}»" if one[1] in BLANKS else one.group(), text)


def in_file(text: str) -> str:
    """A text that was typed, on one line, as the file holds it."""
    return _TAG.sub(r"{\1}", written(" ".join(text.split()), _NAMES))


def frame_fields(text: str) -> FrameFields:
    """The fields of a frame; what cannot be read counts as empty."""
    values = read(FRAME, text.encode(), []).values
    return FrameFields(
        {name: in_words(str(values.get(name) or "")) for name in VALUES},
        {name: tuple(in_words(str(each)) for each in _listed(values.get(name))) for name in LINES},
        tuple(_rest(values.get("body"))),
    )


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _rest(body: object) -> list[tuple[str, str]]:
    parts = [each for each in _listed(body) if isinstance(each, Mapping) and len(each) == 1]
    return [(str(kind), in_words(str(text))) for each in parts for kind, text in each.items()]


def frame_problems(text: str, directives: Mapping[str, Directive]) -> list[Problem]:
    """Everything wrong with a frame."""
    return _frame(text, directives)[1]


def _frame(text: str, directives: Mapping[str, Directive]) -> tuple[ReportFrame | None, list[Problem]]:
    problems: list[Problem] = []
    source = read(FRAME, text.encode(), problems)
    return read_report(source, directives, problems), problems


def save_frame(
    versions: Versions, before: Head, values: Mapping[str, str], lines: Mapping[str, Sequence[str]], author: str,
    at: datetime,
) -> Saved | None:  # fmt: skip
    """Keep what was typed as a draft; None where nothing is another. What others wrote elsewhere stays.

    Raises MergeConflict, with nothing written, where somebody else edited the same lines meanwhile, and EditError or
    ContentError where the file cannot be edited so.
    """
    text = edited(before.text, values, lines)
    return save(versions, before, text, author, at, "sửa khung báo cáo") if text != before.text else None


def edited(text: str, values: Mapping[str, str], lines: Mapping[str, Sequence[str]]) -> str:
    """A frame with what was typed; other lines stay as they are."""
    now = frame_fields(text)
    for name, value in values.items():
        if in_file(value) != in_file(now.values[name]):
            text = set_value(text, (name,), in_file(value), _ORDER)
    for name, wanted in lines.items():
        items = [in_file(each) for each in wanted if each.strip()]
        if items != [in_file(each) for each in now.lines[name]]:
            text = set_items(text, (name,), items, _ORDER)
    return text
