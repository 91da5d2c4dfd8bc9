"""The web application put together: routes, headers, limits, and errors that say how to mend them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from jinja2 import StrictUndefined
from starlette.exceptions import HTTPException

from .. import __version__
from ..content.approving import PATH
from . import api, approvals, chat
from .api import Fault
from .desk import Desk
from .limits import BodyLimit, OnlyUtf8
from .office.access import HOME, SIGN_IN
from .office.app import LARGER, failed, install, no_page
from .render import html

log = logging.getLogger("loa.web")
_HERE = Path(__file__).parent
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
_DOORS = (f"{SIGN_IN}/", f"{PATH}/")
_FAULTS = {
    "missing": ("a field is missing", "send this field"),
    "extra_forbidden": ("an unknown field", "leave this field out"),
    "json_invalid": ("the body is not valid JSON", "send a JSON object such as {\"text\": \"5K là gì\"}"),
    "string_too_short": ("the text is empty", "send at least one character"),
    "string_too_long": ("the text is too long", f"send at most {api.MAX_LETTERS} characters"),
    "string_unicode": ("the text is not valid Unicode", "send whole characters, no half surrogate pairs"),
    "string_type": ("not a text", "send a JSON string"),
    "string_pattern_mismatch": ("not of the expected form", "see /api/openapi.json for the pattern"),
    "model_attributes_type": ("the body is not a JSON object", "send Content-Type: application/json and an object"),
}  # fmt: skip


def create_app(desk: Desk, *, office_only: bool = False) -> FastAPI:
    """The application over one desk, all of it or the officers' pages. Its documentation comes from this server too."""
    app = FastAPI(
        title="Loa", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        description="Answers residents from the directives their province has really issued.",
        redirect_slashes=False,  # it would send people to whatever Host the request named
    )  # fmt: skip
    templates = _pages()
    app.include_router(api.health_routes(desk))
    if not office_only:
        app.include_router(api.routes(desk))
        app.include_router(chat.routes(desk, templates))
    app.include_router(approvals.routes(desk, templates))
    app.state.desk, app.state.templates = desk, templates
    install(app)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.add_middleware(OnlyUtf8)
    app.add_middleware(BodyLimit, most=128 * 1024, larger=LARGER)
    app.middleware("http")(_with_headers)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _Failed(desk))

    @app.get("/api/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return templates.TemplateResponse(request, "api_docs.html", {"api": app.openapi()})

    return app


@cache
def _pages() -> Jinja2Templates:
    """The templates, read and compiled once in a process, whichever application shows them."""
    templates = Jinja2Templates(_HERE / "pages")
    templates.env.undefined = StrictUndefined
    return templates


async def _with_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith("/static/"):
        response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _place(request: Request) -> str:
    """The path as logs may hold it: what stands behind a link that opens a door is a secret until it is used."""
    door = next((each for each in _DOORS if request.url.path.startswith(each)), None)
    return f"{door}…" if door else request.url.path


async def _bad_request(request: Request, error: Exception) -> Response:
    """What is wrong with a body, where, and how to mend it; never the value that was sent."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for this class)
    first: dict[str, Any] = error.errors()[0]
    what, mend = _FAULTS.get(first["type"], ("not usable", "see /api/openapi.json"))
    where = ".".join(str(part) for part in first["loc"] if isinstance(part, str))
    status = 400 if first["type"] == "json_invalid" else 422
    log.info("bad request", extra={"path": _place(request), "where": where, "why": first["type"]})
    return JSONResponse(Fault(error=what, where=where, mend=mend).model_dump(), status)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for this class)
    path = request.url.path
    if error.status_code == 404 and request.method == "GET" and path.endswith("/"):
        return RedirectResponse("/" + path.strip("/"), 307)  # with one slash in front, it stays on this server
    if error.status_code in (404, 405) and path.startswith(f"{HOME}/"):
        return await no_page(request)
    mend = 'send UTF-8 JSON such as {"text": "5K là gì"}' if error.status_code == 400 else "see /api/docs"
    fault = Fault(error=str(error.detail).lower(), where=path, mend=mend)
    return JSONResponse(fault.model_dump(), error.status_code, headers=error.headers)


class _Failed:
    """The last edge: log the kind of error, answer politely, never a stack trace."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def __call__(self, request: Request, error: Exception) -> Response:
        log.error("request failed", extra={"path": _place(request), "error": type(error).__name__})
        if request.url.path.startswith("/api/"):
            return JSONResponse(
                Fault(error="internal error", mend="try again later").model_dump(), 500, headers=_HEADERS
            )
        if request.url.path.startswith(f"{HOME}/"):
            page = await failed(request, error)
            page.headers.update(_HEADERS)
            return page
        return HTMLResponse(html(self._desk.reception.guide.notice("error").blocks), 500, headers=_HEADERS)
