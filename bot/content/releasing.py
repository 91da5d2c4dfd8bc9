"""From drafts to a release: the gate, publishing, going back, and what was said at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ..core.guide import Guide
from ..errors import ContentError, EditConflict, NotApproved, NotPublishable, ReleaseConflict, ReleaseUnreadable
from ..store.content_protocols import Versions
from ..store.versions import Contents, Draft, Release, Version
from .checking import Report, check_loaded
from .loading import load_texts
from .tree import Texts, release_name

Check = Callable[[Texts], Report]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that could be: the contents of the current one (number `after`) with some drafts over it."""

    after: int
    contents: Contents
    texts: Texts
    drafts: tuple[Draft, ...]


def check_texts(texts: Texts, before: Guide | None = None) -> Report:
    """`loa check` of texts that lie in no folder; `before` as in `check_loaded`."""
    try:
        loaded = load_texts(texts)
    except ContentError as error:
        return Report(error.problems, len(error.problems))
    return check_loaded(loaded, before=before)


def candidate(versions: Versions, items: Collection[str] | None = None) -> Candidate:
    """The release that the drafts of these items would make, of all drafts where `items` is None.

    Raises KeyError for an item that has no draft.
    """
    drafts = {draft.item: draft for draft in versions.drafts()}
    chosen = tuple(drafts[item] for item in (drafts if items is None else items))
    return _over_current(versions, [draft.version for draft in chosen], chosen)


def of_versions(versions: Versions, chosen: Iterable[Version]) -> Candidate:
    """The release that these versions would make, whatever the drafts are now."""
    return _over_current(versions, chosen, ())


def _over_current(versions: Versions, chosen: Iterable[Version], drafts: tuple[Draft, ...]) -> Candidate:
    current = versions.current()
    contents = dict(versions.contents(current.number)) if current else {}
    for version in chosen:
        contents.pop(version.item, None)
        if version.digest is not None:
            contents[version.item] = version
    return Candidate(current.number if current else 0, contents, versions.bodies(contents), drafts)


def released_texts(versions: Versions) -> dict[str, bytes]:
    """What residents are answered from; nothing before the first release."""
    current = versions.current()
    return versions.bodies(versions.contents(current.number)) if current else {}


def unchanged(versions: Versions, made: Candidate) -> Candidate:
    """A candidate that was made a while ago, with its drafts in the states that they have now.

    Raises ReleaseConflict if another release is current by now, EditConflict if a draft was edited or dropped.
    """
    current = versions.current()
    number = current.number if current else 0
    if number != made.after:
        raise ReleaseConflict(made.after, number)
    drafts = {draft.item: draft for draft in versions.drafts()}
    for draft in made.drafts:
        now = drafts.get(draft.item)
        if now is None or now.version.id != draft.version.id:
            raise EditConflict(draft.item, draft.version.id, now.version.id if now else None)
    return replace(made, drafts=tuple(drafts[draft.item] for draft in made.drafts))


def publish(
    versions: Versions, made: Candidate, author: str, at: datetime, note: str = "", *, approvals: bool = False,
    check: Check = check_texts, restores: int | None = None,
) -> Release:  # fmt: skip
    """Publish a candidate once it passed the gate; residents are answered from it from then on.

    Raises NotPublishable with every reason while a check fails, NotApproved while a second person has to look,
    ReleaseConflict if somebody else published meanwhile.
    """
    if approvals:
        refuse_unapproved(made.drafts)
    problems = check(made.texts).problems
    if problems:
        raise NotPublishable(problems)
    name = release_name(made.texts)
    return versions.publish(name, made.contents, made.after, author, at, note, restores)


def refuse_unapproved(drafts: Iterable[Draft]) -> None:
    """Raise NotApproved for drafts that nobody but their author has looked at."""
    waiting = [draft.item for draft in drafts if draft.state != "approved" or draft.approver == draft.version.author]
    if waiting:
        raise NotApproved(waiting)


def refuse_unreadable(number: int, texts: Texts) -> None:
    """Raise ReleaseUnreadable where this program cannot answer from the texts of a release; takes a while."""
    try:
        load_texts(texts)
    except ContentError as error:
        raise ReleaseUnreadable(number, error.problems[0]) from None


def roll_back(
    versions: Versions, number: int, author: str, at: datetime, note: str = "", after: int | None = None
) -> Release:
    """Answer again from the texts of an earlier release; drafts stay as they are.

    It passed the gate when it was published, so it is not checked again: who rolls back is in a hurry. Only whether
    it can still be read is for the caller to ask (`refuse_unreadable`). Raises KeyError for one that is not there,
    ReleaseConflict where `after`, the current release as the officer saw it, is not current any more: a button that
    is pressed twice rolls back once.
    """
    contents = versions.contents(number)
    current = versions.current()
    if after is not None and (current is None or current.number != after):
        raise ReleaseConflict(after, current.number if current else 0)
    name = next(each.name for each in versions.releases(current.number if current else 0) if each.number == number)
    return versions.publish(name, contents, current.number if current else 0, author, at, note, number)
