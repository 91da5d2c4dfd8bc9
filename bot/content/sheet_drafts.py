"""A workbook taken in as drafts, all of it or none: what the command and the console share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..core.guide import Guide
from ..errors import Problem
from ..store.protocols import Versions
from ..store.versions import Edit
from .releasing import candidate, check_texts
from .sheets import Changes, RowError, from_workbook
from .tree import Texts


@dataclass(frozen=True, slots=True)
class SheetBasis:
    """What a workbook is compared with: the texts with every open draft, and the version of each."""

    texts: Texts
    heads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Something to mend before a workbook can be taken; `where` is a cell where one shows it, else a file and line.

    `file` is set where no cell shows it, with the line as `at`.
    """

    where: str
    what: str
    mend: str
    line: str
    file: str = ""
    at: int = 0

    def __str__(self) -> str:
        return self.line


def basis_of(versions: Versions) -> SheetBasis:
    """The content as it is worked on now."""
    made = candidate(versions)
    return SheetBasis(made.texts, {item: version.id for item, version in made.contents.items()})


def read_workbook(data: bytes, basis: SheetBasis, before: Guide | None = None) -> Changes | list[SheetFault]:
    """What a workbook changes, or everything that is wrong with it; `before` as in `check_loaded`. Touches no store.

    Raises FileRefused and ContentError as `from_workbook` does.
    """
    changes = from_workbook(data, basis.texts)
    if isinstance(changes, list):
        return [_of_row(error) for error in changes]
    if changes.files:
        problems = check_texts({**basis.texts, **changes.files}, before).problems
        if problems:
            return [_of_check(problem, changes) for problem in problems]
    return changes


def _of_row(error: RowError) -> SheetFault:
    return SheetFault(f"trang “{error.sheet}”, ô {error.cell}", error.what, error.mend, str(error))


def _of_check(problem: Problem, changes: Changes) -> SheetFault:
    """A problem of the check with its cell in front, where a cell shows it."""
    place = changes.locate(problem.file, problem.line)
    if place:
        return SheetFault(str(place), problem.what, problem.mend, f"{place}: {problem}")
    where = f"{problem.file}, dòng {problem.line}"
    return SheetFault(where, problem.what, problem.mend, str(problem), problem.file, problem.line)


def edits_of(changes: Changes, basis: SheetBasis, author: str, note: str) -> list[Edit]:
    """The changes as edits to save; a draft that somebody else saved meanwhile refuses them all."""
    return [Edit(item, body, basis.heads.get(item), author, note) for item, body in changes.files.items()]
