"""What the program asks of a store about the content: versions and releases, readings, lists of work, approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from .records import Asked, TaskRow, Upload
from .versions import Contents, Draft, Edit, Plan, Release, Replaced, State, Version


class Versions(Protocol):
    """The content: versions of items, drafts and releases. Nothing that was released is ever changed."""

    def save(self, edits: Sequence[Edit], at: datetime) -> list[Version]:
        """Keep texts as new versions and make them the drafts of their items, in state "draft": all or none.

        Raises EditConflict where the item has meanwhile become another than the edit's base.
        """

    def version(self, version: int) -> Version:
        """A version by its number; raises KeyError for one that is not there."""

    def body(self, version: int) -> bytes | None:
        """The text of a version; None where it deletes the item. Raises KeyError for a version that is not there."""

    def bodies(self, contents: Contents) -> dict[str, bytes]:
        """The texts of many versions, by item."""

    def history(self, item: str) -> list[Version]:
        """All versions of an item, newest first."""

    def drafts(self) -> list[Draft]:
        """The open drafts, by item."""

    def mark(self, item: str, version: int, state: State, approver: str = "") -> None:
        """Set the state of a draft; raises EditConflict if the draft is not of that version any more."""

    def discard(self, items: Sequence[str]) -> int:
        """Drop drafts; their versions stay in the history. The number dropped."""

    def current(self) -> Release | None:
        """The release that residents are answered from; None before the first."""

    def releases(self, most: int, before: int | None = None) -> list[Release]:
        """The newest releases, newest first; of those with a number below `before` where it is given."""

    def replaced(self, old: int, new: int) -> list[Replaced]:
        """What a release holds differently from another, by item; a release that is not there holds nothing."""

    def named(self, name: str) -> Release | None:
        """The first release of that name, None if there is none."""

    def release_at(self, moment: datetime) -> Release | None:
        """The release that was current at a moment, None before the first."""

    def contents(self, release: int) -> Contents:
        """The versions of a release, by item; raises KeyError for one that is not there."""

    def publish(
        self, name: str, contents: Contents, after: int, author: str, at: datetime, note: str = "",
        restores: int | None = None,
    ) -> Release:  # fmt: skip
        """Make a release, close the drafts that it holds, and announce it: in one transaction.

        Raises ReleaseConflict unless `after` is still the number of the current release (0 for none).
        """

    def plan(self, at: datetime, versions: Sequence[int], author: str, note: str) -> Plan:
        """Keep a plan to publish versions; an open one of the same versions and time is that plan."""

    def plans(self) -> list[Plan]:
        """All plans, the next one first."""

    def due(self, at: datetime) -> list[Plan]:
        """The open plans whose time has come, oldest first."""

    def settle(self, plan: int, state: str, reasons: str = "") -> bool:
        """Close an open plan; False if somebody did so before."""

    def files(self) -> dict[str, str]:
        """The digest of every item at the last moment when folder and store agreed on it."""

    def agreed(self, digests: Mapping[str, str | None]) -> None:
        """Note that folder and store agree on these items; None for an item that both no longer have."""


class Uploads(Protocol):
    """Files whose reading is corrected; each is gone a day after its last change."""

    def add(self, upload: Upload) -> None:
        """Keep a file that has come."""

    def get(self, upload: str, at: datetime) -> Upload | None:
        """A file by its id; None where there is none, or its day is over."""

    def open(self, at: datetime) -> list[Upload]:
        """All files, the one changed last first, without their bytes."""

    def save(self, upload: str, record: Mapping[str, Any], revision: int, at: datetime) -> bool:
        """Keep a correction of `revision`; False where it was saved meanwhile, or is gone."""

    def drop(self, upload: str) -> None:
        """Delete a file."""


class Tasks(Protocol):
    """The lists of work that new directives bring."""

    def put(self, rows: Sequence[TaskRow]) -> None:
        """Keep tasks; of one that is there already the decision stays and the rest is replaced."""

    def tasks(self, directive: str = "") -> list[TaskRow]:
        """The tasks of one list, or of all, in the order in which they came."""

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each list how many tasks are decided, and how many there are."""

    def decide(self, directive: str, task: str, state: str, officer: str, at: datetime) -> bool:
        """Note a decision; False where there is no such task."""


class Approvals(Protocol):
    """Whom officers asked to approve drafts by a link; each is gone some time after its link has ended."""

    def add(self, asked: Asked) -> None:
        """Keep what was asked."""

    def get(self, asked: str) -> Asked | None:
        """What was asked, by its id; None where there is nothing of that id."""
