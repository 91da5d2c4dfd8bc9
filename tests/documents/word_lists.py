"""Automatic numbers: Word keeps them outside the text, in numbering.xml, and counts when it shows the page.

`lists` of a sample names the levels from the outermost, such as `upperRoman %1.`, `decimal %2.`, `lowerLetter %3)`,
`bullet -`. Marks of these kinds are then left out of the text. With `styles: true` the paragraph names only a style,
and the style, or the one that it is based on, names the list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

_KINDS = {
    "bullet": re.compile(r"^[-+•]$"),
    "upperRoman": re.compile(r"^[IVX]+[.\-]$"),
    "decimal": re.compile(r"^(Điều )?\d+[.\-)]$"),
    "lowerLetter": re.compile(r"^[a-zđ]\)$"),
}
_FIRST = re.compile(r"^(I|1|a|Điều 1)[.\-)]+$")
_ABSTRACT = 90
_NUM = 900


class WordLists:
    """The automatic list of one document."""

    def __init__(self, document: Document, word: Mapping[str, Any]) -> None:
        self._document = document
        self._levels = [str(level).split(" ", 1) for level in word.get("lists", [])]
        self._by_style = bool(word.get("styles"))
        self._num = _NUM
        self._started = False
        if self._levels:
            self._define()

    def takes(self, mark: str) -> bool:
        """Whether Word writes this mark by itself."""
        return self._level(mark) is not None

    def number(self, paragraph: Paragraph, mark: str) -> None:
        """Put the paragraph into the list; a first mark of the outermost level starts a new list."""
        level = self._level(mark)
        assert level is not None
        if self._by_style:
            paragraph.style = f"Loa {level} con"
            return
        if level == 0 and _FIRST.match(mark):
            self._start()
        self._started = True
        paragraph._p.get_or_add_pPr().append(_num_pr(self._num, level))

    def unnumber(self, paragraph: Paragraph) -> None:
        """A paragraph within the list whose number was taken away: it keeps the style, with the list 0."""
        if self._by_style:
            paragraph.style = "Loa 0 con"
            paragraph._p.get_or_add_pPr().append(_num_pr(0, 0))

    def _level(self, mark: str) -> int | None:
        for at, (kind, shown) in enumerate(self._levels):
            if _KINDS[kind].match(mark) and (kind != "decimal" or mark.startswith("Điều") == shown.startswith("Điều")):
                return at
        return None

    def _start(self) -> None:
        if self._started:
            self._num += 1
            self._root.append(_num(self._num, restart=True))

    @property
    def _root(self) -> Any:
        return self._document.part.numbering_part.element

    def _define(self) -> None:
        first = self._root.find(qn("w:num"))  # abstract lists have to stand before the lists
        levels = "".join(
            _level_xml(at, kind, shown, by_style=self._by_style) for at, (kind, shown) in enumerate(self._levels)
        )
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT}"><w:multiLevelType w:val="multilevel"/>'
        first.addprevious(parse_xml(f"{xml}{levels}</w:abstractNum>"))
        self._root.append(_num(self._num, restart=False))
        if self._by_style:
            for at in range(len(self._levels)):
                self._add_style(at)

    def _add_style(self, level: int) -> None:
        style = self._document.styles.add_style(f"Loa {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self._document.styles["Normal"]
        style.element.get_or_add_pPr().append(_num_pr(self._num, level))
        child: Any = self._document.styles.add_style(f"Loa {level} con", WD_STYLE_TYPE.PARAGRAPH)
        child.base_style = style


def _level_xml(at: int, kind: str, shown: str, *, by_style: bool) -> str:
    style = f'<w:pStyle w:val="Loa{at}"/>' if by_style else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:lvlText w:val="{shown}"/>'
        f'<w:lvlJc w:val="left"/></w:lvl>'
    )


def _num(num: int, *, restart: bool) -> Any:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    xml = f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{_ABSTRACT}"/>{override}</w:num>'
    return parse_xml(xml)


def _num_pr(num: int, level: int) -> Any:
    properties = OxmlElement("w:numPr")
    values = [("w:ilvl", level)] if level else []  # level 0 goes without saying
    for tag, value in (*values, ("w:numId", num)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), str(value))
        properties.append(element)
    return properties
