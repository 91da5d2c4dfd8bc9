"""What Word leaves in files besides paragraphs and runs: each changes how a text is stored, none what it says."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def apply(document: Document, names: Iterable[str]) -> None:
    """Store the text of a finished document in the ways named."""
    for name in names:
        _WAYS[name](document.element.body)


def _content_controls(body: Any) -> None:
    """Every third paragraph and the head stand in a content control, as templates of document systems have them."""
    for block in [child for child in body if child.tag in (qn("w:p"), qn("w:tbl"))][::3]:
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(OxmlElement("w:sdtPr"))
        control.append(content)
        block.addprevious(control)
        content.append(block)


def _smart_tags(body: Any) -> None:
    """Word 2003 put dates and places into tags of their own."""
    for run in list(body.iter(qn("w:r")))[::2]:
        tag = OxmlElement("w:smartTag")
        tag.set(qn("w:element"), "date")
        run.addprevious(tag)
        tag.append(run)


def _hyphens(body: Any) -> None:
    """Hyphens that do not break are an element, not a letter (Ctrl+Shift+-)."""
    _split(body, re.compile(r"(?<=\w)(-)(?=\w)"), lambda: OxmlElement("w:noBreakHyphen"))


def _tabs(body: Any) -> None:
    """A tab after the mark instead of a blank."""
    _split(body, re.compile(r"^(?:\d+[.\-]|[a-zđ]\))( )"), lambda: OxmlElement("w:tab"))


def _split(body: Any, pattern: re.Pattern[str], element: Callable[[], Any]) -> None:
    for word in list(body.iter(qn("w:t"))):
        while match := pattern.search(word.text or ""):
            before, after = word.text[: match.start(1)], word.text[match.end(1) :]
            first = copy.deepcopy(word)
            first.text, word.text = before, after
            for each in (first, word):
                each.set(qn("xml:space"), "preserve")
            word.addprevious(first)
            word.addprevious(element())


def _broken_runs(body: Any) -> None:
    """Spelling marks and corrections cut words into runs of a few letters."""
    for run in list(body.iter(qn("w:r"))):
        words = run.findall(qn("w:t"))
        if len(run) - len(run.findall(qn("w:rPr"))) != 1 or not words:
            continue
        for at in range(0, len(words[0].text), 3):
            piece = copy.deepcopy(run)
            text = piece.find(qn("w:t"))
            text.text = words[0].text[at : at + 3]
            text.set(qn("xml:space"), "preserve")
            run.addprevious(piece)
        run.getparent().remove(run)


def _one_paragraph_heads(body: Any) -> None:
    """The lines of a cell of the head are one paragraph with line breaks (Shift+Enter)."""
    for cell in body.iter(qn("w:tc")):
        first, *others = cell.findall(qn("w:p"))
        for other in others:
            run = OxmlElement("w:r")
            run.append(OxmlElement("w:br"))
            first.append(run)
            first.extend(other.findall(qn("w:r")))
            cell.remove(other)


_WAYS: dict[str, Callable[[Any], None]] = {
    "content_controls": _content_controls,
    "smart_tags": _smart_tags,
    "hyphens": _hyphens,
    "tabs": _tabs,
    "broken_runs": _broken_runs,
    "line_breaks": _one_paragraph_heads,
}
