from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

# python-telegram-bot warns when it makes its own RetryAfter unless this is set.
os.environ["PTB_TIMEDELTA"] = "1"

from bot.content.loading import load
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.store.areas import SqlStore
from bot.store.sealing import Sealer

from .engines import Base, PostgresServer, SqliteBase, postgres_server
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Started when the first test asks for it; where it does not start, tests fail."""
    with postgres_server() as running:
        yield running


@contextmanager
def database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Base]:
    """An empty database of the engine that a test is for."""
    if request.param == "sqlite":
        yield SqliteBase(folder / "loa.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Base]:
    """An empty database of each engine in turn."""
    with database(request, tmp_path) as made:
        yield made


@pytest.fixture
def store(base: Base, sealer: Sealer) -> Iterator[SqlStore]:
    store = base.open(sealer)
    yield store
    store.close()
