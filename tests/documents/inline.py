"""What stands within a paragraph besides its letters: tracked and moved words, notes, hidden words, links, line ends.

In the text of a sample: `{-deleted-}`, `{+inserted+}`, `{<moved away<}`, `{>moved here>}`, `{^footnote^}`,
`{_hidden_}`, `{=remark in the margin=}`, `{@link@}`, `{/}` (Shift+Enter).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

MARKED = re.compile(r"(\{([-+<>^_=@])(.*?)\2\}|\{/\})")
_KEPT = "+>@"  # what a reader of the page sees
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def plain_words(text: str) -> str:
    """What stands on paper: changes accepted, notes and hidden words left out, a line end for a blank."""
    return MARKED.sub(lambda m: " " if m[1] == "{/}" else m[3] if m[2] in _KEPT else "", text)


def notes_of(text: str) -> list[str]:
    """The footnotes of a text, in their order."""
    return [match[3] for match in MARKED.finditer(text) if match[2] == "^"]


def add_marked(document: Document, paragraph: Paragraph, text: str) -> None:
    """Add `text` to the paragraph, each mark as Word keeps it."""
    at = 0
    for match in MARKED.finditer(text):
        if text[at : match.start()]:
            paragraph.add_run(text[at : match.start()])
        if match[1] == "{/}":
            paragraph.add_run().add_break()
        else:
            _WAYS[match[2]](document, paragraph, match[3])
        at = match.end()
    if text[at:]:
        paragraph.add_run(text[at:])


def _change(kind: str, leaf: str) -> Callable[[Document, Paragraph, str], None]:
    def add(_: Document, paragraph: Paragraph, text: str) -> None:
        change, run, word = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(leaf)
        change.set(qn("w:id"), str(len(paragraph._p) + 1))
        change.set(qn("w:author"), "Văn thư")
        change.set(qn("w:date"), "2021-02-01T08:00:00Z")
        word.text = text
        word.set(qn("xml:space"), "preserve")
        run.append(word)
        change.append(run)
        paragraph._p.append(change)

    return add


def _hidden(_: Document, paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text).font.hidden = True


def _remark(document: Document, paragraph: Paragraph, text: str) -> None:
    document.add_comment(paragraph.runs[-1:], text=text, author="Văn thư", initials="VT")


def _link(_: Document, paragraph: Paragraph, text: str) -> None:
    """A link as a field: its address is the instruction of the field, its words the result."""
    for kind, words in (("begin", ""), ("", ' HYPERLINK "https://vidu.example/7. x" '), ("separate", ""), ("end", "")):
        if kind == "end":
            paragraph.add_run(text)
        run: Any = paragraph.add_run()._r
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run.append(element)


def _note(document: Document, paragraph: Paragraph, text: str) -> None:
    root = _notes(document)
    number = len(root) + 1
    inside = f'<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>'
    root.append(parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}">{inside}</w:footnote>'))
    run: Any = paragraph.add_run()._r
    run.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))


class _Notes(Part):
    """word/footnotes.xml, written when the file is saved."""

    root: Any

    @property
    def blob(self) -> bytes:
        return serialize_part_xml(self.root)


def _notes(document: Document) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            return relation.target_part.root
    part = _Notes(PackURI("/word/footnotes.xml"), _NOTES_TYPE, package=document.part.package)
    part.root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part.root


_WAYS: dict[str, Callable[[Document, Paragraph, str], None]] = {
    "-": _change("w:del", "w:delText"),
    "+": _change("w:ins", "w:t"),
    "<": _change("w:moveFrom", "w:t"),
    ">": _change("w:moveTo", "w:t"),
    "^": _note,
    "_": _hidden,
    "=": _remark,
    "@": _link,
}
