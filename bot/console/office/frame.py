"""The frame of the report: who issues it, what it is about, how it begins and ends, and who gets it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.answer_checking import in_their_words
from ...content.drafting import Head, head
from ...content.frame_edits import (
    FRAME,
    LINES,
    VALUES,
    FrameFields,
    edited,
    frame_fields,
    frame_problems,
    in_words,
    save_frame,
)
from ...content.keyed import head_at
from ...content.notation import clause_name
from ...content.words_diff import Run, diff, shortened
from ...core.directives import Directive
from ...core.report_frame import BLANKS
from ...errors import ContentError, EditError, MergeConflict
from .access import HOME, Anybody, Editor, NotFound, Visit
from .answer_parts import snapshot_of, workspace_of
from .forms import Values, values_of
from .paging import number_of

FRAME_PAGE = f"{HOME}/so-lieu/khung"
_MOST = 3000
_AROUND = 12
_EMPTY = "Ô “{}” không được để trống."
_UNREADABLE = "Bản nháp của khung báo cáo đang hỏng, nên chưa sửa ở đây được. Anh/chị bỏ bản nháp đó ở trang Công bố."
_NO_FRAME = "Nội dung chưa có khung báo cáo. Anh/chị nhờ người quản máy chủ chép tệp mẫu vào thư mục nội dung."
TITLES = {
    "organ": "Cơ quan ban hành, mỗi dòng một tầng", "party": "Dòng bên phải đầu trang", "number": "Số, ký hiệu",
    "place": "Nơi viết (trước ngày tháng)", "kind": "Loại văn bản", "subject": "Về việc gì", "basis": "Căn cứ",
    "opening": "Đoạn mở đầu", "nothing": "Câu viết khi một bảng không có số liệu nào",
    "recipients": "Nơi nhận, mỗi nơi một dòng",
}  # fmt: skip

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Clash:
    """What somebody else saved first: `runs` lead from theirs to what was typed."""

    author: str
    runs: tuple[Run, ...]


@router.get(FRAME_PAGE)
async def show(visit: Anybody) -> Response:
    """The frame as it stands in the draft or is published."""
    now = await _now(visit)
    return await _page(visit, now, now.text)


@router.post(FRAME_PAGE)
async def keep(visit: Editor) -> Response:
    """Keep what was typed as a draft."""
    form = await values_of(visit.request)
    before = await visit.store(head_at, visit.desk.store.store.versions, FRAME, number_of(form.get("base")))
    typed = _typed(form)
    empty = [name for name in VALUES if not typed.values[name]]
    if empty:
        return await _page(visit, before, before.text, 422, fields=typed, problem=_EMPTY.format(TITLES[empty[0]]))
    try:
        versions = visit.desk.store.store.versions
        saved = await visit.store(save_frame, versions, before, typed.values, typed.lines, visit.officer, visit.now)
    except MergeConflict as clash:
        return await _clashed(visit, typed, clash)
    except (ContentError, EditError):
        return await _page(visit, before, before.text, 409, fields=typed, problem=_UNREADABLE)
    if saved is None:
        return visit.to(FRAME_PAGE, "khong-doi")
    await visit.note("frame_edited", FRAME)
    return visit.to(FRAME_PAGE, "gop" if saved.merged else "luu")


async def _now(visit: Visit) -> Head:
    now = await visit.store(head, visit.desk.store.store.versions, FRAME)
    if not now.text:
        raise NotFound(_NO_FRAME, f"{HOME}/so-lieu")
    return now


def _typed(form: Values) -> FrameFields:
    values = {name: " ".join(form.get(name, _MOST).split()) for name in VALUES}
    lines = {name: tuple(each for each in form.get(name, _MOST).splitlines() if each.strip()) for name in LINES}
    return FrameFields(values, lines)


async def _clashed(visit: Visit, typed: FrameFields, clash: MergeConflict) -> Response:
    now = await _now(visit)
    runs = shortened(diff(in_words(now.text), in_words(edited(now.text, typed.values, typed.lines))), _AROUND)
    return await _page(visit, now, now.text, 409, fields=typed, clash=_Clash(clash.author, runs))


async def _page(visit: Visit, now: Head, text: str, status: int = 200, **given: Any) -> Response:
    directives = await asyncio.to_thread(workspace_of(visit).directives, await snapshot_of(visit))
    standing = frame_fields(text)
    typed = replace(given.pop("fields", standing), rest=standing.rest)
    found = [(in_their_words(in_words(each.what)), in_their_words(in_words(each.mend)))
             for each in frame_problems(text, directives)]  # fmt: skip
    values: dict[str, Any] = {
        "fields": typed, "base": now.number, "titles": TITLES, "found": found,
        "clauses": _clauses(directives, typed.values["basis"]), "clash": None, "may_edit": visit.may("editor"),
        "marks": [f"«điền: {words}»" for words in BLANKS.values()], "drafted": await visit.store(_drafted, visit),
    }  # fmt: skip
    return visit.page("frame.html", status, **{**values, **given})


def _drafted(visit: Visit) -> str:
    """Who drafted the frame last, "" for nobody."""
    drafts = visit.desk.store.store.versions.drafts()
    return next((each.version.author for each in drafts if each.item == FRAME), "")


def _clauses(directives: Mapping[str, Directive], chosen: str) -> list[tuple[str, str]]:
    """The clauses that may ask for the report; the chosen one also where it is none of them."""
    known = [clause.id for each in directives.values() for clause in each.clauses][:400]
    return [(each, clause_name(each)) for each in ([] if chosen in known else [chosen]) + known]
