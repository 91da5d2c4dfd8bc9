"""The double and a bot that talks to it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import telegram

from tests.botapi import BotApiDouble

LAN = 4242


@pytest.fixture
def double() -> Iterator[BotApiDouble]:
    with BotApiDouble() as running:
        running.add_chat(LAN)
        yield running


@pytest.fixture
async def bot(double: BotApiDouble, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[telegram.Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it RetryAfter itself warns of its deprecation
    async with telegram.Bot(double.token, base_url=f"{double.base_url}/bot") as running:
        yield running
