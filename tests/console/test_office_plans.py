"""A draft that waits for its time: it is told apart from others, and its time can be changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.content.planning import Planning
from bot.store.versions import Plan
from tests.console.publishing import ANSWER, INTENT, PUBLISH, Office

ANSWERS = "/can-bo/tra-loi"
AT = "07:00 07/02/2021"  # twelve hours after the clock of the tests, in Viet Nam


async def planned(office: Office, *, author: str = "Lan") -> Plan:
    """A draft of the answer about masks that goes out next morning."""
    draft = await office.edit(ANSWER, "Anh/chị đeo", "Mời anh/chị đeo", author)
    versions, when = office.desk.store.store.versions, office.clock() + timedelta(hours=12)
    return await office.desk.store.run(versions.plan, when, [draft.version.id], "Lan", "theo công văn")


async def plans(office: Office) -> list[Plan]:
    return await office.desk.store.run(office.desk.store.store.versions.plans)


async def test_every_page_of_the_draft_says_when_it_goes_out(office: Office) -> None:
    officer = await office.begin()
    await planned(office)
    listed = (await officer.get(ANSWERS)).text
    assert f"công bố lúc {AT}" in listed
    assert "#hen-gio" in listed
    assert ">Bản nháp</span>" not in listed
    assert "Khẩu trang" in (await officer.get(f"{ANSWERS}?loc=planned")).text
    for page in (f"{ANSWERS}/mask", f"{ANSWERS}/mask/phien-ban?tep=", f"{ANSWERS}/mask"):
        shown = (await officer.get(page)).text
        assert f"được công bố lúc {AT}" in shown
        assert 'href="/can-bo/cong-bo#hen-gio"' in shown
    publishing = (await officer.get(PUBLISH)).text
    assert f'<span class="state planned">công bố lúc {AT}</span>' in publishing
    assert '<span class="state draft">bản nháp</span>' not in publishing
    assert f'value="{ANSWER}" checked' not in publishing, "what goes out by itself is not chosen to go out now"


async def test_an_edit_after_that_is_told_since_it_does_not_go_out(office: Office) -> None:
    officer = await office.begin()
    await planned(office)
    await office.edit(ANSWER, "Mời anh/chị", "Xin mời anh/chị", "Minh")
    assert "rồi lại có bản nháp mới hơn" in (await officer.get(ANSWERS)).text
    assert "rồi được sửa tiếp" in (await officer.get(f"{ANSWERS}/mask")).text
    assert "đến giờ Loa công bố lời lúc hẹn" in (await officer.get(PUBLISH)).text
    office.clock.go_on(hours=13)
    await Planning(office.desk.store, office.clock).look()
    (left,) = await office.drafts()
    assert left.version.author == "Minh"
    assert "sửa tiếp" not in (await officer.get(f"{ANSWERS}/mask")).text


async def test_what_is_not_planned_is_not_told_to_be(office: Office) -> None:
    officer = await office.begin()
    await planned(office)
    await office.edit(INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
    assert "công bố lúc" not in (await officer.get(f"{ANSWERS}/mask/cau-mau")).text
    listed = (await officer.get(ANSWERS)).text
    assert ">Bản nháp</span>" in listed, "half of the subject waits for nobody"


async def test_the_time_can_be_changed(office: Office) -> None:
    officer = await office.begin()
    old = await planned(office)
    assert 'value="2021-02-07T07:00"' in (await officer.get(PUBLISH)).text
    done = await officer.post(f"{PUBLISH}/hen/{old.id}/doi", luc="2021-02-06T20:30")
    assert done.headers["location"] == f"{PUBLISH}?da=doi-hen"
    new = next(plan for plan in await plans(office) if plan.state == "open")
    assert [plan.state for plan in await plans(office) if plan.id == old.id] == ["moved"]
    assert (new.at, new.versions, new.note) == (office.clock() + timedelta(minutes=90), old.versions, old.note)
    assert "công bố lúc 20:30 06/02/2021" in (await officer.get(ANSWERS)).text
    assert "plan_moved" in await office.trail()
    office.clock.go_on(hours=2)
    await Planning(office.desk.store, office.clock).look()
    assert (await office.current()).number == 2
    assert await office.drafts() == []


@pytest.mark.parametrize("when", ["", "mai", "2021-02-06T18:59", "9999-12-31T23:59"])
async def test_a_time_that_is_none_or_past_leaves_the_old_one(office: Office, when: str) -> None:
    officer = await office.begin()
    plan = await planned(office)
    refused = await officer.post(f"{PUBLISH}/hen/{plan.id}/doi", luc=when)
    assert refused.status_code == 409
    assert "Hẹn cũ để nguyên" in refused.text
    assert await plans(office) == [plan]


async def test_a_plan_that_is_settled_gets_no_other_time(office: Office) -> None:
    officer = await office.begin()
    plan = await planned(office)
    assert (await officer.post(f"{PUBLISH}/hen/{plan.id}/huy")).status_code == 303
    for number in (str(plan.id), "99", "x"):
        refused = await officer.post(f"{PUBLISH}/hen/{number}/doi", luc="2021-02-07T08:00")
        assert refused.status_code == 409
        assert "không còn chờ nữa" in refused.text
    assert [each.state for each in await plans(office)] == ["cancelled"]
