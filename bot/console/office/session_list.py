"""Sessions as pages show them, and ending one."""

from __future__ import annotations

from dataclasses import dataclass

from ...officers import lasts
from ...store.records import OfficerSession
from .access import Visit
from .browsers import browser_of


@dataclass(frozen=True, slots=True)
class ShownSession:
    """A session as a line; `own` is the one that looks at it."""

    id: str
    officer: str
    browser: str
    made: str
    seen: str
    own: bool


async def open_sessions(visit: Visit, officer: str = "") -> list[ShownSession]:
    """The sessions that still last, of one officer where he is named, the one used last first."""
    people = visit.desk.store.store.people
    found = await visit.store(people.sessions)
    return [_shown(visit, each) for each in found if lasts(each, visit.now) and officer in ("", each.officer)]


def _shown(visit: Visit, session: OfficerSession) -> ShownSession:
    return ShownSession(
        session.id, session.officer, browser_of(session.agent), visit.local(session.made_at),
        visit.local(session.seen_at), session.id == visit.session.id,
    )  # fmt: skip


async def end(visit: Visit, session: ShownSession) -> None:
    """End a session, and note it."""
    await visit.store(visit.desk.store.store.people.end_session, session.id)
    await visit.note("session_ended", session.officer, session.browser)
