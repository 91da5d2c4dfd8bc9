"""What is asked on Telegram is in the figures, with the time it waited; what is no question is not."""

from __future__ import annotations

from datetime import date, timedelta

from bot.store.counts import Span
from tests.botapi import updates
from tests.telegram.conftest import Running

LAN = 4242
ALWAYS = Span(date(2020, 1, 1), date(2100, 1, 1) - timedelta(days=1))


async def test_questions_and_their_waits_are_counted_and_commands_are_not(loa: Running) -> None:
    await loa.say(updates.command(LAN, "/start"), LAN)
    await loa.say(updates.text(LAN, "khong deo khau trang phat bao nhieu"), LAN)
    await loa.say(updates.text(LAN, "kết quả bóng đá tối qua"), LAN)
    loa.double.press(LAN, "down:mask_fine")
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 4)
    figures = loa.store.store.figures
    days = await loa.store.run(figures.days, ALWAYS)
    assert sorted((each.channel, each.outcome.value, each.count) for each in days) == [
        ("telegram", "answered", 1), ("telegram", "not_understood", 1),
    ]  # fmt: skip
    (subject,) = await loa.store.run(figures.subjects, ALWAYS)
    assert (subject.subject, subject.count) == ("mask_fine", 1)
    waits = await loa.store.run(figures.waits, ALWAYS)
    assert sum(each.count for each in waits) == 2
    assert all(each.seconds < 30 for each in waits)
    (vote,) = await loa.store.run(figures.votes, ALWAYS)
    assert (vote.subjects, vote.up, vote.count) == (("mask_fine",), False, 1)
