"""What no content file needs of YAML is refused by whoever reads or edits one, before anything is built of it."""

from __future__ import annotations

import pytest
import yaml

from bot.content.files import read
from bot.content.yaml_bounds import MOST_LEVELS, refuse_unbounded
from bot.content.yaml_text import read_yaml
from bot.errors import ContentError, Problem

# Enough for libyaml's composer to run out of stack.
_MANY = 125_000


@pytest.mark.parametrize("text", ["a: " + "[" * _MANY, "a: " + "[" * _MANY + "]" * _MANY, "a: " + "{a: " * _MANY])
def test_brackets_without_end_are_refused_where_a_file_is_edited(text: str) -> None:
    with pytest.raises(ContentError) as said:
        read_yaml(text, "intents/mask.yaml")
    assert said.value.problems[0].file == "intents/mask.yaml"


@pytest.mark.parametrize("text", ["a: &b [*b]", "a: !!int x", "a: ! x", "a: !x {b: 1}", "!!map {a: 1}"])
def test_aliases_and_tags_are_refused_where_a_file_is_edited(text: str) -> None:
    with pytest.raises(ContentError):
        read_yaml(text)


def test_as_many_levels_as_allowed_are_read_and_one_more_is_not() -> None:
    levels = MOST_LEVELS - 1  # the mapping around them is one
    refuse_unbounded("a: " + "[" * levels + "]" * levels)
    with pytest.raises(yaml.MarkedYAMLError):
        refuse_unbounded("a: " + "[" * MOST_LEVELS + "]" * MOST_LEVELS)


@pytest.mark.parametrize("number", ["1" * 41, "1:" * 30 + "1", "0x" + "f" * 60, "1" * 20 + "." + "1" * 30])
def test_a_number_that_is_too_long_is_a_fault_of_its_line(number: str) -> None:
    problems: list[Problem] = []
    read("data/pack.yaml", f"a: 1\nb: {number}\n".encode(), problems)
    assert [(each.line, "số dài quá" in each.what) for each in problems] == [(2, True)]


def test_a_long_number_in_quotation_marks_is_a_text() -> None:
    problems: list[Problem] = []
    source = read("data/pack.yaml", f'a: "{"1" * 60}"\n'.encode(), problems)
    assert (problems, source.values) == ([], {"a": "1" * 60})
