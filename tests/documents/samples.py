"""Made-up documents of real shape: what they look like on paper, and the record that a reader must find in them.

The body of a sample is one line per paragraph, `path | mark | text`; the mark is what stands before the text on paper
("1.", "a)", "Điều 2.") and is no part of the clause. Path `~` is a line that belongs to no clause (a heading, a
title). `@page` breaks the page, `@table path | a ; b || c ; d` sets a table (a cell `<` is merged with its left one,
`^` with the one above), `@columns a ; b || c ; d` sets two columns without borders, ` // ` is where a line of the PDF
ends whatever its width. A mark with "!" before it is typed by hand in a Word file that numbers the others by itself;
`inline.py` tells of `{-gone-}`, `{+new+}` and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.documents.inline import notes_of, plain_words

FOLDER = Path(__file__).parent / "samples"
LOOSE = "~"
BREAK = " // "
MERGED = ("<", "^")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the body, a row of cells (`table`), or the end of a page (`page`)."""

    path: str
    mark: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()
    page: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    by_hand: bool = False

    @property
    def written(self) -> str:
        """Mark and text, with what `inline.py` tells of."""
        return f"{self.mark} {one_line(self.text)}".strip()

    @property
    def shown(self) -> str:
        """Mark and text as they stand on paper."""
        return accepted(self.written)

    @property
    def wrapped(self) -> list[str]:
        """Mark and text, cut where the PDF has to begin a new line."""
        return f"{self.mark} {self.text}".strip().split(BREAK)


@dataclass(frozen=True, slots=True)
class Sample:
    """One document; `data` is the YAML file as it stands."""

    name: str
    data: Mapping[str, Any]

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(self.data["formats"])

    @property
    def record(self) -> Mapping[str, Any]:
        return self.data["record"]  # type: ignore[no-any-return]

    def accepts(self, name: str) -> list[Any]:
        """Other values that say the same."""
        return list((self.data.get("accepts") or {}).get(name, []))

    @property
    def head(self) -> Mapping[str, Any]:
        return self.data.get("head") or {}

    @property
    def title(self) -> list[str]:
        return list(self.data.get("title") or [])

    @property
    def to(self) -> list[str]:
        """Whom it is addressed to, as the lines stand on paper."""
        return list(self.data.get("to") or [])

    @property
    def to_label(self) -> str:
        return str(self.data.get("to_label") or "Kính gửi:")

    @property
    def sign(self) -> Mapping[str, Any]:
        return self.data.get("sign") or {}

    @property
    def word(self) -> Mapping[str, Any]:
        """How the Word file is built: `lists`, `styles`, `encoding`, `form`, `letters`, `nbsp`, `head`, `odd`,
        `header`, `footer`, `boxes`."""
        return self.data.get("word") or {}

    @property
    def pdf(self) -> Mapping[str, Any]:
        """How the PDF is built: `size`, `right` (margin), `footer`, `form`, `letters`, `cells`, `words`, `stamp`,
        `header`, `corner`, `rotated`, `columns`, `justify`, `glyphs`."""
        return self.data.get("pdf") or {}

    @property
    def body(self) -> tuple[Line, ...]:
        return tuple(_lines(self.data["body"]))

    @property
    def annex(self) -> tuple[Line, ...]:
        """What follows the signature."""
        return tuple(_lines(self.data.get("annex") or ""))

    @property
    def clauses(self) -> dict[str, str]:
        """Path → text of all clauses, in the order of the document."""
        found: dict[str, list[str]] = {}
        for line in (*self.body, *self.annex):
            if line.path not in (LOOSE, ""):
                cells = " ".join(cell for row in line.table for cell in row if cell not in MERGED)
                found.setdefault(line.path, []).append(accepted(cells or line.text))
        return {path: "\n".join(texts) for path, texts in found.items()}

    @property
    def loose(self) -> str:
        """All words outside the clauses: head, titles, headings, signature, recipients."""
        parts = [text for key in ("head", "title", "to_label", "to", "sign") for text in _flat(self.data.get(key))]
        parts += list(_flat(self.pdf.get("stamp")))
        parts += [
            text
            for each in (self.pdf.get("corner"), self.pdf.get("header"), self.word.get("boxes"))
            for text in _flat(each)
        ]
        lines = (*self.body, *self.annex)
        parts += [line.written for line in lines if line.path == LOOSE]
        parts += [text for line in lines for side in line.columns for text in side]
        return accepted(" ".join(["Kính gửi: Nơi nhận:", *parts, *self._notes()]))

    def _notes(self) -> Iterator[str]:
        for number, note in enumerate(self.notes, 1):
            yield f"[{number}] {note}"

    @property
    def notes(self) -> list[str]:
        """The footnotes, in their order."""
        return [note for line in (*self.body, *self.annex) for note in notes_of(line.text)]


def hands_of(sign: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Who signs: one, or (`two`) two side by side."""
    return list(sign.get("two") or [sign])


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif value:
        yield str(value)


def _lines(text: str) -> Iterator[Line]:
    for row in filter(None, (row.strip() for row in text.splitlines())):
        yield _line(row)


def _line(row: str) -> Line:
    if row == "@page":
        return Line("", "", "", page=True)
    if row.startswith("@table "):
        path, cells = row.removeprefix("@table ").split(" | ", 1)
        return Line(path, "", "", tuple(tuple(re.split(r"\s+;\s+", each)) for each in cells.split(" || ")))
    if row.startswith("@columns "):
        sides = row.removeprefix("@columns ").split(" || ")
        return Line("", "", "", columns=tuple(tuple(side.split(" ; ")) for side in sides))
    path, mark, text = (part.strip() for part in row.split("|", 2))
    return Line(path, mark.removeprefix("!"), text, by_hand=mark.startswith("!"))


def one_line(text: str) -> str:
    """The text without the line ends of the PDF."""
    return text.replace(BREAK, " ")


def accepted(text: str) -> str:
    """The text once all tracked changes are accepted, without notes and hidden words."""
    return plain_words(one_line(text))


def load() -> tuple[Sample, ...]:
    """All samples, by name."""
    files = sorted(FOLDER.glob("*.yaml"))
    return tuple(Sample(file.stem, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)
