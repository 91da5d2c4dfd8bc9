from __future__ import annotations

from bench.demands import DEMANDS, Demand, as_figures, as_table, judge, met

HELPED = Demand("helped", "helped", "%", 92, 98)
WRONG = Demand("wrong", "wrong", "%", 4, 2, at_most=True)
KIND = Demand("kind", "weakest kind", "%", 75, 85, judged_by="kind_at_most")
LOST = Demand("lost", "lost", "points", None, 5, at_most=True)


def test_every_must_has_to_be_met() -> None:
    assert met(judge({"helped": 92.0, "wrong": 4.0}, (HELPED, WRONG)))
    assert not met(judge({"helped": 91.9, "wrong": 0.0}, (HELPED, WRONG)))
    assert not met(judge({"helped": 99.0, "wrong": 4.1}, (HELPED, WRONG)))


def test_what_was_not_measured_is_not_met() -> None:
    rows = judge({"helped": 99.0, "wrong": None}, (HELPED, WRONG))
    assert not met(rows)
    assert "not measured" in as_table(rows)
    assert not met(judge({}, (HELPED,)))
    assert not met(())


def test_another_figure_may_decide() -> None:
    assert met(judge({"kind": 60.0, "kind_at_most": 80.0}, (KIND,)))
    assert not met(judge({"kind": 60.0, "kind_at_most": 74.0}, (KIND,)))


def test_an_aim_without_a_must_fails_nothing() -> None:
    assert met(judge({"lost": 9.0, "helped": 95.0}, (LOST, HELPED)))


def test_both_forms_show_what_was_seen_beside_must_and_aim() -> None:
    rows = judge({"helped": 95.04, "wrong": 5.0}, (HELPED, WRONG, KIND))
    assert as_table(rows).splitlines()[2:] == [
        "| helped | 95.0 % | ≥ 92 | ≥ 98 | must |",
        "| wrong | 5.0 % | ≤ 4 | ≤ 2 | **missed** |",
        "| weakest kind | not measured | ≥ 75 | ≥ 85 |  |",
    ]
    assert as_figures(rows)["wrong"] == {
        "seen": 5.0, "must": 4, "aim": 2, "unit": "%", "at_most": True, "met": False,
    }  # fmt: skip


def test_the_aim_is_never_easier_than_the_must() -> None:
    assert len(DEMANDS) > 25
    assert len({demand.key for demand in DEMANDS}) == len(DEMANDS)
    assert all(demand.must is None or demand.reaches(demand.aim, demand.must) for demand in DEMANDS)
