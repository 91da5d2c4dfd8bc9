"""What a Word file holds and does not print among its words is left out, and the officer is told."""

from __future__ import annotations

from bot.documents.reading import read_document
from tests.documents.broken import paragraph, word_file

_HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Không ai được thấy.</w:t></w:r>"
_NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def _notes(more: str) -> tuple[str, ...]:
    body = paragraph("1. Sở Y tế chủ trì, phối hợp với các cơ quan.").replace("</w:p>", f"{more}</w:p>")
    found = read_document(word_file(body))
    assert [part.text for part in found.clauses] == ["Sở Y tế chủ trì, phối hợp với các cơ quan."]
    return found.notes


def test_hidden_words_are_told() -> None:
    assert any("chữ ẩn" in note for note in _notes(_HIDDEN))


def test_footnotes_are_told() -> None:
    assert any("chú thích" in note for note in _notes(_NOTE))


def test_nothing_is_told_where_nothing_is_left_out() -> None:
    assert not any("chữ ẩn" in note or "chú thích" in note for note in _notes(""))
