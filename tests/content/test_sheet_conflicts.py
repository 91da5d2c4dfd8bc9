"""A workbook that comes back after others have edited the content."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from bot.content.sheets import from_workbook, to_workbook

from .workbooks import (
    faults,
    loaded,
    row_of,
    small_pack,
    taken,
    worked_on,
)


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


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
