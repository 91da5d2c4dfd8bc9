"""Small random edits to the real responses: what an officer's slip of the hand would do, and whether it is caught."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.content.loading import Loaded, load_with_sources
from bot.content.tree import LANGUAGE
from bot.core.grounding import faults
from bot.core.templates import Grounds, render
from bot.errors import TemplateError

ROOT = Path(__file__).parent.parent.parent
MUST = 0.95
_EACH = 60
_NUMBERS = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_UNITS = ["mét", "ngày", "triệu đồng", "người", "tuần"]
_QUOTE = re.compile(r"({% quote \"[^\"]+\" %})(.*?)({% endquote %})")
_CLAUSE = re.compile(r"{% (?:quote|cite) \"([^\"]+)#(\w+)\" %}")
Edit = Callable[[str, random.Random, Grounds], Iterator[str]]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_with_sources(ROOT)


def changed_digit(body: str, seed: random.Random, _: Grounds) -> Iterator[str]:
    """A digit outside the tags becomes another."""
    plain = re.sub(r"{[{%].*?[%}]}", lambda tag: " " * len(tag.group()), body)
    for match in re.finditer(r"\d", plain):
        other = seed.choice([digit for digit in "0123456789" if digit != match.group()])
        yield body[: match.start()] + other + body[match.end() :]


def added_figure(body: str, seed: random.Random, _: Grounds) -> Iterator[str]:
    """A figure that was never there, in digits or spelled out."""
    for match in re.finditer(r"\.(?=\s|$)", re.sub(r"{[{%].*?[%}]}", lambda tag: " " * len(tag.group()), body)):
        number = seed.choice([seed.choice(_NUMBERS), str(seed.randint(2, 60))])
        yield f"{body[: match.start()]}, khoảng {number} {seed.choice(_UNITS)}{body[match.start() :]}"


def dropped_negation(body: str, _seed: random.Random, _: Grounds) -> Iterator[str]:
    """ "không" or "chưa" falls out, in the answer's own words or in a quotation."""
    for match in re.finditer(r"\b(?:không|chưa) ", body, re.IGNORECASE):
        yield body[: match.start()] + body[match.end() :]


def swapped_clause(body: str, seed: random.Random, grounds: Grounds) -> Iterator[str]:
    """A quotation or citation names another clause of the same document."""
    for match in _CLAUSE.finditer(body):
        paths = [clause.path for clause in grounds.directives[match.group(1)].clauses if clause.path != match.group(2)]
        yield body[: match.start(2)] + seed.choice(paths) + body[match.end(2) :]


def quote_off_by_a_word(body: str, seed: random.Random, _: Grounds) -> Iterator[str]:
    """A word of a quotation falls out, is doubled or is another."""
    for match in _QUOTE.finditer(body):
        words = match.group(2).split()
        at = seed.randrange(1, len(words) - 1)
        other = seed.choice([[], [words[at]] * 2, [seed.choice([word for word in words if word != words[at]])]])
        yield body[: match.start(2)] + " ".join([*words[:at], *other, *words[at + 1 :]]) + body[match.end(2) :]


EDITS: dict[str, Edit] = {
    edit.__name__: edit for edit in (changed_digit, added_figure, dropped_negation, swapped_clause, quote_off_by_a_word)
}


def caught(body: str, grounds: Grounds, names: tuple[str, ...]) -> bool:
    try:
        render(body, grounds)
    except TemplateError:
        return True
    return bool(faults(body, grounds, names))


def cases(loaded: Loaded, edit: Edit, seed: int = 7) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    catalogue = loaded.catalogue
    grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
    found = [
        (name, changed)
        for name in sorted(catalogue.answers)
        if not catalogue.intents[name].small_talk
        for changed in edit(loaded.sources[f"responses/{LANGUAGE}/{name}.md"].body, chance, grounds)
    ]
    return chance.sample(found, min(_EACH, len(found)))


def test_random_edits_are_caught_and_those_that_are_not_are_listed(
    loaded: Loaded, record_property: Callable[[str, object], None]
) -> None:
    catalogue = loaded.catalogue
    grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
    tried: Counter[str] = Counter()
    missed: list[str] = []
    for kind, edit in EDITS.items():
        for name, body in cases(loaded, edit):
            tried[kind] += 1
            if not caught(body, grounds, catalogue.pack.names):
                before = loaded.sources[f"responses/{LANGUAGE}/{name}.md"].body
                at = next((at for at, (old, new) in enumerate(zip(before, body, strict=False)) if old != new), 0)
                missed.append(f"{kind} {name}: …{body[max(0, at - 30) : at + 30]!r}…")
    record_property("missed", missed)
    print("\n".join([f"{kind}: {count} edits" for kind, count in tried.items()] + missed))
    assert all(tried[kind] >= 20 for kind in EDITS), tried
    assert 1 - len(missed) / tried.total() >= MUST, "\n".join(missed)


def test_the_answers_themselves_are_clean(loaded: Loaded) -> None:
    catalogue = loaded.catalogue
    grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
    for name in catalogue.answers:
        body = loaded.sources[f"responses/{LANGUAGE}/{name}.md"].body
        found = faults(body, grounds, catalogue.pack.names, needs_quote=not catalogue.intents[name].small_talk)
        assert found == (), (name, found)
