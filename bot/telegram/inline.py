"""What somebody sees who types the bot's name and a few words in any chat."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..core.cards import Card
from ..core.guide import Guide
from ..core.reply import Outcome, Reply
from ..store.records import Send
from .render import in_one, link_keyboard

_LINE_LETTERS = 160
_CACHED_SECONDS = 60  # at Telegram: an officer's new sentence is not held up for long


def answer_inline(
    guide: Guide, query_id: str, text: str, name: str | None, now: date, paused: Reply | None = None
) -> Send:
    """The cards for a query. They are the same for everyone, and nothing of it is kept.

    While Loa is `paused` there is one card, which says so; Telegram is not to keep it.
    """
    cards = guide.cards(text, now) if paused is None else (_paused(guide, paused),)
    cached = _CACHED_SECONDS if paused is None else 0
    results = [_article(guide, card, name) for card in cards]
    payload = {"inline_query_id": query_id, "results": results, "cache_time": cached, "is_personal": False}
    return Send("answerInlineQuery", payload)


def _paused(guide: Guide, reply: Reply) -> Card:
    title = "inline_danger_title" if reply.outcome is Outcome.ANSWERED else "inline_paused_title"
    return Card("paused", "", guide.sentence(title), reply)


def _article(guide: Guide, card: Card, name: str | None) -> dict[str, Any]:
    content = {"message_text": in_one(card.reply), "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    found = {"type": "article", "id": card.id, "title": card.title, "input_message_content": content}
    if line := next((block.text for block in card.reply.blocks if block.text), ""):
        found["description"] = line if len(line) <= _LINE_LETTERS else line[: _LINE_LETTERS - 1].rstrip() + "…"
    if name:
        start = f"?start={card.intent}" if card.intent else ""
        found["reply_markup"] = link_keyboard(guide.sentence("inline_ask"), f"https://t.me/{name}{start}")
    return found
