"""Tracked changes: what Word keeps of a paragraph that was corrected with "Track Changes" on."""

from __future__ import annotations

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_PARTS = re.compile(r"(\{-.*?-\}|\{\+.*?\+\})")


def add_tracked(paragraph: Paragraph, text: str) -> None:
    """Add `text`, with `{-deleted-}` as w:del and `{+inserted+}` as w:ins."""
    for part in filter(None, _PARTS.split(text)):
        if part.startswith("{-"):
            _change(paragraph, "w:del", "w:delText", part[2:-2])
        elif part.startswith("{+"):
            _change(paragraph, "w:ins", "w:t", part[2:-2])
        else:
            paragraph.add_run(part)


def _change(paragraph: Paragraph, kind: str, leaf: str, text: str) -> None:
    change, run, word = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(leaf)
    change.set(qn("w:id"), str(len(paragraph._p) + 1))
    change.set(qn("w:author"), "Văn thư")
    change.set(qn("w:date"), "2021-02-01T08:00:00Z")
    word.text = text
    word.set(qn("xml:space"), "preserve")
    run.append(word)
    change.append(run)
    paragraph._p.append(change)
