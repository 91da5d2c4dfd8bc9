"""Officers: who may do what, one-time links, and sessions. Tokens leave this module, only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

from .errors import OfficerUnknown
from .store.protocols import People
from .store.records import Deed, OfficerSession, Role

ROLES: tuple[Role, ...] = get_args(Role)
LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=12)
_AGENT_LETTERS = 120


def hashed(token: str) -> str:
    """The name under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


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
        people.note(Deed(at, name, "officer_added", name, ", ".join(roles)))
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
    """The session of a cookie, None where nobody is signed in or it was not used for long."""
    return people.session(hashed(cookie), at, at - SESSION_LASTS) if cookie else None


def may(session: OfficerSession, *roles: Role) -> bool:
    """Whether an officer has one of these roles; an admin may do all, and everybody what needs none."""
    return not roles or "admin" in session.roles or any(role in session.roles for role in roles)


def form_token_fits(session: OfficerSession, given: str) -> bool:
    """Whether a form came from a page of this very session."""
    return secrets.compare_digest(session.form_token.encode(), given.encode())
