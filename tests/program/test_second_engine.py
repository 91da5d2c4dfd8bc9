"""The program over PostgreSQL, as people run it: a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.store.records import Effects, Received
from bot.store.sealing import load_key
from tests.content import broken
from tests.engines import PostgresBase, PostgresServer
from tests.fakes import NOON
from tests.program.test_cli import MESSAGES, environment, free_port, loa, wait_until_ready


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[PostgresBase]:
    """A database as an operator makes it, without tables."""
    with postgres.fresh("template0") as database:
        yield database


def test_questions_are_answered_and_logged_there(tmp_path: Path, empty: PostgresBase) -> None:
    port, pack = free_port(), str(broken.make(tmp_path / "pack", MESSAGES))
    settings = {"LOA_PORT": str(port), "LOA_CONTENT_DIR": pack, "LOA_DATABASE_URL": empty.url}
    command = [sys.executable, "-m", "bot", "serve"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path, **settings), stdout=log, stderr=log)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                wait_until_ready(client)
                answer = client.post("/api/ask", json={"text": "đeo khẩu trang"})
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert process.returncode == 0, (tmp_path / "log").read_text()
    assert answer.json()["outcome"] == "answered"
    assert empty.number("SELECT count(*) FROM questions") == 1
    assert not (tmp_path / "var/loa.db").exists()
    assert loa(tmp_path, "ask", "đeo khẩu trang", **settings).returncode == 0


def test_doctor_and_feedback_look_there(tmp_path: Path, empty: PostgresBase) -> None:
    store = empty.open(load_key(tmp_path / "var/loa.key"))
    store.inbox.add([Received(7, "ref", "{}")], NOON)
    store.residents.apply(Effects("ref", NOON, aside="KeyError at guide.py:1"), 7)
    store.close()
    settings = {"LOA_CONTENT_DIR": str(broken.make(tmp_path / "pack", MESSAGES)), "LOA_DATABASE_URL": empty.url}
    found = loa(tmp_path, "doctor", **settings)
    assert found.returncode == 1
    assert "PostgreSQL" in found.stdout
    assert "inbox 7: KeyError at guide.py:1" in found.stdout
    assert "mở lại 1 dòng" in loa(tmp_path, "doctor", "--retry", **settings).stdout
    told = loa(tmp_path, "feedback", **settings)
    assert told.returncode == 0, told.stderr
    assert "0 lượt" in told.stdout


@pytest.mark.parametrize("url", ["postgresql://loa:bi-mat@127.0.0.1:1/loa", "postgresql://loa:bi-mat@[::1/loa"])
def test_a_server_that_is_not_there_is_one_clear_line_without_the_password(tmp_path: Path, url: str) -> None:
    settings = {"LOA_CONTENT_DIR": str(broken.make(tmp_path / "pack", MESSAGES)), "LOA_DATABASE_URL": url}
    for command in ("serve", "doctor", "feedback"):
        found = loa(tmp_path, command, **settings)
        said = found.stdout + found.stderr
        assert found.returncode == 1, command
        assert "PostgreSQL" in said
        assert "bi-mat" not in said
        assert "Traceback" not in said
