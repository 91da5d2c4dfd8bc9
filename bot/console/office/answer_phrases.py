"""The phrases of a subject, its title, group and buttons."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from ...content.subject_phrases import Phrases, lines_of, phrase_findings, phrases_of, resolved, with_phrases
from ...content.workspace import Snapshot, items_of
from ...core.catalogue import Catalogue
from ...core.vietnamese import clean
from ...errors import FileRefused
from .access import Anybody, Editor, Visit
from .answer_parts import (
    ANSWERS,
    Kept,
    base_of,
    common,
    conflict_of,
    field,
    for_script,
    head_in,
    note_of,
    refusal,
    sentence,
    snapshot_of,
    subject,
    workspace_of,
    write,
)

router = APIRouter(include_in_schema=False)


@router.get(f"{ANSWERS}/{{intent}}/cau-mau")
async def phrases(visit: Anybody, intent: str) -> HTMLResponse:
    """The lists of phrases, one a line."""
    snapshot = await subject(visit, intent)
    head = head_in(snapshot, items_of(intent)[0])
    return await _page(visit, snapshot, intent, head.text, head.number)


async def _page(
    visit: Visit, snapshot: Snapshot, intent: str, text: str, base: int, status: int = 200, **more: Any
) -> HTMLResponse:
    file, ground = items_of(intent)[0], await _ground(visit, snapshot)
    found = phrases_of(text, file)
    findings = await asyncio.to_thread(phrase_findings, text, file, ground)
    given = {
        "phrases": found, "base": base, "problem": "", "conflict": None, "note": "", "findings": findings,
        "groups": ground.pack.groups, "related": _titles(found.related, ground),
        "examples": "\n".join(found.examples), "checks": "\n".join(found.checks), **more,
    }  # fmt: skip
    return visit.page("answer_phrases.html", status, **common(visit, snapshot, intent, file, "phrases"), **given)


async def _ground(visit: Visit, snapshot: Snapshot) -> Catalogue:
    found = await asyncio.to_thread(workspace_of(visit).ground, snapshot)
    return found or visit.desk.reception.guide.catalogue


def _titles(related: tuple[str, ...], ground: Catalogue) -> str:
    return "\n".join(ground.intents[name].title if name in ground.intents else name for name in related)


@router.post(f"{ANSWERS}/{{intent}}/cau-mau")
async def save_phrases(visit: Editor, intent: str) -> Response:
    """Save the draft of the phrases, and show the page again."""
    snapshot = await subject(visit, intent)
    form = await visit.request.form()
    try:
        kept = await _kept(visit, snapshot, intent, form)
    except FileRefused as refused:
        base = await base_of(visit, items_of(intent)[0], form)
        typed = {
            "examples": field(form, "cau_mau"), "checks": field(form, "cau_kiem"), "related": field(form, "lien_quan"),
            "phrases": Phrases(field(form, "ten"), field(form, "nhom"), ()), "note": note_of(form),
        }  # fmt: skip
        return await _page(visit, snapshot, intent, base.text, base.number, 422, problem=sentence(refused), **typed)
    if kept.state == "conflict":
        problem = f"{kept.author} vừa sửa cùng những dòng này. Chữ của anh/chị vẫn còn trong các ô."
        return await _page(
            visit, await snapshot_of(visit), intent, kept.text, kept.number, 409,
            problem=problem, conflict=conflict_of(kept), note=note_of(form),
        )  # fmt: skip
    return RedirectResponse(f"{ANSWERS}/{intent}/cau-mau?da={kept.notice}", 303)


async def _kept(visit: Visit, snapshot: Snapshot, intent: str, form: FormData) -> Kept:
    """Save what the form holds. Raises FileRefused for what cannot be saved."""
    ground, base = await _ground(visit, snapshot), await base_of(visit, items_of(intent)[0], form)
    title = clean(field(form, "ten"))
    if not title:
        raise FileRefused("tên chủ đề đang trống", "viết tên, vì nó hiện trên nút bấm")
    wanted = Phrases(
        title, field(form, "nhom"), lines_of(field(form, "cau_mau")), lines_of(field(form, "cau_kiem")),
        resolved(lines_of(field(form, "lien_quan")), ground.intents),
    )  # fmt: skip
    return await write(visit, base, with_phrases(base.text, wanted), note_of(form))


@router.post(f"{ANSWERS}/{{intent}}/cau-mau/luu")
async def keep_phrases(visit: Editor, intent: str) -> Response:
    """The same for the script of the page."""
    snapshot = await subject(visit, intent)
    form = await visit.request.form()
    try:
        kept = await _kept(visit, snapshot, intent, form)
    except FileRefused as refused:
        return refusal(refused)
    # Lists are merged line by line; the page comes again whole, so nothing goes back into the fields here.
    return for_script(visit, kept, "")
