"""The command as people and programs run it: a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.clock import system_clock
from bot.store.records import Effects, Received, Suggestion, Vote
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from tests.botapi import BotApiDouble, updates
from tests.content import broken
from tests.fakes import NOON

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("LOA_")}
    return {
        **clean,
        "LOA_VAR_DIR": str(folder / "var"),
        "LOA_CONTENT_DIR": str(ROOT),
        "PYTHONPATH": str(ROOT),
        **settings,
    }


def loa(folder: Path, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_ask_prints_an_answer_with_its_source_and_why(tmp_path: Path) -> None:
    found = loa(tmp_path, "ask", "ko deo khaaur trang phat bao nhieu", "--explain")
    assert found.returncode == 0, found.stderr
    assert "Nguồn" in found.stdout
    assert "Loa đọc là: không deo khẩu trang phat bao nhieu" in found.stdout
    assert "intents/mask_fine.yaml" in found.stdout
    assert not (tmp_path / "var").exists(), "asking keeps nothing"


def test_an_explanation_is_data_too(tmp_path: Path) -> None:
    record = json.loads(loa(tmp_path, "ask", "rước dâu mời mấy mâm", "--json", "--explain").stdout)
    assert record["explain"]["read"] == "rước dâu mời mấy mâm"


def test_ask_json_has_the_agreed_shape(tmp_path: Path) -> None:
    found = json.loads(loa(tmp_path, "ask", "5K là gì", "--json").stdout)
    assert set(found) == {"outcome", "answered", "buttons", "intents"}
    assert found["answered"] == ["five_k"]
    assert set(found["intents"][0]) == {"intent", "score"}


def test_ask_jsonl_answers_every_line_in_order_each_on_its_own(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "5K là gì"},
        {"id": "b", "text": "thế còn đám tang?"},
        {"id": "c", "turns": ["đám cưới có được tổ chức không", "thế còn đám tang?"]},
        {"id": 7, "text": ""},
        {"id": "e", "text": "mai trời có mưa không"},
    ]
    given = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    found = [json.loads(line) for line in loa(tmp_path, "ask", "--jsonl", "-", given=given).stdout.splitlines()]
    assert [each["id"] for each in found] == ["a", "b", "c", 7, "e"]
    assert found[0]["answered"] == ["five_k"]
    assert found[2]["answered"] == ["weddings_funerals"]
    assert found[3]["outcome"] == found[4]["outcome"] == "not_understood"
    assert all(set(each) == {"id", "outcome", "answered", "buttons", "intents"} for each in found)
    assert all(each["intent"] != "out_of_scope" for row in found for each in row["intents"])


@pytest.mark.parametrize("line", ["{", '{"id": 1}', '{"id": 1, "text": 5}', '{"id": 1, "turns": []}', "[]"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    pack = str(broken.make(tmp_path / "pack", MESSAGES))
    given = '{"id": 1, "text": "5K là gì"}\n' + line + "\n"
    found = loa(tmp_path, "ask", "--jsonl", "-", given=given, LOA_CONTENT_DIR=pack)
    assert found.returncode == 1
    assert "line 2" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Traceback" not in found.stderr
    assert len(found.stdout.splitlines()) == 1


def test_a_conversation_in_the_terminal(tmp_path: Path) -> None:
    found = loa(tmp_path, "chat", given="đám cưới có được tổ chức không\n1\nthế còn đám tang?\n\n")
    assert found.returncode == 0, found.stderr
    assert "Hạn chế tối đa các hoạt động" in found.stdout
    assert found.stdout.count("Nguồn:") == 2


def test_the_directives_are_read_in_the_terminal(tmp_path: Path) -> None:
    found = loa(tmp_path, "chat", given="/vanban\n2\n4\n/noihoi sin ho\n\n")
    assert found.returncode == 0, found.stderr
    assert "22/TB-VPCP" in found.stdout
    assert "Hạn chế tối đa các hoạt động" in found.stdout
    assert "trạm y tế hoặc UBND xã" in found.stdout


def test_check_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    pack = broken.make(tmp_path / "pack", MESSAGES, **{"responses/vi/mask.md": '{{ fact("hotlin") }}\n'})
    found = loa(tmp_path, "check", LOA_CONTENT_DIR=str(pack))
    assert found.returncode == 1
    assert "responses/vi/mask.md:1:" in found.stdout
    started = loa(tmp_path, "serve", LOA_CONTENT_DIR=str(pack))
    assert started.returncode == 1
    assert "responses/vi/mask.md:1:" in started.stderr
    assert "Traceback" not in started.stderr


def test_check_shows_how_the_phrases_of_each_subject_do(tmp_path: Path) -> None:
    pack = broken.make(tmp_path / "pack", MESSAGES)
    found = loa(tmp_path, "check", "--phrases", LOA_CONTENT_DIR=str(pack))
    assert found.returncode == 0, found.stderr
    assert "Khẩu trang: 3 câu mẫu, nhận ra " in found.stdout
    assert "% cặp câu giống nhau" in found.stdout
    assert "nhận ra" not in loa(tmp_path, "check", LOA_CONTENT_DIR=str(pack)).stdout


def test_a_check_loads_neither_telegram_nor_the_web_nor_the_store(tmp_path: Path) -> None:
    code = "import sys, bot.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "jinja2" in found.stdout.split()
    assert not {"telegram", "fastapi", "uvicorn", "httpx"} & set(found.stdout.split())


def test_doctor_shows_what_was_put_aside_without_its_text_and_opens_it_again(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "var/loa.db", load_key(tmp_path / "var/loa.key"))
    store.inbox.add([Received(7, "ref", '{"text": "bà Mẩy"}')], NOON)
    store.residents.apply(Effects("ref", NOON, aside="KeyError at guide.py:1"), 7)
    store.close()
    pack = str(broken.make(tmp_path / "pack", MESSAGES))
    found = loa(tmp_path, "doctor", LOA_CONTENT_DIR=pack)
    assert found.returncode == 1
    assert "inbox 7: KeyError at guide.py:1" in found.stdout
    assert "Mẩy" not in found.stdout
    again = loa(tmp_path, "doctor", "--retry", LOA_CONTENT_DIR=pack)
    assert "mở lại 1 dòng" in again.stdout
    assert "KeyError" not in again.stdout


def test_feedback_shows_officers_votes_reasons_and_suggestions(tmp_path: Path) -> None:
    nothing = loa(tmp_path, "feedback")
    assert nothing.returncode == 1
    assert "chưa có kho dữ liệu" in nothing.stderr
    assert not (tmp_path / "var").exists(), "looking makes nothing"
    store = SqliteStore(tmp_path / "var/loa.db", load_key(tmp_path / "var/loa.key"))
    now = system_clock()
    for ref, vote in (
        ("an", Vote("1", "five_k", up=False, release="r1", reason="wrong", words="số cũ rồi")),
        ("bình", Vote("1", "five_k+mask", up=False, reason="unclear")),
        ("chi", Vote("1", "mask", up=True)),
    ):
        store.residents.apply(Effects(ref, now, vote=vote))
    for days, text in ((0, "mới"), (1, "cũ hơn"), (9, "quá cũ")):
        store.residents.apply(Effects("an", now - timedelta(days=days), suggestion=Suggestion(text, "r1")))
    store.close()
    found = loa(tmp_path, "feedback", "--days", "7")
    assert found.returncode == 0, found.stderr
    assert "5K là gì: 👍 0 👎 2 (sai 1, khó hiểu 1)" in found.stdout
    assert "👍 1 👎 1 (khó hiểu 1)" in found.stdout
    assert "5K là gì, sai (bản r1): số cũ rồi" in found.stdout
    assert found.stdout.index("– mới") < found.stdout.index("– cũ hơn")
    assert "quá cũ" not in found.stdout


def test_doctor_tells_how_loa_is(tmp_path: Path) -> None:
    found = loa(tmp_path, "doctor")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "kho dữ liệu" in found.stdout
    assert not (tmp_path / "var").exists(), "looking makes nothing"
    SqliteStore(tmp_path / "var/loa.db", load_key(tmp_path / "var/loa.key")).close()
    pack = str(broken.make(tmp_path / "pack", MESSAGES))
    assert loa(tmp_path, "doctor", LOA_CONTENT_DIR=pack).returncode == 0
    (tmp_path / "var/loa.key").chmod(0o644)
    found = loa(tmp_path, "doctor", LOA_CONTENT_DIR=pack)
    assert found.returncode == 1
    assert "chmod 600" in found.stdout


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"LOA_PORT": "x"}, "LOA_PORT"),
        ({"LOA_TELEGRAM_TOKEN": "x"}, "LOA_TELEGRAM_TOKEN"),
        ({"LOA_PROT": "1"}, "LOA_PORT"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_line(tmp_path: Path, settings: dict[str, str], word: str) -> None:
    found = loa(tmp_path, "run", **settings)
    assert found.returncode == 1
    assert word in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


def test_a_store_that_cannot_be_opened_is_left_as_it_is_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    file = tmp_path / "var/loa.db"
    file.write_bytes(b"this was a database once" * 500)
    found = loa(tmp_path, "serve", LOA_PORT=str(free_port()))
    assert found.returncode == 1
    (line,) = (each for each in found.stderr.splitlines() if each.startswith("loa:"))
    assert str(file) in line
    assert "Cách sửa: chưa mở hoặc chưa ghi được kho dữ liệu" in line
    assert "Traceback" not in found.stderr
    assert file.read_bytes() == b"this was a database once" * 500


def test_a_key_that_is_not_the_stores_says_what_to_do(tmp_path: Path) -> None:
    assert loa(tmp_path, "officers", "list").returncode == 0
    (tmp_path / "var/loa.key").unlink()
    found = loa(tmp_path, "officers", "list")
    assert found.returncode == 1
    assert "Đừng tạo khoá mới" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        pack = str(broken.make(tmp_path / "pack", MESSAGES))
        found = loa(tmp_path, "serve", LOA_PORT=str(taken.getsockname()[1]), LOA_CONTENT_DIR=pack)
    assert found.returncode == 1
    assert "LOA_PORT" in found.stderr.strip().splitlines()[-1]
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(("proxies", "refused"), [("0", True), ("1", False)])
def test_a_forwarded_address_counts_only_behind_our_own_proxy(tmp_path: Path, proxies: str, refused: bool) -> None:
    port, pack = free_port(), str(broken.make(tmp_path / "pack", MESSAGES))
    settings = {
        "LOA_PORT": str(port),
        "LOA_CONTENT_DIR": pack,
        "LOA_RATE_PER_MINUTE": "3",
        "LOA_TRUSTED_PROXIES": proxies,
    }
    command = [sys.executable, "-m", "bot", "serve"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path, **settings), stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=0)) as client:
            wait_until_ready(client)
            given = [
                client.post("/api/ask", json={"text": "a"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
                for n in range(6)
            ]
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert (429 in [answer.status_code for answer in given]) is refused


def wait_until_ready(client: httpx.Client) -> None:
    for _ in range(200):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("not ready")


@pytest.mark.slow
def test_run_answers_on_the_web_and_on_telegram_stops_gracefully_and_logs_no_secret(tmp_path: Path) -> None:
    port = free_port()
    with BotApiDouble() as double, (tmp_path / "log").open("w") as log:
        settings = {"LOA_PORT": str(port), "LOA_TELEGRAM_TOKEN": double.token, "LOA_TELEGRAM_API": double.base_url}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path, env=environment(tmp_path, LOA_LOG_LEVEL="DEBUG", **settings), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            secret = "bà Lò Thị Mẩy hỏi 5K là gì, số 0912345678"
            double.push(updates.text(424242, secret))
            double.wait_for(lambda: double.messages(424242), timeout=30)
            body = {"text": secret, "session": "session-of-mine"}
            assert httpx.post(f"http://127.0.0.1:{port}/api/ask", json=body, timeout=10).status_code == 200
        finally:
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            process.wait(timeout=30)
    said = (tmp_path / "log").read_text(encoding="utf8")
    assert process.returncode == 0, said
    assert time.monotonic() - began < 15
    handled = [json.loads(line) for line in said.splitlines() if '"update handled"' in line]
    assert len(handled) == 1, "one line per update"
    for hidden in (double.token, double.token.split(":")[1], "Lò Thị Mẩy", "0912345678", "424242", "session-of-mine"):
        assert hidden not in said, hidden
