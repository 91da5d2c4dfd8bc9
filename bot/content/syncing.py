"""Keeps the content folder and the store one: who changed what since they last agreed, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from ..store.content_protocols import Versions
from ..store.versions import Contents, Draft, Edit, Version, digest_of
from .tree import Texts

# The author of what comes from the folder.
FROM_FILES = "tệp"


class Side(Enum):
    """Which side of an item changed since folder and store last agreed on it."""

    FILE = "file"  # only the file: it becomes a draft
    WAITING = "waiting"  # only the file, and it is a draft already
    STORE = "store"  # only the store: it can be written back
    BOTH = "both"  # a conflict; nothing is overwritten


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that folder and store do not agree on; `head` is the version in the store, None if it has none."""

    item: str
    side: Side
    head: Version | None


def compare(texts: Texts, versions: Versions) -> tuple[Difference, ...]:
    """What folder and store do not agree on, by item."""
    current = versions.current()
    released: Contents = versions.contents(current.number) if current else {}
    drafts = {draft.item: draft for draft in versions.drafts()}
    agreed = versions.files()
    items = sorted({*texts, *released, *agreed, *drafts})
    return tuple(
        Difference(item, side, _head(item, released, drafts))
        for item in items
        if (side := _side(digest_of(texts.get(item)), agreed.get(item), released.get(item), drafts.get(item)))
    )


def _head(item: str, released: Contents, drafts: Mapping[str, Draft]) -> Version | None:
    return drafts[item].version if item in drafts else released.get(item)


def _side(file: str | None, agreed: str | None, released: Version | None, draft: Draft | None) -> Side | None:
    store = released.digest if released else None
    if file == store:
        return None
    if draft and draft.version.digest == file:
        return Side.WAITING
    if file == agreed:
        return Side.STORE
    edited = draft is not None and draft.version.author != FROM_FILES
    return Side.BOTH if store != agreed or edited else Side.FILE


def take_files(texts: Texts, versions: Versions, differences: Iterable[Difference], at: datetime) -> list[Version]:
    """Make the files of these items drafts, whatever the store holds."""
    edits = [
        Edit(each.item, texts.get(each.item), each.head.id if each.head else None, FROM_FILES) for each in differences
    ]
    return versions.save(edits, at)


def keep_store(root: Path, texts: Texts, versions: Versions, difference: Difference, at: datetime) -> None:
    """Where both sides changed an item: let what the store holds stand, and write what is released into the folder.

    The text of the file stays in the history of the item. Raises OSError where the file cannot be written.
    """
    draft = next((draft.version for draft in versions.drafts() if draft.item == difference.item), None)
    (kept,) = take_files(texts, versions, [difference], at)
    if draft is None:
        versions.discard([difference.item])
    else:
        versions.save([Edit(draft.item, versions.body(draft.id), kept.id, draft.author, draft.note)], at)
    written = to_write([difference], versions)
    write_back(root, written)
    now = {item: body for item, body in {**texts, **written}.items() if body is not None}
    note_agreement(now, versions)


def note_agreement(texts: Texts, versions: Versions) -> None:
    """Remember every item on which folder and release agree now."""
    current = versions.current()
    released: Contents = versions.contents(current.number) if current else {}
    known = versions.files()
    now = {
        item: digest_of(texts.get(item))
        for item in {*texts, *released, *known}
        if digest_of(texts.get(item)) == (released[item].digest if item in released else None)
    }
    changed = {item: value for item, value in now.items() if known.get(item) != value}
    if changed:
        versions.agreed(changed)


def working_texts(texts: Texts, versions: Versions) -> dict[str, bytes]:
    """What the folder would hold if the store had been written back to it: files win where both changed."""
    current = versions.current()
    released: Contents = versions.contents(current.number) if current else {}
    from_store = [each.item for each in compare(texts, versions) if each.side is Side.STORE]
    bodies = versions.bodies({item: released[item] for item in from_store if item in released})
    kept = {item: body for item, body in texts.items() if item not in from_store}
    return dict(sorted({**kept, **bodies}.items()))


def to_write(differences: Iterable[Difference], versions: Versions) -> dict[str, bytes | None]:
    """What is released of these items; None where it is no longer there."""
    current = versions.current()
    released: Contents = versions.contents(current.number) if current else {}
    bodies = versions.bodies(released)
    return {each.item: bodies.get(each.item) for each in differences}


def write_back(root: Path, texts: Mapping[str, bytes] | Mapping[str, bytes | None]) -> None:
    """Write texts below a folder, each by a file beside it and a rename; None deletes.

    Raises OSError where a file cannot be written; what was written before stays.
    """
    for item, body in texts.items():
        path = root / item
        if body is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(body)
        beside.replace(path)
