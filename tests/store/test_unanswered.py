"""Questions that were not answered: what officers make of them, and who is told later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.reply import Outcome, Scored
from bot.store.areas import SqlStore
from bot.store.records import Effects, Question, Send, Settlement, Settling
from tests.engines import Base
from tests.fakes import NOON

ANSWER = (Send("sendMessage", {"chat_id": 1, "text": "Nay tôi trả lời được"}),)
SCORES = (Scored("mask", 0.3), Scored("five_k", 0.2))


def ask(
    store: SqlStore, text: str, ref: str = "an", outcome: Outcome = Outcome.NOT_UNDERSTOOD, chat: int | None = 1
) -> int:
    """A resident's question; its id."""
    answered = ("mask",) if outcome is Outcome.ANSWERED else ()
    question = Question(text, outcome, answered, SCORES, "r1")
    store.residents.apply(Effects(ref, NOON, chat_id=chat, question=question))
    row = store.db.one("SELECT max(id) FROM questions")
    assert row
    return int(row[0])


def settle(store: SqlStore, *questions: int, kind: Settling = "example", subject: str = "mask") -> Settlement | None:
    return store.questions.settle(questions, Settlement(NOON, "Lan", kind, subject, ("câu mẫu",), 1))


def waiting(store: SqlStore, release: int = 1) -> list[int]:
    return [each.id for each in store.later.waiting(release, 10)]


def tell(store: SqlStore, *questions: int, ref: str = "an", subject: str = "mask", release: int = 2) -> bool:
    return store.later.tell(ref, questions, subject, ANSWER, NOON, release)


def queued(base: Base) -> int:
    return base.number("SELECT count(*) FROM outbox")


def test_what_was_answered_or_settled_is_not_open(store: SqlStore) -> None:
    first, second = ask(store, "một"), ask(store, "hai", outcome=Outcome.ASKED_BACK)
    ask(store, "ba", outcome=Outcome.ANSWERED)
    assert store.questions.open(9) == [second, first]
    assert store.questions.open(1) == [second]
    found = store.questions.unanswered([first, second, second + 1])
    assert [(each.text, each.intents) for each in found] == [("hai", SCORES), ("một", SCORES)]
    assert store.questions.unanswered([]) == []
    assert store.questions.open_count() == (2, second)
    made = settle(store, first)
    assert made
    assert (made.questions, store.questions.open_count()) == (1, (1, second))


def test_only_one_officer_settles_a_question(store: SqlStore) -> None:
    asked = ask(store, "một")
    assert settle(store, asked)
    assert settle(store, asked, kind="outside") is None
    assert settle(store) is None
    assert [each.kind for each in store.questions.settlements(9)] == ["example"]


def test_a_settlement_is_taken_back_once(store: SqlStore) -> None:
    asked = ask(store, "một")
    made = settle(store, asked)
    assert made
    back = store.questions.reopen(made.id, NOON)
    assert back
    assert (back.phrases, back.questions, back.subject) == (("câu mẫu",), 1, "mask")
    assert store.questions.reopen(made.id, NOON) is None
    assert store.questions.reopen(99, NOON) is None
    assert store.questions.open_count() == (1, asked)
    assert [each.undone for each in store.questions.settlements(9)] == [True]


def test_what_was_damaged_on_disk_hides_nothing_else(store: SqlStore) -> None:
    for text in ("một", "hai"):
        ask(store, text)
    made = settle(store, 1)
    store.db.run("UPDATE questions SET sealed = ? WHERE id = 2", [b"\0"])
    store.db.run("UPDATE settlements SET sealed = ?", [b"\0"])
    assert made
    assert store.questions.unanswered([1, 2]) == []
    assert store.questions.settlements(9)[0].phrases == ()
    assert [(each.chat_id, each.text) for each in store.later.waiting(1, 9)] == [(1, "một"), (0, "")]


def test_only_who_asked_alone_and_was_not_answered_waits(store: SqlStore) -> None:
    asked = ask(store, "một")
    ask(store, "hai", outcome=Outcome.ANSWERED)
    ask(store, "ba", ref="web", chat=None)
    assert waiting(store) == [asked]
    (found,) = store.later.waiting(1, 10)
    assert (found.chat_id, found.text, found.kind) == (1, "một", "")


