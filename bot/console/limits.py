"""Bounds the size of a request's body, also where no length is announced, and how its letters are written."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([^\"';\s]*)", re.IGNORECASE)
_UTF_8 = (b"utf-8", b"utf8")
_THROWN_AWAY = 120_000_000
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered to a body that is too large.

    A browser shows it only once it has sent all: for people (`patient`) the rest is taken, and thrown away.
    """

    kind: str
    body: bytes
    patient: bool = False


Telling = Callable[[Scope, int], Told]


def as_json(_: Scope, most: int) -> Told:
    """For programs."""
    fault = {"error": "the body is too large", "where": "body", "mend": f"send at most {most} bytes"}
    return Told("application/json", json.dumps(fault).encode())


class OnlyUtf8:
    """ASGI middleware: 415 for forms that name another encoding than UTF-8, which no browser does.

    A form read as `unicode_escape` would hold halves of characters, which neither a page nor a database takes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        kinds = [value for name, value in scope.get("headers", ()) if name == b"content-type"]
        if all(found.lower() in _UTF_8 for kind in kinds for found in _CHARSET.findall(kind)):
            await self._app(scope, receive, send)
        else:
            fault = {"error": "another encoding than UTF-8", "where": "content-type", "mend": "send UTF-8"}
            await _answer(send, 415, Told("application/json", json.dumps(fault).encode()))


class BodyLimit:
    """ASGI middleware: 413 for bodies over `most` bytes, before they are read into memory.

    `larger` has the paths that may take more; `told` makes the answer.
    """

    def __init__(
        self, app: ASGIApp, most: int, larger: Mapping[str, int] = MappingProxyType({}), told: Telling = as_json
    ) -> None:
        self._app = app
        self._usual = most
        self._larger = larger
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what comes in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._usual)

        async def refuse() -> None:
            told = self._told(scope, most)
            if told.patient:
                await _thrown_away(receive)
            await _answer(send, 413, told)

        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await refuse()
            return
        counted = _Counted(receive, send, most, refuse)
        await self._app(scope, counted.receive, counted.send)


async def _thrown_away(receive: Receive) -> None:
    """Take the rest of a body, up to a bound in size and time."""
    taken = 0
    try:
        async with asyncio.timeout(_SECONDS):
            while taken < _THROWN_AWAY:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return


async def _answer(send: Send, status: int, told: Told) -> None:
    """Answer, and take no more of what comes."""
    headers = [(b"content-type", told.kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": told.body})


class _Counted:
    """One request: once too much has come in, whatever the application answers becomes a 413."""

    def __init__(self, receive: Receive, send: Send, most: int, refuse: Callable[[], Awaitable[None]]) -> None:
        self._receive = receive
        self._send = send
        self._left = most
        self._refuse = refuse
        self._refused = False

    async def receive(self) -> Message:
        if self._left < 0:
            return _ENDED
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else _ENDED

    async def send(self, message: Message) -> None:
        if self._left >= 0:
            await self._send(message)
        elif not self._refused:
            self._refused = True
            await self._refuse()


_ENDED: Message = {"type": "http.request", "body": b"", "more_body": False}
