from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import KeyFileError, SealBroken
from bot.store.sealing import Sealer, load_key

KEY = bytes(range(32))


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert Sealer(KEY).open(Sealer(KEY).seal(text, "inbox"), "inbox") == text


def test_the_same_text_is_never_sealed_alike(sealer: Sealer) -> None:
    assert sealer.seal("a", "inbox") != sealer.seal("a", "inbox")


@pytest.mark.parametrize("damage", ["key", "purpose", "bit", "cut", "version"])
def test_what_was_not_meant_to_open_does_not(sealer: Sealer, damage: str) -> None:
    sealed = sealer.seal("bí mật", "inbox")
    broken = {"bit": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:20], "version": b"\x02" + sealed[1:]}
    opener = Sealer(bytes(32)) if damage == "key" else sealer
    with pytest.raises(SealBroken):
        opener.open(broken.get(damage, sealed), "outbox" if damage == "purpose" else "inbox")


def test_a_chat_has_one_name_a_channel_and_key(sealer: Sealer) -> None:
    assert sealer.ref("telegram", "7") == sealer.ref("telegram", "7")
    assert len({sealer.ref("telegram", "7"), sealer.ref("web", "7"), Sealer(bytes(32)).ref("telegram", "7")}) == 3
    assert "7" * 5 not in sealer.ref("telegram", "77777")


def test_a_key_file_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "loa.key"
    first = load_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_key(path).ref("x", "y") == first.ref("x", "y")
    assert [each.name for each in path.parent.iterdir()] == ["loa.key"]


def test_several_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    names: list[str] = []
    starts = [threading.Thread(target=lambda: names.append(load_key(tmp_path / "k").ref("x", "y"))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(names) == 8
    assert len(set(names)) == 1


@pytest.mark.parametrize(
    ("text", "mode", "why"), [("00" * 32, 0o644, "chmod 600"), ("zz", 0o600, "damaged"), ("", 0o600, "damaged")]
)
def test_a_key_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, mode: int, why: str) -> None:
    path = tmp_path / "loa.key"
    path.write_text(text)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=why):
        load_key(path)
