"""How long officers wait for a page and how large it is, and how soon the preview follows their typing.

A store with the content of 350 subjects and 100,000 questions is served by `loa serve`; an admin asks for every page of
the console over HTTP, and types into an answer in a real browser.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from os import getloadavg
from pathlib import Path
from statistics import median, quantiles

import httpx

from bot.console.office.access import COOKIE, HOME
from bot.content.approving import Wish, submit
from bot.content.loading import load_texts
from bot.content.tree import LANGUAGE, Texts, read_folder, release_name
from bot.core.catalogue import Catalogue
from bot.officers import invite
from bot.opening import open_store
from bot.settings import load_settings
from bot.store.areas import SqlStore
from bot.store.sealing import Sealer, load_key
from tests.engines import postgres_server

from .addresses import Places, cover, page_routes
from .demands import Demand, as_figures, as_table, judge, met
from .filling import SOURCE, Amount, add_directive, fill
from .keystrokes import keystrokes
from .large import Extent, directive_clauses, directive_file, directive_id, large_texts, sentences_of
from .report import RESULTS, table, write
from .serving import Served, served
from .speed import Size
from .visits import Browser, Taken, Visited, begun, first_visits, pages_of, visits

# As many facts as a workbook holds beside the phrases.
EXTENT = Extent(Size(350, 50), facts=1700, directives=40, letters=20_000)
AMOUNT = Amount(
    days=90, questions=100_000, releases=30, versions=60, drafts=40, settlements=120, officers=40, deeds=20_000
)  # fmt: skip
MOST_MS, MOST_BYTES, MOST_KEY_MS = 300, 60_000, 250
DEMANDS = (
    Demand("median", "the slowest page, its median", "ms", MOST_MS, 150, at_most=True),
    Demand("worst", "the slowest visit of any page", "ms", MOST_MS, 200, at_most=True),
    Demand("first", "the slowest first visit after the start", "ms", None, MOST_MS, at_most=True),
    Demand("size", "the largest page, uncompressed", "kB", MOST_BYTES / 1000, 50, at_most=True),
    Demand("key_median", "from a keystroke to the preview: median", "ms", MOST_KEY_MS, 200, at_most=True),
    Demand("key_p90", "the same, nine in ten", "ms", MOST_KEY_MS, 220, at_most=True),
)
ADMIN = "Quản trị"
_DRAFTED = 900


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for."""

    seed: int = 1
    rounds: int = 7
    keys: int = 20
    postgres: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured; `start` are the seconds until the server answered."""

    visited: Sequence[Visited]
    keys: Sequence[float]
    start: float
    load: tuple[float, float, float]


def main() -> None:
    """Measure, and write `bench/results/pages.*`."""
    options = _options()
    cover(page_routes())
    with tempfile.TemporaryDirectory(prefix="loa-pages-") as folder, _database(options) as database:
        results = measure(Path(folder), database, options)
    write_results(results, options)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of what the store is filled with (1)")
    parser.add_argument("--rounds", type=int, default=7, help="of every page (7)")
    parser.add_argument("--keys", type=int, default=20, help="that are typed (20)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    given = parser.parse_args()
    return Options(given.seed, given.rounds, given.keys, given.postgres)


@contextmanager
def _database(options: Options) -> Iterator[str]:
    """The address of an empty PostgreSQL database, as safe as it comes; empty for the SQLite file of the folder."""
    with ExitStack() as stack:
        if not options.postgres:
            yield ""
            return
        server = stack.enter_context(postgres_server())
        yield stack.enter_context(server.fresh()).url


def measure(folder: Path, database: str, options: Options) -> Results:
    """Fill a store, serve it, and look at everything."""
    own = read_folder(Path.cwd())
    texts = large_texts(own, EXTENT, options.seed)
    for name, body in texts.items():
        (folder / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pack" / name).write_bytes(body)
    settings = {"VAR_DIR": str(folder / "var"), "CONTENT_DIR": str(folder / "pack")}
    settings |= {"DATABASE_URL": database} if database else {}
    given = load_settings(**{name.lower(): value for name, value in settings.items()})
    sealer = load_key(given.key_path)
    store = open_store(given, sealer)
    assert isinstance(store, SqlStore)
    catalogue = load_texts(texts).catalogue
    _say("filling the store, which takes minutes")
    fill(store, sealer, texts, catalogue, AMOUNT, datetime.now(UTC), options.seed)
    places, links = furnish(store, sealer, texts, catalogue, EXTENT.letters, datetime.now(UTC), options.seed)
    store.close()
    _say("the store is filled; next: the pages")
    with served(settings, folder) as server:
        return asyncio.run(_look(server, places, links, catalogue, options))


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def furnish(
    store: SqlStore, sealer: Sealer, texts: Texts, catalogue: Catalogue, letters: int, now: datetime, seed: int
) -> tuple[Places, tuple[str, str]]:
    """A long directive that waits, and everything that an address names; with two links that sign the admin in."""
    names = [intent.id for intent in catalogue.topics()]
    name, body = directive_file(_DRAFTED, letters, sentences_of(catalogue.directives.values()), seed, SOURCE)
    add_directive(store, name, body, directive_id(_DRAFTED), 60, names, now)
    items = {f"responses/{LANGUAGE}/{each}.md" for each in names[1:5]}
    asked = [draft for draft in store.versions.drafts() if draft.item in items]
    approval = submit(store, sealer, asked, Wish("Bà Mai", ADMIN, "xem giúp trước 17 giờ"), now)
    links = invite(store.people, ADMIN, ("admin",), now), invite(store.people, "Khách", ("admin",), now)
    current = store.versions.current()
    assert current is not None
    own = [each for each in catalogue.directives if "KH-UBND" not in each]
    long_one = [directive_id(1)] if directive_id(1) in catalogue.directives else []
    return Places(
        subject=names[0], other=names[-1], fact=next(iter(catalogue.facts)), sentence="not_understood",
        directives=(*long_one, *own), drafted=directive_id(_DRAFTED), officer=ADMIN, release=current.number,
        first_release=release_name(texts), link=links[1], approval=approval,
        moment=f"{now - timedelta(days=40):%Y-%m-%dT%H:%M}",
    ), links  # fmt: skip


def a_file(catalogue: Catalogue, letters: int, seed: int) -> tuple[str, bytes]:
    """A directive as somebody would send it: a text file of so many letters."""
    sentences = sentences_of(catalogue.directives.values())
    clauses = [f"{at}. {text}" for at, text in enumerate(directive_clauses(letters, sentences, f"{seed} up"), 1)]
    day = "Lai Châu, ngày 03 tháng 02 năm 2021"
    head = ["UBND TỈNH LAI CHÂU", "Số: 901/KH-UBND", day, "KẾ HOẠCH", "Phòng, chống dịch"]
    return "ke-hoach.txt", "\n\n".join([*head, *clauses]).encode()


async def _look(
    server: Served, places: Places, links: tuple[str, str], catalogue: Catalogue, options: Options
) -> Results:
    async with httpx.AsyncClient(base_url=server.address, timeout=600) as client:
        browser = Browser(client, server.cpu)
        await browser.sign_in(links[0])
        first = await first_visits(browser, places)
        _say("every page was visited once; next: a check, a trial and a file")
        drafts = [f"responses/{LANGUAGE}/{places.subject}.md"]
        places = await begun(browser, places, drafts, a_file(catalogue, EXTENT.letters, options.seed))
        found = await visits(browser, places, options.rounds, first, _say)
        _say("pages are measured; next: typing")
        cookie = COOKIE, client.cookies[COOKIE]
        typed = await asyncio.to_thread(
            keystrokes, server.address, cookie, f"{HOME}/tra-loi/{places.other}", options.keys
        )
    return Results(found, typed, server.start, getloadavg())


def figures(results: Results) -> dict[str, float | None]:
    """The figures of the demands; files to take away are no pages."""
    pages = pages_of(results.visited)
    firsts = [each.first.ms for each in pages if each.first]
    return {
        "median": max(each.median for each in pages), "worst": max(each.worst for each in pages),
        "first": max(firsts, default=None), "size": max(each.size for each in pages) / 1000,
        "key_median": median(results.keys) if results.keys else None,
        "key_p90": quantiles(results.keys, n=10)[8] if len(results.keys) > 1 else None,
    }  # fmt: skip


def write_results(results: Results, options: Options, folder: Path = RESULTS) -> None:
    """The page and the figures."""
    rows = judge(figures(results), DEMANDS)
    engine = "PostgreSQL" if options.postgres else "SQLite"
    name = "pages-postgres" if options.postgres else "pages"
    pages = pages_of(results.visited)
    texts = [
        f"Content of {EXTENT.size}, {AMOUNT.questions} questions over {AMOUNT.days} days, on {engine}.",
        as_table(rows), _NOTES.format(start=results.start, load=results.load),
        "## Pages", visit_table(pages), "## Files", visit_table([each for each in results.visited if not each.page]),
        "## Typing", f"{', '.join(f'{each:.0f}' for each in results.keys)} ms.",
    ]  # fmt: skip
    record = {
        "seed": options.seed, "rounds": options.rounds, "engine": engine, "extent": asdict(EXTENT),
        "amount": asdict(AMOUNT), "load": results.load, "start": results.start, "demands": as_figures(rows),
        "pages": {_shown(each): _record(each) for each in results.visited}, "keys": list(results.keys),
    }  # fmt: skip
    command = f"make bench-pages SEED={options.seed}" + (" ARGS=--postgres" if options.postgres else "")
    write(name, "The officers' pages", command, met(rows), record, texts, folder)


def _record(each: Visited) -> Mapping[str, object]:
    return {
        "route": each.route, "page": each.page, "median": each.median, "cpu": each.cpu, "worst": each.worst,
        "worst_cpu": each.worst_cpu, "bytes": each.size, "first": each.first.ms if each.first else None,
    }  # fmt: skip


def _shown(each: Visited) -> str:
    """The address; of one with a secret the route."""
    return each.route if "{token}" in each.route else each.address


def visit_table(found: Sequence[Visited]) -> str:
    """Every address, the slowest first."""
    head = ["address", "median ms", "processor", "worst ms", "processor", "first ms", "processor", "kB", ""]
    return table(head, [_row(each) for each in sorted(found, key=lambda each: -each.median)])


def _row(each: Visited) -> list[str]:
    first = each.first or Taken(0, None, 0, page=True)
    return [
        f"`{_shown(each)}`", f"{each.median:.0f}", _number(each.cpu), f"{each.worst:.0f}", _number(each.worst_cpu),
        f"{first.ms:.0f}" if each.first else "–", _number(first.cpu), f"{each.size / 1000:.1f}", _verdict(each),
    ]  # fmt: skip


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _verdict(each: Visited) -> str:
    if not each.page:
        return "file"
    slow = ["slow"] if each.worst > MOST_MS else []
    large = ["large"] if each.size > MOST_BYTES else []
    return ", ".join(f"**{each}**" for each in (*slow, *large)) or "met"


_NOTES = """\
- Every page in turn, round by round, asked for over HTTP by an admin on the same machine: milliseconds until all of it
  was there. "processor" is what the server's threads used meanwhile: where it is far less than the time, others were at
  work on the machine. The first visit is the first of that address after the start, in the order of the table in
  `bench/addresses.py`; what is shown there is still being made where a page says so.
- Bytes are those of the page alone, as they are before any compression. Files to take away are not judged.
- Typing: from the input event to the change of the preview, in Chromium, key by key at a human pace.
- The server answered {start:.1f} s after it was started. The load of the machine at the end, over 1, 5 and 15 minutes:
  {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f}."""


if __name__ == "__main__":
    main()
