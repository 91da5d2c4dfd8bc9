"""The facts as officers edit them: drafts included, those that do not read too, each with what the check finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..core.catalogue import Fact
from ..core.messages import SENTENCES
from ..errors import Problem
from ..store.content_protocols import Versions
from .fact_list import FACTS, OLD_AFTER, Listed, is_old, one_fact_problems, users
from .facts import read_fact
from .files import Source, parts_of, read
from .tree import LANGUAGE, Texts

_FOLDER = f"responses/{LANGUAGE}"
_MESSAGES, _PACK = f"{_FOLDER}/_messages.yaml", "data/pack.yaml"
_SOUND = (".ogg", ".mp3")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that the check finds at a field of a fact, such as "value" or "source.date"."""

    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the file; `fact` is None where it does not read. `values` is what stands there."""

    id: str
    values: Mapping[str, Any]
    fact: Fact | None
    listed: Listed | None
    found: tuple[Found, ...]

    @property
    def title(self) -> str:
        """Its title, else its name."""
        return str(self.values.get("title") or self.id)

    @property
    def state(self) -> str:
        """`sourced`, `confirmed` or `missing`; `faulty` where it does not read."""
        return self.fact.state if self.fact else "faulty"

    def is_old(self, day: date) -> bool:
        """Whether nobody has looked at it for half a year."""
        return self.fact is not None and is_old(self.fact, day, OLD_AFTER)


def fact_texts(versions: Versions) -> Texts:
    """The texts that the book is made of, drafts included: facts, pack, answers and the bot's own sentences."""
    current = versions.current()
    contents = dict(versions.contents(current.number)) if current else {}
    contents |= {draft.item: draft.version for draft in versions.drafts()}
    return versions.bodies({item: each for item, each in contents.items() if each.digest and is_of_facts(item)})


def is_of_facts(item: str) -> bool:
    """Whether the book is made of this item too."""
    return item in (FACTS, _PACK) or (item.startswith(_FOLDER + "/") and not item.endswith(_SOUND))


def fact_book(texts: Texts, day: date) -> tuple[Entry, ...]:
    """Every fact in the order of its file, and what is wrong with it on a day."""
    problems: list[Problem] = []
    source = read(FACTS, texts.get(FACTS), problems)
    uses = _uses(texts)
    return tuple(_entry(part, name, uses, day) for name, part in parts_of(source).items())


@dataclass(frozen=True, slots=True)
class _Uses:
    answers: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]
    contacts: frozenset[str]


def _uses(texts: Texts) -> _Uses:
    answers = [
        (item.removeprefix(_FOLDER + "/").removesuffix(".md"), body.decode(errors="replace"))
        for item, body in texts.items()
        if item.startswith(_FOLDER + "/") and item.endswith(".md")
    ]
    sentences = read(_MESSAGES, texts.get(_MESSAGES), []).values
    known = [(name, text) for name, text in sentences.items() if name in SENTENCES and isinstance(text, str)]
    contacts = read(_PACK, texts.get(_PACK), []).values.get("contacts")
    named = [name for names in contacts.values() for name in names or ()] if isinstance(contacts, dict) else []
    return _Uses(users(answers), users(known), frozenset(map(str, named)))


def _entry(part: Source, name: str, uses: _Uses, day: date) -> Entry:
    problems: list[Problem] = []
    fact = read_fact(part, name, problems)
    listed = None
    if fact:
        answers, sentences = uses.answers.get(name, ()), uses.sentences.get(name, ())
        listed = Listed(fact, part.line(), answers, sentences, name in uses.contacts)
        problems += one_fact_problems(listed, day)
    return Entry(name, part.values, fact, listed, tuple(_placed(part, problems)))


def _placed(part: Source, problems: list[Problem]) -> Iterator[Found]:
    """Problems with the field that stands on their line; the last of a nested one is the nearest."""
    fields = {line: path for path, line in part.lines.items() if path} if problems else {}
    for problem in problems:
        yield Found(".".join(map(str, fields.get(problem.line, ()))), problem)
