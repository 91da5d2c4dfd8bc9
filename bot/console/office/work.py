"""The list of work of a new directive: what it touches and why, old words beside new ones, and a decision each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, get_args
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from ...content.arriving import decide, tasks_of
from ...content.shelf import Shelf
from ...content.task_words import STATES, reason_text
from ...content.words_diff import Run, diff
from ...core.capitals import first_large
from ...core.catalogue import Catalogue
from ...core.directives import Clause, Directive
from ...core.work_list import Kind, Reason, State, Task
from ...errors import LoaError, TaskUnknown
from ...store.records import TaskRow
from .access import HOME, Editor, EditorOrApprover, NotFound, Refused, Visit
from .directives import LIST, READ, address, directive_at, shelf_of
from .facts import FACT_PAGE

WORK = f"{LIST}/viec"
_GROUPS: tuple[tuple[str, tuple[Kind, ...], str], ...] = (
    (
        "Mục và văn bản cũ", ("clause", "document"),
        "“Vẫn đúng”: mục cũ vẫn còn hiệu lực. “Rút”: mục cũ bị thay thế; Loa ghi vào bản nháp của văn bản mới.",
    ),
    (
        "Câu trả lời", ("answer",),
        "“Cần sửa” mở trang sửa. “Rút”: bà con không thấy câu này nữa; Loa ghi vào bản nháp của câu trả lời.",
    ),
    ("Dữ kiện", ("fact",), "Số điện thoại, mức phạt, đường dẫn … có nguồn là văn bản cũ. Sửa ở trang Dữ kiện."),
)  # fmt: skip
_OVERTAKEN = "Có người vừa sửa mục này nên chưa ghi được. Anh/chị mở lại danh sách rồi quyết lại."
_AT_ONCE = 12
# Words are compared one by one up to here; what is longer would take seconds.
_MOST_LETTERS = 6000
_EDITORS = {"answer": f"{HOME}/tra-loi", "fact": FACT_PAGE}
_LEAST_KEPT = 0.4

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """An old clause and a new one. `old` and `new` are runs; `marked` where words that differ stand out."""

    old_name: str
    new_name: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A task on the page: what it is called, where to read it, why it is here, and what was decided."""

    id: str
    kind: Kind
    name: str
    href: str
    reasons: tuple[str, ...]
    beside: Beside | None
    state: State
    decided: str
    drafted: bool


