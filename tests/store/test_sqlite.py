"""What only a file can get wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.core.reply import Outcome
from bot.errors import StoreError, StoreTooNew
from bot.store.migrations import migrations
from bot.store.records import Effects, Question, Received, Send
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from tests.fakes import NOON


@pytest.fixture
def file(tmp_path: Path, sealer: Sealer) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "loa.db", sealer)
    yield store
    store.close()


def test_nothing_that_a_resident_wrote_can_be_read_on_disk(file: SqliteStore, tmp_path: Path) -> None:
    secret = "tôi tên là bà Lò Thị Mẩy ở bản Nậm Cáy"
    file.inbox.add([Received(1, "an", json.dumps({"text": secret}, ensure_ascii=False))], NOON)
    question = Question("khẩu trang", Outcome.ANSWERED, ("mask",), (), "r1")
    sends = (Send("sendMessage", {"chat_id": 7, "text": "câu 0"}),)
    file.residents.apply(Effects("an", NOON, conversation=secret, question=question, sends=sends))
    found = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"an" in found, "the file was looked at"
    for word in ("Lò Thị Mẩy", "Nậm Cáy", "khẩu trang", "câu 0"):
        assert word.encode() not in found


def test_the_database_is_for_its_owner_only(file: SqliteStore, tmp_path: Path) -> None:
    file.inbox.add([Received(1, "an", "{}")], NOON)
    assert (tmp_path / "loa.db").stat().st_mode & 0o077 == 0


def test_a_newer_database_is_refused(file: SqliteStore, tmp_path: Path, sealer: Sealer) -> None:
    columns = "(migration_set, name, applied_at)"
    file.db.run(f"INSERT INTO _sqlite_migrations {columns} VALUES ('loa', 'from_the_future', '2030')")
    with pytest.raises(StoreTooNew, match="from_the_future"):
        SqliteStore(tmp_path / "loa.db", sealer)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, sealer: Sealer) -> None:
    (tmp_path / "x.db").write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteStore(tmp_path / "x.db", sealer)


def test_votes_from_before_reasons_are_kept(tmp_path: Path, sealer: Sealer) -> None:
    db = Database(tmp_path / "loa.db")
    migrations.apply(db, stop_before="feedback")
    db.execute("INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '9', 'mask', 0, ?)", [NOON.timestamp()])
    db.conn.commit()
    db.conn.close()
    store = SqliteStore(tmp_path / "loa.db", sealer)
    (vote,) = store.feedback.votes(NOON)
    assert (vote.up, vote.release, vote.reason, vote.words) == (False, "", "", "")
    store.close()


def test_work_is_not_claimed_where_one_process_does_it_all(file: SqliteStore) -> None:
    file.inbox.add([Received(1, "an", "{}")], NOON)
    assert file.inbox.next(NOON) is not None
    assert file.db.one("SELECT count(*) FROM claims") == (0,)
