"""What every measurement writes: a page for people and figures for programs."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("python-telegram-bot", "rapidfuzz", "numpy", "sqlite-utils", "fastapi")


def write(name: str, title: str, command: str, met: bool, figures: Mapping[str, Any], tables: Sequence[str]) -> None:
    """Write `bench/results/<name>.md` and `.json`; `met` compares with what the issue demands."""
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": sys.version.split()[0]}
    versions = {package: version(package) for package in _PACKAGES}
    record = {"met": met, "figures": figures, "machine": machine, "versions": versions}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    head = f"# {title}\n\nMade by `{command}` on {machine['cores']} cores, Python {machine['python']}.\n\n"
    page = head + "\n\n".join(tables) + "\n"
    (RESULTS / f"{name}.md").write_text(page, encoding="utf8")
    print(page)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
