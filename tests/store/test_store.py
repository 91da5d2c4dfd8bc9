"""What every engine has to do; each test runs on all of them."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.reply import Outcome, Scored
from bot.errors import KeyFileError, StoreError
from bot.store.areas import SqlStore
from bot.store.records import Effects, Question, Received, Send, Suggestion, Vote
from bot.store.sealing import Sealer
from tests.engines import Base
from tests.fakes import NOON

DAY = timedelta(days=1)
QUESTION = Question("khẩu trang", Outcome.ANSWERED, ("mask",), (Scored("mask", 0.93),), "r1")


def update(number: int, ref: str = "an") -> Received:
    return Received(number, ref, json.dumps({"update_id": number}))


def effects(ref: str = "an", sends: int = 1, **more: object) -> Effects:
    made = tuple(Send("sendMessage", {"chat_id": 7, "text": f"câu {n}"}, answers_to=70 + n) for n in range(sends))
    return Effects(ref, NOON, chat_id=7, sends=made, **more)  # type: ignore[arg-type]


def handle(store: SqlStore, number: int, what: Effects) -> None:
    store.inbox.add([update(number, what.ref)], NOON)
    store.residents.apply(what, number)


class TestInbox:
    def test_a_repeated_update_is_kept_once(self, store: SqlStore) -> None:
        assert store.inbox.add([update(1), update(2)], NOON) == 2
        assert store.inbox.add([update(2), update(3)], NOON) == 1

    def test_a_done_update_that_comes_again_stays_done(self, store: SqlStore) -> None:
        handle(store, 1, effects())
        assert store.inbox.add([update(1)], NOON) == 0
        assert store.inbox.next(NOON) is None

    def test_the_oldest_comes_first_whatever_the_order_of_arrival(self, store: SqlStore) -> None:
        store.inbox.add([update(5), update(3)], NOON)
        found = store.inbox.next(NOON)
        assert found is not None
        assert found.update_id == 3

    def test_a_waiting_update_holds_back_its_own_chat_only(self, store: SqlStore) -> None:
        store.inbox.add([update(1, "an"), update(2, "an"), update(3, "bình")], NOON)
        store.inbox.later(1, "X", NOON + timedelta(seconds=9))
        found = store.inbox.next(NOON)
        assert found is not None
        assert found.update_id == 3
        assert store.inbox.next_due(NOON) == 0, "the other chat's is due at once"
        later = store.inbox.next(NOON + timedelta(seconds=10))
        assert later is not None
        assert (later.update_id, later.attempts) == (1, 1)

    def test_put_aside_keeps_the_update_and_frees_the_chat(self, store: SqlStore) -> None:
        store.inbox.add([update(1), update(2)], NOON)
        store.residents.apply(Effects("an", NOON, aside="KeyError at x.py:1"), 1)
        found = store.inbox.next(NOON)
        assert found is not None
        assert found.update_id == 2
        aside = store.upkeep.health(NOON).aside
        assert [(row.queue, row.id, row.error) for row in aside] == [("inbox", 1, "KeyError at x.py:1")]
        assert store.upkeep.reopen_aside(NOON) == 1
        again = store.inbox.next(NOON)
        assert again is not None
        assert again.raw == update(1).raw

    def test_what_was_put_aside_and_handled_again_gets_its_own_answer(self, store: SqlStore) -> None:
        store.inbox.add([update(1)], NOON)
        sorry = Send("sendMessage", {"chat_id": 7, "text": "xin lỗi"})
        store.residents.apply(Effects("an", NOON, aside="KeyError", sends=(sorry,)), 1)
        store.upkeep.reopen_aside(NOON)
        store.residents.apply(effects(), 1)
        first = store.outbox.due(NOON, 1, frozenset())[0]
        store.outbox.sent(first.id, 1, NOON)
        assert [row.payload["text"] for row in (first, *store.outbox.due(NOON, 1, frozenset()))] == ["xin lỗi", "câu 0"]

    def test_forgetting_takes_what_was_put_aside_along(self, store: SqlStore) -> None:
        store.inbox.add([update(1)], NOON)
        store.residents.apply(Effects("an", NOON, aside="KeyError"), 1)
        handle(store, 2, effects(forget=True))
        row = store.outbox.due(NOON, 1, frozenset())[0]
        store.outbox.put_aside(row.id, "NetworkError", NOON)
        assert store.upkeep.health(NOON).aside == ()


class TestEffects:
    def test_all_of_one_update_is_written_once(self, store: SqlStore) -> None:
        what = effects(question=QUESTION, vote=Vote("9", "mask", up=True), conversation="{}", sends=2)
        handle(store, 1, what)
        store.residents.apply(what, 1)
        held = store.residents.held("an")
        assert (held.questions, held.votes) == (1, 1)
        assert len(store.outbox.due(NOON, 10, frozenset())) == 1, "one chat, one row at a time"
        assert store.upkeep.health(NOON).open_outbox == 2

    def test_nothing_is_written_if_anything_fails(self, store: SqlStore) -> None:
        store.inbox.add([update(1)], NOON)
        broken = effects(question=QUESTION, sends=1)
        object.__setattr__(broken.sends[0], "payload", {"chat_id": object()})
        with pytest.raises(TypeError):
            store.residents.apply(broken, 1)
        assert store.residents.held("an").questions == 0
        assert store.inbox.next(NOON) is not None

    def test_a_later_vote_on_the_same_message_replaces_the_first(self, store: SqlStore) -> None:
        for number, up in enumerate((True, False), 1):
            handle(store, number, effects(vote=Vote("9", "mask", up=up), sends=0))
        assert store.db.all("SELECT up FROM votes") == [(0,)]

    def test_conversations_come_back(self, store: SqlStore) -> None:
        assert store.residents.conversation("an") is None
        handle(store, 1, effects(conversation='{"text": "khẩu trang"}'))
        assert store.residents.conversation("an") == '{"text": "khẩu trang"}'


class TestOutbox:
    def test_chats_are_served_side_by_side_each_in_order(self, store: SqlStore) -> None:
        handle(store, 1, effects("an", sends=2))
        handle(store, 2, effects("bình", sends=2))
        first = store.outbox.due(NOON, 10, frozenset())
        assert [row.payload["text"] for row in first] == ["câu 0", "câu 0"]
        assert store.outbox.due(NOON, 10, frozenset({"an", "bình"})) == []
        store.outbox.sent(first[0].id, 501, NOON)
        assert [row.payload["text"] for row in store.outbox.due(NOON, 10, frozenset({"bình"}))] == ["câu 1"]

    def test_a_row_that_waits_holds_back_its_chat(self, store: SqlStore) -> None:
        handle(store, 1, effects(sends=2))
        row = store.outbox.due(NOON, 1, frozenset())[0]
        store.outbox.later(row.id, "NetworkError", NOON + timedelta(seconds=5), NOON, counts=True)
        assert store.outbox.due(NOON, 10, frozenset()) == []
        assert store.outbox.next_due(NOON, frozenset()) == (NOON + timedelta(seconds=5)).timestamp()
        again = store.outbox.due(NOON + timedelta(seconds=6), 1, frozenset())[0]
        assert (again.id, again.attempts, again.first_failed) == (row.id, 1, NOON.timestamp())

    def test_sent_rows_are_emptied_and_refused_ones_do_not_come_back(self, store: SqlStore) -> None:
        handle(store, 1, effects(sends=2))
        store.outbox.sent(store.outbox.due(NOON, 1, frozenset())[0].id, 501, NOON)
        store.outbox.refused(store.outbox.due(NOON, 1, frozenset())[0].id, "Forbidden", NOON)
        rows = store.db.all("SELECT state, sealed FROM outbox ORDER BY id")
        assert rows == [("done", None), ("refused", None)]

    def test_put_aside_shows_and_opens_again(self, store: SqlStore) -> None:
        handle(store, 1, effects())
        row = store.outbox.due(NOON, 1, frozenset())[0]
        store.outbox.put_aside(row.id, "NetworkError", NOON)
        assert store.outbox.due(NOON, 1, frozenset()) == []
        assert [each.error for each in store.upkeep.health(NOON).aside] == ["NetworkError"]
        assert store.upkeep.reopen_aside(NOON) == 1
        assert [each.id for each in store.outbox.due(NOON, 1, frozenset())] == [row.id]

    def test_an_edit_learns_which_message_to_change_once_it_is_sent(self, store: SqlStore) -> None:
        handle(store, 1, effects())
        target = store.residents.reply_to("an", 70)
        assert target is not None
        edit = Send("editMessageText", {"chat_id": 7, "text": "mới"}, answers_to=70, edits=target)
        handle(store, 2, Effects("an", NOON, sends=(edit,)))
        store.outbox.sent(target, 555, NOON)
        assert store.outbox.due(NOON, 1, frozenset())[0].edits_message == 555
        assert store.residents.reply_to("an", 70) == target
        assert store.residents.reply_to("bình", 70) is None


class TestDamage:
    def test_a_row_that_was_altered_on_disk_is_put_aside_and_holds_up_nobody(self, store: SqlStore) -> None:
        store.inbox.add([update(1), update(2)], NOON)
        handle(store, 3, effects("bình"))
        handle(store, 4, effects("bình"))
        store.db.run("UPDATE inbox SET sealed = ? WHERE update_id = 1", [b"\1"])
        store.db.run("UPDATE outbox SET sealed = ? WHERE update_id = 3", [b"\1\xff"])
        found = store.inbox.next(NOON)
        assert found is not None
        assert found.update_id == 2
        assert store.outbox.due(NOON, 9, frozenset()) == []
        assert len(store.outbox.due(NOON, 9, frozenset())) == 1
        assert [row.error for row in store.upkeep.health(NOON).aside] == ["SealBroken", "SealBroken"]


class TestForgetting:
    def test_nothing_of_the_chat_is_left_once_the_last_word_is_sent(self, store: SqlStore) -> None:
        handle(store, 1, effects(question=QUESTION, vote=Vote("9", "mask", up=True), conversation="{}"))
        store.outbox.sent(store.outbox.due(NOON, 1, frozenset())[0].id, 501, NOON)
        handle(store, 2, effects(question=QUESTION, suggestion=Suggestion("nói to hơn", "r1")))
        handle(store, 3, effects("bình", question=QUESTION))
        handle(store, 4, effects(forget=True))
        for _ in range(2):
            row = next(each for each in store.outbox.due(NOON, 9, frozenset()) if each.ref == "an")
            store.outbox.sent(row.id, 502, NOON)
        for table in ("chats", "conversations", "questions", "votes", "suggestions", "inbox", "outbox"):
            assert store.db.one(f"SELECT count(*) FROM {table} WHERE ref = 'an'") == (0,), table
        assert store.residents.held("bình").questions == 1

    def test_a_forgotten_update_that_comes_again_is_not_answered_again(self, store: SqlStore) -> None:
        handle(store, 1, effects(forget=True))
        assert store.inbox.add([update(1)], NOON) == 0


class TestUpkeep:
    def test_each_kind_goes_at_its_time(self, store: SqlStore) -> None:
        handle(store, 1, effects(question=QUESTION, vote=Vote("9", "mask", up=True), conversation="{}"))
        store.outbox.sent(store.outbox.due(NOON, 1, frozenset())[0].id, 501, NOON)
        assert store.upkeep.sweep(NOON + DAY / 2, 90 * DAY) == 0
        assert store.upkeep.sweep(NOON + 2 * DAY, 90 * DAY) == 3, "inbox, outbox and conversation"
        assert store.upkeep.sweep(NOON + 89 * DAY, 90 * DAY) == 0
        assert store.upkeep.sweep(NOON + 91 * DAY, 90 * DAY) == 3, "question, vote and chat"

    def test_suggestions_go_with_the_retention(self, store: SqlStore) -> None:
        handle(store, 1, Effects("an", NOON, suggestion=Suggestion("nói to hơn", "r1")))
        store.upkeep.sweep(NOON + 89 * DAY, 90 * DAY)
        assert store.residents.held("an").suggestions == 1
        store.upkeep.sweep(NOON + 91 * DAY, 90 * DAY)
        assert store.residents.held("an").suggestions == 0

    def test_open_rows_are_never_swept(self, store: SqlStore) -> None:
        store.inbox.add([update(1)], NOON)
        handle(store, 2, effects("bình"))
        store.upkeep.sweep(NOON + 400 * DAY, 90 * DAY)
        health = store.upkeep.health(NOON + timedelta(seconds=40))
        assert (health.open_inbox, health.open_outbox, health.oldest_open) == (1, 1, 40.0)


class TestDatabase:
    def test_another_key_is_refused_and_nothing_is_lost(self, store: SqlStore, base: Base, sealer: Sealer) -> None:
        handle(store, 1, effects(conversation="x"))
        store.close()
        with pytest.raises(KeyFileError, match="another key"):
            base.open(Sealer(bytes(32)))
        again = base.open(sealer)
        assert again.residents.conversation("an") == "x"
        again.close()

    def test_several_writers_take_turns(self, store: SqlStore, base: Base, sealer: Sealer) -> None:
        def write(start: int) -> None:
            other = base.open(sealer)
            for number in range(start, start + 25):
                other.inbox.add([update(number)], NOON)
            other.close()

        threads = [threading.Thread(target=write, args=(start,)) for start in (0, 100, 200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.upkeep.health(NOON).open_inbox == 75

    def test_one_update_that_several_apply_at_once_takes_effect_once(
        self, store: SqlStore, base: Base, sealer: Sealer
    ) -> None:
        store.inbox.add([update(1)], NOON)
        start = threading.Barrier(4)

        def write() -> None:
            other = base.open(sealer)
            start.wait()
            other.residents.apply(effects(question=QUESTION), 1)
            other.close()

        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.residents.held("an").questions == 1
        assert store.upkeep.health(NOON).open_outbox == 1

    def test_a_failed_transaction_rolls_back_inserts(self, store: SqlStore) -> None:
        def insert_and_fail() -> None:
            with store.db.transaction():
                store.db.run("INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '1', '', 1, 0)")
                raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011 (ours, from the line above)
            insert_and_fail()
        assert store.residents.held("an").votes == 0

    def test_what_the_database_refuses_is_an_error_of_the_store_and_the_next_call_works(self, store: SqlStore) -> None:
        for ask in (store.db.run, store.db.one, store.db.all):
            with pytest.raises(StoreError, match="refused"):
                ask("SELECT * FROM nowhere")
        assert store.db.one("SELECT 1") == (1,)

    def test_signs_of_sql_and_odd_characters_come_back_as_they_were(self, store: SqlStore) -> None:
        odd = "100 % ? %s :x ' \" \\ \U0001f4e3 xin chào"
        handle(store, 1, effects(conversation=odd))
        assert store.residents.conversation("an") == odd
        store.residents.apply(Effects("an", NOON, vote=Vote("9", odd, up=True)))
        found = store.residents.vote("an", "9")
        assert found is not None
        assert found.intents == odd


class TestQuestions:
    def test_the_newest_come_first_and_the_same_words_once(self, store: SqlStore) -> None:
        for number, text in enumerate(["khẩu trang", "đám cưới", "khẩu trang"]):
            asked = replace(QUESTION, text=text)
            handle(store, number, effects(ref=f"r{number}", question=asked))
        found = store.questions.latest(10)
        assert [(each.text, each.times) for each in found] == [("khẩu trang", 2), ("đám cưới", 1)]
        assert (found[0].answered, found[0].outcome, found[0].release) == (("mask",), Outcome.ANSWERED, "r1")
        assert found[0].scores == QUESTION.intents
        assert found[0].scores
        assert [each.times for each in store.questions.latest(1)] == [1]

    def test_a_damaged_row_hides_none_of_the_others(self, store: SqlStore) -> None:
        handle(store, 1, effects(question=QUESTION))
        store.db.run("UPDATE questions SET sealed = ?", [b"\0"])
        handle(store, 2, effects(question=replace(QUESTION, text="đám cưới")))
        assert [each.text for each in store.questions.latest(10)] == ["đám cưới"]
