"""Documents that were printed to PDF from a browser are read as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.documents.reading import read_document
from tests.browser.conftest import CHROMIUM, require_chromium
from tests.documents.judging import faults
from tests.documents.making_web import make_web
from tests.documents.samples import Sample, load

require_chromium()
SAMPLES = [sample for sample in load() if "chromium" in sample.formats]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in SAMPLES])
def test_is_read_as_it_stands(sample: Sample, browser: Browser, tmp_path: Path) -> None:
    path = make_web(sample, tmp_path / "van-ban.pdf", browser)
    assert faults(sample, read_document(path).to_record()) == []


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 18
