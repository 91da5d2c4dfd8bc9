"""A real server with an officer who signs in by link, for browser tests of the officers' pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from .conftest import ROOT, _free_port, _stop, _wait_until_ready


@dataclass(frozen=True)
class Office:
    """A running server. Links are made beside it, as an operator does."""

    address: str
    env: dict[str, str]

    def link(self, name: str, *roles: str) -> str:
        """A one-time link for an officer, who is new with these roles."""
        given = [each for role in roles for each in ("--role", role)]
        command = [sys.executable, "-m", "bot", "officers", "link", name, *given]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.strip()

    def sign_in(self, context: BrowserContext, name: str, *roles: str) -> Page:
        """A page of an officer who has come in by button."""
        page = context.new_page()
        page.goto(self.link(name, *roles))
        page.get_by_role("button", name="Vào trang cán bộ").click()
        page.goto(f"{self.address}/can-bo/toi")
        return page


@contextmanager
def running_office(var: Path) -> Iterator[Office]:
    """A server with an empty store and no Telegram."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    env |= {"LOA_HOST": "127.0.0.1", "LOA_PORT": str(port), "LOA_VAR_DIR": str(var), "LOA_TELEGRAM_TOKEN": ""}
    env |= {"LOA_RATE_PER_MINUTE": "100000"}
    log, address = var / "server.log", f"http://127.0.0.1:{port}"
    with log.open("wb") as out, subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
    ) as process:  # fmt: skip
        try:
            _wait_until_ready(address, process, log)
            yield Office(address, env)
        finally:
            _stop(process)
