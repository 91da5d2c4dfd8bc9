"""What a form brought, as texts: files and strange values are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fastapi import Request
from starlette.datastructures import FormData

from ...content.planning import local_time
from ...core.days import read_moment

# What a page says of a moment that cannot be read.
NO_MOMENT = "Chưa đọc được ngày giờ “{}”. Anh/chị viết ngày/tháng/năm giờ:phút, ví dụ 05/02/2021 07:00."


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a form."""

    form: FormData

    def get(self, name: str, most: int = 500) -> str:
        """A field without spaces around it, cut after so many letters; empty where there is none."""
        value = self.form.get(name)
        return value.replace("\0", "").strip()[:most] if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        """All fields of a name."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]


async def values_of(request: Request) -> Values:
    """The form of a request."""
    return Values(await request.form())


def moment_of(text: str, where: str) -> datetime | None:
    """A moment as people or programs write it, None for one that is none or that lies outside this century."""
    typed = read_moment(text)
    try:
        moment = (typed.replace(tzinfo=ZoneInfo(where)) if typed else local_time(text, where)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 2000 <= moment.year < 2100 else None
