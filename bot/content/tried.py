"""The checks of a pack as the bot answers them: those of subjects must land there, those outside must not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time

from ..core.context import Context
from ..core.guide import Guide
from ..core.reply import Outcome, Reply
from ..errors import Problem
from .examples import OUTSIDE
from .files import Source
from .loading import Loaded
from .sharing import Shared, can_share, shared

_PIECE = 40
# Fewer are done in the time that it takes to split a process and to hear from it.
_WORTH_SPLITTING = 800


@dataclass(frozen=True, slots=True)
class Check:
    """A question from a file. `intent` is the subject that it must reach, or empty where none may answer it."""

    text: str
    intent: str
    source: Source
    place: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """What a resident gets of a check at once or finds among the buttons; `answered` says which of the two."""

    reached: tuple[str, ...]
    answered: bool
    outcome: Outcome

    def __str__(self) -> str:
        return ", ".join(self.reached) or self.outcome.value


class Tried:
    """Checks that are being asked."""

    def __init__(self, checks: Sequence[Check], begun: Shared[list[Ended]]) -> None:
        self._checks = checks
        self._begun = begun

    def problems(self) -> Iterator[Problem]:
        """Every check that missed, in the order of the files."""
        ends = [ended for piece in self._begun.results() for ended in piece]
        for check, ended in zip(self._checks, ends, strict=True):
            if check.intent and check.intent not in ended.reached:
                yield _problem(check, f"câu kiểm “{check.text}” ra {ended}")
            elif not check.intent and ended.answered:
                yield _problem(check, f"câu ngoài phạm vi “{check.text}” lại ra {ended}")


def _problem(check: Check, what: str) -> Problem:
    return check.source.problem(what, "thêm câu mẫu gần câu này", *check.place, rule="check")


@contextmanager
def tried(loaded: Loaded, guide: Guide) -> Iterator[Tried]:
    """Ask all checks; of a big pack a second process asks some meanwhile, where this one may be split."""
    checks = list(_checks(loaded))
    now = datetime.combine(loaded.catalogue.pack.as_of, time(12), UTC)

    def ask(piece: int) -> list[Ended]:
        here = checks[piece * _PIECE : (piece + 1) * _PIECE]
        return [_ended(guide.answer(check.text, Context(), now).reply) for check in here]

    split = len(checks) >= _WORTH_SPLITTING and can_share()
    with shared(ask, -(-len(checks) // _PIECE), split=split) as begun:
        yield Tried(checks, begun)


def _checks(loaded: Loaded) -> Iterator[Check]:
    for intent in loaded.catalogue.intents.values():
        source = loaded.sources[f"intents/{intent.id}.yaml"]
        yield from (Check(text, intent.id, source, ("checks", index)) for index, text in enumerate(intent.checks))
    source = loaded.sources[f"intents/{OUTSIDE}.yaml"]
    for group, values in source.values.get("groups", {}).items():
        for index, text in enumerate(values.get("checks", ())):
            yield Check(text, "", source, ("groups", group, "checks", index))


def _ended(reply: Reply) -> Ended:
    offered = {button.action.removeprefix("topic:") for row in reply.buttons for button in row if ":" in button.action}
    reached = set(reply.answered) or (offered if reply.outcome is Outcome.ASKED_BACK else set())
    return Ended(tuple(sorted(reached)), bool(reply.answered), reply.outcome)
