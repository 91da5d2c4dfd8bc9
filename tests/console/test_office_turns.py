"""Few files are read at once; others wait their turn or are told to come again."""

from __future__ import annotations

import asyncio

import pytest

from bot.console.office.turns import Busy, Turns


async def test_so_many_at_once_and_the_others_after_them() -> None:
    turns, running, most = Turns(at_once=2, waiting=3), 0, 0

    async def read() -> None:
        nonlocal running, most
        async with turns.turn():
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*(read() for _ in range(5)))
    assert most == 2


async def test_who_finds_the_room_full_or_waits_too_long_is_told() -> None:
    turns = Turns(at_once=1, waiting=1, seconds=0.02)
    async with turns.turn():
        waiting = asyncio.create_task(turns.turn().__aenter__())
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await turns.turn().__aenter__()
        with pytest.raises(Busy):
            await waiting
    async with turns.turn():
        pass


async def test_a_reading_that_breaks_gives_its_turn_back() -> None:
    turns = Turns(at_once=1, waiting=0)
    with pytest.raises(ValueError, match="hỏng"):
        async with turns.turn():
            raise ValueError("hỏng")
    async with turns.turn():
        pass
