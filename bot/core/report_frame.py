"""The frame of the report on results: what officers write once, with places for figures in braces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

PartKind = Literal["heading", "text", "table", "dots"]
TABLES = ("outcomes", "days", "channels", "subjects", "rising", "reasons")
# What may stand in braces, and what officers call it.
BLANKS: Mapping[str, str] = {
    "first": "ngày đầu kỳ", "last": "ngày cuối kỳ", "before_first": "ngày đầu kỳ trước",
    "before_last": "ngày cuối kỳ trước", "basis": "căn cứ", "questions": "số câu hỏi", "answered": "số câu đã trả lời",
    "answered_share": "phần trăm đã trả lời", "asked_back": "số câu hỏi lại", "asked_back_share": "phần trăm hỏi lại",
    "not_understood": "số câu chưa hiểu", "not_understood_share": "phần trăm chưa hiểu",
    "change": "tăng giảm so với kỳ trước", "subjects": "số chủ đề", "busiest": "giờ được hỏi nhiều nhất",
    "timed": "số câu đo được", "half": "thời gian của một nửa số câu", "most": "thời gian của chín phần mười số câu",
    "votes": "số lượt đánh giá", "up": "số lượt hữu ích", "down": "số lượt chưa hữu ích",
}  # fmt: skip
NAMES = tuple(BLANKS)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the body: a heading, a paragraph, a table of figures by name, or so many dotted lines to fill in."""

    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """An administrative document without its figures. `basis` is the clause that asks for the report."""

    organ: tuple[str, ...]
    party: str
    number: str
    place: str
    kind: str
    subject: str
    basis: str
    opening: str
    body: tuple[Part, ...]
    nothing: str
    recipients: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """All that is written in it."""
        yield from (*self.organ, self.party, self.number, self.place, self.kind, self.subject, self.opening)
        yield from (part.text for part in self.body if part.kind in ("heading", "text"))
        yield from (self.nothing, *self.recipients)


def unknown_names(text: str) -> list[str]:
    """What stands in braces and is no figure; the whole text where its braces do not pair."""
    try:
        found = [(name, form, way) for _, name, form, way in Formatter().parse(text) if name is not None]
    except ValueError:
        return [text]
    return [name for name, form, way in found if name not in NAMES or form or way]
