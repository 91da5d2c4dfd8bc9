from __future__ import annotations

from bench import sections
from bench.exam import Observed
from bench.measures import Seen
from bench.questions import OUTSIDE, Question
from bench.report import table
from bench.sizes import Speed, speed_figures, speed_table
from bench.speed import Latency, Live, Spread
from bot.core.reply import Outcome, Reply, Scored


def seen(accepted: str, best: str, score: float, kind: str = "") -> Seen:
    reply = Reply(Outcome.ASKED_BACK, (), intents=(Scored(best, score),))
    return Seen(Question("?", (accepted,), kind), reply, inside=score / 2)


OBSERVED = Observed(
    {
        "clean": (seen("roads", "roads", 0.9), seen("roads", "ferries", 0.6)),
        "oos": (seen(OUTSIDE, "roads", 0.7, "far"),),
    },
    noise={"strip": (seen("roads", "ferries", 0.9),), "vni": ()},
)


def test_every_file_and_kind_has_its_line() -> None:
    lines = sections.kinds(OBSERVED).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| clean", "| oos", "| oos: far", "| all"]
    assert lines[-1] == "| all | 2 | 50.0 | 50.0 | 0.0 | 0.0 | 0.0 | 1 | 0.0 | 0.500 | 0.500 | 0.467 |"


def test_noise_is_told_with_the_points_that_it_costs() -> None:
    assert sections.noises(OBSERVED).splitlines()[2:] == [
        "| strip | 1 | 0.0 | 50.0 | 0.0 |",
        "| vni | 0 | – | – | – |",
    ]


def test_subjects_and_pairs_name_what_is_confused() -> None:
    inside = OBSERVED.inside("clean")
    assert sections.subjects(inside).splitlines()[2:] == ["| roads | 2 | 50.0 | 0.0 | ferries (1) |"]
    assert sections.pairs(inside).splitlines()[2:] == ["| roads | ferries | 1 |"]


def test_parts_and_peers_stand_in_one_table() -> None:
    rows: dict[str, dict[str, float | None]] = {
        sections.OWN: {"clean: top-1": 90.0, "AUROC": 0.9, "ms per question": 0.5},
        "peer": {"clean: top-1": 45.0, "AUROC": None, "ms per question": 5.0},
    }
    assert sections.compared(rows).splitlines()[2:] == [
        "| Loa | 90.0 | 0.900 | 0.500 | 1.0 |",
        "| peer | 45.0 | – | 5.000 | 10.0 |",
    ]
    assert sections.ablation(rows).splitlines()[-1] == "| peer | 45.0 | – | 5.000 |"
    assert "no parts" in sections.ablation({})


def test_an_edit_that_is_not_understood_was_not_live() -> None:
    one, much = Spread(1.0, 0.5, 1.5), Spread(3.0, 2.0, 4.0)
    fast = Speed(100, 0.25, Latency(one, much), Latency(much, much), Live(one, 3, 3))
    deaf = Speed(100, 0.25, Latency(one, much), Latency(much, much), Live(one, 3, 2))
    figures = speed_figures({"35x100": fast, "350x50": deaf})
    assert (figures["median_35x100"], figures["p99_35x100"], figures["live_35x100"]) == (1.0, 3.0, 1.0)
    assert figures["live_350x50"] is None
    assert "| 1.00 (0.50–1.50) | 3 of 3 |" in speed_table({"35x100": fast})


def test_a_table_is_markdown() -> None:
    assert table(["a", "b"], [[1, "x"]]) == "| a | b |\n| --- | --- |\n| 1 | x |"
