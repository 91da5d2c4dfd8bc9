"""A check of drafts: how far it is, what it found, and what the officer agrees to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from ...content.answer_checking import in_their_words
from ...content.approving import LIFETIME
from ...content.impact_words import number, scope_line
from ...content.releasing import refuse_unapproved, unchanged
from ...content.telling import named as few
from ...errors import EditConflict, NotApproved, Problem, ReleaseConflict
from .access import EditorOrApprover, NotFound, Visit
from .forms import values_of
from .groups import group_rows
from .jobs import PARTIAL, Job
from .naming import Named, named, titles_of_subjects
from .overview import field_time
from .paging import number_of
from .publishing import PUBLISH, begin, jobs_of

CHECK = f"{PUBLISH}/kiem/{{job}}"
PAGE = 20
_PROBLEMS, _WARNINGS = 60, 40
OVERTAKEN = (
    "Từ lúc kiểm tra đến giờ, có bản nháp đã được sửa hoặc bỏ, hoặc có bản khác vừa được công bố. "
    "Anh/chị bấm “Kiểm tra lại”; chưa có gì được công bố."
)
_GONE = (
    "Lần kiểm tra này không còn: đã quá một giờ, đã công bố, hoặc máy chủ vừa khởi động lại. "
    "Bản nháp vẫn còn nguyên; anh/chị vào trang Công bố để kiểm tra lại."
)

router = APIRouter(include_in_schema=False)


def job_of(visit: Visit, job: str) -> Job:
    """A check of this officer; raises NotFound once it is gone."""
    found = jobs_of(visit.request).find(job, visit.officer, visit.now)
    if found is None:
        raise NotFound(_GONE, PUBLISH)
    return found


@router.get(CHECK)
async def show(visit: EditorOrApprover, job: str) -> Response:
    """How far a check is, or what it found."""
    return await result_page(visit, job_of(visit, job))


async def result_page(visit: Visit, job: Job, problem: str = "", status: int = 200, **typed: str) -> Response:
    """How far a check is or what it found, with what went wrong and what was typed."""
    titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
    values = {"job": job, "items": [named(item, titles) for item in job.items], "number": number, "PARTIAL": PARTIAL}
    if job.running or job.stage == "broken":
        return visit.page("checking.html", status, problem=problem, **values)
    values |= await _result(visit, job, titles)
    return visit.page(
        "checked.html",
        status,
        problem=problem,
        typed={"luc": "", "ai": "", "vi-sao": "", "loi-nhan": "", **typed},
        **values,
    )


async def _result(visit: Visit, job: Job, titles: Mapping[str, str]) -> dict[str, Any]:
    report, review = job.report, job.review
    at = number_of(visit.request.query_params.get("trang", "")) or 1
    problems, warnings = (report.problems, report.warnings) if report else ((), ())
    unapproved, overtaken = await visit.store(_standing, visit, job)
    return {
        "summary": report.summary if report else "", "faults": _by_item(problems[:_PROBLEMS], titles),
        "sound": [named(item, titles) for item in job.sound], "of_others": _by_item(job.others[:_PROBLEMS], titles),
        "authors": {draft.item: draft.version.author for draft in job.open_drafts},
        "more_faults": max(0, len(problems) - _PROBLEMS), "warnings": _by_item(warnings[:_WARNINGS], titles),
        "warned": len(warnings), "more_warnings": max(0, len(warnings) - _WARNINGS),
        "groups": group_rows(job.groups[(at - 1) * PAGE : at * PAGE], review.titles if review else {}, job.accepted),
        "scope": scope_line(review.impact) if review else "", "first": bool(job.made and not job.made.after),
        "at": at, "pages": -(-len(job.groups) // PAGE), "left": len(job.to_accept - job.accepted),
        "overtaken": OVERTAKEN if overtaken else "", "unapproved": [named(item, titles) for item in unapproved],
        "approvals": visit.desk.settings.approvals, "lifetime": LIFETIME.days,
        "soonest": field_time(visit.now + timedelta(minutes=1), visit.zone), "link": job.link, "asked": job.asked,
    }  # fmt: skip


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
    """The problems, which come sorted by file, as officers call things."""
    said = (replace(each, what=in_their_words(each.what), mend=in_their_words(each.mend)) for each in problems)
    return [(named(item, titles), list(group)) for item, group in groupby(said, key=lambda each: each.file)]


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
    found = job_of(visit, job)
    found.stopping = True
    await visit.note("check_stopped", few(found.items), f"{found.done}/{found.total}")
    return visit.to(f"{PUBLISH}/kiem/{found.id}", "dung")


@router.post(f"{CHECK}/tat-ca")
async def every(visit: EditorOrApprover, job: str) -> Response:
    """Try every question."""
    return await begin(visit, job_of(visit, job).items, every=True)


@router.post(f"{CHECK}/lai")
async def again(visit: EditorOrApprover, job: str) -> Response:
    """Check the same items as they are now."""
    found = job_of(visit, job)
    return await _begun_again(visit, found, found.items)


@router.post(f"{CHECK}/khong-loi")
async def only_sound(visit: EditorOrApprover, job: str) -> Response:
    """Check those items again that pass without the ones that are at fault."""
    found = job_of(visit, job)
    return await _begun_again(visit, found, found.sound)


async def _begun_again(visit: Visit, found: Job, wanted: Collection[str]) -> Response:
    """Check those of the items that are drafts still, in place of what was found."""
    drafts = await visit.store(visit.desk.store.store.versions.drafts)
    items = tuple(draft.item for draft in drafts if draft.item in wanted)
    if not items:
        return visit.to(PUBLISH)
    jobs_of(visit.request).end(found)
    return await begin(visit, items, every=found.every)


@router.post(f"{CHECK}/dong-y")
async def accept(visit: EditorOrApprover, job: str) -> Response:
    """Note which of the changes that were shown the officer agrees to."""
    found, form = job_of(visit, job), await values_of(visit.request)
    shown, ticked = frozenset(form.all("co")), frozenset(form.all("dong-y"))
    found.accepted = (found.accepted - shown | ticked) & found.to_accept
    left = len(found.to_accept - found.accepted)
    await visit.note("impact_accepted", few(found.items), f"{len(found.accepted)}/{len(found.to_accept)}")
    if "x-loa-part" in visit.request.headers:
        return JSONResponse({"left": left})
    at = number_of(form.get("trang")) or 1
    return RedirectResponse(f"{PUBLISH}/kiem/{found.id}?trang={at}&da=dong-y", 303)
