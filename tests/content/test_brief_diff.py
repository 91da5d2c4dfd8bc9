"""Differences in few words: what changed, and no more."""

from __future__ import annotations

import time

from bot.content.brief_diff import brief
from bot.content.words_diff import Run, as_text


def shown(old: str | None, new: str | None, most: int = 600) -> str:
    return as_text(brief(old.encode() if old is not None else None, new.encode() if new is not None else None, most))


def test_only_the_lines_that_changed_are_shown_word_by_word() -> None:
    old = "một\nhai\nba bốn năm\nsáu\n"
    assert shown(old, old.replace("bốn", "BỐN")) == "ba [-bốn-]{+BỐN+} năm\n"


def test_lines_between_two_changes_are_left_out() -> None:
    old = "".join(f"dòng {number}\n" for number in range(9))
    new = old.replace("dòng 1\n", "dòng một\n").replace("dòng 7\n", "dòng bảy\n")
    assert shown(old, new) == "dòng [-1-]{+một+}\n…\ndòng [-7-]{+bảy+}\n"


def test_the_key_above_a_line_of_yaml_is_shown_with_it() -> None:
    old = "hotline:\n  title: Số\n  value: 1\nlocal:\n  title: Số\n"
    assert shown(old, old.replace("local:\n  title: Số", "local:\n  title: Số tỉnh")).startswith("local:\n  title: Số")
    assert shown("checks:\n  - a\n", "checks:\n  - a\n  - b\n") == "checks:\n{+  - b\n+}"


def test_new_and_deleted_items_are_all_added_or_removed() -> None:
    assert brief(None, b"a\nb\n") == (Run("added", "a\nb\n"),)
    assert brief(b"a\nb\n", None) == (Run("removed", "a\nb\n"),)
    assert brief(b"a\n", b"a\n") == ()


def test_it_stays_short() -> None:
    text = shown(None, "lời " * 5000, most=100)
    assert len(text) < 120
    assert text.endswith("…+}")


def test_what_is_no_text_is_not_shown() -> None:
    assert brief(b"OggS\xff\xfe", b"OggS\xff\xfd") == ()


def test_line_ends_of_another_system_are_no_change() -> None:
    assert brief(b"a\r\nb\r\n", b"a\nb\n") == ()


def test_two_long_files_that_have_nothing_in_common_take_no_time() -> None:
    old = "".join(f"cũ {number}\n" for number in range(20_000))
    new = "".join(f"mới {number}\n" for number in range(20_000))
    began = time.process_time()
    assert shown(old, new)
    assert time.process_time() - began < 1
