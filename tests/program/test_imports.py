from __future__ import annotations

import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent


def test_the_arrow_of_imports() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]["contracts"]
    assert len(contracts) >= 3
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
