"""The list of answers, and new subjects."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ...content.faults import LONGEST_TITLE
from ...content.subject_phrases import Phrases, id_fault, lines_of, new_answer, new_phrases, suggested_id
from ...content.subjects import Subject, found_by, subject_ids, subjects
from ...content.workspace import Snapshot, items_of
from ...core.vietnamese import clean
from ...errors import EditConflict
from ...store.versions import Edit
from .access import Anybody, Editor, Visit
from .answer_parts import ANSWERS, STATES, draft_line, field, snapshot_of, workspace_of, zone_of

PER_PAGE = 60
_REVIEW_AFTER = timedelta(days=90)
_RESERVED = ("moi",)
_MOST_GIVEN, _LONGEST_GIVEN = 20, 300

router = APIRouter(include_in_schema=False)


@router.get(ANSWERS)
async def answers(visit: Anybody) -> HTMLResponse:
    """All subjects by group, found by words and state."""
    snapshot = await snapshot_of(visit)
    asked = visit.request.query_params
    query, state = clean(asked.get("tim", ""))[:100], asked.get("loc", "")
    listed = await asyncio.to_thread(_subjects, visit, snapshot)
    counts = Counter(each for subject in listed for each in subject.states)
    matching = found_by(snapshot, listed, query) if query else listed
    if state in STATES:
        matching = [each for each in matching if state in each.states]
    pages = max(1, -(-len(matching) // PER_PAGE))
    at = min(max(int(page) if (page := asked.get("trang", "1")).isdecimal() and len(page) < 6 else 1, 1), pages)
    shown = matching[(at - 1) * PER_PAGE : at * PER_PAGE]
    return visit.page(
        "answers.html", groups=_grouped(visit, shown), counts=counts, total=len(listed), found=len(matching),
        query=query, state=state if state in STATES else "", states=STATES, at=at, pages=pages,
        step=lambda page: f"{ANSWERS}?{urlencode({'tim': query, 'loc': state, 'trang': page})}",
    )  # fmt: skip


def _subjects(visit: Visit, snapshot: Snapshot) -> list[Subject]:
    directives = workspace_of(visit).directives(snapshot)
    return list(subjects(snapshot, directives, visit.now, zone_of(visit)))


def _grouped(visit: Visit, shown: list[Subject]) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in shown:
        name = "Chào hỏi, trò chuyện" if each.small_talk else each.group or "Chưa có nhóm"
        newest = max(each.drafts, key=lambda draft: draft.version.id, default=None)
        who = draft_line(newest, zone_of(visit)) if newest else ""
        when = visit.local(each.planned.at) if each.planned else ""
        groups.setdefault(name, []).append({"subject": each, "who": who, "when": when})
    return list(groups.items())


# A new subject


@router.get(f"{ANSWERS}/moi")
async def blank(visit: Editor) -> HTMLResponse:
    """The form of a new subject, with the questions that nobody answered yet where one comes from there."""
    given = visit.request.query_params.getlist("cau")[:_MOST_GIVEN]
    return _form(visit, phrases="\n".join(filter(None, (clean(text)[:_LONGEST_GIVEN] for text in given))))


def _form(visit: Visit, status: int = 200, problem: str = "", **typed: str) -> HTMLResponse:
    groups = visit.desk.reception.guide.catalogue.pack.groups
    given = {"title": "", "group": "", "intent": "", "phrases": "", **typed}
    return visit.page("answer_new.html", status, groups=groups, problem=problem, **given)


@router.post(f"{ANSWERS}/moi")
async def make(visit: Editor) -> Response:
    """Make both files of a new subject drafts."""
    form = await visit.request.form()
    title, group, phrases = clean(field(form, "ten")), field(form, "nhom"), field(form, "cau_mau")
    intent = field(form, "ma").strip() or suggested_id(title)
    snapshot = await snapshot_of(visit)
    problem = _problem(title, group, phrases, intent, snapshot, visit)
    if not problem:
        problem = await _made(visit, intent, Phrases(title, group, lines_of(phrases)))
    if problem:
        return _form(visit, 422, problem, title=title, group=group, intent=intent, phrases=phrases)
    await visit.note("subject_made", intent, title)
    return RedirectResponse(f"{ANSWERS}/{intent}?da=moi", 303)


def _problem(title: str, group: str, phrases: str, intent: str, snapshot: Snapshot, visit: Visit) -> str:
    if not title or len(title) > LONGEST_TITLE:
        return f"Tên chủ đề hiện trên nút bấm: viết từ 1 đến {LONGEST_TITLE} chữ."
    if group not in visit.desk.reception.guide.catalogue.pack.groups:
        return "Chọn một nhóm, để bà con thấy chủ đề trong danh sách."
    if not lines_of(phrases):
        return "Viết ít nhất một câu mẫu, như bà con sẽ gõ; mỗi dòng một câu."
    return id_fault(intent, (*subject_ids(snapshot), *_RESERVED))


async def _made(visit: Visit, intent: str, phrases: Phrases) -> str:
    file, item = items_of(intent)
    review_by = (visit.now + _REVIEW_AFTER).date().isoformat()
    texts = {file: new_phrases(phrases), item: new_answer(review_by)}
    edits = [Edit(name, text.encode(), None, visit.officer, "chủ đề mới") for name, text in texts.items()]
    try:
        await visit.store(visit.desk.store.store.versions.save, edits, visit.now)
    except EditConflict:
        return f"Vừa có người tạo chủ đề mang mã {intent}; đặt mã khác."
    return ""
