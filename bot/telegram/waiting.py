"""How the loops wait, and how they name what went wrong."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from telegram.error import RetryAfter

from ..clock import Clock


def error_name(error: BaseException) -> str:
    """Kind and place of an error, never its message, which may hold what a resident wrote."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return type(error).__name__ + where


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def sleep_until(wake: asyncio.Event, due: float | None, clock: Clock, longest: float) -> None:
    """Until something is due or new, or `longest` seconds have gone by."""
    wait = longest if due is None else min(longest, max(0.01, due - clock().timestamp()))
    try:
        async with asyncio.timeout(wait):
            await wake.wait()
    except TimeoutError:
        pass
