from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

# python-telegram-bot warns when it makes its own RetryAfter unless this is set.
os.environ["PTB_TIMEDELTA"] = "1"

from bot.content.loading import load
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore

from .fakes import FixedClock

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(ROOT)


@pytest.fixture(scope="session")
def guide(catalogue: Catalogue) -> Guide:
    return Guide(catalogue, timedelta(days=90), timedelta(days=90))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def sealer() -> Sealer:
    return Sealer(bytes(range(32)))


@pytest.fixture
def store(tmp_path: Path, sealer: Sealer) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "loa.db", sealer)
    yield store
    store.close()
