"""A workbook taken in as drafts, all of it or none: what the command and the console share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ..core.guide import Guide
from ..errors import ContentError, EditError, Problem
from ..store.content_protocols import Versions
from ..store.versions import Draft, Edit
from .apart import sift, without
from .editing import text_of
from .releasing import candidate, check_texts, released_texts
from .sheet_items import can_be_shown, read_items
from .sheets import Changes, RowError, from_workbook
from .tree import Texts
from .workspace import items_of


@dataclass(frozen=True, slots=True)
class SheetBasis:
    """What a workbook is compared with: the texts with the open drafts, and the version of each.

    `base` are the texts without drafts, `drafts` the drafts by item. Of a draft that no workbook can show the texts
    hold what is released; it is among `left_out`, and a workbook that changes its item is refused.
    """

    texts: Texts
    heads: Mapping[str, int]
    base: Texts = field(default_factory=dict, repr=False)
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    left_out: tuple[Draft, ...] = ()


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
    """The content as it is worked on now; `readable` makes of it what a workbook can show."""
    made = candidate(versions)
    heads = {item: version.id for item, version in made.contents.items()}
    return SheetBasis(made.texts, heads, released_texts(versions), {draft.item: draft for draft in made.drafts})


def readable(basis: SheetBasis) -> SheetBasis:
    """The same without the drafts that are written so wrongly that no workbook can show them; touches no store."""
    left_out = tuple(draft for item, draft in basis.drafts.items() if not _shows(item, basis.texts.get(item)))
    if not left_out:
        return basis
    texts = without(basis.texts, basis.base, [draft.item for draft in left_out])
    return replace(basis, texts=texts, left_out=left_out)


def _shows(item: str, body: bytes | None) -> bool:
    if body is None or not item.endswith((".yaml", ".md")):
        return True
    try:
        text_of(body, item)
        return can_be_shown(read_items({**_other_half(item), item: body}))
    except (ContentError, EditError):
        return False


def _other_half(item: str) -> Texts:
    """Of a subject, which the workbook shows only as a whole, something for the item that is not looked at."""
    name = PurePosixPath(item).stem
    pair = items_of(name)
    return dict(zip(pair, (b"title: -", b"-"), strict=True)) if item in pair else {}


def read_workbook(data: bytes, basis: SheetBasis, before: Guide | None = None) -> Changes | list[SheetFault]:
    """What a workbook changes, or everything that is wrong with it; `before` as in `check_loaded`. Touches no store.

    What is wrong with drafts that the workbook leaves as they are is none of its faults. Raises FileRefused and
    ContentError as `from_workbook` does.
    """
    changes = from_workbook(data, basis.texts)
    if isinstance(changes, list):
        return [_of_row(error) for error in changes]
    if held := [draft for draft in basis.left_out if draft.item in changes.files]:
        return [_of_draft(draft) for draft in held]
    if changes.files:
        texts, base = ({**under, **changes.files} for under in (basis.texts, basis.base))
        others = [item for item in basis.drafts if item not in changes.files]
        problems = sift(texts, base, others, lambda given: check_texts(given, before)).report.problems
        if problems:
            return [_of_check(problem, changes) for problem in problems]
    return changes


def _of_row(error: RowError) -> SheetFault:
    return SheetFault(f"trang “{error.sheet}”, ô {error.cell}", error.what, error.mend, str(error))


def _of_draft(draft: Draft) -> SheetFault:
    what = f"mục này có bản nháp của {draft.version.author} viết sai, Loa không đọc được nên chưa ghi vào đó"
    mend = "sửa hoặc bỏ bản nháp đó, rồi gửi lại bảng"
    return SheetFault(draft.item, what, mend, f"{draft.item}: {what} → {mend}")


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
