"""The pages of unanswered questions: seen, tried out, settled and taken back, without JavaScript."""

from __future__ import annotations

import asyncio
import html
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.console.app import create_app
from bot.console.desk import Desk
from bot.content.drafting import head
from bot.content.editing import items_of
from bot.core.reply import Outcome, Scored
from bot.store.records import Effects, Question, Settlement
from tests.console.office import AtDesk, sign_in, take_in
from tests.fakes import NOON

LIST = "/can-bo/chua-dap"
PIG = "nhà em nuôi lợn rừng muốn làm chuồng thì hỏi ai"
PIGS = f"{PIG} ạ"
HONEY = "mật ong rừng năm nay giá thế nào"
BAD = "<script>alert(1)</script><b>lợn lòi</b> & “x”"
SUBJECT = "weddings_funerals"


async def ask(desk: Desk, text: str, ref: str = "an", outcome: Outcome = Outcome.NOT_UNDERSTOOD, **more: Any) -> None:
    scores = (Scored(SUBJECT, 0.3), Scored("greeting", 0.2), Scored("gone", 0.2))
    question = Question(text, outcome, (), scores, "r1")
    effects = Effects(ref, more.pop("at", NOON), chat_id=1, question=question, **more)
    await desk.store.run(desk.store.store.residents.apply, effects)


async def pigs(desk: Desk) -> None:
    """Two groups: pigs of two residents in three questions, honey of one."""
    await take_in(desk)
    await ask(desk, HONEY, "chi", at=NOON + timedelta(hours=3))
    await ask(desk, PIG)
    await ask(desk, PIGS, "bình", channel="web")
    await ask(desk, PIG)


@dataclass
class Clerk:
    """An editor at work on the list."""

    officer: AtDesk
    desk: Desk

    async def text(self, path: str, status: int = 200) -> str:
        for _ in range(200):  # on a busy machine the groups may take a while
            page = await self.officer.get(path)
            if "refresh" not in page.headers and "đang được xếp nhóm" not in page.text:
                break
            await asyncio.sleep(0.05)
        assert page.status_code == status, page.text
        return page.text

    async def tried(self, group: int, **fields: str) -> str:
        """Post the form of a group and wait for what the trial finds; the address of the trial."""
        gone = await self.officer.post(f"{LIST}/{group}", **fields)
        assert gone.status_code == 303, gone.text
        address = gone.headers["location"]
        for _ in range(600):
            page = await self.officer.get(address)
            if "refresh" not in page.headers:
                return address
            await asyncio.sleep(0.05)
        raise AssertionError("the trial did not end")

    async def draft(self, item: str = f"intents/{SUBJECT}.yaml", path: tuple[str, ...] = ("examples",)) -> list[str]:
        found = await self.desk.store.run(head, self.desk.store.store.versions, item)
        return items_of(found.text, path)

    async def drafts(self) -> list[str]:
        return [draft.item for draft in await self.desk.store.run(self.desk.store.store.versions.drafts)]

    async def trail(self) -> list[str]:
        return [deed.action for deed in await self.desk.store.run(self.desk.store.store.people.trail, 99)]


@pytest.fixture
async def clerk(desk: Desk, web: httpx.AsyncClient) -> Clerk:
    return Clerk(await sign_in(web, desk, "editor"), desk)


async def test_an_empty_list_says_so(desk: Desk, clerk: Clerk) -> None:
    await take_in(desk)
    assert "Không còn câu hỏi nào" in await clerk.text(LIST)
    assert "Chưa xử lý nhóm nào" in await clerk.text(f"{LIST}/da-xu-ly")


