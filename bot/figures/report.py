"""The report on results for chosen days: the frame that officers wrote, with the figures filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ..core.catalogue import Catalogue
from ..core.report_frame import Part, ReportFrame
from . import words
from .overview import Overview

_MOST_SUBJECTS = 10
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 for I., 2 for 1., 3 for a)."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; all but the first column are numbers."""

    head: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Dots:
    """Dotted lines for what officers add."""

    lines: int


Piece = Heading | Paragraph | Table | Dots


@dataclass(frozen=True, slots=True)
class Report:
    """An administrative document, ready to be set."""

    organ: tuple[str, ...]
    party: str
    number: str
    dated: str
    kind: str
    subject: str
    opening: str
    body: tuple[Piece, ...]
    recipients: tuple[str, ...]


def make_report(
    frame: ReportFrame, found: Overview, catalogue: Catalogue, reasons: Mapping[str, str], made: date
) -> Report:
    """The report as of the day `made`. What is not known stays dots; nothing is made up."""
    values = _values(found, _basis(catalogue, frame.basis))

    def fill(text: str) -> str:
        return text.format_map(values)

    return Report(
        tuple(map(fill, frame.organ)), fill(frame.party), fill(frame.number), f"{fill(frame.place)}, {_dated(made)}",
        fill(frame.kind), fill(frame.subject), fill(frame.opening),
        tuple(_piece(part, found, reasons, fill, fill(frame.nothing)) for part in frame.body),
        tuple(map(fill, frame.recipients)),
    )  # fmt: skip


def _dated(day: date) -> str:
    """Days 1 to 9 and months 1 and 2 get a zero in front, as the form asks."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _basis(catalogue: Catalogue, clause_id: str) -> str:
    clause = catalogue.clause(clause_id)
    return f"{clause.label} {catalogue.directives[clause.directive].title}" if clause else words.UNKNOWN


def _values(found: Overview, basis: str) -> dict[str, str]:
    totals, before = found.totals, found.span.before
    known = {name: (words.number(getattr(totals, name)), words.percent(totals.share(name))) for name in words.OUTCOMES}
    counts = {name: count for name, (count, _) in known.items()}
    shares = {f"{name}_share": share for name, (_, share) in known.items()}
    return {
        **counts, **shares, "basis": basis,
        "first": words.day(found.span.first), "last": words.day(found.span.last),
        "before_first": words.day(before.first), "before_last": words.day(before.last),
        "questions": words.number(totals.all),
        "change": words.change(totals.all, found.before.all if found.before else None) or words.UNKNOWN,
        "subjects": words.number(len(found.topics)),
        "busiest": words.busiest(found.hours) or words.UNKNOWN,
        "timed": words.number(found.waited.count), "half": words.seconds(found.waited.half),
        "most": words.seconds(found.waited.most), "votes": words.number(found.up + found.down),
        "up": words.number(found.up), "down": words.number(found.down),
    }  # fmt: skip


def _piece(part: Part, found: Overview, reasons: Mapping[str, str], fill: Callable[[str], str], nothing: str) -> Piece:
    if part.kind == "heading":
        text = fill(part.text)
        return Heading(text, level_of(text))
    if part.kind == "text":
        return Paragraph(fill(part.text))
    if part.kind == "dots":
        return Dots(int(part.text))
    table = _TABLES[part.text](found) if part.text != "reasons" else _reasons(found, reasons)
    return table if table.rows else Paragraph(nothing)


def level_of(heading: str) -> int:
    """The level of a heading by its mark: I. is 1, 1. is 2, a) is 3."""
    mark = heading.split(" ", 1)[0]
    if mark.endswith(")"):
        return 3
    return 2 if mark.rstrip(".-").isdigit() else 1


def _outcomes(found: Overview) -> Table:
    def row(title: str, count: int, share: float | None, before: int | None) -> tuple[str, ...]:
        return (
            title,
            words.number(count),
            words.percent(share),
            words.UNKNOWN if before is None else words.number(before),
        )

    totals, before = found.totals, found.before
    rows = [
        row(title, getattr(totals, name), totals.share(name), getattr(before, name) if before else None)
        for name, title in words.OUTCOMES.items()
    ]
    whole = row("Tổng số", totals.all, 1.0 if totals.all else None, before.all if before else None)
    return Table(("Kết quả", "Số câu", "Tỷ lệ", "Kỳ trước"), (*rows, whole))


def _days(found: Overview) -> Table:
    head = ("Tuần" if found.by_week else "Ngày", "Số câu", *words.OUTCOMES.values())
    rows = tuple(
        (words.short(each.span), words.number(each.outcomes.all),
         *(words.number(getattr(each.outcomes, name)) for name in words.OUTCOMES))
        for each in found.stretches if each.outcomes.all
    )  # fmt: skip
    return Table(head, rows)


def _channels(found: Overview) -> Table:
    rows = tuple(
        (words.CHANNELS.get(name, name), words.number(count), words.percent(count / found.totals.all))
        for name, count in found.channels
    )
    return Table(("Nơi hỏi", "Số câu", "Tỷ lệ"), rows)


def _subjects(found: Overview) -> Table:
    asked = found.topics[:_MOST_SUBJECTS]
    rows = tuple(
        (each.title, words.number(each.all), _known(each.before), words.number(each.up), words.number(each.down))
        for each in asked
    )
    return Table(("Chủ đề", "Số câu", "Kỳ trước", "Hữu ích", "Chưa hữu ích"), rows)


def _rising(found: Overview) -> Table:
    rows = tuple((each.title, words.number(each.all), _known(each.before)) for each in found.rising)
    return Table(("Chủ đề", "Số câu", "Kỳ trước"), rows or (() if found.before else _unknown_row()))


def _unknown_row() -> Rows:
    """Where the days before are not known, nobody can say what rose."""
    return ((words.UNKNOWN,) * 3,)


def _reasons(found: Overview, reasons: Mapping[str, str]) -> Table:
    told = {kind: f"“{text}”" if kind else text for kind, text in reasons.items()}
    rows = tuple((told.get(kind, kind), words.number(count)) for kind, count in found.reasons)
    return Table(("Lý do", "Số lượt"), rows)


def _known(count: int | None) -> str:
    return words.UNKNOWN if count is None else words.number(count)


_TABLES: Mapping[str, Callable[[Overview], Table]] = {
    "outcomes": _outcomes, "days": _days, "channels": _channels, "subjects": _subjects, "rising": _rising,
}  # fmt: skip
