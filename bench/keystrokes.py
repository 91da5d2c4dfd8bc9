"""How soon the preview of an answer follows a keystroke, in a real browser."""

from __future__ import annotations

import shutil

from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Milliseconds between two keys: a person who types at a good pace.
_PACE = 140
_KEYS = "anh chi doc ky giup nhe"
_PATIENCE = 8_000
# Notes when each keystroke came, and when the preview next changed after it.
_WATCH = """() => {
  window.typed = []; window.changed = [];
  const field = document.querySelector("textarea[name='body']");
  field.addEventListener("input", () => window.typed.push(performance.now()));
  new MutationObserver(() => window.changed.push(performance.now())).observe(
    document.querySelector("[data-preview]"), {childList: true, subtree: true, characterData: true});
}"""


def keystrokes(address: str, cookie: tuple[str, str], path: str, keys: int) -> list[float]:
    """Milliseconds from each of so many keystrokes to the change of the preview that shows it.

    Raises LookupError where there is no Chromium.
    """
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        raise LookupError(f"no Chromium found ({', '.join(NAMES)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
        context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
        page = context.new_page()
        page.goto(f"{address}{path}")
        found = _typed(page, keys)
        browser.close()
    return found


def _typed(page: Page, keys: int) -> list[float]:
    field = page.locator("textarea[name='body']")
    field.press("Control+End")
    page.evaluate(_WATCH)
    found = []
    for number in range(keys):
        seen = page.evaluate("() => window.changed.length")
        field.press(_KEYS[number % len(_KEYS)])
        page.wait_for_function("seen => window.changed.length > seen", arg=seen, timeout=_PATIENCE)
        found.append(float(page.evaluate("() => window.changed.at(-1) - window.typed.at(-1)")))
        page.wait_for_timeout(_PACE)
    return found
