"""Every page of the office: whole, legible, at home on a phone; and the way from a link to a corrected sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request, Response, expect

from bot.console.office.access import HOME
from bot.console.office.app import _ROUTERS

from .conftest import DESKTOP, PHONE, Visit, require_chromium
from .handbook import SLOW, Tour, change, check, open_group, read_directive
from .office import Office, running_office

require_chromium()
pytestmark = [pytest.mark.browser, pytest.mark.slow]

OFFICER = "Lan"
MOST_BYTES = 60_000
# What is no page: files, and the state of a check.
FILES = (".csv", ".docx", ".pdf", "/goc", "/tai", "/tien-do", ".{ending}")
# A way into each page that an address alone does not give; the rest is found while the store is filled.
SAMPLES = {
    "/can-bo/tra-loi/{intent}": "/can-bo/tra-loi/mask_fine",
    "/can-bo/tra-loi/{intent}/cau-mau": "/can-bo/tra-loi/mask_fine/cau-mau",
    "/can-bo/tra-loi/{intent}/hoi-thu": "/can-bo/tra-loi/mask_fine/hoi-thu",
    "/can-bo/tra-loi/{intent}/phien-ban": "/can-bo/tra-loi/mask_fine/phien-ban",
    "/can-bo/van-ban/doc": "/can-bo/van-ban/doc?ma=UBND@2021",
    "/can-bo/van-ban/viec": "/can-bo/van-ban/viec?ma=UBND@2021",
    "/can-bo/du-kien/{name}": "/can-bo/du-kien/moh_hotline",
    "/can-bo/cau-loa/{name}": "/can-bo/cau-loa/paused",
    "/can-bo/nguoi/ho-so/{name}": f"/can-bo/nguoi/ho-so/{OFFICER}",
    "/can-bo/cong-bo/ban/{release}": "/can-bo/cong-bo/ban/1",
    "/can-bo/cong-bo/ban/{release}/tro-lai": "/can-bo/cong-bo/ban/1/tro-lai",
    "/can-bo/cong-bo/ban/luc": "/can-bo/cong-bo/ban/luc?luc=2099-01-01T08:00&chu-de=mask_fine",
}


def page_routes() -> list[str]:
    """The paths of every page of the office."""
    found = [
        str(getattr(route, "path", ""))
        for router in _ROUTERS
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    ]
    pages = [path for path in found if path != HOME and not path.endswith(FILES)]
    assert len(pages) > 25, "there is nothing to walk"
    return pages


@dataclass(frozen=True)
class Filled:
    """A running office with something on every page, and the addresses of its pages by route."""

    office: Office
    pages: Mapping[str, str]


@pytest.fixture(scope="module")
def filled(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("office")
    with running_office(folder) as office:
        text = {"text": "xin giấy đi đường ở đâu vậy", "session": "nguoi-hoi-0001"}
        httpx.post(f"{office.address}/api/ask", json=text).raise_for_status()
        context = chromium.new_context(viewport=DESKTOP)
        context.set_default_timeout(SLOW)
        page = office.sign_in(context, OFFICER)
        tour = Tour(chromium, office, page, folder)
        yield Filled(office, {**SAMPLES, **_made(tour), "/can-bo/vao/{token}": office.link("Mai", "duty")})
        context.close()


def _made(tour: Tour) -> dict[str, str]:
    """Pages that come to be by work, with the work that makes them."""
    release = httpx.get(f"{tour.office.address}/readyz").json()["release"]
    made = {"/can-bo/so-lieu/luc-do": f"/can-bo/so-lieu/luc-do?ban={release}&chu_de=mask_fine"}
    open_group(tour)
    made["/can-bo/chua-dap/{group}"] = tour.page.url
    tour.press("Tiếp: xem trước thay đổi")
    expect(tour.page.get_by_role("button", name="Lưu vào bản nháp")).to_be_visible(timeout=SLOW)
    made["/can-bo/chua-dap/thu/{trial}"] = tour.page.url
    read_directive(tour)
    made["/can-bo/van-ban/sua"] = tour.page.url
    change(tour, "Hỏi thêm thì anh/chị gọi trạm y tế xã.")
    tour.press("Lưu nháp")
    tour.follow("Tiếp: kiểm tra và công bố")
    check(tour)
    made["/can-bo/cong-bo/kiem/{job}"] = tour.page.url
    return made


@dataclass
class Walk(Visit):
    """An officer's page that writes down what failed on the way."""

    failed: list[str] = field(default_factory=list)

    def watch(self) -> None:
        super().watch()
        self.page.on("response", self._answered)
        self.page.on("requestfailed", self._broke)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.failed.append(f"{answer.status} {answer.url}")

    def _broke(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what a page still loads when one leaves it
            self.failed.append(f"{request.failure} {request.url}")


def addresses(filled: Filled) -> list[tuple[str, str]]:
    """Route and full address of each page; fails for a page that nobody gave a sample."""
    routes = page_routes()
    assert [path for path in routes if "{" in path and path not in filled.pages] == []
    whole = [(route, filled.pages.get(route, route)) for route in routes]
    return [(route, at if at.startswith("http") else f"{filled.office.address}{at}") for route, at in whole]


def walk_of(chromium: Browser, filled: Filled, **options: object) -> Walk:
    context = chromium.new_context(locale="vi-VN", reduced_motion="reduce", **options)  # type: ignore[arg-type]
    context.set_default_timeout(SLOW)
    return Walk(filled.office.sign_in(context, OFFICER))


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def broken_rules(page: Page) -> list[str]:
    """Rules of accessibility that the page breaks seriously, each with the first place."""
    found = Axe().run(page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    return [f"{each['id']} at {each['nodes'][0]['target']}" for each in serious]


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["1366 light", "390 dark"])
def test_every_page_is_whole(chromium: Browser, filled: Filled, viewport: object, scheme: str) -> None:
    walk, faults = walk_of(chromium, filled, viewport=viewport, color_scheme=scheme), []
    walk.watch()
    for route, address in addresses(filled):
        answer = walk.page.goto(address, wait_until="load")
        assert answer is not None
        if len(answer.body()) > MOST_BYTES:
            faults.append(f"{route}: {len(answer.body())} bytes")
        if too_wide(walk.page):
            faults.append(f"{route}: wider than the screen")
        faults += [f"{route}: {rule}" for rule in broken_rules(walk.page)]
        faults += [f"{route}: {what}" for what in (*walk.errors, *walk.failed)]
        walk.errors.clear()
        walk.failed.clear()
    faults += [f"elsewhere: {url}" for url in walk.requests if not url.startswith((filled.office.address, "data:"))]
    walk.page.context.close()
    assert faults == []


def test_every_page_says_the_same_without_scripts(chromium: Browser, filled: Filled) -> None:
    walk, faults = walk_of(chromium, filled, viewport=PHONE, java_script_enabled=False), []
    for route, address in addresses(filled):
        walk.page.goto(address)
        main = walk.page.get_by_role("main")
        if not main.get_by_role("heading", level=1).first.is_visible() or len(main.inner_text()) < 100:
            faults.append(f"{route}: {main.inner_text()[:100]}")
    walk.page.context.close()
    assert faults == []


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until this has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reached {selector} on {page.url}", pytrace=False)


def press(page: Page, selector: str) -> None:
    """Tab to it and press Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def released(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("bà con đang nhận", timeout=SLOW)


def answered(office: Office) -> str:
    """What a resident gets now."""
    question = {"text": "không đeo khẩu trang phạt bao nhiêu"}
    return str(httpx.post(f"{office.address}/api/ask", json=question).json()["text"])


def test_keyboard_alone(chromium: Browser, filled: Filled) -> None:
    context = chromium.new_context(viewport=DESKTOP)
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(filled.office.link(OFFICER))
    press(page, "main button")
    page.wait_for_url("**/can-bo/tra-loi*")
    press(page, "a[href='/can-bo/tra-loi/mask_fine']")
    page.wait_for_url("**/mask_fine")
    tab_to(page, "#body")
    page.keyboard.press("Control+End")
    page.keyboard.type("Khẩu trang vải giặt sạch dùng lại được.")
    press(page, "button[value=luu]:not([hidden] *)")
    expect(page.locator("a[data-onward]")).to_be_visible()
    press(page, "a[data-onward]")
    page.wait_for_url("**/cong-bo?**")
    press(page, "form[action$='/kiem'] > .actions button")
    page.wait_for_selector("input[name=dong-y]")
    tab_to(page, "input[name=dong-y]")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Công bố ngay")).to_be_enabled()
    press(page, "form[action$='/cong-bo'] button")
    released(page)
    assert "Khẩu trang vải giặt sạch" in answered(filled.office)
    context.close()


def test_from_the_link_to_a_published_sentence(chromium: Browser, filled: Filled) -> None:
    context = chromium.new_context(viewport=DESKTOP)
    context.set_default_timeout(SLOW)
    # Outlives the pages; a press on a label is one press.
    context.add_init_script(
        "addEventListener('pointerdown', () => { localStorage.presses = Number(localStorage.presses ?? 0) + 1; }, true)"
    )
    page, link = context.new_page(), filled.office.commanded_link(OFFICER)
    tour, begun = Tour(chromium, filled.office, page, Path()), time.monotonic()
    page.goto(link)
    tour.press("Vào trang cán bộ")
    tour.follow("Phạt không đeo khẩu trang")
    body = tour.field("Lời trả lời")
    body.click()
    body.press("Control+End")
    page.keyboard.type("Trẻ nhỏ cũng nên đeo.", delay=20)
    tour.press("Lưu nháp")
    tour.follow("Tiếp: kiểm tra và công bố")
    check(tour)
    tour.press("Công bố ngay")
    released(page)
    took, presses = time.monotonic() - begun, page.evaluate("Number(localStorage.presses)")
    print(f"from the link to the published sentence: {took:.1f} s, {presses} presses")
    context.close()
    assert "Trẻ nhỏ cũng nên đeo." in answered(filled.office)
    assert presses == 8
