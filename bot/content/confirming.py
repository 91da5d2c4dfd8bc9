"""Noting in `data/facts.yaml` who confirmed a fact, when and where; nothing else of the file changes."""

from __future__ import annotations

from datetime import date

from .editing import set_value

FACTS = "data/facts.yaml"
_ORDER = ("title", "value", "kind", "state", "confidence", "source", "seen", "confirmed")


def confirmed(text: str, fact: str, *, by: str, on: date, where: str, value: str | None = None) -> str:
    """The file with a fact that was confirmed; with a `value` where it is new. Raises EditError where it is no fact."""
    day = on.isoformat()
    if value is not None:
        text = set_value(text, (fact, "value"), value, _ORDER)
    for path, said in (
        (("state",), "confirmed"),
        (("seen",), day),
        (("confirmed", "by"), by),
        (("confirmed", "on"), day),
        (("confirmed", "where"), where),
    ):
        text = set_value(text, (fact, *path), said, _ORDER if len(path) == 1 else ("by", "on", "where"))
    return text
