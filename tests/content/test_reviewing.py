"""The impact of a candidate in a store, with a guide at hand or without."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.drafting import head, save
from bot.content.loading import load_texts
from bot.content.releasing import candidate, check_texts, publish
from bot.content.reviewing import Review, basis_of, known_questions, review
from bot.content.starting import start
from bot.content.tree import Texts, read_folder
from bot.core.guide import Guide
from bot.core.reply import Outcome, Scored
from bot.store.areas import SqlStore
from bot.store.records import Question
from tests.content import broken
from tests.fakes import NOON
from tests.store.test_store import effects, handle

MESSAGES = Path(__file__).parent.parent.parent / "responses/vi/_messages.yaml"
ANSWER = "responses/vi/mask.md"
LONG = timedelta(days=90)
ASKED = Question("có phải đeo khẩu trang không ạ", Outcome.ANSWERED, ("mask",), (Scored("mask", 0.61),), "r1")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return read_folder(broken.make(tmp_path / "pack", MESSAGES))


@pytest.fixture
def drafted(store: SqlStore, texts: Texts) -> SqlStore:
    """A store with two releases, a question in its log, and a draft."""
    start(store.versions, texts, NOON)
    for line in ("Bà con nhớ giúp.", "Xin cảm ơn bà con."):
        found = head(store.versions, ANSWER)
        save(store.versions, found, f"{found.text}\n{line}\n", "lan", NOON)
        if line == "Bà con nhớ giúp.":
            publish(store.versions, candidate(store.versions), "lan", NOON)
    handle(store, 1, effects(question=ASKED))
    return store


def of(store: SqlStore, folder: Path, old: Guide | None) -> Review:
    found = review(store, candidate(store.versions), folder, NOON, LONG, LONG, last=10, every=True, old=old)
    assert found is not None
    return found


def test_a_guide_at_hand_changes_nothing_whatever_release_it_is_of(
    drafted: SqlStore, texts: Texts, tmp_path: Path
) -> None:
    current = drafted.versions.current()
    assert current is not None
    live = load_texts(drafted.versions.bodies(drafted.versions.contents(current.number)))
    alone = of(drafted, tmp_path, None)
    assert [group.kind for group in alone.impact.groups] == ["new_wording"]
    (group,) = alone.impact.groups
    assert "Xin cảm ơn bà con." in "".join(run.text for run in group.diff)
    assert "Bà con nhớ giúp." not in "".join(run.text for run in group.diff if run.kind == "added")
    for catalogue in (live.catalogue, load_texts(texts).catalogue):
        assert of(drafted, tmp_path, Guide(catalogue, LONG, LONG)) == alone


def test_what_the_log_took_a_question_for_is_known(drafted: SqlStore, texts: Texts, tmp_path: Path) -> None:
    basis = basis_of(drafted, candidate(drafted.versions), 10)
    assert basis is not None
    found = known_questions(basis, load_texts(texts).catalogue, tmp_path)
    (real,) = [each for each in found if each.source == "real"]
    assert (real.text, real.scores) == (ASKED.text, ASKED.intents)


def test_a_check_beside_a_guide_finds_the_same(texts: Texts) -> None:
    guide = Guide(load_texts(texts).catalogue, LONG, LONG)
    path = "intents/mask.yaml"
    wrong = {**texts, path: texts[path].replace(b"checks:\n", "checks:\n  - bóng đá tối nay mấy giờ\n".encode())}
    assert wrong != texts
    assert [problem.rule for problem in check_texts(wrong, guide).problems] == ["check"]
    assert check_texts(wrong, guide).problems == check_texts(wrong).problems
    assert check_texts(texts, guide).problems == ()
