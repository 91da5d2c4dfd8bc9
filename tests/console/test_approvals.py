"""A second person approves by a link: opening it shows, only the button approves."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from bot.console.desk import Desk
from bot.content.approving import submit
from bot.content.drafting import head, save
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.errors import NotApproved
from bot.store.versions import Draft
from tests.conftest import ROOT
from tests.fakes import FixedClock

ITEM = "responses/vi/mask.md"


async def link(desk: Desk, change: str = "xin đeo khẩu trang", approver: str = "Hoa", author: str = "Lan") -> str:
    def made() -> str:
        versions = desk.store.store.versions
        start(versions, read_folder(ROOT), desk.clock())
        before = head(versions, ITEM)
        save(versions, before, before.text.replace("đeo khẩu trang", change, 1), author, desk.clock(), "cho lễ phép")
        drafts = [draft for draft in versions.drafts() if draft.item == ITEM]
        return f"/duyet/{submit(versions, desk.sealer, drafts, approver, desk.clock())}"

    return await desk.store.run(made)


async def draft(desk: Desk) -> Draft:
    return (await desk.store.run(desk.store.store.versions.drafts))[0]


async def test_opening_shows_the_change_and_approves_nothing(desk: Desk, web: httpx.AsyncClient) -> None:
    page = await web.get(await link(desk))
    assert page.status_code == 200
    assert re.search(r"<ins>\s*xin\s*</ins>", page.text)
    assert "Mời Hoa duyệt" in page.text
    assert "<h2>Câu trả lời “" in page.text
    assert "cho lễ phép" in page.text
    assert (await draft(desk)).state == "in_review"


async def test_the_button_approves_once_and_for_all_to_see(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk)
    pressed = await web.post(address)
    assert "Đã duyệt" in pressed.text
    found = await draft(desk)
    assert (found.state, found.approver) == ("approved", "Hoa")
    again = await web.get(address)
    assert "<form" not in again.text


async def test_the_trail_says_who_approved_by_the_link_once_and_apart_from_officers(
    desk: Desk, web: httpx.AsyncClient
) -> None:
    address = await link(desk, approver="Quản trị")
    await web.get(address)
    await web.post(address)
    await web.post(address)
    trail = await desk.store.run(desk.store.store.people.trail, 10)
    assert [(each.officer, each.action, each.subject, each.detail) for each in trail] == [
        ("(link duyệt)", "approved_by_link", ITEM, "Quản trị")
    ]


@pytest.mark.parametrize("name", ["lan", " LAN ", "L\u200ban", "Lаn", "Ｌａｎ", "\u202eLan"])
async def test_an_author_is_no_second_person_under_letters_that_look_alike(desk: Desk, name: str) -> None:
    with pytest.raises(NotApproved):
        await link(desk, approver=name, author="Lan")


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e"])
async def test_nobody_is_no_second_person(desk: Desk, name: str) -> None:
    with pytest.raises(NotApproved):
        await link(desk, approver=name)


async def test_an_edit_after_the_link_was_sent_has_to_be_looked_at_again(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk)
    await link(desk, "vui lòng đeo khẩu trang")
    for refused in (await web.get(address), await web.post(address)):
        assert refused.status_code == 410
        assert "link mới" in refused.text
    assert (await draft(desk)).state == "in_review"


async def test_a_link_ends(desk: Desk, web: httpx.AsyncClient, clock: FixedClock) -> None:
    address = await link(desk)
    clock.go_on(days=3)
    refused = await web.post(address)
    assert refused.status_code == 410
    assert "hết hạn" in refused.text
    assert (await draft(desk)).state == "in_review"


@pytest.mark.parametrize("token", ["x", "AQ", "%00", "a" * 4000, "é"])
async def test_a_forged_link_opens_nothing(desk: Desk, web: httpx.AsyncClient, token: str) -> None:
    await link(desk)
    refused = await web.post(f"/duyet/{token}")
    assert refused.status_code in (404, 410)
    assert ITEM not in refused.text


async def test_a_link_that_was_changed_opens_nothing(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk)
    letter = "A" if address[60] != "A" else "B"
    assert (await web.post(address[:60] + letter + address[61:])).status_code == 410


async def test_a_form_of_another_site_approves_nothing(desk: Desk, web: httpx.AsyncClient) -> None:
    refused = await web.post(
        await link(desk), headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    )
    assert refused.status_code == 403
    assert (await draft(desk)).state == "in_review"


async def test_whoever_wrote_it_cannot_be_asked(desk: Desk) -> None:
    with pytest.raises(NotApproved):
        await link(desk, approver=" lan ")
    assert (await draft(desk)).state == "draft"


async def test_what_officers_wrote_is_never_markup(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk, "<script>alert(1)</script>", approver="<b>Hoa</b>", author="<i>Lan</i>")
    page = (await web.get(address)).text
    assert "<script>" not in page
    assert "<b>Hoa" not in page
    assert "<i>Lan" not in page


async def test_a_link_lasts_as_long_as_it_was_made_for(desk: Desk, clock: FixedClock, web: httpx.AsyncClient) -> None:
    def made() -> str:
        versions = desk.store.store.versions
        return submit(versions, desk.sealer, versions.drafts(), "Mai", clock(), timedelta(minutes=5))

    await link(desk)
    token = await desk.store.run(made)
    clock.go_on(minutes=6)
    assert (await web.get(f"/duyet/{token}")).status_code == 410
