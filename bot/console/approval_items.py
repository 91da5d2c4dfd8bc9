"""The drafts of an approval link as its page shows them: what changes, and the answers as residents see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from markupsafe import Markup

from ..content.answer_checking import Desk as AnswerDesk
from ..content.answer_checking import Looked
from ..content.apart import without
from ..content.item_changes import Part, Seen, parts_of, whole_of
from ..content.loading import load_ground
from ..content.telling import moment_text
from ..content.tree import Texts
from ..content.words_diff import Run
from ..content.workspace import is_answer
from ..core.catalogue import Intent
from ..core.guide import Guide
from ..store.versions import Draft
from .office.answer_editing import preview
from .office.changes_shown import SENTENCES
from .office.naming import named, titles_of_subjects

# Answers of so many letters stand beside each other, before and after; of longer ones the old one is folded away.
_SMALL = 500


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A draft on the page. `whole` is the answer with its changes marked, for whoever wants to read all of it.

    `bubble` is the answer as residents will see it, `before` as they see it now; with `beside` both are short.
    """

    item: str
    label: str
    author: str
    note: str
    at: str
    kind: str
    parts: tuple[Part, ...]
    whole: tuple[Run, ...]
    bubble: Markup | None
    before: Markup | None
    beside: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the items are made of: the released texts, the drafts of one page, and the texts of all drafts of the link.

    A text that is None deletes its item.
    """

    base: Texts
    shown: Sequence[Draft]
    drafted: Mapping[str, bytes | None]


def shown_items(found: Drafted, live: Guide, now: datetime) -> list[ShownItem]:
    """The items of one page; takes a while, so on a thread."""
    return _Page(found, live, now).items()


class _Page:
    def __init__(self, found: Drafted, live: Guide, now: datetime) -> None:
        self._found, self._live, self._now = found, live, now
        there = {item: body for item, body in found.drafted.items() if body is not None}
        self._texts = {**without(found.base, {}, found.drafted), **there}
        self._titles = titles_of_subjects(live.catalogue)
        self._zone = live.catalogue.pack.timezone

    def items(self) -> list[ShownItem]:
        if not any(is_answer(draft.item) for draft in self._found.shown):
            return [self._item(draft, None, None) for draft in self._found.shown]
        before = self._desk(self._found.base)
        # Other answers are no ground of an answer, so most links need no second one.
        only_answers = all(map(is_answer, self._found.drafted))
        after = before if only_answers else self._desk(self._texts)
        return [self._item(draft, before, after) for draft in self._found.shown]

    def _desk(self, texts: Texts) -> AnswerDesk | None:
        ground = load_ground(texts)
        if ground is None:
            return None
        # An answer whose subject is not there (yet) is looked at all the same.
        own = {name: Intent(name, name, "", ()) for name in map(_subject, self._found.drafted) if name}
        return AnswerDesk(replace(ground, intents={**own, **ground.intents}), self._live)

    def _item(self, draft: Draft, before: AnswerDesk | None, after: AnswerDesk | None) -> ShownItem:
        item, version = draft.item, draft.version
        old, new = self._found.base.get(item), self._found.drafted[item]
        was, will = (self._looked(desk, item, body) for desk, body in ((before, old), (after, new)))
        seen = Seen(_words(was), _words(will)) if is_answer(item) and (was or will) else None
        return ShownItem(
            item, named(item, self._titles).label, version.author, version.note, moment_text(version.at, self._zone),
            "gone" if new is None else "new" if old is None else "changed", parts_of(item, old, new, seen, SENTENCES),
            whole_of(seen) if seen else (), _bubble(will), _bubble(was),
            seen is not None and len(seen.before) + len(seen.after) <= 2 * _SMALL,
        )  # fmt: skip

    def _looked(self, desk: AnswerDesk | None, item: str, body: bytes | None) -> Looked | None:
        if desk is None or body is None or not is_answer(item):
            return None
        return desk.look(desk.ground.intents[_subject(item)], item, body.decode("utf-8-sig", "replace"), self._now)


def _subject(item: str) -> str:
    """The subject that an item is the answer to; empty for another item."""
    return PurePosixPath(item).stem if is_answer(item) else ""


def _words(looked: Looked | None) -> str:
    return "\n".join(block.text for block in looked.reply.blocks) if looked and looked.reply else ""


def _bubble(looked: Looked | None) -> Markup | None:
    return preview(looked.reply.blocks) if looked and looked.reply else None
