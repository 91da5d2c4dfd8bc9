"""The page for publishing: open drafts to choose from, conflicts of folder and store, plans."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ...content.approving import approve_drafts
from ...content.starting import take_edited
from ...content.syncing import Difference, Side, compare, keep_store, take_files
from ...content.telling import named as few
from ...content.tree import Texts, read_folder
from ...content.words_diff import Run
from ...errors import ContentError, EditConflict, NotApproved
from .access import HOME, Approver, EditorOrApprover, Refused, Visit
from .forms import values_of
from .jobs import Jobs
from .naming import Named, named, pair_of, titles_of_subjects
from .overview import PAGE, DraftRow, Overview, PlanRow, draft_row, field_time, is_own, overview, plan_row
from .paging import number_of

PUBLISH = f"{HOME}/cong-bo"
_LOST = "Mục này không còn khác nhau giữa tệp và kho. Anh/chị tải lại trang để xem."

router = APIRouter(include_in_schema=False)


def jobs_of(request: Request) -> Jobs:
    """The checks of this process."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def zone(visit: Visit) -> str:
    """The time zone of the pack."""
    return visit.desk.reception.guide.catalogue.pack.timezone


async def folder(visit: Visit) -> Texts:
    """The content folder; empty where there is none or it cannot be read."""
    try:
        return await asyncio.to_thread(read_folder, visit.desk.settings.content_dir)
    except ContentError:
        return {}


@dataclass(frozen=True, slots=True)
class _Shown:
    drafts: tuple[DraftRow, ...]
    conflicts: tuple[tuple[Named, tuple[Run, ...]], ...]
    edited: tuple[str, ...]
    plans: tuple[PlanRow, ...]


@router.get(PUBLISH)
async def show(visit: EditorOrApprover) -> Response:
    """Everything that waits."""
    return await page(visit)


