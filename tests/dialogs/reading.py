"""Conversations as data: what may stand in `tests/dialogs/*.yaml`. README.md beside this file shows it to officers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError, field_validator, model_validator

from bot.content.files import Schema
from bot.core.reply import Outcome

HERE = Path(__file__).parent
_WAIT = re.compile(r"(\d+) (seconds|minutes|hours|days)")
_ACTS = ("say", "press", "wait")


class BrokenDialogs(Exception):
    """A dialog file that cannot be used; the text says where and why."""


class Turn(Schema):
    """One thing that a resident does (`say`, `press` or `wait`), and what must come back.

    `answered` are exactly the intents that are answered; `cites`, `buttons` and `offers` (topic buttons)
    must be among what is shown; `danger` says whether the reply begins with the ambulance's number.
    """

    say: str | None = None
    press: str | None = None
    wait: str | None = None
    outcome: Outcome | None = None
    outcome_in: tuple[Outcome, ...] = ()
    answered: tuple[str, ...] | None = None
    not_answered: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    danger: bool | None = None

    @model_validator(mode="after")
    def _does_one_thing_and_expects_something(self) -> Turn:
        acts = [name for name in _ACTS if name in self.model_fields_set]
        if len(acts) != 1 or not getattr(self, acts[0]):
            raise ValueError("a turn has exactly one of say, press and wait")
        expects = self.model_fields_set - set(_ACTS)
        if bool(expects) != (acts != ["wait"]):
            raise ValueError("say and press expect something back, wait does not")
        if {"outcome", "outcome_in"} <= expects:
            raise ValueError("outcome and outcome_in exclude each other")
        return self

    @field_validator("wait")
    @classmethod
    def _a_length_of_time(cls, value: str | None) -> str | None:
        if value and not _WAIT.fullmatch(value):
            raise ValueError("write for example: wait: 11 minutes")
        return value

    @property
    def pause(self) -> timedelta:
        """How long the resident waits."""
        found = _WAIT.fullmatch(self.wait or "0 seconds")
        assert found
        return timedelta(**{found[2]: int(found[1])})


class Talk(Schema):
    """What a file says of one dialog. `accents_matter` is why it is not asked again without diacritics."""

    name: str
    turns: tuple[Turn, ...]
    accents_matter: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Talk:
        if not self.name or not self.turns or self.turns[-1].wait:
            raise ValueError("a dialog has a name and turns, and does not end in waiting")
        return self


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog, and where it stands."""

    file: str
    line: int
    talk: Talk

    @property
    def subject(self) -> str:
        """The name of its file: an intent, or `_out_of_scope` or `_danger`."""
        return Path(self.file).stem

    @property
    def name(self) -> str:
        """Its name in the list of tests."""
        return f"{self.subject}: {self.talk.name}"

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"tests/dialogs/{self.file}:{self.line}"

    @property
    def said(self) -> tuple[str, ...]:
        """What the resident types, commands left out."""
        return tuple(turn.say for turn in self.talk.turns if turn.say and not turn.say.startswith("/"))


def read(path: Path) -> list[Dialog]:
    """The dialogs of one file. Raises BrokenDialogs, also for a file without any or with a name twice."""
    text = path.read_text(encoding="utf-8")
    try:
        node, values = yaml.compose(text, yaml.CSafeLoader), yaml.load(text, yaml.CSafeLoader)
        talks = TypeAdapter(list[Talk]).validate_python(values)
    except yaml.YAMLError as error:
        raise BrokenDialogs(f"{path.name}: {error}") from error
    except ValidationError as error:
        faults = [f"{path.name}{_where(node, fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise BrokenDialogs("\n".join(faults)) from error
    names = [talk.name for talk in talks]
    if not names or len(set(names)) < len(names):
        raise BrokenDialogs(f"{path.name}: no dialogs, or a name twice: {names}")
    return [Dialog(path.name, _line(node, (at,)), talk) for at, talk in enumerate(talks)]


def read_all(folder: Path = HERE) -> list[Dialog]:
    """The dialogs of every file of a folder."""
    return [dialog for path in sorted(folder.glob("*.yaml")) for dialog in read(path)]


def _where(node: yaml.Node | None, path: tuple[int | str, ...]) -> str:
    return f":{_line(node, path)} ({'.'.join(map(str, path))})"


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line of what stands at a path; of its nearest parent that stands in the file."""
    for step in path:
        node = _children(node).get(step, node)
    return node.start_mark.line + 1 if node else 1


def _children(node: yaml.Node | None) -> dict[int | str, yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return dict(enumerate(node.value))
    return {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
