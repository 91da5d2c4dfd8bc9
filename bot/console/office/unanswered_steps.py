"""What the pages of unanswered questions do alike: name things, note that they were looked at, settle a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...content.impact_words import number
from ...content.telling import moment_text
from ...content.trying import titles_of
from ...content.unanswered import Group
from ...store.records import Settlement, Settling
from .access import HOME, Visit
from .unanswered_board import board_of

LIST = f"{HOME}/chua-dap"
SETTLED = f"{LIST}/da-xu-ly"
TRIALS = f"{LIST}/thu"
# Seconds after which a page comes again that shows what is under way.
REFRESH = "2"
_CHANNELS = {"telegram": "Telegram", "web": "trang web", "api": "chương trình khác"}
_KINDS = {"example": "câu mẫu", "subject": "chủ đề mới", "outside": "ngoài phạm vi", "ignored": "bỏ qua"}


async def noted(visit: Visit) -> None:
    """Note once in a session that residents' words were looked at."""
    if board_of(visit.request).sees_first(visit.session.id):
        await visit.note("unanswered_viewed")


def words(visit: Visit) -> Mapping[str, Any]:
    """What the templates need to name subjects, channels and moments."""
    guide = visit.desk.reception.guide
    zone = guide.catalogue.pack.timezone
    return {
        "titles": titles_of(guide), "channels": _CHANNELS, "moment": lambda at: moment_text(at, zone),
        "number": number, "percent": lambda score: f"{100 * score:.0f} %",
    }  # fmt: skip


def settle(
    visit: Visit, group: Group, kind: Settling, subject: str = "", phrases: Sequence[str] = ()
) -> Settlement | None:
    """Settle a group, on the store thread; None where somebody else did so before."""
    board_of(visit.request).settled(group)
    store = visit.desk.store.store
    current = store.versions.current()
    release = current.number if current else 0
    made = Settlement(visit.now, visit.officer, kind, subject, tuple(phrases), release)
    return store.questions.settle(group.questions, made)


def detail(settled: Settlement) -> str:
    """What the trail says of a settlement."""
    return f"{_KINDS[settled.kind]}, {settled.questions} câu"
