"""To whom a document is addressed: the lines behind "Kính gửi:", and where they end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .head_lines import OPERATIVE, SEPARATOR, TO
from .lines import Paragraph, ended
from .marks import is_dash


def after_list(found: Sequence[Paragraph], to: int) -> int:
    """Where the addressees end whose first line is `to`."""
    at = to + 1
    if ended(found[to].text) and not found[to].text.rstrip().endswith((":", ";")) and _items(found[to].text):
        return at
    while at < len(found) and (is_dash(found[at].text) or SEPARATOR.match(found[at].text)):
        at += 1
    return at if at > to + 1 or _items(found[to].text) else _after_plain(found, at)


def _after_plain(found: Sequence[Paragraph], at: int) -> int:
    """Addressees without dashes: lines that end with ";", and the one behind them."""
    while at < len(found) and found[at].text.endswith((";", ",")) and len(found[at].text) < 150:
        at += 1
    return at + 1 if at < len(found) and len(found[at].text) < 150 and not OPERATIVE.match(found[at].text) else at


def _items(text: str) -> list[str]:
    rest = TO.sub("", text, count=1)
    return [part for part in re.split(r";\s*|(?:^|(?<=[,;]))\s*[-–]\s+", rest) if part.strip(" -–;,.")]


def addressees(head: Sequence[Paragraph]) -> tuple[str, ...]:
    """To whom a document is addressed, in the order of the head; () if it names nobody."""
    at = next((at for at, each in enumerate(head) if TO.match(each.text)), None)
    if at is None:
        return ()
    parts = _items(head[at].text)
    for each in head[at + 1 :]:
        parts += re.split(r";\s+(?=[-–])", each.text)
    return tuple(name for name in (part.strip(" -–•+*;,.\t") for part in parts) if name)
