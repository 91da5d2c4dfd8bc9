"""The small Markdown that responses use, into blocks: paragraphs, list items, bold, italic, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .reply import Block, BlockKind, Span, SpanStyle

_PARSER = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "fence", "code", "html_block", "html_inline", "hr", "reference", "lheading", "autolink"]
)
_STYLES: dict[str, SpanStyle] = {"strong_open": "bold", "em_open": "italic", "link_open": "link"}
SAFE_LINK = re.compile(r"https?://|tel:", re.IGNORECASE)


@dataclass(slots=True)
class _Writer:
    """Gathers spans into blocks; one line of the source is one block."""

    blocks: list[Block] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    kind: BlockKind = "paragraph"

    def end_line(self) -> None:
        spans = _trim(self.spans)
        if spans:
            self.blocks.append(Block(self.kind, spans))
        self.spans = []


def _trim(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept = [span for span in spans if span.text]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(span for span in kept if span.text)


def to_blocks(text: str, slots: Sequence[Span], opening: str, closing: str) -> tuple[Block, ...]:
    """Markdown to blocks; `opening n closing` in the text stands for `slots[n]`, entered as it is."""
    slot = re.compile(f"{opening}(\\d+){closing}")
    writer = _Writer()
    for token in _PARSER.parse(text):
        if token.type == "list_item_open":
            writer.kind = "item"
        elif token.type == "list_item_close":
            writer.kind = "paragraph"
        elif token.type == "heading_open":
            writer.kind = "heading"
        elif token.type == "inline":
            _inline(token.children or [], writer, slots, slot)
            writer.end_line()
        elif token.type == "heading_close":
            writer.kind = "paragraph"
    return tuple(writer.blocks)


def _inline(tokens: Sequence[Token], writer: _Writer, slots: Sequence[Span], slot: re.Pattern[str]) -> None:
    style: SpanStyle = "plain"
    href = ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            writer.end_line()
        elif token.type in _STYLES:
            target = str(token.attrGet("href") or "")
            linked = token.type == "link_open" and SAFE_LINK.match(target)
            style, href = ("link", target) if linked else (_plain_link(token), "")
        elif token.type.endswith("_close"):
            style, href = "plain", ""
        elif token.type == "code_inline":
            writer.spans.append(Span(token.content, "code"))
        else:
            writer.spans.extend(_with_slots(token.content, style, href, slots, slot))


def _plain_link(token: Token) -> SpanStyle:
    """An address that is not http(s) or tel is shown as plain words."""
    return "plain" if token.type == "link_open" else _STYLES[token.type]


def _with_slots(text: str, style: SpanStyle, href: str, slots: Sequence[Span], slot: re.Pattern[str]) -> list[Span]:
    spans: list[Span] = []
    for index, part in enumerate(slot.split(text)):
        if index % 2 == 0:
            spans.append(Span(part, style, href))
        else:
            filled = slots[int(part)]
            spans.append(replace(filled, style=style, href=href) if filled.style == "plain" else filled)
    return spans
