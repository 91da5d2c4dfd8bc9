"""Requests that no browser makes: refused with a word, never a failure, and never a way to somewhere else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import httpx
import psycopg
import pytest

from bot.console.desk import Desk
from bot.console.office.access import HOME
from tests.console.office import sign_in
from tests.engines import Base, SqliteBase
from tests.fakes import rows


def form(charset: str, name: str, value: bytes) -> tuple[dict[str, str], bytes]:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
    return {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"}, head + value + b"\r\n--b--\r\n"


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "undefined", "punycode", '"idna"', "UTF-7", "raw_unicode_escape"]
)
@pytest.mark.parametrize(("path", "name"), [("/chat", "text"), (f"{HOME}/nguoi", "name"), (f"{HOME}/bang", "vi-sao")])
async def test_a_form_in_another_encoding_is_refused(
    desk: Desk, web: httpx.AsyncClient, charset: str, path: str, name: str
) -> None:
    officer = await sign_in(web, desk, "admin")
    headers, body = form(charset, name, b"\\ud800 xn--\xff")
    answer = await web.post(path, content=body, headers={**headers, "X-Loa-Form": officer.form_token})
    assert answer.status_code == 415
    assert "UTF-8" in answer.text


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
async def test_a_form_that_says_it_is_utf_8_is_taken(web: httpx.AsyncClient, charset: str) -> None:
    headers, body = form(charset, "text", "khẩu trang".encode())
    assert (await web.post("/chat", content=body, headers=headers)).status_code == 303
    assert "khẩu trang" in (await web.get("/")).text


@pytest.mark.parametrize(
    "path", [f"{HOME}/tra-loi/", f"{HOME}/tra-loi//", "/can-bo/vao/", "//evil.example/", "/\\evil.example/"]
)
async def test_no_address_leads_to_another_host(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.get(httpx.URL("http://loa.test", raw_path=path.encode()), headers={"Host": "evil.example"})
    place = answer.headers.get("location", "/")
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert "http" not in place


@pytest.mark.parametrize("path", ["khong-co", "tra-loi/a/b/c", "%2e%2e/api"])
async def test_an_officer_at_a_wrong_address_reads_what_to_do(web: httpx.AsyncClient, path: str) -> None:
    answer = await web.get(f"{HOME}/{path}")
    assert answer.status_code == 404
    assert "Không có trang nào ở địa chỉ này" in answer.text
    assert (await web.put(f"{HOME}/tra-loi")).status_code == 404
    assert (await web.get("/api/khong-co")).json()["error"] == "not found"


async def test_the_secret_of_an_officer_in_the_wrong_chat_is_no_question(desk: Desk, web: httpx.AsyncClient) -> None:
    for text in ("/console bi-mat", "/CONSOLE@loa_bot bi-mat", " /console bi-mat"):
        assert (await web.post("/chat", data={"text": text})).status_code == 303
        assert (await web.post("/api/ask", json={"text": text})).status_code == 200
    assert await rows(desk.store, "SELECT count(*) FROM questions") == [(0,)]


def take_away(base: Base, table: str) -> None:
    """Let every change of a table fail from now on."""
    change = f"ALTER TABLE {table} RENAME TO {table}_away"
    if isinstance(base, SqliteBase):
        with closing(sqlite3.connect(base.path)) as connection:
            connection.execute(change)
    else:
        with psycopg.connect(base.url) as connection:
            connection.execute(change.encode())


class TestAStoreThatTakesNothing:
    async def test_who_is_in_danger_is_answered_even_so(self, base: Base, web: httpx.AsyncClient) -> None:
        take_away(base, "questions")
        asked = "mẹ em không thở được"
        part = await web.post("/chat", data={"text": asked}, headers={"X-Loa-Part": "1"})
        page = await web.post("/chat", data={"text": asked})
        said = await web.post("/api/ask", json={"text": asked})
        assert [each.status_code for each in (part, page, said)] == [200, 200, 200]
        assert all("115" in each.text for each in (part, page, said))
        assert asked in page.text

    async def test_nobody_hears_of_a_vote_or_a_deletion_that_was_not_made(
        self, base: Base, web: httpx.AsyncClient
    ) -> None:
        await web.post("/chat", data={"text": "đám cưới có được tổ chức không"})
        take_away(base, "votes")
        voted = await web.post("/chat", data={"action": "up:weddings_funerals", "message": "t2"})
        forgotten = await web.post("/chat", data={"text": "/xoadulieu"})
        assert (voted.status_code, forgotten.status_code) == (500, 500)

    async def test_an_officer_reads_that_nothing_was_saved(
        self, desk: Desk, base: Base, web: httpx.AsyncClient
    ) -> None:
        officer = await sign_in(web, desk, "admin")
        take_away(base, "trail")
        page = await officer.get(f"{HOME}/nhat-ky")
        assert page.status_code == 503
        assert "chưa được lưu" in page.text
        assert page.headers["x-frame-options"] == "DENY"
        part = await web.get(f"{HOME}/nhat-ky", headers={"X-Loa-Part": "1"})
        assert "chưa được lưu" in part.json()["problem"]

    async def test_no_log_holds_a_link_that_still_opens(
        self, base: Base, web: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        take_away(base, "office_links")
        with caplog.at_level("INFO"):
            assert (await web.post(f"{HOME}/vao/bi-mat")).status_code == 503
            take_away(base, "versions")
            await web.get("/duyet/bi-mat")
        said = [vars(record) for record in caplog.records if record.name == "loa.web"]
        assert said
        assert "bi-mat" not in str([each.get("path") for each in said])
