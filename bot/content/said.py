"""What residents were told at a time: the answer of the release that was current then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..core.reply import Block
from ..store.protocols import Versions
from ..store.versions import Release, Version
from .loading import LANGUAGE, load_texts


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given. `version` is the text that it was made from."""

    release: Release
    version: Version
    blocks: tuple[Block, ...]


def said_at(versions: Versions, moment: datetime, intent: str) -> Said | None:
    """The answer to an intent at a moment; None where nothing was released yet, or not for that intent.

    Raises ContentError if this program cannot read a release that old.
    """
    release = versions.release_at(moment)
    if release is None:
        return None
    contents = versions.contents(release.number)
    item = f"responses/{LANGUAGE}/{intent}.md"
    if item not in contents:
        return None
    answers = load_texts(versions.bodies(contents)).catalogue.answers
    return Said(release, contents[item], answers[intent].blocks) if intent in answers else None
