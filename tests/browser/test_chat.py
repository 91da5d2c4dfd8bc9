"""The web chat as residents meet it: by mouse, by keyboard, without JavaScript, without a network."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from .conftest import Open, Visit, require_chromium

pytestmark = pytest.mark.browser
require_chromium()

QUESTION = "không đeo khẩu trang phạt bao nhiêu"
SOURCE = "Nguồn"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
ANSWERED = ".turn.loa .source"


def button(where: Locator | Page, kind: str) -> Locator:
    return where.locator(f'button[value^="{kind}:"]')


def answer(chat: Visit) -> None:
    """Ask, and wait until the answer with its source is there."""
    before = chat.loa_turns
    chat.ask(QUESTION)
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)
    expect(chat.last).to_contain_text(SOURCE)


def test_question_is_answered_with_its_source(chat: Visit) -> None:
    answer(chat)
    expect(chat.page.locator(".turn.resident").last).to_contain_text(QUESTION)
    expect(chat.page.locator("#typing")).to_be_hidden()
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()
    assert chat.errors == []


def open_group(chat: Visit) -> None:
    """Press the first group of the menu, and wait for its subjects."""
    before = chat.loa_turns
    button(chat.last, "group").first.click()
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)


def test_first_visit_offers_groups_of_topics(chat: Visit) -> None:
    assert chat.loa_turns == 1
    assert button(chat.last, "group").count() >= 5
    open_group(chat)
    assert button(chat.last, "topic").count() >= 2


def test_topic_button_answers_and_takes_the_focus_to_the_answer(chat: Visit) -> None:
    open_group(chat)
    topic = button(chat.last, "topic").first
    label = topic.inner_text()
    topic.click()
    expect(chat.page.locator(ANSWERED)).not_to_have_count(0)
    expect(chat.page.locator(".turn.resident").last).to_contain_text(label)
    expect(chat.last).to_be_focused()
    assert chat.errors == []


def test_clause_button_shows_the_whole_clause(chat: Visit) -> None:
    answer(chat)
    before = chat.loa_turns
    button(chat.last, "clause").first.click()
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)
    assert chat.errors == []


def test_vote_is_thanked_and_shown_as_pressed(chat: Visit) -> None:
    answer(chat)
    before = chat.loa_turns
    shown = chat.page.locator(".turn.loa").nth(before - 1)
    up, down = button(shown, "up"), button(shown, "down")
    up.click()
    expect(chat.page.get_by_role("status").filter(has_text="ơn")).to_be_visible()
    expect(up).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)
    expect(chat.page.locator(".turn.resident")).to_have_count(1)
    button(chat.last, "why").first.click()
    expect(chat.page.get_by_role("status").filter(has_text="lý do")).to_be_visible()
    assert chat.loa_turns == before + 1
    assert chat.errors == []


def test_new_answer_is_announced_and_begins_in_sight(chat: Visit, size: ViewportSize) -> None:
    answer(chat)
    answer(chat)
    expect(chat.page.get_by_role("log").locator("#moi-nhat")).to_have_count(1)
    box = chat.last.bounding_box()
    assert box is not None
    assert 60 < box["y"] < size["height"] / 2


def test_conversation_is_there_again_after_a_reload(chat: Visit) -> None:
    answer(chat)
    chat.page.reload()
    expect(chat.page.locator(".turn.resident")).to_contain_text(QUESTION)
    expect(chat.last).to_contain_text(SOURCE)


def tab_to(chat: Visit, selector: str, key: str = "Tab") -> None:
    for _ in range(60):
        if chat.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        chat.page.keyboard.press(key)
    pytest.fail(f"{key} never reached {selector}", pytrace=False)


def test_keyboard_alone(chat: Visit) -> None:
    tab_to(chat, "#cau-hoi")
    chat.page.keyboard.type(QUESTION)
    chat.page.keyboard.press("Enter")
    expect(chat.last).to_contain_text(SOURCE)
    before = chat.loa_turns
    tab_to(chat, "#moi-nhat .row:first-of-type button:first-child", "Shift+Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)
    tab_to(chat, "#cau-hoi")
    assert chat.errors == []


def test_skip_link_leads_to_the_field(chat: Visit) -> None:
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()


def test_shift_enter_makes_a_line(chat: Visit) -> None:
    chat.field.fill("một")
    chat.field.press("Shift+Enter")
    chat.page.keyboard.type("hai")
    expect(chat.field).to_have_value("một\nhai")
    expect(chat.page.locator(".turn.resident")).to_have_count(0)


@pytest.mark.parametrize("composing", ["isComposing: true", "keyCode: 229"])
def test_enter_belongs_to_the_input_method_while_it_composes(chat: Visit, composing: str) -> None:
    chat.field.fill("không đeo khẩu tran")
    chat.field.evaluate(
        f"""field => {{
            field.dispatchEvent(new CompositionEvent("compositionstart", {{bubbles: true}}));
            const enter = {{key: "Enter", bubbles: true, cancelable: true, {composing}}};
            field.dispatchEvent(new KeyboardEvent("keydown", enter));
        }}"""
    )
    chat.page.wait_for_timeout(300)
    expect(chat.field).to_have_value("không đeo khẩu tran")
    expect(chat.page.locator(".turn.resident")).to_have_count(0)


def test_without_javascript_forms_do_it_all(open_chat: Open) -> None:
    chat = open_chat(java_script_enabled=False)
    chat.field.fill(QUESTION)
    chat.page.locator("#composer button.send").click()
    expect(chat.last).to_contain_text(SOURCE)
    assert urlsplit(chat.page.url).fragment == "moi-nhat"
    expect(chat.page.locator(".turn.resident").last).to_contain_text(QUESTION)
    before = chat.loa_turns
    button(chat.last, "clause").first.click()
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)
    expect(chat.page.locator("#moi-nhat")).to_be_in_viewport()
    button(chat.page, "up").last.click()
    expect(chat.page.locator(".turn.loa")).to_have_count(before + 1)


def test_lost_network_keeps_the_text_and_offers_to_send_again(chat: Visit) -> None:
    chat.page.context.set_offline(True)
    chat.ask(QUESTION)
    retry = chat.page.get_by_role("alert").get_by_role("button")
    expect(retry).to_be_visible()
    expect(chat.field).to_have_value(QUESTION)
    expect(chat.page.locator(".turn.resident")).to_have_count(0)
    chat.page.context.set_offline(False)
    retry.click()
    expect(chat.last).to_contain_text(SOURCE)
    expect(chat.field).to_have_value("")
    expect(chat.page.get_by_role("alert")).to_be_hidden()


def test_lost_network_under_a_button_can_be_tried_again(chat: Visit) -> None:
    open_group(chat)
    chat.page.context.set_offline(True)
    button(chat.last, "topic").first.click()
    retry = chat.page.get_by_role("alert").get_by_role("button")
    expect(retry).to_be_visible()
    expect(chat.page.locator(".turn.resident")).to_have_count(1)
    chat.page.context.set_offline(False)
    retry.click()
    expect(chat.page.locator(ANSWERED)).not_to_have_count(0)


@pytest.mark.parametrize(("status", "body"), [(500, "<p>…</p>"), (200, "<h1>Wi-Fi</h1>"), (413, "{}")])
def test_strange_answers_count_as_not_sent(chat: Visit, status: int, body: str) -> None:
    def strange(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="text/html")

    chat.page.route("**/chat", strange)
    chat.ask(QUESTION)
    expect(chat.page.get_by_role("alert")).to_be_visible()
    expect(chat.field).to_have_value(QUESTION)


def test_refusal_for_haste_is_shown_and_keeps_the_text(chat: Visit) -> None:
    refusal = '<article class="turn loa" tabindex="-1" id="moi-nhat"><p>Chậm thôi</p><time>08:00</time></article>'

    def refuse(route: Route) -> None:
        route.fulfill(status=429, body=refusal, content_type="text/html")

    chat.page.route("**/chat", refuse)
    chat.ask(QUESTION)
    expect(chat.last).to_contain_text("Chậm thôi")
    expect(chat.field).to_have_value(QUESTION)


def test_second_question_waits_for_the_first_answer(chat: Visit) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    chat.page.route("**/chat", hold_the_first)
    chat.ask(QUESTION)
    expect(chat.page.locator("#typing")).to_be_visible()
    chat.ask("5K là gì")
    expect(chat.field).to_have_value("5K là gì")
    assert len(held) == 1
    held[0].continue_()
    expect(chat.page.locator(".turn.resident")).to_have_count(2)
    expect(chat.page.locator(".turn.loa")).to_have_count(3)
    expect(chat.field).to_have_value("")


def test_hostile_text_stays_text(chat: Visit) -> None:
    chat.ask(HOSTILE)
    expect(chat.page.locator(".turn.loa")).to_have_count(2)
    expect(chat.page.locator(".turn.resident p")).to_have_text(HOSTILE)
    chat.page.reload()
    expect(chat.page.locator(".turn.resident p")).to_have_text(HOSTILE)
    expect(chat.page.locator(".turn img, .turn script")).to_have_count(0)
    assert chat.errors == []


def test_no_other_host_is_asked_and_little_is_loaded(open_chat: Open, server: str) -> None:
    chat = open_chat(new=True)
    answer(chat)
    assert {urlsplit(url).netloc for url in chat.requests} == {urlsplit(server).netloc}
    sizes = "performance.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0)"
    assert 5_000 < chat.page.evaluate(sizes) < 60_000


def test_policy_forbids_inline_code(chat: Visit) -> None:
    assert chat.page.locator("[style], [onclick], [onload], script:not([src]), style").count() == 0
    response = chat.page.reload()
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_panel_tells_how_to_connect_telegram(chat: Visit) -> None:
    chat.page.locator("details summary").click()
    expect(chat.page.locator("details code", has_text="LOA_TELEGRAM_TOKEN=")).to_be_visible()
    assert chat.page.locator("details li").count() >= 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_chat: Open, scheme: str) -> None:
    chat = open_chat(color_scheme=scheme)
    serious(chat.page)
    answer(chat)
    chat.page.locator("details summary").click()
    button(chat.last, "up").click()
    expect(button(chat.last, "up")).to_have_attribute("aria-pressed", "true")
    chat.page.context.set_offline(True)
    chat.ask(QUESTION)
    expect(chat.page.get_by_role("alert")).to_be_visible()
    serious(chat.page)


def serious(page: Page) -> None:
    results: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert len(results["passes"]) > 10, "axe looked at nothing"
    found = [each for each in results["violations"] if each["impact"] in ("serious", "critical")]
    assert {each["id"]: each["nodes"][0]["html"] for each in found} == {}


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_nothing_overflows_sideways_and_targets_are_large(open_chat: Open, width: int) -> None:
    chat = open_chat(viewport={"width": width, "height": 640})
    answer(chat)
    chat.page.locator("details summary").click()
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= width
    targets = [box for each in chat.page.locator("button, textarea, summary").all() if (box := each.bounding_box())]
    assert len(targets) > 8
    assert min(min(box["height"], box["width"]) for box in targets) >= 44


def test_still_for_those_who_ask_for_less_motion(open_chat: Open) -> None:
    chat = open_chat(reduced_motion="reduce")
    moving = "document.getAnimations().length"
    chat.page.route("**/chat", lambda _: None)
    chat.ask(QUESTION)
    expect(chat.page.locator("#typing")).to_be_visible()
    assert chat.page.evaluate(moving) == 0
