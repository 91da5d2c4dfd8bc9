"""What the store answers from at the start of a process, once the folder was compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..errors import ContentError
from ..store.content_protocols import Versions
from ..store.versions import Edit, Release, digest_of
from .loading import Loaded, load_texts
from .releasing import candidate
from .syncing import FROM_FILES, Side, compare, note_agreement, take_files
from .tree import Texts, release_name


@dataclass(frozen=True, slots=True)
class Start:
    """The release to answer from; items that wait as drafts from files, and items that both sides changed."""

    release: Release
    loaded: Loaded
    waiting: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def start(versions: Versions, texts: Texts, at: datetime) -> Start:
    """Take the folder in at the first start; later, make drafts of the files that were edited.

    An empty folder is no folder: a machine that only serves has none. Raises ContentError where nothing can be served.
    """
    current = versions.current()
    if current is None:
        loaded = load_texts(texts)
        return Start(first_release(versions, texts, at), loaded)
    if texts:
        take_edited(versions, texts, at)
    sides = {each.item: each.side for each in compare(texts, versions)} if texts else {}
    release, loaded = _servable(versions, current, at)
    waiting = tuple(item for item, side in sides.items() if side is Side.WAITING and release == current)
    return Start(release, loaded, waiting, tuple(item for item, side in sides.items() if side is Side.BOTH))


def take_edited(versions: Versions, texts: Texts, at: datetime) -> None:
    """Make drafts of the files that were edited since folder and store last agreed."""
    note_agreement(texts, versions)
    versions.discard(_taken_back(versions, texts))
    take_files(texts, versions, [each for each in compare(texts, versions) if each.side is Side.FILE], at)


def _taken_back(versions: Versions, texts: Texts) -> list[str]:
    """Drafts from files that were edited back to what is released."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    drafts = [draft.item for draft in versions.drafts() if draft.version.author == FROM_FILES]
    return [
        item for item in drafts if digest_of(texts.get(item)) == (released[item].digest if item in released else None)
    ]


def first_release(versions: Versions, texts: Texts, at: datetime) -> Release:
    """Make the folder the first release."""
    saved = versions.save([Edit(item, body, None, FROM_FILES) for item, body in texts.items()], at)
    contents = {version.item: version for version in saved}
    release = versions.publish(release_name(texts), contents, 0, FROM_FILES, at, "nhập lần đầu")
    note_agreement(texts, versions)
    return release


def _servable(versions: Versions, current: Release, at: datetime) -> tuple[Release, Loaded]:
    """The current release; where a newer program cannot serve it, the files that came with that program."""
    try:
        return current, load_texts(versions.bodies(versions.contents(current.number)))
    except ContentError:
        items = [draft.item for draft in versions.drafts() if draft.version.author == FROM_FILES]
        made = candidate(versions, items)
        loaded = load_texts(made.texts)
        note = "chương trình mới cần nội dung đi cùng"
        return versions.publish(release_name(made.texts), made.contents, made.after, FROM_FILES, at, note), loaded
