"""What a release holds, as frozen data: intents, facts, answers, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from .concepts import Concept
from .directives import Clause, Directive
from .reply import Block, Citation
from .report_frame import ReportFrame


@dataclass(frozen=True, slots=True)
class Intent:
    """Something that residents ask about. `small_talk` answers need no citation.

    Where one of its `signs` stands in a message, this intent is answered first, whatever else was asked. Where
    none of the words that it `needs` stands there, it is never answered outright, only offered.
    `local_help`: the answer sends residents to somebody near by, so the place that they name is answered too.
    """

    id: str
    title: str
    group: str
    examples: tuple[str, ...]
    checks: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    small_talk: bool = False
    local_help: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A phone number, link, fine …; only sourced and confirmed ones may be shown.

    `seen` is the day on which somebody last saw it at its source; `confirmed_by`, `confirmed_on` and `confirmed_where`
    name the officer who confirmed it, for officers only. Days are ISO 8601, "" where they are not known.
    """

    id: str
    title: str
    value: str
    kind: str
    state: Literal["sourced", "confirmed", "missing"]
    source_title: str = ""
    source_url: str = ""
    source_date: str = ""
    valid_from: str = ""
    valid_until: str = ""
    seen: str = ""
    confirmed_by: str = ""
    confirmed_on: str = ""
    confirmed_where: str = ""

    @property
    def looked_at(self) -> str:
        """The last day on which somebody saw or confirmed it; "" where nobody wrote it down."""
        return max(self.seen, self.confirmed_on)

    @property
    def origin(self) -> str:
        """Source and date, as a resident reads them; the date only where the title does not name it."""
        title, iso = self.source_title, self.source_date
        if not title:
            title, iso = self.confirmed_where, self.confirmed_on
        if not (title and iso):
            return title
        day = f"{date.fromisoformat(iso):%d/%m/%Y}"
        return title if day in title else f"{title} ({day})"

    def shown_on(self, day: date) -> bool:
        """Whether it may be said on `day`: it has a value and was in force then."""
        if self.state == "missing" or not self.value:
            return False
        iso = day.isoformat()
        return (not self.valid_from or self.valid_from <= iso) and (not self.valid_until or iso <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, rendered: the same for every resident, so it is made once per release.

    `when_old` is what happens once a clause that it cites is replaced or expired, or `expires` has come, the first
    moment (aware) at which it no longer holds. A `withdrawn` one is not shown at all.
    """

    intent: str
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    facts: tuple[str, ...] = ()
    when_old: Literal["warn", "withdraw"] = "warn"
    expires: datetime | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Danger:
    """Signs of danger to life: `signs` call for 115, unless one of `unless` stands around them."""

    signs: tuple[str, ...]
    unless: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that officers have verified, and where it is from; `source_date` is ISO 8601 or empty."""

    title: str
    number: str
    source: str
    source_date: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the province, or a border gate. `names` are all that residents call it, its own first.

    `district` is the place that a commune or gate lies in, empty for the others; `border`: it borders China.
    """

    id: str
    name: str
    kind: Literal["city", "district", "commune", "border_gate"]
    names: tuple[str, ...]
    district: str = ""
    border: bool = False
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """What the content says about itself. `names` hold digits but say no number ("F1")."""

    name: str
    bot_name: str
    province: str
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    as_of: date
    timezone: str
    hotlines: tuple[str, ...]
    emergency: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that Loa answers from. `release` names this very set of texts."""

    release: str
    pack: Pack
    directives: Mapping[str, Directive]
    facts: Mapping[str, Fact]
    intents: Mapping[str, Intent]
    answers: Mapping[str, Answer]
    messages: Mapping[str, str]
    danger: Danger
    out_of_scope: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    out_of_scope_checks: tuple[str, ...] = ()
    out_of_scope_titles: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    concepts: tuple[Concept, ...] = ()
    report: ReportFrame | None = None

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with an id such as `UBND@2021#6`, or None."""
        directive_id, _, path = clause_id.partition("#")
        directive = self.directives.get(directive_id)
        return directive.clause(path) if directive else None

    def topics(self) -> tuple[Intent, ...]:
        """The intents that stand in the menu, in the order of the pack's groups."""
        order = {group: place for place, group in enumerate(self.pack.groups)}
        topics = [intent for intent in self.intents.values() if not intent.small_talk]
        return tuple(sorted(topics, key=lambda intent: (order[intent.group], intent.id)))
