"""Editing an item: what an editor begins from, and saving it beside what others wrote meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..errors import EditConflict, MergeConflict
from ..store.content_protocols import Versions
from ..store.versions import Edit, Version
from .words_diff import Conflict, merge3


@dataclass(frozen=True, slots=True)
class Head:
    """An item as an editor has it before him; `version` is None for an item that is new."""

    item: str
    version: Version | None
    text: str

    @property
    def number(self) -> int:
        """The number of the version; 0 for an item that is new."""
        return self.version.id if self.version else 0


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft that was saved; `merged` where somebody else had edited the item meanwhile.

    `text` is what the draft holds now. `mine` is the version of the author's own text, which after a merge is kept
    beside the merged one: whoever has typed on meanwhile goes on from there.
    """

    version: Version
    text: str | None
    mine: Version
    merged: bool = False


def head(versions: Versions, item: str) -> Head:
    """The draft of an item, else what is released, else nothing."""
    draft = next((draft.version for draft in versions.drafts() if draft.item == item), None)
    version = draft or _released(versions, item)
    return Head(item, version, _text(versions, version))


def _released(versions: Versions, item: str) -> Version | None:
    current = versions.current()
    return versions.contents(current.number).get(item) if current else None


def _text(versions: Versions, version: Version | None) -> str:
    body = versions.body(version.id) if version else None
    return "" if body is None else body.decode("utf-8-sig")


def save(versions: Versions, before: Head, text: str | None, author: str, at: datetime, note: str = "") -> Saved:
    """Keep a text as the draft of an item; None deletes the item.

    Where somebody else edited the item since `before`, both edits are brought together line by line. Raises
    MergeConflict, with nothing written, where they touch the same lines.
    """
    try:
        version = _keep(versions, before, author, at, note, text)[0]
        return Saved(version, text, version)
    except EditConflict:
        theirs = head(versions, before.item)
    merged = merge3(before.text, text or "", theirs.text) if text is not None else None
    if merged is None or isinstance(merged, Conflict):
        raise MergeConflict(before.item, theirs.version.author if theirs.version else "", text or "", theirs.text)
    mine, version = _keep(versions, theirs, author, at, note, text, merged.text)
    return Saved(version, merged.text, mine, merged=True)


def _keep(versions: Versions, before: Head, author: str, at: datetime, note: str, *texts: str | None) -> list[Version]:
    """Texts that follow each other, in one transaction; the last one is the draft."""
    base = before.version.id if before.version else None
    bodies = [None if text is None else text.replace("\r\n", "\n").encode() for text in texts]
    return versions.save([Edit(before.item, body, base, author, note) for body in bodies], at)
