"""Who may open which page, and that a change came from our own page.

Every route of the office depends on an `Entered`: it finds the session, holds it to roles, and holds a change to the
form token of that session and to our own origin. A route without one fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from ...content.telling import moment_text
from ...officers import SESSION_ENDS, form_token_fits, may, session_of
from ...store.records import Deed, OfficerSession, Role
from ..clients import same_origin
from ..desk import Desk
from .notices import NOTICES

COOKIE = "loa_can_bo"
HOME = "/can-bo"
SIGN_IN = f"{HOME}/vao"
FORM_TOKEN, FORM_HEADER = "form_token", "x-loa-form"

P = ParamSpec("P")
T = TypeVar("T")


class NotEntered(Exception):
    """Nobody is signed in; leads to the sign-in page."""


class Refused(Exception):
    """Signed in, but not for this; `why` is a sentence for the officer, `back` where he goes on from."""

    def __init__(self, why: str, back: str = HOME) -> None:
        super().__init__(why)
        self.why = why
        self.back = back


class NotFound(Refused):
    """What an address names is not there; `why` says what to do instead."""


class Instead(Exception):
    """A route cannot go on; `page` is shown instead, from wherever that is found."""

    def __init__(self, page: Response) -> None:
        super().__init__(page.status_code)
        self.page = page


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of an officer who may make it."""

    request: Request
    desk: Desk
    session: OfficerSession
    templates: Jinja2Templates

    @property
    def officer(self) -> str:
        """The name of the officer."""
        return self.session.officer

    @property
    def now(self) -> datetime:
        """The moment of the request."""
        return self.desk.clock()

    def may(self, *roles: Role) -> bool:
        """Whether the officer has one of these roles."""
        return may(self.session, *roles)

    @property
    def zone(self) -> str:
        """The time zone of the pack."""
        return self.desk.reception.guide.catalogue.pack.timezone

    def local(self, moment: datetime) -> str:
        """A moment as officers read it."""
        return moment_text(moment, self.zone)

    @property
    def today(self) -> date:
        """The day in the province."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def _pause(self) -> Mapping[str, str] | None:
        """What the banner says while Loa is paused."""
        pause = self.desk.reception.pause
        return {"since": self.local(pause.since), "by": pause.officer, "reason": pause.reason} if pause else None

    async def store(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run something on the store thread."""
        return await self.desk.store.run(work, *args, **kwargs)

    def page(self, name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
        """A page of `pages/office/`, with what every page needs.

        `notice` in the address names a sentence of `notices.py`; anything else there is not shown.
        """
        notice = NOTICES.get(self.request.query_params.get("da", ""), "")
        shared: Mapping[str, Any] = {
            "session": self.session, "form_token": self.session.form_token, "path": self.request.url.path,
            "may": self.may, "notice": notice, "problem": "", "pause": self._pause(),
        }  # fmt: skip
        return self.templates.TemplateResponse(self.request, f"office/{name}", {**shared, **values}, status_code=status)

    def missing(self, what: str, back: str, back_words: str) -> Instead:
        """To raise where there is nothing of a name in an address: a page that says so, and leads on."""
        return Instead(self.page("missing.html", 404, what=what, back=back, back_words=back_words))

    def to(self, path: str, notice: str = "") -> RedirectResponse:
        """Go on to another page of the office, with a notice of `notices.py`."""
        return RedirectResponse(f"{path}?da={notice}" if notice else path, 303)

    async def note(self, action: str, subject: str = "", detail: str = "") -> None:
        """Add to the trail what the officer did."""
        people = self.desk.store.store.people
        await self.store(people.note, Deed(self.now, self.officer, action, subject, detail))


class Entered:
    """A dependency: the visit of an officer who has one of `roles`; without roles, of any officer."""

    def __init__(self, *roles: Role) -> None:
        self.roles = roles

    async def __call__(self, request: Request) -> Visit:
        """The visit. Raises NotEntered or Refused, which `install` turns into pages."""
        desk = desk_of(request)
        session = await current_session(desk, request)
        if session is None:
            raise NotEntered
        if not may(session, *self.roles):
            raise Refused("Việc này cần quyền khác. Anh/chị nhờ quản trị cấp quyền, hoặc nhờ người có quyền làm giúp.")
        if request.method not in ("GET", "HEAD") and not await _from_our_page(desk, request, session):
            await request.close()  # a file that came with it is let go
            raise Refused(
                "Trang này đã cũ hoặc mở từ nơi khác. Anh/chị tải lại trang rồi làm lại; chưa có gì thay đổi."
            )
        return Visit(request, desk, session, templates_of(request))


# What a route says of who may use it: `visit: Editor`.
Anybody = Annotated[Visit, Depends(Entered())]
Editor = Annotated[Visit, Depends(Entered("editor"))]
EditorOrApprover = Annotated[Visit, Depends(Entered("editor", "approver"))]
Approver = Annotated[Visit, Depends(Entered("approver"))]
DutyOfficer = Annotated[Visit, Depends(Entered("duty"))]
Admin = Annotated[Visit, Depends(Entered("admin"))]


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


def templates_of(request: Request) -> Jinja2Templates:
    """The pages of the application."""
    templates: Jinja2Templates = request.app.state.templates
    return templates


async def current_session(desk: Desk, request: Request) -> OfficerSession | None:
    """Who is signed in, None if nobody is."""
    people = desk.store.store.people
    return await desk.store.run(session_of, people, request.cookies.get(COOKIE, ""), desk.clock())


async def _from_our_page(desk: Desk, request: Request, session: OfficerSession) -> bool:
    if not same_origin(request, desk.settings.public_url):
        return False
    given = request.headers.get(FORM_HEADER) or (await request.form()).get(FORM_TOKEN) or ""
    return isinstance(given, str) and form_token_fits(session, given)


def keep_cookie(response: Response, cookie: str, *, secure: bool) -> None:
    """Set the cookie of a session, which the store ends; Lax, since links from Telegram should find it again."""
    seconds = int(SESSION_ENDS.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=seconds, httponly=True, samesite="lax", secure=secure, path=HOME)
