"""Days and times as they are typed: day before month, and never taken for another."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.days import as_iso, as_typed, read_day, read_moment, read_time

FIFTH = date(2021, 2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/02/2021", "5/2/2021", "5-2-21", "05.02.2021", " 5 / 2 / 2021 ", "5 2 2021", "2021-02-05",
        "ngày 5 tháng 2 năm 2021", "05-02-2021",
    ],
)  # fmt: skip
def test_a_day_is_read_leniently(text: str) -> None:
    assert read_day(text) == FIFTH
    assert as_iso(text) == "2021-02-05"


@pytest.mark.parametrize(
    "text", ["", "31/02/2021", "2/13/2021", "5/2", "5/2/202", "0/1/2021", "hôm qua", "5/2/2021 7:00", "٥/٢/2021x"]
)
def test_what_is_no_day_is_kept_as_it_was_typed(text: str) -> None:
    assert read_day(text) is None
    assert as_iso(text) == text.strip()
    assert as_typed(text) == text


@settings(deadline=None)
@given(st.dates(date(1000, 1, 1)))
def test_a_day_that_is_shown_is_read_as_the_same(day: date) -> None:
    assert read_day(as_typed(day.isoformat())) == day


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("17:00", time(17)), ("7h", time(7)), ("7h30", time(7, 30)), ("17 giờ 30", time(17, 30)), ("07:05:00", time(7, 5)),
     ("24:00", None), ("7", None), ("", None), ("7:60", None)],
)  # fmt: skip
def test_a_time(text: str, wanted: time | None) -> None:
    assert read_time(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["05/02/2021 07:30", "5/2/2021 7h30", "5-2-21, 7:30", "2021-02-05T07:30", "2021-02-05 07:30",
     "7h30 ngày 5/2/2021", "07:30 05/02/2021", "5/2/2021 lúc 7h30"],
)  # fmt: skip
def test_a_moment(text: str) -> None:
    assert read_moment(text) == datetime(2021, 2, 5, 7, 30)


@pytest.mark.parametrize("text", ["", "5/2/2021", "7:30", "31/02/2021 07:00", "05/02/2021 25:00", "x" * 500])
def test_what_is_no_moment(text: str) -> None:
    assert read_moment(text) is None
