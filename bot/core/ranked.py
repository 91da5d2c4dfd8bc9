"""Intents by probability, kept as names and numbers: a match ranks hundreds, and few are ever looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from .reply import Scored


class Ranked(Sequence[Scored]):
    """Immutable, best first. A `Scored` is made of those that are looked at, and a slice is a tuple of them."""

    __slots__ = ("_names", "_scores")

    def __init__(self, names: Sequence[str] = (), scores: Sequence[float] = ()) -> None:
        self._names = names
        self._scores = scores

    @classmethod
    def of(cls, scores: Mapping[str, float]) -> Ranked:
        """In the order of these scores; equal ones as they stand."""
        names = sorted(scores, key=lambda name: -scores[name])
        return cls(names, [scores[name] for name in names])

    def by_intent(self) -> dict[str, float]:
        """The score of each intent, best first."""
        return dict(zip(self._names, self._scores, strict=True))

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> Scored: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Scored, ...]: ...
    def __getitem__(self, at: int | slice) -> Scored | tuple[Scored, ...]:
        if isinstance(at, slice):
            return tuple(map(Scored, self._names[at], self._scores[at]))
        return Scored(self._names[at], self._scores[at])

    def __iter__(self) -> Iterator[Scored]:
        return map(Scored, self._names, self._scores)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Ranked.of({self.by_intent()!r})"
