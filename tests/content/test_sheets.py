"""Content out to a workbook and back: nothing changes by itself, edits land where they belong, faults are all named."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook

from bot.content.checking import check_pack
from bot.content.sheet_pages import PAGES
from bot.content.sheet_writing import escape, unescape
from bot.content.sheets import Changes, RowError, from_workbook, to_workbook
from bot.errors import ContentError

from .workbooks import faults, hand_in, real_pack, row_of, small_pack, taken, with_shared_strings, worked_on


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


@pytest.fixture(scope="module")
def real_book() -> tuple[dict[str, bytes], bytes]:
    files = real_pack()
    return files, to_workbook(files)


def loaded(data: bytes) -> Any:
    return yaml.safe_load(data)


def one(result: Changes | list[RowError]) -> tuple[str, str]:
    found = faults(result)
    assert len(found) == 1, [str(error) for error in found]
    assert found[0].mend
    for text in (found[0].what, found[0].mend):
        assert unicodedata.is_normalized("NFC", text)
    return found[0].cell, found[0].what


# ── Out ──


def test_the_real_pack_out_and_back_changes_nothing(real_book: tuple[dict[str, bytes], bytes]) -> None:
    files, data = real_book
    changes = taken(from_workbook(data, files))
    assert changes.files == {}
    assert changes.lines == ()


def test_a_workbook_with_shared_strings_changes_nothing(real_book: tuple[dict[str, bytes], bytes]) -> None:
    files, data = real_book
    assert taken(from_workbook(with_shared_strings(data), files)).files == {}


def test_everything_is_shown(real_book: tuple[dict[str, bytes], bytes]) -> None:
    files, data = real_book
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Hướng dẫn", *(page.title for page in PAGES), "_loa"]
    intents = [loaded(content) for name, content in files.items() if re.match(r"intents/[a-z][^/]*\.yaml", name)]
    phrases = sum(len(intent["examples"]) + len(intent.get("checks") or ()) for intent in intents)
    assert book["Câu mẫu"].max_row == phrases + 1 > 5000
    assert book["Câu trả lời"].max_row == len(intents) + 1 > 30
    assert book["Dữ kiện"].max_row == len(loaded(files["data/facts.yaml"])) + 1
    assert book["Câu của bot"].max_row == len(loaded(files["responses/vi/_messages.yaml"])) + 1
    facts = book["Dữ kiện"]
    row = row_of(facts, "moh_hotline")
    assert [facts.cell(row, column).value for column in range(2, 6)] == [
        "Đường dây nóng của Bộ Y tế", "1900 9095", "điện thoại", "có nguồn",
    ]  # fmt: skip


def test_the_look_of_the_workbook(pack: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(pack)))
    for page in PAGES:
        sheet = book[page.title]
        assert sheet.freeze_panes == "B2"
        assert sheet.protection.sheet == (not page.phrases)
        assert all(cell.number_format == "@" and cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
        assert sheet["A2"].protection.locked == (not page.phrases)
        assert not sheet.cell(2, len(page.columns)).protection.locked
        assert sheet.column_dimensions["A"].number_format == "@"
    assert book["Câu mẫu"].column_dimensions["E"].hidden
    assert book["_loa"].sheet_state == "veryHidden"
    assert {choice.formula1 for choice in book["Câu mẫu"].data_validations.dataValidation} == {
        '"câu mẫu,câu kiểm"', "'Câu trả lời'!$A$2:$A$1000",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+84 213", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "0213", "5K", "1/2"])
def test_no_text_becomes_a_formula_or_a_number(pack: dict[str, bytes], text: str) -> None:
    pack["intents/mask.yaml"] = pack["intents/mask.yaml"].replace(
        "có phải đeo khẩu trang không".encode(), yaml.dump(text).removesuffix("...\n").strip().encode()
    )
    assert loaded(pack["intents/mask.yaml"])["examples"][0] == text
    data = to_workbook(pack)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    cell = next(c for c in openpyxl.load_workbook(io.BytesIO(data))["Câu mẫu"]["D"] if c.value == text)
    assert cell.data_type == "s"
    assert cell.quotePrefix == (text[0] in "=+-@")
    assert taken(from_workbook(data, pack)).files == {}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_survives_a_cell(text: str) -> None:
    book = Workbook()
    cell = book.create_sheet("x").cell(1, 1)
    cell.value, cell.data_type = escape(text), "s"
    file = io.BytesIO()
    book.save(file)
    again = openpyxl.load_workbook(io.BytesIO(file.getvalue()))["x"]["A1"].value
    assert unescape(again or "") == text


def test_a_text_that_no_cell_can_hold_is_named(pack: dict[str, bytes]) -> None:
    pack["responses/vi/mask.md"] += b"x" * 33_000
    with pytest.raises(ContentError, match=r"responses/vi/mask\.md.*32767"):
        to_workbook(pack)


def test_more_items_than_could_be_read_back_are_named(pack: dict[str, bytes]) -> None:
    phrases = "".join(f"  - câu {number}\n" for number in range(50_000))
    pack["intents/mask.yaml"] = f"title: Khẩu trang\nexamples:\n{phrases}".encode()
    with pytest.raises(ContentError, match="bảng chỉ chứa 50000"):
        to_workbook(pack)


# ── Edits ──


def test_an_answer_and_a_title(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu trả lời"]
        row = row_of(sheet, "mask")
        sheet.cell(row, 2).value = "Khẩu trang: đeo"
        sheet.cell(row, 4).value = str(sheet.cell(row, 4).value).replace("Anh/chị đeo", "Bà con đeo")

    changes = taken(hand_in(pack, work))
    assert changes.files == {
        "intents/mask.yaml": pack["intents/mask.yaml"].replace(
            "Khẩu trang\n".encode(), "'Khẩu trang: đeo'\n".encode(), 1
        ),
        "responses/vi/mask.md": pack["responses/vi/mask.md"].replace("Anh/chị đeo".encode(), "Bà con đeo".encode()),
    }
    assert changes.lines == (
        "intents/mask.yaml: sửa theo trang “Câu trả lời”, ô B3",
        "responses/vi/mask.md: sửa theo trang “Câu trả lời”, ô D3",
    )


def test_fields_of_a_fact(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Dữ kiện"]
        row = row_of(sheet, "local")
        values = {
            3: "0213 3 876 000",
            5: "Cán bộ đã xác nhận",
            7: "Công văn: 12",
            9: "2021-02-01",
            13: "# gọi giờ hành chính",
        }
        for column, value in values.items():
            sheet.cell(row, column).value = value
        sheet.cell(row_of(sheet, "hotline"), 8).value = "https://moh.gov.vn/a?b=1, 2"
        sheet.cell(row_of(sheet, "ambulance"), 3).value = "113"

    changes = taken(hand_in(pack, work))
    before, after = loaded(pack["data/facts.yaml"]), loaded(changes.files["data/facts.yaml"])
    before["local"] |= {
        "value": "0213 3 876 000", "state": "confirmed", "note": "# gọi giờ hành chính",
        "source": {"title": "Công văn: 12", "date": "2021-02-01"},
    }  # fmt: skip
    before["hotline"]["source"]["url"] = "https://moh.gov.vn/a?b=1, 2"
    before["ambulance"]["value"] = "113"
    assert after == before
    assert list(after["local"]) == ["title", "value", "kind", "state", "source", "note"]


def test_a_value_taken_out(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Dữ kiện"]
        row = row_of(sheet, "hotline")
        sheet.cell(row, 3).value = None
        sheet.cell(row, 7).value = "  "
        sheet.cell(row, 5).value = "còn thiếu"

    fact = loaded(taken(hand_in(pack, work)).files["data/facts.yaml"])["hotline"]
    assert fact == {
        "title": "Đường dây nóng", "value": None, "kind": "phone", "state": "missing", "source": {"title": ""},
    }  # fmt: skip


def test_a_message(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu của bot"]
        sheet.cell(row_of(sheet, "asked_back"), 2).value = "Ý anh/chị là\nviệc nào?"

    name = "responses/vi/_messages.yaml"
    after = taken(hand_in(pack, work)).files[name]
    assert loaded(after) == loaded(pack[name]) | {"asked_back": "Ý anh/chị là\nviệc nào?\n"}
    assert "asked_back: |\n  Ý anh/chị là\n  việc nào?\n".encode() in after


def test_phrases_added_changed_moved_and_taken_out(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu mẫu"]
        sheet.append(["mask", None, "câu kiểm", "quên khẩu trang: có sao không", None])
        sheet.append(["distance", "gì cũng được", " Câu Mẫu ", "  xa  nhau bao nhiêu ", "không phải khoá"])
        sheet.cell(row_of(sheet, "có phải đeo khẩu trang không", "D"), 4).value = "khẩu trang bắt buộc à"
        sheet.cell(row_of(sheet, "giữ khoảng cách mấy mét", "D"), 1).value = "mask"
        sheet.delete_rows(row_of(sheet, "đứng cách nhau bao xa", "D"))
        outside = book["Ngoài phạm vi"]
        outside.delete_rows(row_of(outside, "giá lợn hơi", "D"))
        outside.append(["far", None, "câu mẫu", "vé xe, tàu"])

    files = taken(hand_in(pack, work)).files
    mask, distance = loaded(files["intents/mask.yaml"]), loaded(files["intents/distance.yaml"])
    assert mask["examples"] == [
        "khẩu trang bắt buộc à",
        "ra chợ đeo khẩu trang nhé",
        "khẩu trang đeo ở đâu",
        "giữ khoảng cách mấy mét",
    ]
    assert mask["checks"] == ["phải đeo khẩu trang không", "quên khẩu trang: có sao không"]
    assert distance["examples"] == ["khoảng cách khi tiếp xúc", "xa nhau bao nhiêu"]
    outside = loaded(files["intents/_out_of_scope.yaml"])["groups"]["far"]
    assert outside["examples"] == ["hôm nay trời mưa", "kết quả bóng đá", "vé xe, tàu"]
    assert len(files) == 3


def test_rows_may_be_sorted_swapped_and_copied(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu mẫu"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        first, second = rows[0], next(row for row in rows[1:] if row[:3] == rows[0][:3])
        first[3], second[3] = second[3], first[3]
        copied = [*rows[-1][:3], "câu chép dòng rồi sửa", rows[-1][4]]
        for number, row in enumerate([copied, *reversed(rows)], 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    before = {name: loaded(data) for name, data in pack.items() if name.startswith("intents/")}
    files = taken(hand_in(pack, work)).files
    after = before | {name: loaded(data) for name, data in files.items()}
    examples = before["intents/distance.yaml"]["examples"]
    assert after["intents/distance.yaml"]["examples"] == [examples[1], examples[0], *examples[2:]]
    assert after["intents/mask.yaml"]["checks"] == [*before["intents/mask.yaml"]["checks"], "câu chép dòng rồi sửa"]
    assert after["intents/mask.yaml"]["examples"] == before["intents/mask.yaml"]["examples"]


def test_columns_may_be_moved_and_added(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu của bot"]
        sheet.insert_cols(1)
        sheet.cell(1, 1).value = "Việc cần làm"
        sheet.cell(2, 1).value = 12

    assert taken(hand_in(pack, work)).files == {}


def test_decomposed_letters_and_spaces_around_are_no_edit(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        for title, column in (("Câu trả lời", 4), ("Câu mẫu", 4), ("Câu của bot", 2), ("Dữ kiện", 2)):
            for row in book[title].iter_rows(min_row=2):
                cell = row[column - 1]
                cell.value = unicodedata.normalize("NFD", str(cell.value)).replace("\n", "_x000D_\n") + "  \n"

    assert taken(hand_in(pack, work)).files == {}


def test_an_edit_in_decomposed_letters_is_stored_composed(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", unicodedata.normalize("NFD", "khẩu trang vải được chứ ")])

    text = taken(hand_in(pack, work)).files["intents/mask.yaml"].decode()
    assert "\n  - khẩu trang vải được chứ\n" in text


def test_rich_text_and_numbers_kept_as_text_are_texts(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        sheet = book["Câu mẫu"]
        text = CellRichText("khẩu trang ", TextBlock(InlineFont(b=True), "y tế"), " loại nào")
        sheet.append(["mask", None, "câu mẫu", text])
        sheet.append(["mask", None, "câu mẫu", "113"])

    assert loaded(taken(hand_in(pack, work)).files["intents/mask.yaml"])["examples"][-2:] == [
        "khẩu trang y tế loại nào", "113",
    ]  # fmt: skip


def test_windows_line_ends_of_a_file_stay(pack: dict[str, bytes]) -> None:
    pack["responses/vi/mask.md"] = pack["responses/vi/mask.md"].replace(b"\n", b"\r\n")

    def work(book: Workbook) -> None:
        sheet = book["Câu trả lời"]
        cell = sheet.cell(row_of(sheet, "mask"), 4)
        cell.value = str(cell.value) + "\nThêm một dòng."

    assert taken(hand_in(pack, lambda _: None)).files == {}
    after = taken(hand_in(pack, work)).files["responses/vi/mask.md"]
    assert after == pack["responses/vi/mask.md"] + "Thêm một dòng.\r\n".encode()


# ── Both sides ──


def test_what_the_officer_did_not_touch_stays_as_others_made_it(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", "câu của cán bộ"])

    data = worked_on(to_workbook(pack), work)
    now = pack | {
        "responses/vi/mask.md": pack["responses/vi/mask.md"].replace("Anh/chị".encode(), "Bà con".encode()),
        "intents/mask.yaml": pack["intents/mask.yaml"]
        .replace("ra chợ đeo khẩu trang nhé".encode(), "câu người khác sửa".encode())
        .replace("  - khẩu trang đeo ở đâu\n".encode(), b""),
        "intents/new.yaml": pack["intents/mask.yaml"],
        "responses/vi/new.md": pack["responses/vi/mask.md"],
    }
    del now["intents/distance.yaml"], now["responses/vi/distance.md"]
    changes = taken(from_workbook(data, now))
    assert list(changes.files) == ["intents/mask.yaml"]
    assert loaded(changes.files["intents/mask.yaml"])["examples"] == [
        "có phải đeo khẩu trang không", "câu người khác sửa", "câu của cán bộ",
    ]  # fmt: skip


def test_what_both_sides_changed_is_an_error(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        answers, phrases = book["Câu trả lời"], book["Câu mẫu"]
        answers.cell(row_of(answers, "mask"), 4).value = "của cán bộ"
        phrases.cell(row_of(phrases, "ra chợ đeo khẩu trang nhé", "D"), 4).value = "của cán bộ"
        answers.cell(row_of(answers, "distance"), 2).value = "Tên mới"

    data = worked_on(to_workbook(pack), work)
    now = pack | {
        "responses/vi/mask.md": pack["responses/vi/mask.md"].replace("Anh/chị".encode(), "Bà con".encode()),
        "intents/mask.yaml": pack["intents/mask.yaml"].replace("ra chợ đeo".encode(), "đi chợ đeo".encode()),
    }
    del now["intents/distance.yaml"], now["responses/vi/distance.md"]
    found = faults(from_workbook(data, now))
    assert [(error.sheet, error.cell) for error in found] == [
        ("Câu trả lời", "A2"), ("Câu trả lời", "D3"), ("Câu mẫu", "D7"),
    ]  # fmt: skip
    assert "không còn nữa" in found[0].what
    assert all("người khác sửa" in error.what for error in found[1:])


def test_what_both_sides_changed_alike_is_no_error(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        phrases = book["Câu mẫu"]
        phrases.cell(row_of(phrases, "ra chợ đeo khẩu trang nhé", "D"), 4).value = "đi chợ đeo khẩu trang nhé"
        phrases.append(["mask", None, "câu mẫu", "thêm"])

    data = worked_on(to_workbook(pack), work)
    changes = taken(from_workbook(data, pack))
    assert taken(from_workbook(data, {**pack, **changes.files})).files == {}


# ── Faults ──


def set_cell(title: str, name: str, value: Any) -> Any:
    def work(book: Workbook) -> None:
        book[title][name] = value
        if isinstance(value, str) and len(value) > 32_767:
            book[title][name]._value = value  # the library cuts what is too long, other programs do not

    return work


@pytest.mark.parametrize(
    ("value", "what"),
    [(213, "số (213)"), (0.5, "số (0.5)"), (date(2021, 5, 1), "ngày giờ"), (True, "TRUE/FALSE"),
     ("=A1", "công thức"), ("#REF!", "lỗi #REF!"), (None, "trống"), ("   ", "trống"), ("x" * 32_768, "32767")],
    ids=["number", "fraction", "date", "truth", "formula", "error", "empty", "spaces", "long"],
)  # fmt: skip
def test_cells_that_are_no_text(pack: dict[str, bytes], value: object, what: str) -> None:
    cell, told = one(hand_in(pack, set_cell("Dữ kiện", "B2", value)))
    assert cell == "B2"
    assert what in told


def test_a_value_that_is_no_choice(pack: dict[str, bytes]) -> None:
    assert one(hand_in(pack, set_cell("Dữ kiện", "E3", "đúng rồi"))) == (
        "E3",
        "“Tình trạng” không có giá trị “đúng rồi”",
    )


@pytest.mark.parametrize(
    ("title", "identity", "mend"),
    [("Câu trả lời", "msak", "có phải “mask”?"), ("Dữ kiện", "zzz", "giữ nguyên mã"),
     ("Câu của bot", "strat", "có phải “start”?")],
)  # fmt: skip
def test_unknown_names(pack: dict[str, bytes], title: str, identity: str, mend: str) -> None:
    def work(book: Workbook) -> None:
        sheet = book[title]
        sheet.append([identity, *(cell.value for cell in sheet[2][1:])])

    found = faults(hand_in(pack, work))
    assert [error.what for error in found] == [f"không có mã “{identity}”"]
    assert mend in found[0].mend


@pytest.mark.parametrize(
    ("title", "owner", "mend"), [("Câu mẫu", "msk", "“mask”"), ("Ngoài phạm vi", "?", "chép đúng mã")]
)
def test_phrases_of_unknown_owners(pack: dict[str, bytes], title: str, owner: str, mend: str) -> None:
    found = faults(hand_in(pack, lambda book: book[title].append([owner, None, "câu mẫu", "câu mới"])))
    assert found[0].what == f"không có mã “{owner}”"
    assert mend in found[0].mend


def test_a_row_twice_and_a_row_lost(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        facts, answers = book["Dữ kiện"], book["Câu trả lời"]
        facts.append([cell.value for cell in facts[2]])
        answers.delete_rows(2)

    found = faults(hand_in(pack, work))
    assert [(error.sheet, error.cell, error.what) for error in found] == [
        ("Câu trả lời", "A1", "thiếu dòng của “distance”"),
        ("Dữ kiện", "A5", "mã “hotline” đã có ở ô A2"),
    ]


def test_a_phrase_twice(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", "Khẩu trang đeo ở đâu"])

    cell, what = one(hand_in(pack, work))
    assert cell == "D10"
    assert "đã có ở ô D8" in what


def test_a_row_half_filled_in(pack: dict[str, bytes]) -> None:
    found = faults(hand_in(pack, lambda book: book["Câu mẫu"].append([None, None, None, "câu mới"])))
    assert [(error.cell, error.what) for error in found] == [
        ("A10", "ô “Mã chủ đề” trống"),
        ("C10", "ô “Loại câu” trống"),
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_sheet_or_column_that_is_missing(pack: dict[str, bytes], page: Any) -> None:
    assert one(hand_in(pack, lambda book: book.remove(book[page.title])))[1] == f"không có trang “{page.title}”"
    column = page.columns[-1]
    changed = hand_in(pack, lambda book: book[page.title].delete_cols(len(page.columns)))
    assert one(changed)[1] == f"thiếu cột “{column.heading}”"
    twice = hand_in(pack, lambda book: setattr(book[page.title].cell(1, 30), "value", column.heading))
    assert one(twice) == ("AD1", f"hai cột cùng tên “{column.heading}”")


def test_a_sheet_that_lost_many_phrases(real_book: tuple[dict[str, bytes], bytes]) -> None:
    files, data = real_book
    cell, what = one(from_workbook(worked_on(data, lambda book: book["Câu mẫu"].delete_rows(100, 3000)), files))
    assert cell == "A1"
    assert "thiếu 3000 trong" in what


def test_one_fault_and_nothing_changes_and_all_faults_are_told(pack: dict[str, bytes]) -> None:
    def work(book: Workbook) -> None:
        book["Câu mẫu"].append(["mask", None, "câu mẫu", "câu tốt"])
        book["Câu trả lời"]["B2"] = "Tên tốt"
        book["Câu trả lời"]["B3"] = 5
        book["Câu của bot"]["B4"] = None
        book["Ngoài phạm vi"]["C2"] = "câu gì"

    found = faults(hand_in(pack, work))
    assert [(error.sheet, error.cell) for error in found] == [
        ("Câu trả lời", "B3"), ("Ngoài phạm vi", "C2"), ("Câu của bot", "B4"),
    ]  # fmt: skip
    assert str(found[0]).startswith("trang “Câu trả lời”, ô B3: ô đã thành số (5)")


# ── Problems of the check, told with their cells ──


def test_problems_are_found_in_their_cells(pack: dict[str, bytes], tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        answers, phrases, facts, messages = (book[t] for t in ("Câu trả lời", "Câu mẫu", "Dữ kiện", "Câu của bot"))
        answers["D2"] = '**Sai**\n{{ fact("no_such_fact") }}'
        phrases.append(["mask", None, "câu mẫu", "phải đeo khẩu trang không"])
        facts.cell(row_of(facts, "hotline"), 3).value = None
        facts.cell(row_of(facts, "local"), 3).value = "0213"
        messages.cell(row_of(messages, "start"), 2).value = "{{ no_such_word }}"

    changes = taken(hand_in(pack, work))
    root = tmp_path / "after"
    for name, data in {**pack, **changes.files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    problems = check_pack(root).problems
    places = {str(changes.locate(problem.file, problem.line)) for problem in problems}
    assert {
        "trang “Câu trả lời”, ô D2", "trang “Câu mẫu”, ô D9", "trang “Dữ kiện”, ô C2", "trang “Dữ kiện”, ô C4",
    } <= places  # fmt: skip
    assert any(place.startswith("trang “Câu của bot”, ô B") for place in places)
    assert "None" not in places


def test_lines_that_no_cell_shows(pack: dict[str, bytes]) -> None:
    changes = taken(hand_in(pack, lambda _: None))
    assert changes.locate("data/pack.yaml", 1) is None
    assert changes.locate("no/such.yaml", 1) is None
    assert str(changes.locate("intents/mask.yaml", 2)) == "trang “Câu trả lời”, ô A3"
    assert str(changes.locate("intents/mask.yaml", 5)) == "trang “Câu mẫu”, ô D7"


@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"]), min_size=1, max_size=30
        ),
        min_size=6,
        max_size=6,
    )
)
def test_whatever_an_officer_writes_arrives(real_texts: list[str]) -> None:
    files = {name: text.encode() for name, text in _small_files().items()}
    title, body, phrase, value, note, message = (
        unicodedata.normalize("NFC", "câu " + text).strip() for text in real_texts
    )

    def work(book: Workbook) -> None:
        for name, cell, text in (("Câu trả lời", "B3", title), ("Câu trả lời", "D3", body), ("Dữ kiện", "C2", value),
                                 ("Dữ kiện", "M2", note), ("Câu của bot", "B2", message)):  # fmt: skip
            book[name][cell].value, book[name][cell].data_type = escape(text), "s"
        book["Câu mẫu"]["D6"].value, book["Câu mẫu"]["D6"].data_type = escape(phrase), "s"

    after = {**files, **taken(hand_in(files, work)).files}
    fact = loaded(after["data/facts.yaml"])["hotline"]
    assert (fact["value"], fact["note"]) == (value, note)
    assert loaded(after["intents/mask.yaml"])["title"] == title
    assert after["responses/vi/mask.md"].decode() == body + "\n"
    assert loaded(after["responses/vi/_messages.yaml"])["not_understood"].strip() == message


def _small_files() -> dict[str, str]:
    from . import broken

    return {**broken.FILES, "responses/vi/_messages.yaml": "# c\nnot_understood: |\n  Chưa hiểu.\nstart: Chào\n"}
