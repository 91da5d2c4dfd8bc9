"""Edits of content files: the edited text reads back, and nothing else changes by a byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.editing import body_of, edit_bytes, items_of, set_body, set_items, set_value, text_of
from bot.content.quoting import scalar
from bot.content.yaml_text import pairs, read_yaml
from bot.errors import ContentError, EditError

ROOT = Path(__file__).parents[2]
YAML_FILES = sorted([*ROOT.glob("intents/*.yaml"), *ROOT.glob("data/*.yaml"), *ROOT.glob("responses/vi/*.yaml")])
RESPONSES = sorted(ROOT.glob("responses/vi/*.md"))
INTENT = """\
# Chủ đề mẫu

title: Đeo khẩu trang   # trên nút
examples:
  # câu ngắn
  - đeo khi nào  # ghi chú
  - "khẩu trang: mấy lớp"
  # câu dài
  - một câu
    dài hai dòng
  - 'cuối'

# câu kiểm
checks: []
related: [ mask_fine,  five_k ] # nút
"""
FACTS = """\
moh_hotline:
  title: "Đường dây nóng"
  value:   # chưa có
  kind: phone
  source:
    title: "Thông báo"   # nguồn
    url:
  note: "Trực 24/24"

other:
  title: khác
brackets:
  source: {title: báo, url: , date: "2021"}   # trong ngoặc
"""
MESSAGES = """\
# Những câu Loa tự nói.
start: |
  **Chào!**
  
  Tôi là Loa.
