"""A question to try on the drafts: what Loa would answer, and why."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ...content.answer_checking import Finding, in_their_words
from ...content.subjects import title_of
from ...content.workspace import Snapshot, items_of
from ...core.catalogue import Catalogue
from ...core.context import Context
from ...core.vietnamese import clean
from ...errors import ContentError, Problem
from ...explained import explained_lines
from .access import Anybody, Visit
from .answer_editing import preview
from .answer_parts import ANSWERS, common, field, subject, workspace_of

_LONGEST_QUESTION = 1500
_SHOWN_PROBLEMS = 8

router = APIRouter(include_in_schema=False)


@router.get(f"{ANSWERS}/{{intent}}/hoi-thu")
async def trial(visit: Anybody, intent: str) -> HTMLResponse:
    """The box for a question."""
    snapshot = await subject(visit, intent)
    _begin(visit, snapshot, intent)
    return visit.page("answer_try.html", **common(visit, snapshot, intent, items_of(intent)[1], "try"), **_nothing())


_begun: set[asyncio.Task[None]] = set()


def _begin(visit: Visit, snapshot: Snapshot, intent: str) -> None:
    """Read the drafts while the officer still types the question."""

    def read() -> None:
        with suppress(ContentError):  # told when the question comes
            workspace_of(visit).guide(snapshot, visit.desk.reception.guide, intent)

    task = asyncio.create_task(asyncio.to_thread(read))
    _begun.add(task)
    task.add_done_callback(_begun.discard)


def _nothing(question: str = "") -> dict[str, Any]:
    return {"question": question, "tried": False, "bubble": None, "keys": [], "lines": (), "right": False,
            "findings": (), "problem": ""}  # fmt: skip


@router.post(f"{ANSWERS}/{{intent}}/hoi-thu")
async def ask(visit: Anybody, intent: str) -> HTMLResponse:
    """The answer that the drafts give, and why."""
    snapshot = await subject(visit, intent)
    question = clean(field(await visit.request.form(), "cau_hoi"))[:_LONGEST_QUESTION]
    given = _nothing(question) | (
        await asyncio.to_thread(_tried, visit, snapshot, intent, question)
        if question
        else {"problem": "Viết một câu hỏi như bà con sẽ gõ, rồi bấm “Hỏi thử”."}
    )
    part = "x-loa-part" in visit.request.headers
    name = "answer_try_part.html" if part else "answer_try.html"
    return visit.page(name, **common(visit, snapshot, intent, items_of(intent)[1], "try"), **given)


_FILE = re.compile(r"(?P<named>, tệp |tệp )?intents/(?P<id>\w+)\.yaml")
_FILES = {"_out_of_scope": "phần ngoài phạm vi", "_danger": "phần dấu hiệu nguy hiểm"}


def _plainly(line: str, catalogue: Catalogue) -> str:
    """A line of the explanation without names of files: officers see pages."""

    def page(found: re.Match[str]) -> str:
        intent = catalogue.intents.get(found["id"])
        if found["named"] == ", tệp ":
            return ""
        return f"trang Câu mẫu của “{intent.title}”" if intent else _FILES.get(found["id"], "trang Câu mẫu")

    return _FILE.sub(page, line.strip()).replace("tệp của chủ đề ấy trong intents/", "trang Câu mẫu của chủ đề ấy")


def _where(file: str, snapshot: Snapshot) -> str:
    """The page on which a file is edited."""
    path = PurePosixPath(file)
    if path.stem.startswith("_") or path.parts[0] == "data":
        return file
    return f"{'Câu mẫu' if path.parts[0] == 'intents' else 'Câu trả lời'} của “{title_of(snapshot, path.stem)}”"


def _tried(visit: Visit, snapshot: Snapshot, intent: str, question: str) -> dict[str, Any]:
    try:
        guide = workspace_of(visit).guide(snapshot, visit.desk.reception.guide, intent)
    except ContentError as error:
        return {"tried": True, "findings": _told(error.problems, snapshot)}
    turn = guide.answer(question, Context(), visit.now)
    return {
        "tried": True, "bubble": preview(turn.reply.blocks), "right": intent in turn.reply.answered,
        "keys": [[button.label for button in row] for row in turn.reply.buttons],
        "lines": tuple(_plainly(line, guide.catalogue) for line in explained_lines(guide, question, turn)),
    }  # fmt: skip


def _told(problems: Sequence[Problem], snapshot: Snapshot) -> list[Finding]:
    """The first few problems, each with the page on which it is mended."""
    return [
        Finding(None, f"{_where(each.file, snapshot)}: {in_their_words(each.what)}", in_their_words(each.mend), False)
        for each in problems[:_SHOWN_PROBLEMS]
    ]
