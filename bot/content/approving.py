"""The second pair of eyes: a link that shows drafts to one person, who may approve them without an account.

The link is sealed, so that nobody can make or change one; it ends after a time, and with the next edit of a draft.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core.vietnamese import clean
from ..errors import EditConflict, LinkRefused, NotApproved, SealBroken
from ..store.protocols import Versions
from ..store.sealing import Sealer
from ..store.versions import Draft

LIFETIME = timedelta(days=2)
# Where links lead.
PATH = "/duyet"
_PURPOSE = "approval"


@dataclass(frozen=True, slots=True)
class Request:
    """Which versions one person is asked to approve, and until when."""

    versions: Mapping[str, int]
    approver: str
    until: datetime


def submit(
    versions: Versions, sealer: Sealer, drafts: Sequence[Draft], approver: str, at: datetime,
    lifetime: timedelta = LIFETIME,
) -> str:  # fmt: skip
    """Put drafts in review; the token of the link for the approver.

    Raises NotApproved where the approver wrote one of them himself, EditConflict if one was edited meanwhile.
    """
    own = [draft.item for draft in drafts if _same(draft.version.author, approver)]
    if own or not clean(approver):
        raise NotApproved(own)
    for draft in drafts:
        versions.mark(draft.item, draft.version.id, "in_review")
    values = {
        "versions": {draft.item: draft.version.id for draft in drafts},
        "approver": clean(approver),
        "until": (at + lifetime).isoformat(),
    }
    return base64.urlsafe_b64encode(sealer.seal(json.dumps(values), _PURPOSE)).decode().rstrip("=")


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


def read_link(sealer: Sealer, token: str, at: datetime) -> Request:
    """What a link asks for; raises LinkRefused for one that is not ours or has ended."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars="-_", validate=True)
        values = json.loads(sealer.open(sealed, _PURPOSE))
    except (SealBroken, binascii.Error, ValueError):
        raise LinkRefused("broken") from None
    request = Request(values["versions"], values["approver"], datetime.fromisoformat(values["until"]))
    if at > request.until:
        raise LinkRefused("expired")
    return request


def asked_drafts(versions: Versions, request: Request) -> list[Draft]:
    """The drafts of a link, as they were sent; raises LinkRefused once one was edited, dropped or published."""
    drafts = {draft.item: draft for draft in versions.drafts()}
    found = [drafts.get(item) for item in request.versions]
    asked = [draft for draft in found if draft and draft.version.id == request.versions[draft.item]]
    if len(asked) != len(request.versions):
        raise LinkRefused("changed")
    return asked


def approve(versions: Versions, request: Request) -> list[Draft]:
    """Approve the drafts of a link; the drafts. Raises LinkRefused as `asked_drafts` does."""
    drafts = asked_drafts(versions, request)
    for draft in drafts:
        versions.mark(draft.item, draft.version.id, "approved", request.approver)
    return drafts
