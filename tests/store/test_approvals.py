"""Who was asked to approve what, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.store.areas import SqlStore
from bot.store.records import Asked
from bot.store.sealing import Sealer
from tests.engines import Base
from tests.fakes import NOON

ASKED = Asked(
    "x1", "Hoa", "Lan", NOON, NOON + timedelta(days=2), {"responses/vi/mask.md": 7}, "xem giúp", ("không có lỗi", "é")
)


def test_what_was_asked_comes_back_also_after_a_restart(base: Base, store: SqlStore, sealer: Sealer) -> None:
    store.approvals.add(ASKED)
    again = base.open(sealer)
    assert again.approvals.get("x1") == ASKED
    again.close()
    assert store.approvals.get("x2") is None


def test_it_goes_some_time_after_its_link_has_ended(store: SqlStore) -> None:
    store.approvals.add(ASKED)
    store.approvals.add(replace(ASKED, id="x2", until=NOON + timedelta(days=9)))
    assert store.upkeep.sweep(NOON + timedelta(days=2, hours=1), timedelta(days=90)) == 0
    assert store.upkeep.sweep(NOON + timedelta(days=4), timedelta(days=90)) == 1
    assert store.approvals.get("x1") is None
    assert store.approvals.get("x2") is not None


def test_letters_that_a_database_refuses_do_no_harm(store: SqlStore) -> None:
    store.approvals.add(replace(ASKED, approver="Hoa", note="a\0b"))
    found = store.approvals.get("x1")
    assert found is not None
    assert found.note == "ab"
