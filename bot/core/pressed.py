"""What a resident presses or commands, into a reply: buttons, also old or forged ones, and "/" commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from .actions import Action
from .catalogue import Catalogue
from .context import Context
from .pieces import Pieces
from .reply import Outcome, Reply
from .telling import Telling
from .turn import Turn

COMMANDS = {
    "start": "start", "chude": "topics", "topics": "topics", "duongday": "hotline", "hotline": "hotline",
    "huongdan": "guide", "help": "guide", "quyenriengtu": "privacy", "privacy": "privacy",
    "vanban": "library", "noihoi": "places",
}  # fmt: skip


class Pressed:
    """Replies to buttons and commands from one catalogue."""

    def __init__(self, catalogue: Catalogue, pieces: Pieces, telling: Telling) -> None:
        self._catalogue = catalogue
        self._pieces = pieces
        self._telling = telling
        self._library = telling.library
        self._nearest = telling.nearest

    def press(self, action: Action, context: Context, now: datetime) -> Turn:
        """The reply to a button; an old or forged one gets the menu."""
        known = self._catalogue.intents
        if action.kind == "topic" and action.value in known:
            reply = self._telling.about((action.value,), now)
            return Turn(reply, Context(known[action.value].title, (action.value,), now))
        if action.kind == "clause" and self._catalogue.clause(action.value):
            return Turn(self._telling.clause(action.value, context, now), context)
        if action.kind == "menu":
            return Turn(self._pieces.with_menu("topics"), context)
        if action.kind == "group" and action.value in self._pieces.groups:
            return Turn(self._pieces.group(self._pieces.groups[action.value]), context)
        near = self._nearest.all() if action.kind == "places" else None
        if action.kind == "place":
            near = self._nearest.get(action.value)
        if near:
            return Turn(near, context)
        read = self._read(action, self._telling.local(now).date())
        if read:
            return Turn(read, replace(context, reading=context.reading or action.kind != "rests"))
        if action.kind == "hotline":
            return Turn(self.command("hotline", "", now), context)
        return Turn(self._pieces.with_menu("old_button"), context)

    def command(self, name: str, argument: str, now: date) -> Reply:
        """The reply to a command such as "start"; `argument` of "start" may be an intent. `now` as for `about`."""
        message = COMMANDS.get(name)
        if message == "start" and argument.strip() in self._catalogue.intents:
            return self._telling.about((argument.strip(),), now)
        if message == "hotline":
            rows = (*self._nearest.buttons(), self._pieces.topics_row())
            return Reply(Outcome.ANSWERED, self._pieces.hotlines(), buttons=rows)
        if message == "places":
            return self._nearest.asked(argument)
        if message == "library":
            return self._library.asked(argument, self._telling.local(now).date())
        if message is None:
            return self._pieces.with_menu("unknown_command")
        return self._pieces.plain(message, self._pieces.menu() if message in ("start", "topics") else ())

    def _read(self, action: Action, today: date) -> Reply | None:
        """A page of the library, or None for what is none."""
        directive, clause = self._catalogue.directives.get(action.value), self._catalogue.clause(action.value)
        if action.kind == "library":
            return self._library.shelf(today)
        if action.kind == "rests" and clause:
            return self._library.rests(clause)
        if action.kind == "doc" and directive:
            return self._library.directive(directive, today)
        return self._library.notes(directive) if action.kind == "notes" and directive else None
