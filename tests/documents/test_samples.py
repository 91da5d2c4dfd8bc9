"""Every made-up document, in every format, is read as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.documents.reading import read_document
from tests.documents.judging import faults
from tests.documents.making_docx import make_docx
from tests.documents.making_pdf import make_pdf
from tests.documents.making_text import make_text
from tests.documents.real import FOLDER, load_real
from tests.documents.samples import Sample, load

MAKERS: dict[str, Callable[[Sample, Path], Path]] = {
    "docx": make_docx,
    "pdf": make_pdf,
    "txt": make_text,
    "md": make_text,
}
SAMPLES = load()
CASES = [pytest.param(s, form, id=f"{s.name}-{form}") for s in SAMPLES for form in s.formats if form in MAKERS]


@pytest.mark.parametrize(("sample", "form"), CASES)
def test_is_read_as_it_stands(sample: Sample, form: str, tmp_path: Path) -> None:
    path = MAKERS[form](sample, tmp_path / f"van-ban.{form}")
    assert faults(sample, read_document(path).to_record()) == []


LAYOUTS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "table": ({}, {}),
    "lines": ({"head": "lines", "lists": ["decimal %1."]}, {"size": 15, "right": 100, "footer": True}),
}
REAL = [
    pytest.param(name, layout, form, id=f"{name}-{layout}-{form}")
    for name in ("58-CV-TU_2020-12-08", "UBND_2021")
    for layout in LAYOUTS
    for form in ("docx", "pdf")
]


@pytest.mark.parametrize(("name", "layout", "form"), REAL)
def test_a_real_directive_laid_out_anew_is_read_as_the_pack_holds_it(
    name: str, layout: str, form: str, tmp_path: Path
) -> None:
    word, pdf = LAYOUTS[layout]
    sample = load_real(name, word=word, pdf=pdf)
    path = MAKERS[form](sample, tmp_path / f"van-ban.{form}")
    assert faults(sample, read_document(path).to_record()) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [("58-CV-TU_2020-12-08", "58-CV-TU_2020-12-08.txt"), ("UBND_2021", "UBND-tinh-2021.txt")],
)
def test_the_source_of_a_real_directive_is_read_as_the_pack_holds_it(name: str, source: str) -> None:
    sample = load_real(name, word={}, pdf={})
    assert faults(sample, read_document(FOLDER / "source" / source).to_record()) == []


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 57
    assert len(CASES) >= 145
