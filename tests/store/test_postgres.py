"""What only a server with several clients can get wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from bot.core.reply import Outcome
from bot.errors import SettingsError, StoreError, StoreTooNew
from bot.store.claims import LEASE
from bot.store.migrations import STEPS
from bot.store.postgres import PostgresConnection, PostgresStore
from bot.store.postgres_migrations import migrate_postgres
from bot.store.records import Effects, Question, Received, Send
from bot.store.sealing import Sealer
from tests.engines import PostgresBase, PostgresServer
from tests.fakes import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[PostgresBase]:
    with postgres.fresh() as database:
        yield database


@pytest.fixture
def stores(database: PostgresBase, sealer: Sealer) -> Iterator[tuple[PostgresStore, PostgresStore]]:
    """Two processes' stores over one database."""
    first, second = PostgresStore(database.url, sealer), PostgresStore(database.url, sealer)
    yield first, second
    first.close()
    second.close()


def session(store: PostgresStore) -> str:
    assert isinstance(store.db, PostgresConnection)
    return store.db.session


def cut(database: PostgresBase, name: str) -> None:
    """End a session from outside, as a killed process or a broken network does, and wait until it is gone."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        pids = connection.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [name]).fetchall()
        assert len(pids) == 1
        gone = connection.execute("SELECT pg_terminate_backend(%s, 5000)", pids[0]).fetchone()
        assert gone == (True,)


def updates(*pairs: tuple[int, str]) -> list[Received]:
    return [Received(number, ref, "{}") for number, ref in pairs]


def due(store: PostgresStore, limit: int = 8) -> list[int]:
    return [row.id for row in store.outbox.due(NOON, limit, frozenset())]


class TestClaims:
    def test_a_chat_is_with_one_worker_until_its_update_is_done(
        self, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an"), (2, "an"), (3, "bình")), NOON)
        mine, others = first.inbox.next(NOON), second.inbox.next(NOON)
        assert mine is not None
        assert others is not None
        assert (mine.update_id, others.update_id) == (1, 3)
        assert second.inbox.next(NOON) == others, "who asks again gets the same one"
        second.residents.apply(Effects("bình", NOON), 3)
        assert second.inbox.next(NOON) is None
        assert second.inbox.next_due(NOON) is None, "nothing to wake up for"
        first.residents.apply(Effects("an", NOON), 1)
        third = second.inbox.next(NOON)
        assert third is not None
        assert third.update_id == 2

    def test_an_older_update_that_comes_late_does_not_bring_a_second_worker_into_the_chat(
        self, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        first, second = stores
        first.inbox.add(updates((5, "an")), NOON)
        assert first.inbox.next(NOON) is not None
        second.inbox.add(updates((4, "an")), NOON)
        assert second.inbox.next(NOON) is None

    def test_a_failure_gives_the_claim_up(self, stores: tuple[PostgresStore, PostgresStore]) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an")), NOON)
        assert first.inbox.next(NOON) is not None
        first.inbox.later(1, "KeyError", NOON)
        found = second.inbox.next(NOON)
        assert found is not None
        assert found.attempts == 1

    def test_a_claim_ends_with_the_connection_of_its_worker(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase
    ) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an")), NOON)
        first.residents.apply(Effects("bình", NOON, sends=(Send("sendMessage", {}),)))
        assert first.inbox.next(NOON) is not None
        assert len(due(first)) == 1
        assert (second.inbox.next(NOON), due(second)) == (None, [])
        cut(database, session(first))
        assert second.inbox.next_due(NOON) == 0.0
        assert second.inbox.next(NOON) is not None
        assert len(due(second)) == 1

    def test_what_a_worker_does_after_it_lost_its_claim_has_no_second_effect(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase
    ) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an")), NOON)
        effects = Effects("an", NOON, sends=(Send("sendMessage", {}),))
        assert first.inbox.next(NOON) is not None
        cut(database, session(first))
        assert second.inbox.next(NOON) is not None
        second.residents.apply(effects, 1)
        first.residents.apply(effects, 1)
        assert second.upkeep.health(NOON).open_outbox == 1

    def test_a_worker_that_hangs_loses_its_claim_in_the_end(self, stores: tuple[PostgresStore, PostgresStore]) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an")), NOON)
        assert first.inbox.next(NOON) is not None
        assert second.inbox.next(NOON + LEASE - SECOND) is None
        assert second.inbox.next(NOON + LEASE) is not None

    def test_a_row_is_with_one_sender_until_it_is_noted(self, stores: tuple[PostgresStore, PostgresStore]) -> None:
        first, second = stores
        for ref in ("an", "bình"):
            first.residents.apply(Effects(ref, NOON, sends=(Send("sendMessage", {}), Send("sendMessage", {}))))
        (mine,) = due(first, 1)
        (others,) = due(second)
        assert mine != others
        first.outbox.sent(mine, 7, NOON)
        assert len(due(second)) == 2, "its own again, and the next of the chat that is free"

    def test_nobody_gets_what_another_has_while_many_ask_at_once(
        self, database: PostgresBase, sealer: Sealer, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        """Four workers over 20 chats: each update once, in the order of its chat, one worker in a chat at a time."""
        chats = [f"chat {number}" for number in range(20)]
        stores[0].inbox.add(updates(*((number, chats[number % 20]) for number in range(200))), NOON)
        start, guard = threading.Barrier(4), threading.Lock()
        inside: set[str] = set()
        done: list[int] = []
        twice: list[str] = []

        def work() -> None:
            store = PostgresStore(database.url, sealer)
            start.wait()
            while (found := store.inbox.next(NOON)) is not None:
                with guard:
                    twice.extend(inside & {found.ref})
                    inside.add(found.ref)
                    done.append(found.update_id)
                with guard:
                    inside.discard(found.ref)
                store.residents.apply(Effects(found.ref, NOON, sends=(Send("sendMessage", {}),)), found.update_id)
            store.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert twice == []
        assert sorted(done) == list(range(200))
        for number, chat in enumerate(chats):
            assert [each for each in done if each % 20 == number] == list(range(number, 200, 20)), chat
        assert stores[0].db.one("SELECT count(*) FROM claims") == (0,)


class TestForgettingBesideASender:
    def test_a_row_that_is_noted_while_its_chat_is_deleted_goes_too(
        self, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        first, second = stores
        first.residents.apply(Effects("an", NOON, sends=(Send("sendMessage", {}),)))
        (row,) = due(first)
        noting = threading.Thread(target=lambda: second.outbox.sent(row, 7, NOON))
        with first.db.transaction():
            first.db.run("UPDATE outbox SET passing = 1 WHERE ref = 'an'")
            noting.start()
            noting.join(0.3)
            assert noting.is_alive(), "it waits for the other"
            first.db.run("DELETE FROM outbox WHERE ref = 'an' AND state != 'open'")
        noting.join()
        assert first.db.one("SELECT count(*) FROM outbox") == (0,)


class TestReconnecting:
    def test_a_connection_that_was_cut_while_idle_is_not_noticed(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase
    ) -> None:
        first, _ = stores
        cut(database, session(first))
        assert first.inbox.add(updates((1, "an")), NOON) == 1
        cut(database, session(first))
        assert first.upkeep.health(NOON).open_inbox == 1

    def test_what_was_under_way_fails_whole_and_the_next_call_works(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase
    ) -> None:
        first, _ = stores

        def interrupted() -> None:
            with first.db.transaction():
                first.db.run("INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '1', '', 1, 0)")
                cut(database, session(first))
                first.db.run("INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '2', '', 1, 0)")

        with pytest.raises(StoreError):
            interrupted()
        assert first.residents.held("an").votes == 0
        first.residents.apply(Effects("an", NOON, conversation="x"))
        assert first.residents.conversation("an") == "x"

    def test_a_change_in_which_something_failed_unheard_is_not_taken_for_done(
        self, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        first, _ = stores

        def swallowed() -> None:
            with first.db.transaction():
                first.db.run("INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '1', '', 1, 0)")
                with pytest.raises(StoreError):
                    first.db.run("SELECT * FROM nowhere")

        with pytest.raises(StoreError, match="took back"):
            swallowed()
        assert first.residents.held("an").votes == 0

    @pytest.mark.slow
    def test_a_server_that_restarts_is_found_again(
        self, postgres: PostgresServer, stores: tuple[PostgresStore, PostgresStore]
    ) -> None:
        first, second = stores
        first.inbox.add(updates((1, "an")), NOON)
        postgres.restart()
        assert second.inbox.next(NOON) is not None
        with pytest.raises(StoreError):
            first.changes.wait(0)
        second.changes.announce("release")
        assert first.changes.wait(1) == {"release"}

    def test_a_statement_does_not_wait_for_ever(self, stores: tuple[PostgresStore, PostgresStore]) -> None:
        first, _ = stores
        assert first.db.one("SHOW statement_timeout") == ("15s",)
        first.db.run("SET statement_timeout TO '50ms'")
        with pytest.raises(StoreError, match="timeout"):
            first.db.one("SELECT pg_sleep(5)")
        assert first.db.one("SELECT 1") == (1,)


def test_a_zero_character_which_the_server_does_not_keep_stops_nothing(
    stores: tuple[PostgresStore, PostgresStore],
) -> None:
    first, _ = stores
    first.residents.apply(Effects("an", NOON, sends=(Send("sendMessage", {}),)))
    first.outbox.put_aside(due(first)[0], "Bad\0Request", NOON)
    assert [row.error for row in first.upkeep.health(NOON).aside] == ["Bad\ufffdRequest"]


class TestOpening:
    def test_several_that_start_at_once_over_an_empty_database_make_it_once(
        self, postgres: PostgresServer, sealer: Sealer
    ) -> None:
        with postgres.fresh("template0") as empty:
            start = threading.Barrier(4)
            opened: list[int] = []

            def begin() -> None:
                start.wait()
                store = PostgresStore(empty.url, sealer)
                opened.append(store.inbox.add(updates((1, "an")), NOON))
                store.close()

            threads = [threading.Thread(target=begin) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(opened) == [0, 0, 0, 1]

    def test_votes_from_before_reasons_are_kept(self, postgres: PostgresServer, sealer: Sealer) -> None:
        with postgres.fresh("template0") as empty:
            connection = PostgresConnection(empty.url)
            with connection.transaction():
                migrate_postgres(connection, {name: STEPS[name] for name in ("queues", "residents")})
                connection.run(
                    "INSERT INTO votes (ref, message, intents, up, at) VALUES ('an', '9', 'mask', 0, ?)",
                    [NOON.timestamp()],
                )
            connection.close()
            store = PostgresStore(empty.url, sealer)
            (vote,) = store.feedback.votes(NOON)
            assert (vote.up, vote.release, vote.reason, vote.words) == (False, "", "", "")
            store.close()

    def test_a_newer_database_is_refused(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase, sealer: Sealer
    ) -> None:
        stores[0].db.run("INSERT INTO loa_migrations (name, applied_at) VALUES ('from_the_future', 0)")
        with pytest.raises(StoreTooNew, match="from_the_future"):
            database.open(sealer)

    @pytest.mark.parametrize(
        ("url", "error"),
        [
            ("postgresql://loa:bímật@127.0.0.1:1/loa", StoreError),
            ("postgresql://loa:bímật@[::1/loa", SettingsError),
            ("postgresql://loa:bímật@127.0.0.1/loa?nonsense=1", SettingsError),
        ],
    )
    def test_an_error_does_not_tell_the_password(self, url: str, error: type[Exception], sealer: Sealer) -> None:
        with pytest.raises(error) as found:
            PostgresStore(url, sealer)
        assert "bímật" not in str(found.value)
        assert found.value.__cause__ is None

    def test_nothing_that_a_resident_wrote_can_be_read_in_a_dump(
        self, stores: tuple[PostgresStore, PostgresStore], database: PostgresBase
    ) -> None:
        secret = "tôi tên là bà Lò Thị Mẩy ở bản Nậm Cáy"
        stores[0].inbox.add([Received(1, "an", json.dumps({"text": secret}, ensure_ascii=False))], NOON)
        question = Question("khẩu trang", Outcome.ANSWERED, ("mask",), (), "r1")
        sends = (Send("sendMessage", {"chat_id": 7, "text": "câu 0"}),)
        stores[0].residents.apply(Effects("an", NOON, chat_id=7, conversation=secret, question=question, sends=sends))
        dump = b""
        with psycopg.connect(database.url) as connection, connection.cursor() as cursor:
            for table in ("inbox", "outbox", "chats", "conversations", "questions"):
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)".encode()) as copy:
                    content = b"".join(bytes(part) for part in copy)
                assert b"an" in content, table
                dump += content
        for word in ("Lò Thị Mẩy", "Nậm Cáy", "khẩu trang", "câu 0"):
            assert word.encode() not in dump
