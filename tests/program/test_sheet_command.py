"""`loa content sheet`: the content of a folder out to a workbook and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from bot.commands.sheets import sheet
from bot.content.tree import read_folder
from bot.errors import FileRefused
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from tests.content import broken

MESSAGES = Path(__file__).parents[2] / "responses/vi/_messages.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return broken.make(tmp_path / "pack", MESSAGES)


def command(root: Path, *arguments: object) -> Result:
    settings = {"LOA_CONTENT_DIR": str(root), "LOA_VAR_DIR": str(root.parent / "var")}
    return CliRunner().invoke(sheet, [str(each) for each in arguments], env=settings)


def drafts(root: Path) -> dict[str, bytes]:
    """The drafts that are open, by item."""
    store = SqliteStore(root.parent / "var/loa.db", load_key(root.parent / "var/loa.key"))
    try:
        return store.versions.bodies({draft.item: draft.version for draft in store.versions.drafts()})
    finally:
        store.close()


def written(root: Path, *cells: tuple[str, str, Any]) -> Path:
    """A workbook of the folder with some cells changed."""
    file = root.parent / "bang.xlsx"
    assert command(root, "out", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    for title, cell, value in cells:
        book[title][cell] = value
    book.save(file)
    return file


def test_out_and_in_again_is_no_draft(root: Path) -> None:
    result = command(root, "in", written(root))
    assert result.exit_code == 0, result.output
    assert "không có gì khác" in result.output
    assert drafts(root) == {}


def test_changes_are_shown_by_a_dry_run_and_are_drafts_without(root: Path) -> None:
    file = written(root, ("Câu trả lời", "B3", "Đeo khẩu trang"), ("Câu mẫu", "D7", "lên nương đeo khẩu trang nhé"))
    before = read_folder(root)
    tried = command(root, "in", file, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert drafts(root) == {}
    assert "thêm “lên nương đeo khẩu trang nhé”" in tried.output
    done = command(root, "in", file)
    assert done.exit_code == 0, done.output
    assert "đã lưu 3 chỗ sửa thành bản nháp của 1 mục" in done.output
    after = drafts(root)
    assert list(after) == ["intents/mask.yaml"]
    assert read_folder(root) == before, "the folder is the folder's"
    again = command(root, "in", file)
    assert "không có gì khác" in again.output, again.output
    mask = yaml.safe_load(after["intents/mask.yaml"])
    assert mask["title"] == "Đeo khẩu trang"
    assert mask["examples"][1] == "lên nương đeo khẩu trang nhé"


def test_faults_of_rows_are_told_and_nothing_is_written(root: Path) -> None:
    file = written(root, ("Câu trả lời", "B3", "Tên tốt"), ("Dữ kiện", "C3", 115))
    result = command(root, "in", file)
    assert result.exit_code == 1
    assert "trang “Dữ kiện”, ô C3: ô đã thành số (115)" in result.output
    assert "chưa lưu gì" in result.output
    assert drafts(root) == {}


def test_what_the_check_finds_is_told_with_its_cell_and_nothing_is_written(root: Path) -> None:
    file = written(root, ("Câu trả lời", "D3", "Không trích gì cả."))
    result = command(root, "in", file)
    assert result.exit_code == 1
    assert "trang “Câu trả lời”, ô D3: responses/vi/mask.md:1: câu trả lời không trích văn bản nào" in result.output
    assert drafts(root) == {}


def test_a_file_that_is_no_workbook_is_refused(root: Path, tmp_path: Path) -> None:
    for name, size in (("trong.xlsx", 0), ("nang.xlsx", 100 * 1024 * 1024), ("hong.xlsx", 100)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        assert isinstance(command(root, "in", tmp_path / name).exception, FileRefused)
