from __future__ import annotations

from pathlib import Path

import pytest

from tests import chaos
from tests.engines import Base


@pytest.mark.slow
@pytest.mark.parametrize(("base", "seed"), [("sqlite", 1), ("sqlite", 2), ("postgres", 3)], indirect=["base"])
def test_kill_9_loses_nothing_and_does_nothing_twice(seed: int, tmp_path: Path, base: Base) -> None:
    found = chaos.run(seed, total=60, kills=3, folder=tmp_path, base=base)
    print(f"answers repeated after {found.kills} kills and {found.updates} updates: {found.repeated}")
    assert found.unanswered == 0, found
    assert found.out_of_order == 0, found
    assert found.questions == found.questions_expected, found
    assert (found.open_rows, found.aside) == (0, 0), found
