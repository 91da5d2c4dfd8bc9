"""`data/facts.yaml` into facts, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..core.catalogue import Fact
from ..errors import Problem
from .faults import MOST_LETTERS_OF_A_FACT, fact_faults
from .files import Source, parse_as, parts_of, read
from .schemas import FactFile

_FACTS_KEPT = 8


@lru_cache(_FACTS_KEPT)
def read_facts(name: str, data: bytes | None) -> tuple[Mapping[str, Fact], tuple[Problem, ...]]:
    """The facts of a file and what is wrong with each; the same bytes are taken apart once."""
    problems: list[Problem] = []
    parts = parts_of(read(name, data, []))
    found = {each: read_fact(part, each, problems) for each, part in parts.items()}
    return {each: fact for each, fact in found.items() if fact}, tuple(problems)


def read_fact(part: Source, name: str, problems: list[Problem]) -> Fact | None:
    """One fact, from its part of `data/facts.yaml`; None, with a problem for each fault, where it cannot be read."""
    entry = parse_as(FactFile, part, problems)
    if entry is None:
        return None
    problems.extend(fact_faults(part, entry))
    return _fact(name, entry)


def _fact(name: str, entry: FactFile) -> Fact:
    origin = entry.source
    confirmed = entry.confirmed.model_dump() if entry.confirmed else {}
    return Fact(
        name, entry.title, (entry.value or "")[:MOST_LETTERS_OF_A_FACT], entry.kind, entry.state,
        source_title=origin.title if origin else "", source_url=(origin.url or "") if origin else "",
        source_date=(origin.date or "") if origin else "",
        valid_from=entry.valid_from or "", valid_until=entry.valid_until or "", seen=entry.seen or "",
        **{f"confirmed_{key}": value for key, value in confirmed.items()},
    )  # fmt: skip
