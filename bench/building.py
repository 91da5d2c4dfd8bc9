"""The one place where the measurements build a Guide, so that a change of its making is a change here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any

from bot.core import matching
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide

_LONG = timedelta(days=90)


def build(catalogue: Catalogue) -> Guide:
    """A Guide of a catalogue, made from nothing."""
    return Guide(catalogue, _LONG, _LONG)


def edited(_guide: Guide, catalogue: Catalogue) -> Guide:
    """The Guide of an edited catalogue, where that of the catalogue before is at hand."""
    return build(catalogue)


def parts() -> tuple[str, ...]:
    """The names of the parts of the matcher that can be switched off."""
    known = _known_parts()
    return tuple(each.name for each in fields(known)) if known else ()


def without(catalogue: Catalogue) -> Iterator[tuple[str, Guide]]:
    """For each part of the matcher its name and a Guide without it."""
    known: Any = _known_parts()
    make: Any = Guide
    for name in parts():
        yield name, make(catalogue, _LONG, _LONG, parts=known(**{name: False}))


def _known_parts() -> Any:
    names: Mapping[str, Any] = vars(matching)
    return names.get("Parts")
