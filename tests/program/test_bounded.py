"""Files from outside: what is refused, and that a greedy or broken reader harms nobody."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest

from bot.bounded import Limits, refuse_entities, run_bounded, unzip
from bot.errors import FileRefused

SMALL = Limits(file_bytes=100_000, entries=5, entry_bytes=50_000, inflated_bytes=80_000, seconds=2)


def count(data: bytes) -> Any:
    return {"bytes": len(data)}


def refuse(_: bytes) -> Any:
    raise FileRefused("không nhận", "đổi tệp")


def break_down(_: bytes) -> Any:
    raise KeyError("secret text of a resident")


def spin(_: bytes) -> Any:
    while True:
        pass


def swallow_memory(_: bytes) -> Any:
    return len(bytearray(4 * 1024**3))


def answer_at_length(_: bytes) -> Any:
    return "x" * 5000


def read_environment(_: bytes) -> Any:
    import os

    return sorted(os.environ)


def write_a_file(data: bytes) -> Any:
    from pathlib import Path

    return Path(data.decode()).write_bytes(b"written")


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def test_a_function_answers_from_the_child() -> None:
    assert run_bounded(count, b"abc") == {"bytes": 3}


def test_a_refusal_crosses_over_with_its_remedy() -> None:
    with pytest.raises(FileRefused) as caught:
        run_bounded(refuse, b"abc")
    assert (caught.value.what, caught.value.mend) == ("không nhận", "đổi tệp")


@pytest.mark.parametrize("function", [spin, swallow_memory])
def test_a_greedy_reader_is_stopped(function: Any) -> None:
    begun = time.monotonic()
    with pytest.raises(FileRefused, match="quá nặng"):
        run_bounded(function, b"abc", SMALL)
    assert time.monotonic() - begun < 10


def test_a_broken_reader_is_told_without_its_data(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(FileRefused, match="không đọc được"):
        run_bounded(break_down, b"abc")
    assert "KeyError" in caplog.text
    assert "secret" not in caplog.text


def test_an_answer_that_is_too_long_is_refused() -> None:
    with pytest.raises(FileRefused, match="quá nặng"):
        run_bounded(answer_at_length, b"abc", Limits(answer_bytes=1000))


def test_the_child_has_no_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TELEGRAM_TOKEN", "123:abc")
    assert "LOA_TELEGRAM_TOKEN" not in run_bounded(read_environment, b"abc")


def test_the_child_cannot_write_files(tmp_path: Any) -> None:
    target = tmp_path / "made"
    with pytest.raises(FileRefused):
        run_bounded(write_a_file, str(target).encode())
    assert not target.exists() or target.read_bytes() == b""


@pytest.mark.parametrize(("data", "reason"), [(b"", "trống"), (b"x" * 200_000, "nặng")], ids=["empty", "large"])
def test_size_is_looked_at_before_anything(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        run_bounded(count, data, SMALL)


def test_a_sound_archive_is_read_whole() -> None:
    assert unzip(archive({"a.xml": b"<a/>", "b/c": b"2"}), SMALL) == {"a.xml": b"<a/>", "b/c": b"2"}


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({f"{number}": b"" for number in range(6)}, "hơn 5 phần"),
        ({"one": b"0" * 60_000}, "quá nặng"),
        ({"one": b"0" * 45_000, "two": b"0" * 45_000}, "quá nặng"),
    ],
    ids=["entries", "one large", "all together"],
)
def test_archives_that_grow_are_refused(entries: dict[str, bytes], reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        unzip(archive(entries), SMALL)


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = archive({"one": b"0" * 70_000})
    lying = data.replace((70_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(FileRefused):
        unzip(lying, SMALL)


def test_truncated_and_locked_archives_are_refused() -> None:
    data = archive({"one": bytes(range(256)) * 50}, zipfile.ZIP_STORED)
    for end in (1, 10, len(data) // 2, len(data) - 1):
        with pytest.raises(FileRefused, match="hỏng"):
            unzip(data[:end], SMALL)
    locked = bytearray(data)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="mật khẩu"):
        unzip(bytes(locked), SMALL)


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"),
        b"<a>",
        b"",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
    ids=["entity bomb", "foreign file", "truncated", "empty", "unknown encoding"],
)
def test_document_types_and_broken_xml_are_refused(xml: bytes) -> None:
    with pytest.raises(FileRefused):
        refuse_entities(xml)


def test_plain_xml_passes() -> None:
    refuse_entities('<?xml version="1.0"?><a b="1">câu &amp; chữ</a>'.encode())
