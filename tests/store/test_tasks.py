"""Lists of work, on every engine."""

from __future__ import annotations

from bot.store.areas import SqlStore
from bot.store.records import TaskRow
from tests.fakes import NOON

NEW = "UBND@2021-03"


def task(name: str, words: str = "khẩu trang", directive: str = NEW) -> TaskRow:
    return TaskRow(directive, name, {"kind": "answer", "words": words})


def test_tasks_come_back_in_their_order(store: SqlStore) -> None:
    store.tasks.put([task("answer:mask"), task("clause:UBND@2021#2"), task("answer:mask", directive="A@2020")])
    assert [each.id for each in store.tasks.tasks(NEW)] == ["answer:mask", "clause:UBND@2021#2"]
    assert len(store.tasks.tasks()) == 3
    assert store.tasks.tasks(NEW)[0] == task("answer:mask")


def test_a_decision_is_kept_when_the_list_is_made_again(store: SqlStore) -> None:
    store.tasks.put([task("answer:mask")])
    assert store.tasks.decide(NEW, "answer:mask", "still_right", "lan", NOON)
    store.tasks.put([task("answer:mask", "khẩu trang vải"), task("answer:distance")])
    mask, distance = store.tasks.tasks(NEW)
    assert (mask.state, mask.officer, mask.decided_at) == ("still_right", "lan", NOON)
    assert mask.record["words"] == "khẩu trang vải"
    assert distance.state == "open"


def test_lists_are_counted(store: SqlStore) -> None:
    assert store.tasks.counts() == {}
    store.tasks.put([task("answer:mask"), task("answer:distance"), task("answer:mask", directive="A@2020")])
    store.tasks.decide(NEW, "answer:mask", "edit", "lan", NOON)
    assert store.tasks.counts() == {NEW: (1, 2), "A@2020": (0, 1)}


def test_what_is_not_there_cannot_be_decided(store: SqlStore) -> None:
    assert not store.tasks.decide(NEW, "answer:mask", "edit", "lan", NOON)
