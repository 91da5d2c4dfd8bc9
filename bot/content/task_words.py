"""Tasks of a list of work in sentences for officers."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.directives import label_of
from ..core.work_list import Kind, Reason, State, Task, Why
from ..store.records import TaskRow

STATES: dict[State, str] = {"open": "chưa quyết", "still_right": "vẫn đúng", "edit": "cần sửa", "withdraw": "rút"}
KINDS: dict[Kind, str] = {"clause": "Mục cũ", "document": "Văn bản khác", "answer": "Câu trả lời", "fact": "Dữ kiện"}
_WHY: dict[Why, str] = {
    "replaces": "văn bản mới ghi thay thế",
    "repeals": "văn bản mới ghi bãi bỏ",
    "stops": "văn bản mới ghi dừng thực hiện",
    "continues": "văn bản mới ghi tiếp tục thực hiện",
    "alike": "nội dung giống",
    "quotes": "trích nguyên văn",
    "cites": "dẫn",
    "resembles": "lời giống",
    "shows": "có dữ kiện",
    "source": "nguồn là",
}
# Here the clause is where the new directive says so; elsewhere it is only what to compare with.
_SAID_BY_NEW: frozenset[Why] = frozenset(("replaces", "repeals", "stops", "continues"))


def reason_text(reason: Reason) -> str:
    """Why something is on the list, in a sentence."""
    share = f" ({round(reason.share * 100)}%)" if reason.share is not None else ""
    where = f" {reason.old}" if reason.old else ""
    joint = "," if reason.why in _SAID_BY_NEW else "; so với"
    new = f"{joint} {label_of(reason.clause.partition('#')[2])} của văn bản mới" if reason.clause else ""
    words = f": “{reason.words}”" if reason.words else ""
    note = f" ({reason.note})" if reason.note else ""
    return f"{_WHY[reason.why]}{where}{new}{share}{words}{note}"


def task_lines(row: TaskRow, task: Task) -> Iterator[str]:
    """A task as lines of text."""
    decided = f", {row.officer} quyết" if row.officer else ""
    yield f"{task.id} [{STATES[task.state]}{decided}] {KINDS[task.kind]} {task.subject} ({row.directive})"
    for reason in task.reasons:
        yield f"  {reason_text(reason)}"
