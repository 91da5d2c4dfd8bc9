"""`loa report` writes a file from the store."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document

from bot.cli import main
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.core.reply import Outcome
from bot.store.records import Effects, Question
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from tests.conftest import ROOT
from tests.fakes import NOON


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOA_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LOA_CONTENT_DIR", str(ROOT))
    monkeypatch.setenv("LOA_DATABASE_URL", "")
    return tmp_path


def report(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["report", *arguments])
    return done.exit_code, done.output


FEBRUARY = ("--from", "2021-02-01", "--to", "2021-02-28")


def test_both_kinds_of_file(var: Path) -> None:
    store = SqliteStore(var / "loa.db", load_key(var / "loa.key"))
    start(store.versions, read_folder(ROOT), NOON)
    store.residents.apply(Effects("an", NOON, "web", question=Question("x", Outcome.ANSWERED, ("mask",), (), "r1")))
    store.close()
    word, pdf = var / "báo cáo.docx", var / "bao-cao.PDF"
    for file in (word, pdf):
        code, said = report(*FEBRUARY, "--out", str(file))
        assert (code, file.name in said) == (0, True), said
    expected = "Trong kỳ, Loa nhận 1 câu hỏi"
    assert any(expected in line.text for line in Document(str(word)).paragraphs)
    assert expected in pypdfium2.PdfDocument(pdf.read_bytes())[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*FEBRUARY, "--out", "x.doc"), ".docx hoặc .pdf"),
        (("--from", "2021-03-01", "--to", "2021-02-01", "--out", "x.pdf"), "ngày đầu đang sau ngày cuối"),
        ((*FEBRUARY, "--out", "x.pdf"), "chưa có kho dữ liệu"),
        (("--from", "01/02/2021", "--to", "2021-02-28", "--out", "x.pdf"), "01/02/2021"),
    ],
)
def test_what_cannot_be_done_says_why(var: Path, arguments: tuple[str, ...], said: str) -> None:
    code, output = report(*arguments)
    assert code != 0
    assert said in output
    assert not list(var.glob("*.db"))
