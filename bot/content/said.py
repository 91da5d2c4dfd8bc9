"""What residents were told at a time: the answer of the release that was current then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..core.catalogue import Catalogue
from ..core.reply import Block
from ..store.content_protocols import Versions
from ..store.versions import Contents, Release, Version
from .loading import load_answer
from .tree import LANGUAGE, Texts


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given. `version` is the text that it was made from."""

    release: Release
    version: Version
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """What there was at a moment: the release, the text of one answer in it, and the texts that it rests on."""

    release: Release
    version: Version
    texts: Texts


def then(versions: Versions, moment: datetime, intent: str) -> Then | None:
    """What an intent was answered from at a moment; None where nothing was released yet, or not for that intent."""
    release = versions.release_at(moment)
    contents = versions.contents(release.number) if release else {}
    item = f"responses/{LANGUAGE}/{intent}.md"
    if release is None or item not in contents:
        return None
    return Then(release, contents[item], texts_of(versions, contents, intent))


def texts_of(versions: Versions, contents: Contents, intent: str) -> Texts:
    """Of a release the texts that one answer rests on; the other answers and all phrases are not read."""
    item = f"responses/{LANGUAGE}/{intent}.md"
    wanted = {name: each for name, each in contents.items() if name == item or _is_ground(name)}
    return versions.bodies(wanted)


def _is_ground(item: str) -> bool:
    return item.startswith("data/") and item.endswith((".yaml", ".md"))


def said(found: Then, intent: str, live: Catalogue | None = None) -> Said | None:
    """The answer to an intent as it was; raises ContentError if this program cannot read a release that old.

    `live` is a catalogue that is read already; it serves where it is of that very release.
    """
    if live and live.release == found.release.name:
        answer = live.answers.get(intent)
        blocks = answer.blocks if answer else None
    else:
        blocks = load_answer(found.texts, intent)
    return Said(found.release, found.version, blocks) if blocks else None


def said_at(versions: Versions, moment: datetime, intent: str) -> Said | None:
    """The answer to an intent at a moment; None where nothing was released yet, or not for that intent.

    Raises ContentError if this program cannot read a release that old.
    """
    found = then(versions, moment, intent)
    return said(found, intent) if found else None
