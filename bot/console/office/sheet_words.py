"""What a workbook changes and what is wrong with it, as officers call things on their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...content.answer_checking import in_their_words
from ...content.notation import Names
from ...content.sentence_checks import MESSAGES
from ...content.words_diff import Run, diff, shortened
from ...core.catalogue import Catalogue
from .naming import Named, named, titles_of_subjects
from .sentence_words import GROUPS

if TYPE_CHECKING:
    from ...content.sheet_drafts import SheetFault
    from ...content.sheets import Changed

_PHRASES = {"examples": "câu mẫu", "checks": "câu kiểm"}
_SENTENCES = {name: title for group in GROUPS for name, title in group.sentences.items()}
# Longer texts are only said to have changed: words are compared one by one.
_MOST_LETTERS = 6000
_AROUND = 12


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """What a workbook changes of one item: lines of a title and the words that differ, in the order of the workbook."""

    name: Named
    lines: tuple[tuple[str, tuple[Run, ...]], ...]

    @property
    def size(self) -> int:
        """How many changes these are."""
        return len(self.lines)


def changed_items(changed: Sequence[Changed], catalogue: Catalogue, names: Names, most: int) -> tuple[ChangedItem, ...]:
    """The first `most` changes by item."""
    titles = titles_of_subjects(catalogue)
    found: dict[str, list[tuple[str, tuple[Run, ...]]]] = {}
    for each in changed[:most]:
        found.setdefault(each.file, []).append((_title(each, names), _runs(each)))
    return tuple(ChangedItem(named(file, titles), tuple(lines)) for file, lines in found.items())


def _title(changed: Changed, names: Names) -> str:
    """What of an item is another now."""
    if not changed.path:
        return "lời trả lời"
    kind = _PHRASES.get(changed.path[-1])
    if kind:
        return f"{'thêm' if changed.after else 'bỏ'} {kind}"
    if changed.path == ("title",):
        return "tên chủ đề"
    if changed.file == MESSAGES:
        return f"“{_SENTENCES.get(changed.path[0], changed.path[0])}”"
    return ", ".join(part for part in (_heading(changed.path[1:]), f"“{_fact(changed.path[0], names)}”") if part)


def _heading(path: tuple[str, ...]) -> str:
    from ...content.sheet_pages import FACTS

    heading = next((column.heading for column in FACTS.columns if column.name == ".".join(path)), "")
    return heading[:1].lower() + heading[1:]


def _fact(fact: str, names: Names) -> str:
    return names.facts.get(fact, fact)


def _runs(changed: Changed) -> tuple[Run, ...]:
    if len(changed.before) + len(changed.after) > _MOST_LETTERS:
        return ()
    return shortened(diff(changed.before, changed.after), _AROUND)


def plain_faults(faults: Sequence[SheetFault], catalogue: Catalogue, names: Names, most: int) -> Iterator[SheetFault]:
    """The first faults as officers call things; where no cell shows one, with the page on which it is mended."""
    titles = titles_of_subjects(catalogue)
    for each in faults[:most]:
        where = f"{named(each.file, titles).label}, dòng {each.at}" if each.file else each.where
        yield replace(each, where=where, what=in_their_words(each.what, names), mend=in_their_words(each.mend, names))
