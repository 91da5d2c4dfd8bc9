"""How Loa runs: the pause, and for admins the queues and the settings in force."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from ...core.guide import Guide
from ...errors import PauseRefused
from ...health import queue_findings
from ...pausing import MOST_LETTERS, check_pause, pause, resume
from ...store.records import Role
from ..render import html
from .access import HOME, Anybody, Entered, Visit
from .setting_words import shown_settings

SETTINGS = f"{HOME}/cai-dat"
PAUSE = f"{SETTINGS}/tam-dung"
RESUME = f"{SETTINGS}/mo-lai"
# Who may silence Loa: whoever publishes, and whoever is on duty when something is wrong.
_HOLDERS: tuple[Role, ...] = ("approver", "duty")
Holder = Annotated[Visit, Depends(Entered(*_HOLDERS))]

router = APIRouter(include_in_schema=False)


@router.get(SETTINGS)
async def overview(visit: Anybody) -> Response:
    """Whether Loa answers, with the form to pause it or to answer again."""
    return await _page(visit)


async def _page(visit: Visit, reason: str = "", notice: str | None = None, problem: str = "") -> Response:
    admin = visit.may("admin")
    findings = list(queue_findings(await visit.store(visit.desk.store.store.upkeep.health, visit.now))) if admin else []
    return visit.page(
        "settings.html", 422 if problem else 200, may_hold=visit.may(*_HOLDERS), reason=reason,
        notice_text=_usual(visit) if notice is None else notice, most=MOST_LETTERS, findings=findings,
        settings=list(shown_settings(visit.desk.settings)) if admin else [], problem=problem, **_shown(visit),
    )  # fmt: skip


def _shown(visit: Visit) -> dict[str, Any]:
    """What residents read now, while Loa is paused."""
    reply = visit.desk.reception.paused()
    return {"said": html(reply.blocks) if reply else None}


def _guide(visit: Visit) -> Guide:
    return visit.desk.reception.guide


def _usual(visit: Visit) -> str:
    """The usual notice, as plain lines."""
    return "\n".join(block.text for block in _guide(visit).notice("paused").blocks)


def _own(visit: Visit, notice: str) -> str:
    """A notice that was written for this pause; empty for the usual one."""
    text = notice.strip().replace("\r\n", "\n")
    return "" if text == _usual(visit).strip() else text


@router.post(PAUSE)
async def hold(
    visit: Holder, reason: Annotated[str, Form()] = "", notice: Annotated[str, Form()] = "",
    confirmed: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Show what residents would get; stop answering once that is confirmed."""
    own = _own(visit, notice)
    try:
        check_pause(reason, own)
    except PauseRefused as error:
        return await _page(visit, reason, notice, error.what)
    if not confirmed:
        said = html(_guide(visit).paused(own, danger=False).blocks)
        return visit.page("pause.html", reason=reason, notice_text=notice, said=said)
    done = await visit.store(_hold, visit, reason, own)
    return visit.to(SETTINGS, "tam-dung" if done else "da-dung")


def _hold(visit: Visit, reason: str, notice: str) -> bool:
    """On the store thread, so that this process pauses between two turns and at once."""
    store, reception = visit.desk.store.store, visit.desk.reception
    done = pause(store, reason, notice, visit.officer, visit.now)
    reception.hold(store.pauses.current())
    return done


@router.post(RESUME)
async def answer_again(visit: Holder) -> Response:
    """Answer residents again."""
    ended = await visit.store(_resume, visit)
    return visit.to(SETTINGS, "mo-lai" if ended else "da-mo")


def _resume(visit: Visit) -> bool:
    store = visit.desk.store.store
    ended = resume(store, visit.officer, visit.now)
    visit.desk.reception.hold(store.pauses.current())
    return ended is not None
