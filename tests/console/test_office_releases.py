"""Releases on pages: what each changed, going back, and what was said at a time."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.console.publishing import ANSWER, INTENT, OTHER, PUBLISH, RELEASES, Office

XSS = "<script>alert(1)</script>"


async def two_more(office: Office) -> None:
    """A second release with another wording, a third with another title."""
    await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo")
    await office.published(ANSWER, note=f"lễ phép {XSS}")
    office.clock.go_on(hours=1)
    await office.edit(OTHER, "title: Khoảng cách", "title: Giữ khoảng cách")
    await office.published(OTHER)
    office.clock.go_on(hours=1)
    await office.switch()


async def test_each_release_tells_what_it_changed(office: Office) -> None:
    officer = await office.begin()
    await two_more(office)
    page = (await officer.get(RELEASES)).text
    assert [page.index(f"<strong>Bản {number}</strong>") for number in (3, 2, 1)] == sorted(
        page.index(f"<strong>Bản {number}</strong>") for number in (3, 2, 1)
    )
    assert "1 mục: Câu trả lời “Khẩu trang”" in page
    assert "1 mục: Câu mẫu “Giữ khoảng cách”" in page
    assert "<script>alert" not in page
    assert page.count("đang dùng") == 1
    assert "Trở lại bản" not in page, "an editor may not"
    one = (await officer.get(f"{RELEASES}/2")).text
    assert "Đổi 1 mục so với bản 1" in one
    assert "<ins>Mời anh</ins>" in one
    assert "<script>alert" not in one


async def test_the_list_comes_in_pages(office: Office) -> None:
    officer = await office.begin()
    versions = office.desk.store.store.versions
    contents = await office.desk.store.run(versions.contents, 1)
    for number in range(1, 31):
        await office.desk.store.run(versions.publish, "r", contents, number, "Lan", office.clock(), "")
    page = (await officer.get(RELEASES)).text
    assert re.findall(r"<strong>Bản (\d+)</strong>", page) == [str(number) for number in range(31, 16, -1)]
    older = (await officer.get(re.findall(rf'href="({RELEASES}\?truoc=\d+)"', page)[0])).text
    assert re.findall(r"<strong>Bản (\d+)</strong>", older) == [str(number) for number in range(16, 1, -1)]
    assert "Không còn bản nào cũ hơn" in (await officer.get(f"{RELEASES}?truoc=1")).text
    assert (await officer.get(f"{RELEASES}?truoc={'9' * 40}")).status_code == 200


@pytest.mark.parametrize("number", ["0", "9", "x", "-1", "9" * 30])
async def test_a_release_that_is_not_there(office: Office, number: str) -> None:
    officer = await office.begin("approver")
    for path in (f"{RELEASES}/{number}", f"{RELEASES}/{number}/tro-lai"):
        gone = await officer.get(path)
        assert gone.status_code == 404
        assert "Không có bản này" in gone.text


class TestGoingBack:
    async def test_the_page_shows_what_changes_back_and_the_button_does_it(self, office: Office) -> None:
        officer = await office.begin("editor", "approver")
        await two_more(office)
        page = (await officer.get(f"{RELEASES}/1/tro-lai")).text
        assert "2 mục sẽ đổi lại" in page
        assert "<del>Mời anh</del>" in page
        assert (await office.current()).number == 3
        done = await officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": "3", "vi-sao": XSS})
        assert done.headers["location"] == f"{RELEASES}/4?da=tro-lai"
        release = await office.current()
        assert (release.restores, release.author) == (1, "Lan")
        await office.switch()
        there = (await officer.get(f"{RELEASES}/4")).text
        assert "Bản 4: bà con đang nhận" in there
        assert "trở lại bản 1" in there
        assert "<script>alert" not in there
        assert "rolled_back" in await office.trail()

    async def test_a_release_that_came_meanwhile_is_shown_first(self, office: Office) -> None:
        officer = await office.begin("editor", "approver")
        await two_more(office)
        for shown in ("2", "", "x"):
            refused = await officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": shown, "vi-sao": "nhầm lời"})
            assert refused.status_code == 409
            assert "Vừa có bản khác được công bố" in refused.text
            assert "nhầm lời" in refused.text
        assert (await office.current()).number == 3

    async def test_a_button_that_is_pressed_many_times_at_once_goes_back_once(self, office: Office) -> None:
        officer = await office.begin("approver")
        await two_more(office)
        presses = [officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": "3"}) for _ in range(5)]
        codes = [answer.status_code for answer in await asyncio.gather(*presses)]
        assert sorted(codes) == [303, 409, 409, 409, 409]
        current = await office.desk.store.run(office.desk.store.store.versions.current)
        assert current is not None
        assert (current.number, current.restores) == (4, 1)

    async def test_the_current_release_is_no_way_back(self, office: Office) -> None:
        officer = await office.begin("approver")
        refused = await officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": "1"})
        assert refused.status_code == 409
        assert (await office.current()).number == 1

    async def test_a_release_that_this_program_cannot_read_is_no_way_back(self, office: Office) -> None:
        officer = await office.begin("editor", "approver")
        broken = await office.edit(INTENT, "title: Khẩu trang", "tiitle: Khẩu trang")
        versions = office.desk.store.store.versions
        contents = await office.desk.store.run(versions.contents, 1)
        old = {**contents, INTENT: broken.version}  # as a program before this one may have taken it
        await office.desk.store.run(versions.publish, "old", old, 1, "Lan", office.clock(), "")
        await office.desk.store.run(versions.publish, "now", contents, 2, "Lan", office.clock(), "")
        refused = await officer.post(f"{RELEASES}/2/tro-lai", **{"tu-ban": "3"})
        assert refused.status_code == 409
        assert "không đọc được bản 2" in refused.text
        assert INTENT in refused.text
        assert "bà con vẫn nhận bản đang dùng" in refused.text
        assert (await office.current()).number == 3

    async def test_an_editor_may_not(self, office: Office) -> None:
        officer = await office.begin("editor")
        await two_more(office)
        assert (await officer.get(f"{RELEASES}/1/tro-lai")).status_code == 403
        assert (await officer.post(f"{RELEASES}/1/tro-lai", **{"tu-ban": "3"})).status_code == 403
        assert (await office.current()).number == 3


class TestWhatWasSaid:
    async def test_the_answer_of_the_release_of_that_time_is_shown(self, office: Office) -> None:
        officer = await office.begin()
        await two_more(office)  # published at 19:00 and 20:00 in Viet Nam
        before = await officer.get(f"{RELEASES}/luc?luc=2021-02-06T19:30&chu-de=mask")
        assert "Mời anh/chị đeo khẩu trang." in before.text
        assert 'href="/can-bo/cong-bo/ban/2"' in before.text
        assert 'value="mask" selected' in before.text
        assert "looked_back" in await office.trail()

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ("luc=2020-02-06T19:30&chu-de=mask", 404),
            ("luc=2021-02-06T19:30&chu-de=nothing", 404),
            ("luc=2021-02-06T19:30&chu-de=../../data/pack", 404),
            ("luc=&chu-de=mask", 422),
            ("luc=0001-01-01T00:00&chu-de=mask", 422),
            ("luc=9999-12-31T23:59-23:59&chu-de=mask", 422),
            (f"luc={XSS}&chu-de={XSS}", 422),
            ("", 422),
        ],
    )
    async def test_bad_input_is_told(self, office: Office, query: str, status: int) -> None:
        officer = await office.begin()
        answer = await officer.get(f"{RELEASES}/luc?{query}")
        assert answer.status_code == status
        assert 'class="problem"' in answer.text
        assert "<script>alert" not in answer.text


async def test_the_page_of_drafts_leads_to_the_releases(office: Office) -> None:
    officer = await office.begin()
    await office.edit(INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
    page = (await officer.get(PUBLISH)).text
    assert f'href="{RELEASES}"' in page
    assert 'href="/can-bo/bang"' in page
