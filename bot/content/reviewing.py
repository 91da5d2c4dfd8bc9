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


@dataclass(frozen=True, slots=True)
class Review:
    """The impact of a candidate, and the titles of all subjects before and after it."""

    impact: Impact
    titles: Mapping[str, str]


def known_questions(store: Store, catalogue: Catalogue, root: Path, last: int) -> list[Question]:
    """Checks, what dialogs below a folder begin with, and the last real questions, masked, with their scores."""
    dialogs, _ = questions_of_dialogs(root)
    real = [Question(each.text, "real", each.times, each.scores) for each in store.questions.latest(last)]
    return [*questions_of_checks(catalogue), *dialogs, *real]


def review(
    store: Store, made: Candidate, root: Path, now: datetime, stale_after: timedelta, retention: timedelta, *,
    last: int, every: bool, progress: Progress | None = None, old: Guide | None = None,
) -> Review | None:  # fmt: skip
    """Ask the current release and the candidate the same questions; None before the first release.

    `old` is the guide of the current release, for who has it at hand; of another release it only saves reading.
    """
    if not made.after:
        return None
    versions = store.versions
    catalogue = load_texts(versions.bodies(versions.contents(made.after))).catalogue
    if old is None:
        old = Guide(catalogue, stale_after, retention)
    elif old.catalogue.release != catalogue.release:
        old = old.successor(catalogue)
    new = old.successor(load_texts(made.texts).catalogue)
    questions = known_questions(store, new.catalogue, root, last)
    found = impact(old, new, questions, now, every=every, progress=progress)
    return Review(found, {**titles_of(old.catalogue), **titles_of(new.catalogue)})


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """The title of every subject."""
    return {name: intent.title for name, intent in catalogue.intents.items()}
