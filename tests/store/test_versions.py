"""Versions, drafts and releases, on every engine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import EditConflict, ReleaseConflict
from bot.store.protocols import Store
from bot.store.versions import Edit, Release, Replaced, Version
from tests.fakes import NOON

MASK, PACK = "responses/vi/mask.md", "data/pack.yaml"


def edit(body: str | None, base: int | None = None, item: str = MASK, author: str = "lan") -> Edit:
    return Edit(item, body.encode() if body is not None else None, base, author, "sửa câu")


def save(store: Store, *edits: Edit) -> list[Version]:
    return store.versions.save(edits, NOON)


def publish(store: Store, *versions: Version, minutes: int = 0, name: str = "r") -> Release:
    current = store.versions.current()
    after = current.number if current else 0
    contents = dict(store.versions.contents(after)) if after else {}
    for version in versions:
        contents.pop(version.item, None)
        if version.digest:
            contents[version.item] = version
    return store.versions.publish(name, contents, after, "lan", NOON + timedelta(minutes=minutes))


class TestDrafts:
    def test_a_text_comes_back_as_it_was_saved(self, store: Store) -> None:
        (version,) = save(store, edit("Đeo khẩu trang \x00 nơi công cộng.\r\n"))
        assert store.versions.body(version.id) == "Đeo khẩu trang \x00 nơi công cộng.\r\n".encode()
        (draft,) = store.versions.drafts()
        assert (draft.version, draft.state) == (version, "draft")

    def test_the_same_text_twice_is_two_versions(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        (second,) = save(store, edit("một", first.id))
        assert first.digest == second.digest
        assert [each.id for each in store.versions.history(MASK)] == [second.id, first.id]
        assert len(store.versions.drafts()) == 1

    def test_the_second_of_two_editors_is_told(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        (theirs,) = save(store, edit("hai", first.id, author="minh"))
        with pytest.raises(EditConflict) as conflict:
            save(store, edit("ba", first.id))
        assert (conflict.value.item, conflict.value.base, conflict.value.now) == (MASK, first.id, theirs.id)
        assert store.versions.body(store.versions.drafts()[0].version.id) == b"hai"

    def test_of_several_edits_all_are_kept_or_none(self, store: Store) -> None:
        save(store, edit("một"))
        with pytest.raises(EditConflict):
            save(store, edit("tên: Loa", item=PACK), edit("hai", 999))
        assert store.versions.history(PACK) == []

    def test_an_edit_begins_from_the_release_once_it_is_out(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        publish(store, first)
        with pytest.raises(EditConflict):
            save(store, edit("hai", None))
        (second,) = save(store, edit("hai", first.id))
        assert second.base == first.id

    def test_a_new_edit_takes_an_approval_back(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        store.versions.mark(MASK, first.id, "approved", "hoa")
        assert (store.versions.drafts()[0].state, store.versions.drafts()[0].approver) == ("approved", "hoa")
        save(store, edit("hai", first.id))
        assert (store.versions.drafts()[0].state, store.versions.drafts()[0].approver) == ("draft", "")

    def test_what_was_edited_meanwhile_cannot_be_approved(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        save(store, edit("hai", first.id))
        with pytest.raises(EditConflict):
            store.versions.mark(MASK, first.id, "approved", "hoa")

    def test_a_dropped_draft_stays_in_the_history(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        assert store.versions.discard([MASK, PACK]) == 1
        assert store.versions.drafts() == []
        assert store.versions.body(first.id) == "một".encode()

    def test_a_version_that_is_not_there_is_an_error(self, store: Store) -> None:
        with pytest.raises(KeyError):
            store.versions.body(7)


class TestReleases:
    def test_before_the_first_there_is_none(self, store: Store) -> None:
        assert store.versions.current() is None
        assert store.versions.release_at(NOON) is None
        with pytest.raises(KeyError):
            store.versions.contents(1)

    def test_publishing_closes_the_drafts_that_it_holds_and_no_other(self, store: Store) -> None:
        first, other = save(store, edit("một"), edit("tên: Loa", item=PACK))
        release = publish(store, first)
        assert release.number == 1
        assert [draft.item for draft in store.versions.drafts()] == [other.item]
        assert store.versions.bodies(store.versions.contents(1)) == {MASK: "một".encode()}

    def test_a_draft_that_was_edited_on_stays_open(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        (second,) = save(store, edit("hai", first.id))
        publish(store, first)
        assert [draft.version for draft in store.versions.drafts()] == [second]

    def test_an_item_can_be_deleted(self, store: Store) -> None:
        first, kept = save(store, edit("một"), edit("tên: Loa", item=PACK))
        publish(store, first, kept)
        (gone,) = save(store, edit(None, first.id))
        assert store.versions.body(gone.id) is None
        publish(store, gone)
        assert set(store.versions.contents(2)) == {PACK}
        assert store.versions.drafts() == []

    def test_an_old_release_stays_as_it_was(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        publish(store, first)
        (second,) = save(store, edit("hai", first.id))
        publish(store, second, minutes=5)
        assert store.versions.bodies(store.versions.contents(1)) == {MASK: "một".encode()}
        back = store.versions.publish("r", store.versions.contents(1), 2, "hoa", NOON + timedelta(hours=1), "", 1)
        assert store.versions.current() == back
        assert back.restores == 1

    def test_of_two_who_publish_at_once_one_is_refused(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        publish(store, first)
        with pytest.raises(ReleaseConflict) as conflict:
            store.versions.publish("r", {MASK: first}, 0, "minh", NOON)
        assert (conflict.value.expected, conflict.value.current) == (0, 1)
        assert len(store.versions.releases(9)) == 1

    def test_what_was_current_at_a_moment(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        publish(store, first, minutes=0)
        (second,) = save(store, edit("hai", first.id))
        publish(store, second, minutes=10)
        numbers = [
            found.number if (found := store.versions.release_at(NOON + timedelta(minutes=at))) else None
            for at in (-1, 0, 9, 10, 60)
        ]
        assert numbers == [None, 1, 1, 2, 2]

    def test_releases_come_by_page(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        for minute in range(5):
            publish(store, first, minutes=minute)
        assert [each.number for each in store.versions.releases(2)] == [5, 4]
        assert [each.number for each in store.versions.releases(2, 4)] == [3, 2]
        assert store.versions.releases(2, 1) == []

    def test_what_two_releases_hold_differently(self, store: Store) -> None:
        mask, pack = save(store, edit("một"), edit("hai", item=PACK))
        publish(store, mask, pack)
        reworded, dropped, new = save(
            store, edit("ba", mask.id), edit(None, pack.id, PACK), edit("bốn", item="data/facts.yaml")
        )
        publish(store, reworded, dropped, new)
        assert store.versions.replaced(1, 2) == [
            Replaced("data/facts.yaml", None, new.id), Replaced(PACK, pack.id, None),
            Replaced(MASK, mask.id, reworded.id),
        ]  # fmt: skip
        assert store.versions.replaced(2, 1)[2] == Replaced(MASK, reworded.id, mask.id)
        assert store.versions.replaced(2, 2) == []
        assert [each.item for each in store.versions.replaced(0, 1)] == [PACK, MASK]


class TestPlans:
    def test_a_plan_is_due_once_its_time_has_come(self, store: Store) -> None:
        (first,) = save(store, edit("một"))
        later = store.versions.plan(NOON + timedelta(hours=2), [first.id], "lan", "")
        plan = store.versions.plan(NOON + timedelta(hours=1), [first.id], "lan", "Tết")
        assert store.versions.due(NOON) == []
        assert store.versions.due(NOON + timedelta(hours=1)) == [plan]
        assert store.versions.plans() == [plan, later]

    def test_a_plan_that_is_made_twice_is_one(self, store: Store) -> None:
        plan = store.versions.plan(NOON, [2, 1], "lan", "Tết")
        assert store.versions.plan(NOON, [2, 1], "hoa", "") == plan
        assert store.versions.plan(NOON + timedelta(hours=1), [2, 1], "lan", "").id != plan.id
        store.versions.settle(plan.id, "cancelled")
        assert store.versions.plan(NOON, [2, 1], "lan", "").id != plan.id
        assert len(store.versions.plans()) == 3

    def test_of_two_processes_one_settles_a_plan(self, store: Store) -> None:
        plan = store.versions.plan(NOON, [1], "lan", "")
        assert store.versions.settle(plan.id, "refused", "còn lỗi")
        assert not store.versions.settle(plan.id, "done")
        assert store.versions.due(NOON) == []
        assert (store.versions.plans()[0].state, store.versions.plans()[0].reasons) == ("refused", "còn lỗi")


def test_where_folder_and_store_agree_is_kept(store: Store) -> None:
    store.versions.agreed({MASK: "a", PACK: "b"})
    store.versions.agreed({MASK: "c", PACK: None})
    assert store.versions.files() == {MASK: "c"}
