"""`loa check`: everything that would keep a resident from a right answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ..core.guide import Guide
from ..errors import ContentError, Problem
from .coverage import Covered, coverage, coverage_problems
from .fact_list import fact_problems
from .loading import Loaded, load_with_sources
from .phrases import Survey, check_phrases
from .tried import tried
from .wording import wording_problems

# Any moment will do: checks have no conversation before them.
_LONG = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked: errors (`problems`) and warnings; which answers rest on which clause; how the phrases do."""

    problems: tuple[Problem, ...]
    checked: int
    warnings: tuple[Problem, ...] = ()
    coverage: tuple[Covered, ...] = ()
    surveys: tuple[Survey, ...] = ()

    @property
    def summary(self) -> str:
        """One line for people; it shows the count, since a check that finds nothing to check is no check."""
        state = f"{len(self.problems)} lỗi" if self.problems else "không có lỗi"
        warned = f", {len(self.warnings)} cảnh báo" if self.warnings else ""
        return f"đã kiểm {self.checked} mục: {state}{warned}"


def check_pack(root: Path, *, every_phrase: bool = False) -> Report:
    """Load the content of a folder and try it out; with `every_phrase` as `check_loaded` does."""
    try:
        loaded = load_with_sources(root)
    except ContentError as error:
        return Report(error.problems, len(error.problems))
    return check_loaded(loaded, every_phrase=every_phrase)


def check_loaded(loaded: Loaded, *, every_phrase: bool = False, before: Guide | None = None) -> Report:
    """Checks that need a whole catalogue.

    Phrases are left out of learning to see what they are taken for: a sample, or `every_phrase`, which takes seconds.
    `before` is the guide of nearly the same catalogue, from which only what is new is read.
    """
    catalogue = loaded.catalogue
    guide = before.successor(catalogue) if before else Guide(catalogue, _LONG, timedelta(days=90))
    with tried(loaded, guide) as asked:
        phrases = check_phrases(loaded, guide, every=every_phrase)
        found = [
            *wording_problems(loaded, guide), *phrases.problems, *coverage_problems(loaded), *fact_problems(loaded),
            *asked.problems(),
        ]  # fmt: skip
    checks = sum(len(intent.checks) for intent in catalogue.intents.values()) + len(catalogue.out_of_scope_checks)
    if not checks:
        found.append(Problem("intents", 1, "không có câu kiểm nào", "thêm checks vào các chủ đề", "empty"))
    checked = checks + len(catalogue.answers) + sum(len(intent.examples) for intent in catalogue.intents.values())
    return Report(
        tuple(sorted(each for each in found if not each.warning)), checked,
        tuple(sorted(each for each in found if each.warning)), coverage(catalogue), phrases.surveys,
    )  # fmt: skip
