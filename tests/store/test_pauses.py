"""Pausing, on every engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import PauseRefused
from bot.pausing import MOST_LETTERS, pause, resume
from bot.store.areas import SqlStore
from bot.store.pauses import TOPIC
from bot.store.records import Pause
from bot.store.sealing import Sealer
from tests.engines import Base
from tests.fakes import NOON

HOUR = timedelta(hours=1)
WHY = "câu trả lời về cách ly đang sai"


def test_a_pause_lasts_until_somebody_ends_it_and_survives_a_restart(
    base: Base, store: SqlStore, sealer: Sealer
) -> None:
    assert store.pauses.current() is None
    assert pause(store, f"  {WHY} ", "Loa nghỉ.\r\nGọi cho xã.", "Lan", NOON)
    again = base.open(sealer)
    try:
        assert again.pauses.current() == Pause(NOON, "Lan", WHY, "Loa nghỉ.\nGọi cho xã.")
        ended = resume(again, "Hoa", NOON + HOUR)
    finally:
        again.close()
    assert ended is not None
    assert ended.officer == "Lan"
    assert store.pauses.current() is None
    assert [(each.officer, each.action, each.detail) for each in store.people.trail(9)] == [
        ("Hoa", "resumed", WHY),
        ("Lan", "paused", WHY),
    ]


def test_there_is_one_pause_at_a_time(store: SqlStore) -> None:
    assert pause(store, WHY, "", "Lan", NOON)
    assert not pause(store, "vì khác", "", "Hoa", NOON + HOUR)
    now = store.pauses.current()
    assert now is not None
    assert now.officer == "Lan"
    assert resume(store, "Lan", NOON + HOUR)
    assert resume(store, "Lan", NOON + HOUR) is None
    assert len(store.people.trail(9)) == 2, "what did nothing is not noted"


def test_other_processes_hear_of_it(base: Base, store: SqlStore, sealer: Sealer) -> None:
    other = base.open(sealer)
    try:
        pause(other, WHY, "", "Lan", NOON)
        assert TOPIC in store.changes.wait(5)
        resume(other, "Lan", NOON)
        assert TOPIC in store.changes.wait(5)
    finally:
        other.close()


@pytest.mark.parametrize(
    ("reason", "notice", "field"),
    [
        ("  ", "", "reason"),
        ("x" * 201, "", "reason"),
        (WHY, "x" * (MOST_LETTERS + 1), "notice"),
        (WHY, "gọi 0912 345 678", "notice"),
        (WHY, "gọi 0213.3876.543 nhé", "notice"),
    ],
)
def test_what_residents_should_not_get_is_refused(store: SqlStore, reason: str, notice: str, field: str) -> None:
    with pytest.raises(PauseRefused) as refused:
        pause(store, reason, notice, "Lan", NOON)
    assert refused.value.field == field
    assert store.pauses.current() is None


def test_days_and_hours_may_stand_in_a_notice(store: SqlStore) -> None:
    assert pause(store, WHY, "Loa nghỉ tới 17 giờ ngày 05/02/2021.", "Lan", NOON)


def test_past_pauses_go_after_two_years(base: Base, store: SqlStore) -> None:
    pause(store, WHY, "", "Lan", NOON)
    resume(store, "Lan", NOON)
    pause(store, WHY, "", "Lan", NOON)
    store.upkeep.sweep(NOON + timedelta(days=700), timedelta(days=90))
    assert base.number("SELECT count(*) FROM pauses") == 2
    store.upkeep.sweep(NOON + timedelta(days=731), timedelta(days=90))
    assert base.number("SELECT count(*) FROM pauses") == 1, "the one that lasts stays"
