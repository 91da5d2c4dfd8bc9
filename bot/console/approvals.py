"""The page behind an approval link: it shows what would change; only its button approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.templating import Jinja2Templates

from ..content.approving import PATH, approve, asked_drafts, read_link
from ..content.loading import zone_of
from ..content.telling import moment_text
from ..content.telling import named as few
from ..content.words_diff import Run, diff
from ..errors import EditConflict, LinkRefused
from ..store.records import Deed
from ..store.versions import Draft
from .clients import client_address, same_origin
from .desk import Desk
from .office.naming import named, titles_of_subjects

_BY_LINK = "(link duyệt)"
_REFUSED = {
    "broken": "Đường link này không đúng. Anh/chị mở lại link trong tin nhắn, hoặc nhờ người gửi tạo link mới.",
    "expired": "Đường link này đã hết hạn. Anh/chị nhờ người gửi tạo link mới.",
    "changed": "Bản nháp đã được sửa, bỏ hoặc công bố sau khi gửi link. Anh/chị nhờ người gửi tạo link mới.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A draft on the page. `label` is what officers call the item, `runs` what changes, word by word."""

    item: str
    label: str
    author: str
    note: str
    at: str
    runs: tuple[Run, ...]
    deleted: bool


def routes(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The routes of approval links over one desk."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, status: int = 200, **values: Any) -> HTMLResponse:
        given = {"approver": "", "until": "", "drafts": (), "refused": "", "approved": False, **values}
        return templates.TemplateResponse(request, "approval.html", given, status_code=status)

    async def answer(request: Request, token: str, *, pressed: bool) -> HTMLResponse:
        if desk.limiter.wait(client_address(request, desk.settings.trusted_proxies)):
            return page(request, 429, refused="Quá nhiều lần mở trong một phút. Anh/chị đợi một lát rồi mở lại.")
        try:
            return page(request, **await desk.store.run(_looked, desk, token, pressed=pressed))
        except LinkRefused as error:
            return page(request, 410, refused=_REFUSED[error.reason])

    @router.get(f"{PATH}/{{token}}")
    async def show(request: Request, token: str) -> Response:
        return await answer(request, token, pressed=False)

    @router.post(f"{PATH}/{{token}}")
    async def press(request: Request, token: str) -> Response:
        if not same_origin(request, desk.settings.public_url):
            return HTMLResponse("", 403)
        return await answer(request, token, pressed=True)

    return router


def _looked(desk: Desk, token: str, *, pressed: bool) -> dict[str, Any]:
    """What the page shows; on the store thread. Raises LinkRefused."""
    versions = desk.store.store.versions
    asked = read_link(desk.sealer, token, desk.clock())
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    zone, titles = zone_of(versions.bodies(released)), titles_of_subjects(desk.reception.guide.catalogue)
    try:
        drafts = asked_drafts(versions, asked)
        if pressed:
            approve(versions, asked)
            _note(desk, asked.approver, [draft for draft in drafts if draft.state != "approved"])
    except EditConflict:
        raise LinkRefused("changed") from None

    def shown(draft: Draft) -> Shown:
        version, before = draft.version, released.get(draft.item)
        old = versions.body(before.id) if before else None
        new = versions.body(version.id)
        return Shown(
            draft.item, named(draft.item, titles).label, version.author, version.note, moment_text(version.at, zone),
            diff(_decoded(old), _decoded(new)), new is None,
        )  # fmt: skip

    done = pressed or all(draft.state == "approved" for draft in drafts)
    until = moment_text(asked.until, zone)
    return {"approver": asked.approver, "until": until, "drafts": tuple(map(shown, drafts)), "approved": done}


def _note(desk: Desk, approver: str, drafts: Sequence[Draft]) -> None:
    """Note who approved. Whoever made the link chose the name, so that it does not stand where officers do."""
    if drafts:
        items = few([draft.item for draft in drafts])
        desk.store.store.people.note(Deed(desk.clock(), _BY_LINK, "approved_by_link", items, approver))


def _decoded(body: bytes | None) -> str:
    return (body or b"").decode("utf-8-sig", errors="replace")
