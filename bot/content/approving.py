"""The second pair of eyes: a link that shows drafts to one person, who may approve them without an account.

The link is sealed, so that nobody can make or change one; it is made for one name, ends after a time, and with the
next edit of a draft.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.vietnamese import clean
from ..errors import EditConflict, LinkRefused, NotApproved, SealBroken
from ..store.content_protocols import Versions
from ..store.protocols import Store
from ..store.records import Asked, Deed
from ..store.sealing import Sealer
from ..store.versions import Draft
from .telling import named

LIFETIME = timedelta(days=2)
# Where links lead.
PATH = "/duyet"
_PURPOSE = "approval"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is asked by whom, with what note; `told` as in Asked."""

    approver: str
    by: str
    note: str = ""
    told: tuple[str, ...] = ()


def unchecked(name: str) -> str:
    """What the store calls somebody who approved by a link: nobody knows who opened it."""
    return f"{name} (qua link, tên chưa kiểm)"


def submit(
    store: Store, sealer: Sealer, drafts: Sequence[Draft], wish: Wish, at: datetime, lifetime: timedelta = LIFETIME
) -> str:
    """Put drafts in review; the token of the link for the approver.

    Raises NotApproved where the approver wrote one of them himself, EditConflict if one was edited meanwhile.
    """
    approver = clean(wish.approver)
    own = [draft.item for draft in drafts if _same(draft.version.author, approver)]
    if own or not approver:
        raise NotApproved(own)
    for draft in drafts:
        store.versions.mark(draft.item, draft.version.id, "in_review")
    versions = {draft.item: draft.version.id for draft in drafts}
    asked = Asked(
        secrets.token_urlsafe(12), approver, wish.by, at, at + lifetime, versions, wish.note.strip(), wish.told
    )
    store.approvals.add(asked)
    return base64.urlsafe_b64encode(sealer.seal(json.dumps({"asked": asked.id}), _PURPOSE)).decode().rstrip("=")


def approve_drafts(versions: Versions, shown: Mapping[str, int], approver: str) -> list[Draft]:
    """Approve drafts as an officer who is signed in saw them: the version of each item; the drafts.

    Raises NotApproved where he wrote one of them himself, EditConflict if one was edited or dropped meanwhile.
    """
    drafts = {draft.item: draft for draft in versions.drafts()}
    own = [item for item in shown if item in drafts and _same(drafts[item].version.author, approver)]
    if own:
        raise NotApproved(own)
    for item, version in shown.items():
        now = drafts[item].version.id if item in drafts else None
        if now != version:
            raise EditConflict(item, version, now)
    for item, version in shown.items():
        versions.mark(item, version, "approved", approver)
    return [drafts[item] for item in shown]


def _same(one: str, other: str) -> bool:
    # Look-alike and unseen letters make no second person.
    return clean(one).casefold() == clean(other).casefold()


def read_link(store: Store, sealer: Sealer, token: str, at: datetime) -> Asked:
    """What a link asks for; raises LinkRefused for one that is not ours or has ended."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars="-_", validate=True)
        asked = store.approvals.get(str(json.loads(sealer.open(sealed, _PURPOSE)).get("asked")))
    except (SealBroken, binascii.Error, ValueError):
        raise LinkRefused("broken") from None
    if asked is None or at > asked.until:  # the sweep forgets those that have ended
        raise LinkRefused("expired")
    return asked


def asked_drafts(versions: Versions, asked: Asked) -> list[Draft]:
    """The drafts of a link, as they were sent; raises LinkRefused once one was edited, dropped or published."""
    drafts = {draft.item: draft for draft in versions.drafts()}
    found = [drafts.get(item) for item in asked.versions]
    same = [draft for draft in found if draft and draft.version.id == asked.versions[draft.item]]
    if len(same) != len(asked.versions):
        raise LinkRefused("changed")
    return same


def approve(store: Store, asked: Asked, at: datetime) -> list[Draft]:
    """Approve the drafts of a link, and note in the trail that the name was typed and not checked; the drafts.

    Raises LinkRefused as `asked_drafts` does. Whoever presses again changes and notes nothing.
    """
    drafts = asked_drafts(store.versions, asked)
    waiting = [draft for draft in drafts if draft.state != "approved"]
    for draft in waiting:
        store.versions.mark(draft.item, draft.version.id, "approved", unchecked(asked.approver))
    if waiting:
        detail = f"{asked.by} nhờ {asked.approver}; tên do {asked.by} ghi, Loa không kiểm được ai mở link"
        items = named(draft.item for draft in waiting)
        store.people.note(Deed(at, unchecked(asked.approver), "approved_by_link", items, detail))
    return drafts
