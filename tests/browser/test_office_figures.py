"""The figures on an office PC and on a phone, in a real browser before a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.core.reply import Outcome, Scored
from bot.store.records import Effects, Question, Received, Send, Vote
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore

from .conftest import require_chromium
from .office import Office, running_office

pytestmark = pytest.mark.browser
require_chromium()

FIGURES = "/can-bo/so-lieu"
SMALL = """() => [...document.querySelectorAll('main button, main .button, main a, summary, nav a')]
  .filter(each => each.offsetParent && each.getBoundingClientRect().height < 43.5).map(each => each.outerHTML)"""


def fill(var: Path) -> None:
    """Questions and votes of two months, as the program would have written them."""
    store = SqliteStore(var / "loa.db", load_key(var / "loa.key"))
    now = datetime.now(UTC)
    for number in range(240):
        at = now - timedelta(days=number % 60, minutes=number)
        outcome = list(Outcome)[number % 7 % 3]
        answered = ("mask",) if outcome == Outcome.ANSWERED else ()
        asked = Question("khẩu trang", outcome, answered, (Scored("border", 0.5),), "r1")
        store.inbox.add([Received(number, f"c{number}", "{}")], at)
        store.residents.apply(Effects(f"c{number}", at, question=asked, sends=(Send("sendMessage", {}),)), number)
        (row,) = store.outbox.due(now, 1, frozenset())
        store.outbox.sent(row.id, 1, at + timedelta(seconds=1 + number % 5))
    for number in range(3):
        vote = Vote(str(number), "mask", up=False, release="r1", reason="wrong", words="<b>số cũ</b>")
        store.residents.apply(Effects("an", now, vote=vote))
    store.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server with figures."""
    var = tmp_path_factory.mktemp("figures")
    with running_office(var) as running:
        fill(var)
        yield running


def enter(browser: Browser, office: Office, **options: Any) -> Page:
    context = browser.new_context(locale="vi-VN", **options)
    context.set_default_timeout(10_000)
    return office.sign_in(context, "Lan", "admin")


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_fit_and_keep_the_policy(
    chromium: Browser, office: Office, size: ViewportSize, scheme: str
) -> None:
    page = enter(chromium, office, viewport=size, color_scheme=scheme)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for path in ("", "?ky=90", "/che", "?tu=x"):
        page.goto(office.address + FIGURES + path)
        for summary in page.locator("summary").all():
            summary.click()
        found = Axe().run(page).response
        assert [each["id"] for each in found["violations"] if each["impact"] in ("serious", "critical")] == [], path
        assert len(found["passes"]) > 10, "axe looked at nothing"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        assert page.evaluate(SMALL) == [], path
    assert errors == []
    page.context.close()


def test_without_javascript_a_period_is_chosen_and_the_report_downloads(chromium: Browser, office: Office) -> None:
    page = enter(chromium, office, java_script_enabled=False)
    page.goto(office.address + FIGURES)
    first, last = datetime.now(UTC) - timedelta(days=9), datetime.now(UTC) - timedelta(days=5)
    page.get_by_label("Từ ngày").fill(first.date().isoformat())
    page.get_by_label("Đến ngày").fill(last.date().isoformat())
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text(f"Từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}")).to_be_visible()
    for kind, start in (("Word", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Tải báo cáo {kind}").click()
        assert download.value.path().read_bytes().startswith(start)
        assert first.strftime("%Y%m%d") in download.value.suggested_filename
    page.context.close()


def test_bars_are_drawn_in_colours_that_are_there(chromium: Browser, office: Office) -> None:
    page = enter(chromium, office)
    page.goto(office.address + FIGURES)
    chart = page.get_by_role("img", name="Câu hỏi theo ngày")
    expect(chart).to_be_visible()
    fills = chart.locator("> path").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    assert len(set(fills)) == 3, "three outcomes, three looks"
    assert "rgb(0, 0, 0)" not in fills
    page.context.close()
