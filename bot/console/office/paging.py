"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
_DIGITS = 17


def number_of(text: str) -> int:
    """A whole number from an address or a form, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; pages count from 1. `query` is the address without the page."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int
    query: str = ""

    def at(self, number: int) -> str:
        """The query of another page."""
        return "&".join(part for part in (self.query, f"trang={number}" if number > 1 else "") if part)


def place(wanted: str, count: int, size: int) -> tuple[int, int]:
    """The page that is wanted, as far as there is one, and how many there are."""
    pages = max(1, -(-count // size))
    return min(max(number_of(wanted), 1), pages), pages


def page_of(rows: Sequence[T], wanted: str, size: int, **query: str) -> Page[T]:
    """One page of rows that are all here."""
    number, pages = place(wanted, len(rows), size)
    given = urlencode({name: value for name, value in query.items() if value})
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows), given)
