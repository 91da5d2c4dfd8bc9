"""Officers, their sign-in links and sessions, and the trail of what they did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from ..errors import LastAdmin
from .changes import announce
from .connections import Connection, Row, Value
from .records import Deed, DeedFilter, Officer, OfficerSession, Role

_SESSION = """SELECT s.id, s.officer, o.roles, s.form_token, s.made_at, s.seen_at, s.agent FROM office_sessions s
JOIN officers o ON o.name = s.officer"""


class SqlPeople:
    """Nobody's secret lies here: links and sessions are known by the hash of their token."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    # Officers

    def put(self, name: str, roles: Sequence[Role], at: datetime) -> None:
        """Add an officer, or give one other roles; without roles he cannot sign in any more.

        Raises LastAdmin, with nothing changed, where no admin would be left.
        """
        with self._db.transaction():
            announce(self._db, _TOPIC)  # its row locks: two admins cannot take each other away
            had_admin = self._has_admin()
            self._db.run(
                """INSERT INTO officers (name, roles, made_at) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET roles = excluded.roles""",
                [name, json.dumps(sorted(roles)), at.timestamp()],
            )
            if not roles:
                self._db.run("DELETE FROM office_sessions WHERE officer = ?", [name])
                self._db.run("DELETE FROM office_links WHERE officer = ?", [name])
            if had_admin and not self._has_admin():
                raise LastAdmin(name)

    def _has_admin(self) -> bool:
        return any("admin" in json.loads(row[0]) for row in self._db.all("SELECT roles FROM officers"))

    def officers(self) -> list[Officer]:
        """All officers, by name."""
        rows = self._db.all("SELECT name, roles, ref, made_at FROM officers ORDER BY name")
        return [_officer(row) for row in rows]

    def officer(self, name: str) -> Officer | None:
        """An officer by name, None if there is none."""
        row = self._db.one("SELECT name, roles, ref, made_at FROM officers WHERE name = ?", [name])
        return _officer(row) if row else None

    def officer_of(self, ref: str) -> Officer | None:
        """The officer whose private chat this is, None if it is nobody's."""
        row = self._db.one("SELECT name, roles, ref, made_at FROM officers WHERE ref = ?", [ref])
        return _officer(row) if row else None

    def tie(self, name: str, ref: str) -> None:
        """Note an officer's private chat; it was nobody else's afterwards. An empty one unties."""
        with self._db.transaction():
            self._db.run("UPDATE officers SET ref = '' WHERE ref = ?", [ref])
            self._db.run("UPDATE officers SET ref = ? WHERE name = ?", [ref, name])

    # Links

    def add_link(self, token_hash: str, officer: str, until: datetime) -> None:
        """Keep a link that signs an officer in once; his earlier ones end."""
        with self._db.transaction():
            self._db.run("DELETE FROM office_links WHERE officer = ?", [officer])
            self._db.run(
                "INSERT INTO office_links (id, officer, until) VALUES (?, ?, ?)",
                [token_hash, officer, until.timestamp()],
            )

    def link(self, token_hash: str, at: datetime) -> str | None:
        """Whom a link would sign in; it is not used up."""
        row = self._db.one("SELECT officer FROM office_links WHERE id = ? AND until >= ?", [token_hash, at.timestamp()])
        return str(row[0]) if row else None

    def use_link(self, token_hash: str, at: datetime) -> str | None:
        """Use a link up; whom it signs in, None for one that is used, ended or not ours."""
        with self._db.transaction():
            officer = self.link(token_hash, at)
            used = self._db.run("DELETE FROM office_links WHERE id = ?", [token_hash])
        return officer if used else None

    # Sessions

    def open_session(self, session: OfficerSession, token_hash: str) -> None:
        """Keep a session under the hash of its cookie."""
        with self._db.transaction():
            self._db.run(
                """INSERT INTO office_sessions (token, id, officer, form_token, made_at, seen_at, agent)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                [
                    token_hash, session.id, session.officer, session.form_token, session.made_at.timestamp(),
                    session.seen_at.timestamp(), session.agent,
                ],
            )  # fmt: skip

    def session(self, token_hash: str, at: datetime, since: datetime) -> OfficerSession | None:
        """The session of a cookie, if it was used after `since`; it is marked as used now."""
        row = self._db.one(f"{_SESSION} WHERE s.token = ? AND s.seen_at >= ?", [token_hash, since.timestamp()])
        if row is None or row[2] == "[]":
            return None
        if at.timestamp() - row[5] > _SEEN_SECONDS:
            self._db.run("UPDATE office_sessions SET seen_at = ? WHERE token = ?", [at.timestamp(), token_hash])
        return _session(row)

    def sessions(self) -> list[OfficerSession]:
        """All sessions, the one used last first."""
        return [_session(row) for row in self._db.all(f"{_SESSION} ORDER BY s.seen_at DESC, s.id")]

    def end_session(self, session: str) -> int:
        """End a session by its id; the number ended."""
        return self._db.run("DELETE FROM office_sessions WHERE id = ?", [session])

    # The trail

    def note(self, deed: Deed) -> None:
        """Add to the trail; nothing is ever taken from it but by retention."""
        self._db.run(
            "INSERT INTO trail (at, officer, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            [deed.at.timestamp(), deed.officer, deed.action, deed.subject, deed.detail],
        )

    def trail(self, most: int, officer: str = "") -> list[Deed]:
        """The newest deeds, newest first; of one officer where he is named."""
        where, args = ("WHERE officer = ?", [officer]) if officer else ("", [])
        rows = self._db.all(
            f"SELECT at, officer, action, subject, detail FROM trail {where} ORDER BY id DESC LIMIT ?",  # noqa: S608
            [*args, most],
        )
        return [Deed(_time(row[0]), *row[1:]) for row in rows]

    def deeds(self, wanted: DeedFilter, most: int, skip: int = 0) -> list[Deed]:
        """Lines of the trail, newest first, after the first `skip`."""
        where, args = _where(wanted)
        query = f"{_DEED} {where} ORDER BY id DESC LIMIT ? OFFSET ?"
        return [Deed(_time(row[0]), *row[1:]) for row in self._db.all(query, [*args, most, skip])]

    def deed_count(self, wanted: DeedFilter) -> int:
        """How many lines of the trail there are."""
        where, args = _where(wanted)
        return int(self._db.all(f"SELECT count(*) FROM trail {where}", args)[0][0])  # noqa: S608 (our own conditions)

    def doers(self) -> list[str]:
        """Everybody who stands in the trail, by name."""
        return [str(row[0]) for row in self._db.all("SELECT DISTINCT officer FROM trail ORDER BY officer")]


_TOPIC = "people"
_DEED = "SELECT at, officer, action, subject, detail FROM trail"
# A session is marked as used once a minute, not with every request.
_SEEN_SECONDS = 60


def _where(wanted: DeedFilter) -> tuple[str, list[Value]]:
    """The conditions of a filter, and their values."""
    parts: list[tuple[str, Value]] = []
    if wanted.officer:
        parts.append(("officer = ?", wanted.officer))
    if wanted.action:
        parts.append(("action = ?", wanted.action))
    if wanted.since:
        parts.append(("at >= ?", wanted.since.timestamp()))
    if wanted.before:
        parts.append(("at < ?", wanted.before.timestamp()))
    conditions = " AND ".join(condition for condition, _ in parts)
    return (f"WHERE {conditions}" if parts else ""), [value for _, value in parts]


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _officer(row: Row) -> Officer:
    return Officer(row[0], tuple(json.loads(row[1])), row[2], _time(row[3]))


def _session(row: Row) -> OfficerSession:
    return OfficerSession(row[0], row[1], tuple(json.loads(row[2])), row[3], _time(row[4]), _time(row[5]), row[6])
