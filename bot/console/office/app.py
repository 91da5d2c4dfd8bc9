"""The officers' pages put together."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from ...core.days import as_typed
from ...core.old_answers import readable
from ...errors import StoreError
from . import (
    answer_editing,
    answer_phrases,
    answer_pressing,
    answer_trying,
    answer_versions,
    answers,
    checks,
    directives,
    facts,
    figures,
    frame,
    going_out,
    me,
    people,
    publishing,
    releases,
    running,
    sentences,
    sheets,
    signing_in,
    trail,
    unanswered,
    unanswered_settled,
    unanswered_trials,
    uploads,
    work,
)
from .access import HOME, SIGN_IN, Instead, NotEntered, NotFound, Refused, templates_of
from .jobs import Jobs
from .turns import Turns

_ROUTERS = (
    signing_in.router,
    directives.router,
    uploads.router,
    work.router,
    facts.router,
    sentences.router,
    running.router,
    people.router,
    me.router,
    trail.router,
    answers.router,
    answer_phrases.router,
    answer_versions.router,
    answer_trying.router,
    answer_editing.router,
    answer_pressing.router,
    publishing.router,
    checks.router,
    going_out.router,
    releases.router,
    sheets.router,
    figures.router,
    frame.router,
    # Before the groups, whose addresses are numbers in the same place.
    unanswered_settled.router,
    unanswered_trials.router,
    unanswered.router,
)
# Paths that take files, and how much they take.
LARGER = {f"{HOME}/van-ban/moi": 25_000_000, f"{HOME}/van-ban/sua": 25_000_000, f"{HOME}/bang": 12_500_000}
# The script of a page asks for a part of it and wants a sentence instead of another page.
_PART = "x-loa-part"
_LEFT = "Anh/chị đã ra. Mở trang cán bộ trong một thẻ khác, vào lại, rồi bấm lưu ở đây."

_AGAIN = "Anh/chị đợi ít phút rồi làm lại; nếu vẫn vậy thì báo người quản máy chủ."
_FAILED = f"Trang này vừa gặp trục trặc, việc vừa bấm chưa chắc đã xong. {_AGAIN}"
_STORE_FAILED = (
    "Kho dữ liệu lúc này không đọc hoặc không ghi được (đĩa đầy, hoặc đang bận), nên việc vừa bấm chưa được lưu. "
    f"{_AGAIN} Chữ đã gõ còn trong trang trước."
)


def install(app: FastAPI) -> None:
    """Add the officers' pages to an application whose state has a `desk` and `templates`."""
    templates: Jinja2Templates = app.state.templates
    templates.env.filters["day"] = readable
    templates.env.filters["as_typed"] = as_typed
    for router in _ROUTERS:
        app.include_router(router)
    app.state.jobs, app.state.turns = Jobs(), Turns()
    app.add_exception_handler(NotEntered, _not_entered)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Instead, _instead)


async def failed(request: Request, error: Exception) -> Response:
    """What an officer sees when a page failed: whether the store did, and that nothing was half done."""
    status, why = (503, _STORE_FAILED) if isinstance(error, StoreError) else (500, _FAILED)
    if _PART in request.headers:
        return JSONResponse({"problem": why}, status)
    values = {"why": why, "back": HOME}
    return templates_of(request).TemplateResponse(request, "office/refused.html", values, status_code=status)


async def _not_entered(request: Request, _: Exception) -> Response:
    if _PART in request.headers:
        return JSONResponse({"problem": _LEFT}, 401)
    return RedirectResponse(SIGN_IN, 303)


async def _instead(_: Request, error: Exception) -> Response:
    assert isinstance(error, Instead)  # noqa: S101 (installed for nothing else)
    return error.page


async def _refused(request: Request, error: Exception) -> Response:
    why, back = (error.why, error.back) if isinstance(error, Refused) else ("", HOME)
    status = 404 if isinstance(error, NotFound) else 403
    if _PART in request.headers:
        return JSONResponse({"problem": why}, status)
    values = {"why": why, "back": back}
    return templates_of(request).TemplateResponse(request, "office/refused.html", values, status_code=status)
