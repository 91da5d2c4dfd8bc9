"""A real server with an officer who signs in by link, for browser tests of the officers' pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from bot.clock import system_clock
from bot.officers import invite
from bot.store.records import Role
from bot.store.sealing import load_key
from bot.store.sqlite import SqliteStore

from .conftest import ROOT, _free_port, _stop, _wait_until_ready


@dataclass(frozen=True)
class Office:
    """A running server, and the cookies of those who have come in already."""

    address: str
    env: dict[str, str]
    _cookies: dict[str, list[Any]] = field(default_factory=dict)

    def store(self) -> SqliteStore:
        """Another store over its database."""
        var = Path(self.env["LOA_VAR_DIR"])
        return SqliteStore(var / "loa.db", load_key(var / "loa.key"))

    def link(self, name: str, *roles: Role) -> str:
        """A one-time link for an officer, who is new with these roles."""
        with closing(self.store()) as store:
            token = invite(store.people, name, roles or ("admin",), system_clock())
        return f"{self.address}/can-bo/vao/{token}"

    def commanded_link(self, name: str) -> str:
        """The same as an operator makes it, by a command beside the server."""
        command = [sys.executable, "-m", "bot", "officers", "link", name]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.strip()

    def admit(self, context: BrowserContext, name: str, *roles: Role) -> None:
        """Let an officer in, who comes by link and button the first time and is still in afterwards."""
        if name not in self._cookies:
            page = context.new_page()
            page.goto(self.link(name, *roles))
            page.get_by_role("button", name="Vào trang cán bộ").click()
            page.wait_for_url("**/can-bo/tra-loi*")
            self._cookies[name] = list(context.cookies())
            page.close()
        context.add_cookies(self._cookies[name])

    def sign_in(self, context: BrowserContext, name: str, *roles: Role) -> Page:
        """A page of an officer who is in."""
        self.admit(context, name, *roles)
        page = context.new_page()
        page.goto(f"{self.address}/can-bo/toi")
        return page


@contextmanager
def running_office(var: Path, **given: str) -> Iterator[Office]:
    """A server with an empty store and no Telegram; `given` are more settings."""
    port = _free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    env |= {"LOA_HOST": "127.0.0.1", "LOA_PORT": str(port), "LOA_VAR_DIR": str(var), "LOA_TELEGRAM_TOKEN": ""}
    env |= {"LOA_RATE_PER_MINUTE": "100000"} | given
    var.mkdir(exist_ok=True)
    log, address = var / "server.log", f"http://127.0.0.1:{port}"
    with log.open("wb") as out, subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
    ) as process:  # fmt: skip
        try:
            _wait_until_ready(address, process, log)
            yield Office(address, env)
        finally:
            _stop(process)
