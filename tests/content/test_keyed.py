"""Keys of a YAML file: read, taken away, and saved beside what others wrote."""

from __future__ import annotations

import pytest

from bot.content.drafting import head, save
from bot.content.editing import remove_key, value_of
from bot.content.keyed import head_at, save_values
from bot.errors import ContentError, EditError, MergeConflict
from bot.store.areas import SqlStore
from tests.fakes import NOON

FILE = "data/facts.yaml"
TEXT = """# đầu
a:
  value: "1"  # một
  confirmed:
    by: Lan
    on: 2021-02-05
  note: |
    dòng một
    dòng hai
b: {value: 2, note: x}
c:
"""


def test_a_key_goes_with_all_below_it_and_nothing_else() -> None:
    after = remove_key(TEXT, ("a", "confirmed"))
    assert after == TEXT.replace("  confirmed:\n    by: Lan\n    on: 2021-02-05\n", "")
    assert remove_key(TEXT, ("a", "note")) == TEXT.replace("  note: |\n    dòng một\n    dòng hai\n", "")
    assert remove_key(TEXT.replace("\n", "\r\n"), ("a", "confirmed")) == after.replace("\n", "\r\n")
    assert remove_key(TEXT, ("a", "nothing")) == TEXT
    assert remove_key(TEXT, ("c",)) == TEXT.removesuffix("c:\n")


def test_what_stands_in_brackets_is_not_taken_apart() -> None:
    with pytest.raises(EditError):
        remove_key(TEXT, ("b", "note"))
    with pytest.raises(ContentError):
        remove_key("a: [", ("a",))


def test_values_are_read_as_they_are_written() -> None:
    assert value_of(TEXT, ("a", "value")) == "1"
    assert value_of(TEXT, ("a", "confirmed", "on")) == "2021-02-05"
    assert value_of(TEXT, ("a", "note")) == "dòng một\ndòng hai\n"
    assert [value_of(TEXT, path) for path in (("a",), ("c",), ("d",), ("c", "d"))] == [""] * 4


def test_neighbours_come_together_and_the_same_key_does_not(store: SqlStore) -> None:
    versions = store.versions
    first = save(versions, head(versions, FILE), TEXT, "Mai", NOON).version
    before = head_at(versions, FILE, first.id)
    one = save_values(versions, before, {("a", "value"): "9"}, "Lan", NOON)
    two = save_values(versions, before, {("a", "value"): "1", ("b", "value"): "8"}, "Hoa", NOON)
    assert one is not None
    assert two is not None
    assert (one.merged, two.merged) == (False, True)
    assert head(versions, FILE).text == TEXT.replace('"1"', '"9"').replace("value: 2", "value: '8'")
    with pytest.raises(MergeConflict) as conflict:
        save_values(versions, before, {("a", "value"): "7"}, "Hoa", NOON)
    assert (conflict.value.author, conflict.value.mine, conflict.value.theirs) == ("Hoa", "7", "9")
    assert save_values(versions, before, {("a", "value"): "1"}, "Hoa", NOON) is None, "nothing was changed"


def test_a_version_of_something_else_is_taken_for_the_newest(store: SqlStore) -> None:
    versions = store.versions
    other = save(versions, head(versions, "data/pack.yaml"), "x: 1\n", "Mai", NOON).version
    newest = save(versions, head(versions, FILE), TEXT, "Mai", NOON).version
    for number in (other.id, 999, 0):
        assert head_at(versions, FILE, number).version == newest
