"""Officers signed in, for tests of their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from bot.console.desk import Desk
from bot.console.office.access import FORM_TOKEN
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.officers import invite
from bot.store.records import Role
from tests.conftest import ROOT


@dataclass
class AtDesk:
    """An officer's browser: it keeps the cookie and sends the form token of the session with every form."""

    client: httpx.AsyncClient
    desk: Desk
    name: str
    form_token: str = ""

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        return await self.client.post(path, data={FORM_TOKEN: self.form_token, **fields})


async def take_in(desk: Desk) -> None:
    """The real pack as the first release of the desk's store."""
    await desk.store.run(start, desk.store.store.versions, read_folder(ROOT), desk.clock())


async def sign_in(client: httpx.AsyncClient, desk: Desk, *roles: Role, name: str = "Lan") -> AtDesk:
    """A new officer with these roles, signed in by link and button."""
    people = desk.store.store.people
    await desk.store.run(people.put, name, roles, desk.clock())
    token = await desk.store.run(invite, people, name, roles, desk.clock())
    entered = await client.post(f"/can-bo/vao/{token}")
    assert entered.status_code == 303, entered.text
    sessions = await desk.store.run(people.sessions)
    (own,) = (each for each in sessions if each.officer == name)
    return AtDesk(client, desk, name, own.form_token)
