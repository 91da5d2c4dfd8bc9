"""What the program asks of a store about officers: who they are, what they did, and whether they paused Loa."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .records import Deed, DeedFilter, Officer, OfficerSession, Pause, Role


class People(Protocol):
    """Officers, sign-in links, sessions, and the trail of what was done."""

    def put(self, name: str, roles: Sequence[Role], at: datetime) -> None:
        """Add an officer, or give one other roles; without roles he cannot sign in any more.

        Raises LastAdmin, with nothing changed, where no admin would be left.
        """

    def officers(self) -> list[Officer]:
        """All officers, by name."""

    def officer(self, name: str) -> Officer | None:
        """An officer by name, None if there is none."""

    def officer_of(self, ref: str) -> Officer | None:
        """The officer whose private chat this is, None if it is nobody's."""

    def tie(self, name: str, ref: str) -> None:
        """Note an officer's private chat; it is nobody else's afterwards. An empty one unties."""

    def add_link(self, token_hash: str, officer: str, until: datetime) -> None:
        """Keep a link that signs an officer in once; his earlier ones end."""

    def link(self, token_hash: str, at: datetime) -> str | None:
        """Whom a link would sign in; it is not used up."""

    def use_link(self, token_hash: str, at: datetime) -> str | None:
        """Use a link up; whom it signs in, None for one that is used, ended or not ours."""

    def open_session(self, session: OfficerSession, token_hash: str) -> None:
        """Keep a session under the hash of its cookie."""

    def session(self, token_hash: str, at: datetime, since: datetime) -> OfficerSession | None:
        """The session of a cookie, if it was used after `since`; it is marked as used now."""

    def sessions(self) -> list[OfficerSession]:
        """All sessions, the one used last first."""

    def end_session(self, session: str) -> int:
        """End a session by its id; the number ended."""

    def note(self, deed: Deed) -> None:
        """Add to the trail."""

    def trail(self, most: int, officer: str = "") -> list[Deed]:
        """The newest deeds, newest first; of one officer where he is named."""

    def deeds(self, wanted: DeedFilter, most: int, skip: int = 0) -> list[Deed]:
        """Lines of the trail, newest first, after the first `skip`."""

    def deed_count(self, wanted: DeedFilter) -> int:
        """How many lines of the trail there are."""

    def doers(self) -> list[str]:
        """Everybody who stands in the trail, by name."""


class Pauses(Protocol):
    """Whether Loa answers. Begin and end are announced under the topic `store.pauses.TOPIC`."""

    def current(self) -> Pause | None:
        """The pause that lasts, None while Loa answers."""

    def begin(self, pause: Pause) -> bool:
        """Stop answering; False, with nothing changed, where Loa is paused already."""

    def end(self, officer: str, at: datetime) -> Pause | None:
        """Answer again: the pause that ended, None where there was none."""