def test_what_was_tried_with_a_release_waits_for_the_next(store: SqlStore) -> None:
    asked = ask(store, "một")
    store.later.tried([asked], 1)
    store.later.tried([], 1)
    assert (waiting(store, 1), waiting(store, 2)) == ([], [asked])
    assert settle(store, asked)
    assert waiting(store, 1) == [asked], "what an officer says of it is news"


@pytest.mark.parametrize("kind", ["outside", "ignored"])
def test_who_asked_what_is_not_answered_is_not_told_unless_that_is_taken_back(store: SqlStore, kind: Settling) -> None:
    made = settle(store, ask(store, "một"), kind=kind)
    assert made
    assert waiting(store) == []
    assert store.questions.reopen(made.id, NOON)
    assert waiting(store) == [1]


def test_all_questions_of_a_resident_are_looked_at_together(store: SqlStore) -> None:
    for text, ref in (("một", "an"), ("hai", "bình"), ("ba", "an"), ("bốn", "chi")):
        ask(store, text, ref)
    assert [each.text for each in store.later.waiting(1, 2)] == ["một", "hai", "ba"]


def test_an_answer_is_queued_once(store: SqlStore, base: Base, request: pytest.FixtureRequest) -> None:
    asked = [ask(store, "một"), ask(store, "một ạ")]
    other = base.open(request.getfixturevalue("sealer"))
    assert tell(store, *asked)
    assert not other.later.tell("an", asked, "mask", ANSWER, NOON, 2)
    other.close()
    assert queued(base) == 1
    assert waiting(store, 9) == []


def test_a_failure_in_between_leaves_nothing_done(store: SqlStore, base: Base) -> None:
    asked = ask(store, "một")
    with pytest.raises(TypeError):
        store.later.tell("an", [asked], "mask", [Send("sendMessage", {"text": object()})], NOON, 2)
    assert (queued(base), waiting(store)) == (0, [asked])
    assert tell(store, asked)


def test_who_deleted_all_is_not_told(store: SqlStore, base: Base) -> None:
    asked = ask(store, "một")
    store.residents.apply(Effects("an", NOON, forget=True))
    assert waiting(store) == []
    assert not tell(store, asked)
    assert queued(base) == 0


def test_who_blocked_the_bot_is_not_told_until_he_writes_again(store: SqlStore) -> None:
    asked = ask(store, "một")
    store.residents.apply(Effects("an", NOON, sends=ANSWER))
    (row,) = store.outbox.due(NOON, 1, frozenset())
    store.outbox.refused(row.id, "Forbidden: bot was blocked by the user", NOON, blocked=True)
    assert waiting(store) == []
    assert not tell(store, asked)
    store.residents.apply(Effects("an", NOON, chat_id=1))
    assert waiting(store) == [asked]


def test_another_refusal_does_not_close_a_chat(store: SqlStore) -> None:
    asked = ask(store, "một")
    store.residents.apply(Effects("an", NOON, sends=ANSWER))
    (row,) = store.outbox.due(NOON, 1, frozenset())
    store.outbox.refused(row.id, "Bad Request: message is too long", NOON)
    assert waiting(store) == [asked]


def test_who_asked_again_and_was_answered_is_not_told(store: SqlStore, base: Base) -> None:
    asked = ask(store, "một")
    ask(store, "một cách khác", outcome=Outcome.ANSWERED)
    assert not tell(store, asked)
    assert (queued(base), waiting(store, 9)) == (0, [])


def test_who_was_asked_back_and_opened_the_subject_is_not_told(store: SqlStore) -> None:
    ask(store, "một", outcome=Outcome.ASKED_BACK)
    never = ask(store, "hai")
    store.residents.apply(Effects("an", NOON, chat_id=1, shown=("vaccine",)))
    assert len(waiting(store)) == 2, "another subject helps nobody"
    store.residents.apply(Effects("an", NOON, chat_id=1, shown=("mask",)))
    assert waiting(store) == [never]


def test_settlements_count_who_was_told_and_end_with_the_retention(store: SqlStore) -> None:
    first, second = ask(store, "một"), ask(store, "hai", "bình")
    settle(store, first, second)
    tell(store, first)
    (made,) = store.questions.settlements(9)
    assert (made.questions, made.told) == (2, 1)
    store.upkeep.sweep(NOON + timedelta(days=91), timedelta(days=90))
    assert store.questions.settlements(9) == []
