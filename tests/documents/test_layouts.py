"""The same words in another layout give the same record: each document is built once more, in a way of its turn."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reading import read_document
from tests.documents.judging import faults
from tests.documents.samples import Sample, load
from tests.documents.test_samples import MAKERS

Layout = tuple[str, str, Mapping[str, Any]]
_AROUND = {
    "header": "Cổng thông tin điện tử - in ngày 05/02/2021",
    "footer": "Trang {page}/{pages}",
    "rotated": "BẢN SAO",
}
_ODD = ["line_breaks", "content_controls", "smart_tags", "hyphens", "tabs", "broken_runs"]
PDF: tuple[Layout, ...] = (
    ("justified", "pdf", {"justify": True}),
    ("letter by letter", "pdf", {"justify": True, "glyphs": True}),
    ("with much around", "pdf", {"size": 15, "right": 110, **_AROUND}),
)
WORD: tuple[Layout, ...] = (
    ("as Word stores it", "docx", {"odd": _ODD}),
    (
        "with boxes",
        "docx",
        {"boxes": ["HỎA TỐC", "Dự thảo"], "header": "Trang đầu", "footer": "Trang 1/2", "head": "rows"},
    ),
    ("without tables", "docx", {"head": "lines", "nbsp": True, "form": "NFD"}),
)


def _cases() -> list[tuple[Sample, Layout]]:
    pdf, word = itertools.cycle(PDF), itertools.cycle(WORD)
    samples = load()
    turns = ((sample, next(ways)) for sample in samples for ways in (pdf, word))
    return [(sample, layout) for sample, layout in turns if layout[1] in sample.formats]


CASES = _cases()


@pytest.mark.parametrize(("sample", "layout"), [pytest.param(s, way, id=f"{s.name} {way[0]}") for s, way in CASES])
def test_is_read_as_it_stands(sample: Sample, layout: Layout, tmp_path: Path) -> None:
    _, form, change = layout
    key = "word" if form == "docx" else "pdf"
    other = Sample(sample.name, {**sample.data, key: {**sample.data.get(key, {}), **change}})
    path = MAKERS[form](other, tmp_path / f"van-ban.{form}")
    assert faults(other, read_document(path).to_record()) == []


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80
