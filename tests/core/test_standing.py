"""Which clauses are in force on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.directives import Directive
from bot.core.standing import Standing, named
from tests.core.directive_texts import directive

OLD = directive("a", "b", "c", name="O@2021-01-01", number="05/CT-UBND", date="2021-01-01", paths=("1", "6.a", "6.b"))


def standing(*supersedes: str, old: Directive = OLD, effective: str | None = None) -> Standing:
    new = replace(directive("x", name="N@2021-02-01", date="2021-02-01"), supersedes=supersedes, effective=effective)
    return Standing({each.id: each for each in (old, new)})


@pytest.mark.parametrize(
    ("entry", "gone"),
    [
        ("O@2021-01-01", {"O@2021-01-01#1", "O@2021-01-01#6.a", "O@2021-01-01#6.b", "O@2021-01-01"}),
        ("05/CT-UBND", {"O@2021-01-01#1", "O@2021-01-01#6.a", "O@2021-01-01#6.b", "O@2021-01-01"}),
        ("5/ct-ubnd", {"O@2021-01-01#1", "O@2021-01-01#6.a", "O@2021-01-01#6.b", "O@2021-01-01"}),
        ("O@2021-01-01#1", {"O@2021-01-01#1"}),
        ("05/CT-UBND#6.b", {"O@2021-01-01#6.b"}),
        ("O@2021-01-01#6", {"O@2021-01-01#6.a", "O@2021-01-01#6.b"}),
        ("O@2020-01-01", set()),
    ],
)
def test_an_entry_replaces_a_directive_a_clause_or_what_is_inside_it(entry: str, gone: set[str]) -> None:
    ids = ["O@2021-01-01", "O@2021-01-01#1", "O@2021-01-01#6.a", "O@2021-01-01#6.b", "N@2021-02-01#1"]
    found = standing(entry)
    assert {each for each in ids if found.ended(each, date(2021, 2, 1))} == gone


def test_it_counts_from_the_day_on_which_the_new_one_begins() -> None:
    early, late = standing("O@2021-01-01"), standing("O@2021-01-01", effective="2021-02-15")
    assert [bool(early.ended(OLD.id, date(2021, 1, 31))), bool(early.ended(OLD.id, date(2021, 2, 1)))] == [False, True]
    assert [bool(late.ended(OLD.id, date(2021, 2, 14))), bool(late.ended(OLD.id, date(2021, 2, 15)))] == [False, True]


def test_the_last_day_of_a_directive_is_still_its_own() -> None:
    found = standing(old=replace(OLD, expires="2021-01-31"))
    assert found.ended("O@2021-01-01#1", date(2021, 1, 31)) is None
    ended = found.ended("O@2021-01-01#1", date(2021, 2, 1))
    assert ended is not None
    assert (ended.kind, ended.since, ended.by) == ("expired", "2021-02-01", None)


def test_the_last_of_a_row_of_replacements_is_named() -> None:
    second = replace(directive("x", name="B", date="2021-02-01"), supersedes=("O@2021-01-01#1",))
    third = replace(directive("x", name="C", date="2021-03-01"), supersedes=("B",))
    found = Standing({each.id: each for each in (OLD, second, third)})
    for day, name in ((date(2021, 2, 10), "B"), (date(2021, 3, 1), "C")):
        ended = found.ended("O@2021-01-01#1", day)
        assert ended is not None
        assert ended.by is not None
        assert ended.by.id == name


def test_directives_that_replace_each_other_end_the_search() -> None:
    one = replace(directive("x", name="A", date="2021-01-01"), supersedes=("B",))
    other = replace(directive("x", name="B", date="2021-01-02"), supersedes=("A",))
    found = Standing({"A": one, "B": other})
    assert found.ended("A#1", date(2021, 2, 1)) is not None
    assert [(a.id, b.id) for a, b in found.circles()] == [("A", "B"), ("B", "A")]


def test_a_number_of_two_years_means_both_so_that_it_can_be_refused() -> None:
    other = replace(OLD, id="O@2020-01-01")
    assert len(named("05/CT-UBND", {OLD.id: OLD, other.id: other})) == 2
    assert named(OLD.id, {OLD.id: OLD, other.id: other}) == (OLD,)
