"""An officer's browser without a screen: every page asked for over HTTP, how long it took and how large it was."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

import httpx

from bot.console.office.access import FORM_TOKEN, HOME

from .addresses import ADDRESSES, Places, in_process

Cpu = Callable[[], float | None]
_TOKEN = re.compile(rf'name="{FORM_TOKEN}" value="([^"]+)"')
_GROUP = re.compile(rf'href="{HOME}/chua-dap/(\d+)"')
_PATIENCE = 300.0
_ENDED = (200, 303)


class Failed(AssertionError):
    """A page that did not come as it should."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One answer: milliseconds until all of it was there, and of the server's processor; bytes as they are read."""

    ms: float
    cpu: float | None
    size: int
    page: bool


@dataclass(frozen=True, slots=True)
class Visited:
    """One address: the first answer after the start of the server, and all others."""

    route: str
    address: str
    first: Taken | None
    taken: Sequence[Taken]

    @property
    def page(self) -> bool:
        """Whether it is a page, not a file to take away."""
        return self.taken[0].page

    @property
    def median(self) -> float:
        """Milliseconds of the middle visit."""
        return median(each.ms for each in self.taken)

    @property
    def worst(self) -> float:
        """Milliseconds of the slowest visit."""
        return max(each.ms for each in self.taken)

    @property
    def worst_cpu(self) -> float | None:
        """Milliseconds of the processor at the slowest visit."""
        return max(self.taken, key=lambda each: each.ms).cpu

    @property
    def cpu(self) -> float | None:
        """Milliseconds of the processor at the middle visit."""
        known = [each.cpu for each in self.taken if each.cpu is not None]
        return median(known) if known else None

    @property
    def size(self) -> int:
        """The bytes of the largest answer."""
        return max(each.size for each in self.taken)


@dataclass
class Browser:
    """An officer who is signed in."""

    client: httpx.AsyncClient
    cpu: Cpu
    form_token: str = ""

    async def sign_in(self, link: str) -> None:
        """By a link that nobody has used."""
        entered = await self.client.post(f"{HOME}/vao/{link}")
        page = await self.client.get(f"{HOME}/toi")
        found = _TOKEN.search(page.text)
        if entered.status_code != 303 or found is None:
            raise Failed(f"nobody was signed in ({entered.status_code}, {page.status_code})")
        self.form_token = found[1]

    async def visit(self, address: str) -> Taken:
        """Ask for an address, and measure."""
        before, began = self.cpu(), time.perf_counter()
        answer = await self.client.get(address)
        ms, after = 1000 * (time.perf_counter() - began), self.cpu()
        if answer.status_code not in _ENDED:
            raise Failed(f"{address} answered {answer.status_code}: {answer.text[:300]}")
        cpu = 1000 * (after - before) if before is not None and after is not None else None
        return Taken(ms, cpu, len(answer.content), answer.headers.get("content-type", "").startswith("text/html"))

    async def post(
        self, address: str, fields: Mapping[str, str | list[str]], file: tuple[str, bytes] | None = None
    ) -> str:
        """Send a form; where that leads."""
        files = {"tep": file} if file else None
        answer = await self.client.post(address, data={FORM_TOKEN: self.form_token, **fields}, files=files)
        if answer.status_code != 303:
            raise Failed(f"the form at {address} was answered with {answer.status_code}: {answer.text[-1500:]}")
        return answer.headers["location"]

    async def until(self, address: str, ready: Callable[[httpx.Response], bool]) -> httpx.Response:
        """Ask for an address until it shows what was under way."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            answer = await self.client.get(address)
            if ready(answer):
                return answer
            await asyncio.sleep(0.2)
        raise Failed(f"{address} was not ready within {_PATIENCE:.0f} s")


def _at_rest(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and "refresh" not in answer.headers


async def begun(browser: Browser, places: Places, drafts: Sequence[str], file: tuple[str, bytes]) -> Places:
    """Begin what lives in the process, and wait until it is done: a check, a trial, a file that is corrected."""
    listed = await browser.until(f"{HOME}/chua-dap", lambda answer: bool(_GROUP.search(answer.text)))
    found = _GROUP.findall(listed.text)
    trial = await browser.post(
        f"{HOME}/chua-dap/{found[0]}", {"viec": "mau", "chu_de": places.subject, "cau": "câu thử chưa ai viết bao giờ"}
    )
    await browser.until(trial, _at_rest)
    job = await browser.post(f"{HOME}/cong-bo/kiem", {"muc": list(drafts)})
    await browser.until(f"{job}/tien-do", lambda answer: not answer.json()["running"])
    upload = await browser.post(f"{HOME}/van-ban/moi", {}, file)
    return replace(
        places, group=found[0], trial=trial.rpartition("/")[2], job=job.rpartition("/")[2],
        upload=upload.rpartition("ban=")[2],
    )  # fmt: skip


def addresses(places: Places) -> list[tuple[str, str]]:
    """Every route with its addresses, one a row."""
    return [(route, address) for route, each in ADDRESSES.items() for address in each(places)]


async def first_visits(browser: Browser, places: Places) -> dict[str, Taken]:
    """One visit of everything that can be shown as soon as the server answers."""
    wanted = [address for route, address in addresses(places) if not in_process(route)]
    return {address: await browser.visit(address) for address in wanted}


async def visits(
    browser: Browser,
    places: Places,
    rounds: int,
    first: Mapping[str, Taken],
    said: Callable[[str], None] = lambda _: None,
) -> list[Visited]:
    """Every page in turn, so many times over; so that a moment of load does not fall on one page alone.

    Files to take away, which cost the server far more, are asked for once.
    """
    listed = addresses(places)
    taken: dict[str, list[Taken]] = {address: [] for _, address in listed}
    for number in range(rounds):
        for _, address in listed:
            if not number or taken[address][0].page:
                taken[address].append(await browser.visit(address))
        said(f"round {number + 1} of {rounds}")
    return [Visited(route, address, first.get(address), taken[address]) for route, address in listed]


def pages_of(found: Iterable[Visited]) -> list[Visited]:
    """What is shown; the rest are files to take away."""
    return [each for each in found if each.page]
