"""`make bench-pages` in a short form: every page of the office is asked for, and none outgrows its size.

How long a page takes is not judged here: that is for the measurement, on a machine that does nothing else.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from bench.addresses import Uncovered, cover, page_routes
from bench.building import build
from bench.filling import Amount, fill
from bench.large import Extent, directive_id, large_texts
from bench.pages import MOST_BYTES, Options, Results, a_file, figures, furnish, write_results
from bench.speed import Size
from bench.visits import Browser, Failed, Taken, Visited, begun, first_visits, pages_of, visits
from bot.console.app import create_app
from bot.console.clients import Limiter
from bot.console.desk import Desk
from bot.content.loading import load_texts
from bot.content.tree import read_folder
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.areas import SqlStore
from bot.store.sealing import Sealer
from bot.store.thread import StoreThread
from tests.conftest import ROOT, database
from tests.console.publishing import MESSAGES
from tests.console.test_office_access import every_route
from tests.content import broken
from tests.engines import Base
from tests.fakes import FixedClock

AMOUNT = Amount(days=90, questions=300, releases=4, versions=3, drafts=5, settlements=25, officers=6, deeds=120)
# Far longer than a page has room for.
LETTERS = 60_000


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.thorough)])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Base]:
    with database(request, tmp_path) as made:
        yield made


@pytest.fixture
async def desk(tmp_path: Path, base: Base, sealer: Sealer, clock: FixedClock) -> AsyncIterator[Desk]:
    """A desk over a small pack that has a report too."""
    root = broken.make(tmp_path / "pack", MESSAGES)
    frame = yaml.safe_load((ROOT / "responses/vi/_report.yaml").read_text())
    frame |= {"basis": "A@2021#1", "opening": "Thực hiện {basis}:"}
    (root / "responses/vi/_report.yaml").write_text(yaml.safe_dump(frame, allow_unicode=True))
    guide = build(load_texts(read_folder(root)).catalogue)
    store = StoreThread(lambda: base.open(sealer))
    settings = Settings(_env_file=None, content_dir=root)
    yield Desk(settings, Reception(guide, store.store.residents), store, sealer, clock, Limiter(200), Metrics(),
               lambda: None)  # fmt: skip
    store.close()


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[Browser]:
    transport = httpx.ASGITransport(create_app(desk))
    async with httpx.AsyncClient(transport=transport, base_url="http://loa.test") as client:
        yield Browser(client, lambda: None)


async def test_every_page_comes_and_fits(desk: Desk, browser: Browser, sealer: Sealer) -> None:
    texts, catalogue, now = read_folder(desk.settings.content_dir), desk.reception.guide.catalogue, desk.clock()
    store = desk.store.store
    assert isinstance(store, SqlStore)
    await desk.store.run(fill, store, sealer, texts, catalogue, AMOUNT, now, 1)
    places, links = await desk.store.run(furnish, store, sealer, texts, catalogue, LETTERS, now, 1)
    await browser.sign_in(links[0])
    first = await first_visits(browser, places)
    places = await begun(browser, places, [f"responses/vi/{places.subject}.md"], a_file(catalogue, LETTERS, 1))
    found = await visits(browser, places, 1, first)
    assert {each.route for each in found} == page_routes()
    assert len(pages_of(found)) > 45
    assert {each.address: each.size for each in pages_of(found) if each.size > MOST_BYTES} == {}
    shown = await browser.client.get(f"/can-bo/van-ban/sua?ban={places.upload}")
    assert "Lưu, sang phần 2" in shown.text


def test_the_routes_are_those_of_the_whole_application(desk: Desk) -> None:
    paths = {route.path for route in every_route(create_app(desk).routes) if "GET" in (route.methods or ())}
    assert {path for path in paths if path.startswith(("/can-bo", "/duyet"))} == page_routes()


@pytest.mark.parametrize("routes", [page_routes() | {"/can-bo/moi-toanh"}, page_routes() - {"/can-bo/tra-loi"}])
def test_a_page_that_nobody_asks_for_is_named(routes: frozenset[str]) -> None:
    cover(page_routes())
    with pytest.raises(Uncovered, match=r"/can-bo/(moi-toanh|tra-loi)"):
        cover(routes)


async def test_a_page_that_does_not_come_is_no_figure(browser: Browser) -> None:
    with pytest.raises(Failed, match="answered 404"):
        await browser.visit("/can-bo/khong-co-trang-nay")


def test_the_content_grows_to_its_extent(tmp_path: Path) -> None:
    own = read_folder(broken.make(tmp_path / "pack", MESSAGES))
    texts = large_texts(own, Extent(Size(5, 3), facts=9, directives=3, letters=20_000), 1)
    made = load_texts(texts).catalogue
    assert (len(made.intents), len(made.facts), len(made.directives)) == (5, 9, 4)
    assert sum(len(clause.text) for clause in made.directives[directive_id(1)].clauses) == pytest.approx(
        20_000, rel=0.1
    )


def visited(ms: float, size: int, *, page: bool = True) -> Visited:
    return Visited("/can-bo/x", f"/can-bo/x?{ms}", Taken(2 * ms, 1.0, size, page), [Taken(ms, 1.0, size, page)] * 3)


@pytest.mark.parametrize(("ms", "size", "keys", "met"), [
    (100, 50_000, [120.0] * 20, True), (301, 50_000, [120.0] * 20, False), (100, 60_001, [120.0] * 20, False),
    (100, 50_000, [260.0] * 20, False), (100, 50_000, [], False),
])  # fmt: skip
def test_slow_large_and_unmeasured_pages_are_judged(
    tmp_path: Path, ms: float, size: int, keys: list[float], met: bool
) -> None:
    results = Results([visited(ms, size), visited(9000, 900_000, page=False)], keys, 5.0, (0.1, 0.2, 0.3))
    assert figures(results)["median"] == ms
    write_results(results, Options(), tmp_path)
    assert json.loads((tmp_path / "pages.json").read_text())["met"] is met
    row = next(line for line in (tmp_path / "pages.md").read_text().splitlines() if f"x?{ms}`" in line)
    assert ("**slow**" in row, "**large**" in row) == (ms > 300, size > MOST_BYTES)
