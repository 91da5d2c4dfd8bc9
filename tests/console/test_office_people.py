"""Officers, their roles, links, Telegram and sessions, as admins and as they themselves see them."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.console.desk import Desk
from bot.console.office.access import HOME
from bot.console.office.browsers import browser_of
from bot.console.office.people import PEOPLE, ROLE_MEANS, SESSIONS, path_of
from bot.officers import ROLES, hashed
from bot.store.records import Role
from tests.console.office import AtDesk, sign_in
from tests.fakes import FixedClock

ME = "/can-bo/toi"
HOSTILE = "<img src=x onerror=alert(1)>"


async def roles_of(desk: Desk, name: str) -> tuple[Role, ...] | None:
    found = await desk.store.run(desk.store.store.people.officer, name)
    return found.roles if found else None


async def actions(desk: Desk) -> list[str]:
    return [each.action for each in await desk.store.run(desk.store.store.people.trail, 50)]


async def put(desk: Desk, name: str, *roles: Role) -> None:
    await desk.store.run(desk.store.store.people.put, name, roles, desk.clock())


async def test_an_officer_is_added_with_roles_and_gets_a_link(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    page = await admin.get(PEOPLE)
    for role in ROLES:
        assert ROLE_MEANS[role] in page.text
    added = await admin.post(PEOPLE, name="  Vàng Thị Mỷ ", role=["editor", "duty"])
    assert added.headers["location"] == f"{path_of('Vàng Thị Mỷ')}?da=can-bo-moi"
    assert await roles_of(desk, "Vàng Thị Mỷ") == ("duty", "editor")
    made = await admin.post(f"{path_of('Vàng Thị Mỷ')}/link")
    assert made.headers["cache-control"] == "no-store"
    (token,) = re.findall(r"/can-bo/vao/([\w-]+)", made.text)
    assert await desk.store.run(desk.store.store.people.link, hashed(token), desk.clock()) == "Vàng Thị Mỷ"
    assert token not in (await admin.get(path_of("Vàng Thị Mỷ"))).text, "it is shown once"
    assert {"officer_added", "link_made"} <= set(await actions(desk))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "role": "editor"},
        {"name": "Mai"},
        {"name": HOSTILE, "role": "editor"},
        {"name": "lan", "role": "duty"},
        {"name": "Mai", "role": "king"},
    ],
)
async def test_what_cannot_be_added_is_said_and_keeps_what_was_typed(
    desk: Desk, web: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    admin = await sign_in(web, desk, "admin")
    refused = await admin.post(PEOPLE, **fields)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert HOSTILE not in refused.text
    assert len(await desk.store.run(desk.store.store.people.officers)) == 1


async def test_a_name_from_elsewhere_is_never_markup(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    await put(desk, HOSTILE, "editor")
    for page in (PEOPLE, path_of(HOSTILE), "/can-bo/nhat-ky"):
        assert HOSTILE not in (await admin.get(page)).text
    assert HOSTILE not in (await admin.post(f"{path_of(HOSTILE)}/link")).text
    assert HOSTILE not in (await admin.post(f"{path_of(HOSTILE)}/quyen")).text


async def test_roles_are_changed_and_count_at_once(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    await put(desk, "Hoa", "editor")
    changed = await admin.post(f"{path_of('Hoa')}/quyen", role=["approver"])
    assert changed.headers["location"] == f"{path_of('Hoa')}?da=quyen"
    assert await roles_of(desk, "Hoa") == ("approver",)
    assert (await admin.post(f"{path_of('Hoa')}/quyen", role="approver")).headers["location"].endswith("khong-doi")
    deeds = await desk.store.run(desk.store.store.people.trail, 1)
    assert (deeds[0].action, deeds[0].subject, deeds[0].detail) == ("roles_changed", "Hoa", "duyệt")


async def test_whoever_loses_all_roles_is_asked_about_first(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    await put(desk, "Hoa", "editor")
    asked = await admin.post(f"{path_of('Hoa')}/quyen")
    assert "không vào lại được" in asked.text
    assert await roles_of(desk, "Hoa") == ("editor",)
    await admin.post(f"{path_of('Hoa')}/quyen", confirmed="1")
    assert await roles_of(desk, "Hoa") == ()
    assert (await admin.post(f"{path_of('Hoa')}/link")).status_code == 409


async def test_the_last_admin_stays(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    refused = await admin.post(f"{path_of('Lan')}/quyen", role="editor", confirmed="1")
    assert refused.status_code == 409
    assert "quản trị cuối cùng" in refused.text
    assert await roles_of(desk, "Lan") == ("admin",)


async def test_nobody_locks_himself_out_unasked(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    await put(desk, "Hoa", "admin")
    asked = await admin.post(f"{path_of('Lan')}/quyen", role="editor")
    assert "của chính mình" in asked.text
    assert 'name="role" value="editor"' in asked.text
    assert await roles_of(desk, "Lan") == ("admin",)
    done = await admin.post(f"{path_of('Lan')}/quyen", role="editor", confirmed="1")
    assert done.headers["location"] == f"{HOME}?da=quyen"
    assert (await admin.get(PEOPLE)).status_code == 403


async def test_telegram_is_untied(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await sign_in(web, desk, "admin")
    await put(desk, "Hoa", "editor")
    await desk.store.run(desk.store.store.people.tie, "Hoa", "r1")
    assert "đã nối Telegram" in (await admin.get(PEOPLE)).text
    await admin.post(f"{path_of('Hoa')}/go-telegram")
    assert await desk.store.run(desk.store.store.people.officer_of, "r1") is None
    assert "chat_untied" in await actions(desk)


@pytest.mark.parametrize("path", ["", "/quyen", "/link", "/go-telegram"])
@pytest.mark.parametrize("name", ["Ai đó", "a\0b"])
async def test_somebody_who_is_not_there(desk: Desk, web: httpx.AsyncClient, path: str, name: str) -> None:
    admin = await sign_in(web, desk, "admin")
    answer = await (admin.post(path_of(name) + path) if path else admin.get(path_of(name)))
    assert answer.status_code == 404
    assert PEOPLE in answer.text


async def second(desk: Desk, web: httpx.AsyncClient, name: str, *roles: Role) -> AtDesk:
    """Another officer in a browser of its own."""
    other = httpx.AsyncClient(
        transport=web._transport, base_url=web.base_url, headers={"User-Agent": "Firefox/1 Android"}
    )
    return await sign_in(other, desk, *roles, name=name)


async def test_sessions_are_listed_and_ended(desk: Desk, web: httpx.AsyncClient, clock: FixedClock) -> None:
    admin = await sign_in(web, desk, "admin")
    hoa = await second(desk, web, "Hoa", "editor")
    page = (await admin.get(SESSIONS)).text
    assert "Firefox trên Android" in page
    (_, hers) = sorted(await desk.store.run(desk.store.store.people.sessions), key=lambda each: each.officer != "Lan")
    assert (await hoa.post(f"{SESSIONS}/{hers.id}/ra")).status_code == 403
    assert (await admin.post(f"{SESSIONS}/{hers.id}/ra")).headers["location"] == f"{SESSIONS}?da=phien"
    assert (await hoa.get(ME)).status_code == 303
    assert (await admin.post(f"{SESSIONS}/{hers.id}/ra")).headers["location"].endswith("khong-doi")
    await hoa.client.aclose()
    clock.go_on(hours=11)
    await admin.get(ME)
    clock.go_on(hours=2)
    await second(desk, web, "Mai", "editor")
    clock.go_on(hours=10.5)
    await admin.get(ME)


async def test_everybody_has_a_page_and_only_his_own_sessions(desk: Desk, web: httpx.AsyncClient) -> None:
    lan = await sign_in(web, desk, "editor")
    hoa = await second(desk, web, "Hoa", "editor")
    page = (await hoa.get(ME)).text
    assert ROLE_MEANS["editor"] in page
    assert ROLE_MEANS["admin"] not in page
    sessions = {each.officer: each for each in await desk.store.run(desk.store.store.people.sessions)}
    assert sessions["Lan"].id not in page
    await hoa.post(f"{ME}/phien/{sessions['Lan'].id}/ra")
    assert (await lan.get(ME)).status_code == 200, "those of others are none of it"
    await hoa.post(f"{ME}/phien/{sessions['Hoa'].id}/ra")
    assert (await hoa.get(ME)).status_code == 303
    await hoa.client.aclose()


async def test_the_line_for_telegram_is_made_on_demand(desk: Desk, web: httpx.AsyncClient) -> None:
    lan = await sign_in(web, desk, "editor")
    assert "/console " not in (await lan.get(ME)).text
    made = (await lan.post(f"{ME}/telegram")).text
    (token,) = re.findall(r'value="/console ([\w-]+)"', made)
    assert await desk.store.run(desk.store.store.people.use_link, hashed(token), desk.clock()) == "Lan"
    await desk.store.run(desk.store.store.people.tie, "Lan", "r1")
    assert "Gỡ Telegram" in (await lan.get(ME)).text
    await lan.post(f"{ME}/go-telegram")
    assert await desk.store.run(desk.store.store.people.officer_of, "r1") is None


async def test_a_browser_that_calls_itself_markup(desk: Desk, web: httpx.AsyncClient) -> None:
    web.headers["User-Agent"] = HOSTILE
    admin = await sign_in(web, desk, "admin")
    for page in (SESSIONS, ME, path_of("Lan")):
        assert HOSTILE not in (await admin.get(page)).text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120", "Edge trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36", "Chrome trên Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Safari/537.36", "Chrome trên Android"),
        ("curl/8", "curl/8"),
        ("", "không rõ trình duyệt"),
    ],
)  # fmt: skip
def test_browsers_have_names(agent: str, words: str) -> None:
    assert browser_of(agent) == words
