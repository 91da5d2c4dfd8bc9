"""What every measurement writes: a page for people and figures for programs."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("python-telegram-bot", "rapidfuzz", "numpy", "sqlite-utils", "fastapi", "scikit-learn", "matplotlib")


def write(
    name: str,
    title: str,
    command: str,
    met: bool,
    figures: Mapping[str, Any],
    tables: Sequence[str],
    folder: Path = RESULTS,
) -> None:
    """Write `<name>.md` and `.json` into `bench/results`; `met` compares with what the issue demands."""
    machine = _machine()
    versions = _versions()
    record = {"met": met, "figures": figures, "machine": machine, "versions": versions}
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    cores = f"{machine['cores']} cores ({machine['processor']})"
    head = f"# {title}\n\nMade by `{command}` on {cores}, {machine['system']}, Python {machine['python']}.\n\n"
    foot = "\n\nVersions: " + ", ".join(f"{package} {number}" for package, number in versions.items()) + ".\n"
    page = head + "\n\n".join(tables) + foot
    (folder / f"{name}.md").write_text(page, encoding="utf8")
    print(page)


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": platform.system(),
        "python": sys.version.split()[0],
    }


def _processor() -> str:
    """The processor's name where the system tells it, else its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _versions() -> dict[str, str]:
    """The versions of what is installed of the packages that figures depend on."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)
