from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Block, BlockKind, Button, Outcome, Reply, Span
from bot.telegram.render import MAX_UNITS, messages, units
from tests.botapi.formatting import parse_html

HOSTILE = "<b>&amp; </i> <script> &#60; \"'"


def reply(*blocks: Block, buttons: tuple[tuple[Button, ...], ...] = ()) -> Reply:
    return Reply(Outcome.ANSWERED, blocks, buttons=buttons)


def test_every_style_is_marked_and_hostile_text_stays_text() -> None:
    styles = [Span(HOSTILE, style) for style in ("plain", "bold", "italic", "quote", "code")]
    spans = (*styles, Span("trang", "link", 'https://x.vn/?a=1&b="'), Span("115", "link", "tel:115"))
    (message,) = messages(reply(Block("paragraph", spans)))
    text, entities = parse_html(message["text"])
    assert text == HOSTILE * 5 + "trang115"
    assert {entity["type"] for entity in entities} == {"bold", "italic", "code", "text_link"}


def test_lists_notes_and_sources_stand_apart() -> None:
    kinds: tuple[BlockKind, ...] = ("heading", "paragraph", "item", "item", "paragraph", "source", "note")
    (message,) = messages(reply(*(Block(kind, (Span(kind),)) for kind in kinds)))
    assert message["text"].split("\n") == [
        "<b>heading</b>", "", "paragraph", "– item", "– item", "", "paragraph", "", "<i>source</i>", "", "<i>note</i>",
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6000), min_size=1, max_size=5))
def test_no_message_is_too_long_and_no_word_is_lost(texts: list[str]) -> None:
    button = ((Button("x", "menu"),),)
    sent = messages(reply(*(Block("paragraph", (Span(text, "bold"),)) for text in texts), buttons=button))
    plain = [parse_html(message["text"])[0] for message in sent]
    assert all(0 < units(text) <= MAX_UNITS for text in plain)
    assert "".join("".join(plain).split("\n")) == "".join("".join(texts).split("\n"))
    assert [bool(message.get("reply_markup")) for message in sent] == [False] * (len(sent) - 1) + [True]
