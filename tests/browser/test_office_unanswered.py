"""Unanswered questions as officers settle them: in Chromium, without scripts, on an office PC and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.clock import system_clock
from bot.core.reply import Outcome, Scored
from bot.store.records import Effects, Question

from .conftest import ON_A_PHONE, require_chromium
from .office import Office, running_office

require_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PIG = "nhà em nuôi lợn rừng muốn làm chuồng thì hỏi ai"
SUBJECT = "weddings_funerals"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("var")) as running:
        yield running


def ask(office: Office, *texts: str) -> None:
    """What residents asked in their private chats."""
    with closing(office.store()) as store:
        for number, text in enumerate(texts):
            question = Question(text, Outcome.NOT_UNDERSTOOD, (), (Scored(SUBJECT, 0.3),), "r1")
            store.residents.apply(Effects(f"{number}", system_clock(), chat_id=1, question=question))


def faults(page: Page) -> list[str]:
    """Rules of accessibility that the page breaks seriously."""
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@ON_A_PHONE
def test_an_officer_settles_a_group_without_scripts(chromium: Browser, office: Office, size: ViewportSize) -> None:
    ask(office, PIG, f"{PIG} ạ", "<b>mật ong rừng</b> giá thế nào")
    context = chromium.new_context(viewport=size, java_script_enabled=False)
    context.set_default_timeout(20_000)
    page = office.sign_in(context, f"Lan {size['width']}", "editor")
    page.goto(f"{office.address}/can-bo/chua-dap")
    expect(page.get_by_role("heading", name="<b>mật ong rừng</b>")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Câu mẫu của “Đám cưới").first.click()
    expect(page.get_by_label("Chủ đề", exact=True)).to_have_value(SUBJECT)
    page.get_by_label("Câu mẫu sẽ thêm").fill(f"{PIG} {size['width']}")
    page.get_by_role("button", name="xem trước").click()
    page.get_by_role("button", name="Lưu vào bản nháp").click(timeout=60_000)
    expect(page.get_by_role("status")).to_contain_text("Đã lưu câu mẫu")
    expect(page.get_by_role("heading", name=PIG)).to_have_count(0)
    page.get_by_role("link", name="đã xử lý").click()
    page.get_by_role("button", name="Mở lại").first.click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở lại")
    context.close()


@pytest.mark.thorough
def test_the_pages_are_fit_to_read(chromium: Browser, office: Office, size: ViewportSize) -> None:
    ask(office, PIG)
    for scheme in ("light", "dark"):
        context = chromium.new_context(viewport=size, color_scheme=scheme)
        context.set_default_timeout(20_000)
        page = office.sign_in(context, f"Mai {size['width']} {scheme}", "editor")
        page.goto(f"{office.address}/can-bo/chua-dap")
        expect(page.get_by_role("heading", name=PIG).first).to_be_visible(timeout=20_000)
        assert (faults(page), too_wide(page)) == ([], False)
        page.get_by_role("link", name=f"“{PIG}").first.click()
        assert (faults(page), too_wide(page)) == ([], False)
        page.get_by_role("button", name="xem trước").click()
        expect(page.get_by_role("button", name="Lưu vào bản nháp")).to_be_visible(timeout=60_000)
        assert (faults(page), too_wide(page)) == ([], False)
        context.close()
