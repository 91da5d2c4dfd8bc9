"""Questions that were not answered: in groups, most asked first, each settled at one stroke."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from ...content.phrase_drafts import (
    MOST_LETTERS,
    Place,
    phrase_faults,
    phrases_in,
    unknown,
)
from ...content.unanswered import Group
from ...core.context import Context
from ...core.guide import Guide
from ...core.reply import Outcome
from ...errors import ContentError, EditError
from ...store.records import Settling
from ..render import html
from .access import HOME, Editor, Visit
from .unanswered_board import Trial, board_of
from .unanswered_steps import LIST, REFRESH, TRIALS, detail, noted, settle, words

NEW_SUBJECT = f"{HOME}/tra-loi/moi"
_PER_PAGE = 20
_SHOWN_PHRASES = 5
_NEW_PHRASES, _NEW_LETTERS = 5, 200
_NO_PHRASE = "Chưa có câu mẫu nào. Anh/chị giữ lại ít nhất một dòng trong ô câu mẫu."
_NO_CHOICE = "Anh/chị chọn câu này là gì, và thuộc chủ đề hay loại nào."
_NO_FILE = "Tệp của chủ đề này không đọc được. Anh/chị mở trang Câu trả lời, sửa bản nháp rồi thử lại."

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer chose and typed about a group."""

    what: str = ""
    subject: str = ""
    kind: str = ""
    phrases: str = ""


# The list


