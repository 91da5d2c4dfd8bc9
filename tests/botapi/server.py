"""The HTTP side of the double: reads requests, applies faults, keeps long polls, writes answers.

It runs on one event loop; the world is touched only under the lock, which is never held across an await.
"""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi import schema
from tests.botapi.data import Call, Json, Refusal, bad_request
from tests.botapi.faults import Fault, Faults
from tests.botapi.methods import METHODS, allow_updates
from tests.botapi.rules import STRICT
from tests.botapi.world import World

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
LONGEST_POLL = 50
_MALFORMED = (TypeError, AttributeError, KeyError)  # a nested value is not of the shape it should have
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass
class Shared:
    """What the server and the public face of the double have in common, guarded by `changed`."""

    token: str
    world: World
    faults: Faults
    calls: list[Call]
    changed: threading.Condition


@dataclass(frozen=True)
class Outcome:
    """What a call came to."""

    status: int
    body: Json

    @property
    def error(self) -> str | None:
        """Telegram's sentence, None for success."""
        return None if self.body["ok"] else str(self.body["description"])


class Server:
    """Answers the Bot API's methods; `webhook_changed` is called after setWebhook and deleteWebhook."""

    def __init__(self, shared: Shared, webhook_changed: Callable[[], None]) -> None:
        self._shared = shared
        self._webhook_changed = webhook_changed
        self._poll: asyncio.Future[None] | None = None

    def application(self) -> web.Application:
        """Make the aiohttp application."""
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._handle)
        app.router.add_route("*", "/{rest:.*}", self._nowhere)
        return app

    def wake(self) -> None:
        """Let a waiting long poll look again; call on the loop."""
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    async def _nowhere(self, _request: web.Request) -> web.StreamResponse:
        return _json(Outcome(404, Refusal(404, "Not Found").body()))

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        method = schema.canonical(name)
        given, unreadable = await _read(request)
        if refusal := self._refused(request.match_info["token"], method) or unreadable:
            outcome = Outcome(refusal.status, refusal.body())
            self._record(method or name, given, outcome, None)
            return _json(outcome)
        assert method is not None
        fault = self._shared.faults.take(method)
        if fault and not fault.carries_out:
            self._record(method, given, None, fault)
            return await _spoilt(request, fault, Outcome(200, {"ok": True, "result": True}))
        outcome = await self.perform(method, given, fault)
        return await _spoilt(request, fault, outcome) if fault else _json(outcome)

    def _refused(self, token: str, method: str | None) -> Refusal | None:
        if token != self._shared.token:
            return Refusal(401, "Unauthorized")
        if method is None:
            return Refusal(404, "Not Found")
        if self._shared.world.logged_out and method != "logOut":
            return Refusal(400, "Logged out")
        return None

    async def perform(self, method: str, given: Json, fault: Fault | None = None) -> Outcome:
        """Carry out and record one call."""
        try:
            params = schema.decode(method, given)
            if method == "getUpdates":
                result = await self._get_updates(params)
                outcome = Outcome(200, {"ok": True, "result": result})
                self._record(method, params, outcome, fault)
            else:
                outcome = self._at_once(method, params, fault)
        except (Refusal, *_MALFORMED) as error:
            refusal = error if isinstance(error, Refusal) else bad_request(f"malformed: {error!r} {STRICT}")
            outcome = Outcome(refusal.status, refusal.body())
            self._record(method, given, outcome, fault)
        if method in ("setWebhook", "deleteWebhook") and outcome.status == 200:
            self._abort_poll(WEBHOOK_SET)
            self._webhook_changed()
        return outcome

    def _at_once(self, method: str, params: Json, fault: Fault | None) -> Outcome:
        with self._shared.changed:
            result = METHODS[method](self._shared.world, params)
            outcome = Outcome(200, {"ok": True, "result": result})
            self._record(method, params, outcome, fault)
        return outcome

    def _record(self, method: str, params: Json, outcome: Outcome | None, fault: Fault | None) -> None:
        call = Call(
            method=method,
            params=params,
            at=time.monotonic(),
            status=_status(fault, outcome),
            result=outcome.body.get("result") if outcome else None,
            error=outcome.error if outcome else None,
            fault=fault.kind if fault else None,
            processed=outcome is not None,
        )
        with self._shared.changed:
            self._shared.calls.append(call)
            self._shared.changed.notify_all()

    def _abort_poll(self, sentence: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refusal(409, sentence))

    async def _get_updates(self, params: Json) -> list[Json]:
        self._abort_poll(OTHER_POLLER)
        with self._shared.changed:
            if self._shared.world.webhook.url:
                raise Refusal(409, WEBHOOK_ACTIVE)
            allow_updates(self._shared.world, params)
        limit = min(max(params.get("limit", 100), 1), 100)
        wait = min(max(params.get("timeout", 0), 0), LONGEST_POLL)
        end = time.monotonic() + wait
        while True:
            batch = self._batch(params.get("offset", 0), limit)
            left = end - time.monotonic()
            if batch or left <= 0:
                return batch
            await self._something_new(left)

    def _batch(self, offset: int, limit: int) -> list[Json]:
        with self._shared.changed:
            queue = self._shared.world.queue
            batch = queue.fetch(offset, limit)
            shaped = self._shared.faults.shape(batch, queue.before)
            queue.before = batch or queue.before
            self._shared.changed.notify_all()
            return shaped

    async def _something_new(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None


async def _read(request: web.Request) -> tuple[Json, Refusal | None]:
    try:
        return await _parameters(request), None
    except ValueError:
        return {}, bad_request("can't parse request")


async def _parameters(request: web.Request) -> Json:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        return given | (json.loads(text) if text else {})
    form = await request.post()
    files = {name: _described(part) for name, part in form.items() if isinstance(part, web.FileField)}
    words = {name: part for name, part in form.items() if isinstance(part, str)}
    for name, word in words.items():
        attached = word.removeprefix("attach://")
        given[name] = files.pop(attached, word) if word.startswith("attach://") else word
    return given | files


def _described(part: web.FileField) -> Json:
    size = len(part.file.read())
    return {"filename": part.filename, "size": size, "content_type": part.content_type}


def _json(outcome: Outcome) -> web.Response:
    return web.json_response(outcome.body, status=outcome.status)


def _status(fault: Fault | None, outcome: Outcome | None) -> int:
    """Say which status the bot gets to see; 0 for none."""
    told = outcome.status if outcome else 0
    if fault is None:
        return told
    seen = {
        "too_many": 429,
        "server_error": fault.status,
        "conflict": 409,
        "bad_json": 200,
        "html_error_page": 502,
    }
    seen |= {"hang": 0, "cut_before": 0, "cut_after": 0}
    return seen.get(fault.kind, told)


async def _spoilt(request: web.Request, fault: Fault, outcome: Outcome) -> web.StreamResponse:
    """Answer as the fault would have it; `outcome` is what a sound answer would have said."""
    if refusal := _refusal(fault):
        return _json(Outcome(refusal.status, refusal.body()))
    if fault.kind == "html_error_page":
        return web.Response(status=502, text=_PAGE, content_type="text/html")
    body = json.dumps(outcome.body).encode()
    if fault.kind == "bad_json":
        half = body[: len(body) // 2]
        return web.Response(status=200, body=half, content_type="application/json")
    if fault.kind == "slow_body":
        return await _dripping(request, outcome.status, body, fault.delay)
    if fault.kind == "cut_after":
        return await _cut(request, outcome.status, body)
    if fault.kind == "hang":
        await asyncio.Event().wait()
    if request.transport:
        request.transport.abort()
    return web.Response()


def _refusal(fault: Fault) -> Refusal | None:
    if fault.kind == "too_many":
        seconds = fault.retry_after
        return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    if fault.kind == "conflict":
        return Refusal(409, OTHER_POLLER)
    if fault.kind == "server_error":
        return Refusal(fault.status, "Bad Gateway" if fault.status == 502 else "Internal Server Error")
    return None


async def _begun(request: web.Request, status: int, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(status=status)
    response.content_type, response.content_length = "application/json", len(body)
    await response.prepare(request)
    return response


async def _dripping(request: web.Request, status: int, body: bytes, delay: float) -> web.StreamResponse:
    response = await _begun(request, status, body)
    step = max(1, len(body) // 8)
    for at in range(0, len(body), step):
        await response.write(body[at : at + step])
        await asyncio.sleep(delay)
    await response.write_eof()
    return response


async def _cut(request: web.Request, status: int, body: bytes) -> web.StreamResponse:
    response = await _begun(request, status, body)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response


def parse_webhook_answer(text: str) -> tuple[str, Json] | None:
    """Give the method a webhook's answer asks for, if it asks for one the Bot API has."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("method"), str):
        return None
    method = schema.canonical(found.pop("method"))
    return (method, found) if method else None
