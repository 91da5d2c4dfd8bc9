"""What somebody sees who types the bot's name and a few words in any chat."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..core.guide import Card, Guide
from ..store.records import Send
from .render import in_one, link_keyboard

_LINE_LETTERS = 160
_CACHED_SECONDS = 60  # at Telegram: an officer's new sentence is not held up for long


def answer_inline(guide: Guide, query_id: str, text: str, name: str | None, now: date) -> Send:
    """The cards for a query. They are the same for everyone, and nothing of it is kept."""
    results = [_article(guide, card, name) for card in guide.cards(text, now)]
    payload = {"inline_query_id": query_id, "results": results, "cache_time": _CACHED_SECONDS, "is_personal": False}
    return Send("answerInlineQuery", payload)


def _article(guide: Guide, card: Card, name: str | None) -> dict[str, Any]:
    content = {"message_text": in_one(card.reply), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    found = {"type": "article", "id": card.id, "title": card.title, "input_message_content": content}
    if line := next((block.text for block in card.reply.blocks if block.text), ""):
        found["description"] = line if len(line) <= _LINE_LETTERS else line[: _LINE_LETTERS - 1].rstrip() + "…"
    if name:
        start = f"?start={card.intent}" if card.intent else ""
        found["reply_markup"] = link_keyboard(guide.sentence("inline_ask"), f"https://t.me/{name}{start}")
    return found
