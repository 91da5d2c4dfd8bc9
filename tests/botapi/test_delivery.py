"""The double itself: how updates reach the bot, come twice or not at all, and what goes wrong on the way."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import telegram
from aiohttp import web
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.botapi import BotApiDouble, Call, ChatMessage, Fault, updates
from tests.botapi.conftest import LAN
from tests.botapi.faults import Kind


async def ids(bot: telegram.Bot, **about: Any) -> list[int]:
    return [update.update_id for update in await bot.get_updates(**about)]


# ---- polling


async def test_offset_confirms_all_before_it(double: BotApiDouble, bot: telegram.Bot) -> None:
    first, second, third = (double.push(updates.text(LAN, str(n))) for n in range(3))
    assert await ids(bot) == [first, second, third]
    assert await ids(bot, limit=1) == [first]
    assert await ids(bot, offset=second) == [second, third]
    assert double.confirmed_offset == second
    assert await ids(bot, offset=first) == [second, third], "confirmed is gone"
    assert await ids(bot, offset=-1) == [third]
    assert await ids(bot) == [third], "a negative offset forgets what lies before"
    assert await ids(bot, offset=third + 1) == []
    assert (double.pending, double.confirmed_offset) == ([], third + 1)


async def test_long_poll_waits_for_an_update(double: BotApiDouble, bot: telegram.Bot) -> None:
    threading.Timer(0.2, double.push, [updates.text(LAN, "x")]).start()
    begun = time.monotonic()
    assert len(await ids(bot, timeout=5)) == 1
    assert 0.1 < time.monotonic() - begun < 2
    assert await ids(bot, offset=double.pending[0]["update_id"] + 1, timeout=1) == []
    assert time.monotonic() - begun > 1


async def test_second_poller_throws_out_the_first(double: BotApiDouble, bot: telegram.Bot) -> None:
    async with telegram.Bot(double.token, base_url=f"{double.base_url}/bot") as other:
        earlier = asyncio.create_task(ids(bot, timeout=5))
        await asyncio.sleep(0.2)
        later = asyncio.create_task(ids(other, timeout=5))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await earlier
        double.push(updates.text(LAN, "x"))
        assert len(await later) == 1


async def test_allowed_updates_hold_for_later_ones(double: BotApiDouble, bot: telegram.Bot) -> None:
    before = double.push(updates.callback(LAN, "x"))
    assert await ids(bot, allowed_updates=["message"]) == [before]
    double.push(updates.callback(LAN, "y"))
    forced = double.push(updates.from_the_future(LAN), force=True)
    assert await ids(bot, offset=before + 1) == [forced]
    assert len(double.dropped) == 1


async def test_malformed_update_comes_back_until_it_is_confirmed(double: BotApiDouble, bot: telegram.Bot) -> None:
    double.push(updates.malformed(LAN))
    for _ in range(2):
        with pytest.raises(KeyError):
            await bot.get_updates()
    assert len(double.pending) == 1


# ---- webhook


@dataclass
class Hook:
    """A bot's webhook that answers with the next of `statuses`, then with 200 and `body`."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    body: dict[str, Any] | None = None
    got: list[tuple[int, str | None]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((update["update_id"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        return web.json_response(self.body) if self.body else web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made, app = Hook(), web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_webhook_carries_the_secret_and_repeats(double: BotApiDouble, bot: telegram.Bot, hook: Hook) -> None:
    hook.statuses = [500, 302]
    waiting = double.push(updates.text(LAN, "x"))
    await bot.set_webhook(hook.url, secret_token="bi-mat", max_connections=2)
    await double.until(lambda: not double.pending)
    assert hook.got == [(waiting, "bi-mat")] * 3
    assert [d.status for d in double.deliveries] == [500, 302, 200]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (hook.url, 0, 2)
    assert info.last_error_message == "Wrong response from the webhook: 302 Found"
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await ids(bot) == []


async def test_webhook_keeps_order_within_a_chat(double: BotApiDouble, bot: telegram.Bot, hook: Hook) -> None:
    hook.statuses = [503]
    await bot.set_webhook(hook.url)
    sent = [double.push(updates.text(LAN, str(n))) for n in range(3)]
    await double.until(lambda: not double.pending)
    assert [update_id for update_id, _ in hook.got] == [sent[0], *sent]


async def test_webhook_down_and_updates_delivered_twice(double: BotApiDouble, bot: telegram.Bot, hook: Hook) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    update_id = double.push(updates.text(LAN, "x"))
    await double.until(lambda: double.deliveries)
    assert double.deliveries[0].error == "Connection refused"
    double.faults.add(Fault("deliver_twice"))
    await bot.set_webhook(hook.url)
    await double.until(lambda: not double.pending)
    assert [got for got, _ in hook.got] == [update_id, update_id]
    await bot.delete_webhook(drop_pending_updates=True)


async def test_webhook_answers_in_its_response(double: BotApiDouble, bot: telegram.Bot, hook: Hook) -> None:
    hook.body = {"method": "sendMessage", "chat_id": LAN, "text": "Chào"}
    await bot.set_webhook(hook.url)
    double.push(updates.text(LAN, "x"))
    await double.until(lambda: double.messages(LAN))
    assert double.messages(LAN)[0].text == "Chào"


async def test_set_webhook_ends_a_long_poll(bot: telegram.Bot, hook: Hook) -> None:
    poll = asyncio.create_task(ids(bot, timeout=5))
    await asyncio.sleep(0.2)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll


# ---- faults

SPOILT: list[tuple[Fault, type[TelegramError], bool, int]] = [
    (Fault("too_many", retry_after=7), RetryAfter, False, 429),
    (Fault("server_error"), NetworkError, False, 500),
    (Fault("server_error", status=502), NetworkError, False, 502),
    (Fault("conflict"), Conflict, False, 409),
    (Fault("hang"), TimedOut, False, 0),
    (Fault("cut_before"), NetworkError, False, 0),
    (Fault("cut_after"), NetworkError, True, 0),
    (Fault("bad_json"), TelegramError, False, 200),
    (Fault("html_error_page"), NetworkError, False, 502),
    (Fault("html_error_page", processed=True), NetworkError, True, 502),
]


@pytest.mark.parametrize(("fault", "error", "processed", "status"), SPOILT)
async def test_spoilt_send(
    double: BotApiDouble,
    bot: telegram.Bot,
    fault: Fault,
    error: type[TelegramError],
    processed: bool,
    status: int,
) -> None:
    double.faults.add(fault)
    with pytest.raises(error):
        await bot.send_message(LAN, "x", read_timeout=0.5)
    (tried,) = double.calls("sendMessage")
    assert (tried.processed, tried.status, tried.fault) == (processed, status, fault.kind)
    assert len(double.messages(LAN)) == processed
    assert [struck.fault for struck in double.faults.struck] == [fault]
    assert await bot.send_message(LAN, "y"), "a fault strikes as often as it says"


async def test_slow_body_arrives_in_the_end(double: BotApiDouble, bot: telegram.Bot) -> None:
    double.faults.add(Fault("slow_body", delay=0.05))
    begun = time.monotonic()
    assert (await bot.send_message(LAN, "x")).text == "x"
    assert time.monotonic() - begun > 0.3


def drawn(seed: int) -> list[bool]:
    with BotApiDouble(seed=seed) as double:
        double.faults.add(Fault("server_error", "sendMessage", times=None, probability=0.5, after=2))
        return [double.faults.take("sendMessage") is not None for _ in range(40)]


def test_chance_repeats_with_the_seed() -> None:
    assert drawn(1) == drawn(1) != drawn(2)
    assert drawn(1)[:2] == [False, False]
    assert 8 < sum(drawn(1)) < 30


SHAPES: list[tuple[Kind, list[int]]] = [("duplicate_in_batch", [0, 0, 1, 1, 2, 2]), ("reorder", [0, 1, 2])]


@pytest.mark.parametrize(("kind", "expected"), SHAPES)
async def test_spoilt_batch(double: BotApiDouble, bot: telegram.Bot, kind: Kind, expected: list[int]) -> None:
    double.faults.add(Fault(kind))
    assert await ids(bot) == [], "a fault waits until there is something to spoil"
    pushed = [double.push(updates.text(LAN, str(n))) for n in range(3)]
    got = await ids(bot)
    assert sorted(got) == [pushed[n] for n in expected]
    assert got != pushed
    assert await ids(bot) == pushed


async def test_confirmed_updates_come_again(double: BotApiDouble, bot: telegram.Bot) -> None:
    pushed = double.push(updates.text(LAN, "x"))
    assert await ids(bot) == [pushed]
    double.faults.add(Fault("duplicate_updates"))
    assert await ids(bot, offset=pushed + 1, timeout=5) == [pushed]
    assert await ids(bot, offset=pushed + 1) == []


# ---- the bot in a process of its own

ECHO = """
import sys, httpx
url, offset = sys.argv[1], 0
while True:
    params = {"offset": offset, "timeout": 5}
    for update in httpx.post(url + "/getUpdates", json=params, timeout=10).json()["result"]:
        message = update["message"]
        reply = {"message_id": message["message_id"]}
        params = {"chat_id": message["chat"]["id"], "text": message["text"], "reply_parameters": reply}
        httpx.post(url + "/sendMessage", json=params, timeout=10)
        offset = update["update_id"] + 1
"""


def start(double: BotApiDouble) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", ECHO, f"{double.base_url}/bot{double.token}"])


def test_state_outlives_a_killed_bot(double: BotApiDouble) -> None:
    with start(double) as first:
        answered = double.push(updates.text(LAN, "một"))
        double.wait_until_answered(ids=[answered])
        first.kill()
    waiting = [double.push(updates.text(LAN, text)) for text in ("hai", "ba")]
    with start(double) as second:
        double.wait_until_answered(3, ids=waiting)
        second.kill()
    answers = double.answers_by_update()
    assert all(answers.values())
    assert [m.text for m in double.messages(LAN)][-2:] == ["hai", "ba"]


def test_waiting_in_vain_tells_the_last_calls(double: BotApiDouble) -> None:
    double.faults.add(Fault("server_error"))
    with pytest.raises(TimeoutError, match="nothing came within"):
        double.wait_until_answered(1, timeout=0.1)


async def test_answers_are_related_as_the_test_says(double: BotApiDouble, bot: telegram.Bot) -> None:
    pushed = [double.push(updates.text(LAN, "x")) for _ in range(2)]
    for _ in range(2):
        await bot.send_message(LAN, f"#{pushed[0]}")

    def number(message: ChatMessage) -> int | None:
        return int(message.text.removeprefix("#"))

    answers: dict[int, list[ChatMessage | Call]] = double.answers_by_update(number)
    assert [len(answers[update_id]) for update_id in pushed] == [2, 0]
    assert double.answers_by_update() == {update_id: [] for update_id in pushed}


async def test_many_clients_at_once(double: BotApiDouble, bot: telegram.Bot) -> None:
    await asyncio.gather(*(bot.send_message(LAN, str(n)) for n in range(50)))
    assert sorted(int(m.text) for m in double.messages(LAN)) == list(range(50))
    assert len({m.message_id for m in double.messages(LAN)}) == 50
