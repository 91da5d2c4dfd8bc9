"""A Reply as HTML for pages, and as Markdown for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from ..core.reply import Block, Span

_TAGS = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
}
_MARKS = {"bold": "**", "italic": "_", "code": "`"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")


def html(blocks: Sequence[Block]) -> Markup:
    """Blocks as HTML; every text is escaped."""
    parts: list[Markup] = []
    for is_item, group in groupby(blocks, key=lambda block: block.kind == "item"):
        items = list(group)
        lines = [Markup("").join(map(_span, block.spans)) for block in items]
        if is_item:
            listed = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
            parts.append(Markup("<ul>{}</ul>").format(listed))
        else:
            parts += [_paragraph(block, line) for block, line in zip(items, lines, strict=True)]
    return Markup("").join(parts)


def _paragraph(block: Block, line: Markup) -> Markup:
    if block.kind == "heading":
        return Markup("<p><strong>{}</strong></p>").format(line)
    if block.kind in ("note", "source"):
        return Markup('<p class="{}">{}</p>').format(block.kind, line)
    return Markup("<p>{}</p>").format(line)


def _span(span: Span) -> Markup:
    if span.style == "link":
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(span.href, span.text)
    if span.style == "quote":
        # <q> brings the quotation marks.
        return Markup("<q>{}</q>").format(span.text.removeprefix("“").removesuffix("”"))
    tag = _TAGS.get(span.style)
    return tag.format(span.text) if tag else escape(span.text)


def markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown; what was text stays text."""
    lines: list[str] = []
    for index, block in enumerate(blocks):
        text = "".join(_marked(span) for span in block.spans)
        apart = index and not (block.kind == "item" and blocks[index - 1].kind == "item")
        lines.append(("\n" if apart else "") + (f"- {text}" if block.kind == "item" else text))
    return "\n".join(lines)


def _marked(span: Span) -> str:
    text = _MARKDOWN.sub(r"\\\1", span.text)
    if span.style == "link":
        return f"[{text}]({span.href})"
    mark = _MARKS.get(span.style, "")
    return f"{mark}{text}{mark}"
