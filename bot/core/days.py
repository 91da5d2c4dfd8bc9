"""Days and times as people here write them: day before month, "05/02/2021", and read leniently."""

from __future__ import annotations

import re
from datetime import date, datetime, time

EXAMPLE = "05/02/2021"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WRITTEN = re.compile(r"(?P<day>\d{1,2})\s*[/.\- ]\s*(?P<month>\d{1,2})\s*[/.\- ]\s*(?P<year>\d{4}|\d{2})")
_SPOKEN = re.compile(r"(?:ngày )?(?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(?P<hour>\d{1,2})\s*(?::|h|giờ)\s*(?P<minute>\d{1,2})?(?:\s*(?:phút|p)|:\d\d)?", re.IGNORECASE)
_MOMENT = re.compile(r"(?P<day>.*\d{2})(?:\s*,\s*|\s+(?:lúc\s+)?|T)(?P<time>\d{1,2}\s*(?::|h|giờ).*)", re.IGNORECASE)
_FIRST = re.compile(
    r"(?:lúc\s+)?(?P<time>\d{1,2}\s*(?::|h|giờ)[\d phút:]*?)[\s,]+(?:ngày\s+)?(?P<day>\d.*)", re.IGNORECASE
)


def read_day(text: str) -> date | None:
    """The day that a text names: "05/02/2021", "5/2/2021", "5-2-21", "5.2.2021", "2021-02-05"; None for any other.

    A year of two digits is one of this century.
    """
    text = " ".join(text.split())
    found = _ISO.fullmatch(text) or _WRITTEN.fullmatch(text) or _SPOKEN.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time that a text names: "17:00", "7h", "7h30", "17 giờ 30"; None for any other."""
    found = _TIME.fullmatch(text.strip())
    try:
        return time(int(found["hour"]), int(found["minute"] or 0)) if found else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The day and time that a text names, in either order: "05/02/2021 07:00", "7h30 ngày 5/2/2021"; without a zone."""
    text = " ".join(text.split())
    found = _MOMENT.fullmatch(text) or _FIRST.fullmatch(text)
    if found is None:
        return None
    day, clock = read_day(found["day"]), read_time(found["time"])
    return datetime.combine(day, clock) if day and clock else None


def as_iso(text: str) -> str:
    """A day that was typed as ISO 8601; what names no day stays as it was typed."""
    day = read_day(text)
    return day.isoformat() if day else text.strip()


def as_typed(text: str) -> str:
    """A day of ISO 8601 as it stands in a field; anything else stays as it is."""
    found = _ISO.fullmatch(text)
    return f"{found['day']:0>2}/{found['month']:0>2}/{found['year']}" if found else text
