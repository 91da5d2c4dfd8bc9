"""The phrases of a subject, its title, group and buttons; and a question to try them on."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from ...content.answer_checking import Finding, in_their_words
from ...content.subject_phrases import Phrases, lines_of, phrase_findings, phrases_of, resolved, with_phrases
from ...content.workspace import Snapshot, items_of
from ...core.catalogue import Catalogue
from ...core.context import Context
from ...core.vietnamese import clean
from ...errors import ContentError, FileRefused
from ...explained import explained_lines
from .access import Anybody, Editor, Visit
from .answer_editing import preview
from .answer_parts import (
    ANSWERS,
    Kept,
    as_json,
    base_of,
    common,
    conflict_of,
    field,
    missing,
    note_of,
    snapshot_of,
    subject,
    text_of,
    workspace_of,
    write,
)

_LONGEST_QUESTION = 1500
_SHOWN_PROBLEMS = 8

router = APIRouter(include_in_schema=False)


@router.get(f"{ANSWERS}/{{intent}}/cau-mau")
async def phrases(visit: Anybody, intent: str) -> HTMLResponse:
    """The lists of phrases, one a line."""
    snapshot = await subject(visit, intent)
    if snapshot is None:
        return missing(visit, intent)
    file = items_of(intent)[0]
    version = snapshot.version(file)
    return await _page(visit, snapshot, intent, text_of(snapshot.texts.get(file)), version.id if version else 0)


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
    if snapshot is None:
        return missing(visit, intent)
    form = await visit.request.form()
    try:
        kept = await _kept(visit, snapshot, intent, form)
    except FileRefused as refused:
        base = await base_of(visit, items_of(intent)[0], form)
        typed = {
            "examples": field(form, "cau_mau"), "checks": field(form, "cau_kiem"), "related": field(form, "lien_quan"),
            "phrases": Phrases(field(form, "ten"), field(form, "nhom"), ()), "note": note_of(form),
        }  # fmt: skip
        problem = f"{refused.what[:1].upper()}{refused.what[1:]}: {refused.mend}."
        number = base.version.id if base.version else 0
        return await _page(visit, snapshot, intent, base.text, number, 422, problem=problem, **typed)
    if kept.state == "conflict":
        problem = f"{kept.author} vừa sửa cùng những dòng này. Chữ của anh/chị vẫn còn trong các ô."
        return await _page(
            visit, await snapshot_of(visit), intent, kept.text, kept.version.id if kept.version else 0, 409,
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
    if snapshot is None:
        return missing(visit, intent)
    form = await visit.request.form()
    try:
        kept = await _kept(visit, snapshot, intent, form)
    except FileRefused as refused:
        return JSONResponse({"problem": f"{refused.what[:1].upper()}{refused.what[1:]}: {refused.mend}."}, 422)
    if kept.state == "conflict":
        page = visit.page("answer_conflict.html", conflict=conflict_of(kept))
        return JSONResponse(as_json(kept, "", bytes(page.body).decode()))
    # Lists are merged line by line; the page comes again whole, so nothing goes back into the fields here.
    return JSONResponse(as_json(kept, ""))


# A question to try


@router.get(f"{ANSWERS}/{{intent}}/hoi-thu")
async def trial(visit: Anybody, intent: str) -> HTMLResponse:
    """The box for a question."""
    snapshot = await subject(visit, intent)
    if snapshot is None:
        return missing(visit, intent)
    _begin(visit, snapshot, intent)
    return visit.page("answer_try.html", **common(visit, snapshot, intent, items_of(intent)[1], "try"), **_nothing())


_begun: set[asyncio.Task[None]] = set()


def _begin(visit: Visit, snapshot: Snapshot, intent: str) -> None:
    """Read the drafts while the officer still types the question."""

    def read() -> None:
        with suppress(ContentError):  # told when the question comes
            workspace_of(visit).guide(snapshot, visit.desk.reception.guide, intent)

    task = asyncio.create_task(asyncio.to_thread(read))
    _begun.add(task)
    task.add_done_callback(_begun.discard)


def _nothing(question: str = "") -> dict[str, Any]:
    return {"question": question, "tried": False, "bubble": None, "keys": [], "lines": (), "right": False,
            "findings": (), "problem": ""}  # fmt: skip


@router.post(f"{ANSWERS}/{{intent}}/hoi-thu")
async def ask(visit: Anybody, intent: str) -> HTMLResponse:
    """The answer that the drafts give, and why."""
    snapshot = await subject(visit, intent)
    if snapshot is None:
        return missing(visit, intent)
    question = clean(field(await visit.request.form(), "cau_hoi"))[:_LONGEST_QUESTION]
    given = _nothing(question) | (
        await asyncio.to_thread(_tried, visit, snapshot, intent, question)
        if question
        else {"problem": "Viết một câu hỏi như bà con sẽ gõ, rồi bấm “Hỏi thử”."}
    )
    part = "x-loa-part" in visit.request.headers
    name = "answer_try_part.html" if part else "answer_try.html"
    return visit.page(name, **common(visit, snapshot, intent, items_of(intent)[1], "try"), **given)


_FILE = re.compile(r"(?P<named>, tệp |tệp )?intents/(?P<id>\w+)\.yaml")
_FILES = {"_out_of_scope": "phần ngoài phạm vi", "_danger": "phần dấu hiệu nguy hiểm"}


def _plainly(line: str, catalogue: Catalogue) -> str:
    """A line of the explanation without names of files: officers see pages."""

    def page(found: re.Match[str]) -> str:
        intent = catalogue.intents.get(found["id"])
        if found["named"] == ", tệp ":
            return ""
        return f"trang Câu mẫu của “{intent.title}”" if intent else _FILES.get(found["id"], "trang Câu mẫu")

    return _FILE.sub(page, line.strip()).replace("tệp của chủ đề ấy trong intents/", "trang Câu mẫu của chủ đề ấy")


def _tried(visit: Visit, snapshot: Snapshot, intent: str, question: str) -> dict[str, Any]:
    try:
        guide = workspace_of(visit).guide(snapshot, visit.desk.reception.guide, intent)
    except ContentError as error:
        found = [Finding(None, f"{each.file}: {in_their_words(each.what)}", in_their_words(each.mend), each.warning)
                 for each in error.problems[:_SHOWN_PROBLEMS]]  # fmt: skip
        return {"tried": True, "findings": found}
    turn = guide.answer(question, Context(), visit.now)
    return {
        "tried": True, "bubble": preview(turn.reply.blocks), "right": intent in turn.reply.answered,
        "keys": [[button.label for button in row] for row in turn.reply.buttons],
        "lines": tuple(_plainly(line, guide.catalogue) for line in explained_lines(guide, question, turn)),
    }  # fmt: skip
