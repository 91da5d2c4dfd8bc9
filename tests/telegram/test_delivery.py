"""What Telegram and the network do to us, over real HTTP: nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.errors import SettingsError, StoreLocked
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.records import Health
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from bot.store.thread import StoreThread
from bot.telegram.app import TelegramBot
from tests.botapi import BotApiDouble, Fault, updates
from tests.fakes import change, rows
from tests.telegram.conftest import FAST, Running, running_bot

LAN, MAI = 4242, 5353


async def health(loa: Running) -> Health:
    return await loa.store.run(loa.store.store.upkeep.health, datetime.now(UTC))


async def settled(loa: Running) -> Health:
    """The queues once nothing is open any more."""
    for _ in range(400):
        found = await health(loa)
        if not found.open_inbox and not found.open_outbox:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"still open: {found}")


SENDING = {
    "429": Fault("too_many", "sendMessage", times=2, retry_after=1),
    "500": Fault("server_error", "sendMessage", times=2),
    "502 page of a proxy": Fault("html_error_page", "sendMessage", times=2),
    "no answer": Fault("hang", "sendMessage", times=1),
    "cut before": Fault("cut_before", "sendMessage", times=2),
    "broken JSON": Fault("bad_json", "sendMessage", times=2),
}


@pytest.mark.parametrize("fault", SENDING.values(), ids=SENDING.keys())
async def test_a_send_that_fails_is_sent_later(loa: Running, fault: Fault) -> None:
    loa.double.faults.add(fault)
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.double.until(lambda: loa.double.messages(LAN), timeout=15)
    found = await settled(loa)
    assert len(loa.double.messages(LAN)) == 1
    assert loa.double.faults.struck
    assert not found.aside


async def test_a_send_that_was_cut_off_may_repeat_but_is_never_lost(loa: Running) -> None:
    loa.double.faults.add(Fault("cut_after", "sendMessage", times=1))
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 2, timeout=15)
    assert not (await settled(loa)).aside


POLLING = {
    "409": Fault("conflict", "getUpdates", times=2),
    "429": Fault("too_many", "getUpdates", times=1),
    "500": Fault("server_error", "getUpdates", times=3),
    "cut before": Fault("cut_before", "getUpdates", times=2),
    "cut after": Fault("cut_after", "getUpdates", times=2),
    "broken JSON": Fault("bad_json", "getUpdates", times=2),
    "slow body": Fault("slow_body", "getUpdates", times=1),
    "502 page of a proxy": Fault("html_error_page", "getUpdates", times=2),
}


@pytest.mark.parametrize("fault", POLLING.values(), ids=POLLING.keys())
async def test_polling_goes_on_after_every_failure(loa: Running, fault: Fault) -> None:
    loa.double.faults.add(fault)
    for number in range(3):
        loa.double.push(updates.text(LAN + number, "5K là gì"))
    await loa.double.until(lambda: all(loa.double.messages(LAN + number) for number in range(3)), timeout=20)
    await settled(loa)
    assert [len(loa.double.messages(LAN + number)) for number in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("kind", ["duplicate_updates", "duplicate_in_batch", "reorder"])
async def test_repeated_and_reordered_updates_have_their_effects_once(loa: Running, kind: str) -> None:
    loa.double.faults.add(Fault(kind, "getUpdates", times=5))  # type: ignore[arg-type]
    for number in range(12):
        loa.double.push(updates.text(LAN + number % 3, "đám cưới có được tổ chức không"))
    await loa.double.until(lambda: sum(len(loa.double.messages(LAN + n)) for n in range(3)) >= 12, timeout=20)
    await settled(loa)
    assert [len(loa.double.messages(LAN + number)) for number in range(3)] == [4, 4, 4]
    assert await rows(loa.store, "SELECT count(*) FROM questions") == [(12,)]


async def test_answers_of_one_chat_keep_their_order_while_one_is_retried(loa: Running) -> None:
    loa.double.faults.add(Fault("server_error", "sendMessage", times=2))
    for command in ("/start five_k", "/start mask_fine", "/start tet_travel", "/duongday"):
        loa.double.push(updates.command(LAN, command))
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 4, timeout=15)
    marks = [str(message.buttons) for message in loa.double.messages(LAN)]
    assert ["five_k" in marks[0], "up:mask_fine" in marks[1], "up:tet_travel" in marks[2]] == [True] * 3


async def test_one_chat_that_is_told_to_wait_does_not_silence_the_others(loa: Running) -> None:
    loa.double.faults.add(Fault("too_many", "sendMessage", times=1, retry_after=3))
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.double.until(lambda: loa.double.faults.struck)
    await loa.say(updates.text(MAI, "5K là gì"), MAI)
    assert not loa.double.messages(LAN)
    await loa.double.until(lambda: loa.double.messages(LAN), timeout=10)


async def test_a_resident_who_blocked_the_bot_is_final_and_stops_nobody(loa: Running) -> None:
    loa.double.block(LAN)
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.say(updates.text(MAI, "5K là gì"), MAI)
    found = await settled(loa)
    assert not found.aside
    assert len([call for call in loa.double.calls("sendMessage") if call.status == 403]) == 1


async def test_an_old_button_press_that_telegram_no_longer_takes_is_answered_all_the_same(loa: Running) -> None:
    (menu,) = await loa.say(updates.command(LAN, "/chude"), LAN)
    press = updates.callback(LAN, "group:0", menu)
    loa.double.expire_queries()
    loa.double.push(press)
    loa.double.expire_queries()
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 2)
    assert not (await settled(loa)).aside


async def test_rows_that_keep_failing_are_put_aside_and_the_chat_goes_on(
    double: BotApiDouble, guide: Guide, tmp_path: Path
) -> None:
    async with running_bot(double, guide, tmp_path, give_up_seconds=0) as loa:
        double.faults.add(Fault("server_error", "sendMessage", times=3))
        double.push(updates.text(LAN, "5K là gì"))
        await loa.say(updates.text(LAN, "đám cưới có được tổ chức không"), LAN)
        found = await settled(loa)
        assert [(row.queue, row.attempts) for row in found.aside] == [("outbox", 3)]
        assert "NetworkError" in found.aside[0].error
        assert await loa.store.run(loa.store.store.upkeep.reopen_aside, datetime.now(UTC)) == 1
        await loa.say(updates.text(LAN, "tạm biệt nhé"), LAN, answers=2)


async def test_a_store_that_fails_for_a_while_loses_nothing(loa: Running) -> None:
    await change(loa.store, "ALTER TABLE inbox RENAME TO elsewhere")
    loa.double.push(updates.text(LAN, "5K là gì"))
    await asyncio.sleep(0.5)
    assert loa.double.confirmed_offset <= loa.double.pending[0]["update_id"]
    await change(loa.store, "ALTER TABLE elsewhere RENAME TO inbox")
    await loa.double.until(lambda: loa.double.messages(LAN), timeout=20)


async def test_what_was_sent_is_not_sent_again_while_it_cannot_be_noted(loa: Running) -> None:
    await change(loa.store, "ALTER TABLE outbox RENAME COLUMN done_at TO elsewhere")
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.double.until(lambda: loa.double.messages(LAN))
    await asyncio.sleep(1)
    await change(loa.store, "ALTER TABLE outbox RENAME COLUMN elsewhere TO done_at")
    await settled(loa)
    assert len(loa.double.messages(LAN)) == 1


async def test_residents_are_answered_though_telegram_takes_no_description(
    double: BotApiDouble, guide: Guide, tmp_path: Path
) -> None:
    double.faults.add(Fault("server_error", "setMyCommands", times=99), Fault("too_many", "setMyDescription", times=99))
    async with running_bot(double, guide, tmp_path) as loa:
        await loa.say(updates.text(LAN, "5K là gì"), LAN)


async def test_a_reply_whose_buttons_telegram_refuses_goes_out_as_bare_words(
    double: BotApiDouble, catalogue: Catalogue, tmp_path: Path
) -> None:
    broken = replace(catalogue, messages={**catalogue.messages, "button_up": "\u2060"})
    guide = Guide(broken, timedelta(days=90), timedelta(days=90))
    async with running_bot(double, guide, tmp_path) as loa:
        (answer,) = await loa.say(updates.text(LAN, "5K là gì"), LAN)
        assert "Nguồn" in answer.text
        assert "<" not in answer.text


async def test_a_stop_does_not_wait_for_a_telegram_that_hangs(
    double: BotApiDouble, guide: Guide, tmp_path: Path
) -> None:
    double.faults.add(Fault("hang", "getMe", times=99))
    values = {
        "telegram_token": double.token,
        "telegram_api": double.base_url,
        "var_dir": tmp_path,
        **FAST,
        "send_seconds": 60,
    }
    sealer = Sealer(bytes(32))
    store = StoreThread(lambda: SqliteStore(tmp_path / "loa.db", sealer))
    chosen = Settings(_env_file=None, **{**values, "send_seconds": 60})
    bot = TelegramBot(chosen, Reception(guide, store.store.residents), store, sealer, system_clock, Metrics())
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(asyncio.Event(), stop))
    await double.until(lambda: double.calls("getMe"))
    stop.set()
    async with asyncio.timeout(8):
        await running
    store.close()


async def test_where_telegram_is_not_heard_at_all_patience_is_longer(
    double: BotApiDouble, guide: Guide, tmp_path: Path
) -> None:
    async with running_bot(double, guide, tmp_path, give_up_seconds=0.5) as loa:
        double.faults.add(Fault("cut_before", "sendMessage", times=6))
        double.push(updates.text(LAN, "5K là gì"))
        await double.until(lambda: double.messages(LAN), timeout=20)
        assert not (await settled(loa)).aside


async def test_an_outage_of_the_whole_network_is_waited_out(loa: Running) -> None:
    loa.double.faults.add(Fault("cut_before", "sendMessage", times=8))
    loa.double.push(updates.text(LAN, "5K là gì"))
    await loa.double.until(lambda: loa.double.messages(LAN), timeout=40)
    assert not (await settled(loa)).aside


async def test_a_stop_finishes_what_was_received(double: BotApiDouble, guide: Guide, tmp_path: Path) -> None:
    async with running_bot(double, guide, tmp_path) as loa:
        for number in range(20):
            double.push(updates.text(LAN + number, "5K là gì"))
        await double.until(lambda: double.calls("sendMessage"))
        await loa.stop()
        found = await health(loa)
        assert (found.open_inbox, found.open_outbox) == (0, 0)
    received = double.confirmed_offset
    async with running_bot(double, guide, tmp_path) as again:
        await double.until(lambda: all(double.messages(LAN + number) for number in range(20)), timeout=15)
        await settled(again)
    assert [len(double.messages(LAN + number)) for number in range(20)] == [1] * 20, received


async def test_only_one_process_of_a_folder_polls(loa: Running, guide: Guide, tmp_path: Path) -> None:
    with pytest.raises(StoreLocked, match="another process"):
        async with running_bot(loa.double, guide, tmp_path):
            pass


async def test_a_refused_token_ends_with_one_clear_line(double: BotApiDouble, guide: Guide, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"LOA_TELEGRAM_TOKEN.*BotFather"):
        async with running_bot(double, guide, tmp_path, telegram_token="987654321:" + "B" * 35):
            pass


async def test_no_update_is_confirmed_before_it_is_kept(double: BotApiDouble, guide: Guide, tmp_path: Path) -> None:
    first = double.push(updates.text(LAN, "5K là gì"))
    async with running_bot(double, guide, tmp_path) as loa:
        await double.until(lambda: double.confirmed_offset > first)
        assert await rows(loa.store, f"SELECT count(*) FROM inbox WHERE update_id = {first}") == [(1,)]
