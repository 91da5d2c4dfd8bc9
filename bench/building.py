"""The one place where the measurements build a Guide, so that a change of its making is a change here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.core.parts import ALL_PARTS, Parts

_LONG = timedelta(days=90)


def build(catalogue: Catalogue) -> Guide:
    """A Guide of a catalogue, made from nothing."""
    return Guide(catalogue, _LONG, _LONG)


def edited(guide: Guide, catalogue: Catalogue) -> Guide:
    """The Guide of an edited catalogue, where that of the catalogue before is at hand."""
    return guide.successor(catalogue)


def without(catalogue: Catalogue) -> Iterator[tuple[str, Guide]]:
    """For each part of the matcher its name and a Guide without it."""
    for part in fields(Parts):
        yield part.name, Guide(catalogue, _LONG, _LONG, parts=replace(ALL_PARTS, **{part.name: False}))
