"""Which days a page is about, from its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...core.days import read_day
from ...store.counts import Span, local_day

LENGTHS = (7, 30, 90)
_USUAL = 30
# Three years by week are as many bars as a chart can show; before this year there were no bots on Telegram.
_MOST_DAYS = 3 * 366
_EARLIEST = date(2015, 1, 1)
_NOT_A_DAY = "Ngày chưa đúng. Anh/chị viết ngày/tháng/năm, ví dụ từ 01/02/2021 đến 28/02/2021."
_BACKWARDS = "Ngày đầu đang sau ngày cuối. Anh/chị đổi lại hai ngày."
_FUTURE = "Khoảng ngày này chưa tới. Anh/chị chọn ngày đầu từ hôm nay trở về trước."
_TOO_LONG = "Khoảng ngày dài quá ba năm. Anh/chị chọn ngắn hơn."


@dataclass(frozen=True, slots=True)
class Period:
    """The days; `length` is set where they are the last 7, 30 or 90. With a `problem` they are the usual ones.

    `month` is the whole month before this one.
    """

    span: Span
    length: int = 0
    problem: str = ""
    month: Span | None = None


def last_month(today: date) -> Span:
    """The whole month before this one: what a monthly report is about."""
    last = today.replace(day=1) - timedelta(days=1)
    return Span(last.replace(day=1), last)


def read_period(now: datetime, length: str, first: str, last: str) -> Period:
    """The days that an address asks for; days to come are left out."""
    today = local_day(now)
    month = last_month(today)
    if not (first or last):
        days = int(length) if length in map(str, LENGTHS) else _USUAL
        return Period(_latest(today, days), days, month=month)
    found = _days(first or last, last or today.isoformat(), today)
    if isinstance(found, str):
        return Period(_latest(today, _USUAL), _USUAL, found, month)
    return Period(found, month=month)


def _latest(today: date, days: int) -> Span:
    return Span(today - timedelta(days=days - 1), today)


def _days(first: str, last: str, today: date) -> Span | str:
    """The days, or what is wrong with them."""
    begin, end = read_day(first), read_day(last)
    if begin is None or end is None:
        return _NOT_A_DAY
    if begin > end:
        return _BACKWARDS
    if begin > today:
        return _FUTURE
    if begin < _EARLIEST:
        return _NOT_A_DAY
    span = Span(begin, min(end, today))
    return span if span.days <= _MOST_DAYS else _TOO_LONG
