from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.console.app import create_app
from bot.console.clients import Limiter
from bot.console.desk import Desk
from bot.core.guide import Guide
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from tests.conftest import database
from tests.console.publishing import Office, make_desk
from tests.engines import Base
from tests.fakes import FixedClock


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.thorough)])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Base]:
    """An empty database; what the areas of the store do on each engine is tried in tests/store."""
    with database(request, tmp_path) as made:
        yield made


@pytest.fixture
async def desk(guide: Guide, base: Base, sealer: Sealer, clock: FixedClock) -> AsyncIterator[Desk]:
    store = StoreThread(lambda: base.open(sealer))
    reception = Reception(guide, store.store.residents)
    yield Desk(Settings(_env_file=None), reception, store, sealer, clock, Limiter(30), Metrics(), lambda: None)
    store.close()


@pytest.fixture
async def web(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(desk), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://loa.test") as client:
        yield client


@pytest.fixture
def approvals() -> bool:
    return False


@pytest.fixture
async def office(
    tmp_path: Path, base: Base, sealer: Sealer, clock: FixedClock, approvals: bool
) -> AsyncIterator[Office]:
    desk = make_desk(tmp_path / "pack", base, sealer, clock, approvals=approvals)
    app = create_app(desk)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://loa.test") as client:
        yield Office(app, desk, clock, client)
    desk.store.close()
