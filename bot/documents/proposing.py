"""What a new directive seems to do, for an officer to agree to: what it replaces, from when and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..core.amending import Amendment, amendments
from ..core.directives import Directive
from ..core.old_answers import readable
from ..core.touched import Touched, touched
from ..core.validity import Said, validity

_SAYS = {"replaces": "thay thế", "repeals": "bãi bỏ", "stops": "dừng thực hiện"}


@dataclass(frozen=True, slots=True)
class Ending:
    """What the text puts out of force. `entry` goes into `supersedes`, "" where it is not known what is meant.

    `name` is how people call it, `path` the clause that says so with `words`; `note` is for the officer.
    """

    entry: str
    name: str
    verb: str
    path: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that the text gives: `day` in ISO 8601, `shown` as people write it, and where it says so."""

    day: str
    shown: str
    path: str
    words: str


def endings(new: Directive, held: Mapping[str, Directive]) -> tuple[Ending, ...]:
    """What a new directive says it replaces, repeals or stops; each thing once."""
    olds = {name: each for name, each in held.items() if name != new.id}
    found: dict[str, Ending] = {}
    for act in amendments(new):
        if act.kind in _SAYS:
            for each in _endings(act, touched(act, olds), olds):
                found.setdefault(each.entry or f"{each.name} {each.path}", each)
    return tuple(found.values())


def _endings(act: Amendment, meant: Touched, olds: Mapping[str, Directive]) -> Iterator[Ending]:
    path, verb = act.clause.partition("#")[2], _SAYS[act.kind]
    entries = meant.clauses or ((meant.directive,) if meant.directive else ())
    for entry in entries:
        yield Ending(entry, _name(entry, olds), verb, path, act.words, meant.note)
    if not entries:
        yield Ending("", act.number or act.issuer, verb, path, act.words, meant.note)


def _name(entry: str, olds: Mapping[str, Directive]) -> str:
    head, _, path = entry.partition("#")
    clause = olds[head].clause(path) if path else None
    return f"{clause.label} của {olds[head].title}" if clause else f"cả {olds[head].title}"


def days(new: Directive) -> dict[str, Day]:
    """The days from which ("effective") and until which ("expires") it holds by its own words."""
    return {said.field: _day(said) for said in validity(new)}


def _day(said: Said) -> Day:
    return Day(said.day, readable(said.day), said.clause.partition("#")[2], said.words)