async def test_the_most_asked_group_comes_first_with_what_the_matcher_thought(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    page = await clerk.text(LIST)
    assert page.index(PIG) < page.index(HONEY)
    assert "<strong>2 người hỏi</strong>, 3 lần" in page
    assert "Telegram, trang web" in page
    assert "Đám cưới" in page
    assert "30 %" in page
    assert "2 nhóm, 4 câu hỏi" in page


async def test_looking_is_noted_once_in_a_session(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    for path in (LIST, LIST, f"{LIST}/2", f"{LIST}/da-xu-ly"):
        await clerk.text(path)
    assert (await clerk.trail()).count("unanswered_viewed") == 1


async def test_a_new_question_shows_at_once(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    await clerk.text(LIST)
    await ask(desk, "bán giống cá hồi ở chỗ nào")
    assert "bán giống cá hồi" in await clerk.text(LIST)


async def test_what_residents_write_stays_text(desk: Desk, clerk: Clerk) -> None:
    await take_in(desk)
    await ask(desk, BAD)
    for path in (LIST, f"{LIST}/1"):
        page = await clerk.text(path)
        assert "<script>alert" not in page
        assert html.escape(BAD, quote=False).replace("“", "“") in page or "&lt;script&gt;" in page
    address = await clerk.tried(1, viec="mau", chu_de=SUBJECT, cau=BAD)
    assert "<script>alert" not in await clerk.text(address)
    await clerk.officer.post(f"{address}/luu")
    assert "<script>alert" not in await clerk.text(f"{LIST}/da-xu-ly")
    assert BAD in (await clerk.draft())[-1]


async def test_a_group_becomes_examples_after_a_look_at_what_changes(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    form = await clerk.text(f"{LIST}/2?chu-de={SUBJECT}")
    assert f"{PIG}\n{PIGS}" in form
    assert f'<option value="{SUBJECT}" selected>' in form
    address = await clerk.tried(2, viec="mau", chu_de=SUBJECT, cau=f" {PIG} \r\n\r\n{PIGS}\n{PIG}\n")
    shown = await clerk.text(address)
    assert "không hiểu được" in shown
    assert "Đã thử lại" in shown
    assert await clerk.drafts() == [], "nothing is saved before the officer says so"
    kept = await clerk.officer.post(f"{address}/luu")
    assert kept.headers["location"] == f"{LIST}?da=luu-mau"
    assert (await clerk.draft())[-2:] == [PIG, PIGS]
    left = await clerk.text(LIST)
    assert PIG not in left
    assert HONEY in left
    assert "unanswered_settled" in await clerk.trail()
    (made,) = await desk.store.run(desk.store.store.questions.settlements, 9)
    assert (made.kind, made.subject, made.questions, made.phrases) == ("example", SUBJECT, 3, (PIG, PIGS))


async def test_taken_back_the_phrases_leave_the_draft_and_the_questions_return(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    address = await clerk.tried(2, viec="mau", chu_de=SUBJECT, cau=PIG)
    await clerk.officer.post(f"{address}/luu")
    assert PIG in await clerk.text(f"{LIST}/da-xu-ly")
    back = await clerk.officer.post(f"{LIST}/da-xu-ly/1/mo-lai")
    assert back.headers["location"].endswith("da=mo-lai-nhom")
    assert await clerk.drafts() == [], "a draft that says nothing else is dropped"
    assert PIG in await clerk.text(LIST)
    assert (await clerk.officer.post(f"{LIST}/da-xu-ly/1/mo-lai")).headers["location"].endswith("nhom-het")
    assert (await clerk.officer.post(f"{LIST}/da-xu-ly/²/mo-lai")).status_code == 303


async def test_others_phrases_stay_when_a_settlement_is_taken_back(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    for group, phrase in ((2, PIG), (1, HONEY)):
        address = await clerk.tried(group, viec="mau", chu_de=SUBJECT, cau=phrase)
        await clerk.officer.post(f"{address}/luu")
    await clerk.officer.post(f"{LIST}/da-xu-ly/1/mo-lai")
    assert (await clerk.draft())[-1] == HONEY
    assert PIG not in await clerk.draft()


async def test_a_group_becomes_a_kind_of_talk_that_is_not_answered(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    assert "Giống chữ nhưng chuyện khác" in await clerk.text(f"{LIST}/2?viec=ngoai")
    address = await clerk.tried(2, viec="ngoai", loai="far", cau=PIG)
    await clerk.officer.post(f"{address}/luu")
    assert (await clerk.draft("intents/_out_of_scope.yaml", ("groups", "far", "examples")))[-1] == PIG
    assert "Ngoài phạm vi" in await clerk.text(f"{LIST}/da-xu-ly")


async def test_a_new_subject_begins_with_the_phrases(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    gone = await clerk.officer.post(f"{LIST}/2", viec="moi", cau=f"{PIG}\n{PIGS}")
    address = httpx.URL(gone.headers["location"])
    assert address.path == "/can-bo/tra-loi/moi"
    assert address.params.get_list("cau") == [PIG, PIGS]
    assert f"{PIG}\n{PIGS}" in await clerk.text(gone.headers["location"])
    (made,) = await desk.store.run(desk.store.store.questions.settlements, 9)
    assert (made.kind, made.release) == ("subject", 1)


async def test_a_group_is_put_away_and_noted(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    gone = await clerk.officer.post(f"{LIST}/2/bo-qua")
    assert "Đã bỏ qua" in await clerk.text(gone.headers["location"])
    assert PIG not in await clerk.text(LIST)
    assert "unanswered_settled" in await clerk.trail()


async def test_what_is_answered_by_now_needs_no_phrase(desk: Desk, clerk: Clerk) -> None:
    await take_in(desk)
    await ask(desk, "5K là gì")
    assert "trả lời được…" in await clerk.text(LIST)
    assert "Bản đang dùng đã trả lời được" in await clerk.text(f"{LIST}/1")
    assert (await clerk.officer.post(f"{LIST}/1/da-tra-loi", chu_de="x")).headers["location"].endswith("nhom-het")
    await clerk.officer.post(f"{LIST}/1/da-tra-loi", chu_de="five_k")
    (made,) = await desk.store.run(desk.store.store.questions.settlements, 9)
    assert (made.kind, made.subject, made.phrases) == ("example", "five_k", ())


FAULTS = {
    "no choice": ({"viec": "mau", "cau": PIG}, "Anh/chị chọn"),
    "no such subject": ({"viec": "mau", "chu_de": "../x", "cau": PIG}, "Anh/chị chọn"),
    "a subject of small talk": ({"viec": "mau", "chu_de": "greeting", "cau": PIG}, "Anh/chị chọn"),
    "no such kind": ({"viec": "ngoai", "loai": "x", "cau": PIG}, "Anh/chị chọn"),
    "nothing at all": ({}, "Anh/chị chọn"),
    "no phrase": ({"viec": "mau", "chu_de": SUBJECT, "cau": " \n "}, "Chưa có câu mẫu nào"),
    "masked": ({"viec": "mau", "chu_de": SUBJECT, "cau": "gọi [số điện thoại] được không"}, "đã che số"),
    "too long": ({"viec": "mau", "chu_de": SUBJECT, "cau": "lợn " * 90}, "dài quá"),
    "no word": ({"viec": "mau", "chu_de": SUBJECT, "cau": "???"}, "không có chữ nào"),
    "too many": ({"viec": "mau", "chu_de": SUBJECT, "cau": "\n".join(f"lợn {n} con" for n in range(30))}, "tối đa"),
    "of another subject": (
        {"viec": "mau", "chu_de": SUBJECT, "cau": "giải thích kỹ hơn năm chữ K đó cho bà con hiểu"},
        "đã có ở",
    ),
}


async def test_a_faulty_form_comes_back_with_what_was_typed(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    for name, (fields, said) in FAULTS.items():
        page = await clerk.officer.post(f"{LIST}/2", **fields)
        assert page.status_code == 422, name
        assert said in page.text, name
        assert html.escape(fields.get("cau", "").strip()) in page.text, name


async def test_a_group_that_is_gone_leads_back_to_the_list(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    for group in ("99", "x", "²", "9" * 40, "-1"):
        for answer in (
            await clerk.officer.get(f"{LIST}/{group}"),
            await clerk.officer.post(f"{LIST}/{group}", viec="moi"),
            await clerk.officer.post(f"{LIST}/{group}/bo-qua"),
        ):
            assert answer.headers["location"] == f"{LIST}?da=nhom-het"
        assert (await clerk.officer.get(f"{LIST}/thu/{group}")).headers["location"] == f"{LIST}?da=thu-het"
        assert (await clerk.officer.post(f"{LIST}/thu/{group}/luu")).headers["location"] == f"{LIST}?da=thu-het"


async def test_a_page_that_is_none_is_the_nearest(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    for page in ("0", "-1", "x", "99999999", "²"):
        assert PIG in await clerk.text(f"{LIST}?trang={page}")


async def test_a_long_list_has_pages(desk: Desk, clerk: Clerk) -> None:
    await take_in(desk)
    for text in desk.reception.guide.catalogue.out_of_scope["far"][:45]:
        await ask(desk, text)
    first, second = await clerk.text(LIST), await clerk.text(f"{LIST}?trang=2")
    assert "Trang 1 trên" in first
    assert 'start="21"' in second
    assert len(first.encode()) < 60_000


async def test_of_two_officers_one_settles_and_the_other_adds_nothing(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    address = await clerk.tried(2, viec="mau", chu_de=SUBJECT, cau=PIG)
    made = Settlement(NOON, "Mai", "ignored")
    assert await desk.store.run(desk.store.store.questions.settle, [2, 3, 4], made)
    kept = await clerk.officer.post(f"{address}/luu")
    assert kept.headers["location"] == f"{LIST}?da=nguoi-khac"
    assert await clerk.drafts() == []


async def test_phrases_that_another_officer_added_meanwhile_stay(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    pig = await clerk.tried(2, viec="mau", chu_de=SUBJECT, cau=PIG)
    honey = await clerk.tried(1, viec="mau", chu_de=SUBJECT, cau=HONEY)
    await clerk.officer.post(f"{honey}/luu")
    await clerk.officer.post(f"{pig}/luu")
    assert (await clerk.draft())[-2:] == [HONEY, PIG]


async def test_a_trial_that_is_under_way_saves_nothing(desk: Desk, clerk: Clerk) -> None:
    await pigs(desk)
    gone = await clerk.officer.post(f"{LIST}/2", viec="mau", chu_de=SUBJECT, cau=PIG)
    address = gone.headers["location"]
    page = await clerk.officer.get(address)
    kept = await clerk.officer.post(f"{address}/luu")
    if "refresh" in page.headers:  # it may be done already on a fast machine
        assert "Trang tự tải lại" in page.text
        assert kept.headers["location"] == address
        assert await clerk.drafts() == []


async def test_an_approver_does_not_see_residents_words(desk: Desk) -> None:
    await pigs(desk)
    transport = httpx.ASGITransport(create_app(desk), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://loa.test") as client:
        officer = await sign_in(client, desk, "approver", name="Mai")
        page = await officer.get(LIST)
    assert page.status_code == 403
    assert PIG not in page.text
