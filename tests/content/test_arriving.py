"""A new directive comes in: drafts, tasks, decisions, and what residents are told once it is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.content.arriving import arrive, decide, source_of, tasks_of
from bot.content.drafting import head, save
from bot.content.loading import load_texts
from bot.content.releasing import candidate, check_texts, publish
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.work_list import State, Task
from bot.errors import ContentError, DirectiveHeld, TaskUnknown
from bot.store.areas import SqlStore
from bot.store.protocols import Store
from bot.store.records import TaskRow
from tests.content.arriving import ANSWER, NEW, NEW_FILE, OLD, SOURCE_FILE, TEXT, new_files, pack
from tests.fakes import NOON
from tests.program.test_cli import MESSAGES

CLAUSE, MASK = f"clause:{OLD}#1", "answer:mask"
LATER = datetime(2021, 3, 20, 5, tzinfo=UTC)
QUESTION = "có phải đeo khẩu trang không"


@pytest.fixture
def taken(store: SqlStore, tmp_path: Path) -> SqlStore:
    """A store with the pack as its first release, and the new directive as drafts."""
    start(store.versions, read_folder(pack(tmp_path / "pack", MESSAGES)), NOON)
    arrive(store, new_files(), "lan", NOON)
    return store


def states(store: Store) -> dict[str, str]:
    return {row.id: task.state for row, task in tasks_of(store, NEW)}


def front(store: Store, item: str) -> str:
    return head(store.versions, item).text.partition("\n---\n")[0]


def say(store: Store, moment: datetime = LATER) -> str:
    """What a resident is answered from the current release."""
    versions = store.versions
    current = versions.current()
    assert current
    catalogue = load_texts(versions.bodies(versions.contents(current.number))).catalogue
    turn = Guide(catalogue, timedelta(days=900), timedelta(days=90)).answer(QUESTION, Context(), moment)
    return "\n".join(block.text for block in turn.reply.blocks)


def publish_all(store: Store) -> None:
    """Publish every draft; the clauses of the new directive are noted as the business of agencies."""
    before = head(store.versions, NEW_FILE).text
    agencies = "agency_only: {" + ", ".join(f"'{path}': giao cơ quan" for path in ("head", "1", "2", "3", "end")) + "}"
    decided = before.replace("source:", f"{agencies}\nsource:", 1)
    made = candidate(store.versions)
    texts = {**made.texts, NEW_FILE: decided.encode()}
    assert not [problem for problem in check_texts(texts).problems if problem.rule == "coverage"]
    publish(store.versions, made, "lan", LATER, check=lambda _: check_texts(texts))


def test_it_is_kept_as_drafts_with_its_original_and_residents_hear_nothing_yet(taken: SqlStore) -> None:
    drafts = {draft.item: draft.version for draft in taken.versions.drafts()}
    assert set(drafts) == {NEW_FILE, SOURCE_FILE}
    assert taken.versions.body(drafts[SOURCE_FILE].id) == TEXT.encode()
    assert {version.author for version in drafts.values()} == {"lan"}
    assert "⚠" not in say(taken)
    assert front(taken, NEW_FILE).count("supersedes: []") == 1


def test_it_brings_a_task_for_the_clause_it_repeals_and_for_the_answer_that_quotes_it(taken: SqlStore) -> None:
    tasks = {task.id: task for _, task in tasks_of(taken, NEW)}
    assert {CLAUSE, MASK} <= tasks.keys()
    assert {reason.why for reason in tasks[CLAUSE].reasons} >= {"repeals"}
    assert {reason.why for reason in tasks[MASK].reasons} >= {"quotes"}
    assert set(states(taken).values()) == {"open"}


def test_what_is_there_already_is_refused_and_nothing_is_kept(taken: SqlStore) -> None:
    before = len(taken.versions.history(NEW_FILE))
    with pytest.raises(DirectiveHeld) as refused:
        arrive(taken, new_files(), "minh", NOON)
    assert set(refused.value.files) == {NEW_FILE, SOURCE_FILE}
    assert len(taken.versions.history(NEW_FILE)) == before


def test_a_file_that_the_content_cannot_be_loaded_with_is_refused_and_nothing_is_kept(
    store: SqlStore, tmp_path: Path
) -> None:
    start(store.versions, read_folder(pack(tmp_path / "pack", MESSAGES)), NOON)
    files = {name: body.replace(b"supersedes: []", b"supersedes: [99/CV@2020]") for name, body in new_files().items()}
    with pytest.raises(ContentError) as refused:
        arrive(store, files, "lan", NOON)
    assert [(problem.file, problem.rule) for problem in refused.value.problems] == [(NEW_FILE, "supersedes")]
    assert store.versions.drafts() == []
    assert store.tasks.tasks() == []


def test_a_clause_that_is_withdrawn_is_replaced_and_residents_are_warned(taken: SqlStore) -> None:
    draft = decide(taken, NEW, CLAUSE, "withdraw", "minh", NOON)
    assert draft
    assert (draft.item, draft.author) == (NEW_FILE, "minh")
    assert source_of(taken.versions, NEW).values["supersedes"] == [f"{OLD}#1"]
    assert "⚠" not in say(taken)
    publish_all(taken)
    assert "⚠" in say(taken)
    assert "12/UBND-VX" in say(taken)
    assert "⚠" not in say(taken, datetime(2021, 3, 1, tzinfo=UTC)), "before its day it replaces nothing"


def test_an_answer_that_is_withdrawn_is_not_said_any_more(taken: SqlStore) -> None:
    draft = decide(taken, NEW, MASK, "withdraw", "minh", NOON)
    assert draft
    assert draft.item == ANSWER
    assert "withdrawn: true" in front(taken, ANSWER)
    assert "Đeo khẩu trang khi ra ngoài" in say(taken)
    publish_all(taken)
    assert "Đeo khẩu trang khi ra ngoài" not in say(taken)


@pytest.mark.parametrize("state", ["still_right", "edit", "open"])
def test_who_decides_otherwise_about_a_clause_takes_its_end_back(taken: SqlStore, state: State) -> None:
    other = f"clause:{OLD}#2"
    taken.tasks.put([TaskRow(NEW, other, Task("clause", f"{OLD}#2", ()).to_record())])
    for task in (CLAUSE, other, CLAUSE):
        decide(taken, NEW, task, "withdraw", "minh", NOON)
    draft = decide(taken, NEW, CLAUSE, state, "minh", NOON)
    assert draft
    assert source_of(taken.versions, NEW).values["supersedes"] == [f"{OLD}#2"]
    assert states(taken)[CLAUSE] == state


@pytest.mark.parametrize("state", ["still_right", "edit", "open"])
@pytest.mark.parametrize("before", ["", "---\nwhen_old: withdraw\n---\n"])
def test_who_decides_otherwise_about_an_answer_leaves_nothing_to_publish(
    store: SqlStore, tmp_path: Path, state: State, before: str
) -> None:
    folder = pack(tmp_path / "pack", MESSAGES)
    (folder / ANSWER).write_text(before + (folder / ANSWER).read_text("utf8"), "utf8")
    start(store.versions, read_folder(folder), NOON)
    arrive(store, new_files(), "lan", NOON)
    decide(store, NEW, MASK, "withdraw", "minh", NOON)
    assert "withdrawn: true" in front(store, ANSWER)
    decide(store, NEW, MASK, state, "minh", NOON)
    assert head(store.versions, ANSWER).text == (folder / ANSWER).read_text("utf8")
    assert ANSWER not in {draft.item for draft in store.versions.drafts()}
    assert states(store)[MASK] == state


def test_taking_back_keeps_what_was_edited_meanwhile(taken: SqlStore) -> None:
    decide(taken, NEW, MASK, "withdraw", "minh", NOON)
    before = head(taken.versions, ANSWER)
    save(taken.versions, before, before.text.replace("Anh/chị đeo", "Anh/chị nhớ đeo"), "lan", NOON)
    draft = decide(taken, NEW, MASK, "edit", "minh", NOON)
    assert draft
    text = head(taken.versions, ANSWER).text
    assert "Anh/chị nhớ đeo" in text
    assert "withdrawn" not in text


def test_other_decisions_make_no_draft(taken: SqlStore) -> None:
    before = taken.versions.drafts()
    for state in ("still_right", "edit", "open"):
        assert decide(taken, NEW, CLAUSE, state, "minh", NOON) is None
    assert taken.versions.drafts() == before


def test_a_task_that_is_not_on_the_list_cannot_be_decided(taken: SqlStore) -> None:
    with pytest.raises(TaskUnknown):
        decide(taken, NEW, "answer:nothing", "still_right", "minh", NOON)
