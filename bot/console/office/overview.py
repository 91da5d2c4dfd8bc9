"""What stands on the page for publishing: drafts, what folder and store do not agree on, and plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ...content.brief_diff import brief
from ...content.item_changes import Part
from ...content.planned import Planned, Plans
from ...content.syncing import Side, compare
from ...content.telling import moment_text
from ...content.tree import Texts
from ...content.words_diff import Run
from ...store.content_protocols import Versions
from ...store.versions import Draft, Plan, Release
from .changes_shown import parts
from .naming import Named, named

_STATES = {"draft": "bản nháp", "in_review": "chờ duyệt", "approved": "đã duyệt"}
_PLANS = {
    "open": "đang chờ tới giờ", "done": "đã công bố", "refused": "không công bố được", "cancelled": "đã huỷ",
    "moved": "đã đổi giờ",
}  # fmt: skip
PAGE = 20
_CONFLICTS, _PAST_PLANS, _NAMES = 10, 5, 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of an item, as bytes; what is shown of them is worked out off the store thread."""

    item: str
    before: bytes | None
    after: bytes | None

    def runs(self) -> tuple[Run, ...]:
        """How they differ, in few words."""
        return brief(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Overview:
    """What the store knows, with the texts of the drafts of one page of the list and of the conflicts.

    `fresh` are the drafts of items that residents have not seen yet.
    """

    current: Release | None
    drafts: tuple[Draft, ...]
    texts: Mapping[str, Pair]
    conflicts: tuple[Pair, ...]
    more_conflicts: int
    edited_files: tuple[str, ...]
    plans: tuple[tuple[Plan, tuple[str, ...]], ...]
    planned: Mapping[str, Planned]
    fresh: frozenset[str]


def overview(versions: Versions, folder: Texts, first: Sequence[str], officer: str, page: int) -> Overview:
    """Read all of it from the store; the items of `first` come first, then what the officer wrote himself."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    drafts = tuple(sorted(versions.drafts(), key=partial(_place, first, officer)))
    planned = Plans().look(versions, drafts)
    shown = drafts[page * PAGE : (page + 1) * PAGE]
    texts = {
        draft.item: Pair(
            draft.item,
            versions.body(released[draft.item].id) if draft.item in released else None,
            versions.body(draft.version.id),
        )
        for draft in shown
    }
    differences = compare(folder, versions) if folder else ()
    both = [each for each in differences if each.side is Side.BOTH]
    conflicts = tuple(
        Pair(each.item, versions.body(each.head.id) if each.head else None, folder.get(each.item))
        for each in both[:_CONFLICTS]
    )
    edited = tuple(each.item for each in differences if each.side is Side.FILE)
    fresh = frozenset(draft.item for draft in drafts if draft.item not in released)
    return Overview(
        current, drafts, texts, conflicts, len(both) - len(conflicts), edited, _plans(versions), planned, fresh
    )


def _place(first: Sequence[str], officer: str, draft: Draft) -> tuple[bool, bool, str]:
    return draft.item not in first, not is_own(draft, officer), draft.item


def _plans(versions: Versions) -> tuple[tuple[Plan, tuple[str, ...]], ...]:
    """Those that wait, then the last that do not, with the first few items of each."""
    plans = versions.plans()
    shown = [each for each in plans if each.state == "open"]
    shown += [each for each in plans if each.state != "open"][: -_PAST_PLANS - 1 : -1]
    return tuple((plan, tuple(versions.version(each).item for each in plan.versions[:_NAMES])) for plan in shown)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft on the page. `deletes` where it deletes the item, `binary` where no words of `parts` can be shown.

    `planned` is what is planned for it, at the time `when`.
    """

    name: Named
    version: int
    state: str
    state_name: str
    who: str
    note: str
    approver: str
    own: bool
    parts: tuple[Part, ...]
    deletes: bool
    is_new: bool
    binary: bool
    planned: Planned | None
    when: str

    @property
    def waits(self) -> bool:
        """Whether it goes out by itself."""
        return self.planned is not None and not self.planned.edited


def draft_row(
    draft: Draft, pair: Pair, planned: Planned | None, titles: Mapping[str, str], zone: str, officer: str
) -> DraftRow:
    """A draft as it is shown; takes time where much was changed."""
    version, changed = draft.version, parts(draft.item, pair.before, pair.after)
    return DraftRow(
        named(draft.item, titles), version.id, draft.state, _STATES[draft.state],
        f"{version.author}, {moment_text(version.at, zone)}", version.note, draft.approver,
        is_own(draft, officer), changed,
        pair.after is None, pair.before is None, not changed and pair.before != pair.after, planned,
        moment_text(planned.at, zone) if planned else "",
    )  # fmt: skip


def is_own(draft: Draft, officer: str) -> bool:
    """Whether an officer wrote a draft himself."""
    return draft.version.author.strip().casefold() == officer.strip().casefold()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan on the page; `field` is its time as a field for date and time wants it."""

    id: int
    open: bool
    refused: bool
    state: str
    when: str
    field: str
    author: str
    note: str
    names: tuple[str, ...]
    more: int
    reasons: tuple[str, ...]


def field_time(moment: datetime, zone: str) -> str:
    """A moment as it is typed into a field."""
    return f"{moment.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"


def plan_row(plan: Plan, items: Sequence[str], titles: Mapping[str, str], zone: str) -> PlanRow:
    """A plan as it is shown."""
    return PlanRow(
        plan.id, plan.state == "open", plan.state == "refused", _PLANS[plan.state], moment_text(plan.at, zone),
        field_time(plan.at, zone),
        plan.author, plan.note, tuple(named(item, titles).label for item in items), len(plan.versions) - len(items),
        tuple(plan.reasons.splitlines()),
    )  # fmt: skip
