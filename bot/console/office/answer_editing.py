"""The editor of one answer: the text, what it may quote and show, how residents will see it, what to mend."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from ...content.answer_checking import GAP, GAP_END, Desk, Looked, in_their_words
from ...content.answer_text import Fields, fields_of, with_fields
from ...content.drafting import Head
from ...content.editing import body_of
from ...content.notation import quotation
from ...content.wording import LONG_ANSWER, MAX_UNITS
from ...content.workspace import Snapshot, items_of
from ...core.catalogue import Intent
from ...core.days import as_iso
from ...core.directives import quote_fault
from ...core.reply import Block
from ...errors import FileRefused
from ..render import html
from .access import Anybody, Editor, Instead, Refused, Visit
from .answer_grounds import grounds_of
from .answer_parts import (
    ANSWERS,
    base_of,
    common,
    field,
    for_script,
    head_in,
    names_of,
    note_of,
    refusal,
    seen_body,
    subject,
    typed_body,
    workspace_of,
    write,
)

# A tag of the escaped page, which stays as it is, or a gap in its text.
_MARKED = re.compile(f"(<[^>]*>)|{GAP}([^{GAP}{GAP_END}<>]*){GAP_END}")
_NO_PACK = "Gói nội dung chưa đọc được, nên chưa xem trước được. Anh/chị báo người quản máy chủ."

router = APIRouter(include_in_schema=False)


@router.get(f"{ANSWERS}/{{intent}}")
async def edit(visit: Anybody, intent: str) -> HTMLResponse:
    """The editor, with the draft or what is released."""
    snapshot = await subject(visit, intent)
    head = head_in(snapshot, items_of(intent)[1])
    return await editor(visit, snapshot, intent, head.text, head.number)


async def editor(
    visit: Visit, snapshot: Snapshot, intent: str, text: str, base: int, status: int = 200, **more: Any
) -> HTMLResponse:
    """The page of the editor for a text that was begun from the version `base`; `more` goes before what it finds."""
    item = items_of(intent)[1]
    desk, looked = await _looked(visit, snapshot, intent, text)
    body = body_of(text)
    asked = visit.request.query_params
    given = {
        "problem": "", "conflict": None, "words": "", "chosen": asked.get("muc", ""),
        "body": seen_body(text, snapshot),
        "fields": fields_of(text, item), "base": base, "note": "",
        "grounds": grounds_of(desk.ground, desk.names, body, asked.get("van-ban", ""), asked.get("tu", "")), **more,
    }  # fmt: skip
    return visit.page(
        "answer_edit.html", status, **common(visit, snapshot, intent, item, "edit"), **_shown(looked), **given
    )


async def _looked(visit: Visit, snapshot: Snapshot, intent: str, text: str) -> tuple[Desk, Looked]:
    """Where answers are looked at, and this one; on another thread."""
    live, now = visit.desk.reception.guide, visit.now
    desk = await asyncio.to_thread(workspace_of(visit).desk, snapshot, live)
    if desk is None:
        raise Refused(_NO_PACK)
    own = desk.ground.intents.get(intent) or Intent(intent, intent, "", ())
    if intent not in desk.ground.intents:
        desk = Desk(replace(desk.ground, intents={**desk.ground.intents, intent: own}), live)
    return desk, await asyncio.to_thread(desk.look, own, items_of(intent)[1], text, now)


def _shown(looked: Looked) -> dict[str, Any]:
    reply = looked.reply
    return {
        "looked": looked, "bubble": preview(reply.blocks) if reply else None,
        "keys": [[button.label for button in row] for row in reply.buttons] if reply else [],
        "most_units": MAX_UNITS, "long_answer": LONG_ANSWER,
    }  # fmt: skip


def preview(blocks: tuple[Block, ...]) -> Markup:
    """The blocks of an answer, with what is wanting marked."""
    return Markup(_MARKED.sub(_marked, str(html(blocks))))  # noqa: S704 (escaped before; only tags of ours are added)


def _marked(found: re.Match[str]) -> str:
    return found[1] or f'<mark class="gap">{found[2]}</mark>'


# For the script of the page


@router.post(f"{ANSWERS}/{{intent}}/luu")
async def keep_draft(visit: Editor, intent: str) -> Response:
    """Save the draft; where somebody else wrote meanwhile, how to go on."""
    snapshot = await subject(visit, intent)
    form, base, text = await _typed(visit, snapshot, intent)
    kept = await write(visit, base, text, note_of(form))
    return for_script(visit, kept, seen_body(kept.text, snapshot), names_of(snapshot))


async def _typed(visit: Visit, snapshot: Snapshot, intent: str) -> tuple[FormData, Head, str]:
    """The form, what it was begun from, and the text that stands in it; what cannot stand there is refused."""
    form = await visit.request.form()
    base = await base_of(visit, items_of(intent)[1], form)
    try:
        return form, base, with_fields(base.text, typed_fields(form, base), typed_body(form, snapshot))
    except FileRefused as refused:
        raise Instead(refusal(refused)) from None


@router.post(f"{ANSWERS}/{{intent}}/xem")
async def show(visit: Editor, intent: str) -> Response:
    """The preview and the findings for what stands in the form; nothing is saved."""
    snapshot = await subject(visit, intent)
    _, _, text = await _typed(visit, snapshot, intent)
    _, looked = await _looked(visit, snapshot, intent, text)
    return visit.page("answer_preview.html", **_shown(looked))


@router.post(f"{ANSWERS}/{{intent}}/trich")
async def quote(visit: Editor, intent: str) -> Response:
    """A checked quotation to insert at the cursor."""
    snapshot = await subject(visit, intent)
    form = await visit.request.form()
    try:
        found = await checked_quotation(visit, snapshot, field(form, "trich_muc"), field(form, "trich_chu"))
    except FileRefused as refused:
        return refusal(refused)
    return PlainTextResponse(found)


def typed_fields(form: FormData, base: Head) -> Fields:
    """The fields of the form; withdrawing has a button of its own."""
    return Fields(
        as_iso(field(form, "xem_lai")), field(form, "khi_cu"), as_iso(field(form, "het_ngay")), field(form, "het_gio"),
        fields_of(base.text, base.item).withdrawn,
    )  # fmt: skip


async def checked_quotation(visit: Visit, snapshot: Snapshot, clause_id: str, words: str) -> str:
    """A quotation that stands in its clause, ready to insert. Raises FileRefused for any other."""
    ground = await asyncio.to_thread(workspace_of(visit).ground, snapshot)
    clause = ground.clause(clause_id) if ground else None
    if clause is None:
        raise FileRefused("chưa chọn mục để trích", "chọn một mục của văn bản")
    if any(mark in words for mark in "{}«»"):
        raise FileRefused("trong chữ cần trích có dấu { } hoặc « »", "chỉ chép chữ của văn bản; viết “ ” thay « »")
    fault = quote_fault(clause, words)
    if fault:
        raise FileRefused(in_their_words(fault, names_of(snapshot)), f"chép đúng từng chữ từ {clause.label}")
    return quotation(clause.id, " ".join(words.split()), names_of(snapshot))
