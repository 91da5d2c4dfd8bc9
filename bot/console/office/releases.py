"""The releases: what each changed, going back to one, and what residents were told at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.item_changes import Part
from ...content.releasing import refuse_unreadable, roll_back
from ...content.said import said, then
from ...content.telling import moment_text
from ...errors import ContentError, ReleaseConflict, ReleaseUnreadable
from ...store.content_protocols import Versions
from ...store.versions import Release, Replaced
from ..render import html
from .access import Approver, EditorOrApprover, NotFound, Visit
from .changes_shown import parts
from .forms import NO_MOMENT, moment_of, values_of
from .naming import Named, named, titles_of_subjects
from .paging import number_of
from .publishing import PUBLISH, zone

RELEASES = f"{PUBLISH}/ban"
ONE = f"{RELEASES}/{{release}}"
_PAGE, _NAMES, _ITEMS = 15, 4, 20
_NONE = "Không có bản này. Anh/chị xem danh sách các bản rồi chọn lại."

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in the list: how many items it changed, and the first few of them."""

    release: Release
    when: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An item that differs between two releases. `parts` is empty where it is not shown, or no text."""

    name: Named
    kind: str
    parts: tuple[Part, ...]
    shown: bool


@router.get(RELEASES)
async def show(visit: EditorOrApprover) -> Response:
    """The releases, newest first."""
    return await _list(visit)


async def _list(visit: Visit, problem: str = "", status: int = 200, **more: Any) -> Response:
    before = number_of(visit.request.query_params.get("truoc", "")) or None
    found = await visit.store(_rows, visit.desk.store.store.versions, before, visit)
    rows, current = found
    values = {
        "rows": rows, "current": current, "older": rows[-1].release.number if len(rows) == _PAGE else 0,
        "before": before, "subjects": _subjects(visit), "said": None, "asked_time": "", "asked_subject": "", **more,
    }  # fmt: skip
    return visit.page("releases.html", status, problem=problem, **values)


def _subjects(visit: Visit) -> list[tuple[str, str]]:
    titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
    return sorted(titles.items(), key=lambda pair: pair[1])


def _rows(versions: Versions, before: int | None, visit: Visit) -> tuple[list[ReleaseRow], Release | None]:
    titles, where = titles_of_subjects(visit.desk.reception.guide.catalogue), zone(visit)

    def row(release: Release) -> ReleaseRow:
        changed = versions.replaced(release.number - 1, release.number)
        names = tuple(named(each.item, titles).label for each in changed[:_NAMES])
        return ReleaseRow(release, moment_text(release.at, where), len(changed), names)

    return [row(release) for release in versions.releases(_PAGE, before)], versions.current()


@router.get(f"{RELEASES}/luc")
async def look_back(visit: EditorOrApprover) -> Response:
    """What residents were told about a subject at a moment."""
    time, subject = (visit.request.query_params.get(name, "")[:80] for name in ("luc", "chu-de"))
    typed: dict[str, Any] = {"asked_time": time, "asked_subject": subject}
    moment = moment_of(time, zone(visit))
    if moment is None:
        return await _list(visit, NO_MOMENT.format(time[:30]), 422, **typed)
    found = await visit.store(then, visit.desk.store.store.versions, moment, subject)
    try:
        answer = await asyncio.to_thread(said, found, subject, visit.desk.reception.guide.catalogue) if found else None
    except ContentError:
        return await _list(visit, "Chương trình nay không đọc được nội dung của lúc đó nữa.", 409, **typed)
    await visit.note("looked_back", subject, time)
    if answer is None:
        return await _list(visit, "Lúc đó chưa có bản nào, hoặc chưa có câu trả lời cho chủ đề này.", 404, **typed)
    shown = {
        "blocks": html(answer.blocks), "release": answer.release, "author": answer.version.author,
        "when": moment_text(moment, zone(visit)), "written": moment_text(answer.version.at, zone(visit)),
    }  # fmt: skip
    return await _list(visit, said=shown, **typed)


@router.get(ONE)
async def one(visit: EditorOrApprover, release: str) -> Response:
    """A release and what it changed."""
    found, current = await _known(visit, release)
    at = number_of(visit.request.query_params.get("trang", "")) or 1
    rows, total = await _changes(visit, found.number - 1, found.number, at, with_words=found.number > 1)
    live = visit.desk.reception.guide.catalogue.release
    values: dict[str, Any] = {
        "release": found, "when": moment_text(found.at, zone(visit)), "rows": rows, "total": total, "at": at,
        "pages": -(-total // _ITEMS), "is_current": found.number == current.number, "switched": found.name == live,
        "fresh": abs((visit.now - found.at).total_seconds()) < 60,
    }  # fmt: skip
    return visit.page("release.html", **values)


async def _known(visit: Visit, release: str) -> tuple[Release, Release]:
    """A release by its number, and the current one."""
    number = number_of(release)
    versions = visit.desk.store.store.versions
    found = await visit.store(versions.releases, 1, number + 1) if number else []
    current = await visit.store(versions.current)
    if not found or found[0].number != number or current is None:
        raise NotFound(_NONE, RELEASES)
    return found[0], current


async def _changes(visit: Visit, old: int, new: int, at: int, *, with_words: bool) -> tuple[list[ChangeRow], int]:
    """One page of what differs between two releases, and how much there is altogether."""
    versions = visit.desk.store.store.versions
    titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
    changed = await visit.store(versions.replaced, old, new)
    shown = changed[(at - 1) * _ITEMS : at * _ITEMS]
    texts = await visit.store(_texts, versions, shown) if with_words else {}
    return await asyncio.to_thread(lambda: [_row(each, texts, titles) for each in shown]), len(changed)


def _texts(versions: Versions, shown: list[Replaced]) -> dict[int, bytes | None]:
    numbers = {number for each in shown for number in (each.before, each.after) if number}
    return {number: versions.body(number) for number in numbers}


def _row(each: Replaced, texts: Mapping[int, bytes | None], titles: Mapping[str, str]) -> ChangeRow:
    kind = "mới" if each.before is None else "bỏ đi" if each.after is None else "sửa"
    old, new = (texts.get(number) if number else None for number in (each.before, each.after))
    return ChangeRow(named(each.item, titles), kind, parts(each.item, old, new) if texts else (), bool(texts))


@router.get(f"{ONE}/tro-lai")
async def confirm(visit: Approver, release: str) -> Response:
    """What would change back."""
    return await _confirm(visit, release)


async def _confirm(visit: Visit, release: str, problem: str = "", status: int = 200, note: str = "") -> Response:
    found, current = await _known(visit, release)
    at = number_of(visit.request.query_params.get("trang", "")) or 1
    rows, total = await _changes(visit, current.number, found.number, at, with_words=True)
    values: dict[str, Any] = {
        "release": found, "current": current, "when": moment_text(found.at, zone(visit)), "rows": rows, "total": total,
        "at": at, "pages": -(-total // _ITEMS), "note": note,
    }  # fmt: skip
    return visit.page("rollback.html", status, problem=problem, **values)


@router.post(f"{ONE}/tro-lai")
async def go_back(visit: Approver, release: str) -> Response:
    """Answer from an earlier release again, if the current one is still the one that was shown."""
    found, current = await _known(visit, release)
    form = await values_of(visit.request)
    note = form.get("vi-sao")
    overtaken = "Vừa có bản khác được công bố. Anh/chị xem lại những chỗ đổi ở dưới rồi bấm lại."
    if form.get("tu-ban") != str(current.number):
        return await _confirm(visit, release, overtaken, 409, note)
    if found.number == current.number:
        return await _confirm(visit, release, "Bà con đang nhận đúng bản này, không có gì để trở lại.", 409, note)
    versions = visit.desk.store.store.versions
    try:
        texts = await visit.store(lambda: versions.bodies(versions.contents(found.number)))
        await asyncio.to_thread(refuse_unreadable, found.number, texts)
        made = await visit.store(roll_back, versions, found.number, visit.officer, visit.now, note, current.number)
    except ReleaseConflict:
        return await _confirm(visit, release, overtaken, 409, note)
    except ReleaseUnreadable as error:
        return await _confirm(visit, release, str(error), 409, note)
    await visit.note("rolled_back", str(made.number), f"to {found.number}")
    return visit.to(f"{RELEASES}/{made.number}", "tro-lai")
