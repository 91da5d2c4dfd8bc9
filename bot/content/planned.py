"""Which drafts are to be published at a time: what a plan holds lies in the store, the draft stays open until then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..store.content_protocols import Versions
from ..store.versions import Draft, Plan


@dataclass(frozen=True, slots=True)
class Planned:
    """The next plan that holds an item, by its number and time.

    With `edited` the draft was changed since: what goes out then is the text before that, and the draft stays.
    """

    plan: int
    at: datetime
    edited: bool


class Plans:
    """The open plans of a store by item. Which item a version is of never changes, so it is asked once."""

    def __init__(self) -> None:
        self._items: dict[int, str] = {}

    def look(self, versions: Versions, drafts: Iterable[Draft]) -> dict[str, Planned]:
        """The drafts that an open plan holds, or held before they were edited again."""
        opened = {draft.item: draft.version.id for draft in drafts}
        plans = [plan for plan in versions.plans() if plan.state == "open"] if opened else []
        found: dict[str, Planned] = {}
        for plan in plans:
            for item, version in self._versions(versions, plan).items():
                if item in opened and (item not in found or found[item].edited):
                    found[item] = Planned(plan.id, plan.at, version != opened[item])
        return found

    def _versions(self, versions: Versions, plan: Plan) -> Mapping[str, int]:
        for each in plan.versions:
            if each not in self._items:
                self._items[each] = versions.version(each).item
        return {self._items[each]: each for each in plan.versions}


def move(versions: Versions, plan: int, at: datetime, author: str) -> Plan | None:
    """Put an open plan off or bring it forward; the plan that takes its place, None if it is not open any more."""
    old = next((each for each in versions.plans() if each.id == plan and each.state == "open"), None)
    if old is None or not versions.settle(plan, "moved"):
        return None
    return versions.plan(at, old.versions, author, old.note)
