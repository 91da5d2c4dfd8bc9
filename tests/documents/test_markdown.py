"""What is read becomes a file of the content, and the content loads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.files import parse_as, read
from bot.content.loading import load as load_content
from bot.content.schemas import DirectiveFront
from bot.content.syncing import write_back
from bot.documents.document import Document
from bot.documents.filing import files_of
from bot.documents.kinds import parse
from bot.documents.markdown import to_markdown
from bot.errors import Problem
from tests.content.test_directive_sources import Written, difference, source_of
from tests.content.test_directive_sources import parse as parse_written
from tests.documents.samples import Sample, load
from tests.documents.test_samples import MAKERS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {"58-CV-TU_2020-12-08": "58-CV-TU_2020-12-08.txt", "UBND_2021": "UBND-tinh-2021.txt"}
FIELDS = ("id", "number", "date", "year", "issuer", "signer", "signer_title", "subject", "addressees", "recipients")


def reading(name: str) -> tuple[Document, bytes]:
    data = (ROOT / "data/directives/source" / SOURCES[name]).read_bytes()
    return parse(data, SOURCES[name]), data


@pytest.mark.parametrize("name", SOURCES)
def test_the_sources_become_the_files_that_were_made_by_hand(name: str, tmp_path: Path) -> None:
    document, data = reading(name)
    by_hand = parse_written(ROOT / f"data/directives/{name}.md")
    path, written = next(iter(files_of(document, data, SOURCES[name]).items()))
    assert Path(path).stem == name
    made = parse_bytes(written, tmp_path)
    assert {field: made.front[field] for field in FIELDS} == {field: by_hand.front[field] for field in FIELDS}
    assert [(c["number"], c["date"]) for c in made.front["cites"]] == [
        (c["number"], c["date"]) for c in by_hand.front["cites"]
    ]
    assert [(path, "".join(text.split())) for path, text in made.clauses] == [
        (path, "".join(text.split())) for path, text in by_hand.clauses
    ]
    assert difference(made, source_of(by_hand)) is None


def parse_bytes(data: bytes, folder: Path) -> Written:
    """Clauses and front matter of the bytes of a file."""
    path = folder / "van-ban.md"
    path.write_bytes(data)
    return parse_written(path)


@pytest.mark.parametrize("name", SOURCES)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    first, second = reading(name)[0], reading(name)[0]
    assert to_markdown(first, "x") == to_markdown(second, "x") == to_markdown(Document.load(first.dump()), "x")


@pytest.mark.parametrize("sample", load(), ids=lambda sample: sample.name)
def test_every_file_loads_without_a_fault_and_keeps_every_clause(sample: Sample, tmp_path: Path) -> None:
    form = sample.formats[0]
    path = MAKERS[form](sample, tmp_path / f"van-ban.{form}")
    document = parse(path.read_bytes(), path.name)
    files = files_of(document, path.read_bytes(), path.name)
    write_back(tmp_path, files)
    problems: list[Problem] = []
    name, data = next(iter(files.items()))
    written = tmp_path / name
    source = read(name, data, problems)
    assert parse_as(DirectiveFront, source, problems) is not None
    assert problems == []
    clauses = parse_written(written).clauses
    assert [(name, text.strip()) for name, text in clauses] == [(part.path, part.text) for part in document.clauses]


def test_the_whole_pack_loads_with_a_new_directive(tmp_path: Path) -> None:
    for folder in ("data", "intents", "responses"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = "Số: 99/UBND-VX\n\nLai Châu, ngày 01 tháng 02 năm 2021\n\nKính gửi: Các sở.\n\n1. Việc một.\n\n2. Việc hai."
    write_back(tmp_path, files_of(parse(text.encode()), text.encode(), "moi.txt"))
    catalogue = load_content(tmp_path)
    clause = catalogue.directives["99/UBND-VX@2021-02-01"].clause("2")
    assert clause is not None
    assert clause.text == "Việc hai."
    assert (tmp_path / "data/directives/source/99-UBND-VX_2021-02-01.txt").read_text(encoding="utf-8") == text


def test_a_line_that_looks_like_a_heading_opens_no_clause(tmp_path: Path) -> None:
    document = parse("1. Việc\n\n## 7\n\nhết".encode(), "a.txt")
    written = parse_bytes(to_markdown(document).encode(), tmp_path)
    assert [path for path, _ in written.clauses] == [part.path for part in document.clauses]
