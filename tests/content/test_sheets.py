"""Content out to a workbook and back: nothing changes by itself, and edits land where they belong."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook

from bot.content.sheet_pages import PAGES
from bot.content.sheet_writing import escape, unescape
from bot.content.sheets import Changes, from_workbook, to_workbook
from bot.content.tree import read_folder
from bot.core.vietnamese import clean
from bot.errors import ContentError
from tests.conftest import ROOT

from .workbooks import (
    hand_in,
    loaded,
    real_pack,
    row_of,
    small_pack,
    taken,
    with_shared_strings,
)


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


@pytest.fixture(scope="module")
def real_book() -> tuple[dict[str, bytes], bytes]:
    files = real_pack()
    return files, to_workbook(files)


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


@settings(deadline=None)  # the first text loads the workbook library
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
    assert loaded(after["intents/mask.yaml"])["examples"][0] == clean(phrase)
    assert after["responses/vi/mask.md"].decode() == body + "\n"
    assert loaded(after["responses/vi/_messages.yaml"])["not_understood"].strip() == message


def _small_files() -> dict[str, str]:
    from . import broken

    return {**broken.FILES, "responses/vi/_messages.yaml": "# c\nnot_understood: |\n  Chưa hiểu.\nstart: Chào\n"}


def test_cells_hold_marks_in_words_and_files_keep_their_tags() -> None:
    texts = read_folder(ROOT)
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(texts)))
    cells = [cell for page in ("Câu trả lời", "Câu của bot") for row in book[page] for cell in row if cell.value]
    assert len(cells) > 300
    assert [cell.value for cell in cells if "{{" in str(cell.value) or "{%" in str(cell.value)] == []
    (answer,) = (cell for cell in cells if str(cell.value).startswith("**Hỏi về dịch bệnh"))
    (start,) = (cell for cell in cells if "«điền: tên tỉnh»" in str(cell.value))
    answer.value = f"{answer.value}\nGọi «dữ kiện: Công an»."
    start.value = f"{start.value}\nỞ «điền: tên tỉnh»."
    kept = io.BytesIO()
    book.save(kept)
    changes = from_workbook(kept.getvalue(), texts)
    assert isinstance(changes, Changes)
    assert set(changes.files) == {"responses/vi/hotline.md", "responses/vi/_messages.yaml"}
    before, after = texts["responses/vi/hotline.md"], changes.files["responses/vi/hotline.md"]
    assert after == before.rstrip(b"\n") + '\nGọi {{ fact("police_113") }}.\n'.encode()
    assert "\n  Ở {{ province }}.\n".encode() in changes.files["responses/vi/_messages.yaml"]
