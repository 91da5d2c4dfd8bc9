"""The parts of the matcher that can be left out, to measure what each is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """All of them stand in the product; `bench` switches one off at a time."""

    pairs: bool = True
    marks: bool = True
    concepts: bool = True
    spelling: bool = True
    nearest: bool = True
    words: bool = True
    outside: bool = True


ALL_PARTS = Parts()
