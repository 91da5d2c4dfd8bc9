"""Several officers at work: what one of them wrote wrongly keeps nobody else from publishing."""

from __future__ import annotations

import pytest

from bot.console.office.jobs import Job
from bot.console.office.naming import SOURCE_FILES
from bot.content.apart import Sifted
from bot.content.checking import Report
from tests.console.publishing import ANSWER, INTENT, OTHER, PUBLISH, Office
from tests.fakes import NOON

XSS = "<script>alert(1)</script>"


async def broken_and_healthy(office: Office) -> None:
    """A quotation that Minh got wrong, and a title that Lan changed."""
    wrong = f"Đeo khẩu trang khi đi ngủ nhé {XSS}"
    await office.edit(ANSWER, "Đeo khẩu trang khi ra ngoài", wrong, f"Minh {XSS}")
    await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách", "Lan")


async def test_the_healthy_draft_goes_out_beside_the_broken_one(office: Office) -> None:
    officer = await office.begin()
    await broken_and_healthy(office)
    address, job = await office.checked(OTHER)
    assert job.passed
    page = (await officer.get(address)).text
    assert "Bản nháp khác đang có lỗi, không cản lần công bố này" in page
    assert "bản nháp của Minh" in page
    assert "<script>alert" not in page
    await office.agreed(address)
    assert (await officer.post(f"{address}/cong-bo")).status_code == 303
    assert [draft.item for draft in await office.drafts()] == [ANSWER]


async def test_checked_together_the_healthy_one_is_offered_by_itself(office: Office) -> None:
    officer = await office.begin()
    await broken_and_healthy(office)
    address, job = await office.checked(ANSWER, OTHER)
    assert job.sound == (OTHER,)
    page = (await officer.get(address)).text
    assert "Chưa công bố được" in page
    assert "Lỗi không nằm ở Câu mẫu “Khoảng cách”" in page
    again = await officer.post(f"{address}/khong-loi")
    assert (await office.ended(again)).items == (OTHER,)
    await office.agreed(again.headers["location"])
    assert (await officer.post(f"{again.headers['location']}/cong-bo")).status_code == 303
    assert (await officer.get(address)).status_code == 404, "the check that failed is settled"


async def test_a_fault_of_every_draft_offers_nothing(office: Office) -> None:
    officer = await office.begin()
    await broken_and_healthy(office)
    await office.edit(OTHER, "group: Phòng bệnh", "group: Không có")
    address, job = await office.checked(ANSWER, OTHER)
    assert job.sound == ()
    assert "Lỗi không nằm ở" not in (await officer.get(address)).text
    assert (await officer.post(f"{address}/khong-loi")).headers["location"] == PUBLISH


async def test_a_draft_that_spoils_a_published_answer_is_told_apart_too(office: Office) -> None:
    await office.begin()
    await office.edit("data/facts.yaml", "hotline:", "hot_line:", "Minh")
    await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách", "Lan")
    _, job = await office.checked(OTHER)
    assert job.passed
    assert ANSWER in {problem.file for problem in job.others}


async def test_ones_own_drafts_are_ticked_and_those_of_others_are_not(office: Office) -> None:
    officer = await office.begin()
    await broken_and_healthy(office)
    page = (await officer.get(PUBLISH)).text
    assert f'value="{OTHER}" checked' in page
    assert f'value="{ANSWER}" checked' not in page
    assert f'value="{ANSWER}"' in page


async def test_both_items_of_a_new_subject_are_ticked(office: Office) -> None:
    officer = await office.begin()
    for item in ("intents/hands.yaml", "responses/vi/hands.md"):
        await office.edit(item, "", "title: Rửa tay")
    await office.edit(INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
    page = (await officer.get(f"{PUBLISH}?muc=responses/vi/hands.md")).text
    assert page.count(" checked>") == 2
    assert 'value="intents/hands.yaml" checked' in page


@pytest.mark.parametrize("roles", [("editor",), ("approver",), ("editor", "approver")])
async def test_no_button_approves_where_nobody_has_to(office: Office, roles: tuple[str, ...]) -> None:
    officer = await office.begin(*roles)  # type: ignore[arg-type]
    await broken_and_healthy(office)
    assert "Duyệt các mục" not in (await officer.get(PUBLISH)).text


class TestWhereApprovalsAreWanted:
    @pytest.fixture
    def approvals(self) -> bool:
        return True

    async def test_the_button_stands_where_there_is_something_of_somebody_else(self, office: Office) -> None:
        officer = await office.begin("editor", "approver")
        await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách", "Lan")
        assert "Duyệt các mục" not in (await officer.get(PUBLISH)).text
        await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo", "Minh")
        page = (await officer.get(PUBLISH)).text
        assert "Duyệt các mục đã đánh dấu" in page
        assert "Người thứ hai duyệt" in page


@pytest.mark.parametrize(("items", "offered"), [((), ()), ((OTHER,), (OTHER, f"{SOURCE_FILES}a.docx"))])
def test_the_original_of_a_faulty_directive_is_not_offered_alone(
    items: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    faulty, original = "data/directives/a.md", f"{SOURCE_FILES}a.docx"
    passed = Report((), 0)
    job = Job(
        "a", "Lan", (faulty, *items, original), every=False, began=NOON, sifted=Sifted(passed, frozenset((faulty,)))
    )
    assert job.sound == offered
