"""Officers: who may do what, one-time links, and sessions. Tokens leave this module, only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

from .errors import NameRefused, OfficerUnknown
from .store.officer_protocols import People
from .store.records import Deed, OfficerSession, Role

ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {
    "editor": "soạn nội dung", "approver": "duyệt", "duty": "trực tin báo", "admin": "quản trị (làm được mọi việc)",
}  # fmt: skip
_NAME_LETTERS = 60
# Stands in the history for whoever edited the files; nobody may write under it.
_TAKEN = ("tệp",)
_NOT_IN_NAMES = '/\\<>"'
LINK_LASTS = timedelta(minutes=10)
# Not used for so long; and at the latest so long after signing in, however much it is used.
SESSION_LASTS, SESSION_ENDS = timedelta(hours=12), timedelta(days=7)
_AGENT_LETTERS = 120


def hashed(token: str) -> str:
    """The name under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def name_of(given: str) -> str:
    """A name as it is kept; raises NameRefused, with a sentence, for one that nobody may have."""
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not name:
        raise NameRefused("tên cán bộ trống")
    if len(name) > _NAME_LETTERS:
        raise NameRefused(f"tên dài {len(name)} chữ, tối đa {_NAME_LETTERS}")
    if name.casefold() in _TAKEN or not name.isprintable() or any(letter in _NOT_IN_NAMES for letter in name):
        raise NameRefused(f'tên “{name}” không dùng được; viết họ tên, không có dấu / \\ < > "')
    return name


def add(people: People, given: str, roles: Sequence[Role], by: str, at: datetime) -> str:
    """Add an officer; the name as it is kept. Raises NameRefused, also for a name that somebody has."""
    name = name_of(given)
    same = next((each.name for each in people.officers() if each.name.casefold() == name.casefold()), None)
    if same:
        raise NameRefused(f"đã có cán bộ tên “{same}”; thêm chức vụ hoặc đơn vị vào tên để phân biệt")
    people.put(name, roles, at)
    people.note(Deed(at, by, "officer_added", name, _said(roles)))
    return name


def give_roles(people: People, name: str, roles: Sequence[Role], by: str, at: datetime) -> None:
    """Give an officer exactly these roles. Raises LastAdmin where no admin would be left."""
    people.put(name, roles, at)
    people.note(Deed(at, by, "roles_changed", name, _said(roles)))


def _said(roles: Sequence[Role]) -> str:
    return ", ".join(ROLE_WORDS[role] for role in ROLES if role in roles) or "không còn quyền"


def make_link(people: People, name: str, at: datetime) -> str:
    """The token of a link that signs an officer in once, within ten minutes; raises OfficerUnknown."""
    officer = people.officer(name)
    if officer is None or not officer.roles:
        raise OfficerUnknown(name, [each.name for each in people.officers() if each.roles])
    token = secrets.token_urlsafe(32)
    people.add_link(hashed(token), name, at + LINK_LASTS)
    return token


def invite(people: People, name: str, roles: Sequence[Role], at: datetime) -> str:
    """The token of a link for an officer, who is added with these roles if he is new."""
    officer = people.officer(name)
    if officer is None:
        people.put(name, roles, at)
        people.note(Deed(at, name, "officer_added", name, _said(roles)))
    return make_link(people, name, at)


def sign_in(people: People, token: str, at: datetime, agent: str) -> tuple[OfficerSession, str] | None:
    """Use a link up: the session and the token of its cookie; None for a link that is used, ended or not ours."""
    name = people.use_link(hashed(token), at)
    officer = people.officer(name) if name else None
    if officer is None or not officer.roles:
        return None
    cookie = secrets.token_urlsafe(32)
    session = OfficerSession(
        secrets.token_hex(8), officer.name, officer.roles, secrets.token_urlsafe(24), at, at, agent[:_AGENT_LETTERS]
    )
    people.open_session(session, hashed(cookie))
    people.note(Deed(at, officer.name, "signed_in"))
    return session, cookie


def session_of(people: People, cookie: str, at: datetime) -> OfficerSession | None:
    """The session of a cookie, None where nobody is signed in, it was not used for long or began too long ago."""
    found = people.session(hashed(cookie), at, at - SESSION_LASTS) if cookie else None
    return found if found and lasts(found, at) else None


def lasts(session: OfficerSession, at: datetime) -> bool:
    """Whether a session still signs its officer in."""
    return at - session.seen_at <= SESSION_LASTS and at - session.made_at <= SESSION_ENDS


def may(session: OfficerSession, *roles: Role) -> bool:
    """Whether an officer has one of these roles; an admin may do all, and everybody what needs none."""
    return not roles or "admin" in session.roles or any(role in session.roles for role in roles)


def form_token_fits(session: OfficerSession, given: str) -> bool:
    """Whether a form came from a page of this very session."""
    return secrets.compare_digest(session.form_token.encode(), given.encode())
