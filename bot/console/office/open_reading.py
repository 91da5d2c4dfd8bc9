"""A reading as it stands on the page where it is corrected: which part is shown, beside what, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...content.files import read
from ...documents.correcting import Correction
from ...errors import ContentError, Problem
from ...store.records import Upload
from .paging import number_of
from .portions import Portion, beside, portion_at, portion_with, portions
from .reading_form import field_of, sentence

# Of a long document on one page: letters of clauses, clauses, and letters of the text beside them.
_LETTERS, _PIECES, _READ_LETTERS = 9_000, 10, 11_000
_REFUSED = "Nội dung chưa nhận được văn bản này; xem các lời nhắc bên dưới."


@dataclass(frozen=True, slots=True)
class OpenReading:
    """A reading as it stands on the page, of which a part is shown; `wrong` has what is to be mended, by field."""

    upload: Upload
    correction: Correction
    part: int = 1
    wrong: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The text as it was read."""
        return list(self.upload.record["paragraphs"])

    @property
    def shown(self) -> Portion:
        """The clauses on the page."""
        return portion_at(_parts(self.correction), self.part)

    @property
    def read_beside(self) -> range:
        """Which paragraphs stand beside them."""
        lengths = [len(piece.text) for piece in self.correction.pieces]
        whole = sum(lengths) or 1
        begin, end = (sum(lengths[:at]) / whole for at in (self.shown.first, self.shown.after))
        last = self.shown.number == self.shown.count
        return beside([len(each) for each in self.paragraphs], begin, 1.0 if last else end, _READ_LETTERS)

    @property
    def elsewhere(self) -> Mapping[str, int]:
        """Of the fields that are wrong those in another part, with its number."""
        found = {name: part_of(self.correction, name, 1) for name in self.wrong}
        return {name: number for name, number in found.items() if number != self.shown.number}

    def faulty(self, wrong: Mapping[str, str], problem: str) -> OpenReading:
        """The same with what is wrong, by field, at the part with the first of it."""
        part = part_of(self.correction, next(iter(wrong)), 1) if wrong else self.part
        return replace(self, wrong=wrong, problem=problem, part=part)

    def refused(self, error: ContentError, files: Mapping[str, bytes]) -> OpenReading:
        """What the check of the content found, at the field whose line it names; the rest above the form."""
        name, body = next(iter(files.items()))
        lines = {line: path[0] for path, line in read(name, body, []).lines.items() if len(path) == 1}
        wrong: dict[str, str] = {}
        others = []
        for problem in error.problems:
            place = field_of(name, problem, lines)
            if place:
                wrong[place] = sentence(problem)
            else:
                others.append(problem)
        return replace(self.faulty(wrong, _REFUSED), problems=tuple(others))


def part_of(correction: Correction, anchor: str, otherwise: int) -> int:
    """The part with the clause that an anchor names."""
    name, _, at = anchor.partition("-")
    return portion_with(_parts(correction), number_of(at)).number if name == "muc" else otherwise


def _parts(correction: Correction) -> tuple[Portion, ...]:
    return portions([len(piece.text) for piece in correction.pieces], _LETTERS, _PIECES)