@router.get(LIST)
async def show_all(visit: Editor, trang: Annotated[str, Query()] = "1") -> Response:
    """The groups, a page at a time."""
    await noted(visit)
    groups, fresh = await board_of(visit.request).look(visit.desk)
    pages = max(1, -(-len(groups.groups) // _PER_PAGE))
    page = min(max(1, int(trang) if trang.isdecimal() and len(trang) < 6 else 1), pages)
    shown = groups.groups[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    answered = await asyncio.to_thread(_answered_now, visit.desk.reception.guide, shown, visit)
    response = visit.page(
        "unanswered.html", found=groups, groups=shown, answered=answered, page=page, pages=pages, fresh=fresh,
        **words(visit),
    )  # fmt: skip
    if not fresh and not groups.groups:
        response.headers["Refresh"] = REFRESH
    return response


def _answered_now(guide: Guide, groups: Sequence[Group], visit: Visit) -> Mapping[int, str]:
    """Of groups that are answered by now, the subject."""
    found = {}
    for group in groups:
        reply = guide.answer(group.wordings[0].text, Context(), visit.now).reply
        if reply.outcome is Outcome.ANSWERED and reply.answered:
            found[group.id] = reply.answered[0]
    return found


# One group


@router.get(f"{LIST}/{{group}}")
async def show_one(
    visit: Editor, group: str, viec: Annotated[str, Query()] = "", chu_de: Annotated[str, Query(alias="chu-de")] = "",
    lan: Annotated[str, Query()] = "",
) -> Response:  # fmt: skip
    """One group with all its wordings, and the form that settles it."""
    found = await _group(visit, group)
    if found is None:
        return visit.to(LIST, "nhom-het")
    before = board_of(visit.request).trials.get(lan)
    guide = visit.desk.reception.guide
    typed = _typed_before(before) if before else await asyncio.to_thread(_proposed, guide, found, viec, chu_de)
    return await _form(visit, found, typed)


def _typed_before(trial: Trial) -> Typed:
    place, phrases = trial.place, "\n".join(trial.phrases)
    return Typed("ngoai", "", place.name, phrases) if place.outside else Typed("mau", place.name, "", phrases)


def _proposed(guide: Guide, group: Group, what: str, subject: str) -> Typed:
    """The likeliest subject, and the commonest wordings that are short enough and new to the content."""
    likely = group.likely[0].intent if group.likely else ""
    short = (each.text for each in group.wordings if len(each.text) <= MOST_LETTERS)
    phrases = "\n".join(islice(unknown(short, guide), _SHOWN_PHRASES))
    return Typed(what or "mau", subject or likely, "", phrases)


async def _group(visit: Visit, name: str) -> Group | None:
    await noted(visit)
    return await board_of(visit.request).find(visit.desk, int(name)) if name.isdecimal() and len(name) < 16 else None


async def _form(visit: Visit, group: Group, typed: Typed, problems: Sequence[str] = ()) -> Response:
    guide = visit.desk.reception.guide
    kinds = visit.desk.reception.guide.catalogue.out_of_scope_titles
    answered = (await asyncio.to_thread(_answered_now, guide, [group], visit)).get(group.id, "")
    topics: dict[str, list[tuple[str, str]]] = {}
    for intent in guide.catalogue.topics():
        topics.setdefault(intent.group, []).append((intent.id, intent.title))
    return visit.page(
        "unanswered_group.html", 422 if problems else 200, group=group, typed=typed, problems=problems, topics=topics,
        answered=answered, answer=_answer(visit, answered), kinds=kinds,
        **words(visit),
    )  # fmt: skip


def _answer(visit: Visit, subject: str) -> str:
    """What is answered to a subject today, "" for none."""
    return html(visit.desk.reception.guide.about((subject,), visit.now).blocks) if subject else ""


@router.post(f"{LIST}/{{group}}")
async def decide(
    visit: Editor, group: str, viec: Text = "", chu_de: Text = "", loai: Text = "", cau: Text = ""
) -> Response:  # fmt: skip
    """Try out what was chosen, or go on to a new subject."""
    found = await _group(visit, group)
    if found is None:
        return visit.to(LIST, "nhom-het")
    typed, phrases = Typed(viec, chu_de, loai, cau), phrases_in(cau)
    if viec == "moi":
        return await _to_new_subject(visit, found, phrases)
    place = await _chosen(visit, typed)
    if place is None:
        return await _form(visit, found, typed, [_NO_CHOICE])
    guide = visit.desk.reception.guide
    faults = await asyncio.to_thread(lambda: list(phrase_faults(phrases, place, guide)))
    if faults or not phrases:
        return await _form(visit, found, typed, faults or [_NO_PHRASE])
    try:
        trial = await board_of(visit.request).begin(visit, found, place, phrases)
    except (EditError, ContentError):
        return await _form(visit, found, typed, [_NO_FILE])
    return visit.to(f"{TRIALS}/{trial.id}")


async def _chosen(visit: Visit, typed: Typed) -> Place | None:
    if typed.what == "mau" and any(typed.subject == each.id for each in visit.desk.reception.guide.catalogue.topics()):
        return Place(typed.subject)
    kinds = visit.desk.reception.guide.catalogue.out_of_scope_titles
    return Place(typed.kind, outside=True) if typed.what == "ngoai" and typed.kind in kinds else None


async def _to_new_subject(visit: Visit, group: Group, phrases: Sequence[str]) -> Response:
    """Settle the group and begin a subject with its phrases."""
    settled = await visit.store(settle, visit, group, "subject", "", phrases)
    if settled is None:
        return visit.to(LIST, "nguoi-khac")
    await visit.note("unanswered_settled", "", detail(settled))
    fields = [("cau", text[:_NEW_LETTERS]) for text in phrases[:_NEW_PHRASES]]
    return RedirectResponse(f"{NEW_SUBJECT}?{urlencode(fields)}", 303)


@router.post(f"{LIST}/{{group}}/bo-qua")
async def ignore(visit: Editor, group: str) -> Response:
    """Put a group away without more ado."""
    return await _settled_at_once(visit, group, "ignored", "", "bo-qua")


@router.post(f"{LIST}/{{group}}/da-tra-loi")
async def answered(visit: Editor, group: str, chu_de: Text = "") -> Response:
    """Say that a subject answers a group by now, so that who asked is told."""
    if chu_de not in visit.desk.reception.guide.catalogue.intents:
        return visit.to(LIST, "nhom-het")
    return await _settled_at_once(visit, group, "example", chu_de, "bao-lai")


async def _settled_at_once(visit: Visit, name: str, kind: Settling, subject: str, notice: str) -> Response:
    group = await _group(visit, name)
    if group is None:
        return visit.to(LIST, "nhom-het")
    settled = await visit.store(settle, visit, group, kind, subject)
    if settled is None:
        return visit.to(LIST, "nguoi-khac")
    await visit.note("unanswered_settled", subject, detail(settled))
    return visit.to(LIST, notice)
