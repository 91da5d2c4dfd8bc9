"""Pausing from the console: what residents get meanwhile, on every channel of the web."""

from __future__ import annotations

import httpx
import pytest

from bot.console.desk import Desk
from bot.console.office.setting_words import SETTING_WORDS, shown_settings
from bot.pausing import pause, resume
from bot.settings import Settings
from bot.store.records import Role
from bot.switching import follow_pause
from tests.console.office import AtDesk, sign_in, take_in
from tests.fakes import rows

PAGE, PAUSE, RESUME = "/can-bo/cai-dat", "/can-bo/cai-dat/tam-dung", "/can-bo/cai-dat/mo-lai"
WEDDING, DANGER = "đám cưới có được tổ chức không", "bố tôi không thở được"
HOSTILE = "<script>alert(1)</script>"
BANNER = 'class="banner"'


async def held(officer: AtDesk, reason: str = "trả lời sai", notice: str = "") -> httpx.Response:
    return await officer.post(PAUSE, reason=reason, notice=notice, confirmed="1")


async def asked(web: httpx.AsyncClient, text: str) -> dict[str, object]:
    answer = await web.post("/api/ask", json={"text": text})
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


async def test_a_pause_is_looked_at_once_more_and_then_begins(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "approver")
    assert "Loa đang trả lời" in (await officer.get(PAGE)).text
    look = await officer.post(PAUSE, reason="trả lời sai", notice="Loa nghỉ một lát.")
    assert look.status_code == 200
    assert "Loa nghỉ một lát." in look.text
    assert "1900 9095" in look.text, "the telephones stand below"
    assert desk.reception.pause is None
    assert (await held(officer, notice="Loa nghỉ một lát.")).headers["location"] == f"{PAGE}?da=tam-dung"
    assert desk.reception.pause is not None
    assert (desk.reception.pause.officer, desk.reception.pause.notice) == ("Lan", "Loa nghỉ một lát.")
    again = await held(officer)
    assert again.headers["location"] == f"{PAGE}?da=da-dung"
    for path in (PAGE, "/can-bo/toi", "/can-bo/du-kien", "/can-bo/cau-loa"):
        page = await officer.get(path)
        assert BANNER in page.text, path
        assert "Lan: trả lời sai" in page.text
    assert (await officer.post(RESUME)).headers["location"] == f"{PAGE}?da=mo-lai"
    assert desk.reception.pause is None
    assert (await officer.post(RESUME)).headers["location"] == f"{PAGE}?da=da-mo"
    assert BANNER not in (await officer.get(PAGE)).text


async def test_the_usual_notice_follows_the_content(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "duty")
    usual = "\n".join(block.text for block in desk.reception.guide.notice("paused").blocks)
    await held(officer, notice=usual.replace("\n", "\r\n"))
    assert desk.reception.pause is not None
    assert desk.reception.pause.notice == ""


async def test_residents_get_the_notice_and_their_questions_are_kept(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "approver")
    await held(officer)
    found = await asked(web, WEDDING)
    assert (found["outcome"], found["citations"]) == ("not_understood", [])
    text = str(found["text"])
    assert "tạm nghỉ" in text
    assert "1900 9095" in text
    assert "115" not in text.split("tạm nghỉ")[0]
    assert await rows(desk.store, "SELECT channel, outcome FROM questions") == [("api", "not_understood")]
    danger = str((await asked(web, DANGER))["text"])
    assert danger.index("115") < danger.index("tạm nghỉ"), "the warning comes first"
    await officer.post(RESUME)
    assert (await asked(web, WEDDING))["outcome"] == "answered"


async def test_the_web_chat_says_so_from_the_first_bubble_on(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "approver")
    await held(officer, notice=f"Nghỉ {HOSTILE}")
    first = (await web.get("/")).text
    assert "Nghỉ &lt;script&gt;" in first
    assert HOSTILE not in first
    for form in ({"text": WEDDING}, {"action": "topic:mask"}, {"action": "menu"}, {"text": "/chude"}):
        part = await web.post("/chat", data=form, headers={"X-Loa-Part": "1"})
        assert "Nghỉ &lt;script&gt;" in part.text, form
        assert 'value="clause:' not in part.text, "no answer"
    assert await rows(desk.store, "SELECT count(*) FROM questions") == [(1,)], "buttons and commands are no questions"


