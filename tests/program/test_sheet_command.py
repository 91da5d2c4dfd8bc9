"""`loa content sheet`: the content of a folder out to a workbook and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from bot.commands.sheets import sheet, write_whole
from bot.content.tree import read_folder
from bot.errors import FileRefused
from tests.content import broken

MESSAGES = Path(__file__).parents[2] / "responses/vi/_messages.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return broken.make(tmp_path / "pack", MESSAGES)


def command(root: Path, *arguments: object) -> Result:
    return CliRunner().invoke(sheet, [str(each) for each in arguments], env={"LOA_CONTENT_DIR": str(root)})


def written(root: Path, *cells: tuple[str, str, Any]) -> Path:
    """A workbook of the folder with some cells changed."""
    file = root.parent / "bang.xlsx"
    assert command(root, "out", file).exit_code == 0
    book = openpyxl.load_workbook(file)
    for title, cell, value in cells:
        book[title][cell] = value
    book.save(file)
    return file


def test_out_and_in_again_writes_nothing(root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    result = command(root, "in", written(root))
    assert result.exit_code == 0, result.output
    assert "không có gì khác" in result.output
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_changes_are_shown_by_a_dry_run_and_written_without(root: Path) -> None:
    file = written(root, ("Câu trả lời", "B3", "Đeo khẩu trang"), ("Câu mẫu", "D7", "lên nương đeo khẩu trang nhé"))
    before = read_folder(root)
    tried = command(root, "in", file, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert read_folder(root) == before
    assert "thêm “lên nương đeo khẩu trang nhé”" in tried.output
    done = command(root, "in", file)
    assert done.exit_code == 0, done.output
    assert "đã ghi 3 chỗ sửa vào 1 tệp" in done.output
    after = read_folder(root)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == ["intents/mask.yaml"]
    mask = yaml.safe_load(after["intents/mask.yaml"])
    assert mask["title"] == "Đeo khẩu trang"
    assert mask["examples"][1] == "lên nương đeo khẩu trang nhé"


def test_faults_of_rows_are_told_and_nothing_is_written(root: Path) -> None:
    file = written(root, ("Câu trả lời", "B3", "Tên tốt"), ("Dữ kiện", "C3", 115))
    before = read_folder(root)
    result = command(root, "in", file)
    assert result.exit_code == 1
    assert "trang “Dữ kiện”, ô C3: ô đã thành số (115)" in result.output
    assert "chưa ghi gì" in result.output
    assert read_folder(root) == before


def test_what_the_check_finds_is_told_with_its_cell_and_nothing_is_written(root: Path) -> None:
    file = written(root, ("Câu trả lời", "D3", "Không trích gì cả."))
    before = read_folder(root)
    result = command(root, "in", file)
    assert result.exit_code == 1
    assert "trang “Câu trả lời”, ô D3: responses/vi/mask.md:1: câu trả lời không trích văn bản nào" in result.output
    assert read_folder(root) == before


def test_a_file_that_is_no_workbook_is_refused(root: Path, tmp_path: Path) -> None:
    for name, size in (("trong.xlsx", 0), ("nang.xlsx", 100 * 1024 * 1024), ("hong.xlsx", 100)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
        assert isinstance(command(root, "in", tmp_path / name).exception, FileRefused)


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    old, folder = tmp_path / "a.yaml", tmp_path / "b.yaml"
    old.write_bytes(b"old")
    old.chmod(0o640)
    folder.mkdir()
    (folder / "x").write_bytes(b"")
    with pytest.raises(OSError, match=r"b\.yaml"):
        write_whole({folder: b"new", old: b"new"})
    assert old.read_bytes() == b"old"
    write_whole({old: b"new"})
    assert old.read_bytes() == b"new"
    assert old.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]
