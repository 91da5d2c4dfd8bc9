"""The directives: all of them with what became of each, words looked up in their clauses, and one of them to read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from ...content.agencies import with_reason
from ...content.arriving import edit_front, source_of
from ...content.drafting import head, save
from ...content.shelf import Shelf, drafts_of
from ...core.directives import Clause, Directive
from ...core.searching import Hit, Search
from ...documents.correcting import typed
from ...documents.filing import FOLDER
from ...documents.markdown import slug_of
from ...errors import LoaError
from ...store.content_protocols import Versions
from .access import HOME, Anybody, Editor, NotFound, Refused, Visit
from .kept_sheets import is_reading
from .paging import number_of
from .portions import portion_at, portion_with, portions

LIST = f"{HOME}/van-ban"
READ, SOURCE = f"{LIST}/doc", f"{LIST}/goc"
_ROWS, _HITS = 50, 20
# Of a directive on one page: letters, clauses, and answers that use a clause.
_LETTERS, _CLAUSES, _USES = 16_000, 20, 10
_LONGEST_SEARCH, _LONGEST_REASON = 200, 300
_GONE = "Không có văn bản này. Có thể bản nháp của nó đã bị bỏ. Anh/chị mở lại trang Văn bản để xem danh sách."
_OVERTAKEN = "Có người vừa sửa đúng chỗ này nên chưa lưu được. Anh/chị mở lại văn bản, xem rồi làm lại."
T = TypeVar("T")

router = APIRouter(include_in_schema=False)


def address(path: str, directive: str, clause: str = "", notice: str = "") -> str:
    """A page about a directive, at a clause of it; its id, which holds "/" and "@", goes into the query."""
    said = f"&da={notice}" if notice else ""
    at, anchor = (f"&muc={quote(clause, safe='')}", f"#muc-{quote(clause)}") if clause else ("", "")
    return f"{path}?ma={quote(directive, safe='')}{at}{said}{anchor}"


async def shelf_of(visit: Visit) -> Shelf:
    """What residents are answered from, with the drafts over it."""
    drafts = await visit.store(drafts_of, visit.desk.store.store.versions)
    return Shelf(visit.desk.reception.guide.catalogue, drafts)


def directive_at(shelf: Shelf, directive: str) -> Directive:
    """The directive with that id; raises Refused where there is none."""
    if directive not in shelf.by_id:
        raise NotFound(_GONE, LIST)
    return shelf.by_id[directive]


@router.get(LIST)
async def listed(visit: Anybody, tim: str = "", trang: str = "") -> Response:
    """All directives, or the clauses in which words stand."""
    shelf = await shelf_of(visit)
    words = typed(tim)[:_LONGEST_SEARCH]
    if words:
        hits, page, pages = _page(await asyncio.to_thread(_look, shelf.newest_first, words), trang, _HITS)
        shown = [(shelf.by_id[hit.clause.directive], hit, shelf.uses(hit.clause.id)) for hit in hits]
        return visit.page("directives.html", rows=(), hits=shown, words=words, uploads=(), page=page, pages=pages)
    counts = await visit.store(visit.desk.store.store.tasks.counts)
    came = await visit.store(visit.desk.store.store.uploads.open, visit.now)
    uploads = [each for each in came if is_reading(each)]
    directives, page, pages = _page(shelf.newest_first, trang, _ROWS)
    rows = [
        (each, shelf.status(each, visit.today), shelf.is_changed(each.id), len(shelf.subjects(each)),
         counts.get(each.id, (0, 0)))
        for each in directives
    ]  # fmt: skip
    return visit.page("directives.html", rows=rows, hits=(), words="", uploads=uploads, page=page, pages=pages)


# Made anew only when a directive or a draft of one changes: to read every word takes a while.
_searches: dict[tuple[Clause, ...], Search] = {}


def _look(directives: Sequence[Directive], words: str) -> tuple[Hit, ...]:
    clauses = tuple(clause for each in directives for clause in each.clauses)
    search = _searches.get(clauses)
    if search is None:
        search = Search(clauses)
        _searches.clear()
        _searches[clauses] = search
    return search.find(words)


def _page(items: Sequence[T], asked: str, size: int) -> tuple[Sequence[T], int, int]:
    """The items of a page, its number, and how many pages there are."""
    pages = max(1, -(-len(items) // size))
    page = min(max(1, int(asked)), pages) if asked.isdecimal() and len(asked) < 6 else 1
    return items[(page - 1) * size : page * size], page, pages


@router.get(READ)
async def read_one(visit: Anybody, ma: str = "", muc: str = "", trang: str = "", tep: str = "") -> Response:
    """One directive, clause by clause: a part of a long one, by default that of the clause `muc`.

    `tep` is the name of its file without its ending, where the id `ma` is not known.
    """
    shelf = await shelf_of(visit)
    ma = ma or next((each for each in shelf.by_id if slug_of(each) == tep), "")
    directive = directive_at(shelf, ma)
    day = visit.today
    parts = portions([len(clause.text) for clause in directive.clauses], _LETTERS, _CLAUSES)
    at = next((place for place, clause in enumerate(directive.clauses) if clause.path == muc), 0)
    part = portion_at(parts, number_of(trang)) if trang else portion_with(parts, at)
    shown = directive.clauses[part.first : part.after]
    clauses = [(clause, shelf.clause_status(clause.id, day), shelf.uses(clause.id)) for clause in shown]
    counts = await visit.store(visit.desk.store.store.tasks.counts)
    return visit.page(
        "directive.html", directive=directive, clauses=clauses, state=shelf.status(directive, day),
        new=shelf.is_new(ma), changed=shelf.is_changed(ma), tasks=counts.get(ma, (0, 0)), held=shelf.by_id,
        part=part, most_uses=_USES,
    )  # fmt: skip


@router.post(READ)
async def give_reason(
    visit: Editor, ma: Annotated[str, Form()] = "", duong: Annotated[str, Form()] = "",
    ly_do: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Note in a draft why no answer needs a clause."""
    directive = directive_at(await shelf_of(visit), ma)
    if directive.clause(duong) is None:
        raise NotFound(f"Văn bản này không có mục “{duong}”. Anh/chị mở lại văn bản.", address(READ, ma))
    reason = typed(ly_do)[:_LONGEST_REASON]
    try:
        changed = await visit.store(_reasoned, visit, ma, duong, reason)
    except LoaError:
        raise Refused(_OVERTAKEN, address(READ, ma, duong)) from None
    if changed:
        await visit.note("clause_reasoned", f"{ma}#{duong}", reason)
    return RedirectResponse(address(READ, ma, duong, "luu" if changed else "khong-doi"), 303)


