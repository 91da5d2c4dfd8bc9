"""/console on Telegram: an officer whose private chat is known gets a link to sign in; nobody else learns anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ..core.guide import Guide
from ..core.reply import Block, Reply, Span
from ..errors import OfficerUnknown
from ..officers import hashed, make_link
from ..store.officer_protocols import People
from ..store.records import Deed


class Door:
    """Makes links for officers. `address` is where the console is reached."""

    def __init__(self, people: People, address: str) -> None:
        self._people = people
        self._address = address

    def knock(self, guide: Guide, ref: str, argument: str, now: datetime) -> Reply:
        """What to say to /console in a private chat; with the token of a link the chat becomes its officer's."""
        officer = self._tie(ref, argument, now) if argument else self._people.officer_of(ref)
        name = officer if isinstance(officer, str) or officer is None else officer.name
        try:
            token = make_link(self._people, name or "", now)
        except OfficerUnknown:
            return replace(guide.notice("console_unknown"), buttons=())
        url = f"{self._address}/can-bo/vao/{token}"
        said = guide.notice("console_link")
        return replace(said, blocks=(*said.blocks, Block("paragraph", (Span(url, "link", url),))), buttons=())

    def _tie(self, ref: str, token: str, now: datetime) -> str | None:
        name = self._people.use_link(hashed(token), now)
        if name:
            self._people.tie(name, ref)
            self._people.note(Deed(now, name, "chat_tied"))
        return name
