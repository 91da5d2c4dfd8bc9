"""Which clauses are still in force on a day, and by what the others were replaced or when they expired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from .directives import Directive
from .vietnamese import strip_marks


@dataclass(frozen=True, slots=True)
class Ended:
    """Why a clause or directive is no longer in force, and since which day (ISO 8601, as far as it is known).

    `by` is the directive that is to be read instead; None where the old one only expired.
    """

    kind: Literal["replaced", "expired"]
    since: str
    by: Directive | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class _Replacement:
    """What `by` replaces of another directive: the clause at `path` and those inside it, or all where it is empty."""

    path: str
    by: Directive

    def covers(self, path: str) -> bool:
        """Whether the clause at `path` (or, where that is empty, the whole directive) is replaced."""
        return not self.path or path == self.path or path.startswith(f"{self.path}.")


def begins(directive: Directive) -> str:
    """The day from which a directive holds, as much of it as its source gives; "" where it gives nothing."""
    return directive.effective or directive.date or (str(directive.year) if directive.year else "")


def same_number(number: str) -> str:
    """A document's number as a key: no diacritics, signs, spaces or leading zeros."""
    return "".join(letter for letter in strip_marks(number) if letter.isalnum()).lstrip("0")


def named(reference: str, directives: Mapping[str, Directive]) -> tuple[Directive, ...]:
    """The directives that an entry of `supersedes` may mean: one by its id, else all of that number."""
    head = reference.partition("#")[0].strip()
    if head in directives:
        return (directives[head],)
    key = same_number(head)
    return tuple(each for each in directives.values() if key and each.number and same_number(each.number) == key)


class Standing:
    """Answers for one set of directives, from their `supersedes`, `effective` and `expires`."""

    def __init__(self, directives: Mapping[str, Directive]) -> None:
        self._directives = directives
        self._replacements: dict[str, list[_Replacement]] = {}
        for by in directives.values():
            for reference in by.supersedes:
                for old in named(reference, directives):
                    if old.id != by.id:
                        self._replacements.setdefault(old.id, []).append(_Replacement(reference.partition("#")[2], by))

    def ended(self, clause_id: str, day: date) -> Ended | None:
        """Why a clause (`UBND@2021#6`) or a whole directive (`UBND@2021`) is not in force on `day`; None if it is.

        A directive counts from the day it begins. Where what replaced it was replaced as a whole too, the last in
        that row is named.
        """
        directive_id, _, path = clause_id.partition("#")
        directive = self._directives.get(directive_id)
        if directive is None:
            return None
        by = self._replaced_by(directive_id, path, day)
        if by:
            return Ended("replaced", begins(by), self._newest(by, day))
        if directive.expires and directive.expires < day.isoformat():
            return Ended("expired", (date.fromisoformat(directive.expires) + timedelta(days=1)).isoformat())
        return None

    def _replaced_by(self, directive_id: str, path: str, day: date) -> Directive | None:
        found = (each.by for each in self._replacements.get(directive_id, ()) if each.covers(path))
        current = [by for by in found if begins(by) <= day.isoformat()]
        return max(current, key=begins) if current else None

    def _newest(self, directive: Directive, day: date) -> Directive:
        seen = {directive.id}
        while (later := self._replaced_by(directive.id, "", day)) and later.id not in seen:
            seen.add(later.id)
            directive = later
        return directive

    def circles(self) -> Iterator[tuple[Directive, Directive]]:
        """Pairs of directives that replace each other as a whole, so that neither would be in force."""
        whole = {(old, each.by.id) for old, found in self._replacements.items() for each in found if not each.path}
        for old, by in sorted(whole):
            if (by, old) in whole:
                yield self._directives[old], self._directives[by]
