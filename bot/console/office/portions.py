"""Long documents, a part at a time: whole clauses, as many as a page has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of a row of texts: those from `first` to before `after`. Parts count from 1."""

    number: int
    count: int
    first: int
    after: int


def portions(lengths: Sequence[int], letters: int, most: int) -> tuple[Portion, ...]:
    """The parts of texts of these lengths, none with more than so many letters or texts, but always with one text.

    There is one part at least, also of nothing.
    """
    starts, held = [0], 0
    for at, length in enumerate(lengths):
        if at > starts[-1] and (held + length > letters or at - starts[-1] >= most):
            starts.append(at)
            held = 0
        held += length
    ends = [*starts[1:], len(lengths)]
    pairs = zip(starts, ends, strict=True)
    return tuple(Portion(number, len(starts), *pair) for number, pair in enumerate(pairs, 1))


def portion_with(parts: Sequence[Portion], at: int) -> Portion:
    """The part that holds a text; the last one for a text that is not there any more."""
    return next((part for part in parts if part.first <= at < part.after), parts[-1])


def portion_at(parts: Sequence[Portion], number: int) -> Portion:
    """The part with that number, as far as there is one."""
    return parts[min(max(number, 1), len(parts)) - 1]


def beside(lengths: Sequence[int], begin: float, end: float, most: int) -> range:
    """Which texts of a row lie between two shares of all its letters, one more on either side; at most so many letters.

    So the text as it was read is found beside the clauses that were made of it, wherever these were cut.
    """
    whole = sum(lengths) or 1
    place, found = 0, []
    for at, length in enumerate(lengths):
        if place + length > begin * whole and place < end * whole:
            found.append(at)
        place += length
    first, after = (max(found[0] - 1, 0), min(found[-1] + 2, len(lengths))) if found else (0, 0)
    while after - first > 1 and sum(lengths[first:after]) > most:
        after -= 1
    return range(first, after)
