"""The officers' pages put together."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from . import signing_in, unanswered
from .access import HOME, SIGN_IN, NotEntered, Refused, templates_of

_ROUTERS = (signing_in.router, unanswered.router)
# Paths that take files, and how much they take.
LARGER = {f"{HOME}/van-ban/moi": 25_000_000, f"{HOME}/bang": 25_000_000}
# The script of a page asks for a part of it and wants a sentence instead of another page.
_PART = "x-loa-part"
_LEFT = "Anh/chị đã ra. Mở trang cán bộ trong một thẻ khác, vào lại, rồi bấm lưu ở đây."


def install(app: FastAPI) -> None:
    """Add the officers' pages to an application whose state has a `desk` and `templates`."""
    for router in _ROUTERS:
        app.include_router(router)
    app.add_exception_handler(NotEntered, _not_entered)
    app.add_exception_handler(Refused, _refused)


async def _not_entered(request: Request, _: Exception) -> Response:
    if _PART in request.headers:
        return JSONResponse({"problem": _LEFT}, 401)
    return RedirectResponse(SIGN_IN, 303)


async def _refused(request: Request, error: Exception) -> Response:
    why = error.why if isinstance(error, Refused) else ""
    if _PART in request.headers:
        return JSONResponse({"problem": why}, 403)
    return templates_of(request).TemplateResponse(request, "office/refused.html", {"why": why}, status_code=403)
