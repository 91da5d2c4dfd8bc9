"""How two texts differ, word by word, and two edits of one text brought together line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["kept", "removed", "added"]
Side = Literal["base", "mine", "theirs"]
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_MARKS = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text that was kept, removed or added."""

    kind: Kind
    text: str


def diff(old: str, new: str) -> tuple[Run, ...]:
    """The runs from one text to the other; kept and removed ones make up the old text, kept and added ones the new.

    What stands for what was removed comes right behind it. Words are never cut.
    """
    ones, others = _TOKEN.findall(old), _TOKEN.findall(new)
    steps = SequenceMatcher(None, ones, others, autojunk=False).get_opcodes()
    pairs = [("".join(ones[a:b]), "".join(others[c:d]), tag == "equal") for tag, a, b, c, d in steps]
    return tuple(_runs(pairs))


def _runs(pairs: Sequence[tuple[str, str, bool]]) -> Iterator[Run]:
    """A space between two changes belongs to them, so that a reader sees one change and not two."""
    kept = [equal and not (left.isspace() and 0 < at < len(pairs) - 1) for at, (left, _, equal) in enumerate(pairs)]
    for same, group in groupby(zip(pairs, kept, strict=True), key=lambda each: each[1]):
        changed = [pair for pair, _ in group]
        left, right = "".join(pair[0] for pair in changed), "".join(pair[1] for pair in changed)
        if same:
            yield Run("kept", left)
            continue
        if left:
            yield Run("removed", left)
        if right:
            yield Run("added", right)


def as_text(runs: Sequence[Run]) -> str:
    """The runs in one line of reading: [-what was removed-], {+what was added+}."""
    return "".join(_MARKS[run.kind].format(run.text) for run in runs)


def shortened(runs: Sequence[Run], around: int = _AROUND) -> tuple[Run, ...]:
    """The same with only so many words around each change; "…" stands for the others."""
    last = len(runs) - 1
    return tuple(
        Run("kept", _cut(run.text, around, at > 0, at < last)) if run.kind == "kept" else run
        for at, run in enumerate(runs)
    )


def _cut(text: str, around: int, behind: bool, before: bool) -> str:
    words = list(re.finditer(r"\S+", text))
    if len(words) <= around * (behind + before):
        return text
    head = text[: words[around - 1].end()] if behind else ""
    tail = text[words[-around].start() :] if before else ""
    return " … ".join((head, tail)).strip(" ") if head and tail else f"{head} …" if head else f"… {tail}"


# Two edits of one text


@dataclass(frozen=True, slots=True)
class Merged:
    """Both edits in one text."""

    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Lines that both changed, each in its way; `line` is where they stand in the text before (from 1).

    A side without lines took them out, which is not the same as one empty line.
    """

    line: int
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """The merged lines, with a clash wherever people have to choose."""

    pieces: tuple[tuple[str, ...] | Clash, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What has to be chosen."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Clash))

    def resolved(self, sides: Sequence[Side]) -> str:
        """The text with one side chosen for each clash, in their order."""
        chosen = iter(zip(self.clashes, sides, strict=True))
        lines: list[str] = []
        for piece in self.pieces:
            lines += getattr(*next(chosen)) if isinstance(piece, Clash) else piece
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines `begin` to `end` of the base replaced by others; an insertion replaces none."""

    begin: int
    end: int
    lines: tuple[str, ...]

    def meets(self, begin: int, end: int) -> bool:
        """Whether it and a range share a line, or an insertion stands inside the other or at the same place."""
        if self.begin == self.end and begin == end:
            return self.begin == begin
        return self.begin < end and begin < self.end


def merge3(base: str, mine: str, theirs: str) -> Merged | Conflict:
    """Both edits of `base`, line by line. A conflict only where both changed the same lines, and not alike."""
    before = base.split("\n")
    left, right = _edits(before, mine.split("\n")), _edits(before, theirs.split("\n"))
    pieces: list[tuple[str, ...] | Clash] = []
    at = 0
    for begin, end, ours, others in _regions(left, right):
        pieces.append(tuple(before[at:begin]))
        one, other = (_applied(before, begin, end, edits) for edits in (ours, others))
        if not others or one == other:
            pieces.append(one)
        elif not ours:
            pieces.append(other)
        else:
            pieces.append(Clash(begin + 1, tuple(before[begin:end]), one, other))
        at = end
    pieces.append(tuple(before[at:]))
    return _joined(pieces)


def _edits(before: Sequence[str], after: Sequence[str]) -> list[_Edit]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [_Edit(a, b, tuple(after[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


_Region = tuple[int, int, list[_Edit], list[_Edit]]


def _regions(left: Sequence[_Edit], right: Sequence[_Edit]) -> Iterator[_Region]:
    """Ranges of the base with the edits of each side in them; edits that meet stand in one range."""
    every = sorted([*((edit, 0) for edit in left), *((edit, 1) for edit in right)], key=_place)
    found: list[_Region] = []
    for edit, side in every:
        if not (found and edit.meets(found[-1][0], found[-1][1])):
            found.append((edit.begin, edit.end, [], []))
        begin, end, *sides = found[-1]
        sides[side].append(edit)
        found[-1] = (begin, max(end, edit.end), sides[0], sides[1])
    yield from found


def _place(each: tuple[_Edit, int]) -> tuple[int, int]:
    return each[0].begin, each[0].end


def _applied(before: Sequence[str], begin: int, end: int, edits: Sequence[_Edit]) -> tuple[str, ...]:
    """The lines of a range of the base as one side has them."""
    found, at = [], begin
    for edit in edits:
        found += [*before[at : edit.begin], *edit.lines]
        at = edit.end
    return (*found, *before[at:end])


def _joined(pieces: Sequence[tuple[str, ...] | Clash]) -> Merged | Conflict:
    runs: list[tuple[str, ...] | Clash] = []
    for piece in pieces:
        if isinstance(piece, Clash) or not (runs and isinstance(runs[-1], tuple)):
            runs.append(piece)
        else:
            runs[-1] = (*runs[-1], *piece)
    conflict = Conflict(tuple(run for run in runs if run))
    return conflict if conflict.clashes else Merged(conflict.resolved(()))
