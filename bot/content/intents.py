"""`intents/<intent>.yaml` into an intent, with what is wrong with the file by itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from ..core.catalogue import Intent
from ..errors import Problem
from .faults import intent_faults
from .files import parse_as, read
from .schemas import IntentFile

# Two packs of 350 subjects.
_INTENTS_KEPT = 1024


@lru_cache(_INTENTS_KEPT)
def read_intent(name: str, data: bytes, groups: tuple[str, ...]) -> tuple[Intent | None, tuple[Problem, ...]]:
    """A subject and what is wrong with its file by itself; the same bytes are taken apart once."""
    problems: list[Problem] = []
    source = read(name, data, [])
    file = parse_as(IntentFile, source, problems)
    if file is None:
        return None, tuple(problems)
    problems.extend(intent_faults(source, file, groups))
    values = {key: getattr(file, key) for key in IntentFile.model_fields}
    return Intent(PurePosixPath(name).stem, **values), tuple(problems)
