"""A second person approves by a link: opening it shows, only the button approves."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from bot.console.desk import Desk
from bot.content.approving import Wish, submit
from bot.content.drafting import head, save
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.errors import NotApproved
from bot.store.versions import Draft, Edit
from tests.conftest import ROOT
from tests.fakes import FixedClock

ITEM = "responses/vi/mask.md"


async def link(
    desk: Desk, change: str = "xin đeo khẩu trang", approver: str = "Hoa", author: str = "Lan", by: str = "Minh",
    note: str = "xem giúp câu đầu", told: tuple[str, ...] = ("Loa đã kiểm 9 mục: không có lỗi.",),
) -> str:  # fmt: skip
    def made() -> str:
        store = desk.store.store
        versions = store.versions
        start(versions, read_folder(ROOT), desk.clock())
        before = head(versions, ITEM)
        save(versions, before, before.text.replace("đeo khẩu trang", change, 1), author, desk.clock(), "cho lễ phép")
        drafts = [draft for draft in versions.drafts() if draft.item == ITEM]
        return f"/duyet/{submit(store, desk.sealer, drafts, Wish(approver, by, note, told), desk.clock())}"

    return await desk.store.run(made)


async def draft(desk: Desk) -> Draft:
    return (await desk.store.run(desk.store.store.versions.drafts))[0]


async def test_opening_shows_the_change_and_approves_nothing(desk: Desk, web: httpx.AsyncClient) -> None:
    page = await web.get(await link(desk))
    assert page.status_code == 200
    assert re.search(r"<ins>\s*xin\s*</ins>", page.text)
    assert "Gửi anh/chị Hoa: mời duyệt 1 mục" in page.text
    assert ">Câu trả lời “" in page.text
    assert "cho lễ phép" in page.text
    assert (await draft(desk)).state == "in_review"


async def test_the_button_approves_once_and_for_all_to_see(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk)
    pressed = await web.post(address)
    assert "Đã duyệt" in pressed.text
    found = await draft(desk)
    assert (found.state, found.approver) == ("approved", "Hoa (qua link, tên chưa kiểm)")
    again = await web.get(address)
    assert "<form" not in again.text


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
    address = await link(
        desk, "<script>alert(1)</script>", approver="<b>Hoa</b>", author="<i>Lan</i>", by="<u>Minh</u>",
        note="<img src=x>", told=("<s>đã kiểm</s>",),
    )  # fmt: skip
    for page in ((await web.get(address)).text, (await web.post(address)).text):
        assert "Hoa" in page
        for raw in ("<script>", "<b>Hoa", "<i>Lan", "<u>Minh", "<img src=x", "<s>đã"):
            assert raw not in page


async def test_a_link_lasts_as_long_as_it_was_made_for(desk: Desk, clock: FixedClock, web: httpx.AsyncClient) -> None:
    def made() -> str:
        store = desk.store.store
        return submit(store, desk.sealer, store.versions.drafts(), Wish("Mai", "Minh"), clock(), timedelta(minutes=5))

    await link(desk)
    token = await desk.store.run(made)
    clock.go_on(minutes=6)
    assert (await web.get(f"/duyet/{token}")).status_code == 410


async def test_it_says_who_asked_when_with_which_note_and_what_the_check_said(
    desk: Desk, web: httpx.AsyncClient
) -> None:
    told = ("Loa đã kiểm 9 mục: không có lỗi.", "2 câu vẫn được trả lời “Khẩu trang” nhưng bằng lời mới.")
    page = (await web.get(await link(desk, told=told))).text
    for said in ("Minh nhờ anh/chị xem trước khi công bố, lúc 19:00 06/02/2021", "xem giúp câu đầu", *told):
        assert said in page
    assert "Link này làm riêng cho anh/chị Hoa" in page


async def test_an_answer_is_shown_as_residents_see_it_now_and_then(desk: Desk, web: httpx.AsyncClient) -> None:
    page = (await web.get(await link(desk))).text
    assert "Bà con đang thấy" in page
    assert "Bà con sẽ thấy" in page
    assert page.count('class="bubble"') == 2
    for raw in ("{% quote", "{{ fact", "responses/vi/"):
        assert raw not in page, "no word of the files"


async def test_the_trail_says_that_the_name_was_typed_and_who_asked_whom(desk: Desk, web: httpx.AsyncClient) -> None:
    address = await link(desk)
    await web.post(address)
    await web.post(address)
    deeds = await desk.store.run(desk.store.store.people.trail, 10)
    (deed,) = (each for each in deeds if each.action == "approved_by_link")
    assert deed.officer == "Hoa (qua link, tên chưa kiểm)"
    assert deed.subject == ITEM
    assert "Minh nhờ Hoa" in deed.detail
    assert "Loa không kiểm được ai mở link" in deed.detail


async def test_many_drafts_come_in_pages_and_only_the_last_approves(desk: Desk, web: httpx.AsyncClient) -> None:
    await link(desk)

    def more() -> str:
        store, at = desk.store.store, desk.clock()
        items = [f"responses/vi/topic_{number:02}.md" for number in range(19)]
        store.versions.save([Edit(item, "**Lời rất dài.** ".encode() * 100, None, "Lan") for item in items], at)
        return f"/duyet/{submit(store, desk.sealer, store.versions.drafts(), Wish('Hoa', 'Minh'), at)}"

    address = await desk.store.run(more)
    first, last = await web.get(address), await web.get(f"{address}?trang=3")
    assert len(first.content) < 60_000
    assert "mời duyệt 20 mục" in first.text
    assert "<form" not in first.text
    assert "Nút duyệt ở trang cuối" in first.text
    assert "Duyệt 20 mục này" in last.text
    assert "Đã duyệt 20 mục" in (await web.post(address)).text


async def test_phrases_facts_and_sentences_are_told_without_their_files(desk: Desk, web: httpx.AsyncClient) -> None:
    def made() -> str:
        store, at = desk.store.store, desk.clock()
        start(store.versions, read_folder(ROOT), at)
        for item, before, after in (
            ("intents/mask.yaml", "examples:", "examples:\n  - deo khau trang kieu gi"),
            ("data/facts.yaml", '"1900 9095"', '"1900 3228"'),
            ("responses/vi/_messages.yaml", "not_understood: |\n", "not_understood: |\n  Xin lỗi bà con.\n"),
        ):
            found = head(store.versions, item)
            assert before in found.text, item
            save(store.versions, found, found.text.replace(before, after, 1), "Lan", at)
        return f"/duyet/{submit(store, desk.sealer, store.versions.drafts(), Wish('Hoa', 'Minh'), at)}"

    page = (await web.get(await desk.store.run(made))).text
    assert "Câu mẫu: thêm 1" in page
    assert "<ins>deo khau trang kieu gi</ins>" in page
    assert "Giá trị: <del>1900 9095</del> <ins>1900 3228</ins>" in page
    assert "Chưa hiểu câu hỏi" in page
    assert "examples:" not in page
    assert "not_understood" not in page


async def test_a_draft_that_deletes_says_so(desk: Desk, web: httpx.AsyncClient) -> None:
    def made() -> str:
        store, at = desk.store.store, desk.clock()
        start(store.versions, read_folder(ROOT), at)
        save(store.versions, head(store.versions, ITEM), None, "Lan", at)
        return f"/duyet/{submit(store, desk.sealer, store.versions.drafts(), Wish('Hoa', 'Minh'), at)}"

    page = (await web.get(await desk.store.run(made))).text
    assert "Mục này sẽ bị bỏ" in page
    assert "Bà con đang thấy" in page
    assert "Bà con sẽ thấy" not in page
