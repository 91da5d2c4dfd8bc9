"""Loa beside its peers, and beside itself without one part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from bot.core.catalogue import Catalogue
from bot.core.guide import Guide

from .building import build, without
from .exam import Exam, Observed, look_at, some, together
from .measures import auroc, auroc_of, share
from .peers import Guess, guesses, peers, phrases_of, told_apart, top1
from .sections import OWN

Rows = dict[str, dict[str, float | None]]
_FILES = ("clean", "noisy", "short")
_SCOPE = "AUROC by scope"
# In and out of scope of like length; cross-validation has only phrases.
_MATCHED = ("clean", "noisy", "oos_long", "content")


def against_peers(exams: Sequence[Exam], seen: Observed, milliseconds: float, most: int, seed: int) -> Rows:
    """Top-1 by file, AUROC and milliseconds per question of all; the peers see `most` questions of a file."""
    found: dict[str, dict[str, list[Guess]]] = {}
    for exam in exams:
        phrases = phrases_of(exam.catalogue)
        asked = some(exam.questions, most // len(exams), seed).single
        for name, peer in peers(phrases, seed):
            files = found.setdefault(name, {})
            for file, part in asked.items():
                files.setdefault(file, []).extend(guesses(peer, phrases, part))
    own: dict[str, float | None] = {f"{file}: top-1": share(each.top1 for each in seen.inside(file)) for file in _FILES}
    own |= {_SCOPE: _scope(seen), "ms per question": milliseconds}
    return {OWN: own, **{name: _peer(files) for name, files in found.items()}}


def _scope(seen: Observed) -> float | None:
    """As of the peers: how well in and out of scope are told apart, whichever subject it may be."""
    return auroc(
        [each.inside for each in seen.inside(*_MATCHED)], [each.inside for each in seen.outside(*_MATCHED)]
    )  # fmt: skip


def _peer(files: Mapping[str, Sequence[Guess]]) -> dict[str, float | None]:
    every = [each.taken for part in files.values() for each in part]
    return {
        **{f"{file}: top-1": top1(files.get(file, ())) for file in _FILES},
        _SCOPE: told_apart([each for file in _MATCHED for each in files.get(file, ())]),
        "ms per question": median(every) if every else None,
    }


def without_parts(exams: Iterable[Exam], most: int, seed: int) -> Rows:
    """Top-1 and AUROC of the whole matcher, and of that without each of its parts; nothing if it has no parts."""
    found: dict[str, list[Observed]] = {}
    for exam in exams:
        questions = some(exam.questions, most, seed)
        for name, guide in _variants(exam.catalogue):
            found.setdefault(name, []).append(look_at(guide, questions))
    return {name: _row(together(parts)) for name, parts in found.items()}


def _variants(catalogue: Catalogue) -> Iterator[tuple[str, Guide]]:
    for number, (name, guide) in enumerate(without(catalogue)):
        if not number:
            yield "everything", build(catalogue)
        yield f"without {name}", guide


def _row(seen: Observed) -> dict[str, float | None]:
    outside = seen.outside("oos_long", "content")
    return {
        "accented: top-1": share(each.top1 for each in seen.inside("clean")),
        "accented: AUROC": auroc_of((*seen.inside("clean"), *outside)),
        "noisy: top-1": share(each.top1 for each in seen.inside("noisy")),
        "noisy: AUROC": auroc_of((*seen.inside("noisy"), *outside)),
        "short: top-1": share(each.top1 for each in seen.inside("short")),
        "short: AUROC": auroc_of(seen.of("short")),
    }
