"""Figures as CSV that Excel opens with the right letters and columns where the decimal sign is a comma."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from ..core.reply import Outcome
from ..store.counts import Span, SubjectCount, Wait
from .gathering import Gathered
from .overview import Overview, waited
from .words import CHANNELS, OUTCOMES, day

# A cell that begins so would be run as a formula; Excel of some countries takes the wide signs for it too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# What may stand before the sign unseen.
_BEFORE = " \u00a0\u200b\u2060\ufeff\u3000"
Cell = str | int | float | None


def days_table(found: Gathered) -> bytes:
    """One line a day, also for days without a question."""
    by_day, by_channel = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    for each in found.days:
        by_day[each.day, each.outcome.value] += each.count
        by_channel[each.day, each.channel] += each.count
    waits: dict[date, list[Wait]] = {}
    for wait in found.waits:
        waits.setdefault(wait.day, []).append(wait)
    channels = sorted({each.channel for each in found.days} | {"telegram", "web"})
    head = [
        "Ngày", "Tổng số câu hỏi", *OUTCOMES.values(), *(CHANNELS.get(name, name) for name in channels),
        "Một nửa số câu được trả lời trong (giây)", "Chín phần mười được trả lời trong (giây)",
    ]  # fmt: skip
    return written([head, *(_day(each, by_day, by_channel, channels, waits) for each in _every_day(found.span))])


def _day(
    each: date, by_day: Mapping[tuple[date, str], int], by_channel: Mapping[tuple[date, str], int],
    channels: Sequence[str], waits: Mapping[date, Sequence[Wait]],
) -> list[Cell]:  # fmt: skip
    counts = [by_day[each, outcome.value] for outcome in Outcome]
    took = waited(waits.get(each, ()))
    return [day(each), sum(counts), *counts, *(by_channel[each, name] for name in channels), took.half, took.most]


def _every_day(span: Span) -> Iterable[date]:
    return (span.first + timedelta(days=each) for each in range(span.days))


def subjects_table(found: Overview) -> bytes:
    """One line a subject."""
    head = ["Chủ đề", "Mã", "Tổng số câu hỏi", "Đã trả lời", "Hỏi lại", "Kỳ trước", "👍", "👎"]
    rows = ([s.title, s.name, s.all, s.answered, s.asked_back, s.before, s.up, s.down] for s in found.subjects)
    return written([head, *rows])


def subject_days_table(counts: Iterable[SubjectCount], titles: Mapping[str, str]) -> bytes:
    """One line for each day, subject and outcome that was counted."""
    head = ["Ngày", "Chủ đề", "Mã", "Kết quả", "Số câu hỏi"]
    rows: Iterable[list[Cell]] = (
        [day(each.day) if each.day else "", titles.get(each.subject, each.subject), each.subject,
         OUTCOMES[each.outcome], each.count]
        for each in counts
    )  # fmt: skip
    return written([head, *rows])


def written(rows: Iterable[Iterable[Cell]]) -> bytes:
    """CSV with a byte order mark, semicolons and decimal commas."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.1f}".replace(".", ",")
    return plain(cell) if isinstance(cell, str) else cell


def plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(_BEFORE).startswith(_FORMULA) else cell