async def test_what_is_kept_about_oneself_can_be_seen_and_deleted_meanwhile(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "approver")
    await asked(web, WEDDING)
    await held(officer)
    assert "xoadulieu" in str((await asked(web, "/quyenriengtu"))["text"])
    await web.post("/chat", data={"text": WEDDING})
    deleted = await web.post("/chat", data={"text": "/xoadulieu"}, headers={"X-Loa-Part": "1"})
    assert "1 câu hỏi" in deleted.text


async def test_a_suggestion_is_still_taken(desk: Desk, web: httpx.AsyncClient) -> None:
    await held(await sign_in(web, desk, "approver"))
    await asked(web, "/gopy nên nói rõ hơn")
    assert await rows(desk.store, "SELECT count(*) FROM suggestions") == [(1,)]
    assert await rows(desk.store, "SELECT count(*) FROM questions") == [(0,)]


async def test_the_server_is_still_ready(desk: Desk, web: httpx.AsyncClient) -> None:
    await held(await sign_in(web, desk, "approver"))
    for path in ("/healthz", "/readyz"):
        assert (await web.get(path)).status_code == 200


async def test_a_pause_of_another_process_is_followed(desk: Desk, web: httpx.AsyncClient) -> None:
    await desk.store.run(pause, desk.store.store, "máy khác", "", "Hoa", desk.clock())
    await desk.store.run(follow_pause, desk.reception, desk.store.store.pauses)
    assert (await asked(web, WEDDING))["outcome"] == "not_understood"
    await desk.store.run(resume, desk.store.store, "Hoa", desk.clock())
    await desk.store.run(follow_pause, desk.reception, desk.store.store.pauses)
    assert (await asked(web, WEDDING))["outcome"] == "answered"


@pytest.mark.parametrize(("reason", "notice"), [("", "Nghỉ"), ("sai", "gọi 0912345678"), ("sai", "x" * 601)])
async def test_a_pause_that_may_not_be_keeps_what_was_typed(
    desk: Desk, web: httpx.AsyncClient, reason: str, notice: str
) -> None:
    officer = await sign_in(web, desk, "approver")
    refused = await held(officer, reason, notice)
    assert refused.status_code == 422
    assert notice in refused.text
    assert 'role="alert"' in refused.text
    assert desk.reception.pause is None


async def test_an_editor_sees_the_state_but_does_not_pause(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "editor")
    page = (await officer.get(PAGE)).text
    assert PAUSE not in page
    assert "LOA_TELEGRAM_TOKEN" not in page, "settings are for admins"
    assert (await held(officer)).status_code == 403


@pytest.mark.parametrize("role", ["approver", "admin"])
async def test_a_reason_is_never_markup(desk: Desk, web: httpx.AsyncClient, role: Role) -> None:
    officer = await sign_in(web, desk, role)
    for confirmed in ("", "1"):
        page = await officer.post(PAUSE, reason=HOSTILE, notice=HOSTILE, confirmed=confirmed)
        assert HOSTILE not in page.text
    assert HOSTILE not in (await officer.get(PAGE)).text


async def test_admins_see_settings_and_never_a_secret(desk: Desk, web: httpx.AsyncClient) -> None:
    await take_in(desk)
    officer = await sign_in(web, desk, "admin")
    page = (await officer.get(PAGE)).text
    assert "LOA_RETENTION_DAYS" in page
    assert "hàng chờ: 0 tin chưa xử lý" in page


def test_every_setting_has_words_and_secrets_are_hidden() -> None:
    assert set(SETTING_WORDS) == set(Settings.model_fields)
    secret = "123456789:" + "A" * 35
    settings = Settings(_env_file=None, telegram_token=secret, database_url="postgresql://u:hush@db/loa", port=1)
    shown = {each.variable: each for each in shown_settings(settings)}
    assert "A" * 20 not in str(shown)
    assert "hush" not in str(shown)
    assert shown["LOA_TELEGRAM_TOKEN"].value.startswith("có")
    assert (shown["LOA_PORT"].given, shown["LOA_HOST"].given) == (True, False)
