"""Plays a dialog against the guide, and says what differs from what it expects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.actions import Action
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.matching import Match
from bot.core.reply import Outcome, Reply
from bot.core.turn import Turn as Answered
from tests.fakes import FixedClock

from .reading import Dialog, Turn

_AMBULANCE = "ambulance_115"
_WORD = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Played:
    """A turn, what came back, and the context after it; `shown` is false for a button that nothing before showed."""

    dialog: Dialog
    turn: Turn
    reply: Reply
    match: Match | None
    after: Context
    shown: bool = True


def play(guide: Guide, dialog: Dialog) -> list[Played]:
    """What comes back for every turn but the waiting. The first turn may press a button of long ago."""
    clock, context, played = FixedClock(), Context(), list[Played]()
    for turn in dialog.talk.turns:
        clock.at += turn.pause
        if turn.wait:
            continue
        shown = not (turn.press and played) or turn.press in _all_actions(played)
        came = _act(guide, turn, context, clock)
        played.append(Played(dialog, turn, came.reply, came.match, came.context, shown))
        context = came.context
    return played


def _all_actions(played: Iterable[Played]) -> list[str]:
    return list(dict.fromkeys(action for one in played for action in actions(one.reply)))


def _act(guide: Guide, turn: Turn, context: Context, clock: FixedClock) -> Answered:
    if turn.press:
        return guide.press(Action.read(turn.press), context, clock())
    return guide.answer(turn.say or "", context, clock())


def actions(reply: Reply) -> tuple[str, ...]:
    """What the buttons of a reply do."""
    return tuple(button.action for row in reply.buttons for button in row)


def complaint(guide: Guide, played: Sequence[Played]) -> str:
    """Every difference between what a dialog expects and what came back; empty where there is none."""
    return "\n".join(_story(one, differences) for one in played if (differences := list(_differences(guide, one))))


_Difference = tuple[str, str, str]


def _differences(guide: Guide, played: Played) -> Iterator[_Difference]:
    """What is expected, what was given instead, each with the name of the expectation."""
    turn, reply = played.turn, played.reply
    if not played.shown:
        yield "press", "a button that a reply before shows", turn.press or ""
    outcomes = turn.outcome_in or tuple(filter(None, [turn.outcome]))
    if outcomes and reply.outcome not in outcomes:
        yield "outcome", " or ".join(outcomes), reply.outcome
    if turn.answered is not None and set(reply.answered) != set(turn.answered):
        yield "answered", _list(turn.answered), _list(reply.answered)
    if set(turn.not_answered) & set(reply.answered):
        yield "not_answered", f"none of {_list(turn.not_answered)}", _list(reply.answered)
    cites = [f"{cited.directive}#{cited.clause}" for cited in reply.citations]
    yield from _missing("cites", turn.cites, cites)
    yield from _missing("buttons", turn.buttons, actions(reply))
    yield from _missing("offers", turn.offers, _topics(reply))
    if turn.danger is not None and turn.danger != warns(guide, reply):
        yield "danger", str(turn.danger), str(not turn.danger)


def _missing(name: str, expected: Sequence[str], given: Sequence[str]) -> Iterator[_Difference]:
    if not set(expected) <= set(given):
        yield name, _list(expected), _list(dict.fromkeys(given))


def _topics(reply: Reply) -> list[str]:
    return [action.removeprefix("topic:") for action in actions(reply) if action.startswith("topic:")]


def warns(guide: Guide, reply: Reply) -> bool:
    """Whether a reply begins with the ambulance's number."""
    return guide.catalogue.facts[_AMBULANCE].value in reply.blocks[0].text


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _story(played: Played, differences: Sequence[_Difference]) -> str:
    """Place, sentence, expected and given with their difference marked, then why the matcher thought so."""
    lines = [f"{played.dialog.place} “{played.dialog.talk.name}”", _labelled("said", said(played.turn))]
    for name, expected, given in differences:
        lines += [_labelled(name, expected), _labelled("but was", given), _labelled("", marks(given, expected))]
    return "\n".join(line for line in [*lines, _labelled("scores", scores(played))] if line.strip())


def _labelled(label: str, text: str) -> str:
    return f"  {label:14}{text}"


def said(turn: Turn) -> str:
    """What the resident types or presses."""
    return turn.say or f"[{turn.press}]"


def scores(played: Played) -> str:
    """How likely the matcher held each intent, and the phrase most like the question."""
    listed = ", ".join(f"{each.intent} {each.score:.2f}" for each in played.reply.intents) or "none"
    match = played.match
    return f"{listed}; outside {match.outside:.2f}; nearest “{match.nearest}”" if match else listed


def marks(line: str, other: str) -> str:
    """Carets under the words of a line that the other line does not have."""
    known = set(_WORD.findall(other))
    return (
        _WORD.sub(lambda word: ("^" if word[0] not in known else " ") * len(word[0]), line).replace(",", " ").rstrip()
    )


def wrong_answer(played: Played) -> str:
    """A line where a question was answered with another intent than its own; else empty."""
    turn, given = played.turn, set(played.reply.answered)
    outside = Outcome.ANSWERED not in (turn.outcome_in or (turn.outcome or Outcome.ANSWERED,))
    if turn.answered is not None or outside:
        stolen = given - set(turn.answered or ())
    else:
        stolen = given & set(turn.not_answered)
    owner = _list(turn.answered or ()) if turn.answered else "elsewhere"
    return f"{owner} → {_list(sorted(stolen))}: {said(turn)} ({scores(played)})" if stolen else ""
