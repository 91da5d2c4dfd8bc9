from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.core.catalogue import Catalogue
from bot.figures import words
from bot.figures.overview import MOST_BY_DAY, Outcomes, Waited, overview, waited
from bot.store.counts import DayCount, Span, SubjectCount, Wait
from tests.figures.samples import FEBRUARY, A, B, gathered, subjects


def test_totals_channels_votes_and_reasons_add_up(catalogue: Catalogue) -> None:
    found = overview(gathered(), catalogue.intents)
    assert found.totals == Outcomes(1000, 100, 100)
    assert found.before == Outcomes(600, 0, 0)
    assert found.channels == (("telegram", 1000), ("web", 200))
    assert (found.up, found.down, found.reasons) == (30, 6, (("wrong", 4), ("", 2)))
    assert sum(each.outcomes.all for each in found.stretches) == found.totals.all
    mask = found.subjects[0]
    assert (mask.title, mask.all, mask.before, mask.up, mask.down) == (catalogue.intents["mask"].title, 900, 500, 30, 6)


def test_a_part_of_the_days_before_is_no_comparison(catalogue: Catalogue) -> None:
    late = overview(gathered(since=FEBRUARY.before.first + timedelta(days=1)), catalogue.intents)
    assert late.before is None
    assert {each.before for each in late.subjects} == {None}
    assert late.rising == ()
    assert overview(gathered(since=FEBRUARY.before.first), catalogue.intents).before is not None


@pytest.mark.parametrize(
    ("before", "now", "rises"),
    [(0, 4, False), (0, 5, True), (100, 115, False), (100, 140, True), (1000, 1050, False), (5, 5, False)],
)
def test_only_what_chance_does_not_explain_rises(catalogue: Catalogue, before: int, now: int, rises: bool) -> None:
    found = overview(gathered(now=subjects(mask=now), before=subjects(mask=before)), catalogue.intents)
    assert [each.name for each in found.rising] == (["mask"] if rises else [])


def test_greetings_are_in_the_table_and_nowhere_else(catalogue: Catalogue) -> None:
    found = overview(gathered(now=subjects(greet=900, mask=10), before=subjects(mask=10)), catalogue.intents)
    assert [each.name for each in found.topics] == ["mask"]
    assert found.rising == ()
    assert {each.name for each in found.subjects} >= {"greet", "mask"}


def test_a_subject_that_is_gone_goes_by_its_name(catalogue: Catalogue) -> None:
    found = overview(gathered(now=[SubjectCount(None, "gone", B, 3)]), catalogue.intents)
    assert next(each for each in found.subjects if each.name == "gone").title == "gone"


@pytest.mark.parametrize(
    ("waits", "half", "most"),
    [
        ([(1.0, 1)], 1.0, 1.0),
        ([(1.0, 5), (9.0, 5)], 1.0, 9.0),
        ([(9.0, 1), (1.0, 9)], 1.0, 1.0),
        ([(float(each), 1) for each in range(1, 101)], 50.0, 90.0),
        ([(float(each), 1) for each in range(1, 111)], 55.0, 99.0),
    ],
)
def test_half_and_nine_in_ten_are_times_that_occurred(waits: list[tuple[float, int]], half: float, most: float) -> None:
    found = waited([Wait(date(2021, 2, 1), seconds, count) for seconds, count in waits])
    assert (found.half, found.most) == (half, most)


def test_nothing_timed_is_no_time() -> None:
    assert waited([]) == Waited(0, None, None)
    assert words.seconds(None) == words.UNKNOWN


def test_a_long_span_is_cut_into_weeks_that_lose_no_day(catalogue: Catalogue) -> None:
    span = Span(date(2021, 1, 1), date(2021, 1, 1) + timedelta(days=MOST_BY_DAY))
    found = overview(gathered(span), catalogue.intents)
    assert found.by_week
    spans = [each.span for each in found.stretches]
    assert (spans[0].first, spans[-1].last) == (span.first, span.last)
    assert all(after.first - before.last == timedelta(days=1) for before, after in pairwise(spans))
    assert {each.first.weekday() for each in spans[1:]} == {0}
    assert sum(each.outcomes.all for each in found.stretches) == found.totals.all == 1200


def test_an_empty_store_has_an_overview(catalogue: Catalogue) -> None:
    empty = gathered(since=None)
    found = overview(type(empty)(FEBRUARY, None, [], [], {}, [], [], [], []), catalogue.intents)
    assert (found.totals.all, found.before, found.subjects, found.totals.share("answered")) == (0, None, (), None)


def test_numbers_are_written_as_in_vietnamese() -> None:
    assert words.number(1234567) == "1.234.567"
    assert words.percent(0.1256) == "12,6%"
    assert [words.seconds(each) for each in (1.25, 59.9, 65, 7323)] == [
        "1,2 giây", "59,9 giây", "1 phút 05 giây", "2 giờ 02 phút",
    ]  # fmt: skip
    assert words.change(12, 10) == "tăng 2 (20,0%), kỳ trước 10"
    assert words.change(0, 10) == "giảm 10 (100,0%), kỳ trước 10"
    assert words.change(5, 0) == "tăng 5, kỳ trước 0"
    assert (words.change(5, 5), words.change(5, None)) == ("bằng kỳ trước: 5", "")
    assert words.busiest([0] * 24) == ""
    assert words.busiest([0] * 21 + [1, 1, 2]) == "21 giờ đến 24 giờ (100,0% số câu)"


def test_days_of_the_store_are_not_lost_between_stretches(catalogue: Catalogue) -> None:
    found = gathered()
    last = DayCount(FEBRUARY.last, "web", A, 7)
    made = overview(
        type(found)(*(FEBRUARY, found.since, [*found.days, last], [], {}, [], [], [], [])), catalogue.intents
    )
    assert made.stretches[-1].outcomes == Outcomes(7, 0, 0)
