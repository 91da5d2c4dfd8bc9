"""Paragraph and letter styles of a .docx file, as far as reading needs them: fonts, capitals, list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .ooxml import Element, Package, is_on, value

_LONGEST_CHAIN = 40  # styles based on styles


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look: font name, whether capitals are put on, whether they are hidden; None where nothing is said."""

    font: str | None = None
    caps: bool | None = None
    hidden: bool | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other one."""
        return Look(
            self.font if self.font is not None else other.font,
            self.caps if self.caps is not None else other.caps,
            self.hidden if self.hidden is not None else other.hidden,
        )


def look_of(properties: Element | None) -> Look:
    """The look that a w:rPr gives."""
    if properties is None:
        return Look()
    font = value(properties, "w_rFonts", "w_ascii") or value(properties, "w_rFonts", "w_hAnsi")
    caps, hidden = (
        is_on(properties, name) if properties.find(name) is not None else None for name in ("w_caps", "w_vanish")
    )
    return Look(font, caps, hidden)


@dataclass(slots=True)
class Styles:
    """The styles of a file by id; an unknown id says nothing."""

    _styles: dict[str, Element] = field(default_factory=dict)
    _default: str | None = None
    _base: Look = field(default_factory=Look)
    _looks: dict[tuple[str | None, str | None], Look] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Styles:
        """The styles of a file."""
        root = package.xml("word/styles.xml")
        if root is None:
            return cls()
        styles = {each.get("w_styleId", ""): each for each in root.findall("w_style")}
        defaults = (
            n for n, e in styles.items() if e.get("w_type") == "paragraph" and e.get("w_default") in ("1", "true")
        )
        return cls(styles, next(defaults, None), look_of(root.find("w_docDefaults/w_rPrDefault/w_rPr")))

    def _chain(self, name: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "w_basedOn")

    def look(self, paragraph: str | None, letters: str | None = None) -> Look:
        """The look of letters in a paragraph style and a letter style."""
        known = self._looks.get((paragraph, letters))
        if known is None:
            known = self._looks[paragraph, letters] = self._resolved(paragraph, letters)
        return known

    def _resolved(self, paragraph: str | None, letters: str | None) -> Look:
        found = Look()
        for element in (*self._chain(letters), *self._chain(paragraph or self._default)):
            found = found.over(look_of(element.find("w_rPr")))
        return found.over(self._base)

    def number(self, name: str | None) -> str | None:
        """The list that a paragraph style belongs to, or None."""
        found = (value(each, "w_pPr/w_numPr/w_numId") for each in self._chain(name))
        return next((each for each in found if each is not None), None)

    def depth(self, name: str | None, number: str | None) -> int | None:
        """The level at which a paragraph style stands in its list."""
        for each in self._chain(name):
            if value(each, "w_pPr/w_numPr/w_numId") == number or each.find("w_pPr/w_numPr/w_ilvl") is not None:
                found = value(each, "w_pPr/w_numPr/w_ilvl")
                return int(found) if found is not None and re.fullmatch("[0-8]", found) else 0
        return None
