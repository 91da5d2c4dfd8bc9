"""Questions to measure by: a folder of JSON lines, or the content's own phrases, held out."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.core.catalogue import Catalogue

OUTSIDE = "out_of_scope"
FOLDS = 5


class QuestionsError(ValueError):
    """Question files that cannot be used; the message says which line of which file, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One message; `accepted` are the subjects that would serve, of a message with two questions both of them.

    The first is what it is about. Out of scope may have subjects behind it: to answer those is no fault.
    """

    text: str
    accepted: tuple[str, ...]
    kind: str = ""
    ask_back: bool = False

    @property
    def outside(self) -> bool:
        """Whether it is about no subject of the content."""
        return self.accepted[0] == OUTSIDE


SINGLE = ("clean", "noisy", "short", "oos", "oos_long")


@dataclass(frozen=True, slots=True)
class Questions:
    """What a folder holds: single questions by file, messages with two questions, and conversations."""

    single: Mapping[str, tuple[Question, ...]]
    multi: tuple[Question, ...] = ()
    dialogs: tuple[tuple[Question, ...], ...] = ()


def read_questions(folder: Path, known: frozenset[str]) -> Questions:
    """The question files of a folder. A subject that the content does not have (not in `known`) does not count.

    Raises QuestionsError where there is no question file, or a line that is no question.
    """
    paths = {name: folder / f"{name}.jsonl" for name in (*SINGLE, "multi", "dialogs")}
    found = {name: list(_rows(path)) for name, path in paths.items() if path.is_file()}
    if not any(found.values()):
        names = ", ".join(path.name for path in paths.values())
        raise QuestionsError(f"{folder}: no questions here; name a folder with at least one of {names}")
    read = {
        name: tuple(_question(row, where, known) for where, row in rows)
        for name, rows in found.items()
        if name != "dialogs"
    }
    multi = read.pop("multi", ())
    return Questions(read, multi, tuple(_dialog(row, where, known) for where, row in found.get("dialogs", ())))


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each line that is not blank, with where it stands."""
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise QuestionsError(f"{where}: not JSON ({error}); write one object a line") from error
        if not isinstance(row, dict):
            raise QuestionsError(f'{where}: not an object; write {{"text": …, "intent": …}}')
        yield where, row


def _question(row: Mapping[str, Any], where: str, known: frozenset[str]) -> Question:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise QuestionsError(f'{where}: no text; add "text" with what the resident typed, or delete the line')
    labels = row.get("intents") or [row.get("intent"), *row.get("also", ())]
    if not all(isinstance(label, str) for label in labels):
        raise QuestionsError(f'{where}: no intent; add "intent" with the subject, or {OUTSIDE} for none')
    accepted = tuple(label for label in labels if label in known or label == OUTSIDE) or (OUTSIDE,)
    return Question(text, accepted, str(row.get("kind", "")), bool(row.get("ask_back")))


def _dialog(row: Mapping[str, Any], where: str, known: frozenset[str]) -> tuple[Question, ...]:
    turns = row.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, dict) for turn in turns):
        raise QuestionsError(f'{where}: no turns; add "turns" with a list of questions in the order they were typed')
    return tuple(_question(turn, f"{where}, turn {number}", known) for number, turn in enumerate(turns, 1))


def cross_validation(catalogue: Catalogue, seed: int) -> Iterator[tuple[Catalogue, Questions]]:
    """The content without a fifth of its phrases, and that fifth as questions, five times."""
    phrases = [Question(text, (name,)) for name, each in catalogue.intents.items() for text in each.examples]
    phrases += [
        Question(text, (OUTSIDE,), name) for name, texts in catalogue.out_of_scope.items() for text in texts
    ]  # fmt: skip
    random.Random(seed).shuffle(phrases)
    for fold in range(FOLDS):
        held = phrases[fold::FOLDS]
        yield _without(catalogue, {each.text for each in held}), _as_questions(held)


def _as_questions(held: Sequence[Question]) -> Questions:
    """Phrases with diacritics are accented questions; those without, and what is out of scope, are `content`."""
    accented = tuple(each for each in held if not each.outside and has_marks(each.text))
    return Questions({"clean": accented, "content": tuple(each for each in held if each not in accented)})


def has_marks(text: str) -> bool:
    """Whether a text was typed with diacritics."""
    return "đ" in text.lower() or any(map(unicodedata.combining, unicodedata.normalize("NFD", text)))


def _without(catalogue: Catalogue, held: set[str]) -> Catalogue:
    intents = {
        name: replace(intent, examples=tuple(text for text in intent.examples if text not in held))
        for name, intent in catalogue.intents.items()
    }
    outside = {name: tuple(t for t in texts if t not in held) for name, texts in catalogue.out_of_scope.items()}
    return replace(catalogue, intents=intents, out_of_scope=outside)
