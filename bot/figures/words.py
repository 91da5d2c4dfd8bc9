"""Numbers, times and days as they are written in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core.guide import Guide
from ..store.counts import Span

UNKNOWN = "…………"
CHANNELS = {"telegram": "Telegram", "web": "Trang web", "api": "Chương trình khác"}
OUTCOMES = {"answered": "Đã trả lời", "asked_back": "Hỏi lại", "not_understood": "Chưa hiểu"}


_KINDS = ("wrong", "unclear", "missing", "other")


def reason_words(guide: Guide) -> dict[str, str]:
    """What residents can choose as the reason of a 👎, and "" for none."""
    return {"": "Không nêu lý do", **{kind: guide.sentence(f"why_{kind}") for kind in _KINDS}}


def number(count: int) -> str:
    """1.234"""
    return f"{count:,}".replace(",", ".")


def percent(share: float | None) -> str:
    """A share with one decimal: 12,5%; dots where it is not known."""
    return UNKNOWN if share is None else f"{share * 100:.1f}".replace(".", ",") + "%"


def seconds(time: float | None) -> str:
    """1,5 giây; from a minute on 2 phút 05 giây; dots where it is not known."""
    if time is None:
        return UNKNOWN
    if time < 60:
        return f"{time:.1f}".replace(".", ",") + " giây"
    minutes, rest = divmod(round(time), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} giờ {minutes:02} phút" if hours else f"{minutes} phút {rest:02} giây"


def day(given: date) -> str:
    """05/02/2021"""
    return f"{given:%d/%m/%Y}"


def short(span: Span) -> str:
    """05/02, or 05/02–11/02 for several days."""
    return f"{span.first:%d/%m}" if span.days == 1 else f"{span.first:%d/%m}–{span.last:%d/%m}"


def change(now: int, before: int | None) -> str:
    """How a number changed, in a few words; "" where the one before is not known."""
    if before is None:
        return ""
    if now == before:
        return f"bằng kỳ trước: {number(before)}"
    way = "tăng" if now > before else "giảm"
    share = f" ({percent(abs(now - before) / before)})" if before else ""
    return f"{way} {number(abs(now - before))}{share}, kỳ trước {number(before)}"


def busiest(hours: Sequence[int]) -> str:
    """The three hours in a row in which most is asked; "" without questions."""
    if not sum(hours):
        return ""
    most = max(range(22), key=lambda hour: sum(hours[hour : hour + 3]))
    return f"{most} giờ đến {most + 3} giờ ({percent(sum(hours[most : most + 3]) / sum(hours))} số câu)"
