"""What may be done with drafts that were checked: publish them, plan that, ask a second person; and with plans."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.approving import PATH, Wish, submit
from ...content.impact_words import FIRST, without_questions
from ...content.planned import move
from ...content.releasing import publish, refuse_unapproved, unchanged
from ...content.syncing import note_agreement
from ...content.telling import moment_text
from ...content.telling import named as few
from ...errors import EditConflict, NotApproved, ReleaseConflict
from ...store.versions import Plan, Release
from .access import EditorOrApprover, Visit
from .checks import CHECK, OVERTAKEN, job_of, result_page
from .forms import moment_of, values_of
from .jobs import Job
from .paging import number_of
from .publishing import PUBLISH, folder, jobs_of, page, zone

_NOT_YET = "Anh/chị đồng ý với từng thay đổi ở dưới trước đã; chưa có gì được công bố."
_NOT_PASSED = "Lần kiểm tra này chưa qua, nên chưa công bố được."
_SETTLED = "Hẹn này không còn chờ nữa: đã công bố, bị từ chối, đã đổi giờ hoặc đã huỷ. Xem ở phần Hẹn giờ công bố."
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
    refused = _refused(found) or not_then(when, visit.now)
    if refused or when is None:
        return await result_page(visit, found, refused, 409, **typed)
    try:
        made = await visit.store(_plan, visit, found, when, typed["vi-sao"])
    except (EditConflict, ReleaseConflict):
        return await result_page(visit, found, OVERTAKEN, 409, **typed)
    except NotApproved:
        return await result_page(visit, found, _UNAPPROVED, 409, **typed)
    jobs_of(visit.request).end(found)
    await visit.note("publication_planned", str(made.id), f"{moment_text(when, zone(visit))}: {few(found.items)}")
    return visit.to(PUBLISH, "hen")


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
    approver, note = form.get("ai", 80), form.get("loi-nhan")
    typed = {"ai": approver, "loi-nhan": note}
    if not found.passed:
        return await result_page(visit, found, _NOT_PASSED, 409, **typed)
    if not approver:
        return await result_page(visit, found, "Anh/chị ghi tên người duyệt.", 422, **typed)
    try:
        token = await visit.store(_submit, visit, found, Wish(approver, visit.officer, note, _told(found)))
    except (EditConflict, ReleaseConflict):
        return await result_page(visit, found, OVERTAKEN, 409, **typed)
    except NotApproved as error:
        own = ", ".join(error.items)
        refused = f"{approver} là người soạn {own}. Anh/chị nhờ một người khác."
        return await result_page(visit, found, refused, 409, **typed)
    found.asked, found.link = approver, f"{visit.desk.settings.address}{PATH}/{token}"
    await visit.note("approval_asked", few(found.items), f"cho {approver} (tên do {visit.officer} ghi, chưa kiểm)")
    return visit.to(f"{PUBLISH}/kiem/{found.id}", "nho-duyet")


def _told(job: Job) -> tuple[str, ...]:
    """What the check found, for whoever is to approve; the questions of residents stay here."""
    summary = f"Loa {job.report.summary}." if job.report else ""
    review = job.review
    return (summary, *(without_questions(review.impact, review.titles) if review else (FIRST,)))


def _submit(visit: Visit, job: Job, wish: Wish) -> str:
    store, desk = visit.desk.store.store, visit.desk
    assert job.made is not None  # noqa: S101 (a check that passed has it)
    return submit(store, desk.sealer, unchanged(store.versions, job.made).drafts, wish, visit.now)


@router.post(f"{PUBLISH}/hen/{{plan}}/doi")
async def put_off(visit: EditorOrApprover, plan: str) -> Response:
    """Give a plan another time; what it holds stays."""
    form, number = await values_of(visit.request), number_of(plan)
    when = moment_of(form.get("luc"), zone(visit))
    if refused := not_then(when, visit.now):
        return await page(visit, f"{refused} Hẹn cũ để nguyên.", 409)
    versions = visit.desk.store.store.versions
    moved = await visit.store(move, versions, number, when, visit.officer) if number and when else None
    if moved is None:
        return await page(visit, _SETTLED, 409)
    await visit.note("plan_moved", str(moved.id), f"{number} → {visit.local(moved.at)}")
    return visit.to(PUBLISH, "doi-hen")


def not_then(when: datetime | None, now: datetime) -> str:
    """Why nothing can be published at a time; empty where it can."""
    if when is None:
        return "Chưa đọc được ngày giờ. Anh/chị chọn lại, ví dụ 2026-12-01 07:00."
    if not now < when < now + timedelta(days=366):
        return "Giờ hẹn phải ở phía trước, trong vòng một năm."
    return ""


@router.post(f"{PUBLISH}/hen/{{plan}}/huy")
async def cancel(visit: EditorOrApprover, plan: str) -> Response:
    """Call a plan off."""
    number = number_of(plan)
    if not number or not await visit.store(visit.desk.store.store.versions.settle, number, "cancelled"):
        return await page(visit, _SETTLED, 409)
    await visit.note("plan_cancelled", str(number))
    return visit.to(PUBLISH, "huy-hen")
