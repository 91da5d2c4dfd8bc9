"""Speed at the content's own size and at others."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.catalogue import Catalogue
from bot.core.context import Context

from .building import build
from .exam import NOW
from .report import table
from .scaling import scaled
from .speed import Latency, Live, Size, Spread, as_typed, in_all_copies, latency, live

OWN = "own"
_MOST = 250


@dataclass(frozen=True, slots=True)
class Speed:
    """One size of content: how fast it is built, asked, and edited."""

    phrases: int
    build: float
    match: Latency
    answer: Latency
    live: Live


def speeds(
    catalogue: Catalogue, texts: Sequence[str], sizes: Sequence[Size], rounds: int, seed: int
) -> dict[str, Speed]:
    """Speed at the content's own size and at these; some of the texts are asked, each in the words of its copy."""
    some = texts[:: max(1, len(texts) // _MOST)]
    found = {OWN: _speed(catalogue, some, rounds, seed)}
    for size in sizes:
        spoken = in_all_copies(catalogue, some, size.subjects, seed)
        found[str(size)] = _speed(scaled(catalogue, size.subjects, size.phrases, seed), spoken, rounds, seed)
    return found


def _speed(catalogue: Catalogue, texts: Sequence[str], rounds: int, seed: int) -> Speed:
    began = time.perf_counter()
    guide = build(catalogue)
    built = time.perf_counter() - began
    # The texts of the two are spelled in different ways, so that neither finds the other's words in a cache.
    typed = as_typed(texts, 2 * rounds, seed)
    return Speed(
        sum(len(intent.examples) for intent in catalogue.intents.values()),
        built,
        latency(guide.matcher.match, typed[:rounds]),
        latency(lambda text: guide.answer(text, Context(), NOW), typed[rounds:]),
        live(guide, rounds, seed),
    )


def speed_figures(found: Mapping[str, Speed]) -> dict[str, float | None]:
    """The figures of the demands; an edit that the new guide does not know was not live, however fast."""
    figures: dict[str, float | None] = {}
    for size, speed in found.items():
        figures[f"median_{size}"] = speed.match.median.median
        figures[f"p99_{size}"] = speed.match.p99.median
        figures[f"live_{size}"] = speed.live.seconds.median if speed.live.known == speed.live.edits else None
    return figures


def speed_table(found: Mapping[str, Speed]) -> str:
    """Every size, with the medians of the rounds and their range."""
    head = ["content", "phrases", "matching, median ms", "p99 ms", "whole answer, median ms", "p99 ms"]
    rows = [
        [
            size, speed.phrases, _range(speed.match.median), _range(speed.match.p99), _range(speed.answer.median),
            _range(speed.answer.p99), f"{speed.build:.2f}", _range(speed.live.seconds),
            f"{speed.live.known} of {speed.live.edits}",
        ]
        for size, speed in found.items()
    ]  # fmt: skip
    return table([*head, "build s", "edited phrase live, s", "edits known"], rows)


def _range(values: Spread) -> str:
    return f"{values.median:.2f} ({values.low:.2f}–{values.high:.2f})"
