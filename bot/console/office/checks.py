"""A check of drafts: how far it is, what it found, and what may be done with them then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from ...content.approving import LIFETIME, PATH, submit
from ...content.impact_words import number, scope_line
from ...content.planning import local_time
from ...content.releasing import publish, refuse_unapproved, unchanged
from ...content.syncing import note_agreement
from ...content.telling import moment_text
from ...errors import EditConflict, NotApproved, Problem, ReleaseConflict
from ...store.versions import Plan, Release
from .access import EditorOrApprover, NotFound, Visit
from .forms import number_of, values_of
from .groups import group_rows
from .jobs import PARTIAL, Job
from .naming import Named, named, titles_of_subjects
from .publishing import PUBLISH, begin, folder, jobs_of, zone

CHECK = f"{PUBLISH}/kiem/{{job}}"
PAGE = 20
_PROBLEMS, _WARNINGS = 60, 40
_NOT_YET = "Anh/chị đồng ý với từng thay đổi ở dưới trước đã; chưa có gì được công bố."
_NOT_PASSED = "Lần kiểm tra này chưa qua, nên chưa công bố được."
_OVERTAKEN = (
    "Từ lúc kiểm tra đến giờ, có bản nháp đã được sửa hoặc bỏ, hoặc có bản khác vừa được công bố. "
    "Anh/chị bấm “Kiểm tra lại”; chưa có gì được công bố."
)
_GONE = (
    "Lần kiểm tra này không còn: đã quá một giờ, đã công bố, hoặc máy chủ vừa khởi động lại. "
    "Bản nháp vẫn còn nguyên; anh/chị vào trang Công bố để kiểm tra lại."
)

router = APIRouter(include_in_schema=False)


def _job(visit: Visit, job: str) -> Job:
    found = jobs_of(visit.request).find(job, visit.officer, visit.now)
    if found is None:
        raise NotFound(_GONE, PUBLISH)
    return found


@router.get(CHECK)
async def show(visit: EditorOrApprover, job: str) -> Response:
    """How far a check is, or what it found."""
    return await _page(visit, _job(visit, job))


async def _page(visit: Visit, job: Job, problem: str = "", status: int = 200, **typed: str) -> Response:
    titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
    values = {"job": job, "items": [named(item, titles) for item in job.items], "number": number, "PARTIAL": PARTIAL}
    if job.running or job.stage == "broken":
        return visit.page("checking.html", status, problem=problem, **values)
    values |= await _result(visit, job, titles)
    return visit.page(
        "checked.html", status, problem=problem, typed={"luc": "", "ai": "", "vi-sao": "", **typed}, **values
    )


async def _result(visit: Visit, job: Job, titles: Mapping[str, str]) -> dict[str, Any]:
    report, review = job.report, job.review
    at = max(number_of(visit.request.query_params.get("trang", "")) or 1, 1)
    problems, warnings = (report.problems, report.warnings) if report else ((), ())
    unapproved, overtaken = await visit.store(_standing, visit, job)
    return {
        "summary": report.summary if report else "", "faults": _by_item(problems[:_PROBLEMS], titles),
        "more_faults": max(0, len(problems) - _PROBLEMS), "warnings": _by_item(warnings[:_WARNINGS], titles),
        "warned": len(warnings), "more_warnings": max(0, len(warnings) - _WARNINGS),
        "groups": group_rows(job.groups[(at - 1) * PAGE : at * PAGE], review.titles if review else {}, job.accepted),
        "scope": scope_line(review.impact) if review else "", "first": bool(job.made and not job.made.after),
        "at": at, "pages": -(-len(job.groups) // PAGE), "left": len(job.to_accept - job.accepted),
        "overtaken": _OVERTAKEN if overtaken else "", "unapproved": [named(item, titles) for item in unapproved],
        "approvals": visit.desk.settings.approvals, "lifetime": LIFETIME.days,
        "soonest": _local(visit.now + timedelta(minutes=1), visit), "link": job.link, "asked": job.asked,
    }  # fmt: skip


def _local(moment: datetime, visit: Visit) -> str:
    """A moment as a field for date and time wants it."""
    return f"{moment.astimezone(ZoneInfo(zone(visit))):%Y-%m-%dT%H:%M}"


def _standing(visit: Visit, job: Job) -> tuple[tuple[str, ...], bool]:
    """The drafts that a second person has not approved, and whether something was changed since the check."""
    if job.made is None:
        return (), True
    try:
        made = unchanged(visit.desk.store.store.versions, job.made)
        refuse_unapproved(made.drafts)
    except NotApproved as error:
        return error.items, False
    except (EditConflict, ReleaseConflict):
        return (), True
    return (), False


def _by_item(problems: tuple[Problem, ...], titles: Mapping[str, str]) -> list[tuple[Named, list[Problem]]]:
    """Problems come sorted by file."""
    return [(named(item, titles), list(group)) for item, group in groupby(problems, key=lambda each: each.file)]


@router.get(f"{CHECK}/tien-do")
async def progress(visit: EditorOrApprover, job: str) -> Response:
    """How far a check is, for the script of its page."""
    found = jobs_of(visit.request).find(job, visit.officer, visit.now)
    if found is None:
        return JSONResponse({"running": False})
    return JSONResponse({"running": found.running, "stage": found.stage, "done": found.done, "total": found.total})


@router.post(f"{CHECK}/dung")
async def stop(visit: EditorOrApprover, job: str) -> Response:
    """Stop here; what was found stays."""
    found = _job(visit, job)
    found.stopping = True
    await visit.note("check_stopped", ", ".join(found.items), f"{found.done}/{found.total}")
    return visit.to(f"{PUBLISH}/kiem/{found.id}", "dung")


@router.post(f"{CHECK}/tat-ca")
async def every(visit: EditorOrApprover, job: str) -> Response:
    """Try every question."""
    return await begin(visit, _job(visit, job).items, every=True)


@router.post(f"{CHECK}/lai")
async def again(visit: EditorOrApprover, job: str) -> Response:
    """Check the same items as they are now."""
    found = _job(visit, job)
    drafts = await visit.store(visit.desk.store.store.versions.drafts)
    items = tuple(draft.item for draft in drafts if draft.item in found.items)
    if not items:
        return visit.to(PUBLISH)
    jobs_of(visit.request).end(found)
    return await begin(visit, items, every=found.every)


@router.post(f"{CHECK}/dong-y")
async def accept(visit: EditorOrApprover, job: str) -> Response:
    """Note which of the changes that were shown the officer agrees to."""
    found, form = _job(visit, job), await values_of(visit.request)
    shown, ticked = frozenset(form.all("co")), frozenset(form.all("dong-y"))
    found.accepted = (found.accepted - shown | ticked) & found.to_accept
    left = len(found.to_accept - found.accepted)
    await visit.note("impact_accepted", ", ".join(found.items), f"{len(found.accepted)}/{len(found.to_accept)}")
    if "x-loa-part" in visit.request.headers:
        return JSONResponse({"left": left})
    at = number_of(form.get("trang")) or 1
    return RedirectResponse(f"{PUBLISH}/kiem/{found.id}?trang={at}&da=dong-y", 303)


@router.post(f"{CHECK}/cong-bo")
async def publish_now(visit: EditorOrApprover, job: str) -> Response:
    """Publish what was checked."""
    found, form = _job(visit, job), await values_of(visit.request)
    note = form.get("vi-sao")
    if refused := _refused(found):
        return await _page(visit, found, refused, 409, **{"vi-sao": note})
    try:
        release = await visit.store(_publish, visit, found, note)
    except (EditConflict, ReleaseConflict):
        return await _page(visit, found, _OVERTAKEN, 409, **{"vi-sao": note})
    except NotApproved:
        return await _page(visit, found, "Cần một người thứ hai duyệt trước khi công bố.", 409, **{"vi-sao": note})
    jobs_of(visit.request).end(found)
    await visit.note("published", str(release.number), ", ".join(found.items))
    if texts := await folder(visit):
        await visit.store(note_agreement, texts, visit.desk.store.store.versions)
    return visit.to(f"{PUBLISH}/ban/{release.number}", "cong-bo")


def _refused(job: Job) -> str:
    if not job.passed:
        return _NOT_PASSED
    return _NOT_YET if job.to_accept - job.accepted else ""


def _publish(visit: Visit, job: Job, note: str) -> Release:
    """Look and publish in one go on the store thread, with the report of these very texts."""
    versions, report = visit.desk.store.store.versions, job.report
    assert job.made is not None and report is not None  # noqa: S101, PT018 (a check that passed has both)
    made = unchanged(versions, job.made)
    return publish(
        versions, made, visit.officer, visit.now, note, approvals=visit.desk.settings.approvals, check=lambda _: report
    )


@router.post(f"{CHECK}/hen")
async def plan(visit: EditorOrApprover, job: str) -> Response:
    """Publish what was checked at a time."""
    found, form = _job(visit, job), await values_of(visit.request)
    typed = {"luc": form.get("luc"), "vi-sao": form.get("vi-sao")}
    when = moment_of(typed["luc"], zone(visit))
    refused = _refused(found) or _not_then(when, visit.now)
    if refused or when is None:
        return await _page(visit, found, refused, 409, **typed)
    try:
        made = await visit.store(_plan, visit, found, when, typed["vi-sao"])
    except (EditConflict, ReleaseConflict):
        return await _page(visit, found, _OVERTAKEN, 409, **typed)
    except NotApproved:
        return await _page(visit, found, "Cần một người thứ hai duyệt trước khi hẹn giờ công bố.", 409, **typed)
    await visit.note("publication_planned", str(made.id), f"{moment_text(when, zone(visit))}: {', '.join(found.items)}")
    return visit.to(PUBLISH, "hen")


def _not_then(when: datetime | None, now: datetime) -> str:
    if when is None:
        return "Chưa đọc được ngày giờ. Anh/chị chọn lại, ví dụ 2026-12-01 07:00."
    if not now < when < now + timedelta(days=366):
        return "Giờ hẹn phải ở phía trước, trong vòng một năm."
    return ""


def moment_of(text: str, where: str) -> datetime | None:
    """A moment as a form writes it, None for one that is none or that lies outside this century."""
    try:
        moment = local_time(text, where).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 2000 <= moment.year < 2100 else None


def _plan(visit: Visit, job: Job, when: datetime, note: str) -> Plan:
    versions = visit.desk.store.store.versions
    assert job.made is not None  # noqa: S101 (a check that passed has it)
    made = unchanged(versions, job.made)
    if visit.desk.settings.approvals:
        refuse_unapproved(made.drafts)
    return versions.plan(when, [draft.version.id for draft in made.drafts], visit.officer, note)


@router.post(f"{CHECK}/nho")
async def ask(visit: EditorOrApprover, job: str) -> Response:
    """Make the link for a second person."""
    found, form = _job(visit, job), await values_of(visit.request)
    approver = form.get("ai", 80)
    if not found.passed:
        return await _page(visit, found, _NOT_PASSED, 409, ai=approver)
    if not approver:
        return await _page(visit, found, "Anh/chị ghi tên người duyệt.", 422)
    try:
        token = await visit.store(_submit, visit, found, approver)
    except (EditConflict, ReleaseConflict):
        return await _page(visit, found, _OVERTAKEN, 409, ai=approver)
    except NotApproved as error:
        own = ", ".join(error.items)
        return await _page(
            visit, found, f"{approver} là người soạn {own}. Anh/chị nhờ một người khác.", 409, ai=approver
        )
    found.asked, found.link = approver, f"{visit.desk.settings.address}{PATH}/{token}"
    await visit.note("approval_asked", ", ".join(found.items), approver)
    return visit.to(f"{PUBLISH}/kiem/{found.id}", "nho-duyet")


def _submit(visit: Visit, job: Job, approver: str) -> str:
    versions, desk = visit.desk.store.store.versions, visit.desk
    assert job.made is not None  # noqa: S101 (a check that passed has it)
    return submit(versions, desk.sealer, unchanged(versions, job.made).drafts, approver, visit.now)
