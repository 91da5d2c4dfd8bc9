"""`loa directive read` and `loa directive add`, as an officer calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "data/directives/source/58-CV-TU_2020-12-08.txt"
KEYS = ["number", "date", "year", "issuer", "signer", "subject", "addressees", "cites", "clauses", "notes"]


def loa(*arguments: str, content: Path, answer: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "directive", *arguments],
        cwd=ROOT, input=answer, capture_output=True, text=True, check=False,
        env={**os.environ, "LOA_CONTENT_DIR": str(content), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "data/directives/source").mkdir(parents=True)
    return tmp_path


def files(content: Path) -> list[str]:
    return sorted(path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file())


def test_json_has_the_agreed_shape(content: Path) -> None:
    done = loa("read", str(SOURCE), "--json", content=content)
    record = json.loads(done.stdout)
    assert list(record) == KEYS
    assert record["number"] == "58-CV/TU"
    assert {tuple(clause) for clause in record["clauses"]} == {("path", "text")}
    assert {tuple(cite) for cite in record["cites"]} == {("number", "date")}
    assert files(content) == []


def test_without_json_an_officer_can_read_it(content: Path) -> None:
    done = loa("read", str(ROOT / "data/directives/source/UBND-tinh-2021.txt"), content=content)
    assert "Số, ký hiệu: (văn bản không ghi)" in done.stdout
    assert "[8] Các thành viên Ban Chỉ đạo tỉnh" in done.stdout
    assert "Ngày ban hành còn để trống" in done.stdout


def test_a_file_that_cannot_be_read_ends_in_one_clear_line(content: Path, tmp_path: Path) -> None:
    scan = tmp_path / "quet.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = loa("read", str(scan), content=content)
    assert done.returncode == 1
    assert done.stderr.startswith("loa: quet.png: tệp là ảnh chụp")
    assert len(done.stderr.splitlines()) == 1


def test_adding_asks_first(content: Path) -> None:
    done = loa("add", str(SOURCE), content=content, answer="n\n")
    assert "[4] Ban Tuyên giáo Tỉnh ủy" in done.stdout
    assert "Chưa ghi gì." in done.stdout
    assert files(content) == []


def test_adding_writes_both_files_and_never_over_others(content: Path) -> None:
    assert loa("add", str(SOURCE), "--yes", content=content).returncode == 0
    written = ["data/directives/58-CV-TU_2020-12-08.md", "data/directives/source/58-CV-TU_2020-12-08.txt"]
    assert files(content) == written
    assert (content / written[1]).read_bytes() == SOURCE.read_bytes()
    again = loa("add", str(SOURCE), "--yes", content=content)
    assert again.returncode == 1
    assert "đã có tệp data/directives/58-CV-TU_2020-12-08.md" in again.stderr


def test_an_officer_may_mend_the_reading_first(content: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/^review_by:.*/review_by: 2021-06-30/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    done = loa("add", str(SOURCE), "--yes", "--edit", content=content, EDITOR=str(editor))
    assert done.returncode == 0
    text = (content / "data/directives/58-CV-TU_2020-12-08.md").read_text(encoding="utf-8")
    assert "review_by: 2021-06-30" in text


def test_the_command_starts_without_the_readers_of_files() -> None:
    script = (
        "import bot.cli, sys; print(sorted(m for m in sys.modules if m.startswith(('pypdfium2', 'bot.documents'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