async def page(visit: Visit, problem: str = "", status: int = 200) -> Response:
    """The page, with what went wrong."""
    asked = tuple(visit.request.query_params.getlist("muc"))[:PAGE]
    number = number_of(visit.request.query_params.get("trang", "")) or 1
    first = [each for item in asked for each in pair_of(item)]
    versions, texts = visit.desk.store.store.versions, await folder(visit)
    found = await visit.store(overview, versions, texts, first, visit.officer, number - 1)
    shown = await asyncio.to_thread(_shown, found, visit)
    live = visit.desk.reception.guide.catalogue.release
    values: dict[str, Any] = {
        "current": found.current, "switched": bool(found.current and found.current.name == live),
        "total": len(found.drafts), "shown": shown, "chosen": _ticked(found, asked, visit.officer), "number": number,
        "may_approve": _may_approve(found, visit), "soonest": field_time(visit.now + timedelta(minutes=1), visit.zone),
        "pages": -(-len(found.drafts) // PAGE), "more_conflicts": found.more_conflicts,
        "jobs": jobs_of(visit.request).of(visit.officer, visit.now), "approvals": visit.desk.settings.approvals,
    }  # fmt: skip
    return visit.page("publishing.html", status, problem=problem, **values)


def _ticked(found: Overview, asked: Sequence[str], officer: str) -> frozenset[str]:
    """The items that are ticked before: those of the address, else an officer's own, else all; none that is planned.

    A new subject is two items that only go out together, so both are ticked where one is.
    """
    free = [draft for draft in found.drafts if draft.item not in found.planned or found.planned[draft.item].edited]
    if asked:
        both = (each for item in asked if item in found.fresh for each in pair_of(item))
        return frozenset(asked) | (frozenset(both) & found.fresh)
    if any(is_own(draft, officer) for draft in found.drafts):
        free = [draft for draft in free if is_own(draft, officer)]
    return frozenset(draft.item for draft in free)


def _may_approve(found: Overview, visit: Visit) -> bool:
    """Whether there is a draft here that this officer can approve, and that has to be."""
    wanting = (draft.state != "approved" and not is_own(draft, visit.officer) for draft in found.drafts)
    return visit.desk.settings.approvals and visit.may("approver") and any(wanting)


def _shown(found: Overview, visit: Visit) -> _Shown:
    titles, where = titles_of_subjects(visit.desk.reception.guide.catalogue), zone(visit)
    drafts = (draft for draft in found.drafts if draft.item in found.texts)
    return _Shown(
        tuple(
            draft_row(draft, found.texts[draft.item], found.planned.get(draft.item), titles, where, visit.officer)
            for draft in drafts
        ),
        tuple((named(pair.item, titles), pair.runs()) for pair in found.conflicts),
        tuple(named(item, titles).label for item in found.edited_files),
        tuple(plan_row(plan, items, titles, where) for plan, items in found.plans),
    )


@router.post(f"{PUBLISH}/kiem")
async def check(visit: EditorOrApprover) -> Response:
    """Begin to check the chosen drafts."""
    form = await values_of(visit.request)
    open_items = [draft.item for draft in await visit.store(visit.desk.store.store.versions.drafts)]
    chosen = open_items if form.get("pham-vi") == "tat-ca" else form.all("muc")
    items = tuple(item for item in open_items if item in set(chosen))
    if not items:
        return await page(visit, "Anh/chị đánh dấu ít nhất một bản nháp rồi bấm Kiểm tra.", 422)
    return await begin(visit, items, every=False)


async def begin(visit: Visit, items: tuple[str, ...], *, every: bool) -> Response:
    """Begin a check and show how it goes."""
    job = jobs_of(visit.request).start(visit.desk, visit.officer, items, every=every)
    await visit.note("drafts_checked", few(items), "every question" if every else "")
    return visit.to(f"{PUBLISH}/kiem/{job.id}")


@router.post(f"{PUBLISH}/duyet")
async def approve(visit: Approver) -> Response:
    """Approve the chosen drafts, as they were shown."""
    form = await values_of(visit.request)
    chosen = set(form.all("muc"))
    pairs = (each.partition(" ") for each in form.all("thay"))
    seen = {item: int(version) for version, _, item in pairs if version.isdecimal() and item in chosen}
    if not seen:
        return await page(visit, "Anh/chị đánh dấu ít nhất một bản nháp rồi bấm Duyệt.", 422)
    try:
        await visit.store(approve_drafts, visit.desk.store.store.versions, seen, visit.officer)
    except NotApproved as error:
        titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
        own = ", ".join(named(item, titles).label for item in error.items)
        return await page(visit, f"Anh/chị là người soạn {own}; phải một người khác duyệt.", 409)
    except EditConflict as error:
        return await page(visit, f"{error.item} vừa được sửa hoặc bỏ. Anh/chị xem lại ở dưới rồi duyệt lại.", 409)
    await visit.note("drafts_approved", few(seen))
    return visit.to(PUBLISH, "duyet")


@router.post(f"{PUBLISH}/tep")
async def take(visit: EditorOrApprover) -> Response:
    """Make drafts of the files that were edited."""
    await visit.store(take_edited, visit.desk.store.store.versions, await folder(visit), visit.now)
    await visit.note("files_taken")
    return visit.to(PUBLISH, "lay-tep")


@router.post(f"{PUBLISH}/xung-dot")
async def settle(visit: EditorOrApprover) -> Response:
    """Choose a side of an item that both sides changed."""
    form = await values_of(visit.request)
    item, side = form.get("muc"), form.get("lay")
    if side not in ("tep", "kho"):
        return await page(visit, "Anh/chị chọn lấy lời trong tệp hoặc lời trong kho.", 422)
    try:
        await visit.store(_settle, visit, await folder(visit), item, side)
    except OSError:
        return await page(
            visit, f"Không ghi được tệp {item}. Anh/chị nhờ người quản máy chủ xem quyền ghi vào thư mục nội dung.", 409
        )
    await visit.note("conflict_settled", item, "file" if side == "tep" else "store")
    return visit.to(PUBLISH, f"lay-{side}")


def _settle(visit: Visit, texts: Texts, item: str, side: str) -> None:
    versions = visit.desk.store.store.versions
    found = next((each for each in compare(texts, versions) if each.item == item and each.side is Side.BOTH), None)
    if found is None:
        raise Refused(_LOST, PUBLISH)
    _take(visit, texts, found) if side == "tep" else keep_store(
        visit.desk.settings.content_dir, texts, versions, found, visit.now
    )


def _take(visit: Visit, texts: Texts, found: Difference) -> None:
    take_files(texts, visit.desk.store.store.versions, [found], visit.now)
