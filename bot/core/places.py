"""Places that residents name, found as whole syllables, with diacritics or without."""

from __future__ import annotations

from collections.abc import Iterable

from .catalogue import Place
from .vietnamese import Reading, readings


class Gazetteer:
    """Finds places by any of their names; a syllable typed with marks has to carry the name's own marks."""

    def __init__(self, places: Iterable[Place]) -> None:
        names = [(readings(name)[0], place) for place in places for name in place.names]
        self._names = sorted(names, key=lambda entry: -len(entry[0].toneless))

    def found_in(self, text: str) -> tuple[Place, ...]:
        """The places that a text names, in its order; of a longer and a shorter name the longer one."""
        for reading in readings(text):
            found = self._found(reading)
            if found:
                return found
        return ()

    def _found(self, reading: Reading) -> tuple[Place, ...]:
        found: list[Place] = []
        at = 0
        while at < len(reading.toneless):
            here = [(name, place) for name, place in self._names if _stands(reading, at, name)]
            longest = len(here[0][0].toneless) if here else 1
            found += [place for name, place in here if len(name.toneless) == longest]
            at += longest
        return tuple(dict.fromkeys(found))


def _stands(reading: Reading, at: int, name: Reading) -> bool:
    end = at + len(name.toneless)
    if reading.toneless[at:end] != name.toneless:
        return False
    typed = zip(reading.accented[at:end], name.accented, name.toneless, strict=True)
    return all(said in (accented, toneless) for said, accented, toneless in typed)
