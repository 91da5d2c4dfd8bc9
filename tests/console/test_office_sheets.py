"""The content out as a workbook and in again, on a page."""

from __future__ import annotations

import io
from typing import Any

import httpx
import openpyxl
import pytest

from bot.console.office.access import FORM_TOKEN
from tests.console.publishing import ANSWER, INTENT, OTHER, SHEETS, Office

XSS = "<script>alert(1)</script>"


async def taken_out(office: Office, *cells: tuple[str, str, Any]) -> bytes:
    """The workbook as it is downloaded, with some cells changed."""
    answer = await office.officer.get(f"{SHEETS}/tai")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="loa-2021-02-06.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for title, cell, value in cells:
        book[title][cell] = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def hand_in(office: Office, data: bytes, name: str = "bang.xlsx", **fields: str) -> httpx.Response:
    values = {FORM_TOKEN: office.officer.form_token, **fields}
    return await office.client.post(SHEETS, data=values, files={"tep": (name, data)})


async def test_a_workbook_comes_in_as_drafts(office: Office) -> None:
    await office.begin()
    data = await taken_out(office, ("Câu trả lời", "B3", "Đeo khẩu trang"))
    tried = await hand_in(office, data, thu="1")
    assert "chưa lưu gì" in tried.text
    assert await office.drafts() == []
    done = await hand_in(office, data, **{"vi-sao": "tên dễ hiểu hơn"})
    assert done.headers["location"] == "/can-bo/cong-bo?da=bang"
    (draft,) = await office.drafts()
    assert (draft.item, draft.version.author, draft.version.note) == (INTENT, "Lan", "tên dễ hiểu hơn")
    assert {"sheet_taken_out", "sheet_taken_in"} <= set(await office.trail())
    again = await hand_in(office, await taken_out(office))
    assert "không có gì khác" in again.text


async def test_an_open_draft_goes_out_too(office: Office) -> None:
    await office.begin()
    await office.edit(INTENT, "title: Khẩu trang", "title: Khẩu trang vải")
    book = openpyxl.load_workbook(io.BytesIO(await taken_out(office)))
    assert "Khẩu trang vải" in {cell.value for row in book["Câu trả lời"] for cell in row}


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("D3", "Không trích gì cả.", "câu trả lời không trích văn bản nào"),
        ("D3", f"Không trích gì cả {XSS}.", "câu trả lời không trích văn bản nào"),
    ],
)
async def test_what_the_check_finds_is_told_by_cell_and_nothing_is_kept(
    office: Office, cell: str, value: str, told: str
) -> None:
    await office.begin()
    refused = await hand_in(office, await taken_out(office, ("Câu trả lời", cell, value)))
    assert refused.status_code == 422
    assert f"trang “Câu trả lời”, ô {cell}" in refused.text
    assert told in refused.text
    assert "<script>alert" not in refused.text
    assert await office.drafts() == []


async def test_faults_of_cells_are_told_and_nothing_is_kept(office: Office) -> None:
    await office.begin()
    data = await taken_out(office, ("Câu trả lời", "B3", "Tên tốt"), ("Dữ kiện", "C3", 115))
    refused = await hand_in(office, data)
    assert "trang “Dữ kiện”, ô C3" in refused.text
    assert "ô đã thành số (115)" in refused.text
    assert await office.drafts() == []


@pytest.mark.parametrize("data", [b"", b"x" * 100, b"PK\x03\x04" + b"0" * 5000], ids=["empty", "text", "half a zip"])
async def test_what_is_no_workbook_is_refused_with_a_remedy(office: Office, data: bytes) -> None:
    await office.begin()
    refused = await hand_in(office, data, f"{XSS}.xlsx")
    assert refused.status_code == 422
    assert 'class="problem"' in refused.text
    assert "<script>alert" not in refused.text


async def test_a_workbook_that_is_too_large_is_refused(office: Office) -> None:
    await office.begin()
    refused = await hand_in(office, b"0" * (11 * 1024 * 1024))
    assert refused.status_code == 422
    assert "chỉ nhận tới 10 MB" in refused.text


async def test_no_file_is_told(office: Office) -> None:
    officer = await office.begin()
    for fields in ({}, {"tep": "chữ"}):
        refused = await officer.post(SHEETS, **fields)
        assert refused.status_code == 422
        assert "chọn tệp .xlsx" in refused.text


async def test_content_that_cannot_be_read_is_told(office: Office) -> None:
    officer = await office.begin()
    broken = await office.edit(INTENT, "title: Khẩu trang", "title: [")
    versions = office.desk.store.store.versions
    contents = await office.desk.store.run(versions.contents, 1)
    old = {**contents, INTENT: broken.version}  # as a program before this one may have taken it
    await office.desk.store.run(versions.publish, "old", old, 1, "Lan", office.clock(), "")
    assert "báo người quản máy chủ" in (await officer.get(f"{SHEETS}/tai")).text


class TestABrokenDraftOfSomebodyElse:
    @pytest.mark.parametrize("broken", ["title: [", "title: Khẩu trang\nexamples: 5", "tiitle: x"])
    async def test_it_keeps_no_workbook_back(self, office: Office, broken: str) -> None:
        officer = await office.begin()
        await office.edit(INTENT, "title: Khẩu trang", broken, "Minh")
        data = await taken_out(office, ("Câu trả lời", "B2", "Giữ khoảng cách"))
        done = await hand_in(office, data)
        assert done.status_code == 303, done.text
        drafts = {draft.item: draft.version.author for draft in await office.drafts()}
        assert drafts == {INTENT: "Minh", OTHER: "Lan"}
        assert (await officer.get(SHEETS)).status_code == 200

    async def test_the_page_says_whose_draft_is_left_out_and_leads_there(self, office: Office) -> None:
        officer = await office.begin()
        assert "Có bản nháp viết sai" not in (await officer.get(SHEETS)).text
        await office.edit(INTENT, "title: Khẩu trang", "title: [", f"Minh {XSS}")
        page = (await officer.get(SHEETS)).text
        assert "Có bản nháp viết sai" in page
        assert "Minh &lt;script&gt;" in page
        assert 'href="/can-bo/tra-loi/mask"' in page

    async def test_what_the_workbook_changes_there_is_refused_and_overwrites_nobody(self, office: Office) -> None:
        await office.begin()
        before = await office.edit(INTENT, "title: Khẩu trang", "title: [", "Minh")
        refused = await hand_in(office, await taken_out(office, ("Câu trả lời", "B3", "Đeo khẩu trang")))
        assert refused.status_code == 422
        assert "bản nháp của Minh" in refused.text
        assert await office.drafts() == [before]

    async def test_a_fault_of_the_workbook_itself_is_told_all_the_same(self, office: Office) -> None:
        await office.begin()
        await office.edit(ANSWER, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi ngủ nhé", "Minh")
        data = await taken_out(office, ("Câu trả lời", "D2", "Không trích gì cả."))
        refused = await hand_in(office, data)
        assert refused.status_code == 422
        assert "ô D2" in refused.text
        assert "ô D3" not in refused.text, "what Minh wrote is none of this workbook's faults"
        assert [draft.version.author for draft in await office.drafts()] == ["Minh"]


async def test_a_name_of_a_file_is_a_note_and_never_markup(office: Office) -> None:
    officer = await office.begin()
    data = await taken_out(office, ("Câu trả lời", "B3", "Đeo khẩu trang"))
    assert (await hand_in(office, data, f"{XSS}.xlsx")).status_code == 303
    page = (await officer.get("/can-bo/cong-bo")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert ANSWER not in page
