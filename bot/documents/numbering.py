"""Automatic list numbers of a .docx file, counted as Word counts them: they stand in no paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .ooxml import Element, Package, is_on, value
from .styles import Styles

_UNITS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NONE = ("none",)
_DEEPEST = 8  # Word has nine levels
_HIGHEST = 32767  # and counts no further


def _bounded(text: str | None, most: int = _HIGHEST) -> int:
    """A number of the file; 0 for one that is none, or that Word never writes."""
    plain = text is not None and len(text) < 9 and text.strip().isdecimal()
    return int(text) if text and plain and int(text) <= most else 0


def _letter(number: int) -> str:
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def _roman(number: int) -> str:
    written = "C" * (number // 100)
    number %= 100
    if number >= 90:
        written, number = written + "XC", number - 90
    for unit, sign in _UNITS:
        written += sign * (number // unit)
        number %= unit
    return written


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """What a numId means: the levels it shows, the abstract list whose counters it shares, new starts."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Gives the label of each paragraph, in the order of the document. `lost` tells that one could not be counted."""

    styles: Styles
    lost: bool = False
    _lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, package: Package, styles: Styles) -> Numbering:
        """The numbering of a file; one without lists has no labels."""
        root = package.xml("word/numbering.xml")
        return cls(styles, _lists=_lists(root, styles) if root is not None else {})

    def label(self, properties: Element | None) -> str | None:
        """What stands before a paragraph with these properties ("1.", "a)", "-"), or None if it has no number."""
        style = value(properties, "w_pStyle")
        number = value(properties, "w_numPr/w_numId") or self.styles.number(style)
        if number in (None, "0"):
            return None
        found = self._lists.get(number or "")
        depth = _bounded(value(properties, "w_numPr/w_ilvl"), _DEEPEST) or self.styles.depth(style, number) or 0
        if found is None or depth not in found.levels:
            self.lost = True
            return None
        return self._write(found, depth, self._count(number or "", found, depth))

    def _count(self, number: str, found: _List, depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(found.abstract, {})
        for above in range(depth):
            counters.setdefault(
                above, found.starts.get(above, found.levels[above].start if above in found.levels else 1)
            )
        if depth in found.starts and (number, depth) not in self._begun:
            counters[depth] = found.starts[depth]
        else:
            counters[depth] = counters.get(depth, found.levels[depth].start - 1) + 1
        self._begun.add((number, depth))
        for below in [each for each in counters if each > depth]:
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or (restart > 0 and depth < restart):
                del counters[below]
        return counters

    def _write(self, found: _List, depth: int, counters: dict[int, int]) -> str:
        level = found.levels[depth]
        if level.format == "bullet":
            return "-"

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            kind = found.levels[at].format if at in found.levels else "decimal"
            if level.legal and kind not in _NONE:
                kind = "decimal"
            if kind not in _FORMATS:
                self.lost = True
            return _FORMATS.get(kind, str)(counters.get(at, 1))

        return re.sub(r"%(\d)", shown, level.text)


def _lists(root: Element, styles: Styles) -> dict[str, _List]:
    abstracts = {each.get("w_abstractNumId", ""): each for each in root.findall("w_abstractNum")}
    nums = {each.get("w_numId", ""): each for each in root.findall("w_num")}
    return {name: _list(num, abstracts, nums, styles) for name, num in nums.items()}


def _list(num: Element, abstracts: dict[str, Element], nums: dict[str, Element], styles: Styles) -> _List:
    name = value(num, "w_abstractNumId") or ""
    abstract = abstracts.get(name)
    linked = styles.number(value(abstract, "w_numStyleLink")) if abstract is not None else None
    if linked in nums:  # the levels stand in the list that the list style names
        name = value(nums[linked], "w_abstractNumId") or name
        abstract = abstracts.get(name, abstract)
    levels = _levels(abstract) if abstract is not None else {}
    starts: dict[int, int] = {}
    for override in num.findall("w_lvlOverride"):
        depth = _bounded(override.get("w_ilvl"), _DEEPEST)
        levels |= _levels(override)
        start = value(override, "w_startOverride")
        if start is not None:
            starts[depth] = _bounded(start)
            levels[depth] = replace(levels.get(depth, _Level()), start=starts[depth])
    return _List(name, levels, starts)


def _levels(parent: Element) -> dict[int, _Level]:
    found = (each for each in parent.findall("w_lvl") if re.fullmatch("[0-8]", each.get("w_ilvl", "0")))
    return {int(each.get("w_ilvl", "0")): _level(each) for each in found}


def _level(element: Element) -> _Level:
    restart = value(element, "w_lvlRestart")
    return _Level(
        _bounded(value(element, "w_start")),
        value(element, "w_numFmt") or "decimal",
        value(element, "w_lvlText") or "",
        _bounded(restart) if restart is not None else None,
        is_on(element, "w_isLgl"),
    )
