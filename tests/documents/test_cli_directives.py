"""The `loa directive` commands, as an officer calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from tests.content.arriving import NAME, NEW, NEW_FILE, OLD, SOURCE_FILE, TEXT, pack

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "data/directives/source/58-CV-TU_2020-12-08.txt"
KEYS = ["number", "date", "year", "issuer", "signer", "subject", "addressees", "cites", "clauses", "notes"]


def loa(*arguments: str, content: Path, answer: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    var = {"LOA_CONTENT_DIR": str(content), "LOA_VAR_DIR": str(content.parent / "var")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "directive", *arguments],
        cwd=ROOT, input=answer, capture_output=True, text=True, check=False,
        env={**os.environ, **var, "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small pack that is whole, with a directive that the new one touches."""
    return pack(tmp_path / "pack", ROOT / "responses/vi/_messages.yaml")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(content: Path) -> SqliteStore:
    """The store beside the pack."""
    var = content.parent / "var"
    return SqliteStore(var / "loa.db", load_key(var / "loa.key"))


def drafts(content: Path) -> dict[str, bytes]:
    """The drafts in the store, by item."""
    with closing(kept(content)) as store:
        found = {draft.item: draft.version for draft in store.versions.drafts()}
        return store.versions.bodies(found)


def files(content: Path) -> list[str]:
    return sorted(path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file())


def test_json_has_the_agreed_shape(content: Path) -> None:
    before = files(content)
    done = loa("read", str(SOURCE), "--json", content=content)
    record = json.loads(done.stdout)
    assert list(record) == KEYS
    assert record["number"] == "58-CV/TU"
    assert {tuple(clause) for clause in record["clauses"]} == {("path", "text")}
    assert {tuple(cite) for cite in record["cites"]} == {("number", "date")}
    assert files(content) == before
    assert not (content.parent / "var").exists()


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
    assert "Chưa lưu gì." in done.stdout
    assert drafts(content) == {}


def test_adding_keeps_clauses_and_original_as_drafts_and_writes_no_file(content: Path, new: Path) -> None:
    before = files(content)
    done = loa("add", str(new), "--yes", "--by", "lan", content=content)
    assert done.returncode == 0, done.stderr
    assert f"đã lưu bản nháp: {NEW_FILE}, {SOURCE_FILE}" in done.stdout
    found = drafts(content)
    assert set(found) == {NEW_FILE, SOURCE_FILE}
    assert found[SOURCE_FILE] == TEXT.encode()
    assert files(content) == before


def test_a_directive_that_is_held_is_refused(content: Path, new: Path) -> None:
    loa("add", str(new), "--yes", content=content)
    again = loa("add", str(new), "--yes", content=content)
    assert again.returncode == 1
    assert f"văn bản này đã có: {NEW_FILE}, {SOURCE_FILE}" in again.stderr
    assert len(again.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_read_adds_nothing(content: Path, tmp_path: Path) -> None:
    empty = tmp_path / "trong.txt"
    empty.write_bytes(b"")
    done = loa("add", str(empty), "--yes", content=content)
    assert (done.returncode, done.stderr.startswith("loa: trong.txt: tệp trống")) == (1, True)
    assert drafts(content) == {}


def test_an_officer_may_mend_the_reading_first(content: Path, new: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/^review_by:.*/review_by: 2021-06-30/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    done = loa("add", str(new), "--yes", "--edit", content=content, EDITOR=str(editor))
    assert done.returncode == 0, done.stderr
    assert b"review_by: 2021-06-30" in drafts(content)[NEW_FILE]


def test_a_mended_reading_that_cannot_be_loaded_is_refused_with_its_line(
    content: Path, new: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/^expires:.*/expires: ngày mai/" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    done = loa("add", str(new), "--yes", "--edit", content=content, EDITOR=str(editor))
    assert done.returncode == 1
    assert f"{NEW_FILE}:" in done.stderr
    assert "không phải là một ngày" in done.stderr
    assert drafts(content) == {}


def test_tasks_are_listed_and_decided(content: Path, new: Path) -> None:
    added = loa("add", str(new), "--yes", content=content)
    listed = loa("tasks", NEW, content=content)
    count = int(listed.stdout.splitlines()[-1].split()[0])
    assert count >= 2
    assert f"{count} việc cần xem lại" in added.stdout
    assert f"clause:{OLD}#1 [chưa quyết] Mục cũ {OLD}#1 ({NEW})" in listed.stdout
    assert "văn bản mới ghi bãi bỏ 05/UBND-VX" in listed.stdout
    decided = loa("decide", NEW, f"clause:{OLD}#1", "withdraw", "--by", "minh", content=content)
    assert f"đã ghi: rút; bản nháp của {NEW_FILE}" in decided.stdout
    assert f"{OLD}#1".encode() in drafts(content)[NEW_FILE]
    right = loa("decide", NEW, "answer:mask", "still_right", content=content)
    assert right.stdout.splitlines() == ["đã ghi: vẫn đúng"]
    assert f"{count - 2} việc chưa quyết" in loa("tasks", NEW, content=content).stdout
    every = loa("tasks", "--all", content=content).stdout
    assert "[rút, minh quyết]" in every
    assert f"{count} việc" in every.splitlines()


def test_a_task_that_is_not_there_ends_in_a_sentence(content: Path, new: Path) -> None:
    loa("add", str(new), "--yes", content=content)
    done = loa("decide", NEW, "answer:khac", "edit", content=content)
    assert done.returncode == 1
    assert done.stderr == "loa: không có việc “answer:khac”; xem “loa directive tasks”\n"


def test_the_command_starts_without_the_readers_of_files() -> None:
    script = (
        "import bot.cli, sys; print(sorted(m for m in sys.modules if m.startswith(('pypdfium2', 'bot.documents'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
