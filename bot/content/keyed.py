"""Saving some values of a YAML file: edits of different keys always come together, however near they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ..errors import MergeConflict
from ..store.content_protocols import Versions
from .drafting import Head, Saved, head, save
from .editing import remove_key, set_value, value_of

Path = tuple[str, ...]


def head_at(versions: Versions, item: str, version: int) -> Head:
    """An item as an editor had it before him; as it is now where that version is not one of this item."""
    try:
        found = versions.version(version)
        body = versions.body(version)
    except KeyError:
        return head(versions, item)
    if found.item != item or body is None:
        return head(versions, item)
    return Head(item, found, body.decode("utf-8-sig"))


def save_values(
    versions: Versions, before: Head, values: Mapping[Path, str], author: str, at: datetime, note: str = "", *,
    order: Sequence[str] = (), removed: Sequence[Path] = (),
) -> Saved | None:  # fmt: skip
    """Keep as a draft the values that differ from `before`; None where none does. An empty value leaves nothing there.

    Raises MergeConflict, with nothing written, where somebody else has meanwhile given one of these keys another
    value; EditError or ContentError where the file cannot be edited so.
    """
    changed = {path: value for path, value in values.items() if not _same(value, value_of(before.text, path))}
    if not changed:
        return None
    now = head(versions, before.item)
    for path, value in changed.items():
        theirs = value_of(now.text, path)
        if not _same(theirs, value_of(before.text, path)) and not _same(theirs, value):
            raise MergeConflict(before.item, now.version.author if now.version else "", value, theirs)
    text = now.text
    for path, value in changed.items():
        text = set_value(text, path, _ended_as(value_of(text, path), value) or None, order if len(path) == 1 else ())
    for path in removed:
        text = remove_key(text, path)
    return replace(save(versions, now, text, author, at, note), merged=now.version != before.version)


def _same(one: str, other: str) -> bool:
    return one.rstrip("\n") == other.rstrip("\n")


def _ended_as(before: str, value: str) -> str:
    """A value of several lines goes on ending with a line end if it did, so that only its words change."""
    return value.rstrip("\n") + "\n" if value and before.endswith("\n") else value
