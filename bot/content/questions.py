"""Questions to try a change on: checks, the first words of dialogs, and what residents have asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from ..core.catalogue import Catalogue
from ..core.reply import Scored
from ..errors import Problem
from .files import Source, read_list

Origin = Literal["check", "dialog", "real"]
DIALOGS = "tests/dialogs"
_ACTS = ("say", "press", "wait")


@dataclass(frozen=True, slots=True)
class Question:
    """A message by itself, and how often it was asked; of a real one the numbers of persons are masked already.

    `scores` are what it was taken for when it was asked last, best first; none where that is not known.
    """

    text: str
    source: Origin
    times: int = 1
    scores: tuple[Scored, ...] = ()


def questions_of_checks(catalogue: Catalogue) -> tuple[Question, ...]:
    """The checks of subjects, of what is out of scope and of danger to life; each text once."""
    danger = catalogue.danger
    own = chain.from_iterable(intent.checks for intent in catalogue.intents.values())
    texts = dict.fromkeys([*own, *catalogue.out_of_scope_checks, *danger.checks, *danger.calm])
    return tuple(Question(text, "check") for text in texts)


def questions_of_dialogs(root: Path) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """What residents say first in the dialogs below a content folder, and what cannot be read there.

    None where there are no dialogs. Commands and dialogs that begin otherwise are left out; so is a whole file that
    has a fault.
    """
    texts: dict[str, None] = {}
    problems: list[Problem] = []
    for path in sorted((root / DIALOGS).glob("*.yaml")):
        faults: list[Problem] = []
        source = read_list(f"{DIALOGS}/{path.name}", _bytes(path), faults)
        said = list(_first_words(source, faults))
        problems += faults
        texts |= {} if faults else dict.fromkeys(said)
    return tuple(Question(text, "dialog") for text in texts), tuple(problems)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _first_words(source: Source, faults: list[Problem]) -> Iterator[str]:
    for at, dialog in source.values.items():
        turn = _first_turn(dialog)
        said = turn.get("say", "") if turn else None
        if turn is None or not isinstance(said, str):
            line = source.line(int(at))
            what = f"cuộc hỏi đáp thứ {int(at) + 1} không có lượt nào đọc được"
            faults.append(Problem(source.name, line, what, "viết turns, rồi “- say: câu hỏi”", "schema"))
        elif said.strip() and not said.startswith("/"):
            yield said.strip()


def _first_turn(dialog: Any) -> Mapping[str, Any] | None:
    turns = dialog.get("turns") if isinstance(dialog, dict) else None
    first = turns[0] if isinstance(turns, list) and turns else None
    return first if isinstance(first, dict) and not first.keys().isdisjoint(_ACTS) else None