def _reasoned(visit: Visit, directive: str, path: str, reason: str) -> bool:
    versions = visit.desk.store.store.versions
    before = head(versions, source_of(versions, directive).name)
    text = edit_front(before.text, lambda yaml: with_reason(yaml, path, reason))
    if text != before.text:
        save(versions, before, text, visit.officer, visit.now)
    return text != before.text


@router.get(SOURCE)
async def original(visit: Anybody, ma: str = "") -> Response:
    """The file as it came, to keep; a browser never shows it as a page."""
    found = await visit.store(_original, visit.desk.store.store.versions, ma)
    if found is None:
        raise NotFound("Kho không giữ bản gốc của văn bản này. Anh/chị đọc lời văn ở trang của văn bản.", LIST)
    name, body = found
    return as_file(name, body)


def _original(versions: Versions, directive: str) -> tuple[str, bytes] | None:
    try:
        item = str(source_of(versions, directive).values.get("source") or "")
    except KeyError:
        return None
    if PurePosixPath(item).parent != PurePosixPath(f"{FOLDER}/source"):
        return None
    version = head_version(versions, item)
    body = versions.body(version) if version else None
    return None if body is None else (PurePosixPath(item).name, body)


def head_version(versions: Versions, item: str) -> int | None:
    """The draft of an item, else what is released of it; None where there is neither."""
    draft = next((each.version.id for each in versions.drafts() if each.item == item), None)
    current = versions.current()
    released = versions.contents(current.number).get(item) if current else None
    return draft or (released.id if released else None)


def as_file(name: str, body: bytes) -> Response:
    """A file to be saved, whatever it holds."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(body, media_type="application/octet-stream", headers=headers)
