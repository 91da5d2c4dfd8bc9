"""The pieces that replies are made of: a sentence with the menu, buttons of subjects, the telephones."""

from __future__ import annotations

from functools import cached_property

from .actions import Action
from .catalogue import Catalogue
from .reply import Block, Button, Outcome, Reply, Rows, Span
from .saying import Sentences
from .templates import fact_span

_NOT_UNDERSTOOD = ("not_understood", "too_long", "no_words", "unknown_command", "old_button", "rate_limited", "error")


class Pieces:
    """Pieces over one catalogue; `say` makes blocks of the bot's own sentences."""

    def __init__(self, catalogue: Catalogue, say: Sentences) -> None:
        self._catalogue = catalogue
        self.say = say

    def plain(self, message: str, buttons: Rows = (), **values: str) -> Reply:
        """A reply of one sentence; what is said for want of an answer counts as not understood."""
        understood = message not in _NOT_UNDERSTOOD
        outcome = Outcome.ANSWERED if understood else Outcome.NOT_UNDERSTOOD
        return Reply(outcome, self.say(message, **values), buttons=buttons)

    def with_menu(self, message: str, **values: str) -> Reply:
        """The same, and the menu under it."""
        return self.plain(message, self.menu(), **values)

    def group(self, group: str) -> Reply:
        """The subjects of a group as buttons."""
        topics = tuple((self.topic_button(each.id),) for each in self._catalogue.topics() if each.group == group)
        return self.plain("group", (*topics, (self.say.button("button_groups", Action("menu")),)), group=group)

    def menu(self) -> Rows:
        """The groups as buttons."""
        return tuple((Button(group, str(Action("group", index))),) for index, group in self.groups.items())

    @cached_property
    def groups(self) -> dict[str, str]:
        """The groups that have subjects, by their place in the pack."""
        filled = {intent.group for intent in self._catalogue.topics()}
        return {str(index): group for index, group in enumerate(self._catalogue.pack.groups) if group in filled}

    def topic_button(self, intent: str) -> Button:
        """The button that asks about a subject."""
        return Button(self._catalogue.intents[intent].title, str(Action("topic", intent)))

    def hotlines(self) -> tuple[Block, ...]:
        """The telephones of the pack, then where they are from."""
        pack, facts = self._catalogue.pack, self._catalogue.facts
        shown = [facts[name] for name in (*pack.hotlines, *pack.emergency) if facts[name].shown_on(pack.as_of)]
        lines = tuple(Block("item", (Span(f"{fact.title}: "), fact_span(fact))) for fact in shown)
        missing = any(not facts[name].shown_on(pack.as_of) for name in pack.hotlines)
        sources = "; ".join(dict.fromkeys(fact.origin for fact in shown if fact.origin))
        source = (Block("source", (Span(f"Nguồn: {sources}."),)),) if sources else ()
        return (*self.say("hotline"), *lines, *(self.say("hotline_missing") if missing else ()), *source)

    def topics_row(self) -> tuple[Button, ...]:
        """The row that leads to the menu."""
        return (self.say.button("button_topics", Action("menu")),)
