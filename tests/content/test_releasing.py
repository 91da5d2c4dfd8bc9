"""The gate, publishing, going back, plans, and what was said at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.content.drafting import head, save
from bot.content.planning import Planning, local_time
from bot.content.releasing import candidate, publish, roll_back
from bot.content.said import said_at
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.content.watching import Watching
from bot.core.context import Context
from bot.core.guide import Guide
from bot.errors import MergeConflict, NotApproved, NotPublishable, ReleaseConflict
from bot.reception import Reception
from bot.store.areas import SqlStore
from bot.store.content_protocols import Versions
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from bot.switching import Switching
from tests.content import broken
from tests.engines import Base
from tests.fakes import NOON, FixedClock

MESSAGES = Path(__file__).parent.parent.parent / "responses/vi/_messages.yaml"
ANSWER, INTENT = "responses/vi/mask.md", "intents/mask.yaml"
DAY = timedelta(days=1)


@pytest.fixture
def versions(tmp_path: Path, store: SqlStore) -> Versions:
    start(store.versions, read_folder(broken.make(tmp_path / "pack", MESSAGES)), NOON)
    return store.versions


def edit(versions: Versions, item: str, before: str, after: str, author: str = "lan", at: datetime = NOON) -> int:
    found = head(versions, item)
    assert before in found.text
    return save(versions, found, found.text.replace(before, after), author, at).version.id


class TestGate:
    def test_a_draft_with_a_fault_is_refused_with_place_and_remedy(self, versions: Versions) -> None:
        edit(versions, ANSWER, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi ngủ nhé")
        with pytest.raises(NotPublishable) as refused:
            publish(versions, candidate(versions), "lan", NOON)
        assert [problem.file for problem in refused.value.problems] == [ANSWER]
        assert all(problem.mend for problem in refused.value.problems)
        current = versions.current()
        assert current is not None
        assert current.number == 1

    def test_a_check_that_fails_is_refused(self, versions: Versions) -> None:
        edit(versions, "intents/distance.yaml", "  - khoảng cách mấy mét\n", "  - phải đeo khẩu trang không ạ\n")
        with pytest.raises(NotPublishable) as refused:
            publish(versions, candidate(versions), "lan", NOON)
        assert {problem.rule for problem in refused.value.problems} == {"check"}

    def test_a_faulty_draft_does_not_hold_up_another(self, versions: Versions) -> None:
        edit(versions, ANSWER, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi ngủ nhé")
        edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
        assert publish(versions, candidate(versions, [INTENT]), "lan", NOON).number == 2
        assert [draft.item for draft in versions.drafts()] == [ANSWER]

    def test_a_second_person_has_to_look_where_that_is_set(self, versions: Versions) -> None:
        draft = edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
        with pytest.raises(NotApproved) as refused:
            publish(versions, candidate(versions), "lan", NOON, approvals=True)
        assert refused.value.items == (INTENT,)
        versions.mark(INTENT, draft, "approved", "lan")
        with pytest.raises(NotApproved):
            publish(versions, candidate(versions), "lan", NOON, approvals=True)
        versions.mark(INTENT, draft, "approved", "hoa")
        assert publish(versions, candidate(versions), "lan", NOON, approvals=True).number == 2

    def test_what_was_made_before_somebody_else_published_is_refused(self, versions: Versions) -> None:
        edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
        edit(versions, "intents/distance.yaml", "title: Khoảng cách", "title: Giữ khoảng cách")
        mine, theirs = candidate(versions, [INTENT]), candidate(versions, ["intents/distance.yaml"])
        publish(versions, theirs, "minh", NOON)
        with pytest.raises(ReleaseConflict):
            publish(versions, mine, "lan", NOON)


class TestTwoEditors:
    def test_edits_of_different_lines_are_merged(self, versions: Versions) -> None:
        before = head(versions, INTENT)
        edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang", "minh")
        mine = before.text.replace("- khẩu trang đeo ở đâu", "- đeo khẩu trang chỗ nào")
        saved = save(versions, before, mine, "lan", NOON)
        assert saved.merged
        text = head(versions, INTENT).text
        assert "title: Đeo khẩu trang" in text
        assert "- đeo khẩu trang chỗ nào" in text

    def test_edits_of_the_same_line_are_shown_and_nothing_is_overwritten(self, versions: Versions) -> None:
        before = head(versions, INTENT)
        edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang", "minh")
        mine = before.text.replace("title: Khẩu trang", "title: Khẩu trang vải")
        with pytest.raises(MergeConflict) as conflict:
            save(versions, before, mine, "lan", NOON)
        assert (conflict.value.author, conflict.value.mine) == ("minh", mine)
        assert head(versions, INTENT).text == conflict.value.theirs

    def test_a_deletion_does_not_take_an_edit_with_it(self, versions: Versions) -> None:
        before = head(versions, "data/places.yaml")
        edit(versions, "data/places.yaml", "huyện Bắc", "huyện Nam", "minh")
        with pytest.raises(MergeConflict):
            save(versions, before, None, "lan", NOON)


class TestGoingBack:
    def test_an_earlier_release_is_a_new_release_with_its_texts(self, versions: Versions) -> None:
        edit(versions, INTENT, "title: Khẩu trang", "title: Đeo khẩu trang")
        publish(versions, candidate(versions), "lan", NOON + DAY)
        back = roll_back(versions, 1, "hoa", NOON + 2 * DAY, "nhầm")
        assert (back.number, back.restores) == (3, 1)
        assert versions.contents(3) == versions.contents(1)
        with pytest.raises(KeyError):
            roll_back(versions, 9, "hoa", NOON)

    def test_what_residents_were_told_at_a_time(self, versions: Versions) -> None:
        edit(versions, ANSWER, "**Anh/chị đeo khẩu trang.**", "**Bà con đeo khẩu trang.**")
        publish(versions, candidate(versions), "lan", NOON + DAY)
        told = [said_at(versions, NOON + days * DAY, "mask") for days in (-1, 0, 1)]
        assert [found and found.blocks[0].text for found in told] == [
            None,
            "Anh/chị đeo khẩu trang.",
            "Bà con đeo khẩu trang.",
        ]
        assert said_at(versions, NOON, "không có") is None


@pytest.fixture
def thread(base: Base, sealer: Sealer, tmp_path: Path) -> Iterator[StoreThread]:
    thread = StoreThread(lambda: base.open(sealer))
    texts = read_folder(broken.make(tmp_path / "pack", MESSAGES))
    asyncio.run(thread.run(start, thread.store.versions, texts, NOON))
    yield thread
    thread.close()


async def drafted(thread: StoreThread, before: str, after: str) -> int:
    return await thread.run(edit, thread.store.versions, ANSWER, before, after)


class TestPlanning:
    async def test_a_plan_is_published_when_its_time_has_come(self, thread: StoreThread, clock: FixedClock) -> None:
        versions = thread.store.versions
        draft = await drafted(thread, "**Anh/chị đeo khẩu trang.**", "**Bà con đeo khẩu trang.**")
        await thread.run(versions.plan, NOON + DAY, [draft], "lan", "Tết")
        planning = Planning(thread, clock)
        await planning.look()
        assert (await thread.run(versions.current)).number == 1  # type: ignore[union-attr]
        clock.go_on(days=2)
        await planning.look()
        current = await thread.run(versions.current)
        assert current is not None
        assert (current.number, current.note, current.at) == (2, "Tết", NOON + 2 * DAY)
        assert [plan.state for plan in await thread.run(versions.plans)] == ["done"]
        await planning.look()
        assert len(await thread.run(versions.releases, 9)) == 2

    async def test_a_plan_that_does_not_pass_the_gate_keeps_the_reasons(
        self, thread: StoreThread, clock: FixedClock
    ) -> None:
        versions = thread.store.versions
        draft = await drafted(thread, "khi ra ngoài", "khi đi ngủ nhé")
        await thread.run(versions.plan, NOON, [draft], "lan", "")
        await Planning(thread, clock).look()
        (plan,) = await thread.run(versions.plans)
        assert plan.state == "refused"
        assert ANSWER in plan.reasons

    async def test_a_plan_that_was_overtaken_is_not_carried_out(self, thread: StoreThread, clock: FixedClock) -> None:
        versions = thread.store.versions
        draft = await drafted(thread, "**Anh/chị", "**Bà con")
        await thread.run(versions.plan, NOON + DAY, [draft], "lan", "")
        await drafted(thread, "**Bà con", "**Cô bác")
        await thread.run(lambda: publish(versions, candidate(versions), "minh", NOON))
        clock.go_on(days=1)
        await Planning(thread, clock).look()
        (plan,) = await thread.run(versions.plans)
        assert plan.state == "refused"
        assert ANSWER in plan.reasons
        assert "Cô bác" in (await thread.run(head, versions, ANSWER)).text

    async def test_a_plan_that_was_published_but_not_closed_is_closed(
        self, thread: StoreThread, clock: FixedClock
    ) -> None:
        """As after kill -9 between the two."""
        versions = thread.store.versions
        draft = await drafted(thread, "**Anh/chị", "**Bà con")
        await thread.run(versions.plan, NOON, [draft], "lan", "")
        await thread.run(lambda: publish(versions, candidate(versions), "lan", NOON))
        await Planning(thread, clock).look()
        assert [plan.state for plan in await thread.run(versions.plans)] == ["done"]
        assert len(await thread.run(versions.releases, 9)) == 2

    def test_times_are_those_of_viet_nam(self) -> None:
        assert local_time("2026-12-01 07:00", "Asia/Ho_Chi_Minh").isoformat() == "2026-12-01T07:00:00+07:00"

    @pytest.mark.parametrize("wrong", ["mai", "2026-13-01 07:00", ""])
    def test_what_is_no_time_is_refused(self, wrong: str) -> None:
        with pytest.raises(ValueError, match=r"isoformat|month"):
            local_time(wrong, "Asia/Ho_Chi_Minh")


class TestSwitching:
    async def test_the_running_bot_answers_from_the_new_release(self, thread: StoreThread) -> None:
        versions = thread.store.versions
        guide = await thread.run(guide_of, versions)
        reception = Reception(guide, thread.store.residents)
        told: list[int] = []

        async def switched() -> None:
            told.append(1)

        switching = Switching(reception, thread, 1, switched)
        assert not await switching.look()
        await drafted(thread, "**Anh/chị đeo khẩu trang.**", "**Bà con đeo khẩu trang.**")
        await thread.run(lambda: publish(versions, candidate(versions), "lan", NOON))
        before = reception.guide
        assert await switching.look()
        reply = reception.guide.answer("có phải đeo khẩu trang không", Context(), NOON).reply
        assert "Bà con" in "".join(block.text for block in reply.blocks)
        old = before.answer("có phải đeo khẩu trang không", Context(), NOON).reply
        assert "Bà con" not in "".join(block.text for block in old.blocks), "what was begun ends on its own release"
        assert (told, switching.number) == ([1], 2)

    async def test_a_release_that_cannot_be_served_leaves_the_one_before(self, thread: StoreThread) -> None:
        versions = thread.store.versions
        reception = Reception(await thread.run(guide_of, versions), thread.store.residents)
        switching = Switching(reception, thread, 1, asyncio.Event().wait)  # type: ignore[arg-type]
        before = reception.guide
        await drafted(thread, "khi ra ngoài", "khi đi ngủ nhé")
        await thread.run(lambda: publish_unchecked(versions))
        assert not await switching.look()
        assert not await switching.look(), "it is not tried again and again"
        assert reception.guide is before


def guide_of(versions: Versions) -> Guide:
    from bot.content.loading import load_texts

    return Guide(load_texts(versions.bodies(versions.contents(1))).catalogue, 36_500 * DAY, 90 * DAY)


def publish_unchecked(versions: Versions) -> None:
    made = candidate(versions)
    versions.publish("faulty", made.contents, made.after, "lan", NOON)


class TestWatching:
    async def test_a_file_is_live_as_soon_as_it_is_saved_and_sound(
        self, thread: StoreThread, tmp_path: Path, clock: FixedClock
    ) -> None:
        folder, said = tmp_path / "pack", list[str]()
        watching = Watching(folder, thread, clock, said.append)
        assert await watching.look() is None
        path = folder / ANSWER
        whole = path.read_text(encoding="utf8")
        path.write_text(whole.replace("khi ra ngoài", "khi đi ngủ nhé"), encoding="utf8")
        assert await watching.look() is None
        assert any(ANSWER in line for line in said)
        assert await watching.look() is None, "a fault is said once"
        path.write_text(whole.replace("**Anh/chị", "**Bà con"), encoding="utf8")
        release = await watching.look()
        assert release is not None
        assert (release.number, release.author) == (2, "tệp")
