"""Versions, drafts and releases of the content on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from ..errors import EditConflict, ReleaseConflict
from .transactions import transaction
from .versions import Contents, Draft, Edit, Plan, Release, State, Version, digest_of

_VERSION = "v.id, v.item, v.digest, v.base, v.author, v.at, v.note"
_RELEASE = "SELECT number, name, at, author, note, restores FROM releases"
_PLAN = "SELECT id, at, versions, author, note, state, reasons FROM plans"


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _version(row: Sequence[Any]) -> Version:
    identity, item, digest, base, author, at, note = row[:7]
    return Version(identity, item, digest, base, author, _time(at), note)


def _release(row: Sequence[Any]) -> Release:
    return Release(row[0], row[1], _time(row[2]), *row[3:])


def _plan(row: Sequence[Any]) -> Plan:
    return Plan(row[0], _time(row[1]), tuple(json.loads(row[2])), *row[3:])


class SqliteVersions:
    """Nothing that was released is ever changed; texts are kept once, by their digest."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        return list(self._db.execute(query, list(values)).fetchall())

    # Versions and drafts

    def save(self, edits: Sequence[Edit], at: datetime) -> list[Version]:
        """Keep texts as new versions and make them the drafts of their items: all or none."""
        with transaction(self._db):
            for edit in edits:
                now = self._head(edit.item)
                if now != edit.base:
                    raise EditConflict(edit.item, edit.base, now)
            return [self._save(edit, at) for edit in edits]

    def _save(self, edit: Edit, at: datetime) -> Version:
        digest = digest_of(edit.body)
        if digest is not None:
            self._db.execute("INSERT INTO bodies (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
                             [digest, edit.body])  # fmt: skip
        row = self._rows(
            """INSERT INTO versions (item, digest, base, author, at, note) VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
            [edit.item, digest, edit.base, edit.author, at.timestamp(), edit.note],
        )[0]
        self._db.execute(
            """INSERT INTO drafts (item, version, state) VALUES (?, ?, 'draft') ON CONFLICT (item) DO UPDATE
            SET version = excluded.version, state = excluded.state, approver = ''""",
            [edit.item, row[0]],
        )
        return Version(row[0], edit.item, digest, edit.base, edit.author, at, edit.note)

    def _head(self, item: str) -> int | None:
        """The version that an editor has before him: the draft's, else the one of the current release."""
        found = self._rows("SELECT version FROM drafts WHERE item = ?", [item]) or self._rows(
            "SELECT version FROM release_items WHERE item = ? AND number = (SELECT max(number) FROM releases)", [item]
        )
        return found[0][0] if found else None

    def body(self, version: int) -> bytes | None:
        """The text of a version; None where it deletes the item. Raises KeyError for a version that is not there."""
        found = self._rows("SELECT body FROM versions LEFT JOIN bodies USING (digest) WHERE versions.id = ?", [version])
        if not found:
            raise KeyError(version)
        return None if found[0][0] is None else bytes(found[0][0])

    def bodies(self, contents: Contents) -> dict[str, bytes]:
        """The texts of many versions, by item."""
        wanted = json.dumps(sorted({each.digest for each in contents.values() if each.digest}))
        found = self._rows("SELECT digest, body FROM bodies WHERE digest IN (SELECT value FROM json_each(?))", [wanted])
        texts = {digest: bytes(body) for digest, body in found}
        return {item: texts[each.digest] for item, each in contents.items() if each.digest}

    def history(self, item: str) -> list[Version]:
        """All versions of an item, newest first."""
        query = f"SELECT {_VERSION} FROM versions v WHERE v.item = ? ORDER BY v.id DESC"  # noqa: S608 (a constant)
        return [_version(row) for row in self._rows(query, [item])]

    def drafts(self) -> list[Draft]:
        """The open drafts, by item."""
        query = f"""SELECT {_VERSION}, d.state, d.approver FROM drafts d JOIN versions v ON v.id = d.version
        ORDER BY d.item"""  # noqa: S608 (a constant)
        return [Draft(_version(row), row[7], row[8]) for row in self._rows(query)]

    def mark(self, item: str, version: int, state: State, approver: str = "") -> None:
        """Set the state of a draft; raises EditConflict if the draft is not of that version any more."""
        with transaction(self._db):
            changed = self._db.execute(
                "UPDATE drafts SET state = ?, approver = ? WHERE item = ? AND version = ?",
                [state, approver, item, version],
            ).rowcount
            if not changed:
                raise EditConflict(item, version, self._head(item))

    def discard(self, items: Sequence[str]) -> int:
        """Drop drafts; their versions stay in the history. The number dropped."""
        with transaction(self._db):
            return sum(self._db.execute("DELETE FROM drafts WHERE item = ?", [item]).rowcount for item in items)

    # Releases

    def current(self) -> Release | None:
        """The release that residents are answered from; None before the first."""
        return next(iter(self.releases(1)), None)

    def releases(self, most: int) -> list[Release]:
        """The newest releases, newest first."""
        return [_release(row) for row in self._rows(f"{_RELEASE} ORDER BY number DESC LIMIT ?", [most])]

    def release_at(self, moment: datetime) -> Release | None:
        """The release that was current at a moment, None before the first."""
        found = self._rows(f"{_RELEASE} WHERE at <= ? ORDER BY number DESC LIMIT 1", [moment.timestamp()])
        return _release(found[0]) if found else None

    def contents(self, release: int) -> Contents:
        """The versions of a release, by item; raises KeyError for one that is not there."""
        query = f"""SELECT {_VERSION} FROM release_items i JOIN versions v ON v.id = i.version
        WHERE i.number = ? ORDER BY i.item"""  # noqa: S608 (a constant)
        found = {row[1]: _version(row) for row in self._rows(query, [release])}
        if not found:
            raise KeyError(release)
        return found

    def publish(
        self, name: str, contents: Contents, after: int, author: str, at: datetime, note: str = "",
        restores: int | None = None,
    ) -> Release:  # fmt: skip
        """Make a release and close the drafts that it holds, in one transaction."""
        with transaction(self._db):
            current = self._rows("SELECT coalesce(max(number), 0) FROM releases")[0][0]
            if current != after:
                raise ReleaseConflict(after, current)
            number = current + 1
            self._db.execute(
                "INSERT INTO releases (number, name, at, author, note, restores) VALUES (?, ?, ?, ?, ?, ?)",
                [number, name, at.timestamp(), author, note, restores],
            )
            for item, version in contents.items():
                self._db.execute(
                    "INSERT INTO release_items (number, item, version) VALUES (?, ?, ?)", [number, item, version.id]
                )
            self._close_drafts(number)
            return Release(number, name, at, author, note, restores)

    def _close_drafts(self, number: int) -> None:
        """Drafts that are published now: their version is in the release, or deletes an item that is not."""
        self._db.execute(
            """DELETE FROM drafts WHERE version IN (SELECT version FROM release_items WHERE number = ?)
            OR (version IN (SELECT id FROM versions WHERE digest IS NULL)
                AND item NOT IN (SELECT item FROM release_items WHERE number = ?))""",
            [number, number],
        )

    # Plans

    def plan(self, at: datetime, versions: Sequence[int], author: str, note: str) -> Plan:
        """Keep a plan to publish versions."""
        with transaction(self._db):
            row = self._rows(
                "INSERT INTO plans (at, versions, author, note) VALUES (?, ?, ?, ?) RETURNING id",
                [at.timestamp(), json.dumps(list(versions)), author, note],
            )[0]
        return Plan(row[0], at, tuple(versions), author, note)

    def plans(self) -> list[Plan]:
        """All plans, the next one first."""
        return [_plan(row) for row in self._rows(f"{_PLAN} ORDER BY at, id")]

    def due(self, at: datetime) -> list[Plan]:
        """The open plans whose time has come, oldest first."""
        query = f"{_PLAN} WHERE state = 'open' AND at <= ? ORDER BY at, id"
        return [_plan(row) for row in self._rows(query, [at.timestamp()])]

    def settle(self, plan: int, state: str, reasons: str = "") -> bool:
        """Close an open plan; False if somebody did so before."""
        with transaction(self._db):
            changed = self._db.execute(
                "UPDATE plans SET state = ?, reasons = ? WHERE id = ? AND state = 'open'", [state, reasons, plan]
            )
            return changed.rowcount == 1

    # Folder and store

    def files(self) -> dict[str, str]:
        """The digest of every item at the last moment when folder and store agreed on it."""
        return dict(self._rows("SELECT item, digest FROM files"))

    def agreed(self, digests: Mapping[str, str | None]) -> None:
        """Note that folder and store agree on these items; None for an item that both no longer have."""
        with transaction(self._db):
            for item, digest in digests.items():
                self._db.execute("DELETE FROM files WHERE item = ?", [item])
                if digest is not None:
                    self._db.execute("INSERT INTO files (item, digest) VALUES (?, ?)", [item, digest])
