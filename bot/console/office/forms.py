"""What a form brought, as texts: files and strange values are left out."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData

_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a form."""

    form: FormData

    def get(self, name: str, most: int = 500) -> str:
        """A field without spaces around it, cut after so many letters; empty where there is none."""
        value = self.form.get(name)
        return value.replace("\0", "").strip()[:most] if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        """All fields of a name."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]


async def values_of(request: Request) -> Values:
    """The form of a request."""
    return Values(await request.form())


def number_of(text: str) -> int | None:
    """A whole number as an address writes it; None for anything else, and for one that no database could hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None
