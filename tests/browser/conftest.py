"""The real server as a subprocess, and real Chromium before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
START_SECONDS = 180.0


@dataclass
class Visit:
    """A page of the chat, and what went wrong or elsewhere while it was open."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def field(self) -> Locator:
        return self.page.locator("#cau-hoi")

    @property
    def last(self) -> Locator:
        """The newest bubble of Loa with its buttons."""
        return self.page.locator(".turn.loa").last

    @property
    def loa_turns(self) -> int:
        return self.page.locator(".turn.loa").count()

    def ask(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("dialog", self._dismiss)
        self.page.on("request", self._note)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def _dismiss(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)

    def begin_again(self) -> None:
        """As a resident who has never been here; a new browser would cost a second of the processor."""
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.goto("about:blank")
        self.page.context.set_offline(False)
        self.page.context.clear_cookies()
        self.errors.clear()
        self.requests.clear()


Open = Callable[..., Visit]


def require_chromium() -> None:
    """For the head of a test module: without Chromium it is skipped in one line, or fails where one is required."""
    if CHROMIUM is None:
        why = f"no Chromium found ({', '.join(NAMES)}): the browser tests did not run"
        if os.environ.get("LOA_REQUIRE_BROWSER") == "1":
            pytest.fail(why, pytrace=False)
        pytest.skip(why, allow_module_level=True)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with an empty store and no Telegram."""
    var, port = tmp_path_factory.mktemp("var"), _free_port()
    log = var / "server.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    # An empty token outweighs one in the developer's .env.
    env |= {"LOA_HOST": "127.0.0.1", "LOA_PORT": str(port), "LOA_VAR_DIR": str(var), "LOA_TELEGRAM_TOKEN": ""}
    env |= {"LOA_RATE_PER_MINUTE": "100000"}
    with log.open("wb") as out, subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
    ) as process:  # fmt: skip
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not become ready:\n{log.read_text('utf-8', 'replace')[-3000:]}", pytrace=False)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


# For what a page does, and not how it looks: the suite does it on a phone, `make thorough` on a desk too.
ON_A_PHONE = pytest.mark.parametrize(
    "size", [PHONE, pytest.param(DESKTOP, marks=pytest.mark.thorough)], ids=["390x844", "1366x768"], indirect=True
)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1366x768", "390x844"])
def size(request: pytest.FixtureRequest) -> ViewportSize:
    viewport: ViewportSize = request.param
    return viewport


@pytest.fixture(scope="package")
def left() -> dict[str, Visit]:
    """Browsers that the tests before have left, by the options they were opened with."""
    return {}


@pytest.fixture
def open_chat(chromium: Browser, server: str, size: ViewportSize, left: dict[str, Visit]) -> Iterator[Open]:
    """Opens the chat as a new resident; keyword arguments are those of a browser context.

    Where a test before has left a browser like it, that one is emptied and used, unless a `new` one is asked for.
    """
    opened: list[tuple[str, Visit]] = []

    def visit(*, new: bool = False, **options: Any) -> Visit:
        chosen = {"viewport": size, "locale": "vi-VN", "reduced_motion": "reduce"} | options
        kind = repr(sorted(chosen.items()))
        seen = None if new else left.pop(kind, None)
        if seen is None:
            seen = _new_visit(chromium, **chosen)
        else:
            seen.begin_again()
        opened.append((kind, seen))
        response = seen.page.goto(server)
        assert response is not None
        assert response.ok, f"the page answered {response.status}"
        return seen

    yield visit
    for kind, seen in opened:
        if left.setdefault(kind, seen) is not seen:
            seen.page.context.close()


def _new_visit(chromium: Browser, **options: Any) -> Visit:
    context = chromium.new_context(**options)
    context.set_default_timeout(10_000)
    seen = Visit(context.new_page())
    seen.watch()
    return seen


@pytest.fixture
def chat(open_chat: Open) -> Visit:
    return open_chat()
