"""The page behind an approval link: it shows what would change; only its button approves."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from ..content.approving import PATH, approve, asked_drafts, read_link
from ..content.releasing import released_texts
from ..content.telling import moment_text
from ..errors import EditConflict, LinkRefused
from ..store.records import Asked
from .approval_items import Drafted, shown_items
from .clients import client_address, same_origin
from .desk import Desk
from .office.paging import number_of

PAGE = 8
_REFUSED = {
    "broken": "Đường link này không đúng. Anh/chị mở lại link trong tin nhắn, hoặc nhờ người gửi tạo link mới.",
    "expired": "Đường link này đã hết hạn. Anh/chị nhờ người gửi tạo link mới.",
    "changed": "Bản nháp đã được sửa, bỏ hoặc công bố sau khi gửi link. Anh/chị nhờ người gửi tạo link mới.",
}


def routes(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The routes of approval links over one desk."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, status: int = 200, **values: Any) -> HTMLResponse:
        given = {
            "asked": None,
            "items": (),
            "total": 0,
            "at": 1,
            "pages": 1,
            "refused": "",
            "approved": False,
            **values,
        }
        return templates.TemplateResponse(request, "approval.html", given, status_code=status)

    async def answer(request: Request, token: str, *, pressed: bool) -> HTMLResponse:
        if desk.limiter.wait(client_address(request, desk.settings.trusted_proxies)):
            return page(request, 429, refused="Quá nhiều lần mở trong một phút. Anh/chị đợi một lát rồi mở lại.")
        number = number_of(request.query_params.get("trang", "")) or 1
        try:
            asked, found, done = await desk.store.run(_looked, desk, token, number, pressed=pressed)
        except LinkRefused as error:
            return page(request, 410, refused=_REFUSED[error.reason])
        items = await asyncio.to_thread(shown_items, found, desk.reception.guide, desk.clock())
        return page(request, **_values(desk, asked), items=items, at=number, approved=done)

    @router.get(f"{PATH}/{{token}}")
    async def show(request: Request, token: str) -> Response:
        return await answer(request, token, pressed=False)

    @router.post(f"{PATH}/{{token}}")
    async def press(request: Request, token: str) -> Response:
        if not same_origin(request, desk.settings.public_url):
            return HTMLResponse("", 403)
        return await answer(request, token, pressed=True)

    return router


def _looked(desk: Desk, token: str, number: int, *, pressed: bool) -> tuple[Asked, Drafted, bool]:
    """What was asked, the drafts of one page, and whether all are approved; on the store thread.

    Raises LinkRefused.
    """
    store, now = desk.store.store, desk.clock()
    asked = read_link(store, desk.sealer, token, now)
    try:
        drafts = approve(store, asked, now) if pressed else asked_drafts(store.versions, asked)
    except EditConflict:
        raise LinkRefused("changed") from None
    bodies = {draft.item: store.versions.body(draft.version.id) for draft in drafts}
    shown = drafts[(number - 1) * PAGE : number * PAGE]
    done = pressed or all(draft.state == "approved" for draft in drafts)
    return asked, Drafted(released_texts(store.versions), shown, bodies), done


def _values(desk: Desk, asked: Asked) -> dict[str, Any]:
    zone, total = desk.reception.guide.catalogue.pack.timezone, len(asked.versions)
    moments = {"made": moment_text(asked.at, zone), "until": moment_text(asked.until, zone)}
    return {"asked": asked, "total": total, "pages": -(-total // PAGE), **moments}
