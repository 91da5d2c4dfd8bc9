"""The bot's own sentences, rendered with their values: as blocks, as plain text, on buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from .actions import Action
from .catalogue import Catalogue
from .reply import Block, Button
from .templates import Grounds, render

_KEPT = 512


class Sentences:
    """The sentences of one catalogue by their names (`messages.SENTENCES`); `retention` is one of their values."""

    def __init__(self, catalogue: Catalogue, retention: timedelta) -> None:
        pack = catalogue.pack
        self._common = {"province": pack.province, "days": str(retention.days), "bot": pack.bot_name}
        self._templates = catalogue.messages
        self._grounds = Grounds(catalogue.directives, catalogue.facts, pack.as_of)
        # The same few sentences stand under every answer; each is rendered once.
        self._rendered = lru_cache(_KEPT)(self._render)

    def __call__(self, name: str, kind: str = "", **values: str) -> tuple[Block, ...]:
        """The blocks of a sentence; with `kind` "note" each is a remark."""
        blocks = self._rendered(name, tuple({**self._common, **values}.items()))
        return tuple(replace(block, kind="note") for block in blocks) if kind == "note" else blocks

    def text(self, name: str, **values: str) -> str:
        """A sentence as plain text."""
        return " ".join(block.text for block in self(name, **values))

    def button(self, name: str, action: Action, **values: str) -> Button:
        """A button whose label is a sentence."""
        return Button(self.text(name, **values), str(action))

    def _render(self, name: str, values: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
        return render(self._templates[name], self._grounds, dict(values)).blocks
