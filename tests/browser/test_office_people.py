"""Facts, sentences, the pause, officers and the trail, as officers meet them on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

from .conftest import ON_A_PHONE, require_chromium
from .office import Office, running_office

pytestmark = pytest.mark.browser
require_chromium()

PATHS = (
    "du-kien", "du-kien/moh_hotline", "du-kien/moi", "cau-loa", "cau-loa/start", "cau-loa/button_up", "cai-dat",
    "nguoi", "nguoi/ho-so/Lan", "nguoi/phien", "toi", "nhat-ky", "nguoi/ho-so/khong-co",
)  # fmt: skip
SMALL = """() => [...document.querySelectorAll('button, .button, nav a, .rows a.row, select, input:not([type=hidden])')]
  .filter(each => each.offsetParent && !['checkbox', 'radio'].includes(each.type))
  .filter(each => each.getBoundingClientRect().height < 43.5).map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("var")) as running:
        yield running


@pytest.fixture
def lan(chromium: Browser, office: Office, size: ViewportSize) -> Iterator[Page]:
    context = chromium.new_context(viewport=size, locale="vi-VN", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(10_000)
    yield office.sign_in(context, "Lan", "admin")
    context.close()


@pytest.mark.thorough
def test_every_page_is_accessible_fits_and_is_quiet(lan: Page, office: Office) -> None:
    errors: list[str] = []
    lan.on("pageerror", lambda error: errors.append(str(error)))
    for path in PATHS:
        lan.goto(f"{office.address}/can-bo/{path}")
        found = [each for each in Axe().run(lan).response["violations"] if each["impact"] in ("serious", "critical")]
        assert found == [], (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
        assert lan.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        assert lan.evaluate(SMALL) == [], path
    assert errors == []


def test_a_sentence_is_seen_while_it_is_written(lan: Page, office: Office) -> None:
    lan.goto(f"{office.address}/can-bo/cau-loa/start")
    field, seen = lan.locator("#text"), lan.locator("#thay")
    field.fill("Xin chào bà con ")
    field.press("End")
    lan.get_by_role("button", name="tên tỉnh").click()
    expect(field).to_have_value("Xin chào bà con «điền: tên tỉnh»")
    expect(field).to_be_focused()
    expect(seen.locator(".bubble")).to_contain_text("Xin chào bà con Lai Châu")
    field.fill("«điền: tên tỉn»")
    expect(seen).to_contain_text("có phải “tên tỉnh”?")
    expect(field).to_have_value("«điền: tên tỉn»")


def test_a_link_is_copied(lan: Page, office: Office) -> None:
    lan.goto(f"{office.address}/can-bo/nguoi/ho-so/Lan")
    lan.get_by_role("button", name="Tạo link").click()
    lan.get_by_role("button", name="Chép").click()
    expect(lan.get_by_text("Đã chép.")).to_be_visible()
    assert "/can-bo/vao/" in lan.evaluate("navigator.clipboard.readText()")


@ON_A_PHONE
def test_a_pause_without_javascript(chromium: Browser, office: Office, size: ViewportSize) -> None:
    context = chromium.new_context(viewport=size, locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = office.sign_in(context, "Lan", "admin")
    page.goto(f"{office.address}/can-bo/cai-dat")
    page.get_by_label("Vì sao tạm dừng").fill("câu về cách ly sai")
    page.get_by_role("button", name="Xem lại rồi tạm dừng").click()
    page.get_by_role("button", name="Tạm dừng ngay").click()
    expect(page.locator(".banner")).to_contain_text("Lan: câu về cách ly sai")
    resident = context.new_page()
    resident.goto(office.address)
    expect(resident.locator(".turn.loa").first).to_contain_text("Loa đang tạm nghỉ")
    page.goto(f"{office.address}/can-bo/cai-dat")
    page.get_by_role("button", name="Mở lại").click()
    expect(page.locator(".banner")).to_have_count(0)
    resident.reload()
    expect(resident.locator(".turn.loa").first).to_contain_text("Tôi là Loa")
    context.close()


def test_a_fact_is_confirmed_without_javascript(chromium: Browser, office: Office, size: ViewportSize) -> None:
    context = chromium.new_context(viewport=size, locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = office.sign_in(context, "Lan", "admin")
    page.goto(f"{office.address}/can-bo/du-kien?tim=cuu+hoa")
    page.goto(f"{office.address}/can-bo/du-kien/fire_114")
    page.get_by_label("Hôm nay anh/chị thấy ở đâu").fill("gọi thử sáng nay")
    page.get_by_role("button", name="Xác nhận hôm nay").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi xác nhận")
    expect(page.locator("dd", has_text="gọi thử sáng nay")).to_be_visible()
    context.close()
