"""What officers are told about drafts, releases and plans, in their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from ..errors import Problem
from ..store.content_protocols import Versions
from ..store.versions import Draft, Plan, Release, Version
from .starting import Start
from .syncing import Side, compare
from .tree import Texts
from .words_diff import as_text, diff, shortened

Tell = Callable[[str], None]
_SHOWN = 5
_STATES = {"draft": "bản nháp", "in_review": "chờ duyệt", "approved": "đã duyệt"}
_PLANS = {
    "open": "đang chờ", "done": "đã công bố", "refused": "KHÔNG công bố được", "cancelled": "đã huỷ",
    "moved": "đã đổi giờ",
}  # fmt: skip
_SIDES = {
    Side.FILE: "tệp đã sửa, chưa thành bản nháp",
    Side.WAITING: "tệp đã sửa, đang chờ công bố (loa content publish)",
    Side.STORE: "kho mới hơn tệp (loa content export để ghi ra tệp)",
    Side.BOTH: "XUNG ĐỘT: tệp và kho đều đã sửa (xem: loa content diff; lấy tệp: loa content take; "
    "lấy kho: loa content export --force)",
}


def start_lines(start: Start) -> Iterator[str]:
    """What the comparison of folder and store found at the start."""
    yield f"Loa: đang trả lời theo bản {start.release.number}{_because(start.release.note)}"
    if start.waiting:
        yield (
            f"Loa: {len(start.waiting)} tệp đã sửa nhưng CHƯA công bố ({named(start.waiting)}); "
            "xem “loa content status”, công bố bằng “loa content publish”"
        )
    if start.conflicts:
        yield (
            f"Loa: {len(start.conflicts)} mục vừa sửa trong tệp vừa sửa trong kho ({named(start.conflicts)}); "
            "không mục nào bị ghi đè, xem “loa content status”"
        )


def status_lines(versions: Versions, texts: Texts, zone: str) -> Iterator[str]:
    """What is published, which drafts wait, and where folder and store differ."""
    current = versions.current()
    yield f"đang dùng: {release_line(current, zone)}" if current else "chưa công bố bản nào"
    drafts = versions.drafts()
    yield f"{len(drafts)} bản nháp" + (":" if drafts else "")
    for draft in drafts:
        yield f"  {draft_line(draft, zone)}"
    differences = compare(texts, versions) if texts else ()
    yield f"{len(differences)} mục mà tệp và bản đang dùng khác nhau" + (":" if differences else "")
    for each in differences:
        yield f"  {each.item}: {_SIDES[each.side]}"
    waiting = [plan for plan in versions.plans() if plan.state == "open"]
    for plan in waiting:
        yield from plan_lines(plan, versions, zone)


def draft_line(draft: Draft, zone: str) -> str:
    """A draft in one line."""
    version = draft.version
    what = "xoá mục này" if version.digest is None else _STATES[draft.state]
    approver = f", {draft.approver} duyệt" if draft.approver else ""
    who = f"{version.author}, {moment_text(version.at, zone)}"
    return f"{draft.item}: {what} {version.id} ({who}{approver}){_because(version.note)}"


def release_line(release: Release, zone: str) -> str:
    """A release in one line."""
    back = f", trở lại bản {release.restores}" if release.restores else ""
    return f"bản {release.number} ({release.author}, {moment_text(release.at, zone)}{back}){_because(release.note)}"


def version_line(version: Version, zone: str) -> str:
    """A version in one line."""
    gone = " xoá mục này" if version.digest is None else ""
    base = f", sửa từ {version.base}" if version.base else ""
    who = f"{version.author}, {moment_text(version.at, zone)}"
    return f"phiên bản {version.id}{gone} ({who}{base}){_because(version.note)}"


def plan_lines(plan: Plan, versions: Versions, zone: str) -> Iterator[str]:
    """A plan, and why it was refused."""
    items = named(versions.version(each).item for each in plan.versions)
    who = f"{plan.author}, {moment_text(plan.at, zone)}"
    yield f"hẹn {plan.id}: {_PLANS[plan.state]} ({who}): {items}{_because(plan.note)}"
    for reason in plan.reasons.splitlines():
        yield f"  {reason}"


def diff_lines(old: str, new: str) -> list[str]:
    """What changed between two texts, word by word: [-bớt-] and {+thêm+}."""
    runs = diff(old, new)
    if all(run.kind == "kept" for run in runs):
        return ["không có gì khác"]
    return as_text(shortened(runs)).splitlines()


def moment_text(moment: datetime, zone: str) -> str:
    """A moment as officers read it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M %d/%m/%Y}"


def named(items: Iterable[str]) -> str:
    """The first few of some items, and how many more there are."""
    every = list(items)
    more = f" và {len(every) - _SHOWN} mục nữa" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """What has to be mended, a line each: where, what, how."""
    return [str(problem) for problem in problems]


def _because(note: str) -> str:
    return f": {note}" if note else ""
