"""The days that a page of figures is about."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.console.office.periods import last_month, read_period


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 26), date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        (date(2024, 3, 31), date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_last_month_is_the_whole_month_before(today: date, first: date, last: date) -> None:
    assert (last_month(today).first, last_month(today).last) == (first, last)


@pytest.mark.parametrize("asked", [("7", "", ""), ("", "2021-01-01", "2021-01-31"), ("", "hôm qua", "")])
def test_every_period_offers_last_month(asked: tuple[str, str, str]) -> None:
    found = read_period(datetime(2021, 2, 6, 5, tzinfo=UTC), *asked)
    assert found.month == last_month(date(2021, 2, 6))
