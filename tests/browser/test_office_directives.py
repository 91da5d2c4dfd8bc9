"""Directives in real Chromium, on an office PC and on a phone: a file is read, corrected, kept and worked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.content.arriving import TEXT

from .conftest import DESKTOP, PHONE, require_chromium
from .office import Office, running_office

pytestmark = [pytest.mark.browser, pytest.mark.slow]
require_chromium()

LIST = "/can-bo/van-ban"
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def enter(office: Office, chromium: Browser) -> Iterator[Enter]:
    """Signs an officer in, in a browser of their own."""
    contexts: list[BrowserContext] = []

    def entered(size: ViewportSize, *, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport=size, locale="vi-VN", reduced_motion="reduce", java_script_enabled=script
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = office.sign_in(context, "Lan", "editor")
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        page.goto(f"{office.address}{LIST}")
        return page

    yield entered
    for context in contexts:
        context.close()


def written(folder: Path, number: str) -> Path:
    """A file that no test has sent before."""
    path = folder / f"cong-van-{number}.txt"
    path.write_text(TEXT.replace("12/UBND-VX", f"{number}/UBND-VX").replace("05/UBND-VX", "58-CV/TU").replace(
        "05/02/2021", "08/12/2020").replace("UBND tỉnh.", "Tỉnh ủy."), "utf-8")  # fmt: skip
    return path


def send(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Thêm văn bản mới").click()
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("heading", name="Soát bản đọc")).to_be_visible()


def without_findings(page: Page) -> None:
    """No serious finding of axe, and nothing that is wider than the screen."""
    found = Axe().run(page).response["violations"]
    assert not [each["id"] for each in found if each["impact"] in ("serious", "critical")], found
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("document.documentElement.clientWidth")


@pytest.mark.thorough
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1366x768", "390x844"])
def test_every_page_fits_and_can_be_used_by_everybody(enter: Enter, size: ViewportSize, tmp_path: Path) -> None:
    page = enter(size)
    without_findings(page)
    page.get_by_role("searchbox").fill("khau trang")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("mark").first).to_have_text("khẩu trang")
    without_findings(page)
    page.get_by_role("link", name="Mục 2").first.click()
    expect(page.locator("#muc-2")).to_be_in_viewport()
    without_findings(page)
    page.goto(page.url.split(LIST)[0] + LIST)
    send(page, written(tmp_path, f"2{size['width']}"))
    without_findings(page)
    room = (size["width"] // 2 if size == DESKTOP else size["width"]) - 200
    for field in ("#number", "#loi-van-1"):  # a rule for another page once pressed the fields into a corner
        box = page.locator(field).bounding_box()
        assert box
        assert box["width"] > room / (2 if field == "#number" else 1), field
    page.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(page.get_by_role("heading", name="Việc cần xem lại")).to_be_visible()
    without_findings(page)


def test_what_is_typed_is_kept_on_a_pause_and_after_a_reload(enter: Enter, tmp_path: Path) -> None:
    page = enter(DESKTOP)
    send(page, written(tmp_path, "31"))
    page.get_by_label("Người ký", exact=True).fill("Trần Văn Bốn")
    expect(page.locator("[data-said]")).to_have_text("Đã lưu tạm.")
    page.get_by_label("Người ký", exact=True).press_sequentially(" Năm")
    page.wait_for_timeout(2500)
    page.reload()
    expect(page.get_by_label("Người ký", exact=True)).to_have_value("Trần Văn Bốn Năm")


def test_a_clause_is_cut_where_the_cursor_stands(enter: Enter, tmp_path: Path) -> None:
    page = enter(DESKTOP)
    send(page, written(tmp_path, "32"))
    page.evaluate("() => document.querySelector('#loi-van-1').setSelectionRange(14, 14)")
    page.locator("#muc-1").get_by_role("button", name="Tách").click()
    expect(page.locator("#loi-van-1")).to_have_value("Đeo khẩu trang")
    expect(page.locator("#loi-van-2")).to_have_value("tại chợ, bến xe và trên xe khách.")


def test_typing_goes_on_while_another_tab_saves_and_says_so(enter: Enter, tmp_path: Path) -> None:
    page = enter(DESKTOP)
    send(page, written(tmp_path, "33"))
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Người ký", exact=True).fill("Thẻ khác")
    expect(other.locator("[data-said]")).to_have_text("Đã lưu tạm.")
    page.get_by_label("Người ký", exact=True).fill("Thẻ này")
    expect(page.locator("[data-said]")).to_contain_text("vừa lưu bản đọc này")
    expect(page.get_by_label("Người ký", exact=True)).to_have_value("Thẻ này")


def test_all_of_it_works_without_scripts(enter: Enter, tmp_path: Path) -> None:
    page = enter(PHONE, script=False)
    send(page, written(tmp_path, "34"))
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Lấy ngày 15/03/2021").click()
    expect(page.get_by_label("Có hiệu lực từ ngày")).to_have_value("15/03/2021")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Lưu thành bản nháp").click()
    expect(page.get_by_text("1/", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Vẫn đúng").first.click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định")


def test_too_large_a_file_is_told_before_it_is_sent(enter: Enter, tmp_path: Path) -> None:
    page = enter(DESKTOP)
    file = tmp_path / "to.txt"
    file.write_bytes(b"a" * 20_000_001)
    page.get_by_role("link", name="Thêm văn bản mới").click()
    page.get_by_label("Tệp văn bản").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()
    expect(page.get_by_role("alert")).to_contain_text("Tệp lớn quá: máy nhận tới 20 MB")
