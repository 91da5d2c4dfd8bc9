"""Correcting what was read: clauses cut and joined, what is wrong said at its field, and the files that come of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.directives import directive_of
from bot.content.files import parse_as, read
from bot.content.schemas import DirectiveFront
from bot.documents.correcting import Correction, Piece, typed
from bot.documents.correction_faults import doubts, faults
from bot.documents.correction_files import files_of_correction
from bot.documents.kinds import parse
from bot.documents.proposing import days, endings
from bot.errors import Problem
from tests.content.arriving import NAME, NEW, NEW_FILE, SOURCE_FILE, TEXT
from tests.core.directive_texts import directive

DATA = TEXT.encode()


@pytest.fixture
def read_one() -> Correction:
    return Correction.of(parse(DATA, NAME))


def paths(correction: Correction) -> list[str]:
    return [piece.path for piece in correction.pieces]


def with_text(correction: Correction, at: int, text: str) -> Correction:
    pieces = list(correction.pieces)
    pieces[at] = replace(pieces[at], text=text)
    return replace(correction, pieces=tuple(pieces))


def test_it_begins_with_what_was_read_and_enters_nothing_that_is_only_proposed(read_one: Correction) -> None:
    assert (read_one.id, read_one.number, read_one.date, read_one.year) == (NEW, "12/UBND-VX", "2021-03-10", "2021")
    assert read_one.cites == "05/UBND-VX | 05/02/2021 | Công văn"
    assert (read_one.superseded, read_one.effective, read_one.expires) == ((), "", "")
    assert paths(read_one) == ["head", "1", "2", "3", "end"]
    assert faults(read_one) == {}


def test_a_trip_through_json_changes_nothing(read_one: Correction) -> None:
    corrected = replace(read_one, ticked=("A@2021#1",))
    assert Correction.from_record(corrected.to_record()) == corrected


def test_the_paragraphs_of_the_source_are_all_there() -> None:
    document = parse(DATA, NAME)
    assert "".join("".join(document.paragraphs).split()) == "".join(TEXT.split())
    assert document.paragraphs[0] == "ỦY BAN NHÂN DÂN"


def test_id_and_titles_follow_number_and_date_until_somebody_types_them(read_one: Correction) -> None:
    moved = replace(read_one, number="13/UBND-VX").following(read_one)
    assert moved.id == "13/UBND-VX@2021-03-10"
    assert moved.title.startswith("Công văn 13/UBND-VX")
    own = replace(read_one, id="CV-13", title="Công văn mười ba")
    kept = replace(own, number="13/UBND-VX").following(own)
    assert (kept.id, kept.title, kept.short_title) == ("CV-13", "Công văn mười ba", "13/UBND-VX")


def test_a_clause_is_cut_at_its_line(read_one: Correction) -> None:
    assert read_one.cut(1) is None
    cut = with_text(read_one, 1, "một\n===\nhai\n ===== \nba").cut(1)
    assert cut
    assert [(piece.path, piece.text) for piece in cut.pieces[1:4]] == [("1", "một"), ("1-2", "hai"), ("1-3", "ba")]
    last = with_text(read_one, 3, "ba\n===\nbốn").cut(3)
    assert last
    assert paths(last) == ["head", "1", "2", "3", "4", "end"]


def test_clauses_are_joined_added_and_taken_out(read_one: Correction) -> None:
    joined = read_one.joined(2)
    assert paths(joined) == ["head", "1", "3", "end"]
    assert joined.pieces[1].text == f"{read_one.pieces[1].text}\n\n{read_one.pieces[2].text}"
    assert read_one.joined(0) == read_one
    assert paths(read_one.added(3)) == ["head", "1", "2", "3", "4", "end"]
    assert paths(read_one.without(0)) == ["1", "2", "3", "end"]


WRONG: dict[str, tuple[dict[str, object], str, str]] = {
    "no id": ({"id": ""}, "id", "Mã văn bản cần có"),
    "an id with a space": ({"id": "12 UBND"}, "id", "khoảng trắng"),
    "an id that would end an address": ({"id": "12#1"}, "id", "khoảng trắng"),
    "no title": ({"title": ""}, "title", "Cần một tên"),
    "a day that is none": ({"date": "2021-02-30", "year": ""}, "date", "2021-02-30"),
    "a day in words": ({"effective": "mai"}, "effective", "không phải là một ngày"),
    "a year that is none": ({"year": "21"}, "year", "“21”"),
    "a year beside the day": ({"year": "2020"}, "year", "khác với ngày ban hành"),
    "an end before the beginning": ({"effective": "2021-03-15", "expires": "2021-03-14"}, "expires", "đứng trước"),
    "a cited day that is none": ({"cites": "1/CĐ | 31/02/2020 | Công điện"}, "cites", "31/02/2020"),
    "no clauses": ({"pieces": ()}, "clauses", "chưa có mục nào"),
    "a path with a space": ({"pieces": (Piece("1 a", "x"),)}, "muc-0", "Số mục"),
    "a path that is empty": ({"pieces": (Piece("", "x"),)}, "muc-0", "Số mục"),
    "a path twice": ({"pieces": (Piece("1", "x"), Piece("1", "y"))}, "muc-1", "Đã có một mục số “1”"),
    "a clause without words": ({"pieces": (Piece("1", ""),)}, "muc-0", "chưa có chữ nào"),
    "a line to cut at": ({"pieces": (Piece("1", "a\n===\nb"),)}, "muc-0", "Còn dòng ==="),
}


@pytest.mark.parametrize(("change", "field", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_said_at_its_field(
    read_one: Correction, change: dict[str, object], field: str, said: str
) -> None:
    found = faults(replace(read_one, **change))  # type: ignore[arg-type]
    assert set(found) == {field}
    assert said in found[field]


def test_doubts_stand_at_what_they_are_about(read_one: Correction) -> None:
    notes = (
        "Văn bản không ghi số, ký hiệu; để trống mục số.", "Văn bản không ghi ngày ban hành; để trống mục ngày.",
        "Không thấy họ tên người ký; để trống mục người ký.", "Số “2” có hai lần; lần sau ghi là “3”.",
        "Dòng “a) b …” bắt đầu như một mục nhưng số không nối tiếp; để trong “1”.", "Bỏ 2 dòng chỉ có số trang.",
        "Văn bản nói “bãi bỏ” 05/UBND-VX (mục 2); cần cán bộ xác nhận.",
    )  # fmt: skip
    found = doubts(replace(read_one, notes="\n".join(notes)))
    expected = dict(zip(("number", "date", "signer", "muc-3", "muc-1", "", "others"), notes, strict=True))
    assert found == {field: [note] for field, note in expected.items()}


def test_the_files_hold_what_was_typed_and_the_content_loads_them(read_one: Correction) -> None:
    corrected = replace(
        read_one, others="A@2021", ticked=("A@2021#1",), expires="2021-04-30", signer="Yes: [no] # \"x\"",
        pieces=(Piece("1", "# Không phải tiêu đề\n## 2\n---"), Piece("phu-luc-1.a", "---\nx: 1", "giao: “Sở” #1")),
    )  # fmt: skip
    files = files_of_correction(corrected, DATA, NAME)
    assert list(files) == [NEW_FILE, SOURCE_FILE]
    assert files[SOURCE_FILE] == DATA
    problems: list[Problem] = []
    source = read(NEW_FILE, files[NEW_FILE], problems)
    front = parse_as(DirectiveFront, source, problems)
    assert problems == []
    assert front
    assert (front.supersedes, front.expires, front.signer) == (("A@2021#1", "A@2021"), "2021-04-30", corrected.signer)
    assert front.agency_only == {"phu-luc-1.a": "giao: “Sở” #1"}
    made = directive_of(source)
    assert made
    assert [clause.path for clause in made.clauses] == ["1", "phu-luc-1.a"]
    assert [line.strip() for line in made.clauses[0].text.splitlines()] == ["# Không phải tiêu đề", "## 2", "---"]


@pytest.mark.parametrize(
    ("text", "name", "ending"),
    [("PK\x03\x04", "x.exe", ".docx"), ("\n%PDF-1.4", "x", ".pdf"), ("1. PK", "a.MD", ".md"), ("1.", "a.html", ".txt")],
)
def test_the_original_is_named_by_what_it_is(read_one: Correction, text: str, name: str, ending: str) -> None:
    assert list(files_of_correction(read_one, text.encode(), name))[1].endswith(ending)


def test_letters_that_nobody_sees_do_not_come_in() -> None:
    assert typed(" a\u0300\r\nb\0\x1b\ufeff\ud800 ") == "à\nb"


def test_what_is_replaced_and_from_when_is_proposed_with_the_words() -> None:
    old = directive("Đeo khẩu trang.", "Giữ khoảng cách.", name="A@2021", number="05/UBND-VX", date="2021-02-05")
    new = directive(
        "Bãi bỏ mục 1 Công văn số 05/UBND-VX ngày 05/02/2021 của UBND tỉnh.",
        "Thay thế Nghị định số 117/2020/NĐ-CP ngày 28/9/2020.",
        "Công văn này có hiệu lực từ ngày 15/3/2021 đến hết ngày 30/4/2021.",
    )
    found = endings(new, {old.id: old, new.id: new})
    assert [(each.entry, each.verb, each.path) for each in found] == [
        ("A@2021#1", "bãi bỏ", "1"),
        ("", "thay thế", "2"),
    ]
    assert found[0].name == "mục 1 của Văn bản A@2021"
    assert "kho không có 117/2020/NĐ-CP" in found[1].note
    assert {name: (day.day, day.path) for name, day in days(new).items()} == {
        "effective": ("2021-03-15", "3"), "expires": ("2021-04-30", "3"),
    }  # fmt: skip
