"""How long a question takes, how soon an edited phrase is live, and how much memory the matcher keeps."""

from __future__ import annotations

import gc
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from bot.content.loading import load
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide

from .building import build, edited
from .noise import MAKERS, made
from .scaling import copies, scaled

# Further rounds of something slow are left out once it has taken so many seconds.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    """How many subjects, and how many phrases each."""

    subjects: int
    phrases: int

    def __str__(self) -> str:
        return f"{self.subjects}x{self.phrases}"


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, and the least and most of any."""

    median: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The spread of at least one value."""
    return Spread(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: the median question of a round, and its 99th percentile."""

    median: Spread
    p99: Spread


def latency(ask: Callable[[str], object], rounds: Sequence[Sequence[str]]) -> Latency:
    """The time that each text takes, one after the other; every round has its own texts, so no cache knows them all."""
    found = [[_milliseconds(ask, text) for text in texts] for texts in rounds]
    return Latency(spread([median(each) for each in found]), spread([quantiles(each, n=100)[98] for each in found]))


def _milliseconds(ask: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    ask(text)
    return 1000 * (time.perf_counter() - began)


def as_typed(texts: Sequence[str], rounds: int, seed: int) -> list[list[str]]:
    """The texts in every round, each spelled by another maker of noise, or by none."""
    return [
        [_spelled(text, _WAYS[(at + number) % len(_WAYS)], f"{seed} {number}") for at, text in enumerate(texts)]
        for number in range(rounds)
    ]


_WAYS = ("", *MAKERS)


def _spelled(text: str, way: str, seed: str) -> str:
    return made(way, [text], seed)[0] if way else text


def in_all_copies(catalogue: Catalogue, texts: Sequence[str], subjects: int, seed: int) -> list[str]:
    """The texts, each in the words of one of the copies that so many subjects are made of."""
    number = -(-subjects // len(catalogue.intents))
    spoken = list(islice(copies(catalogue, seed), number))
    chance = random.Random(seed)
    return [chance.choice(spoken).say(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Live:
    """Seconds from an edited catalogue to a guide of it, and in how many of the edits that guide knew the phrase."""

    seconds: Spread
    edits: int
    known: int


def live(guide: Guide, rounds: int, seed: int) -> Live:
    """Edit one phrase at a time, each of another subject."""
    taken: list[float] = []
    known = 0
    for phrase, catalogue in islice(_edits(guide.catalogue, seed), rounds):
        began = time.perf_counter()
        now = edited(guide, catalogue)
        taken.append(time.perf_counter() - began)
        known += now.matcher.match(phrase).nearest == phrase
        if sum(taken) > _PATIENCE:
            break
    return Live(spread(taken), len(taken), known)


def _edits(catalogue: Catalogue, seed: int) -> Iterator[tuple[str, Catalogue]]:
    """A new phrase, and the catalogue in which it stands in place of a subject's last one."""
    names = list(catalogue.intents)
    random.Random(seed).shuffle(names)
    for name in names:
        intent = catalogue.intents[name]
        phrase = f"xin hỏi {intent.examples[0]} thưa cán bộ"
        changed = replace(intent, examples=(*intent.examples[:-1], phrase))
        yield phrase, replace(catalogue, intents={**catalogue.intents, name: changed})


def memory(root: Path, size: Size, seed: int) -> float | None:
    """Megabytes that a fresh process grows by when it builds the matcher (resident set); None where there is no /proc.

    What the content, its reading and the imported libraries take is there before and does not count.
    """
    if not _STATM.exists():
        return None
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_grown, root, size, seed).result()


_STATM = Path("/proc/self/statm")


def _grown(root: Path, size: Size, seed: int) -> float:
    catalogue = scaled(load(root), size.subjects, size.phrases, seed)
    before = _resident()
    matcher = build(catalogue).matcher
    after = _resident()
    matcher.match("")
    return after - before


def _resident() -> float:
    gc.collect()
    return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
