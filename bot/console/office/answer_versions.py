"""The versions of one item: who wrote what when, how two of them differ, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ...content.notation import Names, shown
from ...content.syncing import FROM_FILES
from ...content.telling import moment_text
from ...content.words_diff import diff, shortened
from ...content.workspace import Snapshot, items_of
from ...store.content_protocols import Versions
from ...store.versions import Version
from .access import Anybody, Editor, Visit
from .answer_parts import (
    ANSWERS,
    ONE_GO,
    common,
    field,
    head_in,
    names_of,
    snapshot_of,
    subject,
    text_of,
    write,
    zone_of,
)

PER_PAGE = 40
PHRASES = "cau-mau"

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the list; `steps` is how many savings in one go it is the last of."""

    version: Version
    who: str
    at: str
    marks: tuple[str, ...]
    steps: int


@router.get(f"{ANSWERS}/{{intent}}/phien-ban")
async def versions(visit: Anybody, intent: str) -> HTMLResponse:
    """The list, and two versions word by word."""
    snapshot = await subject(visit, intent)
    return await _page(visit, snapshot, intent, visit.request.query_params.get("tep", ""))


async def _page(visit: Visit, snapshot: Snapshot, intent: str, kind: str, problem: str = "") -> HTMLResponse:
    store, item = visit.desk.store.store.versions, _item(intent, kind)
    history = await visit.store(store.history, item)
    lines = _lines(history, snapshot, item, zone_of(visit))
    asked = visit.request.query_params
    old, new = _chosen(history, snapshot, item, asked.get("cu", ""), asked.get("moi", ""))
    compared = await visit.store(_compared, store, old, new, names_of(snapshot))
    page = int(given) if (given := asked.get("trang", "1")).isdecimal() and 0 < len(given) < 6 else 1
    pages = max(1, -(-len(lines) // PER_PAGE))
    at = min(max(page, 1), pages)
    return visit.page(
        "answer_versions.html", 422 if problem else 200, **common(visit, snapshot, intent, item, "versions"),
        lines=lines[(at - 1) * PER_PAGE : at * PER_PAGE], old=old, new=new, compared=compared, at=at, pages=pages,
        kind=PHRASES if kind == PHRASES else "", problem=problem, head=head_in(snapshot, item).number,
    )  # fmt: skip


def _item(intent: str, kind: str) -> str:
    return items_of(intent)[0 if kind == PHRASES else 1]


def _lines(history: Sequence[Version], snapshot: Snapshot, item: str, zone: str) -> list[Line]:
    """Newest first; savings of one officer that follow each other within minutes are one line."""
    released, draft = snapshot.released.get(item), snapshot.drafts.get(item)
    kept = {each.version.id: name for each, name in ((draft, "bản nháp"),) if each}
    kept |= {released.id: "đang dùng"} if released else {}
    lines: list[Line] = []
    for version in history:
        newer = lines[-1].version if lines else None
        if newer and version.id not in kept and _one_go(version, newer):
            lines[-1] = Line(newer, lines[-1].who, lines[-1].at, lines[-1].marks, lines[-1].steps + 1)
            continue
        marks = (*([kept[version.id]] if version.id in kept else []), *(["xoá"] if version.digest is None else []))
        lines.append(Line(version, _name(version.author), moment_text(version.at, zone), marks, 1))
    return lines


def _one_go(version: Version, newer: Version) -> bool:
    # Notes are kept while they are typed, too.
    same = version.author == newer.author and newer.note.startswith(version.note)
    return same and newer.at - version.at < ONE_GO


def _name(author: str) -> str:
    return "thư mục nội dung" if author == FROM_FILES else author


def _chosen(
    history: Sequence[Version], snapshot: Snapshot, item: str, old: str, new: str
) -> tuple[Version | None, Version | None]:
    """The versions to compare: those asked for, else what is released and the newest."""
    by_id = {str(version.id): version for version in history}
    newest = history[0] if history else None
    before = by_id.get(old) or snapshot.released.get(item) or (history[1] if len(history) > 1 else newest)
    return before, by_id.get(new) or snapshot.version(item) or newest


def _compared(store: Versions, old: Version | None, new: Version | None, names: Names) -> tuple[Any, ...]:
    one, other = (shown(text_of(store.body(each.id)), names) if each else "" for each in (old, new))
    return () if one == other else shortened(diff(one, other), 30)


@router.post(f"{ANSWERS}/{{intent}}/phien-ban")
async def go_back(visit: Editor, intent: str) -> Response:
    """Take a version again as a draft, or drop the draft."""
    snapshot = await subject(visit, intent)
    form = await visit.request.form()
    kind = PHRASES if field(form, "tep") == PHRASES else ""
    do, _, number = field(form, "viec").partition(":")
    if do == "bo":
        return await _dropped(visit, snapshot, intent, kind, field(form, "base"))
    store, item = visit.desk.store.store.versions, _item(intent, kind)
    wanted = next((each for each in await visit.store(store.history, item) if str(each.id) == number), None)
    body = await visit.store(store.body, wanted.id) if wanted else None
    if wanted is None or body is None:
        return await _page(visit, snapshot, intent, kind, "Chọn một phiên bản trong danh sách để lấy lại.")
    kept = await write(visit, head_in(snapshot, item), text_of(body), f"lấy lại phiên bản {number}")
    if kept.state == "conflict":
        return await _page(visit, snapshot, intent, kind, f"{kept.author} vừa sửa mục này; xem lại rồi lấy lại sau.")
    return _back(intent, kind, "lay-lai" if kept.state != "unchanged" else "khong-doi")


async def _dropped(visit: Visit, snapshot: Snapshot, intent: str, kind: str, base: str) -> Response:
    """Drop the draft that the officer saw, and no newer one; of a subject that is new, both."""
    item, store = _item(intent, kind), visit.desk.store.store.versions
    draft = snapshot.drafts.get(item)
    if draft is None:
        return _back(intent, kind, "khong-doi")
    if str(draft.version.id) != base:
        return await _page(visit, snapshot, intent, kind, f"{draft.version.author} vừa sửa thêm; xem lại rồi hãy bỏ.")
    new = not any(each in snapshot.released for each in items_of(intent))
    items = [each for each in items_of(intent) if each in snapshot.drafts] if new else [item]
    await visit.store(store.discard, items)
    await visit.note("draft_dropped", ", ".join(items))
    await snapshot_of(visit)
    return visit.to(ANSWERS, "bo") if new else _back(intent, kind, "bo")


def _back(intent: str, kind: str, notice: str) -> RedirectResponse:
    tail = f"&tep={kind}" if kind else ""
    return RedirectResponse(f"{ANSWERS}/{intent}/phien-ban?da={notice}{tail}", 303)
