from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.content.words_diff import Clash, Conflict, Merged, Run, as_text, diff, merge3, shortened

WORDS = st.lists(st.sampled_from(["đeo", "khẩu trang", "không", "phạt", ".", ",", "\n", " ", "  "])).map("".join)
TEXTS = st.lists(st.sampled_from(["", "a", "b", "c", "- câu mẫu", "  thụt"]), max_size=8).map("\n".join)
LINES = [f"dòng {number}" for number in range(12)]
BASE = "\n".join(LINES)


def swapped(result: Merged | Conflict) -> Merged | Conflict:
    if isinstance(result, Merged):
        return result
    pieces = [Clash(p.line, p.base, p.theirs, p.mine) if isinstance(p, Clash) else p for p in result.pieces]
    return Conflict(tuple(pieces))


def test_one_word_that_was_replaced() -> None:
    runs = diff("phạt từ 1 triệu đồng", "phạt từ 2 triệu đồng")
    assert runs == (
        Run("kept", "phạt từ "), Run("removed", "1"), Run("added", "2"), Run("kept", " triệu đồng"),
    )  # fmt: skip
    assert as_text(runs) == "phạt từ [-1-]{+2+} triệu đồng"


def test_neighbouring_changes_are_one_change() -> None:
    assert as_text(diff("gọi số cũ rồi", "gọi máy mới rồi")) == "gọi [-số cũ-]{+máy mới+} rồi"


def test_words_that_were_added_at_the_end_leave_the_others_alone() -> None:
    assert as_text(diff("đeo khẩu trang", "đeo khẩu trang khi ra chợ")) == "đeo khẩu trang{+ khi ra chợ+}"


def test_a_sign_changes_by_itself() -> None:
    assert as_text(diff("Gọi 115.", "Gọi 115!")) == "Gọi 115[-.-]{+!+}"


@given(WORDS, WORDS)
def test_the_runs_make_up_both_texts(old: str, new: str) -> None:
    runs = diff(old, new)
    assert "".join(run.text for run in runs if run.kind != "added") == old
    assert "".join(run.text for run in runs if run.kind != "removed") == new
    assert all(run.text for run in runs)
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.kind == "kept" for run in diff(text, text))


def test_far_from_a_change_words_are_left_out() -> None:
    old = " ".join(map(str, range(40)))
    runs = diff(old, old.replace("20", "hai mươi"))
    assert as_text(shortened(runs, 2)) == "… 18 19 [-20-]{+hai mươi+} 21 22 …"


def test_between_two_changes_the_middle_is_left_out() -> None:
    runs = (Run("added", "x "), Run("kept", "một hai ba bốn năm"), Run("removed", " y"))
    assert as_text(shortened(runs, 1)) == "{+x +}một … năm[- y-]"
    assert shortened(runs, 3) == runs


def test_edits_of_different_lines_are_both_kept() -> None:
    mine, theirs = BASE.replace("dòng 2", "của tôi"), BASE.replace("dòng 3", "của bạn") + "\nthêm"
    merged = merge3(BASE, mine, theirs)
    assert merged == Merged(BASE.replace("dòng 2", "của tôi").replace("dòng 3", "của bạn") + "\nthêm")


def test_edits_of_one_line_are_a_conflict_with_both_sides() -> None:
    conflict = merge3(BASE, BASE.replace("dòng 2", "của tôi"), BASE.replace("dòng 2", "của bạn"))
    assert isinstance(conflict, Conflict)
    assert conflict.clashes == (Clash(3, ("dòng 2",), ("của tôi",), ("của bạn",)),)
    assert conflict.pieces[0] == ("dòng 0", "dòng 1")
    assert conflict.resolved(["mine"]) == BASE.replace("dòng 2", "của tôi")
    assert conflict.resolved(["theirs"]) == BASE.replace("dòng 2", "của bạn")
    assert conflict.resolved(["base"]) == BASE


def test_two_insertions_at_one_place_are_a_conflict_unless_they_are_the_same() -> None:
    assert merge3("a\nb", "a\nx\nb", "a\ny\nb") == Conflict((("a",), Clash(2, (), ("x",), ("y",)), ("b",)))
    assert merge3("a\nb", "a\nx\nb", "a\nx\nb") == Merged("a\nx\nb")


def test_an_edit_of_lines_that_the_other_took_out_is_a_conflict() -> None:
    conflict = merge3("a\nb\nc\nd", "a\nd", "a\nb\nC\nd")
    assert conflict == Conflict((("a",), Clash(2, ("b", "c"), (), ("b", "C")), ("d",)))


@given(TEXTS, TEXTS)
def test_beside_an_unchanged_side_the_other_one_wins(base: str, edited: str) -> None:
    assert merge3(base, base, edited) == merge3(base, edited, base) == Merged(edited)
    assert merge3(base, edited, edited) == Merged(edited)


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_can_be_swapped(base: str, mine: str, theirs: str) -> None:
    assert merge3(base, theirs, mine) == swapped(merge3(base, mine, theirs))


@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11)))
def test_there_is_a_conflict_only_where_both_changed_a_line(mine: set[int], theirs: set[int]) -> None:
    def edited(numbers: set[int], by: str) -> str:
        return "\n".join(f"{line} {by}" if at in numbers else line for at, line in enumerate(LINES))

    result = merge3(BASE, edited(mine, "tôi"), edited(theirs, "bạn"))
    if mine & theirs:
        assert isinstance(result, Conflict)
        clashed = {at for each in result.clashes for at in range(each.line - 1, each.line - 1 + len(each.base))}
        assert mine & theirs <= clashed <= mine | theirs
    else:
        both = [
            f"{line} tôi" if at in mine else f"{line} bạn" if at in theirs else line for at, line in enumerate(LINES)
        ]
        assert result == Merged("\n".join(both))


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_of_a_clash_differ_from_each_other_and_from_what_was_there(base: str, mine: str, theirs: str) -> None:
    result = merge3(base, mine, theirs)
    for clash in result.clashes if isinstance(result, Conflict) else ():
        assert len({clash.base, clash.mine, clash.theirs}) == 3
        assert tuple(base.split("\n"))[clash.line - 1 :][: len(clash.base)] == clash.base


@given(TEXTS, TEXTS)
def test_edits_that_replace_everything_leave_one_side_or_the_other(mine: str, theirs: str) -> None:
    result = merge3("trước", mine, theirs)
    if isinstance(result, Conflict):
        assert result.resolved(["mine"] * len(result.clashes)) == mine
        assert result.resolved(["theirs"] * len(result.clashes)) == theirs
    else:
        assert mine == theirs or "trước" in (mine.split("\n") + theirs.split("\n"))
