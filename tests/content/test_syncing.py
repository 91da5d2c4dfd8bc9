"""Folder and store: who changed what since they last agreed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.content.drafting import head, save
from bot.content.releasing import candidate, publish
from bot.content.starting import Start, start, take_edited
from bot.content.syncing import Side, compare, note_agreement, take_files, to_write, working_texts, write_back
from bot.content.tree import read_folder
from bot.errors import ContentError
from bot.store.areas import SqlStore
from tests.content import broken
from tests.fakes import NOON

MESSAGES = Path(__file__).parent.parent.parent / "responses/vi/_messages.yaml"
MASK, DISTANCE = "intents/mask.yaml", "intents/distance.yaml"


class Office:
    """A folder, a store, and a clock that goes on with every step."""

    def __init__(self, folder: Path, store: SqlStore) -> None:
        self.folder = folder
        self.store = store
        self._at = NOON

    @property
    def at(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at

    def begin(self) -> Start:
        return start(self.store.versions, read_folder(self.folder), self.at)

    def write(self, item: str, before: str, after: str) -> None:
        path = self.folder / item
        text = path.read_text(encoding="utf8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf8")

    def draft(self, item: str, before: str, after: str, author: str = "lan") -> None:
        found = head(self.store.versions, item)
        assert before in found.text
        save(self.store.versions, found, found.text.replace(before, after), author, self.at)

    def publish(self, *items: str) -> int:
        made = candidate(self.store.versions, items or None)
        number = publish(self.store.versions, made, "lan", self.at).number
        note_agreement(read_folder(self.folder), self.store.versions)
        return number

    @property
    def sides(self) -> dict[str, Side]:
        return {each.item: each.side for each in compare(read_folder(self.folder), self.store.versions)}

    @property
    def drafts(self) -> list[str]:
        return [draft.item for draft in self.store.versions.drafts()]


@pytest.fixture
def office(tmp_path: Path, store: SqlStore) -> Office:
    made = Office(broken.make(tmp_path / "pack", MESSAGES), store)
    made.begin()
    return made


def test_the_first_start_takes_the_folder_in(office: Office) -> None:
    versions = office.store.versions
    assert versions.bodies(versions.contents(1)) == read_folder(office.folder)
    assert (office.sides, office.drafts) == ({}, [])


def test_a_second_start_changes_nothing(office: Office) -> None:
    assert office.begin().release.number == 1
    assert len(office.store.versions.history(MASK)) == 1


def test_a_folder_with_faults_is_not_taken_in(tmp_path: Path, store: SqlStore) -> None:
    faulty = broken.make(tmp_path / "pack", MESSAGES, **{"data/pack.yaml": None})
    with pytest.raises(ContentError):
        start(store.versions, read_folder(faulty), NOON)
    assert store.versions.current() is None


def test_an_edited_file_becomes_a_draft_and_is_not_live(office: Office) -> None:
    office.write(MASK, "Khẩu trang", "Đeo khẩu trang")
    begun = office.begin()
    assert (begun.release.number, begun.waiting) == (1, (MASK,))
    assert (office.drafts, office.sides) == ([MASK], {MASK: Side.WAITING})
    assert office.publish() == 2
    assert (office.drafts, office.sides) == ([], {})


def test_a_file_that_is_edited_on_replaces_its_draft(office: Office) -> None:
    office.write(MASK, "Khẩu trang", "Đeo khẩu trang")
    office.begin()
    office.write(MASK, "Đeo khẩu trang", "Khẩu trang vải")
    assert office.begin().waiting == (MASK,)
    assert "Khẩu trang vải" in head(office.store.versions, MASK).text


def test_a_file_that_is_edited_back_drops_its_draft(office: Office) -> None:
    office.write(MASK, "Khẩu trang", "Đeo khẩu trang")
    office.begin()
    office.write(MASK, "Đeo khẩu trang", "Khẩu trang")
    office.begin()
    assert (office.drafts, office.sides) == ([], {})


def test_a_new_file_and_a_deleted_one_are_drafts_too(office: Office) -> None:
    (office.folder / "data/places.yaml").unlink()
    (office.folder / "responses/vi/audio").mkdir()
    (office.folder / "responses/vi/audio/mask.mp3").write_bytes(b"\xff\x00")
    assert set(office.begin().waiting) == {"data/places.yaml", "responses/vi/audio/mask.mp3"}
    office.publish()
    versions = office.store.versions
    assert versions.bodies(versions.contents(2)) == read_folder(office.folder)


def test_what_was_published_in_the_store_is_kept_and_can_be_written_back_byte_by_byte(office: Office) -> None:
    office.write(DISTANCE, "title: Khoảng cách\n", "title: Khoảng cách   # ghi chú\r\n")
    office.begin()
    office.publish()
    before = read_folder(office.folder)
    office.draft(MASK, "Khẩu trang", "Khẩu trang vải")
    office.publish()
    assert office.sides == {MASK: Side.STORE}
    assert office.begin().waiting == ()
    differences = compare(before, office.store.versions)
    write_back(office.folder, to_write(differences, office.store.versions))
    after = read_folder(office.folder)
    assert after[MASK] == before[MASK].replace("Khẩu trang".encode(), "Khẩu trang vải".encode(), 1)
    assert {item: text for item, text in after.items() if item != MASK} == {
        item: text for item, text in before.items() if item != MASK
    }
    note_agreement(after, office.store.versions)
    assert office.sides == {}


@pytest.mark.parametrize("published", [True, False], ids=["published", "a draft"])
def test_what_both_sides_changed_is_a_conflict_and_nothing_is_overwritten(office: Office, *, published: bool) -> None:
    office.draft(MASK, "Khẩu trang", "Khẩu trang vải")
    if published:
        office.publish()
    stored = head(office.store.versions, MASK).text
    office.write(MASK, "Khẩu trang", "Khẩu trang y tế")
    begun = office.begin()
    assert (begun.conflicts, begun.waiting) == ((MASK,), ())
    assert head(office.store.versions, MASK).text == stored
    assert "Khẩu trang y tế" in (office.folder / MASK).read_text(encoding="utf8")


def test_a_conflict_ends_by_taking_one_side(office: Office) -> None:
    office.draft(MASK, "Khẩu trang", "Khẩu trang vải")
    office.publish()
    office.write(MASK, "Khẩu trang", "Khẩu trang y tế")
    texts = read_folder(office.folder)
    take_files(texts, office.store.versions, compare(texts, office.store.versions), office.at)
    assert office.sides == {MASK: Side.WAITING}
    office.publish()
    assert office.sides == {}
    assert "Khẩu trang y tế" in head(office.store.versions, MASK).text


def test_the_same_edit_on_both_sides_is_no_conflict(office: Office) -> None:
    office.draft(MASK, "Khẩu trang", "Khẩu trang vải")
    office.publish()
    office.write(MASK, "Khẩu trang", "Khẩu trang vải")
    assert office.sides == {}
    office.begin()
    office.draft(MASK, "Khẩu trang vải", "Khẩu trang")
    office.publish()
    assert office.sides == {MASK: Side.STORE}, "they agreed on the edit before"


def test_working_texts_have_the_edits_of_both(office: Office) -> None:
    office.draft(MASK, "Khẩu trang", "Khẩu trang vải")
    office.publish()
    office.write(DISTANCE, "Khoảng cách", "Giữ khoảng cách")
    texts = working_texts(read_folder(office.folder), office.store.versions)
    assert "Khẩu trang vải" in texts[MASK].decode()
    assert "Giữ khoảng cách" in texts[DISTANCE].decode()


def test_another_pack_in_the_folder_is_shown_as_it_is(office: Office, tmp_path: Path) -> None:
    other = read_folder(
        broken.make(tmp_path / "other", MESSAGES, **{"data/places.yaml": None, MASK: broken.FILES[MASK] + "\n"})
    )
    assert working_texts(other, office.store.versions) == other


def test_a_machine_without_the_folder_takes_nothing_away(office: Office, tmp_path: Path) -> None:
    begun = start(office.store.versions, read_folder(tmp_path / "nothing"), office.at)
    assert (begun.release.number, begun.waiting, office.drafts) == (1, (), [])


def test_a_release_that_a_newer_program_cannot_serve_gives_way_to_its_files(office: Office) -> None:
    """As if the program had come with a sentence that the release does not know yet."""
    versions = office.store.versions
    contents = {item: each for item, each in versions.contents(1).items() if item != "responses/vi/_messages.yaml"}
    versions.publish("old", contents, 1, "lan", office.at)
    versions.agreed({"responses/vi/_messages.yaml": None})
    begun = office.begin()
    assert begun.release.number == 3
    assert "responses/vi/_messages.yaml" in versions.contents(3)


def test_edits_are_taken_while_the_bot_runs(office: Office) -> None:
    office.write(MASK, "Khẩu trang", "Đeo khẩu trang")
    take_edited(office.store.versions, read_folder(office.folder), office.at)
    assert office.drafts == [MASK]
