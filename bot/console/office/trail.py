"""The trail of what officers did, to look through and to take away. For admins."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from ...figures.table import plain
from ...store.records import Deed, DeedFilter
from .access import HOME, Admin, Visit
from .deeds import DEEDS, words_of
from .paging import Page, place

TRAIL = f"{HOME}/nhat-ky"
_PAGE, _CHUNK, _FILTER_LETTERS = 50, 1000, 200
_HEAD = ("Lúc", "Cán bộ", "Việc", "Mục", "Ghi chú")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter as the address has it."""

    officer: str
    action: str
    since: str
    until: str

    def filter(self, zone: str) -> DeedFilter:
        """For the store; a day that is none does not matter."""
        since, until = _day(self.since), _day(self.until)
        return DeedFilter(
            self.officer, self.action, _begin(since, zone) if since else None,
            _begin(until + timedelta(days=1), zone) if until else None,
        )  # fmt: skip

    def query(self) -> str:
        """The address again."""
        values = {"can-bo": self.officer, "viec": self.action, "tu": self.since, "den": self.until}
        return urlencode({name: value for name, value in values.items() if value})


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1970 < found.year < 9000 else None


def _begin(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


def asked(
    officer: Annotated[str, Query(alias="can-bo")] = "",
    action: Annotated[str, Query(alias="viec")] = "",
    since: Annotated[str, Query(alias="tu")] = "",
    until: Annotated[str, Query(alias="den")] = "",
) -> Asked:
    """The filter of a request."""
    return Asked(*(value.replace("\0", "")[:_FILTER_LETTERS] for value in (officer, action, since, until)))


Filter = Annotated[Asked, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Line:
    """A deed as pages and files show it."""

    at: str
    officer: str
    action: str
    subject: str
    detail: str


def _line(visit: Visit, deed: Deed) -> Line:
    return Line(visit.local(deed.at), deed.officer, words_of(deed), deed.subject, deed.detail)


@router.get(TRAIL)
async def trail(visit: Admin, wanted: Filter, trang: str = "1") -> Response:
    """A page of the trail, newest first."""
    people, where = visit.desk.store.store.people, wanted.filter(visit.zone)
    count = await visit.store(people.deed_count, where)
    page, pages = place(trang, count, _PAGE)
    deeds = await visit.store(people.deeds, where, _PAGE, (page - 1) * _PAGE)
    return visit.page(
        "trail.html", listed=Page([_line(visit, each) for each in deeds], page, pages, count, wanted.query()),
        wanted=wanted, doers=await visit.store(people.doers), deeds=DEEDS, has_filter=bool(wanted.query()),
    )  # fmt: skip


@router.get(f"{TRAIL}.csv")
async def file(visit: Admin, wanted: Filter) -> Response:
    """The trail as a file that Excel opens: semicolons, as Excel in Vietnamese reads them, and a mark of UTF-8."""
    await visit.note("trail_saved", "", wanted.query())
    name = f"nhat-ky-{visit.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_file(visit, wanted), media_type="text/csv; charset=utf-8", headers=headers)


async def _file(visit: Visit, wanted: Asked) -> AsyncIterator[str]:
    people, where = visit.desk.store.store.people, wanted.filter(visit.zone)
    # What is noted while the file is read would shift the rest.
    now = visit.now + timedelta(seconds=1)
    where = replace(where, before=min(where.before, now) if where.before else now)
    yield "\ufeff" + _rows([_HEAD])
    skip = 0
    while deeds := await visit.store(people.deeds, where, _CHUNK, skip):
        lines = [_line(visit, each) for each in deeds]
        yield _rows([(each.at, each.officer, each.action, each.subject, each.detail) for each in lines])
        skip += len(deeds)


def _rows(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue()