@router.get(WORK)
async def work(visit: EditorOrApprover, ma: str = "", tat_ca: str = "", trang: str = "") -> Response:
    """The tasks of one directive, open ones or all."""
    shelf = await shelf_of(visit)
    directive = directive_at(shelf, ma)
    listed = await visit.store(tasks_of, visit.desk.store.store, ma)
    drafted = await visit.store(_drafted, visit)
    wanted = [(row, task) for row, task in listed if tat_ca or task.state == "open"]
    pages = max(1, -(-len(wanted) // _AT_ONCE))
    page = min(max(1, int(trang)), pages) if trang.isdecimal() and len(trang) < 6 else 1
    some = _in_order(wanted)[(page - 1) * _AT_ONCE : page * _AT_ONCE]
    shown = await asyncio.to_thread(_shown, visit, shelf, some, drafted)
    groups = [(title, [each for each in shown if each.kind in kinds], hint) for title, kinds, hint in _GROUPS]
    return visit.page(
        "work.html", directive=directive, groups=[group for group in groups if group[1]], states=STATES,
        total=len(listed), decided=sum(task.state != "open" for _, task in listed), every=bool(tat_ca), page=page,
        pages=pages, drafts=len(drafted), new=shelf.is_new(ma), unused=_unused(shelf, directive),
    )  # fmt: skip


def _unused(shelf: Shelf, directive: Directive) -> tuple[Clause, ...]:
    """The clauses that keep a directive from being published: no answer uses them and no reason says why."""
    return tuple(
        clause for clause in directive.clauses
        if clause.path not in directive.agency_only and not shelf.uses(clause.id)
    )  # fmt: skip


def _in_order(tasks: Iterable[tuple[TaskRow, Task]]) -> list[tuple[TaskRow, Task]]:
    order = {kind: place for place, (_, kinds, _) in enumerate(_GROUPS) for kind in kinds}
    return sorted(tasks, key=lambda each: order[each[1].kind])


def _drafted(visit: Visit) -> frozenset[str]:
    return frozenset(draft.item for draft in visit.desk.store.store.versions.drafts())


@router.post(WORK)
async def decided(
    visit: Editor, ma: Annotated[str, Form()] = "", viec: Annotated[str, Form()] = "",
    quyet: Annotated[str, Form()] = "", tat_ca: Annotated[str, Form()] = "", trang: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Note a decision, or that there is none after all."""
    state = next((each for each in get_args(State) if each == quyet), None)
    if state is None:
        raise NotFound("Chưa rõ anh/chị quyết thế nào. Anh/chị tải lại trang rồi bấm một trong ba nút.", LIST)
    try:
        await visit.store(decide, visit.desk.store.store, ma, viec, state, visit.officer, visit.now)
    except TaskUnknown:
        raise NotFound("Việc này không còn trong danh sách. Anh/chị mở lại trang Văn bản.", LIST) from None
    except (LoaError, KeyError):
        raise Refused(_OVERTAKEN, address(WORK, ma)) from None
    await visit.note("directive_decided", f"{ma} {viec}", state)
    kind, _, subject = viec.partition(":")
    if state == "edit" and kind in _EDITORS:
        return RedirectResponse(f"{_EDITORS[kind]}/{quote(subject)}", 303)
    back = address(WORK, ma, notice="quyet")
    more = "".join(f"&{name}={quote(value)}" for name, value in (("tat_ca", tat_ca), ("trang", trang)) if value)
    return RedirectResponse(f"{back}{more}", 303)


# Tasks in words


def _shown(visit: Visit, shelf: Shelf, tasks: Sequence[tuple[TaskRow, Task]], drafted: frozenset[str]) -> list[Shown]:
    return [_one(visit, shelf, row, task, drafted) for row, task in tasks]


def _one(visit: Visit, shelf: Shelf, row: TaskRow, task: Task, drafted: frozenset[str]) -> Shown:
    name, href = _named(visit.desk.reception.guide.catalogue, shelf, task)
    reasons = tuple(dict.fromkeys(first_large(reason_text(_readable(reason, shelf))) for reason in task.reasons))
    when = f", {visit.local(row.decided_at)}" if row.decided_at else ""
    said = f"{STATES[task.state]} ({row.officer}{when})" if task.state != "open" else ""
    return Shown(
        task.id, task.kind, name, href, reasons, _beside(shelf, task), task.state, said, _made_draft(task, drafted)
    )


def _readable(reason: Reason, shelf: Shelf) -> Reason:
    """The same with the old clause by its name."""
    clause = _clause(shelf, reason.old)
    return replace(reason, old=_where(shelf, clause, begins=False)) if clause else reason


def _made_draft(task: Task, drafted: frozenset[str]) -> bool:
    """Whether what was withdrawn waits as a draft."""
    if task.state != "withdraw":
        return False
    if task.kind == "answer":
        return f"responses/vi/{task.subject}.md" in drafted
    return task.kind == "clause"


def _named(catalogue: Catalogue, shelf: Shelf, task: Task) -> tuple[str, str]:
    if task.kind == "answer":
        intent = catalogue.intents.get(task.subject)
        return (intent.title if intent else task.subject), f"{HOME}/tra-loi/{quote(task.subject)}"
    if task.kind == "fact":
        fact = catalogue.facts.get(task.subject)
        return (f"{fact.title}: {fact.value}" if fact else task.subject), f"{FACT_PAGE}/{quote(task.subject)}"
    directive_id, _, path = task.subject.partition("#")
    directive = shelf.by_id.get(directive_id)
    if directive is None:
        return task.subject, ""
    clause = directive.clause(path) if path else None
    if clause is None:
        return directive.title, address(READ, directive_id)
    name = f"{first_large(clause.label)}, {directive.title}"
    return name, address(READ, directive_id, path)


def _beside(shelf: Shelf, task: Task) -> Beside | None:
    """The old clause and the new one of a reason that names both; where they are alike rather than where one ends."""
    for reason in sorted(task.reasons, key=lambda each: each.share is None):
        old = _clause(shelf, task.subject if task.kind == "clause" else reason.old)
        new = _clause(shelf, reason.clause)
        if old and new and old.id != new.id:
            return _compared(shelf, old, new)
    return None


def _clause(shelf: Shelf, name: str) -> Clause | None:
    directive, _, path = name.partition("#")
    return shelf.by_id[directive].clause(path) if directive in shelf.by_id and path else None


def _compared(shelf: Shelf, old: Clause, new: Clause) -> Beside:
    runs = diff(old.text, new.text) if len(old.text) + len(new.text) <= _MOST_LETTERS else ()
    kept = sum(len(run.text) for run in runs if run.kind == "kept")
    marked = kept >= _LEAST_KEPT * min(len(old.text), len(new.text)) and bool(runs)
    if not marked:
        return Beside(
            _where(shelf, old), _where(shelf, new), (Run("kept", old.text),), (Run("kept", new.text),), marked
        )
    return Beside(
        _where(shelf, old), _where(shelf, new), tuple(run for run in runs if run.kind != "added"),
        tuple(run for run in runs if run.kind != "removed"), marked,
    )  # fmt: skip


def _where(shelf: Shelf, clause: Clause, *, begins: bool = True) -> str:
    directive = shelf.by_id[clause.directive]
    label = first_large(clause.label) if begins else clause.label
    return f"{label}, {directive.brief}"
