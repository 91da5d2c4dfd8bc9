"""From a line of a file to the cell of a workbook that shows it, so that a problem is told where the officer reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from ..core.vietnamese import clean
from .editing import text_of
from .sheet_errors import Place
from .sheet_items import FACTS_FILE, Items
from .sheet_pages import ANSWERS, FACTS, Page
from .sheet_reading import Row
from .yaml_text import Pair, YamlText, read_yaml

# By file, path of the key, and text: the text is given for phrases only, since their rows come in any order. An empty
# path is the body of a response, or the row that stands for a whole file.
_Key = tuple[str, tuple[str, ...], str]
Cells = dict[_Key, Place]


def cells_of(page: Page, rows: Sequence[Row], items: Items) -> Cells:
    """Which cell shows which value or phrase."""
    return dict(_phrase_cells(page, rows, items) if page.phrases else _record_cells(page, rows, items))


def _phrase_cells(page: Page, rows: Sequence[Row], items: Items) -> Iterator[tuple[_Key, Place]]:
    for row in rows:
        phrases = items.phrases[page.name].get((row.owner, row.texts["kind"]))
        if phrases:
            yield (phrases.file, phrases.path, clean(row.texts["text"])), row.places["text"]


def _record_cells(page: Page, rows: Sequence[Row], items: Items) -> Iterator[tuple[_Key, Place]]:
    for row in rows:
        record = items.records[page.name].get(row.owner)
        for name, held in record.values.items() if record else ():
            yield (held.file, held.path, ""), row.places[name]
        if record and page is ANSWERS:
            yield (record.values["title"].file, (), ""), row.places["id"]
        if record and page is FACTS:
            yield (FACTS_FILE, (row.owner,), ""), row.places["id"]


def locate(file: str, data: bytes, line: int, cells: Cells) -> Place | None:
    """The cell that shows what stands on a line (from 1) of a file, or what it belongs to; None if none does."""
    paths = {path for name, path, _ in cells if name == file and path}
    if paths:
        source = read_yaml(text_of(data, file), file)
        for path in sorted(paths, key=len, reverse=True):  # the field of a fact before the fact
            pair = source.pair(path)
            place = cells.get((file, path, _phrase_on(pair, line))) if pair else None
            if pair and place and _spans(source, pair, line):
                return place
    return cells.get((file, (), ""))


def _phrase_on(pair: Pair, line: int) -> str:
    """The phrase of a list that stands on a line; empty for other values and lines."""
    items = pair.value.value if isinstance(pair.value, yaml.SequenceNode) else ()
    for item in items:
        if item.start_mark.line + 1 == line:
            return clean(item.value)
    return ""


def _spans(source: YamlText, pair: Pair, line: int) -> bool:
    """Whether a key with its value covers a line."""
    last = source.text.count("\n", 0, source.last(pair.value)) + 1
    return bool(pair.key.start_mark.line + 1 <= line <= last)
