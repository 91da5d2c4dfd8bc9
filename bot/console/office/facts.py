"""Facts: the list, one fact with what the check finds, confirming it today, and a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from ...content.confirming import confirmed
from ...content.drafting import head, save
from ...content.fact_book import Entry, fact_book, fact_texts
from ...content.fact_edits import FIELDS, KINDS, ORDER, Given, given_fields, new_id, state_after, with_new_fact
from ...content.fact_list import FACTS
from ...content.keyed import head_at, save_values
from ...content.notation import Names, fact_mark
from ...core.old_answers import readable
from ...core.vietnamese import clean, strip_marks
from ...errors import ContentError, EditError, MergeConflict
from .access import HOME, Anybody, Editor, EditorOrApprover, Visit
from .answer_parts import snapshot_of, workspace_of
from .paging import number_of, page_of
from .sentence_words import group_of

FACT_PAGE = f"{HOME}/du-kien"
NEW = f"{FACT_PAGE}/moi"
_STATES = {"sourced": "có nguồn", "confirmed": "đã xác nhận", "missing": "còn thiếu", "faulty": "cần sửa"}
_WHERE_LETTERS = 300
_PAGE = 80
_UNREADABLE = "Bản nháp của tệp dữ kiện đang hỏng, nên chưa sửa ở đây được. Anh/chị bỏ bản nháp đó ở trang Công bố."

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Book:
    """All facts, and the version of the file that they stand in (0 for none)."""

    entries: tuple[Entry, ...]
    version: int
    draft_by: str

    def get(self, name: str) -> Entry | None:
        """A fact by its name."""
        return next((each for each in self.entries if each.id == name), None)


async def _book(visit: Visit) -> Book:
    snapshot = await snapshot_of(visit)
    draft, version = snapshot.drafts.get(FACTS), snapshot.version(FACTS)
    entries = await asyncio.to_thread(workspace_of(visit).facts, snapshot, visit.today)
    return Book(entries, version.id if version else 0, draft.version.author if draft else "")


# The list


@router.get(FACT_PAGE)
async def facts(visit: Anybody, loc: str = "", tim: str = "", trang: str = "1") -> Response:
    """The facts that a filter and a few words leave."""
    book, words = await _book(visit), strip_marks(tim[:100]).split()
    day = visit.today
    old = {each.id for each in book.entries if each.is_old(day)}
    chosen = [each for each in book.entries if _fits(each, loc, old) and _has(each, words)]
    counts = {
        "": len(book.entries), "thieu": sum(each.state in ("missing", "faulty") for each in book.entries),
        "cu": len(old),
    }  # fmt: skip
    return visit.page(
        "facts.html", listed=page_of(chosen, trang, _PAGE, loc=loc, tim=tim[:100]), counts=counts,
        chosen=loc if loc in counts else "", words=tim[:100], states=_STATES, readable=readable,
        old=old, draft_by=book.draft_by,
    )  # fmt: skip


def _fits(entry: Entry, chosen: str, old: Set[str]) -> bool:
    if chosen == "thieu":
        return entry.state in ("missing", "faulty")
    return chosen != "cu" or entry.id in old


def _has(entry: Entry, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = strip_marks(" ".join([entry.id, *(str(entry.values.get(key) or "") for key in ("title", "value", "note"))]))
    return all(word in text for word in words)


# One fact


@router.get(f"{FACT_PAGE}/moi")
async def new(visit: Editor) -> Response:
    """The form of a new fact."""
    return _new_page(visit, dict.fromkeys(FIELDS, "") | {"kind": "phone"})


@router.get(f"{FACT_PAGE}/{{name}}")
async def one(visit: Anybody, name: str) -> Response:
    """One fact: what stands there, what the check finds, who uses it."""
    return await _page(visit, name)


async def _page(visit: Visit, name: str, status: int = 200, **given: Any) -> Response:
    book = await _book(visit)
    entry = _entry(visit, book, name)
    intents = visit.desk.reception.guide.catalogue.intents
    used = entry.listed.answers if entry.listed else ()
    answers = [(each, intents[each].title if each in intents else each) for each in used]
    said = entry.listed.sentences if entry.listed else ()
    sentences = [(each, group_of(each).sentences[each]) for each in said]
    values: dict[str, Any] = {
        "entry": entry, "fields": _fields_of(entry), "base": book.version, "faults": {}, "where": "", "new_value": "",
        "theirs": {}, "conflict_by": "", "states": _STATES, "kinds": KINDS, "answers": answers, "sentences": sentences,
        "readable": readable, "old": entry.is_old(visit.today), "may_edit": visit.may("editor"),
        "mark": fact_mark(name, Names({each.id: str(each.values.get("title") or "") for each in book.entries})),
        "may_confirm": visit.may("editor", "approver"), "draft_by": book.draft_by,
    }  # fmt: skip
    return visit.page("fact.html", status, **{**values, **given})


def _entry(visit: Visit, book: Book, name: str) -> Entry:
    entry = book.get(name)
    if entry is None:
        raise visit.missing("Không có dữ kiện này.", FACT_PAGE, "Về danh sách dữ kiện")
    return entry


def _fields_of(entry: Entry) -> dict[str, str]:
    """What stands in the file, by field of the form."""
    found = {}
    for name, path in FIELDS.items():
        value: Any = entry.values
        for step in path:
            value = value.get(step) if isinstance(value, Mapping) else None
        found[name] = "" if value is None or isinstance(value, Mapping | list) else str(value)
    return found


async def _form(visit: Visit) -> dict[str, str]:
    form = await visit.request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


@router.post(f"{FACT_PAGE}/moi")
async def added(visit: Editor) -> Response:
    """Keep a new fact in the draft of the facts."""
    given = given_fields(await _form(visit))
    if given.faults:
        return _new_page(visit, given.values, 422, faults=given.faults)
    try:
        name = await visit.store(_add, visit, given)
    except (ContentError, EditError):
        return _new_page(visit, given.values, 409, problem=_UNREADABLE)
    except MergeConflict:
        return _new_page(visit, given.values, 409, problem="Người khác vừa sửa cùng chỗ. Anh/chị bấm thêm lần nữa.")
    await visit.note("fact_added", name, given.values["title"])
    return visit.to(f"{FACT_PAGE}/{name}", "du-kien-moi")


def _new_page(visit: Visit, fields: Mapping[str, str], status: int = 200, **given: Any) -> Response:
    return visit.page("fact_new.html", status, fields=fields, kinds=KINDS, **{"faults": {}, **given})


def _add(visit: Visit, given: Given) -> str:
    """On the store thread: begun from the newest text, so that two new facts stand one after the other."""
    versions = visit.desk.store.store.versions
    before = head(versions, FACTS)
    known = frozenset(each.id for each in fact_book(fact_texts(versions), visit.today))
    name = new_id(given.values["title"], known)
    text = with_new_fact(before.text, name, given.values, visit.today)
    save(versions, before, text, visit.officer, visit.now, f"thêm {name}")
    return name


@router.post(f"{FACT_PAGE}/{{name}}")
async def edited(visit: Editor, name: str) -> Response:
    """Keep what was changed of a fact in the draft of the facts."""
    form = await _form(visit)
    given, entry = given_fields(form), _entry(visit, await _book(visit), name)
    base = number_of(form.get("base", ""))
    if given.faults:
        return await _page(visit, name, 422, fields=given.values, faults=given.faults, base=base)
    try:
        notice = await visit.store(_edit, visit, entry, given.values, base)
    except MergeConflict as conflict:
        stands = {"fields": given.values, "theirs": _fields_of(entry), "conflict_by": conflict.author}
        return await _page(visit, name, 409, **stands)
    except (ContentError, EditError):
        return await _page(visit, name, 409, fields=given.values, problem=_UNREADABLE)
    if notice == "khong-doi":
        return visit.to(f"{FACT_PAGE}/{name}", notice)
    await visit.note("fact_edited", name, given.values["title"])
    return visit.to(f"{FACT_PAGE}/{name}", notice)


def _edit(visit: Visit, entry: Entry, fields: Mapping[str, str], base: int) -> str:
    """On the store thread: the key of the notice."""
    versions = visit.desk.store.store.versions
    before = head_at(versions, FACTS, base)
    values = {(entry.id, *path): fields[name] for name, path in FIELDS.items()}
    same = fields["value"] == _fields_of(entry)["value"]
    state = state_after(entry.state, same, fields["value"])
    values |= {(entry.id, "state"): state} if not same or entry.state == "faulty" else {}
    dropped = [(entry.id, "confirmed")] if entry.state == "confirmed" and state != "confirmed" else []
    note = f"sửa {entry.id}"
    saved = save_values(
        versions, before, values, visit.officer, visit.now, note, order=ORDER, removed=dropped
    )  # fmt: skip
    if saved is None:
        return "khong-doi"
    return "bo-xac-nhan" if dropped else "gop" if saved.merged else "luu"


@router.post(f"{FACT_PAGE}/{{name}}/xac-nhan")
async def confirm(
    visit: EditorOrApprover, name: str, where: Annotated[str, Form()] = "", new_value: Annotated[str, Form()] = ""
) -> Response:
    """Note that a fact was confirmed today, by whom and where it was seen."""
    where, value = clean(where)[:_WHERE_LETTERS], clean(new_value)
    entry = _entry(visit, await _book(visit), name)
    stands = {"where": where, "new_value": value}
    if not where:
        fault = {"where": "Anh/chị ghi đã thấy ở đâu: văn bản nào, gọi cho ai."}
        return await _page(visit, name, 422, faults=fault, **stands)
    if not (value or _fields_of(entry)["value"]):
        return await _page(visit, name, 422, faults={"new_value": "Dữ kiện chưa có giá trị để xác nhận."}, **stands)
    try:
        await visit.store(_confirm, visit, name, where, value)
    except MergeConflict:
        problem = "Người khác vừa sửa dữ kiện này. Anh/chị xem lại giá trị rồi xác nhận lần nữa."
        return await _page(visit, name, 409, problem=problem, **stands)
    except (ContentError, EditError):
        return await _page(visit, name, 409, problem=_UNREADABLE, **stands)
    await visit.note("fact_confirmed", name, where)
    return visit.to(f"{FACT_PAGE}/{name}", "xac-nhan")


def _confirm(visit: Visit, name: str, where: str, value: str) -> None:
    versions = visit.desk.store.store.versions
    before = head(versions, FACTS)
    text = confirmed(before.text, name, by=visit.officer, on=visit.today, where=where, value=value or None)
    save(versions, before, text, visit.officer, visit.now, f"xác nhận {name}")
