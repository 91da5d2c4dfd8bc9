"""Who gets into the officers' pages, and that changes come from their own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from bot.console.app import create_app
from bot.console.desk import Desk
from bot.console.office.access import COOKIE, HOME, SIGN_IN, Entered
from bot.officers import ROLES, invite
from bot.store.records import Role
from tests.console.office import sign_in
from tests.fakes import FixedClock

OPEN = {("GET", HOME), ("GET", SIGN_IN), ("GET", f"{SIGN_IN}/{{token}}"), ("POST", f"{SIGN_IN}/{{token}}")}


def roles_of(dependant: Dependant) -> tuple[Role, ...] | None:
    """The roles that a route asks for, None where it asks for no officer at all."""
    for each in dependant.dependencies:
        if isinstance(each.call, Entered):
            return each.call.roles
    return None


def every_route(routes: Iterable[object]) -> Iterator[APIRoute]:
    """The routes of an application, also those of routers that it includes."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from every_route(router.routes)


def office_routes(desk: Desk) -> list[tuple[str, str, tuple[Role, ...] | None]]:
    """Method, path and roles of every route of the office."""
    found = [
        (method, route.path, roles_of(route.dependant))
        for route in every_route(create_app(desk).routes)
        if route.path.startswith(HOME)
        for method in sorted(route.methods or ())
    ]
    assert len(found) > len(OPEN), "there is nothing to walk"
    return found


def filled(path: str) -> str:
    return re.sub(r"{[^}]+}", "x", path)


async def test_every_route_asks_for_an_officer(desk: Desk) -> None:
    without = {(method, path) for method, path, roles in office_routes(desk) if roles is None}
    assert without == OPEN


async def test_nobody_gets_in_without_a_session(desk: Desk, web: httpx.AsyncClient) -> None:
    for method, path, roles in office_routes(desk):
        if roles is not None:
            for headers in ({}, {"Cookie": f"{COOKIE}={'x' * 43}"}):
                answer = await web.request(method, filled(path), headers=headers)
                assert (answer.status_code, answer.headers.get("location")) == (303, SIGN_IN), (method, path)


@pytest.mark.parametrize("role", ROLES)
async def test_every_route_with_every_role(desk: Desk, web: httpx.AsyncClient, role: Role) -> None:
    officer = await sign_in(web, desk, role)
    for method, path, roles in office_routes(desk):
        if roles is None or path == f"{HOME}/ra":
            continue
        allowed = role == "admin" or not roles or role in roles
        headers = {"X-Loa-Form": officer.form_token}
        answer = await web.request(method, filled(path), headers=headers)
        assert (answer.status_code == 403) is not allowed, (method, path, role, answer.status_code)
        assert answer.status_code < 500, (method, path, role)


async def test_a_link_shows_a_button_and_only_the_button_uses_it_up(desk: Desk, web: httpx.AsyncClient) -> None:
    token = await desk.store.run(invite, desk.store.store.people, "Lan", ["editor"], desk.clock())
    for _ in range(3):
        page = await web.get(f"{SIGN_IN}/{token}")
        assert "Chào Lan" in page.text
        assert COOKIE not in page.cookies
    entered = await web.post(f"{SIGN_IN}/{token}")
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", f"Path={HOME}"))
    assert (await web.post(f"{SIGN_IN}/{token}")).status_code == 410
    assert (await web.get(f"{SIGN_IN}/{token}")).status_code == 410


async def test_a_link_ends_after_ten_minutes(desk: Desk, web: httpx.AsyncClient, clock: FixedClock) -> None:
    token = await desk.store.run(invite, desk.store.store.people, "Lan", ["editor"], desk.clock())
    clock.go_on(minutes=11)
    assert (await web.post(f"{SIGN_IN}/{token}")).status_code == 410


async def test_links_cannot_be_tried_out(web: httpx.AsyncClient) -> None:
    codes = [(await web.get(f"{SIGN_IN}/{number}")).status_code for number in range(40)]
    assert codes[-1] == 429


async def test_a_form_needs_the_token_of_this_session_and_our_own_origin(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "editor")
    people = desk.store.store.people
    for data in ({}, {"form_token": "x"}, {"form_token": "é"}):
        refused = await web.post(f"{HOME}/ra", data=data)
        assert refused.status_code == 403
        assert "tải lại trang" in refused.text
    elsewhere = await web.post(
        f"{HOME}/ra", data={"form_token": officer.form_token}, headers={"Origin": "https://evil.example"}
    )
    assert elsewhere.status_code == 403
    assert len(await desk.store.run(people.sessions)) == 1
    left = await officer.post(f"{HOME}/ra")
    assert left.headers["location"] == SIGN_IN
    assert await desk.store.run(people.sessions) == []


async def test_the_session_follows_the_roles(desk: Desk, web: httpx.AsyncClient) -> None:
    await sign_in(web, desk, "editor")
    assert (await web.get(HOME)).headers["location"] == f"{HOME}/tra-loi"
    await desk.store.run(desk.store.store.people.put, "Lan", [], desk.clock())
    assert (await web.get(HOME)).headers["location"] == SIGN_IN


async def test_an_unused_session_ends(desk: Desk, web: httpx.AsyncClient, clock: FixedClock) -> None:
    await sign_in(web, desk, "editor")
    clock.go_on(hours=13)
    assert (await web.get(HOME)).headers["location"] == SIGN_IN


async def test_pages_carry_the_headers_that_keep_others_out(web: httpx.AsyncClient) -> None:
    page = await web.get(SIGN_IN)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"


async def test_no_address_puts_words_on_a_page(web: httpx.AsyncClient) -> None:
    page = await web.get(f"{SIGN_IN}?da=<b>xin+mật+khẩu</b>&problem=x")
    assert "xin mật khẩu" not in page.text
