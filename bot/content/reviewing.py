"""What publishing a candidate does to the questions that are known: checks, dialogs, and what residents asked last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ..core.catalogue import Catalogue
from ..core.guide import Guide
from ..store.protocols import Store
from .impact import Impact, Progress, impact
from .loading import load_texts
from .questions import Question, questions_of_checks, questions_of_dialogs
from .releasing import Candidate
from .tree import Texts


@dataclass(frozen=True, slots=True)
class Review:
    """The impact of a candidate, and the titles of all subjects before and after it."""

    impact: Impact
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a candidate is weighed against: the texts that residents are answered from, and what they asked last."""

    texts: Texts
    real: tuple[Question, ...]


def known_questions(basis: Basis, catalogue: Catalogue, root: Path) -> list[Question]:
    """Checks, what dialogs below a folder begin with, and the last real questions, masked."""
    dialogs, _ = questions_of_dialogs(root)
    return [*questions_of_checks(catalogue), *dialogs, *basis.real]


def basis_of(store: Store, made: Candidate, last: int) -> Basis | None:
    """What a candidate is weighed against, with the last real questions; None before the first release."""
    if not made.after:
        return None
    real = tuple(Question(each.text, "real", each.times, each.scores) for each in store.questions.latest(last))
    return Basis(store.versions.bodies(store.versions.contents(made.after)), real)


def weigh(
    basis: Basis, made: Candidate, root: Path, now: datetime, old: Guide, *, every: bool,
    progress: Progress | None = None,
) -> Review:  # fmt: skip
    """Ask `old`, the guide of the basis, and the candidate the same questions; touches no store."""
    new = old.successor(load_texts(made.texts).catalogue)
    found = impact(old, new, known_questions(basis, new.catalogue, root), now, every=every, progress=progress)
    return Review(found, {**titles_of(old.catalogue), **titles_of(new.catalogue)})


def review(
    store: Store, made: Candidate, root: Path, now: datetime, stale_after: timedelta, retention: timedelta, *,
    last: int, every: bool, progress: Progress | None = None, old: Guide | None = None,
) -> Review | None:  # fmt: skip
    """Ask the current release and the candidate the same questions; None before the first release.

    `old` is the guide of the current release, for who has it at hand; of another release it only saves reading.
    """
    basis = basis_of(store, made, last)
    if basis is None:
        return None
    catalogue = load_texts(basis.texts).catalogue
    if old is None:
        old = Guide(catalogue, stale_after, retention)
    elif old.catalogue.release != catalogue.release:
        old = old.successor(catalogue)
    return weigh(basis, made, root, now, old, every=every, progress=progress)


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """The title of every subject."""
    return {name: intent.title for name, intent in catalogue.intents.items()}
