"""Votes with their reasons, and suggestions, as the store keeps them."""

from __future__ import annotations

from datetime import timedelta

from bot.store.areas import SqlStore
from bot.store.records import Effects, Send, Suggestion, Vote
from tests.fakes import NOON

DOWN = Vote("9", "mask", up=False, release="r1")


def vote(store: SqlStore, given: Vote, ref: str = "an", days: int = 0) -> None:
    store.residents.apply(Effects(ref, NOON + timedelta(days=days), vote=given))


def reasons(store: SqlStore) -> list[tuple[bool, str, str, str]]:
    return [(each.up, each.release, each.reason, each.words) for each in store.feedback.votes(NOON)]


def test_kind_and_words_are_added_to_the_vote_and_dropped_by_a_thumb_up(store: SqlStore) -> None:
    vote(store, DOWN)
    vote(store, Vote("9", "mask", up=False, reason="wrong"))
    vote(store, Vote("9", "mask", up=False, words="số cũ rồi"))
    assert reasons(store) == [(False, "r1", "wrong", "số cũ rồi")]
    vote(store, Vote("9", "mask", up=True, release="r2"))
    assert reasons(store) == [(True, "r1", "", "")], "the release is that of the answer that was voted on"


def test_the_newest_come_first_and_the_old_not_at_all(store: SqlStore) -> None:
    for days, ref in ((-1, "cũ"), (1, "an"), (2, "bình")):
        vote(store, Vote("9", ref, up=True), ref, days)
        store.residents.apply(Effects(ref, NOON + timedelta(days=days), suggestion=Suggestion(ref, "r1")))
    assert [each.intents for each in store.feedback.votes(NOON)] == [("bình",), ("an",)]
    assert [each.text for each in store.feedback.suggestions(NOON)] == ["bình", "an"]


def test_a_suggestion_in_the_same_message_replaces_the_first_and_others_stay(store: SqlStore) -> None:
    for text, message in (("một", "7"), ("hai", "7"), ("ba", None), ("bốn", None)):
        store.residents.apply(Effects("an", NOON, suggestion=Suggestion(text, "r1", message)))
    assert sorted(each.text for each in store.feedback.suggestions(NOON)) == ["ba", "bốn", "hai"]
    assert store.residents.suggested("an", "7")
    assert not store.residents.suggested("bình", "7")


def test_what_was_damaged_on_disk_hides_nothing_else(store: SqlStore) -> None:
    for text in ("một", "hai"):
        store.residents.apply(Effects("an", NOON, suggestion=Suggestion(text, "r1")))
    store.db.run("UPDATE suggestions SET sealed = ? WHERE id = 2", [b"\0"])
    assert [each.text for each in store.feedback.suggestions(NOON)] == ["…", "một"]


def test_question_vote_and_suggestion_of_a_group_belong_to_the_person(store: SqlStore) -> None:
    made = Effects("nhóm", NOON, vote=DOWN, suggestion=Suggestion("một", "r1"), person="an")
    store.residents.apply(made)
    held = store.residents.held("an")
    assert (held.votes, held.suggestions) == (1, 1)
    assert store.residents.held("nhóm").votes == 0


def test_fleeting_sends_leave_no_row(store: SqlStore) -> None:
    for number, note in enumerate(("sent", "refused", "aside")):
        store.residents.apply(Effects(note, NOON, fleeting=True, sends=(Send("answerInlineQuery", {}),)))
        (row,) = store.outbox.due(NOON, 1, frozenset())
        if note == "sent":
            store.outbox.sent(row.id, None, NOON)
        elif note == "refused":
            store.outbox.refused(row.id, "too old", NOON)
        else:
            store.outbox.put_aside(row.id, "NetworkError", NOON)
        assert store.db.one("SELECT count(*) FROM outbox") == (0,), number
