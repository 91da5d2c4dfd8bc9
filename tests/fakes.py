"""Doubles of what the program takes as parameters: they record and replay, nothing is patched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOON = datetime(2021, 2, 6, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go_on(self, **span: float) -> None:
        self.at += timedelta(**span)
