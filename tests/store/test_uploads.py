"""Files whose reading is corrected, on every engine."""

from __future__ import annotations

from datetime import timedelta

from bot.store.areas import SqlStore
from bot.store.records import Upload
from bot.store.sealing import Sealer
from tests.engines import Base
from tests.fakes import NOON

DAY = timedelta(days=1)
UPLOAD = Upload("x1", "Lan", "cv.docx", b"PK\x00\xff", {"number": "58-CV/TU", "clauses": []}, 0, NOON)


def test_a_file_comes_back_byte_by_byte_also_after_a_restart(base: Base, store: SqlStore, sealer: Sealer) -> None:
    store.uploads.add(UPLOAD)
    assert store.uploads.get("x1", NOON) == UPLOAD
    again = base.open(sealer)
    assert again.uploads.get("x1", NOON) == UPLOAD
    again.close()
    assert store.uploads.get("x2", NOON) is None


def test_a_correction_is_kept_only_over_the_one_it_began_from(store: SqlStore) -> None:
    store.uploads.add(UPLOAD)
    assert store.uploads.save("x1", {"number": "59"}, 0, NOON)
    assert not store.uploads.save("x1", {"number": "60"}, 0, NOON)
    found = store.uploads.get("x1", NOON)
    assert found
    assert (found.record, found.revision, found.body) == ({"number": "59"}, 1, UPLOAD.body)
    assert not store.uploads.save("x2", {}, 0, NOON)


def test_open_ones_are_listed_without_their_bytes(store: SqlStore) -> None:
    store.uploads.add(UPLOAD)
    store.uploads.add(Upload("x2", "Minh", "b.pdf", b"%PDF", {}, 0, NOON + timedelta(hours=1)))
    assert [(each.id, each.body) for each in store.uploads.open(NOON)] == [("x2", b""), ("x1", b"")]
    store.uploads.drop("x2")
    assert [each.id for each in store.uploads.open(NOON)] == ["x1"]


def test_a_day_after_its_last_change_it_is_gone(store: SqlStore) -> None:
    store.uploads.add(UPLOAD)
    store.uploads.save("x1", {}, 0, NOON + timedelta(hours=20))
    assert store.uploads.get("x1", NOON + DAY + timedelta(hours=19))
    late = NOON + DAY + timedelta(hours=21)
    assert store.uploads.get("x1", late) is None
    assert store.uploads.open(late) == []
    assert not store.uploads.save("x1", {}, 1, late)
    assert store.upkeep.sweep(late, timedelta(days=90)) == 1
    assert store.uploads.get("x1", NOON) is None


def test_letters_that_a_database_refuses_do_no_harm(store: SqlStore) -> None:
    store.uploads.add(Upload("x1", "Lan", "a.txt", b"\0", {"text": "a\0b"}, 0, NOON))
    found = store.uploads.get("x1", NOON)
    assert found
    assert found.record == {"text": "ab"}
