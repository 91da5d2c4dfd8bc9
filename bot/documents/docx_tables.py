"""Tables of Word files: their rows and cells, and whether they hold data or only set the page out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.syllables import bare
from .fonts import likely
from .ooxml import Element

# What holds text, or rows, or cells, and is none itself.
INSIDE = {"w_sdt", "w_sdtContent", "w_ins", "w_moveTo", "w_customXml", "w_smartTag", "w_hyperlink", "w_fldSimple",
           "w_dir", "w_bdo"}  # fmt: skip
# A table that holds one of these sets the page out; others hold data.
_LAYOUT = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|noi nhan|^[ \t]*(?:tm|kt|tl|tuq)\.|^[ \t]*(?:t/m|k/t|t/l)[ \t]|kinh gui|"
    r"\bngay\b.{0,20}\bthang\b.{0,20}\bnam\b|^[ \t]*so[ \t]*:|^[ \t]*(?:pho )?(?:chu tich|giam doc|bi thu)[ \t]*$",
    re.MULTILINE,
)


def rows_of(element: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted."""
    for child in element:
        if child.tag == "w_tr" and child.find("w_trPr/w_del") is None:
            yield child
        elif child.tag in INSIDE:
            yield from rows_of(child)


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    found: list[Element] = []
    for child in row:
        if child.tag == "w_tc":
            found.append(child)
        elif child.tag in INSIDE:
            found += cells_of(child)
    return found


def words_of(element: Element) -> str:
    """The words in a part of the file, a line for each of theirs, for a first look."""
    paragraphs = ("".join(_first_look(each) for each in p.iter()) for p in element.iter("w_p"))
    return "\n".join(likely(line) for text in paragraphs for line in text.split("\n") if line.strip())


def _first_look(element: Element) -> str:
    if element.tag == "w_t":
        return element.text or ""
    return "\n" if element.tag in ("w_br", "w_cr") else ""


def is_layout(found: list[list[Element]]) -> bool:
    """Whether rows of cells set the page out (head, signature) and hold no data."""
    widest = max((sum(bool(words_of(cell)) for cell in row) for row in found), default=0)
    text = "\n".join(filter(None, (words_of(cell) for row in found for cell in row)))
    return widest <= 2 and bool(_LAYOUT.search(bare(text)))
