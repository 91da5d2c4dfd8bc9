"""From drafts to a release, on pages and without any script."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.console.office.deeds import DEEDS
from bot.content.planning import Planning
from bot.content.releasing import candidate, publish
from tests.console.publishing import ANSWER, INTENT, OTHER, PUBLISH, RELEASES, Office

QUESTION = "nhà tôi ở bản Nậm Loỏng có phải đeo không"
XSS = "<script>alert(1)</script>"


async def wording(office: Office, author: str = "Lan") -> None:
    await office.edit(ANSWER, "Anh/chị đeo khẩu trang.", "Mời anh/chị đeo khẩu trang.", author, "cho lễ phép")


class TestDrafts:
    async def test_an_empty_list_says_what_to_do(self, office: Office) -> None:
        officer = await office.begin()
        page = await officer.get(PUBLISH)
        assert page.status_code == 200
        assert "Không có bản nháp nào" in page.text
        assert "bản 1" in page.text

    async def test_a_draft_stands_with_author_note_state_and_words(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office, "Minh")
        page = (await officer.get(PUBLISH)).text
        for told in ("Câu trả lời “Khẩu trang”", "Minh, 19:00 06/02/2021: cho lễ phép", "bản nháp", ANSWER):
            assert told in page
        assert "<ins>Mời anh</ins>" in page
        assert "<del>Anh</del>" in page
        assert 'href="/can-bo/tra-loi/mask"' in page

    async def test_an_item_of_the_address_is_chosen_before(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách")
        page = (await officer.get(f"{PUBLISH}?muc={ANSWER}")).text
        ticked = re.findall(r'name="muc" value="([^"]+)" checked', page)
        assert ticked == [ANSWER]
        everything = (await officer.get(PUBLISH)).text
        assert set(re.findall(r'name="muc" value="([^"]+)" checked', everything)) == {ANSWER, OTHER}

    async def test_many_drafts_come_in_pages_that_stay_small(self, office: Office) -> None:
        officer = await office.begin()
        for number in range(45):
            item = f"responses/vi/topic_{number:02}.md"
            await office.edit(item, "", "**Lời dài.** " * 400)
        page = await officer.get(PUBLISH)
        assert len(page.content) < 60_000
        assert len(re.findall(r'name="muc"', page.text)) == 20
        assert "Cả 45 bản nháp" in page.text
        last = await officer.get(f"{PUBLISH}?trang=3")
        assert len(re.findall(r'name="muc"', last.text)) == 5
        begun = await officer.post(f"{PUBLISH}/kiem", **{"pham-vi": "tat-ca"})
        assert len((await office.ended(begun)).items) == 45

    async def test_nothing_chosen_is_told(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        for fields in ({}, {"muc": "responses/vi/other.md"}):
            refused = await officer.post(f"{PUBLISH}/kiem", **fields)
            assert refused.status_code == 422
            assert "đánh dấu ít nhất một bản nháp" in refused.text

    async def test_what_officers_wrote_is_never_markup(self, office: Office) -> None:
        officer = await office.begin(name="<i>Lan</i>")
        await office.edit(ANSWER, "Anh/chị đeo khẩu trang.", f"Anh/chị đeo {XSS}.", "<b>Minh</b>", XSS)
        await office.edit(f"data/directives/{XSS[:8]}.md", "", XSS)
        await office.edit(INTENT, "title: Khẩu trang", f"title: {XSS}")
        address, _ = await office.checked(ANSWER, INTENT, f"data/directives/{XSS[:8]}.md")
        for page in (await officer.get(PUBLISH), await officer.get(address)):
            assert page.status_code == 200
            for raw in ("<script>alert", "<b>Minh", "<i>Lan"):
                assert raw not in page.text


class TestCheck:
    async def test_a_check_can_be_left_and_come_back_to(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, job = await office.checked(ANSWER)
        job.stage, job.done, job.total = "impact", 25, 1000  # as it was a moment before
        going = (await officer.get(address)).text
        assert '<noscript><meta http-equiv="refresh"' in going
        assert "Đã thử 25 trong 1.000 câu" in going
        assert "Dừng ở đây" in going
        assert "đang kiểm tra" in (await officer.get(PUBLISH)).text
        told = (await officer.get(f"{address}/tien-do")).json()
        assert told == {"running": True, "stage": "impact", "done": 25, "total": 1000}
        job.stage = "done"
        assert (await officer.get(f"{address}/tien-do")).json()["running"] is False
        done = (await officer.get(address)).text
        assert "http-equiv" not in done
        assert "Câu trả lời “Khẩu trang” có lời mới" in done
        assert "đã kiểm tra xong" in (await officer.get(PUBLISH)).text

    async def test_errors_stand_by_item_with_line_remedy_and_the_way_to_the_editor(self, office: Office) -> None:
        officer = await office.begin()
        await office.edit(ANSWER, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi ngủ nhé")
        address, _ = await office.checked(ANSWER)
        page = (await officer.get(address)).text
        assert "Chưa công bố được" in page
        assert 'href="/can-bo/tra-loi/mask"' in page
        assert "Dòng 2:" in page
        assert "Cách sửa:" in page
        assert "Công bố ngay" not in page
        refused = await officer.post(f"{address}/cong-bo")
        assert refused.status_code == 409
        assert (await office.current()).number == 1

    async def test_a_check_that_is_stopped_keeps_what_it_has_and_says_so(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        job = office.jobs.start(office.desk, "Lan", (ANSWER,), every=True)
        address = f"{PUBLISH}/kiem/{job.id}"
        job.stopping = True
        assert job.task is not None
        await job.task
        page = (await officer.get(address)).text
        assert "dừng giữa chừng" in page
        group = re.findall(r'name="dong-y" value="([0-9a-f]{16})"', page)
        await officer.post(f"{address}/dong-y", **{"co": group, "dong-y": group})
        refused = await officer.post(f"{address}/cong-bo")
        assert refused.status_code == 409
        await office.agreed(address)
        assert (await officer.post(f"{address}/cong-bo")).status_code == 303

    async def test_the_button_stops(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        begun = await officer.post(f"{PUBLISH}/kiem", muc=[ANSWER])
        stopped = await officer.post(f"{begun.headers['location']}/dung")
        assert stopped.headers["location"] == f"{begun.headers['location']}?da=dung"
        job = await office.ended(begun)
        assert job.stopping
        assert "check_stopped" in await office.trail()

    async def test_all_questions_can_be_tried(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        begun = await officer.post(f"{address}/tat-ca")
        job = await office.ended(begun)
        assert job.review is not None
        assert job.review.impact.every
        assert "Đã thử lại cả" in (await officer.get(begun.headers["location"])).text

    async def test_a_check_is_its_owners_and_ends_after_an_hour(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, job = await office.checked(ANSWER)
        assert office.jobs.find(job.id, "Minh", office.clock()) is None
        office.clock.go_on(minutes=61)
        gone = await officer.get(address)
        assert gone.status_code == 404
        assert "Bản nháp vẫn còn nguyên" in gone.text
        assert f'href="{PUBLISH}"' in gone.text

    async def test_a_draft_that_is_dropped_meanwhile_breaks_only_the_check(self, office: Office) -> None:
        officer = await office.begin()
        job = office.jobs.start(office.desk, "Lan", ("responses/vi/gone.md",))
        assert job.task is not None
        await job.task
        page = (await officer.get(f"{PUBLISH}/kiem/{job.id}")).text
        assert "hỏng giữa chừng" in page
        assert "Kiểm tra lại" in page

    async def test_an_officer_keeps_a_few_checks_and_the_server_not_too_many(self, office: Office) -> None:
        await office.begin()
        await wording(office)
        started = [office.jobs.start(office.desk, "Lan", (ANSWER,)) for _ in range(6)]
        kept = office.jobs.of("Lan", office.clock())
        assert kept == started[:1:-1]
        assert all(job.stopping for job in started[:2])
        for job in started:
            assert job.task is not None
            await job.task


class TestPublish:
    async def test_nothing_goes_out_before_every_change_was_agreed_to(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, job = await office.checked(ANSWER)
        assert job.to_accept
        page = (await officer.get(address)).text
        assert "<button disabled>Công bố ngay" in page
        for fields in ({}, {"dong-y": "x"}, {"dong-y": list(job.to_accept)}):
            refused = await officer.post(f"{address}/cong-bo", **fields)
            assert refused.status_code == 409
            assert "đồng ý với từng thay đổi" in refused.text
        assert (await office.current()).number == 1

    async def test_agreeing_is_kept_and_can_be_taken_back(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, job = await office.checked(ANSWER)
        await office.agreed(address)
        page = (await officer.get(address)).text
        assert "<button>Công bố ngay" in page
        await officer.post(f"{address}/dong-y", co=list(job.to_accept))
        assert "<button disabled>Công bố ngay" in (await officer.get(address)).text

    async def test_a_release_goes_out_and_the_page_says_who_answers_from_it(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        await office.agreed(address)
        done = await officer.post(f"{address}/cong-bo", **{"vi-sao": f"lễ phép hơn {XSS}"})
        assert done.headers["location"] == f"{RELEASES}/2?da=cong-bo"
        going = (await officer.get(f"{RELEASES}/2")).text
        assert "Loa đang chuyển sang bản này" in going
        assert "<script>alert" not in going
        await office.switch()
        there = (await officer.get(f"{RELEASES}/2")).text
        assert "Bản 2: bà con đang nhận" in there
        assert await office.drafts() == []
        release = await office.current()
        assert (release.author, release.note) == ("Lan", f"lễ phép hơn {XSS}")
        assert {"drafts_checked", "impact_accepted", "published"} <= set(await office.trail())

    async def test_only_what_was_chosen_goes_out(self, office: Office) -> None:
        await office.begin()
        await wording(office)
        await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách")
        await office.published(OTHER)
        assert [draft.item for draft in await office.drafts()] == [ANSWER]

    async def test_an_edit_after_the_check_asks_for_another_check(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        await office.agreed(address)
        await office.edit(ANSWER, "Mời anh/chị", "Xin mời anh/chị", "Minh")
        refused = await officer.post(f"{address}/cong-bo", **{"vi-sao": "giữ lời này"})
        assert refused.status_code == 409
        assert "Từ lúc kiểm tra đến giờ" in refused.text
        assert "giữ lời này" in refused.text
        assert (await office.current()).number == 1
        again = await officer.post(f"{address}/lai")
        assert again.headers["location"] != address
        job = await office.ended(again)
        await office.agreed(again.headers["location"])
        assert (await officer.post(f"{PUBLISH}/kiem/{job.id}/cong-bo")).status_code == 303

    async def test_another_release_meanwhile_asks_for_another_check(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách")
        address, _ = await office.checked(ANSWER)
        await office.agreed(address)
        await office.published(OTHER)
        refused = await officer.post(f"{address}/cong-bo")
        assert refused.status_code == 409
        assert "Từ lúc kiểm tra đến giờ" in refused.text
        assert (await office.current()).number == 2


class TestSecondPerson:
    @pytest.fixture
    def approvals(self) -> bool:
        return True

    async def test_publishing_waits_for_the_second_person(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        await office.agreed(address)
        page = (await officer.get(address)).text
        assert "Cần một người thứ hai duyệt" in page
        for way, fields in (("cong-bo", {}), ("hen", {"luc": "2021-02-07T07:00"})):
            refused = await officer.post(f"{address}/{way}", **fields)
            assert refused.status_code == 409, way
        assert (await office.current()).number == 1
        assert await office.desk.store.run(office.desk.store.store.versions.plans) == []

    async def test_a_link_is_made_and_whoever_opens_it_can_approve(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, job = await office.checked(ANSWER)
        await office.agreed(address)
        assert job.review is not None
        groups = tuple(replace(group, examples=(QUESTION,), questions=1) for group in job.groups)
        job.review = replace(job.review, impact=replace(job.review.impact, groups=groups))
        assert QUESTION in (await officer.get(address)).text
        for fields, status in (({"ai": " "}, 422), ({"ai": "lan"}, 409)):
            assert (await officer.post(f"{address}/nho", **fields)).status_code == status
        asked = await officer.post(f"{address}/nho", **{"ai": f"Hoa {XSS}", "loi-nhan": f"xem giúp {XSS}"})
        assert asked.status_code == 303
        page = (await officer.get(address)).text
        assert "<script>alert" not in page
        assert job.link in page
        assert "Chờ người thứ hai duyệt 1 mục" in page
        link = job.link.removeprefix(office.desk.settings.address)
        shown = (await office.client.get(link)).text
        assert "<script>alert" not in shown
        for told in ("Lan nhờ anh/chị xem", "xem giúp", "Loa đã kiểm", "bằng lời mới", "Đã thử lại"):
            assert told in shown
        assert QUESTION not in shown, "what residents asked stays with the officers"
        assert "Đã duyệt" in (await office.client.post(link)).text
        assert (await officer.post(f"{address}/cong-bo")).status_code == 303

    async def test_an_approver_who_is_signed_in_approves_what_he_saw(self, office: Office) -> None:
        officer = await office.begin("approver", name="Hoa")
        draft = await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo", "Lan")
        seen = f"{draft.version.id} {ANSWER}"
        assert seen in (await officer.get(PUBLISH)).text
        await office.edit(ANSWER, "Mời anh/chị đeo", "Xin anh/chị đeo", "Lan")
        refused = await officer.post(f"{PUBLISH}/duyet", muc=ANSWER, thay=seen)
        assert refused.status_code == 409
        (now,) = await office.drafts()
        for fields in ({}, {"muc": ANSWER}, {"muc": ANSWER, "thay": f"x {ANSWER}"}):
            assert (await officer.post(f"{PUBLISH}/duyet", **fields)).status_code == 422
        done = await officer.post(f"{PUBLISH}/duyet", muc=ANSWER, thay=f"{now.version.id} {ANSWER}")
        assert done.status_code == 303
        (approved,) = await office.drafts()
        assert (approved.state, approved.approver) == ("approved", "Hoa")
        await office.published(ANSWER)

    async def test_whoever_wrote_it_cannot_approve_it(self, office: Office) -> None:
        officer = await office.begin("approver", "editor", name="Hoa")
        draft = await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo", "Hoa")
        refused = await officer.post(f"{PUBLISH}/duyet", muc=ANSWER, thay=f"{draft.version.id} {ANSWER}")
        assert refused.status_code == 409
        assert "một người khác" in refused.text
        assert (await office.drafts())[0].state == "draft"

    async def test_an_editor_cannot_approve(self, office: Office) -> None:
        officer = await office.begin()
        draft = await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo", "Minh")
        refused = await officer.post(f"{PUBLISH}/duyet", muc=ANSWER, thay=f"{draft.version.id} {ANSWER}")
        assert refused.status_code == 403
        assert "Duyệt các mục" not in (await officer.get(PUBLISH)).text


class TestPlans:
    @pytest.mark.parametrize(
        "when", ["", "mai", "2021-02-06T18:59", "0001-01-01T00:00", "9999-12-31T23:59", "2023-01-01T00:00"]
    )
    async def test_a_time_that_is_none_or_past_is_refused(self, office: Office, when: str) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        await office.agreed(address)
        refused = await officer.post(f"{address}/hen", luc=when)
        assert refused.status_code == 409
        assert await office.desk.store.run(office.desk.store.store.versions.plans) == []

    async def test_a_plan_is_kept_in_vietnam_time_listed_and_carried_out(self, office: Office) -> None:
        officer = await office.begin()
        await wording(office)
        address, _ = await office.checked(ANSWER)
        refused = await officer.post(f"{address}/hen", luc="2021-02-07T07:00")
        assert refused.status_code == 409
        await office.agreed(address)
        planned = await officer.post(f"{address}/hen", **{"luc": "2021-02-07T07:00", "vi-sao": XSS})
        assert planned.headers["location"] == f"{PUBLISH}?da=hen"
        page = (await officer.get(PUBLISH)).text
        assert "07:00 07/02/2021" in page
        assert (await officer.get(address)).status_code == 404, "what is planned cannot be planned twice by a slip"
        assert "<script>alert" not in page
        (plan,) = await office.desk.store.run(office.desk.store.store.versions.plans)
        assert plan.at == office.clock() + timedelta(hours=12)
        office.clock.go_on(hours=13)
        await Planning(office.desk.store, office.clock).look()
        assert (await office.current()).number == 2

    async def test_a_plan_can_be_called_off_once(self, office: Office) -> None:
        officer = await office.begin()
        draft = await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách")
        versions = office.desk.store.store.versions
        plan = await office.desk.store.run(versions.plan, office.clock(), [draft.version.id], "Lan", "")
        assert (await officer.post(f"{PUBLISH}/hen/{plan.id}/huy")).status_code == 303
        for number in (str(plan.id), "99", "x", "9" * 30):
            assert (await officer.post(f"{PUBLISH}/hen/{number}/huy")).status_code == 409
        assert "đã huỷ" in (await officer.get(PUBLISH)).text
        assert "plan_cancelled" in await office.trail()

    async def test_a_refused_plan_shows_its_reasons(self, office: Office) -> None:
        officer = await office.begin()
        draft = await office.edit(ANSWER, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi ngủ nhé")
        versions = office.desk.store.store.versions
        await office.desk.store.run(versions.plan, office.clock(), [draft.version.id], "Lan", "")
        await Planning(office.desk.store, office.clock).look()
        page = (await officer.get(PUBLISH)).text
        assert "không công bố được" in page
        assert f"{ANSWER}:2" in page


class TestConflicts:
    async def both(self, office: Office) -> None:
        """An answer that was edited in the folder and, otherwise, in the store."""
        await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo")
        file = office.root / ANSWER
        file.write_text(file.read_text("utf8").replace("Anh/chị đeo", f"Bà con {XSS} đeo"), "utf8")

    async def test_both_sides_are_shown_and_the_file_can_be_taken(self, office: Office) -> None:
        officer = await office.begin()
        await self.both(office)
        page = (await officer.get(PUBLISH)).text
        assert "Vừa sửa trong tệp, vừa sửa trong kho" in page
        assert "<script>alert" not in page
        assert (await officer.post(f"{PUBLISH}/xung-dot", muc=ANSWER, lay="tep")).status_code == 303
        (draft,) = await office.drafts()
        assert draft.version.author == "tệp"
        assert "Vừa sửa trong tệp, vừa sửa trong kho" not in (await officer.get(PUBLISH)).text

    async def test_the_store_can_be_kept_and_the_files_words_stay_in_the_history(self, office: Office) -> None:
        officer = await office.begin()
        await self.both(office)
        before = (await office.drafts())[0]
        assert (await officer.post(f"{PUBLISH}/xung-dot", muc=ANSWER, lay="kho")).status_code == 303
        versions = office.desk.store.store.versions
        (draft,) = await office.drafts()
        assert draft.version.digest == before.version.digest
        assert draft.version.author == "Lan"
        bodies = [
            await office.desk.store.run(versions.body, each.id)
            for each in await office.desk.store.run(versions.history, ANSWER)
        ]
        assert any(body and XSS.encode() in body for body in bodies)
        assert XSS not in (office.root / ANSWER).read_text("utf8")
        assert "Vừa sửa trong tệp, vừa sửa trong kho" not in (await officer.get(PUBLISH)).text

    async def test_a_file_that_cannot_be_written_is_told_and_the_draft_stays(self, office: Office) -> None:
        officer = await office.begin()
        await self.both(office)
        before = (await office.drafts())[0]
        (office.root / "responses/vi/.mask.md.new").mkdir()
        refused = await officer.post(f"{PUBLISH}/xung-dot", muc=ANSWER, lay="kho")
        assert refused.status_code == 409
        assert "Không ghi được tệp" in refused.text
        assert (await office.drafts())[0].version.digest == before.version.digest
        assert XSS in (office.root / ANSWER).read_text("utf8")

    async def test_what_was_published_can_be_kept_without_a_draft(self, office: Office) -> None:
        officer = await office.begin()
        await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo")
        versions = office.desk.store.store.versions
        made = await office.desk.store.run(candidate, versions)
        await office.desk.store.run(publish, versions, made, "Lan", office.clock())
        file = office.root / ANSWER
        file.write_text(file.read_text("utf8").replace("Anh/chị đeo", "Bà con đeo"), "utf8")
        assert (await officer.post(f"{PUBLISH}/xung-dot", muc=ANSWER, lay="kho")).status_code == 303
        assert await office.drafts() == []
        assert "Mời anh/chị đeo" in file.read_text("utf8")
        assert "Vừa sửa trong tệp, vừa sửa trong kho" not in (await officer.get(PUBLISH)).text

    async def test_bad_input_changes_nothing(self, office: Office) -> None:
        officer = await office.begin()
        await self.both(office)
        assert (await officer.post(f"{PUBLISH}/xung-dot", muc=ANSWER, lay="x")).status_code == 422
        assert (await officer.post(f"{PUBLISH}/xung-dot", muc="../../etc", lay="kho")).status_code == 403
        assert XSS in (office.root / ANSWER).read_text("utf8")

    async def test_edited_files_are_taken_as_drafts(self, office: Office) -> None:
        officer = await office.begin()
        file = office.root / OTHER
        file.write_text(file.read_text("utf8").replace("title: Khoảng cách", "title: Giữ khoảng cách"), "utf8")
        assert "1 tệp đã sửa, chưa thành bản nháp" in (await officer.get(PUBLISH)).text
        assert (await officer.post(f"{PUBLISH}/tep")).status_code == 303
        assert [draft.item for draft in await office.drafts()] == [OTHER]


class TestJobs:
    async def test_a_check_lets_go_when_the_server_stops(self, office: Office) -> None:
        await office.begin()
        await wording(office)
        job = office.jobs.start(office.desk, "Lan", (ANSWER,), every=True)
        assert job.task is not None
        await asyncio.sleep(0)
        job.task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job.task
        assert not job.progress(25, 100), "the thread is told to stop"

    async def test_every_deed_has_words(self, office: Office) -> None:
        officer = await office.begin("editor", "approver")
        await wording(office)
        await office.published(ANSWER)
        await officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": "2"})
        assert all(action in DEEDS for action in await office.trail())
