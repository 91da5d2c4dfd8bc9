"""An officer's own page: roles, sessions, and how to tie Telegram."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ...officers import LINK_LASTS, ROLE_WORDS, ROLES, make_link
from .access import HOME, Anybody, Visit
from .people import ROLE_MEANS
from .session_list import end, open_sessions

ME = f"{HOME}/toi"
_MINUTES = round(LINK_LASTS.total_seconds() / 60)

router = APIRouter(include_in_schema=False)


@router.get(ME)
async def own(visit: Anybody) -> Response:
    """Who one is here."""
    return await _page(visit)


async def _page(visit: Visit, line: str = "") -> Response:
    officer = await visit.store(visit.desk.store.store.people.officer, visit.officer)
    name = visit.desk.telegram_name()
    return visit.page(
        "me.html", roles=[(ROLE_WORDS[role], ROLE_MEANS[role]) for role in ROLES if role in visit.session.roles],
        sessions=await open_sessions(visit, visit.officer), tied=bool(officer and officer.ref), line=line,
        minutes=_MINUTES, telegram_name=name or "",
    )  # fmt: skip


@router.post(f"{ME}/telegram")
async def tie(visit: Anybody) -> Response:
    """Make the line that ties one's Telegram; it is shown on this page only."""
    token = await visit.store(make_link, visit.desk.store.store.people, visit.officer, visit.now)
    await visit.note("chat_line_made", visit.officer)
    return await _page(visit, f"/console {token}")


@router.post(f"{ME}/go-telegram")
async def untie(visit: Anybody) -> Response:
    """Untie one's Telegram."""
    await visit.store(visit.desk.store.store.people.tie, visit.officer, "")
    await visit.note("chat_untied", visit.officer)
    return visit.to(ME, "go-telegram")


@router.post(f"{ME}/phien/{{session}}/ra")
async def leave(visit: Anybody, session: str) -> Response:
    """End a session of one's own; those of others are none of it."""
    found = next((each for each in await open_sessions(visit, visit.officer) if each.id == session), None)
    if found:
        await end(visit, found)
    return visit.to(ME, "phien" if found else "khong-doi")
