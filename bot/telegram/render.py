"""A Reply as messages of Telegram: HTML text of at most 4,096 characters, and an inline keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from ..core.reply import Block, Button, Reply, Span

# Telegram counts UTF-16 units after it has read the entities; a margin for the marks of list items.
MAX_UNITS = 4096
_ROOM = MAX_UNITS - 96
_MARKS = {"bold": "b", "italic": "i", "quote": "i", "code": "code"}


def messages(reply: Reply) -> list[dict[str, Any]]:
    """`text`, `parse_mode` and so on of each message, in order; the last one has the keyboard."""
    bodies = [_html(chunk) for chunk in _chunks(reply.blocks)]
    found = [_message(body) for body in bodies if body]
    if found and reply.buttons:
        found[-1]["reply_markup"] = keyboard(reply.buttons)
    return found


def _message(body: str) -> dict[str, Any]:
    return {"text": body, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def keyboard(rows: Sequence[Sequence[Button]]) -> Mapping[str, Any]:
    """Rows of buttons as an inline keyboard."""
    return {"inline_keyboard": [[{"text": each.label, "callback_data": each.action} for each in row] for row in rows]}


def link_keyboard(label: str, url: str) -> Mapping[str, Any]:
    """One button that opens an address."""
    return {"inline_keyboard": [[{"text": label, "url": url}]]}


def in_one(reply: Reply) -> str:
    """The reply as the HTML of one message: where it is too long, later lines are left out, notes and source last."""
    blocks = list(reply.blocks)
    while len(list(_chunks(blocks))) > 1:
        body = [index for index, block in enumerate(blocks) if block.kind not in ("note", "source")]
        del blocks[body[-1] if body else -1]
    return _html(blocks)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _html(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for index, block in enumerate(blocks):
        if index and _apart(blocks[index - 1], block):
            lines.append("")
        lines.append(_block(block))
    return "\n".join(lines)


def _apart(before: Block, block: Block) -> bool:
    """An empty line before another kind of block, but not between a sentence and its list."""
    return before.kind != block.kind and block.kind != "item"


def _block(block: Block) -> str:
    text = "".join(_span(span) for span in block.spans)
    if block.kind == "heading":
        return f"<b>{text}</b>"
    if block.kind in ("note", "source"):
        return f"<i>{text}</i>"
    return f"– {text}" if block.kind == "item" else text


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.style == "link":
        # Telegram has no tel: links; it finds telephone numbers by itself.
        return f"<b>{text}</b>" if span.href.startswith("tel:") else f'<a href="{escape(span.href)}">{text}</a>'
    mark = _MARKS.get(span.style)
    return f"<{mark}>{text}</{mark}>" if mark else text


def _chunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    chunk: list[Block] = []
    used = 0
    for block in (piece for whole in blocks for piece in _pieces(whole)):
        size = units(block.text) + 4
        if chunk and used + size > _ROOM:
            yield chunk
            chunk, used = [], 0
        chunk.append(block)
        used += size
    if chunk:
        yield chunk


def _pieces(block: Block) -> Iterator[Block]:
    """The block, or several where it is too long for one message by itself."""
    if units(block.text) + 4 <= _ROOM:
        yield block
        return
    room = _ROOM // 2
    for span in block.spans:
        for start in range(0, len(span.text), room):
            yield replace(block, spans=(replace(span, text=span.text[start : start + room]),))
