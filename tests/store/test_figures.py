"""Figures: exact, by days of Viet Nam, and still there when what they count is gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from bot.core.reply import Outcome, Scored
from bot.store.areas import SqlStore
from bot.store.counts import DayCount, Span, SubjectCount, VoteCount, Wait
from bot.store.records import Effects, Question, Received, Send, Vote
from tests.fakes import NOON

DAY = timedelta(days=1)
TODAY = date(2021, 2, 6)
WEEK = Span(date(2021, 2, 1), date(2021, 2, 7))
YEAR = Span(date(2020, 7, 1), date(2021, 7, 1))
_NUMBERS = count(1)


def ask(
    store: SqlStore, *answered: str, at: datetime = NOON, outcome: Outcome = Outcome.ANSWERED, channel: str = "web",
    near: str = "", ref: str = "an",
) -> None:  # fmt: skip
    intents = (Scored(near, 0.5),) if near else ()
    question = Question("khẩu trang", outcome, answered, intents, "r1")
    store.residents.apply(Effects(ref, at, channel=channel, question=question))


def totals(store: SqlStore, span: Span = WEEK) -> dict[tuple[date, str, str], int]:
    return {(each.day, each.channel, each.outcome.value): each.count for each in store.figures.days(span)}


def subjects(store: SqlStore, span: Span = WEEK) -> dict[tuple[str, str], int]:
    return {(each.subject, each.outcome.value): each.count for each in store.figures.subjects(span)}


def test_a_span_has_both_its_days_and_begins_at_midnight_in_viet_nam() -> None:
    assert (WEEK.days, WEEK.before) == (7, Span(date(2021, 1, 25), date(2021, 1, 31)))
    first, after = (datetime.fromtimestamp(each, UTC) for each in WEEK.seconds)
    assert (first, after) == (datetime(2021, 1, 31, 17, tzinfo=UTC), datetime(2021, 2, 7, 17, tzinfo=UTC))


def test_a_day_ends_at_midnight_in_viet_nam(store: SqlStore) -> None:
    midnight = datetime(2021, 2, 5, 17, tzinfo=UTC)
    ask(store, "mask", at=midnight - timedelta(seconds=1))
    ask(store, "mask", at=midnight)
    assert store.figures.days(WEEK) == [
        DayCount(date(2021, 2, 5), "web", Outcome.ANSWERED, 1), DayCount(TODAY, "web", Outcome.ANSWERED, 1),
    ]  # fmt: skip
    assert store.figures.hours(WEEK) == {0: 1, 23: 1}
    assert store.figures.since() == date(2021, 2, 5)
    assert store.figures.days(Span(TODAY, TODAY)) == [DayCount(TODAY, "web", Outcome.ANSWERED, 1)]


def test_a_question_of_two_subjects_is_one_question_and_one_of_each(store: SqlStore) -> None:
    ask(store, "mask", "distance")
    ask(store, "mask", channel="telegram")
    ask(store, outcome=Outcome.ASKED_BACK, near="mask")
    ask(store, outcome=Outcome.NOT_UNDERSTOOD, near="mask")
    assert totals(store) == {
        (TODAY, "web", "answered"): 1, (TODAY, "telegram", "answered"): 1, (TODAY, "web", "asked_back"): 1,
        (TODAY, "web", "not_understood"): 1,
    }  # fmt: skip
    assert subjects(store) == {("mask", "answered"): 2, ("distance", "answered"): 1, ("mask", "asked_back"): 1}
    assert SubjectCount(TODAY, "mask", Outcome.ANSWERED, 2) in store.figures.subject_days(WEEK)


@pytest.mark.parametrize("times", [1, 2])
def test_figures_stay_when_questions_and_votes_are_swept_or_forgotten(store: SqlStore, times: int) -> None:
    for ref in ("an", "bình"):
        ask(store, "mask", ref=ref)
        store.residents.apply(Effects(ref, NOON, vote=Vote("1", "mask+distance", up=False, reason="wrong")))
    before = totals(store), subjects(store), store.figures.votes(WEEK), store.figures.hours(WEEK)
    for _ in range(times):
        store.upkeep.sweep(NOON + DAY, timedelta(days=90))
    assert store.db.one("SELECT count(*) FROM tallies") == (2,), "summed up"
    assert (totals(store), subjects(store), store.figures.votes(WEEK), store.figures.hours(WEEK)) == before
    for _ in range(times):
        store.upkeep.sweep(NOON + 100 * DAY, timedelta(days=90))
    assert store.db.one("SELECT count(*) FROM questions") == (0,)
    assert store.db.one("SELECT count(*) FROM votes") == (0,)
    assert (totals(store), subjects(store), store.figures.votes(WEEK), store.figures.hours(WEEK)) == before
    assert before[2] == [VoteCount(("mask", "distance"), up=False, reason="wrong", count=2)]


def test_forgetting_takes_votes_and_leaves_a_number_without_a_name(store: SqlStore) -> None:
    ask(store, "mask")
    store.residents.apply(Effects("an", NOON, vote=Vote("1", "mask", up=True)))
    store.residents.apply(Effects("an", NOON, forget=True))
    assert store.residents.held("an").questions == 0
    assert totals(store) == {(TODAY, "web", "answered"): 1}
    assert store.figures.votes(WEEK) == []


def test_today_goes_on_after_it_was_swept(store: SqlStore) -> None:
    ask(store, "mask")
    store.upkeep.sweep(NOON, timedelta(days=90))
    ask(store, "mask")
    store.upkeep.sweep(NOON + DAY, timedelta(days=90))
    ask(store, "mask")
    assert totals(store) == {(TODAY, "web", "answered"): 3}


def test_questions_from_before_there_were_figures_are_counted_once(store: SqlStore) -> None:
    ask(store, "mask", "distance")
    ask(store, outcome=Outcome.ASKED_BACK, near="mask")
    known = totals(store), subjects(store)
    store.db.run("DELETE FROM tallies")
    store.db.run("UPDATE questions SET tallied = 0")
    ask(store, "mask", at=NOON - DAY)
    for _ in range(2):
        store.upkeep.sweep(NOON, timedelta(days=90))
    assert totals(store) == {**known[0], (TODAY - DAY, "web", "answered"): 1}
    assert subjects(store) == {**known[1], ("mask", "answered"): 2}


def answer(
    store: SqlStore, received: datetime, sent: datetime, method: str = "sendMessage", question: bool = True
) -> int:
    """An update that came, was answered with two messages, and was sent; the row of the answer."""
    number = next(_NUMBERS)
    store.inbox.add([Received(number, f"chat {number}", "{}")], received)
    sends = (Send("answerCallbackQuery", {}), Send(method, {}), Send("sendMessage", {}))
    asked = Question("khẩu trang", Outcome.ANSWERED, ("mask",), (), "r1") if question else None
    store.residents.apply(
        Effects(f"chat {number}", received + timedelta(seconds=1), question=asked, sends=sends), number
    )
    rows = []
    for _ in sends:
        (row,) = store.outbox.due(sent, 1, frozenset())
        rows.append(row.id)
        store.outbox.sent(row.id, 5, sent)
    return rows[1]


def test_the_wait_is_from_the_inbox_to_the_first_message_of_the_answer_counted_once(store: SqlStore) -> None:
    row = answer(store, NOON, NOON + timedelta(seconds=2.34))
    store.outbox.sent(row, 5, NOON + timedelta(hours=1))
    answer(store, NOON, NOON + timedelta(seconds=2.26), method="editMessageText")
    answer(store, NOON, NOON + timedelta(seconds=90))
    answer(store, NOON, NOON + timedelta(seconds=5), question=False)
    expected = [Wait(TODAY, 2.3, 2), Wait(TODAY, 90.0, 1)]
    assert store.figures.waits(WEEK) == expected
    store.upkeep.sweep(NOON + 3 * DAY, timedelta(days=1))
    assert store.figures.waits(WEEK) == expected
    assert store.db.one("SELECT count(*) FROM waits") == (2,), "summed up"


def test_the_wait_belongs_to_the_day_of_the_question(store: SqlStore) -> None:
    late = datetime(2021, 2, 6, 16, 59, 59, tzinfo=UTC)
    answer(store, late, late + timedelta(seconds=20))
    assert store.figures.waits(WEEK) == [Wait(TODAY, 20.0, 1)]


def test_a_refused_answer_is_no_answer(store: SqlStore) -> None:
    store.inbox.add([Received(9001, "an", "{}")], NOON)
    asked = Question("khẩu trang", Outcome.ANSWERED, ("mask",), (), "r1")
    store.residents.apply(Effects("an", NOON, question=asked, sends=(Send("sendMessage", {}),)), 9001)
    (row,) = store.outbox.due(NOON, 1, frozenset())
    store.outbox.refused(row.id, "blocked", NOON)
    assert store.figures.waits(WEEK) == []


def test_thumbs_down_come_newest_first_a_page_at_a_time(store: SqlStore) -> None:
    for day, up in enumerate((False, True, False, False, False)):
        vote = Vote("1", f"s{day}", up, "r1", words="" if up else f"lý do {day}")
        store.residents.apply(Effects(f"chat {day}", NOON - day * DAY, vote=vote))
    pages = [[each.words for each in store.feedback.thumbs_down(WEEK, 2, skip)] for skip in (0, 2, 4)]
    assert pages == [["lý do 0", "lý do 2"], ["lý do 3", "lý do 4"], []]


def test_there_is_nothing_before_the_first_question(store: SqlStore) -> None:
    figures = store.figures
    assert figures.since() is None
    assert (figures.days(YEAR), figures.hours(YEAR), figures.subjects(YEAR), figures.subject_days(YEAR)) == (
        [], {}, [], [],
    )  # fmt: skip
    assert (figures.votes(YEAR), figures.waits(YEAR)) == ([], [])
