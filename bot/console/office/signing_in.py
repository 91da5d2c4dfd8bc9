"""Signing in by a one-time link: opening it shows a button, and only the button uses it up."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ...officers import hashed, sign_in
from ..clients import client_address, same_origin
from .access import COOKIE, HOME, SIGN_IN, Anybody, current_session, desk_of, keep_cookie, templates_of

START = f"{HOME}/tra-loi"
_ENDED = "Đường link này đã dùng rồi hoặc quá 10 phút. Anh/chị xin link mới."
_TOO_OFTEN = "Quá nhiều lần mở trong một phút. Anh/chị đợi một lát rồi mở lại."

router = APIRouter(include_in_schema=False)


@router.get(HOME)
async def home(request: Request) -> Response:
    """The first page, or how to sign in."""
    return RedirectResponse(START if await current_session(desk_of(request), request) else SIGN_IN, 303)


@router.get(SIGN_IN)
async def how(request: Request) -> Response:
    """How to get a link."""
    return _page(request)


@router.get(f"{SIGN_IN}/{{token}}")
async def show(request: Request, token: str) -> Response:
    """Whom a link would sign in, with the button; messengers that fetch links use nothing up."""
    desk = desk_of(request)
    if _too_often(request):
        return _page(request, 429, problem=_TOO_OFTEN)
    officer = await desk.store.run(desk.store.store.people.link, hashed(token), desk.clock())
    return _page(request, officer=officer, token=token) if officer else _page(request, 410, problem=_ENDED)


@router.post(f"{SIGN_IN}/{{token}}")
async def enter(request: Request, token: str) -> Response:
    """Use the link up."""
    desk = desk_of(request)
    if not same_origin(request, desk.settings.public_url):
        return HTMLResponse("", 403)
    if _too_often(request):
        return _page(request, 429, problem=_TOO_OFTEN)
    agent = request.headers.get("user-agent", "")
    found = await desk.store.run(sign_in, desk.store.store.people, token, desk.clock(), agent)
    if found is None:
        return _page(request, 410, problem=_ENDED)
    response = RedirectResponse(f"{START}?da=vao", 303)
    keep_cookie(response, found[1], secure=(desk.settings.public_url or "").startswith("https://"))
    return response


@router.post(f"{HOME}/ra")
async def leave(visit: Anybody) -> Response:
    """Sign out."""
    await visit.store(visit.desk.store.store.people.end_session, visit.session.id)
    await visit.note("signed_out")
    response = RedirectResponse(SIGN_IN, 303)
    response.delete_cookie(COOKIE, path=HOME)
    return response


def _page(request: Request, status: int = 200, **values: Any) -> HTMLResponse:
    given = {"officer": "", "token": "", "problem": "", **values}
    return templates_of(request).TemplateResponse(request, "office/sign_in.html", given, status_code=status)


def _too_often(request: Request) -> bool:
    desk = desk_of(request)
    return bool(desk.limiter.wait(client_address(request, desk.settings.trusted_proxies)))
