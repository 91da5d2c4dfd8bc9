"""The content of a large office: subjects, facts and directives, made up from the content itself."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from bot.content.loading import load_texts
from bot.content.tree import Texts
from bot.core.directives import Directive

from .packs import scaled_texts
from .speed import Size

FACTS = "data/facts.yaml"
# Letters of a directive as most are, from the two that the content brings.
_USUAL = (3000, 9000)
_PER_CLAUSE = 600


@dataclass(frozen=True, slots=True)
class Extent:
    """How much content: subjects with phrases, facts and directives, one of which has so many letters."""

    size: Size
    facts: int
    directives: int
    letters: int


def large_texts(own: Texts, extent: Extent, seed: int) -> dict[str, bytes]:
    """The content grown to that extent; what it has already stays as it is."""
    texts = scaled_texts(own, extent.size, seed)
    texts[FACTS] = _with_facts(texts[FACTS], extent.facts)
    sentences = sentences_of(load_texts(own).catalogue.directives.values())
    chance = random.Random(seed)
    for number in range(1, extent.directives + 1):
        letters = extent.letters if number == 1 else chance.randint(*_USUAL)
        name, body = directive_file(number, letters, sentences, seed)
        texts[name] = body
    return texts


def _with_facts(body: bytes, wanted: int) -> bytes:
    """So many facts; a further one is a copy of one that is there."""
    own = yaml.safe_load(body)
    names = list(own)
    copies = [
        yaml.safe_dump({f"{name}_{number // len(names)}": own[name]}, allow_unicode=True, sort_keys=False, width=1000)
        for number in range(len(names), wanted)
        if (name := names[number % len(names)])
    ]
    return body + b"\n" + "".join(copies).encode()


def sentences_of(directives: Iterable[Directive]) -> list[str]:
    """Every paragraph of their clauses, to make others of."""
    clauses = (clause for each in directives for clause in each.clauses)
    return [line.strip() for clause in clauses for line in clause.text.splitlines() if len(line.split()) > 4]


def directive_id(number: int) -> str:
    """The id of a directive that was made up."""
    return f"{number}/KH-UBND@2021-01-{1 + number % 28:02}"


def directive_file(
    number: int, letters: int, sentences: Sequence[str], seed: int, source: str | None = None
) -> tuple[str, bytes]:
    """The name and bytes of a directive of about so many letters, clause by clause; `source` is its original."""
    clauses = list(directive_clauses(letters, sentences, f"{seed} {number}"))
    day = directive_id(number).partition("@")[2]
    front = {
        "id": directive_id(number), "title": f"Kế hoạch {number}/KH-UBND của UBND tỉnh Lai Châu",
        "short_title": f"{number}/KH-UBND", "number": f"{number}/KH-UBND", "date": day, "year": 2021,
        "issuer": "UBND tỉnh Lai Châu", "signer": None, "subject": clauses[0].split(".")[0][:120],
        "source": source,
        "agency_only": {str(at): "chỉ giao việc cho các cơ quan" for at in range(1, len(clauses) + 1)},
    }  # fmt: skip
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    parts = "\n".join(f"## {at}\n\n{text}\n" for at, text in enumerate(clauses, 1))
    return f"data/directives/KH-{number}_{day}.md", f"---\n{head}---\n\n{parts}".encode()


def directive_clauses(letters: int, sentences: Sequence[str], seed: str) -> Iterator[str]:
    """Clauses of a few paragraphs each, until there are so many letters."""
    chance = random.Random(seed)
    while letters > 0:
        clause = ""
        while len(clause) < min(letters, _PER_CLAUSE):
            clause += ("\n\n" if clause else "") + chance.choice(sentences)
        clause = clause[: max(letters, 40)].rstrip()
        letters -= len(clause)
        yield clause
