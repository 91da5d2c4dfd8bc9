"""`loa content` as an officer runs it, and the running bot beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.clock import system_clock
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from bot.store.versions import Edit
from tests.content import broken
from tests.program.test_cli import MESSAGES, environment, free_port, loa

ANSWER = "responses/vi/mask.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A small pack that was taken into a store."""
    pack = broken.make(tmp_path / "pack", MESSAGES)
    content(pack, "status")
    return pack


def content(pack: Path, *arguments: str, ok: bool = True, **settings: str) -> str:
    done = loa(pack.parent, "content", *arguments, LOA_CONTENT_DIR=str(pack), **settings)
    assert (done.returncode == 0) is ok, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if ok else done.stderr


def write(pack: Path, before: str, after: str, item: str = ANSWER) -> None:
    path = pack / item
    text = path.read_text(encoding="utf8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf8")


@contextmanager
def served(pack: Path, *options: str) -> Iterator[str]:
    """A running Loa; its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", *options],
        cwd=pack.parent,
        env=environment(pack.parent, LOA_CONTENT_DIR=str(pack), LOA_PORT=str(port), LOA_RATE_PER_MINUTE="100000"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: httpx.get(f"{address}/readyz").status_code == 200, 30)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(done: object, seconds: float) -> float:
    """Wait until a call says yes; how long that took."""
    assert callable(done)
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if done():
                return time.monotonic() - began
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise AssertionError(f"did not happen within {seconds} seconds")


def answer(address: str) -> str:
    reply = httpx.post(f"{address}/api/ask", json={"text": "có phải đeo khẩu trang không"})
    return str(reply.json()["text"])


def test_an_edited_sentence_goes_live_by_one_command_and_back_by_another(pack: Path) -> None:
    with served(pack) as address:
        write(pack, "**Anh/chị đeo", "**Bà con đeo")
        assert "đang chờ công bố" in content(pack, "status")
        assert "Bà con" not in answer(address), "a file alone changes nothing"
        assert "{+Bà con+}" in content(pack, "diff", "mask")
        assert "bản 2" in content(pack, "publish", "--note", "lời chào", "--by", "lan", "--yes")
        took = wait_for(lambda: "Bà con" in answer(address), 5)
        print(f"live {took:.2f} s after the command ended")
        content(pack, "rollback", "1", "--by", "hoa")
        wait_for(lambda: "Anh/chị đeo" in answer(address), 5)
    listed = content(pack, "releases").splitlines()
    assert [line.split(" (")[0] for line in listed] == ["bản 3", "bản 2", "bản 1"]
    assert "lời chào" in listed[1]
    assert "hoa" in listed[0]


def test_a_release_that_this_program_cannot_read_is_no_way_back(pack: Path) -> None:
    store = SqliteStore(pack.parent / "var/loa.db", load_key(pack.parent / "var/loa.key"))
    contents, at = store.versions.contents(1), system_clock()
    (wrong,) = store.versions.save([Edit(ANSWER, b"{% quote", contents[ANSWER].id, "lan")], at)
    store.versions.publish("old", {**contents, ANSWER: wrong}, 1, "lan", at)  # as an older program may have taken it
    store.versions.publish("now", contents, 2, "lan", at)
    store.close()
    said = content(pack, "rollback", "2", ok=False)
    assert f"Chương trình bây giờ không đọc được bản 2 ({ANSWER}" in said
    assert "nên chưa trở lại" in said
    assert content(pack, "releases").startswith("bản 3"), "residents go on being answered"
    assert "đã trở lại bản 1" in content(pack, "rollback", "1")


def test_a_broken_draft_keeps_only_itself_back(pack: Path) -> None:
    write(pack, "khi ra ngoài", "khi đi ngủ nhé")
    write(pack, "title: Khoảng cách", "title: Giữ khoảng cách", "intents/distance.yaml")
    content(pack, "status")
    said = content(pack, "publish", "--yes", ok=False)
    assert f"lỗi chỉ ở {ANSWER}; các mục kia không có lỗi: intents/distance.yaml" in said
    assert "bản 2" in content(pack, "publish", "intents/distance.yaml", "--yes")


def test_with_watch_a_saved_file_is_live(pack: Path) -> None:
    with served(pack, "--watch") as address:
        write(pack, "**Anh/chị đeo", "**Bà con đeo")
        wait_for(lambda: "Bà con" in answer(address), 10)


def test_a_faulty_draft_is_refused_with_reasons(pack: Path) -> None:
    write(pack, "khi ra ngoài", "khi đi ngủ nhé")
    content(pack, "status")
    said = content(pack, "publish", "--yes", ok=False)
    assert f"{ANSWER}:2" in said
    assert "→" in said
    assert "Anh/chị" not in content(pack, "check", ok=False)


def test_what_residents_were_told(pack: Path) -> None:
    content(pack, "status")
    said = content(pack, "at", "2099-01-01 10:00", "mask")
    assert "Anh/chị đeo khẩu trang." in said
    assert "bản 1" in said
    assert "chưa có câu trả lời" in content(pack, "at", "2001-01-01 10:00", "mask", ok=False)
    assert "không đọc được lúc" in content(pack, "at", "hôm qua", "mask", ok=False)


def test_a_name_that_does_not_exist_gets_the_nearest(pack: Path) -> None:
    content(pack, "status")
    assert "mask" in content(pack, "history", "maskk", ok=False)


def test_only_the_store_changed_and_the_folder_is_written_back(pack: Path) -> None:
    before = (pack / ANSWER).read_bytes()
    write(pack, "**Anh/chị đeo", "**Bà con đeo")
    after = (pack / ANSWER).read_bytes()
    content(pack, "publish", "--yes")
    (pack / ANSWER).write_bytes(after)
    content(pack, "rollback", "1")
    assert "kho mới hơn" in content(pack, "status")
    asked = loa(pack.parent, "ask", "có phải đeo khẩu trang không", LOA_CONTENT_DIR=str(pack))
    assert "Anh/chị đeo" in asked.stdout, "what was published last is what is answered"
    content(pack, "export")
    assert (pack / ANSWER).read_bytes() == before
    assert "0 mục mà tệp" in content(pack, "status")


def test_a_second_person_approves_where_that_is_set(pack: Path) -> None:
    write(pack, "**Anh/chị đeo", "**Bà con đeo")
    said = content(pack, "publish", "--yes", ok=False, LOA_APPROVALS="1")
    assert "chưa có người thứ hai duyệt" in said
    link = content(pack, "submit", "--to", "Hoa", LOA_PUBLIC_URL="https://loa.example").splitlines()[-1]
    assert link.startswith("https://loa.example/duyet/")
    with served(pack) as address:
        pressed = httpx.post(address + link.removeprefix("https://loa.example"))
        assert "Đã duyệt" in pressed.text
    assert "bản 2" in content(pack, "publish", "--yes", LOA_APPROVALS="1")


def test_a_plan_is_kept_over_a_restart_and_carried_out(pack: Path) -> None:
    write(pack, "**Anh/chị đeo", "**Bà con đeo")
    soon = system_clock() + timedelta(seconds=6)
    assert "đã hẹn 1 mục" in content(pack, "schedule", soon.isoformat(), ANSWER, "--by", "lan")
    assert "đang chờ" in content(pack, "plans")
    with served(pack) as address:
        wait_for(lambda: "Bà con" in answer(address), 30)
    assert "đã công bố" in content(pack, "plans")
    assert "không có hẹn 1 đang chờ" in content(pack, "cancel", "1", ok=False)
    assert "đã qua" in content(pack, "schedule", "2001-01-01 07:00", ok=False)


@pytest.mark.parametrize("wait", [0.0, 0.002, 0.01, 0.03])
def test_kill_9_while_publishing_leaves_the_old_release_or_the_new_one(pack: Path, wait: float) -> None:
    """The child publishes as fast as it can and says so before each; it dies somewhere in between."""
    content(pack, "status")
    child = subprocess.Popen(
        [sys.executable, "-c", _PUBLISH_FOREVER, str(pack.parent / "var")],
        cwd=pack.parent,
        env=environment(pack.parent),
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        for _ in range(3):
            assert child.stdout.readline()
        time.sleep(wait)
        os.kill(child.pid, signal.SIGKILL)
    store = SqliteStore(pack.parent / "var/loa.db", load_key(pack.parent / "var/loa.key"))
    try:
        current = store.versions.current()
        assert current is not None
        assert current.number >= 3
        for number in range(1, current.number + 1):
            texts = store.versions.bodies(store.versions.contents(number))
            assert len(texts) == len(store.versions.contents(1)), "a release is whole"
        open_now = [draft.version.id for draft in store.versions.drafts()]
        released = {version.id for version in store.versions.contents(current.number).values()}
        assert not released & set(open_now), "a draft is open or out, never both"
    finally:
        store.close()


_PUBLISH_FOREVER = f"""
import sys
from pathlib import Path
from bot.clock import system_clock
from bot.content.drafting import head, save
from bot.content.releasing import candidate
from bot.clock import system_clock
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore
from bot.store.versions import Edit

folder = Path(sys.argv[1])
versions = SqliteStore(folder / "loa.db", load_key(folder / "loa.key")).versions
for turn in range(100_000):
    before = head(versions, "{ANSWER}")
    save(versions, before, before.text + f"\\nlần {{turn}}", "lan", system_clock())
    made = candidate(versions)
    print(turn, flush=True)
    versions.publish(str(turn), made.contents, made.after, "lan", system_clock())
"""
