"""The directives as officers see them: released ones, drafts over them, what rests on each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

from ..core.catalogue import Catalogue
from ..core.directives import Directive
from ..core.old_answers import readable
from ..core.standing import Ended, Standing, begins
from ..store.content_protocols import Versions
from .arriving import is_directive
from .directives import directive_of
from .files import read
from .tree import LANGUAGE

Kind = Literal["draft", "in_force", "partly", "replaced", "expired", "later"]
_NAMED = re.compile(r"""["']([^"'\s]+#[\w.-]+)["']""")


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts that matter here: directives, and the texts of answers by subject."""

    directives: Mapping[str, Directive]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """A subject whose answer rests on a clause; `draft` where only its draft does."""

    intent: str
    title: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a directive or clause, and the same in words; `by` is the directive to read instead."""

    kind: Kind
    words: str
    by: Directive | None = None


def drafts_of(versions: Versions) -> Drafts:
    """Read the drafts; released texts are not touched."""
    wanted = {draft.item: draft.version for draft in versions.drafts()}
    found = versions.bodies({item: each for item, each in wanted.items() if is_directive(item) or _subject(item)})
    directives = (directive_of(read(item, body, [])) for item, body in found.items() if is_directive(item))
    answers = {_subject(item): body.decode("utf-8", "replace") for item, body in found.items() if _subject(item)}
    return Drafts({each.id: each for each in directives if each}, answers)


def _subject(item: str) -> str:
    """The subject of an answer in the first language, "" for another item."""
    path = PurePosixPath(item)
    return path.stem if path.parent == PurePosixPath(f"responses/{LANGUAGE}") and path.suffix == ".md" else ""


class Shelf:
    """The directives of a catalogue with drafts over them, for one request."""

    def __init__(self, catalogue: Catalogue, drafts: Drafts) -> None:
        self._catalogue = catalogue
        self._drafts = drafts
        self._standing = Standing(catalogue.directives)
        self.by_id: Mapping[str, Directive] = {**catalogue.directives, **drafts.directives}
        self._uses = self._all_uses()

    @property
    def newest_first(self) -> Sequence[Directive]:
        """Drafts that are new first, then by day."""
        return sorted(self.by_id.values(), key=lambda each: (self.is_new(each.id), begins(each)), reverse=True)

    def is_new(self, directive: str) -> bool:
        """Whether residents are not answered from it yet."""
        return directive not in self._catalogue.directives

    def is_changed(self, directive: str) -> bool:
        """Whether it was published and a draft changes it."""
        return directive in self._drafts.directives and not self.is_new(directive)

    def uses(self, clause: str) -> Sequence[Use]:
        """The subjects that rest on a clause, those that residents see first."""
        return tuple(self._uses.get(clause, {}).values())

    def subjects(self, directive: Directive) -> Sequence[Use]:
        """The subjects that rest on any clause of a directive, each once."""
        found = [use for clause in directive.clauses for use in self.uses(clause.id)]
        return tuple({use.intent: use for use in found}.values())

    def status(self, directive: Directive, day: date) -> Status:
        """What became of a directive by a day of the province."""
        if self.is_new(directive.id):
            return Status("draft", "bản nháp, chưa công bố")
        whole = self._standing.ended(directive.id, day)
        if whole:
            return _ended(whole)
        if begins(directive) > day.isoformat():
            return Status("later", f"có hiệu lực từ {readable(begins(directive))}")
        gone = [clause for clause in directive.clauses if self._standing.ended(clause.id, day)]
        if gone:
            return Status("partly", f"còn hiệu lực, {len(gone)} mục đã được thay thế")
        until = f" đến hết {readable(directive.expires)}" if directive.expires else ""
        return Status("in_force", f"còn hiệu lực{until}")

    def clause_status(self, clause: str, day: date) -> Status | None:
        """Why a clause is not in force; None where it is."""
        ended = self._standing.ended(clause, day)
        return _ended(ended) if ended else None

    def _all_uses(self) -> dict[str, dict[str, Use]]:
        titles = {name: intent.title for name, intent in self._catalogue.intents.items()}
        found: dict[str, dict[str, Use]] = {}
        for answer in self._catalogue.answers.values():
            for cited in answer.citations:
                use = Use(answer.intent, titles.get(answer.intent, answer.intent))
                found.setdefault(f"{cited.directive}#{cited.clause}", {})[answer.intent] = use
        for intent, text in self._drafts.answers.items():
            for clause in _NAMED.findall(text):
                use = Use(intent, titles.get(intent, intent), draft=True)
                found.setdefault(clause, {}).setdefault(intent, use)
        return found


def _ended(ended: Ended) -> Status:
    since = f" từ {readable(ended.since)}" if ended.since else ""
    if ended.by:
        return Status("replaced", f"đã được {ended.by.title} thay thế{since}", ended.by)
    return Status("expired", f"hết hiệu lực{since}")
