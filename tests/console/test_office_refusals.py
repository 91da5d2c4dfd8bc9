"""What officers read where a form is too long, an address names nothing or a form cannot be read: never JSON."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

import bot
from bot.console.desk import Desk
from bot.console.office.access import FORM_TOKEN
from tests.console.office import AtDesk, sign_in, take_in


@pytest.fixture
async def lan(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


def is_page(answer: httpx.Response, status: int, said: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text
    assert 'lang="vi"' in answer.text
    assert "see /api/docs" not in answer.text


async def test_a_form_that_is_too_long(lan: AtDesk) -> None:
    is_page(await lan.post("/can-bo/cau-loa/start", text="ấ" * 30_000), 413, "Chữ gửi lên dài quá")
    part = await lan.client.post(
        "/can-bo/cau-loa/start/xem", data={FORM_TOKEN: lan.form_token, "text": "ấ" * 30_000},
        headers={"x-loa-part": "1"},
    )  # fmt: skip
    assert part.status_code == 413
    assert "Chữ gửi lên dài quá" in part.json()["problem"]


async def test_a_body_without_an_announced_length(lan: AtDesk) -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"a" * 10_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await lan.client.post("/can-bo/cau-loa/start", content=body(), headers=headers)
    is_page(answer, 413, "Chữ gửi lên dài quá")


@pytest.mark.parametrize("path", ["/can-bo/khong-co", "/can-bo/tra-loi/a/b/c", "/can-bo/%3Cscript%3E"])
async def test_an_address_that_names_nothing(lan: AtDesk, path: str) -> None:
    found = await lan.get(path)
    is_page(found, 404, "Không có trang này")
    assert "<script>" not in found.text.replace('<script type="module"', "")


async def test_an_address_that_only_takes_forms(lan: AtDesk) -> None:
    is_page(await lan.get("/can-bo/bang/nhan"), 405, "Trang này không mở thẳng được")


async def test_a_form_with_too_many_fields_or_cut_off(lan: AtDesk) -> None:
    many = {FORM_TOKEN: lan.form_token} | {f"o{number}": "" for number in range(1100)}
    is_page(await lan.client.post("/can-bo/van-ban/moi", data=many, files={"x": b"x"}), 400, "Máy không đọc được")
    headers = {"content-type": "multipart/form-data"}
    is_page(await lan.client.post("/can-bo/bang", content=b"--a", headers=headers), 400, "Máy không đọc được")


async def test_programs_are_told_as_before(lan: AtDesk) -> None:
    for answer in (await lan.get("/khong-co"), await lan.client.post("/api/ask", content=b"a" * 200_000)):
        assert answer.headers["content-type"] == "application/json"


def test_no_page_leaves_the_order_of_day_and_month_to_the_browser() -> None:
    pages = sorted((Path(bot.__file__).parent / "console/pages").rglob("*.html"))
    assert len(pages) > 50
    wrong = [
        page.name for page in pages if re.search(r'type="(date|time|datetime-local|month|week)"', page.read_text())
    ]
    assert wrong == []
