"""How two versions of a file differ, in so few words that a list of drafts can show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from .words_diff import Run, diff, shortened

# Word by word costs the square of the letters; what is longer is shown line by line.
_MOST_BY_WORDS = 2_500
_MOST_LINES = 4_000
_SHOWN = 600
# A list of drafts is opened again and again while the drafts stay what they are.
_KEPT = 256


@lru_cache(_KEPT)
def brief(old: bytes | None, new: bytes | None, shown: int = _SHOWN) -> tuple[Run, ...]:
    """The changed lines of a text, word by word, up to so many letters; none where a file is no text."""
    before, after = _text(old), _text(new)
    if before is None or after is None:
        return ()
    return tuple(_cut(_between_lines(before.splitlines(True), after.splitlines(True)), shown))


def _text(body: bytes | None) -> str | None:
    try:
        return (body or b"").decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _between_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Only the lines that differ, with "…" for those between."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    ones, others = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(ones), len(others)) > _MOST_LINES:
        yield from _replaced("".join(ones), "".join(others))
        return
    gap = False
    for tag, a, b, c, d in SequenceMatcher(None, ones, others, autojunk=False).get_opcodes():
        if tag == "equal":
            gap = True
            continue
        if gap:
            yield Run("kept", "…\n")
            gap = False
        yield from _above(before, head + a, (others[c:d] or ones[a:b])[0])
        yield from _replaced("".join(ones[a:b]), "".join(others[c:d]))


def _above(before: Sequence[str], at: int, line: str) -> Iterator[Run]:
    """The key that a changed line of YAML stands below, so that a reader knows what it is about."""
    indent = _indent(line)
    key = next((each for each in reversed(before[:at]) if each.strip() and _indent(each) < indent), "")
    if key.rstrip().endswith(":"):
        yield Run("kept", key)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _alike(ones: Sequence[str], others: Sequence[str]) -> int:
    """How many lines are the same from the first on."""
    pairs = zip(ones, others, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(ones), len(others)))


def _replaced(old: str, new: str) -> Iterator[Run]:
    if old and new and len(old) + len(new) <= _MOST_BY_WORDS:
        yield from shortened(diff(old, new))
        return
    if old:
        yield Run("removed", old)
    if new:
        yield Run("added", new)


def _cut(runs: Iterator[Run], most: int) -> Iterator[Run]:
    left = most
    for run in runs:
        if left <= 0:
            yield Run("kept", " …")
            return
        yield run if len(run.text) <= left else replace(run, text=f"{run.text[:left]} …")
        left -= len(run.text)
