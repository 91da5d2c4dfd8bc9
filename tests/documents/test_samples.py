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
from tests.documents.samples import Sample, load

MAKERS: dict[str, Callable[[Sample, Path], Path]] = {
    "docx": make_docx,
    "pdf": make_pdf,
    "txt": make_text,
    "md": make_text,
}
SAMPLES = load()
CASES = [pytest.param(s, form, id=f"{s.name}-{form}") for s in SAMPLES for form in s.formats]


@pytest.mark.parametrize(("sample", "form"), CASES)
def test_is_read_as_it_stands(sample: Sample, form: str, tmp_path: Path) -> None:
    path = MAKERS[form](sample, tmp_path / f"van-ban.{form}")
    assert faults(sample, read_document(path).to_record()) == []


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 16
    assert len(CASES) >= 40
