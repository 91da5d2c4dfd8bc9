"""Automatic numbers of Word are counted as Word shows them."""

from __future__ import annotations

import pytest

from bot.documents.docx import docx_lines
from bot.documents.kinds import parse
from tests.documents.broken import WORD, paragraph, word_file


def level(depth: int, kind: str, text: str, *, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> bytes:
    inside = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'
    return f'<w:numbering xmlns:w="{WORD}">{inside}</w:numbering>'.encode()


def styles(inside: str) -> bytes:
    return f'<w:styles xmlns:w="{WORD}">{inside}</w:styles>'.encode()


def item(depth: int, number: int = 1, text: str = "việc") -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def shown(body: str, **parts: bytes) -> list[str]:
    return [line.text for line in docx_lines(word_file(body, **parts))[0]]


THREE = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "bullet", "\uf0b7")


def test_levels_count_and_begin_anew() -> None:
    body = "".join(map(item, (0, 1, 1, 2, 1, 0, 1)))
    marks = [line.split()[0] for line in shown(body, numbering=numbering(THREE))]
    assert marks == ["1.", "a)", "b)", "-", "c)", "2.", "a)"]


@pytest.mark.parametrize(
    ("kind", "text", "first", "third"),
    [
        ("decimal", "Điều %1.", "Điều 1.", "Điều 3."),
        ("upperRoman", "%1.", "I.", "III."),
        ("lowerRoman", "(%1)", "(i)", "(iii)"),
        ("upperLetter", "%1.", "A.", "C."),
        ("decimalZero", "%1)", "01)", "03)"),
    ],
)
def test_formats(kind: str, text: str, first: str, third: str) -> None:
    lines = shown("".join(map(item, (0, 0, 0))), numbering=numbering(level(0, kind, text)))
    assert [lines[0].removesuffix(" việc"), lines[2].removesuffix(" việc")] == [first, third]


def test_numbers_of_upper_levels_stand_in_lower_ones_and_legal_ones_are_arabic() -> None:
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", more="<w:isLgl/>")
    assert [line.split()[0] for line in shown("".join(map(item, (0, 1, 1, 0, 1))), numbering=numbering(levels))] == [
        "I.", "1.1.", "1.2.", "II.", "2.1."
    ]  # fmt: skip


def test_a_second_list_goes_on_or_begins_anew_as_it_says() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{extra}</w:num>'
        for n, extra in ((1, ""), (2, ""), (3, start))
    )
    body = item(0, 1) + item(0, 1) + item(0, 2) + item(0, 3) + item(0, 3)
    lines = shown(body, numbering=numbering(THREE, nums))
    assert [line.split()[0] for line in lines] == ["1.", "2.", "3.", "1.", "2."]


def test_a_level_may_begin_elsewhere_or_go_on_over_upper_ones() -> None:
    levels = level(0, "decimal", "%1.", start=5) + level(1, "lowerLetter", "%2)", more='<w:lvlRestart w:val="0"/>')
    lines = shown("".join(map(item, (0, 1, 0, 1))), numbering=numbering(levels))
    assert [line.split()[0] for line in lines] == ["5.", "a)", "6.", "b)"]


def test_numbers_may_come_from_a_style_and_from_the_one_it_is_based_on() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Khoan"/></w:style>'
    )
    body = paragraph("một", '<w:pStyle w:val="Khoan"/>') + paragraph("hai", '<w:pStyle w:val="Con"/>')
    off = paragraph("không số", '<w:pStyle w:val="Khoan"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    lines = shown(body + off, numbering=numbering(THREE), styles=styles(style))
    assert lines == ["1. một", "2. hai", "không số"]


def test_what_cannot_be_counted_is_told() -> None:
    _, notes = docx_lines(word_file(item(0, 7)))
    assert any("số thứ tự" in note for note in notes)
    _, unknown = docx_lines(word_file(item(0), numbering=numbering(level(0, "chicken", "%1."))))
    assert any("số thứ tự" in note for note in unknown)
    _, fine = docx_lines(word_file(item(0), numbering=numbering(THREE)))
    assert fine == []


def test_a_deleted_paragraph_is_not_counted() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
    )
    assert shown(item(0) + deleted + item(0), numbering=numbering(THREE)) == ["1. việc", "2. việc"]


def test_automatic_letters_give_the_paths_that_word_shows() -> None:
    body = "".join(map(item, (0, 1, 1, 1, 1, 1, 1, 0)))
    found = parse(word_file(body, numbering=numbering(THREE)))
    assert [part.path for part in found.clauses] == ["1", "1.a", "1.b", "1.c", "1.d", "1.e", "1.f", "2"]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_hidden_words_are_left_out_and_capitals_put_on() -> None:
    body = f"<w:p>{run('quyết định', '<w:caps/>')}{run(' thầm', '<w:vanish/>')}{run(' rõ')}</w:p>"
    assert shown(body) == ["QUYẾT ĐỊNH rõ"]


def test_text_boxes_are_read_once_and_footnotes_not_at_all() -> None:
    box = f"<w:txbxContent><w:p>{run('trong khung')}</w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p>{run("chú thích")}</w:p></w:footnote></w:footnotes>'
    )
    body = f"<w:p>{run('trước')}{note}<w:r>{both}</w:r></w:p><w:p>{run('sau')}</w:p>"
    assert shown(body, footnotes=notes.encode()) == ["trước", "trong khung", "sau"]
