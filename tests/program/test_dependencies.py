"""What Loa stands on: pinned, reasoned, and with a licence that fits."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
# Installed on other systems only.
ELSEWHERE = {"colorama", "pywin32", "tzdata", "async-timeout", "exceptiongroup", "tomli", "backports-asyncio-runner"}


def pinned(lock: str) -> list[str]:
    return re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / lock).read_text(encoding="utf8"), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 30
    assert all(re.match(r"[A-Za-z0-9_.-]+==[\w.]+( ; .+)?$", line) for line in lines)
    assert "http" not in text.replace("httpx", "").replace("httpcore", "").replace("httptools", "").replace(
        "aiohttp", ""
    )


def test_no_runtime_dependency_is_gpl_or_agpl() -> None:
    names = pinned("requirements.lock")
    seen = 0
    for name in names:
        if name in ELSEWHERE:
            continue
        meta = distribution(name).metadata
        said = [*(meta.get_all("License-Expression") or []), *(meta.get_all("License") or [])]
        said += [each for each in meta.get_all("Classifier") or [] if each.startswith("License")]
        licences = " ".join(each[:200] for each in said)
        assert not re.search(r"(?<![LA-Z])A?GPL|Affero|GNU General Public", licences.replace("LGPL", "")), (
            name,
            licences,
        )
        seen += 1
    assert seen > 25


def test_every_runtime_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf8")
    dependencies = tomllib.loads(text)["project"]["dependencies"]
    assert len(dependencies) > 10
    for dependency in dependencies:
        assert re.search(re.escape(f'"{dependency}",') + r"\s+# \w", text), dependency
