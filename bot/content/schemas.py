"""What each content file holds; DESIGN's formats as pydantic models."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field, field_validator

from .files import Schema


def _whole_date(value: Any) -> Any:
    """A day as year-month-day; anything else is refused, since days are compared as text."""
    return date.fromisoformat(str(value)).isoformat() if value else None


def _day_or_minute(value: Any) -> Any:
    """A day, or a day with hour and minute, as "2021-03-01" or "2021-03-01 17:00"."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value).strip() if value else ""
    if len(text) > len("2021-03-01"):
        return datetime.strptime(text, "%Y-%m-%d %H:%M").strftime("%Y-%m-%d %H:%M")
    return _whole_date(text)


class IntentFile(Schema):
    """`intents/<intent>.yaml`."""

    title: str
    group: str = ""
    small_talk: bool = False
    local_help: bool = False
    examples: tuple[str, ...]
    checks: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class OutOfScopeGroup(Schema):
    """One kind of talk that Loa does not answer."""

    title: str
    examples: tuple[str, ...]
    checks: tuple[str, ...] = ()


class OutOfScopeFile(Schema):
    """`intents/_out_of_scope.yaml`."""

    groups: dict[str, OutOfScopeGroup]


class ConceptFile(Schema):
    """One domain word with all its spoken forms."""

    title: str
    forms: tuple[str, ...]


class ConceptsFile(Schema):
    """`intents/_concepts.yaml`."""

    concepts: dict[str, ConceptFile]


class DangerFile(Schema):
    """`intents/_danger.yaml`."""

    signs: tuple[str, ...]
    unless: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()


class ResponseFront(Schema):
    """Front matter of `responses/<language>/<intent>.md`.

    `expires` is the last day, or the minute, until which the answer holds, in the time of the province.
    """

    review_by: date | None = None
    audio: str | None = None
    when_old: Literal["warn", "withdraw"] = "warn"
    expires: str | None = None
    withdrawn: bool = False

    @field_validator("expires", mode="before")
    @classmethod
    def _moment(cls, value: Any) -> Any:
        return _day_or_minute(value)


class CitedFile(Schema):
    """A document that a directive mentions."""

    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    what: str | None = None


class DirectiveFront(Schema):
    """Front matter of `data/directives/*.md`."""

    id: str
    title: str
    short_title: str = ""
    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    signer: str | None
    signer_title: str | None = None
    subject: str | None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    cites: tuple[CitedFile, ...] = ()
    supersedes: tuple[str, ...] = ()
    effective: str | None = None
    expires: str | None = None
    review_by: str | None = None
    source: str | None = None
    source_notes: tuple[str, ...] = ()
    agency_only: dict[str, str] = Field(default_factory=dict)

    @field_validator("date", mode="before")
    @classmethod
    def _iso(cls, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    @field_validator("effective", "expires", "review_by", mode="before")
    @classmethod
    def _day(cls, value: Any) -> Any:
        return _whole_date(value)


class FactSource(Schema):
    """Where a fact was seen."""

    title: str = ""
    url: str | None = None
    date: str | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _iso(cls, value: Any) -> Any:
        return _whole_date(value)


class Confirmed(Schema):
    """Who confirmed a fact, on which day, and where they saw or heard it."""

    by: str
    on: str
    where: str

    @field_validator("on", mode="before")
    @classmethod
    def _iso(cls, value: Any) -> Any:
        return _whole_date(value)


class FactFile(Schema):
    """One entry of `data/facts.yaml`."""

    title: str
    value: str | None = None
    kind: Literal["phone", "fine", "link", "days", "date", "law", "quote", "price", "text"]
    state: Literal["sourced", "confirmed", "missing"]
    confidence: str | None = None
    source: FactSource | None = None
    seen: str | None = None
    confirmed: Confirmed | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    note: str | None = None

    @field_validator("seen", "valid_from", "valid_until", mode="before")
    @classmethod
    def _iso(cls, value: Any) -> Any:
        return _whole_date(value)


class PhoneFile(Schema):
    """A number of a place; one without `source` is a fault of its own."""

    title: str
    number: str
    source: str | None = None
    date: str | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _iso(cls, value: Any) -> Any:
        return _whole_date(value)


class PlaceFile(Schema):
    """One entry of `data/places.yaml`."""

    name: str
    kind: Literal["city", "district", "commune", "border_gate"]
    other_names: tuple[str, ...] = ()
    district: str | None = None
    border: bool = False
    communes: tuple[str, ...] = ()
    phones: tuple[PhoneFile, ...] = ()


class Contacts(Schema):
    """Which facts are the telephones to name."""

    hotlines: tuple[str, ...]
    local: tuple[str, ...] = ()
    emergency: tuple[str, ...]


class ReportPart(Schema):
    """One piece of the report's body: exactly one of these."""

    heading: str | None = None
    text: str | None = None
    table: str | None = None
    dots: int | None = None


class ReportFile(Schema):
    """`responses/<language>/_report.yaml`."""

    organ: tuple[str, ...]
    party: str
    number: str
    place: str
    kind: str
    subject: str
    basis: str
    opening: str
    body: tuple[ReportPart, ...]
    nothing: str
    recipients: tuple[str, ...] = ()


class PackFile(Schema):
    """`data/pack.yaml`."""

    name: str
    bot_name: str
    province: str
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    as_of: date
    timezone: str
    contacts: Contacts
    names: tuple[str, ...] = ()
    sources: str | None = None
