from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from bot.console.clients import COOKIE
from bot.console.desk import Desk
from bot.core.messages import SENTENCES
from tests.fakes import FixedClock, rows

WEDDING = "đám cưới có được tổ chức không"
PART = {"X-Loa-Part": "1"}


async def test_without_script_a_question_comes_back_on_the_page(web: httpx.AsyncClient) -> None:
    await web.get("/")
    posted = await web.post("/chat", data={"text": WEDDING})
    assert posted.status_code == 303
    page = (await web.get(posted.headers["location"])).text
    assert WEDDING in page
    assert 'class="source"' in page
    assert 'value="clause:UBND@2021#2"' in page


async def test_with_script_only_the_new_bubble_comes_back(web: httpx.AsyncClient) -> None:
    part = await web.post("/chat", data={"text": WEDDING}, headers=PART)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert 'class="source"' in part.text


async def test_buttons_work_and_their_label_is_what_was_said(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    await web.post("/chat", data={"action": "clause:UBND@2021#2", "message": "t2"})
    page = (await web.get("/")).text
    assert "Nguyên văn mục 2" in page
    assert "Hạn chế tối đa các hoạt động" in page


async def test_the_directives_are_read_on_the_page_and_marked_only_from_an_answer(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    marked = await web.post("/chat", data={"action": "clause:UBND@2021#2", "message": "t2"}, headers=PART)
    shelf = await web.post("/chat", data={"text": "/vanban"}, headers=PART)
    assert 'value="doc:UBND@2021"' in shelf.text
    plain = await web.post("/chat", data={"action": "clause:UBND@2021#2", "message": "t6"}, headers=PART)
    assert "<strong>vận động hạn chế" in marked.text
    assert "<strong>vận động" not in plain.text
    assert 'value="rests:UBND@2021#2"' in plain.text
    found = await web.post("/chat", data={"text": "/vanban dam cuoi"}, headers=PART)
    assert "<strong>đám cưới</strong>" in found.text


async def test_a_vote_without_script_is_thanked_on_the_page(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    page = await web.post("/chat", data={"action": "up:weddings_funerals", "message": "t2"})
    assert page.status_code == 200
    assert 'role="status"' in page.text
    assert WEDDING in page.text


async def test_how_to_connect_telegram_is_told_to_who_runs_loa_alone(web: httpx.AsyncClient) -> None:
    assert "BotFather" in (await web.get("/")).text
    assert "BotFather" not in (await web.get("/", headers={"X-Forwarded-For": "203.0.113.7"})).text


async def test_the_greeting_stays_on_the_page(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    page = (await web.get("/")).text
    assert page.index('value="group:0"') < page.index(WEDDING)


def test_every_text_of_the_page_is_declared_and_used() -> None:
    pages = Path(__file__).parent.parent.parent / "bot/console/pages"
    used = {
        name
        for page in pages.glob("*.html")
        for name in re.findall(r"\bt\.(?!me\b)(\w+)", page.read_text(encoding="utf8"))
    }
    declared = {name.removeprefix("page_") for name in SENTENCES if name.startswith("page_")}
    assert len(used) > 10
    assert used == declared


async def test_a_vote_is_counted_and_thanked(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.post("/chat", data={"text": WEDDING})
    for action in ("up:weddings_funerals", "down:weddings_funerals"):
        found = await web.post("/chat", data={"action": action, "message": "t2"}, headers=PART)
        assert unquote(found.headers["X-Loa-Toast"])
    assert await rows(desk.store, "SELECT up FROM votes") == [(0,)]


async def reasons(desk: Desk) -> list[tuple[bool, str, str]]:
    found = await desk.store.run(desk.store.store.feedback.votes, datetime(2020, 1, 1, tzinfo=UTC))
    return [(vote.up, vote.reason, vote.words) for vote in found]


async def test_without_script_a_reason_can_be_chosen_and_written(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    page = (await web.post("/chat", data={"action": "down:weddings_funerals", "message": "t2"})).text
    assert 'value="why:unclear.t2"' in page
    assert 'value="why:unclear.t2"' in (await web.get("/")).text, "the question stays on the page"
    chosen = await web.post("/chat", data={"action": "why:unclear.t2", "message": "t3"})
    assert chosen.status_code == 200
    assert "ghi lại lý do" in chosen.text
    assert (await web.post("/chat", data={"action": "write:t2", "message": "t3"})).status_code == 303
    await web.post("/chat", data={"text": "không rõ, gọi tôi 0912345678"})
    ((up, reason, words),) = await reasons(desk)
    assert (up, reason) == (False, "unclear")
    assert words.startswith("không rõ")
    assert "0912345678" not in words
    await web.post("/chat", data={"action": "up:weddings_funerals", "message": "t2"})
    assert await reasons(desk) == [(True, "", "")]


async def test_with_script_the_question_why_comes_as_a_bubble_with_the_thanks(web: httpx.AsyncClient) -> None:
    await web.post("/chat", data={"text": WEDDING}, headers=PART)
    found = await web.post("/chat", data={"action": "down:weddings_funerals", "message": "t2"}, headers=PART)
    assert unquote(found.headers["X-Loa-Toast"])
    assert found.text.count("<article") == 1
    assert 'value="write:t2"' in found.text


async def test_a_vote_ends_the_wait_for_words(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    await web.post("/chat", data={"text": "/gopy"})
    await web.post("/chat", data={"action": "up:weddings_funerals", "message": "t2"})
    await web.post("/chat", data={"text": "5K là gì"})
    assert await rows(desk.store, "SELECT count(*) FROM suggestions") == [(0,)]


async def test_a_suggestion_is_kept_and_deleted_on_request(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": "/gopy"})
    await web.post("/chat", data={"text": "chữ to hơn"})
    assert await rows(desk.store, "SELECT channel FROM suggestions") == [("web",)]
    assert "1 góp ý" in (await web.post("/chat", data={"text": "/xoadulieu"})).text
    assert await rows(desk.store, "SELECT count(*) FROM suggestions") == [(0,)]


@pytest.mark.parametrize("data", [{"action": "topic:../../x"}, {"action": "<b>"}, {"action": "up:"}, {"text": " "}, {}])
async def test_forged_and_empty_posts_end_politely(web: httpx.AsyncClient, data: dict[str, str]) -> None:
    assert (await web.post("/chat", data=data)).status_code == 303
    assert (await web.post("/chat", data=data, headers=PART)).status_code in (200, 204)
    assert "<b>" not in (await web.get("/")).text


async def test_hostile_text_is_shown_as_text(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": "<img src=x onerror=alert(1)>\"'{{7*7}}"})
    page = (await web.get("/")).text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


async def test_a_post_from_another_site_is_refused(web: httpx.AsyncClient) -> None:
    for headers in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert (await web.post("/chat", data={"text": "5K là gì"}, headers=headers)).status_code == 403
    assert (await web.post("/chat", data={"text": "5K"}, headers={"Origin": "http://loa.test"})).status_code == 303


async def test_the_session_is_kept_from_scripts_and_other_sites(web: httpx.AsyncClient) -> None:
    cookie = (await web.get("/")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_a_vote_counts_only_under_an_answer_that_was_given(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    for message in ("t1", "t99", "x" * 500, ""):
        await web.post("/chat", data={"action": "up:weddings_funerals", "message": message})
    assert await rows(desk.store, "SELECT count(*) FROM votes") == [(0,)]


async def test_a_question_beside_a_deletion_brings_nothing_back(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    for _ in range(5):
        await asyncio.gather(web.post("/chat", data={"text": WEDDING}), web.post("/chat", data={"text": "/xoadulieu"}))
        await web.post("/chat", data={"text": "/xoadulieu"})
        assert await rows(desk.store, "SELECT count(*) FROM conversations") == [(0,)]
    await asyncio.gather(*(web.post("/chat", data={"text": f"{WEDDING} {n}"}) for n in range(6)))
    page = (await web.get("/")).text
    assert all(f"{WEDDING} {n}" in page for n in range(6)), "no turn was lost"


async def test_two_visitors_do_not_see_each_other(web: httpx.AsyncClient) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    web.cookies.set(COOKIE, "f" * 32)
    assert WEDDING not in (await web.get("/")).text
    web.cookies.clear()
    web.cookies.set(COOKIE, "'; DROP TABLE chats")
    assert (await web.get("/")).status_code == 200


async def test_everything_is_deleted_on_request_and_said_without_script_too(web: httpx.AsyncClient, desk: Desk) -> None:
    await web.get("/")
    await web.post("/chat", data={"text": WEDDING})
    page = await web.post("/chat", data={"text": "/xoadulieu"})
    assert page.status_code == 200
    assert "1 câu hỏi" in page.text
    for table in ("conversations", "questions", "votes"):
        assert await rows(desk.store, f"SELECT count(*) FROM {table}") == [(0,)]
    assert WEDDING not in (await web.get("/")).text


async def test_a_long_conversation_keeps_its_newest_turns(web: httpx.AsyncClient, clock: FixedClock) -> None:
    await web.get("/")
    for number in range(25):
        clock.go_on(minutes=1)
        await web.post("/chat", data={"text": f"5K là gì {number}"})
    page = (await web.get("/")).text
    assert "5K là gì 24" in page
    assert "5K là gì 4<" not in page
    assert page.count('aria-label="Loa, ') == 20


async def test_who_asks_too_often_is_told_politely(web: httpx.AsyncClient) -> None:
    for _ in range(30):
        await web.post("/chat", data={"text": "5K là gì"})
    found = await web.post("/chat", data={"text": "5K là gì"}, headers=PART)
    assert found.status_code == 429
    assert "<article" in found.text
    plain = await web.post("/chat", data={"text": "5K là gì"})
    assert plain.status_code == 429
    assert "<html" in plain.text
