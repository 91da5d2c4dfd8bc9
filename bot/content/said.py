"""What residents were told at a time: the answer of the release that was current then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..core.catalogue import Catalogue
from ..core.reply import Block
from ..store.protocols import Versions
from ..store.versions import Release, Version
from .loading import LANGUAGE, load_texts
from .tree import Texts


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given. `version` is the text that it was made from."""

    release: Release
    version: Version
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """What there was at a moment: the release, the text of one answer in it, and all its texts."""

    release: Release
    version: Version
    texts: Texts


def then(versions: Versions, moment: datetime, intent: str) -> Then | None:
    """What an intent was answered from at a moment; None where nothing was released yet, or not for that intent."""
    release = versions.release_at(moment)
    contents = versions.contents(release.number) if release else {}
    item = f"responses/{LANGUAGE}/{intent}.md"
    return Then(release, contents[item], versions.bodies(contents)) if release and item in contents else None


def said(found: Then, intent: str, live: Catalogue | None = None) -> Said | None:
    """The answer to an intent as it was; raises ContentError if this program cannot read a release that old.

    `live` is a catalogue that is read already; it serves where it is of that very release.
    """
    known = live if live and live.release == found.release.name else load_texts(found.texts).catalogue
    answers = known.answers
    return Said(found.release, found.version, answers[intent].blocks) if intent in answers else None


def said_at(versions: Versions, moment: datetime, intent: str) -> Said | None:
    """The answer to an intent at a moment; None where nothing was released yet, or not for that intent.

    Raises ContentError if this program cannot read a release that old.
    """
    found = then(versions, moment, intent)
    return said(found, intent) if found else None
