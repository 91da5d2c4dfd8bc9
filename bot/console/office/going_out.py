"""What may be done with drafts that were checked: publish them, plan that, ask a second person."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.approving import PATH, submit
from ...content.releasing import publish, refuse_unapproved, unchanged
from ...content.syncing import note_agreement
from ...content.telling import moment_text
from ...content.telling import named as few
from ...errors import EditConflict, NotApproved, ReleaseConflict
from ...store.versions import Plan, Release
from .access import EditorOrApprover, Visit
from .checks import CHECK, OVERTAKEN, job_of, result_page
from .forms import NO_MOMENT, moment_of, values_of
from .jobs import Job
from .publishing import PUBLISH, folder, jobs_of, zone

_NOT_YET = "Anh/chị đồng ý với từng thay đổi ở dưới trước đã; chưa có gì được công bố."
_NOT_PASSED = "Lần kiểm tra này chưa qua, nên chưa công bố được."
_UNAPPROVED = "Cần một người thứ hai duyệt trước khi công bố hoặc hẹn giờ."

router = APIRouter(include_in_schema=False)


@router.post(f"{CHECK}/cong-bo")
async def publish_now(visit: EditorOrApprover, job: str) -> Response:
    """Publish what was checked."""
    found, form = job_of(visit, job), await values_of(visit.request)
    note = form.get("vi-sao")
    if refused := _refused(found):
        return await result_page(visit, found, refused, 409, **{"vi-sao": note})
    try:
        release = await visit.store(_publish, visit, found, note)
    except (EditConflict, ReleaseConflict):
        return await result_page(visit, found, OVERTAKEN, 409, **{"vi-sao": note})
    except NotApproved:
        return await result_page(visit, found, _UNAPPROVED, 409, **{"vi-sao": note})
    jobs_of(visit.request).end(found)
    await visit.note("published", str(release.number), few(found.items))
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
    found, form = job_of(visit, job), await values_of(visit.request)
    typed = {"luc": form.get("luc"), "vi-sao": form.get("vi-sao")}
    when = moment_of(typed["luc"], zone(visit))
    refused = _refused(found) or _not_then(when, visit.now, typed["luc"])
    if refused or when is None:
        return await result_page(visit, found, refused, 409, **typed)
    try:
        made = await visit.store(_plan, visit, found, when, typed["vi-sao"])
    except (EditConflict, ReleaseConflict):
        return await result_page(visit, found, OVERTAKEN, 409, **typed)
    except NotApproved:
        return await result_page(visit, found, _UNAPPROVED, 409, **typed)
    await visit.note("publication_planned", str(made.id), f"{moment_text(when, zone(visit))}: {few(found.items)}")
    return visit.to(PUBLISH, "hen")


def _not_then(when: datetime | None, now: datetime, typed: str) -> str:
    if when is None:
        return NO_MOMENT.format(typed[:30])
    if not now < when < now + timedelta(days=366):
        return "Giờ hẹn phải ở phía trước, trong vòng một năm."
    return ""


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
    found, form = job_of(visit, job), await values_of(visit.request)
    approver = form.get("ai", 80)
    if not found.passed:
        return await result_page(visit, found, _NOT_PASSED, 409, ai=approver)
    if not approver:
        return await result_page(visit, found, "Anh/chị ghi tên người duyệt.", 422)
    try:
        token = await visit.store(_submit, visit, found, approver)
    except (EditConflict, ReleaseConflict):
        return await result_page(visit, found, OVERTAKEN, 409, ai=approver)
    except NotApproved as error:
        own = ", ".join(error.items)
        return await result_page(
            visit, found, f"{approver} là người soạn {own}. Anh/chị nhờ một người khác.", 409, ai=approver
        )
    found.asked, found.link = approver, f"{visit.desk.settings.address}{PATH}/{token}"
    await visit.note("approval_asked", few(found.items), approver)
    return visit.to(f"{PUBLISH}/kiem/{found.id}", "nho-duyet")


def _submit(visit: Visit, job: Job, approver: str) -> str:
    versions, desk = visit.desk.store.store.versions, visit.desk
    assert job.made is not None  # noqa: S101 (a check that passed has it)
    return submit(versions, desk.sealer, unchanged(versions, job.made).drafts, approver, visit.now)
