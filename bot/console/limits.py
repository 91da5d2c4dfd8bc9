"""Bounds the size of a request's body, also where no length is announced, and how its letters are written."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([^\"';\s]*)", re.IGNORECASE)
_UTF_8 = (b"utf-8", b"utf8")


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
            await _say(send, 415, b"application/json", json.dumps(fault))


async def _say(send: Send, status: int, kind: bytes, text: str) -> None:
    """Answer, and take no more of what comes."""
    headers = [(b"content-type", kind), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


class BodyLimit:
    """ASGI middleware: 413 for bodies over `most` bytes, before they are read into memory.

    `larger` has the paths that may take more.
    """

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._usual = most
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what comes in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], self._usual)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await self._refusal(scope["path"])(send, most)
            return
        counted = _Counted(receive, send, most, self._refusal(scope["path"]))
        await self._app(scope, counted.receive, counted.send)

    def _refusal(self, path: str) -> Callable[[Send, int], Awaitable[None]]:
        return self._refuse_file if path in self._larger else self._refuse

    async def _refuse_file(self, send: Send, most: int) -> None:
        """People send files, and see what is answered."""
        body = f"Tệp lớn quá. Máy nhận tới {most // 1_250_000} MB. Anh/chị bỏ ảnh ra khỏi tệp, rồi gửi lại."
        await _say(send, 413, b"text/plain; charset=utf-8", body)

    async def _refuse(self, send: Send, most: int) -> None:
        body = json.dumps({"error": "the body is too large", "where": "body", "mend": f"send at most {most} bytes"})
        await _say(send, 413, b"application/json", body)


class _Counted:
    """One request: once too much has come in, whatever the application answers becomes a 413."""

    def __init__(self, receive: Receive, send: Send, most: int, refuse: Callable[[Send, int], Awaitable[None]]) -> None:
        self._receive = receive
        self._send = send
        self._left = self._most = most
        self._refuse = refuse
        self._refused = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Message) -> None:
        if self._left >= 0:
            await self._send(message)
        elif not self._refused:
            self._refused = True
            await self._refuse(self._send, self._most)
