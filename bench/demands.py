"""What the issue on understanding demands, row by row, and whether what was seen meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .report import table


@dataclass(frozen=True, slots=True)
class Demand:
    """One figure with what it must reach and what it aims at; `at_most` where less is better.

    `judged_by` names another figure that decides, where the shown one is too uncertain by itself.
    """

    key: str
    title: str
    unit: str
    must: float | None
    aim: float
    at_most: bool = False
    judged_by: str = ""

    def reaches(self, value: float | None, limit: float | None) -> bool | None:
        """Whether a figure is on the right side of a limit; None without figure or limit."""
        if value is None or limit is None:
            return None
        return value <= limit if self.at_most else value >= limit


def _lost(maker: str) -> Demand:
    return Demand(f"lost_{maker}", f"accented, made noisy by {maker}: points lost", "points", 4, 2, at_most=True)


DEMANDS = (
    Demand("accented_top1", "accented: top-1", "%", 82, 92),
    Demand("accented_top3", "accented: right one among the first three", "%", 94, 98),
    Demand("noisy_top1", "naturally noisy: top-1", "%", 85, 92),
    Demand("noisy_weakest", "naturally noisy: weakest kind (none significantly under)", "%", 75, 85,
           judged_by="noisy_weakest_at_most"),
    *map(_lost, ("strip", "telex", "vni", "typos", "teencode")),
    Demand("lost_strip+typos", "accented, made noisy by strip and typos: points lost", "points", None, 5, at_most=True),
    Demand("helped", "in scope: helped", "%", 92, 98),
    Demand("right", "in scope: answered outright and right", "%", 60, 80),
    Demand("wrong", "in scope: answered outright and wrong", "%", 4, 2, at_most=True),
    Demand("outside_far", "out of scope, length-matched, far: answered outright", "%", 5, 2, at_most=True),
    Demand("outside_near", "out of scope, length-matched, near: answered outright", "%", 15, 6, at_most=True),
    Demand("auroc", "in or out of scope, length-matched: AUROC", "", 0.88, 0.95),
    Demand("both", "two questions in one message: both answered", "%", 70, 85),
    Demand("short_top1", "short messages: top-1", "%", 90, 95),
    Demand("short_top3", "short messages: right one among the first three", "%", 98, 99),
    Demand("short_auroc", "short messages, in or out of scope: AUROC", "", 0.92, 0.96),
    Demand("follow_ups", "follow-ups in a conversation: right subject", "%", 80, 90),
    Demand("calibration", "expected calibration error, all questions", "", 0.06, 0.03, at_most=True),
    Demand("median_35x100", "time per question, 35 × 100: median", "ms", 1, 0.6, at_most=True),
    Demand("p99_35x100", "time per question, 35 × 100: 99th percentile", "ms", 3, 1.6, at_most=True),
    Demand("median_350x50", "time per question, 350 × 50: median", "ms", 4, 2, at_most=True),
    Demand("live_35x100", "an edited phrase is live, 35 × 100", "s", 0.5, 0.2, at_most=True),
    Demand("live_350x50", "an edited phrase is live, 350 × 50", "s", 1.5, 0.5, at_most=True),
    Demand("memory_35x100", "memory of the matcher, 35 × 100", "MB", 90, 60, at_most=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A demand beside what was seen; each verdict is None where it cannot be given."""

    demand: Demand
    seen: float | None
    met: bool | None
    aimed: bool | None

    @property
    def failed(self) -> bool:
        """Whether a must is missed, or was not measured."""
        return self.demand.must is not None and not self.met


def judge(figures: Mapping[str, float | None], demands: Sequence[Demand] = DEMANDS) -> tuple[Row, ...]:
    """Every demand beside its figure; a figure that is not there was not measured."""
    return tuple(_row(demand, figures) for demand in demands)


def _row(demand: Demand, figures: Mapping[str, float | None]) -> Row:
    seen, judged = figures.get(demand.key), figures.get(demand.judged_by or demand.key)
    return Row(demand, seen, demand.reaches(judged, demand.must), demand.reaches(seen, demand.aim))


def met(rows: Sequence[Row]) -> bool:
    """Whether every must was measured and is met."""
    return bool(rows) and not any(row.failed for row in rows)


def as_table(rows: Sequence[Row]) -> str:
    """The demands for people."""
    cells = [
        [
            row.demand.title, _number(row.seen, row.demand), _limit(row.demand.must, row.demand),
            _limit(row.demand.aim, row.demand), _verdict(row),
        ]
        for row in rows
    ]  # fmt: skip
    return table(["measured", "seen", "must", "aim", ""], cells)


def as_figures(rows: Sequence[Row]) -> dict[str, dict[str, object]]:
    """The demands for programs."""
    return {
        row.demand.key: {
            "seen": row.seen, "must": row.demand.must, "aim": row.demand.aim, "unit": row.demand.unit,
            "at_most": row.demand.at_most, "met": row.met,
        }
        for row in rows
    }  # fmt: skip


def _verdict(row: Row) -> str:
    if row.seen is None:
        return ""
    return "aim" if row.aimed else "**missed**" if row.failed else "must" if row.met else "under the aim"


def _number(value: float | None, demand: Demand) -> str:
    if value is None:
        return "not measured"
    return (
        f"{value:.1f} {demand.unit}" if demand.unit in ("%", "points", "MB") else f"{value:.3f} {demand.unit}".strip()
    )


def _limit(value: float | None, demand: Demand) -> str:
    return "–" if value is None else f"{'≤' if demand.at_most else '≥'} {value:g}"
