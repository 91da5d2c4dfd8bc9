"""Publishing as officers do it: in Chromium, with and without scripts, on an office PC and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from bot.clock import system_clock
from bot.content.drafting import head, save
from tests.content import broken

from .conftest import ON_A_PHONE, PHONE, ROOT, require_chromium
from .office import Office, running_office

require_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLISH, ANSWER, INTENT = "/can-bo/cong-bo", "responses/vi/mask.md", "intents/mask.yaml"
_openings = cycle(["Mời", "Xin mời", "Kính mời", "Rất mong", "Nhờ"])
_ends = cycle(["", " nhé", " ạ", " giúp tôi", " giúp bà con", " cho yên tâm", " cùng mọi người"])


@dataclass(frozen=True)
class Served:
    """A real server over a small pack."""

    office: Office

    @property
    def address(self) -> str:
        return self.office.address

    def reword(self) -> str:
        """A draft with a wording of its own."""
        words, store = f"{next(_openings)} anh/chị đeo khẩu trang{next(_ends)}.", self.office.store()
        found = head(store.versions, ANSWER)
        first, _, rest = found.text.partition("\n")
        assert first.startswith("**")
        save(store.versions, found, f"**{words}**\n{rest}", "Minh", system_clock(), "lời dễ nghe hơn")
        store.close()
        return words

    def answer(self) -> str:
        """What a resident gets now."""
        return str(httpx.post(f"{self.address}/api/ask", json={"text": "phải đeo khẩu trang không"}).json()["text"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("office")
    pack = broken.make(folder / "pack", ROOT / "responses/vi/_messages.yaml")
    with running_office(folder / "var", LOA_CONTENT_DIR=str(pack)) as office:
        yield Served(office)


@pytest.fixture
def entered(chromium: Browser, served: Served, size: ViewportSize) -> Iterator[Callable[..., Page]]:
    """Opens the page for publishing, signed in; keyword arguments are those of a browser context."""
    contexts: list[BrowserContext] = []

    def enter(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": size, "locale": "vi-VN", "reduced_motion": "reduce"} | options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        served.office.admit(context, "Lan", "editor", "approver")
        page = context.new_page()
        page.goto(f"{served.address}{PUBLISH}")
        return page

    yield enter
    for context in contexts:
        context.close()


def check(page: Page) -> None:
    """Check every draft and wait for the result."""
    page.get_by_role("button", name="Kiểm tra các mục đã chọn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("chờ anh/chị đồng ý", timeout=20_000)


@ON_A_PHONE
def test_from_a_draft_to_what_residents_get(served: Served, entered: Callable[..., Page]) -> None:
    words = served.reword()
    page = entered()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    check(page)
    button = page.get_by_role("button", name="Công bố ngay")
    expect(button).to_be_disabled()
    page.get_by_label("Vì sao đổi (cho người đọc lịch sử, không bắt buộc)").fill("bà con thấy dễ nghe")
    page.get_by_label("Đồng ý với thay đổi này").check()
    expect(button).to_be_enabled()
    expect(page.get_by_text("Mọi thay đổi đã được đồng ý.")).to_be_visible()
    expect(page.locator(".way [aria-current]")).to_have_text("Công bố hoặc hẹn giờ")
    button.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=15_000)
    expect(page.get_by_text("bà con thấy dễ nghe")).to_be_visible()
    assert words in served.answer()
    assert errors == []


@ON_A_PHONE
def test_all_of_it_without_scripts(served: Served, entered: Callable[..., Page]) -> None:
    words = served.reword()
    page = entered(java_script_enabled=False)
    check(page)
    expect(page.get_by_role("button", name="Công bố ngay")).to_be_disabled()
    page.get_by_label("Đồng ý với thay đổi này").check()
    page.get_by_role("button", name="Ghi nhận các đồng ý").click()
    page.get_by_role("button", name="Công bố ngay").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=15_000)
    assert words in served.answer()


@ON_A_PHONE
def test_a_check_outlives_the_page_and_asks_a_second_person(served: Served, entered: Callable[..., Page]) -> None:
    served.reword()
    page = entered()
    page.get_by_role("button", name="Kiểm tra các mục đã chọn").click()
    page.goto(f"{served.address}{PUBLISH}/ban")
    page.goto(f"{served.address}{PUBLISH}")
    page.locator(f"a.row[href^='{PUBLISH}/kiem/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("chờ anh/chị đồng ý", timeout=20_000)
    page.get_by_label("Tên người duyệt").fill("Hoa")
    page.get_by_role("button", name="Tạo link duyệt").click()
    link = page.get_by_label("Link cho Hoa").input_value()
    assert link.startswith(f"{served.address}/duyet/")
    assert len(link) < 200, "it has to fit into a message"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép link").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link


@ON_A_PHONE
def test_the_second_person_judges_on_a_phone(served: Served, chromium: Browser, entered: Callable[..., Page]) -> None:
    words = served.reword()
    page = entered()
    check(page)
    page.get_by_label("Tên người duyệt").fill("Hoa")
    page.get_by_label("Lời nhắn cho người duyệt").fill("xem giúp câu đầu")
    page.get_by_role("button", name="Tạo link duyệt").click()
    link = page.get_by_label("Link cho Hoa").input_value()
    context = chromium.new_context(viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    second = context.new_page()
    second.goto(link)
    expect(second.get_by_role("heading", level=1)).to_have_text("Gửi anh/chị Hoa: mời duyệt 1 mục")
    expect(second.get_by_text("xem giúp câu đầu")).to_be_visible()
    expect(second.locator(".phone").filter(has_text=words).first).to_be_visible()
    assert second.locator("main code").count() == 0
    second.get_by_role("button", name="Duyệt 1 mục này").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Đã duyệt 1 mục")
    context.close()
    page.goto(f"{served.address}{PUBLISH}")
    expect(page.get_by_text("đã duyệt (Hoa (qua link, tên chưa kiểm))")).to_be_visible()


@ON_A_PHONE
def test_a_plan_shows_its_time_and_can_be_put_off(served: Served, entered: Callable[..., Page]) -> None:
    served.reword()
    page = entered()
    check(page)
    page.get_by_label("Đồng ý với thay đổi này").check()
    page.get_by_label("Lúc (giờ Việt Nam)").fill(f"{system_clock() + timedelta(days=2):%Y-%m-%d}T07:00")
    page.get_by_role("button", name="Hẹn giờ công bố").click()
    expect(page.get_by_text("công bố lúc 07:00").first).to_be_visible()
    fits(page)
    later = f"{system_clock() + timedelta(days=3):%Y-%m-%d}T08:30"
    page.get_by_label("Giờ mới").fill(later)
    page.get_by_role("button", name="Đổi giờ").click()
    expect(page.get_by_text("công bố lúc 08:30").first).to_be_visible()
    page.goto(f"{served.address}/can-bo/tra-loi")
    expect(page.get_by_text("công bố lúc 08:30").first).to_be_visible()
    page.goto(f"{served.address}{PUBLISH}")
    page.get_by_role("button", name="Huỷ hẹn").click()
    expect(page.get_by_text("Đã huỷ hẹn. Bản nháp vẫn còn.")).to_be_visible()
    expect(page.get_by_text("công bố lúc 08:30")).to_have_count(0)


def test_the_page_of_the_link_can_be_read_and_pressed(served: Served, entered: Callable[..., Page]) -> None:
    served.reword()
    page = entered()
    check(page)
    page.get_by_label("Tên người duyệt").fill("Hoa")
    page.get_by_role("button", name="Tạo link duyệt").click()
    page.goto(page.get_by_label("Link cho Hoa").input_value())
    fits(page)


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_and_pressed(served: Served, entered: Callable[..., Page], scheme: str) -> None:
    served.reword()
    page = entered(color_scheme=scheme)
    fits(page)
    check(page)
    fits(page)
    page.get_by_label("Đồng ý với thay đổi này").check()
    page.get_by_role("button", name="Công bố ngay").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=15_000)
    for path in (f"{PUBLISH}/ban", f"{PUBLISH}/ban/1", f"{PUBLISH}/ban/1/tro-lai", "/can-bo/bang"):
        page.goto(f"{served.address}{path}")
        fits(page)


def fits(page: Page) -> None:
    """No serious finding of axe, nothing over the edge, and on a phone targets that a thumb hits."""
    results: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(results["passes"]) > 10, "axe looked at nothing"
    found = [each for each in results["violations"] if each["impact"] in ("serious", "critical")]
    assert {each["id"]: each["nodes"][0]["html"] for each in found} == {}, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    if page.viewport_size == PHONE:
        targets = page.locator(
            "main button:visible, main label.choice, main a.button, main summary, main input[type=text]"
        )
        heights = [box["height"] for each in targets.all() if (box := each.bounding_box())]
        assert heights, page.url
        assert min(heights) >= 44, page.url
