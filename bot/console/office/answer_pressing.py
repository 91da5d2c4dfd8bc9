"""The form of the editor without a script: whatever button was pressed, what was typed is saved or shown again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from ...content.answer_text import with_appended, with_fields
from ...content.drafting import Head
from ...content.editing import set_body
from ...content.notation import fact_mark, written
from ...content.workspace import Snapshot, items_of
from ...errors import FileRefused
from .access import Editor, Visit
from .answer_editing import checked_quotation, editor, typed_fields
from .answer_parts import (
    ANSWERS,
    Kept,
    base_of,
    conflict_of,
    field,
    head_in,
    names_of,
    note_of,
    sentence,
    snapshot_of,
    subject,
    write,
)

router = APIRouter(include_in_schema=False)


@router.post(f"{ANSWERS}/{{intent}}")
async def press(visit: Editor, intent: str) -> Response:
    """Save the draft, and do what the button says."""
    snapshot = await subject(visit, intent)
    form = await visit.request.form()
    base = await base_of(visit, items_of(intent)[1], form)
    return await _Pressed(visit, snapshot, intent, form, base).done()


class _Pressed:
    """The form of the editor as it was sent."""

    def __init__(self, visit: Visit, snapshot: Snapshot, intent: str, form: FormData, base: Head) -> None:
        self._visit, self._snapshot, self._intent, self._form, self._base = visit, snapshot, intent, form, base
        self._do, _, self._what = field(form, "viec").partition(":")
        self._names = names_of(snapshot)

    async def done(self) -> Response:
        try:
            fields, body = typed_fields(self._form, self._base), field(self._form, "body")
            if self._do in ("rut", "thoi-rut"):
                fields = replace(fields, withdrawn=self._do == "rut")
            if self._do == "du-kien":
                body = with_appended(body, fact_mark(self._what or field(self._form, "du_kien"), self._names))
            if self._do == "trich":
                body = with_appended(body, await self._quotation())
            text = with_fields(self._base.text, fields, written(body, self._names))
        except FileRefused as refused:
            return await self._again(422, sentence(refused))
        if self._do == "lay-cua-ho":
            return await self._taken(text)
        kept = await write(self._visit, self._base, text, note_of(self._form))
        if kept.state == "conflict":
            return await self._clashed(kept)
        if self._do in ("rut", "thoi-rut") and kept.state != "unchanged":
            await self._visit.note("answer_withdrawn" if self._do == "rut" else "answer_restored", self._intent)
        return self._onward(self._do if self._do in ("rut", "thoi-rut", "trich", "du-kien") else kept.notice)

    async def _quotation(self) -> str:
        clause_id, words = field(self._form, "trich_muc"), field(self._form, "trich_chu")
        return await checked_quotation(self._visit, self._snapshot, clause_id, words)

    async def _taken(self, text: str) -> Response:
        """Keep the own text in the history, and what the other wrote as the draft."""
        visit, author = self._visit, self._visit.officer
        theirs = head_in(self._snapshot, self._base.item)
        first = await write(visit, theirs, text, f"chữ của {author}, giữ lại trước khi lấy bản kia")
        if first.state == "conflict":
            return await self._clashed(first)
        now = head_in(await snapshot_of(visit), self._base.item)
        kept = await write(visit, now, theirs.text, "lấy bản của người kia")
        return self._onward(kept.notice)

    async def _again(self, status: int, problem: str) -> HTMLResponse:
        """The page with everything that was typed."""
        typed = {
            "problem": problem, "words": field(self._form, "trich_chu"), "chosen": field(self._form, "trich_muc"),
            "body": field(self._form, "body"), "note": note_of(self._form),
            "fields": typed_fields(self._form, self._base),
        }  # fmt: skip
        text = set_body(self._base.text, written(field(self._form, "body"), self._names))
        return await editor(self._visit, self._snapshot, self._intent, text, self._base.number, status, **typed)

    async def _clashed(self, kept: Kept) -> HTMLResponse:
        problem = f"{kept.author} vừa sửa cùng những dòng này. Chữ của anh/chị vẫn còn trong ô; chưa ai mất chữ nào."
        return await editor(
            self._visit, await snapshot_of(self._visit), self._intent, kept.text, kept.number, 409,
            problem=problem, conflict=conflict_of(kept, self._names), note=note_of(self._form),
        )  # fmt: skip

    def _onward(self, notice: str) -> RedirectResponse:
        asked = {"da": notice}
        if self._do == "van-ban":
            directive, _, start = self._what.partition("|")
            asked |= {"van-ban": directive or field(self._form, "van_ban"), "tu": start}
        if self._do == "trich":
            clause_id = field(self._form, "trich_muc")
            asked |= {"muc": clause_id, "van-ban": clause_id.partition("#")[0]}
        return RedirectResponse(f"{ANSWERS}/{self._intent}?{urlencode(asked)}", 303)
