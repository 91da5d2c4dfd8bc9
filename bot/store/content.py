"""Versions, drafts and releases of the content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from ..errors import EditConflict, ReleaseConflict
from .changes import announce
from .connections import Connection, Row, Value
from .versions import Contents, Draft, Edit, Plan, Release, Replaced, State, Version, digest_of

_VERSION = "v.id, v.item, v.digest, v.base, v.author, v.at, v.note"
_RELEASE = "SELECT number, name, at, author, note, restores FROM releases"
_REPLACED = """SELECT n.item AS item, o.version, n.version
FROM release_items n LEFT JOIN release_items o ON o.number = ? AND o.item = n.item
WHERE n.number = ? AND (o.version IS NULL OR o.version <> n.version)
UNION ALL SELECT o.item, o.version, NULL
FROM release_items o LEFT JOIN release_items n ON n.number = ? AND n.item = o.item
WHERE o.number = ? AND n.item IS NULL ORDER BY item"""
_PLAN = "SELECT id, at, versions, author, note, state, reasons FROM plans"


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _version(row: Row) -> Version:
    identity, item, digest, base, author, at, note = row[:7]
    return Version(identity, item, digest, base, author, _time(at), note)


def _release(row: Row) -> Release:
    return Release(row[0], row[1], _time(row[2]), *row[3:])


def _plan(row: Row) -> Plan:
    return Plan(row[0], _time(row[1]), tuple(json.loads(row[2])), *row[3:])


# What a process listens for to learn of new drafts and releases.
TOPIC = "content"
_AT_ONCE = 500


class SqlVersions:
    """Nothing that was released is ever changed; texts are kept once, by their digest."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One transaction that no other change of the content runs beside: the row of the announcement locks it."""
        with self._db.transaction():
            announce(self._db, TOPIC)
            yield

    # Versions and drafts

    def save(self, edits: Sequence[Edit], at: datetime) -> list[Version]:
        """Keep texts as new versions and make them the drafts of their items: all or none."""
        with self._change():
            for edit in edits:
                now = self._head(edit.item)
                if now != edit.base:
                    raise EditConflict(edit.item, edit.base, now)
            return [self._save(edit, at) for edit in edits]

    def _save(self, edit: Edit, at: datetime) -> Version:
        digest = digest_of(edit.body)
        if digest is not None:
            self._db.run("INSERT INTO bodies (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
                             [digest, edit.body])  # fmt: skip
        row = self._db.all(
            """INSERT INTO versions (item, digest, base, author, at, note) VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
            [edit.item, digest, edit.base, edit.author, at.timestamp(), edit.note],
        )[0]
        self._db.run(
            """INSERT INTO drafts (item, version, state) VALUES (?, ?, 'draft') ON CONFLICT (item) DO UPDATE
            SET version = excluded.version, state = excluded.state, approver = ''""",
            [edit.item, row[0]],
        )
        return Version(row[0], edit.item, digest, edit.base, edit.author, at, edit.note)

    def _head(self, item: str) -> int | None:
        """The version that an editor has before him: the draft's, else the one of the current release."""
        found = self._db.all("SELECT version FROM drafts WHERE item = ?", [item]) or self._db.all(
            "SELECT version FROM release_items WHERE item = ? AND number = (SELECT max(number) FROM releases)", [item]
        )
        return found[0][0] if found else None

    def version(self, version: int) -> Version:
        """A version by its number; raises KeyError for one that is not there."""
        found = self._db.one(f"SELECT {_VERSION} FROM versions v WHERE v.id = ?", [version])  # noqa: S608 (a constant)
        if found is None:
            raise KeyError(version)
        return _version(found)

    def body(self, version: int) -> bytes | None:
        """The text of a version; None where it deletes the item. Raises KeyError for a version that is not there."""
        query = "SELECT b.body FROM versions v LEFT JOIN bodies b ON b.digest = v.digest WHERE v.id = ?"
        found = self._db.one(query, [version])
        if found is None:
            raise KeyError(version)
        return None if found[0] is None else bytes(found[0])

    def bodies(self, contents: Contents) -> dict[str, bytes]:
        """The texts of many versions, by item."""
        wanted: Sequence[Value] = sorted({each.digest for each in contents.values() if each.digest})
        texts = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found = self._db.all(f"SELECT digest, body FROM bodies WHERE digest IN ({marks})", some)  # noqa: S608
            texts.update({digest: bytes(body) for digest, body in found})
        return {item: texts[each.digest] for item, each in contents.items() if each.digest}

    def history(self, item: str) -> list[Version]:
        """All versions of an item, newest first."""
        query = f"SELECT {_VERSION} FROM versions v WHERE v.item = ? ORDER BY v.id DESC"  # noqa: S608 (a constant)
        return [_version(row) for row in self._db.all(query, [item])]

    def drafts(self) -> list[Draft]:
        """The open drafts, by item."""
        query = f"""SELECT {_VERSION}, d.state, d.approver FROM drafts d JOIN versions v ON v.id = d.version
        ORDER BY d.item"""  # noqa: S608 (a constant)
        return [Draft(_version(row), row[7], row[8]) for row in self._db.all(query)]

    def mark(self, item: str, version: int, state: State, approver: str = "") -> None:
        """Set the state of a draft; raises EditConflict if the draft is not of that version any more."""
        with self._change():
            changed = self._db.run(
                "UPDATE drafts SET state = ?, approver = ? WHERE item = ? AND version = ?",
                [state, approver, item, version],
            )
            if not changed:
                raise EditConflict(item, version, self._head(item))

    def discard(self, items: Sequence[str]) -> int:
        """Drop drafts; their versions stay in the history. The number dropped."""
        with self._change():
            return sum(self._db.run("DELETE FROM drafts WHERE item = ?", [item]) for item in items)

    # Releases

    def current(self) -> Release | None:
        """The release that residents are answered from; None before the first."""
        return next(iter(self.releases(1)), None)

    def releases(self, most: int, before: int | None = None) -> list[Release]:
        """The newest releases, newest first; of those with a number below `before` where it is given."""
        below = "" if before is None else " WHERE number < ?"
        values: Sequence[Value] = [most] if before is None else [before, most]
        return [_release(row) for row in self._db.all(f"{_RELEASE}{below} ORDER BY number DESC LIMIT ?", values)]

    def replaced(self, old: int, new: int) -> list[Replaced]:
        """What a release holds differently from another, by item; a release that is not there holds nothing."""
        return [Replaced(*row) for row in self._db.all(_REPLACED, [old, new, new, old])]

    def named(self, name: str) -> Release | None:
        """The first release of that name, None if there is none."""
        found = self._db.one(f"{_RELEASE} WHERE name = ? ORDER BY number LIMIT 1", [name])
        return _release(found) if found else None

    def release_at(self, moment: datetime) -> Release | None:
        """The release that was current at a moment, None before the first."""
        found = self._db.all(f"{_RELEASE} WHERE at <= ? ORDER BY number DESC LIMIT 1", [moment.timestamp()])
        return _release(found[0]) if found else None

    def contents(self, release: int) -> Contents:
        """The versions of a release, by item; raises KeyError for one that is not there."""
        query = f"""SELECT {_VERSION} FROM release_items i JOIN versions v ON v.id = i.version
        WHERE i.number = ? ORDER BY i.item"""  # noqa: S608 (a constant)
        found = {row[1]: _version(row) for row in self._db.all(query, [release])}
        if not found:
            raise KeyError(release)
        return found

    def publish(
        self, name: str, contents: Contents, after: int, author: str, at: datetime, note: str = "",
        restores: int | None = None,
    ) -> Release:  # fmt: skip
        """Make a release and close the drafts that it holds, in one transaction."""
        with self._change():
            current = self._db.all("SELECT coalesce(max(number), 0) FROM releases")[0][0]
            if current != after:
                raise ReleaseConflict(after, current)
            number = current + 1
            self._db.run(
                "INSERT INTO releases (number, name, at, author, note, restores) VALUES (?, ?, ?, ?, ?, ?)",
                [number, name, at.timestamp(), author, note, restores],
            )
            for item, version in contents.items():
                self._db.run(
                    "INSERT INTO release_items (number, item, version) VALUES (?, ?, ?)", [number, item, version.id]
                )
            self._close_drafts(number)
            return Release(number, name, at, author, note, restores)

    def _close_drafts(self, number: int) -> None:
        """Drafts that are published now: their version is in the release, or deletes an item that is not."""
        self._db.run(
            """DELETE FROM drafts WHERE version IN (SELECT version FROM release_items WHERE number = ?)
            OR (version IN (SELECT id FROM versions WHERE digest IS NULL)
                AND item NOT IN (SELECT item FROM release_items WHERE number = ?))""",
            [number, number],
        )

    # Plans

    def plan(self, at: datetime, versions: Sequence[int], author: str, note: str) -> Plan:
        """Keep a plan to publish versions; an open one of the same versions and time is that plan."""
        wanted = json.dumps(list(versions))
        same = f"{_PLAN} WHERE state = 'open' AND at = ? AND versions = ? ORDER BY id"
        with self._change():
            if found := self._db.one(same, [at.timestamp(), wanted]):
                return _plan(found)
            row = self._db.all(
                "INSERT INTO plans (at, versions, author, note) VALUES (?, ?, ?, ?) RETURNING id",
                [at.timestamp(), wanted, author, note],
            )[0]
        return Plan(row[0], at, tuple(versions), author, note)

    def plans(self) -> list[Plan]:
        """All plans, the next one first."""
        return [_plan(row) for row in self._db.all(f"{_PLAN} ORDER BY at, id")]

    def due(self, at: datetime) -> list[Plan]:
        """The open plans whose time has come, oldest first."""
        query = f"{_PLAN} WHERE state = 'open' AND at <= ? ORDER BY at, id"
        return [_plan(row) for row in self._db.all(query, [at.timestamp()])]

    def settle(self, plan: int, state: str, reasons: str = "") -> bool:
        """Close an open plan; False if somebody did so before."""
        with self._change():
            changed = self._db.run(
                "UPDATE plans SET state = ?, reasons = ? WHERE id = ? AND state = 'open'", [state, reasons, plan]
            )
            return changed == 1

    # Folder and store

    def files(self) -> dict[str, str]:
        """The digest of every item at the last moment when folder and store agreed on it."""
        return dict(self._db.all("SELECT item, digest FROM files"))

    def agreed(self, digests: Mapping[str, str | None]) -> None:
        """Note that folder and store agree on these items; None for an item that both no longer have."""
        with self._change():
            for item, digest in digests.items():
                self._db.run("DELETE FROM files WHERE item = ?", [item])
                if digest is not None:
                    self._db.run("INSERT INTO files (item, digest) VALUES (?, ?)", [item, digest])
