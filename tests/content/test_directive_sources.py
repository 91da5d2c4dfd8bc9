"""The clauses in data/directives/ hold the words of their sources, letter for letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data/directives").glob("*.md"))
_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_HEADING = re.compile(r"^## (\S+)$", re.MULTILINE)
_NUMBERED = re.compile(r"^\s*1([-.)])\s", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """A directive file: front matter, and its clauses in order as (path, text)."""

    front: dict[str, Any]
    clauses: tuple[tuple[str, str], ...]

    def text(self, mark: str) -> str:
        """All clauses one after another, each numbered one with its number put back."""
        return "\n".join(f"{path}{mark} {text}" if path.isdigit() else text for path, text in self.clauses)


def parse(path: Path) -> Written:
    match = _FRONT.match(path.read_text(encoding="utf-8"))
    assert match, f"{path.name}: no front matter"
    before, *pieces = _HEADING.split(match["body"])
    assert not before.strip(), f"{path.name}: words before the first heading"
    return Written(yaml.safe_load(match["front"]), tuple(zip(pieces[::2], pieces[1::2], strict=True)))


def source_of(written: Written) -> str:
    return (ROOT / str(written.front["source"])).read_text(encoding="utf-8")


def letters(text: str) -> str:
    """The text without white space and Markdown marks."""
    return re.sub(r"[\s*\\#]+", "", text)


def difference(written: Written, source: str) -> str | None:
    """The first place where the clauses leave the source, shown on both sides; None if they agree."""
    numbered = _NUMBERED.search(source)
    assert numbered, "the source numbers no clause"
    mine, theirs = letters(written.text(numbered[1])), letters(source)
    if mine == theirs:
        return None
    pairs = enumerate(zip(mine, theirs, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(mine), len(theirs)))
    return f"{mine[max(0, at - 30) : at]}>>>{mine[at : at + 10]} | source: >>>{theirs[at : at + 10]}"


def test_all_directives_and_clauses_are_there() -> None:
    clauses = sum(len(parse(path).clauses) for path in FILES)
    assert len(FILES) >= 2
    assert clauses >= 18  # 58-CV/TU: head, preamble, 1-4, end; UBND: head, preamble, 1-8, end


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clauses_equal_the_source_letter_for_letter(path: Path) -> None:
    written = parse(path)
    assert difference(written, source_of(written)) is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_numbered_clauses_are_in_order_and_none_is_empty(path: Path) -> None:
    clauses = parse(path).clauses
    numbers = [name for name, _ in clauses if name.isdigit()]
    assert [name for name, _ in clauses] == ["head", "preamble", *numbers, "end"]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert all(text.strip() for _, text in clauses)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("diễn biến mới", "diến biến mới"), ("lễ tang;", "lễ tang..;"), ("làm việc tại cơ sở", "làm việc tại công sở")],
)
def test_a_changed_letter_is_caught(wrong: str, right: str) -> None:
    written = parse(ROOT / "data/directives/UBND_2021.md")
    changed = tuple((path, text.replace(right, wrong)) for path, text in written.clauses)
    assert changed != written.clauses
    assert difference(replace(written, clauses=changed), source_of(written)) is not None


def test_a_clause_left_out_is_caught() -> None:
    written = parse(ROOT / "data/directives/58-CV-TU_2020-12-08.md")
    assert difference(replace(written, clauses=written.clauses[:-1]), source_of(written)) is not None