# giữa
why_wrong: Sai
"""  # noqa: W293 - the real file has such a line
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HARD = ["no", "5:30", "0213", "1e3", "a: b", "a #b", "# a", "- a", "=1+1", "@x", "`x`", "'", '"', "", " ", "~", "null",
        "[a", "{a", "a, b]", "2021-02-05", "câu\nhai dòng", "\ta", "a\\b", "%a", "!a", "&a", "*a", "|", ">", "?", "? a",
        "a\u2028b", "\ufeffa", "\x00", "\x85", "😀", "a:", "---", "...", "<<", "=", "a\r\nb"]  # fmt: skip


def value_at(text: str, *path: str | int) -> Any:
    found = yaml.safe_load(text)
    for step in path:
        found = found[step]
    return found


def rest(text: str, start: str, end: str) -> tuple[str, str]:
    """What stands before and after an edited stretch, which lies between two marks."""
    return text[: text.index(start) + len(start)], text[text.index(end) :]


def test_there_are_files_to_try() -> None:
    assert len(YAML_FILES) > 40
    assert len(RESPONSES) > 30


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.name)
def test_writing_every_value_of_a_real_file_anew_changes_no_byte(path: Path) -> None:
    data = path.read_bytes()
    text = text_of(data)
    for pair in pairs(read_yaml(text).root):
        path_of = (pair.key.value,)
        if isinstance(pair.value, yaml.ScalarNode):
            text = set_value(text, path_of, pair.value.value)
        elif isinstance(pair.value, yaml.SequenceNode) and all(
            isinstance(each, yaml.ScalarNode) for each in pair.value.value
        ):
            text = set_items(text, path_of, items_of(text, path_of))
    assert edit_bytes(data, lambda _: text) == data


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.name)
def test_taking_a_sentence_out_and_in_again_at_the_end_of_a_real_file(path: Path) -> None:
    text = text_of(path.read_bytes())
    lists = [pair.key.value for pair in pairs(read_yaml(text).root) if pair.key.value in {"examples", "checks"}]
    for key in lists:
        texts = items_of(text, (key,))
        added = set_items(text, (key,), [*texts, "một câu: mới"])
        assert items_of(added, (key,)) == [*texts, "một câu: mới"]
        assert len(added.splitlines()) == len(text.splitlines()) + 1
        assert set_items(added, (key,), texts) == text


@pytest.mark.parametrize("path", RESPONSES, ids=lambda path: path.name)
def test_a_body_written_anew_changes_no_byte(path: Path) -> None:
    data = path.read_bytes()
    assert edit_bytes(data, lambda text: set_body(text, body_of(text))) == data
    changed = edit_bytes(data, lambda text: set_body(text, "mới\n"))
    assert changed.endswith(b"m\xe1\xbb\x9bi\n")
    assert data.startswith(changed.removesuffix("mới\n".encode()))


@given(TEXTS, st.sampled_from(["", "cũ\n", "---\nreview_by: 2021-05-05\n---\ncũ\n", "---\na: b\n---"]), st.booleans())
@example("---\na: b\n---\nx", "cũ\n", False)
@example("---\n---x", "", False)
@example("-x", "---\na: b\n---", False)
def test_any_body_is_read_back(body: str, text: str, windows: bool) -> None:
    text = text.replace("\n", "\r\n") if windows else text
    edited = set_body(text, body)
    assert body_of(edited).replace("\r\n", "\n") == body.replace("\r\n", "\n")
    front = text[: len(text) - len(body_of(text))]
    assert edited.startswith(front)


@given(TEXTS, st.booleans(), st.sampled_from([None, "'", '"']))
def test_any_text_reads_back_as_it_was(text: str, flow: bool, style: str | None) -> None:
    written = scalar(text, flow=flow, style=style)
    assert "\n" not in written
    assert yaml.safe_load(f"a: [x, {written}]" if flow else f"a:\n  - {written}\n") == (
        {"a": ["x", text]} if flow else {"a": [text]}
    )


@pytest.mark.parametrize("text", HARD, ids=ascii)
def test_hard_texts_read_back_everywhere(text: str) -> None:
    assert value_at(set_items(INTENT, ("checks",), [text]), "checks", 0) == text
    assert value_at(set_items(INTENT, ("related",), ["mask_fine", text]), "related", 1) == text
    assert value_at(set_value(FACTS, ("moh_hotline", "value"), text), "moh_hotline", "value") == text
    assert (
        value_at(set_value(FACTS, ("moh_hotline", "source", "title"), text), "moh_hotline", "source", "title") == text
    )
    assert value_at(set_value(MESSAGES, ("start",), text), "start") == text
    assert value_at(set_value(MESSAGES, ("why_wrong",), text), "why_wrong") == text


@given(TEXTS)
@example("câu: có # dấu")
@example("two\nlines")
def test_an_exchanged_sentence_leaves_the_rest_as_it_was(text: str) -> None:
    wanted = ["đeo khi nào", text, "một câu dài hai dòng", "cuối"]
    edited = set_items(INTENT, ("examples",), wanted)
    assert value_at(edited, "examples") == wanted
    assert rest(edited, "# ghi chú\n", "  # câu dài") == rest(INTENT, "# ghi chú\n", "  # câu dài")


@given(st.lists(TEXTS, max_size=8))
def test_any_list_is_reached_and_the_rest_stays(wanted: list[str]) -> None:
    edited = set_items(INTENT, ("examples",), wanted)
    assert (value_at(edited, "examples") or []) == wanted
    head, tail = rest(INTENT, "examples:", "\n# câu kiểm")
    assert edited.startswith(head)
    assert edited.endswith(tail)
    assert {key: value for key, value in yaml.safe_load(edited).items() if key != "examples"} == {
        key: value for key, value in yaml.safe_load(INTENT).items() if key != "examples"
    }


@given(st.lists(TEXTS, max_size=6))
def test_any_list_in_brackets_is_reached(wanted: list[str]) -> None:
    edited = set_items(INTENT, ("related",), wanted)
    assert value_at(edited, "related") == wanted
    assert edited.startswith(INTENT[: INTENT.index("[ mask_fine")])
    assert edited.endswith("] # nút\n" if wanted else " # nút\n")


@given(TEXTS, st.sampled_from([("value",), ("title",), ("kind",), ("note",), ("source", "title"), ("source", "url")]))
def test_any_field_of_a_fact_is_reached_and_the_rest_stays(text: str, field: tuple[str, ...]) -> None:
    edited = set_value(FACTS, ("moh_hotline", *field), text)
    assert value_at(edited, "moh_hotline", *field) == text
    before, after = yaml.safe_load(FACTS), yaml.safe_load(edited)
    node = after["moh_hotline"]
    for step in field[:-1]:
        node = node[step]
    node[field[-1]] = value_at(FACTS, "moh_hotline", *field)
    assert after == before
    assert edited.count("# chưa có") == edited.count("# nguồn") == 1 or "#" in text


@given(TEXTS.filter(bool))
def test_any_message_is_reached_and_its_neighbours_stay(text: str) -> None:
    edited = set_value(MESSAGES, ("start",), text)
    assert value_at(edited, "start") == text
    assert rest(edited, "start:", "# giữa\nwhy")[0] == rest(MESSAGES, "start:", "# giữa\nwhy")[0]
    assert edited.endswith("# giữa\nwhy_wrong: Sai\n")


def test_several_lines_stay_readable() -> None:
    edited = set_value(MESSAGES, ("start",), "Dòng một\n\nDòng hai: # {{ x }}\n")
    assert "start: |\n  Dòng một\n\n  Dòng hai: # {{ x }}\n# giữa\n" in edited


def test_line_by_line() -> None:
    wanted = ["trước hết", "đeo khi nào", "khẩu trang: mấy lớp", "cuối", "sau: cùng"]
    assert set_items(INTENT, ("examples",), wanted) == INTENT.replace(
        "  - đeo khi nào", "  - trước hết\n  - đeo khi nào"
    ).replace("  - một câu\n    dài hai dòng\n", "").replace("'cuối'\n", "'cuối'\n  - 'sau: cùng'\n")


def test_a_list_that_is_emptied_or_begun() -> None:
    emptied = set_items(INTENT, ("examples",), [])
    assert "examples: []\n  # câu ngắn\n" in emptied
    assert yaml.safe_load(emptied)["examples"] == []
    assert set_items(INTENT, ("checks",), ["một", "hai"]) == INTENT.replace("checks: []", "checks:\n  - một\n  - hai")
    order = ("title", "examples", "checks", "signs", "related")
    assert set_items(INTENT, ("signs",), ["lối tắt"], order) == INTENT.replace(
        "checks: []\n", "checks: []\nsigns:\n  - lối tắt\n"
    )


def test_keys_that_are_missing_are_added_in_their_place() -> None:
    order = ("title", "value", "seen", "note")
    assert set_value(FACTS, ("moh_hotline", "seen"), "2021-02-05", order) == FACTS.replace(
        "chưa có\n", "chưa có\n  seen: '2021-02-05'\n"
    )
    added = set_value(FACTS, ("other", "source", "title"), "báo")
    assert added == FACTS.replace("khác\n", "khác\n  source:\n    title: báo\n")
    assert set_value(FACTS.removesuffix("\n"), ("brackets", "note"), "x") == FACTS + "  note: x"
    assert set_value("a:\n  source:\n  b: 1\n", ("a", "source", "url"), "u") == "a:\n  source:\n    url: u\n  b: 1\n"
    assert set_value(FACTS, ("other", "seen"), None) == FACTS


@given(TEXTS, st.sampled_from(["title", "url", "date", "new"]))
@example("a, b}", "title")
def test_a_value_in_brackets_is_reached_and_the_rest_stays(text: str, key: str) -> None:
    edited = set_value(FACTS, ("brackets", "source", key), text)
    assert value_at(edited, "brackets", "source") == {**value_at(FACTS, "brackets", "source"), key: text}
    assert edited.startswith(FACTS[: FACTS.index("{title: báo")])
    assert edited.endswith("}   # trong ngoặc\n")
    assert value_at(set_value(edited, ("brackets", "source", key), None), "brackets", "source", key) is None


def test_a_value_is_taken_out() -> None:
    assert set_value(FACTS, ("moh_hotline", "note"), None) == FACTS.replace(' "Trực 24/24"', "")


def test_line_ends_and_byte_order_mark_of_windows_stay() -> None:
    data = b"\xef\xbb\xbf" + INTENT.replace("\n", "\r\n").encode()
    edited = edit_bytes(data, lambda text: set_items(text, ("checks",), ["một", "hai"]))
    assert edited == data.replace(b"checks: []\r\n", "checks:\r\n  - một\r\n  - hai\r\n".encode())
    body = edit_bytes(b"---\r\nreview_by: 2021-05-05\r\n---\r\nm\r\n", lambda text: set_body(text, "a\nb\n"))
    assert body == b"---\r\nreview_by: 2021-05-05\r\n---\r\na\r\nb\r\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [(INTENT, ("title", "x")), (INTENT, ("examples",)), (INTENT, ("examples", "x"))],
    ids=["below a text", "a list", "below a list"],
)
def test_places_of_another_kind_are_refused(text: str, path: tuple[str, ...]) -> None:
    with pytest.raises(EditError):
        set_value(text, path, "x")


@pytest.mark.parametrize("path", [("title",), ("related", "x")])
def test_a_list_is_not_written_over_something_else(path: tuple[str, ...]) -> None:
    with pytest.raises(EditError):
        set_items(INTENT, path, ["x"])


@pytest.mark.parametrize("text", ["a: [", "- a\n", "", "a: \x00"], ids=ascii)
def test_a_text_that_is_no_yaml_is_named(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        set_value(text, ("a",), "x")
    assert caught.value.problems[0].what


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(ContentError, match=r"x\.yaml:1: tệp không phải UTF-8"):
        edit_bytes(b"a: \xff", str.upper, "x.yaml")
