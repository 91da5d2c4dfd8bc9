"""Who could not be answered is told once a release can, whatever happens in between."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content.drafting import head, save
from bot.content.editing import items_of, set_items
from bot.content.loading import load_texts
from bot.content.releasing import candidate
from bot.content.starting import start
from bot.content.tree import read_folder, release_name
from bot.core.guide import Guide
from bot.core.reply import Outcome, Scored
from bot.reception import Reception
from bot.store.records import Effects, Pause, Question, Send, Settlement, Settling
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from bot.switching import Switching
from bot.telegram.later import Later, introduced
from tests.botapi import BotApiDouble, updates
from tests.conftest import ROOT
from tests.engines import Base
from tests.fakes import NOON, FixedClock, rows
from tests.telegram.conftest import Running, running_bot

LAN, GROUP = 4242, -100_200
ASKED = "nhà em nuôi lợn rừng muốn làm chuồng thì hỏi ai"
SUBJECT = "weddings_funerals"
# Enough to be sure of it, whatever the other phrases are.
PHRASES = tuple(f"{ASKED} {ending}".strip() for ending in ("", "ạ", "cô ơi", "bác", "thế", "hả em"))


@pytest.fixture(scope="module")
def taught_guide(guide: Guide) -> Guide:
    """The guide of the pack with the phrases among the examples of a subject."""
    return guide.successor(load_texts(_taught(read_folder(ROOT))).catalogue)


def _taught(texts: dict[str, bytes]) -> dict[str, bytes]:
    name = f"intents/{SUBJECT}.yaml"
    return {**texts, name: _with_phrases(texts[name].decode()).encode()}


def _with_phrases(text: str) -> str:
    return set_items(text, ["examples"], [*items_of(text, ["examples"]), *PHRASES])


@dataclass
class Office:
    """A process of Loa without network: what officers do, and the service that tells residents."""

    store: StoreThread
    reception: Reception
    clock: FixedClock
    woken: list[bool] = field(default_factory=list)

    @property
    def later(self) -> Later:
        return Later(self.reception, self.store, self.clock, lambda: self.woken.append(True), residents=2)

    async def ask(self, text: str = ASKED, ref: str = "an", chat: int | None = LAN, **more: Any) -> int:
        """What a resident asked and was not told; its id."""
        question = Question(text, more.pop("outcome", Outcome.NOT_UNDERSTOOD), (), (Scored(SUBJECT, 0.1),), "r1")
        effects = Effects(ref, NOON, chat_id=chat, question=question, **more)
        await self.store.run(self.store.store.residents.apply, effects)
        return int((await rows(self.store, "SELECT max(id) FROM questions"))[0][0])

    async def settle(self, *ids: int, kind: Settling = "example", subject: str = SUBJECT) -> None:
        made = Settlement(NOON, "Lan", kind, subject, PHRASES, 1)
        assert await self.store.run(self.store.store.questions.settle, ids, made)

    async def publish(self, guide: Guide) -> None:
        """A release with the phrases, which this process switches to."""
        await self.store.run(self._publish)
        await self.store.run(self.reception.switch, guide)

    def _publish(self) -> None:
        versions = self.store.store.versions
        before = head(versions, f"intents/{SUBJECT}.yaml")
        save(versions, before, _with_phrases(before.text), "Lan", NOON)
        made = candidate(versions)
        versions.publish(release_name(made.texts), made.contents, made.after, "Lan", NOON)

    async def tell(self) -> None:
        """Run the service until there is nothing to try."""
        while await self.later.step():
            pass

    async def sent(self) -> list[tuple[str, str]]:
        """What waits in the outbox: chat by ref, and the text."""
        found = await rows(self.store, "SELECT ref, sealed FROM outbox ORDER BY id")
        opened = [(ref, json.loads(SEALER.open(sealed, "outbox"))["text"]) for ref, sealed in found]
        return [(ref, text) for ref, text in opened]


SEALER = Sealer(bytes(range(32)))


@pytest.fixture
async def office(guide: Guide, base: Base, clock: FixedClock) -> AsyncIterator[Office]:
    store = StoreThread(lambda: base.open(SEALER))
    await store.run(start, store.store.versions, read_folder(ROOT), NOON)
    yield Office(store, Reception(guide, store.store.residents), clock)
    store.close()


async def test_the_asker_is_told_what_he_asked_and_the_answer(office: Office, taught_guide: Guide) -> None:
    await office.settle(await office.ask())
    await office.tell()
    assert await office.sent() == [], "nothing is told before a release answers it"
    await office.publish(taught_guide)
    await office.tell()
    ((ref, text),) = await office.sent()
    assert ref == "an"
    assert ASKED in text
    assert "Đám cưới" in text or "đám cưới" in text
    assert office.woken == [True]
    await office.tell()
    assert len(await office.sent()) == 1


async def test_a_second_wording_of_the_same_resident_is_answered_by_the_same_message(
    office: Office, taught_guide: Guide
) -> None:
    await office.settle(await office.ask(), await office.ask(f"{ASKED} ạ"))
    await office.publish(taught_guide)
    await office.tell()
    assert len(await office.sent()) == 1


async def test_who_asked_the_same_words_after_the_officer_is_told_too(office: Office, taught_guide: Guide) -> None:
    await office.settle(await office.ask())
    await office.ask(ASKED.capitalize(), ref="bình")
    await office.ask("khẩu trang thì sao", ref="chi")
    await office.publish(taught_guide)
    await office.tell()
    assert [ref for ref, _ in await office.sent()] == ["an", "bình"], "what no officer meant is not told"


async def test_another_subject_than_the_officer_meant_is_not_told(office: Office, taught_guide: Guide) -> None:
    await office.settle(await office.ask(), subject="five_k")
    await office.publish(taught_guide)
    await office.tell()
    assert await office.sent() == []


async def test_a_question_for_a_new_subject_is_not_told_by_an_old_one(office: Office, taught_guide: Guide) -> None:
    await office.settle(await office.ask(), kind="subject", subject="")
    await office.publish(taught_guide)
    await office.tell()
    assert await office.sent() == []


async def test_a_question_for_a_new_subject_is_told_by_one_that_was_not_there(
    office: Office, taught_guide: Guide
) -> None:
    asked = await office.ask()
    made = Settlement(NOON, "Lan", "subject", release=0)  # before the first release there was none
    assert await office.store.run(office.store.store.questions.settle, [asked], made)
    await office.publish(taught_guide)
    await office.tell()
    assert len(await office.sent()) == 1


async def test_groups_pages_the_forgotten_and_the_blocked_are_not_told(office: Office, taught_guide: Guide) -> None:
    residents, outbox = office.store.store.residents, office.store.store.outbox
    await office.settle(
        await office.ask(ref="nhóm", chat=None, person="người trong nhóm"),
        await office.ask(ref="trang", chat=None, channel="web"),
        await office.ask(ref="đã xoá"),
        await office.ask(ref="đã chặn"),
    )
    await office.store.run(residents.apply, Effects("đã xoá", NOON, forget=True))
    hello = (Send("sendMessage", {"chat_id": 1, "text": "chào"}),)
    await office.store.run(residents.apply, Effects("đã chặn", NOON, sends=hello))
    (row,) = await office.store.run(outbox.due, NOON, 1, frozenset())
    await office.store.run(lambda: outbox.refused(row.id, "Forbidden: bot was blocked", NOON, blocked=True))
    await office.publish(taught_guide)
    await office.tell()
    assert len(await rows(office.store, "SELECT id FROM outbox WHERE state = 'open'")) == 0


async def test_a_few_residents_at_a_time_the_longest_waiting_first(office: Office, taught_guide: Guide) -> None:
    await office.settle(*[await office.ask(ref=str(number)) for number in range(5)])
    await office.publish(taught_guide)
    assert await office.later.step()
    assert [ref for ref, _ in await office.sent()] == ["0", "1"]
    await office.tell()
    assert [ref for ref, _ in await office.sent()] == ["0", "1", "2", "3", "4"]


async def test_nothing_is_tried_while_the_guide_is_of_another_release(office: Office, taught_guide: Guide) -> None:
    await office.settle(await office.ask())
    await office.store.run(office._publish)
    assert not await office.later.step(), "noted as tried with the old guide it would never be told"
    await office.store.run(office.reception.switch, taught_guide)
    await office.tell()
    assert len(await office.sent()) == 1


async def test_while_loa_is_paused_nobody_is_told(office: Office, taught_guide: Guide) -> None:
    pauses = office.store.store.pauses
    await office.settle(await office.ask())
    await office.publish(taught_guide)
    await office.store.run(pauses.begin, Pause(NOON, "Lan", "xem lại", "Loa đang nghỉ"))
    await office.tell()
    assert await office.sent() == []
    await office.store.run(pauses.end, "Lan", NOON)
    await office.tell()
    assert len(await office.sent()) == 1


class Killed(BaseException):
    """The process ends here."""


class DyingClock(FixedClock):
    """Kills whoever asks it for the time once too often."""

    def __init__(self, lives: int) -> None:
        super().__init__()
        self.lives = lives

    def __call__(self) -> datetime:
        self.lives -= 1
        if self.lives < 0:
            raise Killed
        return self.at


async def _work_until_killed(later: Later, office: Office) -> None:
    while True:
        await later.step()
        await office.ask(ref="một người nữa")  # so that there is always something to try


@pytest.mark.parametrize("lives", range(4))
async def test_a_process_that_dies_in_between_leaves_the_rest_to_the_next(
    office: Office, taught_guide: Guide, lives: int
) -> None:
    await office.settle(*[await office.ask(ref=str(number)) for number in range(3)])
    await office.publish(taught_guide)
    dying = Later(office.reception, office.store, DyingClock(lives), lambda: None, residents=3)
    with pytest.raises(Killed):
        await _work_until_killed(dying, office)
    await office.tell()
    told = [ref for ref, _ in await office.sent() if ref != "một người nữa"]
    assert sorted(told) == ["0", "1", "2"]


async def test_two_processes_that_publish_and_tell_at_once_tell_once(
    office: Office, base: Base, taught_guide: Guide, clock: FixedClock
) -> None:
    await office.settle(*[await office.ask(ref=str(number)) for number in range(6)])
    await office.publish(taught_guide)
    store = StoreThread(lambda: base.open(SEALER))
    other = Office(store, Reception(taught_guide, store.store.residents), clock)
    try:
        await asyncio.gather(office.tell(), other.tell())
        await office.store.run(_again, office)
        await asyncio.gather(office.tell(), other.tell())
    finally:
        store.close()
    assert sorted(ref for ref, _ in await office.sent()) == [str(number) for number in range(6)]


@pytest.mark.slow
async def test_kill_9_tells_everybody_once(office: Office, base: Base) -> None:
    residents = [str(number) for number in range(150)]
    await office.settle(*[await office.ask(ref=ref) for ref in residents])
    await office.store.run(office._publish)
    for told in (20, 90):
        process = await _teller(base)
        while len(await office.sent()) < told:
            await asyncio.sleep(0.001)
        process.kill()
        await process.wait()
        assert told <= len(await office.sent()) < len(residents), "it was to be killed at work"
    both = [await _teller(base), await _teller(base)]
    assert [await process.wait() for process in both] == [0, 0]
    assert sorted(ref for ref, _ in await office.sent()) == sorted(residents)


async def _teller(base: Base) -> asyncio.subprocess.Process:
    """A process that has begun to tell."""
    command = (sys.executable, "-m", "tests.telegram.later_process", base.url)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


def _again(office: Office) -> None:
    """Publish the same texts once more."""
    versions = office.store.store.versions
    current = versions.current()
    assert current
    versions.publish(current.name, versions.contents(current.number), current.number, "Lan", NOON)


def test_a_long_question_is_cut_and_its_signs_are_words(guide: Guide) -> None:
    (block,) = introduced(guide, "**<b>lợn</b>** " + "dài " * 200)
    assert "**<b>lợn</b>**" in block.text
    assert block.text.count("dài") < 60
    assert all(span.style == "plain" for span in block.spans)


async def _switched() -> None:
    """Nobody else is to hear of it."""


async def test_in_a_group_nobody_is_promised_a_later_answer(loa: Running) -> None:
    update = updates.text(GROUP, f"@loa_test_bot {ASKED}", user_id=LAN)
    update["message"]["entities"] = [{"type": "mention", "offset": 0, "length": 13}]
    (said,) = await loa.say(update, GROUP)
    assert "chưa hiểu" in said.text
    assert "nhắn lại" not in said.text


async def test_from_the_question_to_the_later_message(
    double: BotApiDouble, guide: Guide, tmp_path: Path, base: Base, clock: FixedClock
) -> None:
    async with running_bot(double, guide, tmp_path, base=base) as loa:
        versions, questions = loa.store.store.versions, loa.store.store.questions
        begun = await loa.store.run(start, versions, read_folder(ROOT), NOON)
        (refused,) = await loa.say(updates.text(LAN, ASKED), LAN)
        assert "tôi nhắn lại cho anh/chị" in refused.text
        (asked,) = await loa.store.run(questions.open, 9)
        office = Office(loa.store, Reception(guide, loa.store.store.residents), clock)
        await office.settle(asked)
        await loa.store.run(office._publish)
        switching = Switching(office.reception, loa.store, begun.release.number, _switched)
        assert await switching.look()
        await office.tell()
        await loa.say(updates.text(LAN, "/huongdan"), LAN, answers=2)  # wakes the sender
        told = double.messages(LAN)[1]
        assert told.text.startswith("Hôm trước anh/chị hỏi")
        assert ASKED in told.text
