"""`make chaos`: 300 updates and six kill -9 a seed; what other designs lost in the same trial stands in ADR 1."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from tests import chaos

from .report import table, write

SEEDS = (11, 12, 13)


def main() -> None:
    """Run every seed and write `bench/results/chaos.*`."""
    found = []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            found.append(asdict(chaos.run(seed, total=300, kills=6, folder=Path(folder), patience=120)))
    nothing = ("unanswered", "out_of_order", "open_rows", "aside")
    met = all(
        not any(each[key] for key in nothing) and each["questions"] == each["questions_expected"] for each in found
    )
    rows = [[seed, *each.values()] for seed, each in zip(SEEDS, found, strict=True)]
    figures = {str(seed): each for seed, each in zip(SEEDS, found, strict=True)}
    write("chaos", "kill -9 at random moments", "make chaos", met, figures, [table(["seed", *found[0]], rows)])


if __name__ == "__main__":
    main()
