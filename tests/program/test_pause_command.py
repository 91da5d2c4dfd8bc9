"""`loa pause` and `loa resume`, and a running server that hears of them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.content import broken
from tests.program.test_cli import MESSAGES, environment, free_port, loa, wait_until_ready


def outcome(client: httpx.Client) -> str:
    return str(client.post("/api/ask", json={"text": "đeo khẩu trang"}).json()["outcome"])


def becomes(client: httpx.Client, wanted: str, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if outcome(client) == wanted:
            return True
        time.sleep(0.05)
    return False


def test_a_running_server_pauses_within_a_second_and_after_a_restart(tmp_path: Path) -> None:
    port, pack = free_port(), str(broken.make(tmp_path / "pack", MESSAGES))
    settings = {"LOA_PORT": str(port), "LOA_CONTENT_DIR": pack}
    command = [sys.executable, "-m", "bot", "serve"]

    def serving(log: Path) -> subprocess.Popen[bytes]:
        with log.open("w") as out:
            return subprocess.Popen(
                command, cwd=tmp_path, env=environment(tmp_path, **settings), stdout=out, stderr=out
            )  # fmt: skip

    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        process = serving(tmp_path / "log1")
        try:
            wait_until_ready(client)
            assert outcome(client) == "answered"
            paused = loa(tmp_path, "pause", "trả lời sai", "--by", "Lan", **settings)
            assert paused.returncode == 0, paused.stderr
            assert becomes(client, "not_understood", 1.0)
            assert client.get("/readyz").status_code == 200
        finally:
            process.terminate()
            process.wait(timeout=20)
        process = serving(tmp_path / "log2")
        try:
            wait_until_ready(client)
            assert outcome(client) == "not_understood", "the pause outlives the process"
            resumed = loa(tmp_path, "resume", "--by", "Hoa", **settings)
            assert "Lan: trả lời sai" in resumed.stdout
            assert becomes(client, "answered", 1.0)
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path) -> None:
    nothing = loa(tmp_path, "resume")
    assert nothing.returncode == 1
    assert "không có gì để mở lại" in nothing.stderr
    assert loa(tmp_path, "pause", " ").returncode == 1
    assert loa(tmp_path, "pause", "sai", "--by", "Lan").returncode == 0
    again = loa(tmp_path, "pause", "sai")
    assert again.returncode == 1
    assert "Lan: sai" in again.stderr
    assert loa(tmp_path, "resume").returncode == 0
