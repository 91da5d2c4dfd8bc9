"""What the store keeps of the content: versions of items, drafts, releases, and what is to be published later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["draft", "in_review", "approved"]


@dataclass(frozen=True, slots=True)
class Version:
    """One text of one item, for good. An item is a content file, such as "responses/vi/mask.md".

    `digest` is the SHA-256 of its bytes, None where this version deletes the item. `base` is the version that its
    author had before him, None for a new item.
    """

    id: int
    item: str
    digest: str | None
    base: int | None
    author: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The open change of an item: its newest version that is in no release yet. An item has one draft at most."""

    version: Version
    state: State
    approver: str = ""

    @property
    def item(self) -> str:
        """The item that is changed."""
        return self.version.item


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to keep as a new version; `body` None deletes the item. `base` as in Version."""

    item: str
    body: bytes | None
    base: int | None
    author: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """An immutable set of versions. `name` is made of its very texts; two releases of the same texts share it.

    `restores` is the release whose texts were brought back by this one.
    """

    number: int
    name: str
    at: datetime
    author: str
    note: str = ""
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """An item that two releases hold differently, with the number of its version in each; None where it is in none."""

    item: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Versions that are to be published at a time. `reasons` say why that was refused; "moved" is one that another
    took the place of, with another time.
    """

    id: int
    at: datetime
    versions: tuple[int, ...]
    author: str
    note: str
    state: Literal["open", "done", "refused", "cancelled", "moved"] = "open"
    reasons: str = ""


# The version of every item of a release.
Contents = Mapping[str, Version]


def digest_of(body: bytes | None) -> str | None:
    """The name under which a text is kept; None for none."""
    return None if body is None else hashlib.sha256(body).hexdigest()
