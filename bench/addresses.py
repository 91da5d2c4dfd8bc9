"""Every page of the officers' console by its route, with addresses that lead to much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates

from bot.console.office.access import HOME
from bot.console.office.app import install
from bot.content.approving import PATH as APPROVAL

ONE_APPROVAL = f"{APPROVAL}/{{token}}"


class Uncovered(AssertionError):
    """Routes that nobody measures, or addresses of routes that are gone."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the addresses name. Those in the second paragraph live in the process; empty until they are made."""

    subject: str
    other: str
    fact: str
    sentence: str
    directives: Sequence[str]
    drafted: str
    officer: str
    release: int
    first_release: str
    link: str
    approval: str
    moment: str

    job: str = ""
    trial: str = ""
    upload: str = ""
    group: str = ""


Addresses = Callable[[Places], Iterable[str]]
_ANSWER, _DOC, _OUT, _FIGURES = f"{HOME}/tra-loi", f"{HOME}/van-ban", f"{HOME}/cong-bo", f"{HOME}/so-lieu"
_PERIODS = ("?ky=7", "?ky=30", "?ky=90")


def _one(address: str) -> Addresses:
    return lambda _: (address,)


def _documents(path: str, more: str = "") -> Addresses:
    return lambda places: [f"{path}?ma={quote(each, safe='')}{more}" for each in (*places.directives, places.drafted)]


ADDRESSES: Mapping[str, Addresses] = {
    HOME: _one(HOME),
    f"{HOME}/vao": _one(f"{HOME}/vao"),
    f"{HOME}/vao/{{token}}": lambda places: (f"{HOME}/vao/{places.link}",),
    ONE_APPROVAL: lambda places: (f"{APPROVAL}/{places.approval}",),
    _ANSWER: lambda _: (_ANSWER, f"{_ANSWER}?trang=2", f"{_ANSWER}?tim=khau+trang", f"{_ANSWER}?loc=draft"),
    f"{_ANSWER}/moi": _one(f"{_ANSWER}/moi"),
    f"{_ANSWER}/{{intent}}": lambda places: (
        f"{_ANSWER}/{places.subject}", f"{_ANSWER}/{places.other}",
        *(f"{_ANSWER}/{places.other}?van-ban={quote(each, safe='')}" for each in places.directives),
        f"{_ANSWER}/{places.other}?tu=dich",
    ),
    f"{_ANSWER}/{{intent}}/cau-mau": lambda places: (
        f"{_ANSWER}/{places.subject}/cau-mau", f"{_ANSWER}/{places.other}/cau-mau"),
    f"{_ANSWER}/{{intent}}/hoi-thu": lambda places: (f"{_ANSWER}/{places.subject}/hoi-thu",),
    f"{_ANSWER}/{{intent}}/phien-ban": lambda places: (
        f"{_ANSWER}/{places.subject}/phien-ban", f"{_ANSWER}/{places.other}/phien-ban"),
    _OUT: lambda _: (_OUT, f"{_OUT}?trang=2"),
    f"{_OUT}/kiem/{{job}}": lambda places: (f"{_OUT}/kiem/{places.job}",),
    f"{_OUT}/kiem/{{job}}/tien-do": lambda places: (f"{_OUT}/kiem/{places.job}/tien-do",),
    f"{_OUT}/ban": lambda places: (f"{_OUT}/ban", f"{_OUT}/ban?truoc={places.release}"),
    f"{_OUT}/ban/luc": lambda places: (f"{_OUT}/ban/luc?luc={places.moment}&chu-de={places.other}",),
    f"{_OUT}/ban/{{release}}": lambda places: (f"{_OUT}/ban/1", f"{_OUT}/ban/{places.release}"),
    f"{_OUT}/ban/{{release}}/tro-lai": lambda places: (
        f"{_OUT}/ban/1/tro-lai", f"{_OUT}/ban/{places.release // 2}/tro-lai"),
    f"{HOME}/bang": _one(f"{HOME}/bang"),
    f"{HOME}/bang/tai": _one(f"{HOME}/bang/tai"),
    _DOC: lambda _: (_DOC, f"{_DOC}?tim=dich+benh"),
    f"{_DOC}/doc": _documents(f"{_DOC}/doc"),
    f"{_DOC}/goc": lambda places: (f"{_DOC}/goc?ma={quote(places.drafted, safe='')}",),
    f"{_DOC}/moi": _one(f"{_DOC}/moi"),
    f"{_DOC}/sua": lambda places: (f"{_DOC}/sua?ban={places.upload}",),
    f"{_DOC}/moi/goc": lambda places: (f"{_DOC}/moi/goc?ban={places.upload}",),
    f"{_DOC}/viec": lambda places: (f"{_DOC}/viec?ma={quote(places.drafted, safe='')}",),
    f"{HOME}/du-kien": lambda _: (f"{HOME}/du-kien", f"{HOME}/du-kien?trang=2", f"{HOME}/du-kien?tim=duong+day"),
    f"{HOME}/du-kien/moi": _one(f"{HOME}/du-kien/moi"),
    f"{HOME}/du-kien/{{name}}": lambda places: (f"{HOME}/du-kien/{places.fact}",),
    f"{HOME}/cau-loa": lambda _: (f"{HOME}/cau-loa", f"{HOME}/cau-loa?tim=anh"),
    f"{HOME}/cau-loa/{{name}}": lambda places: (f"{HOME}/cau-loa/{places.sentence}",),
    f"{HOME}/cai-dat": _one(f"{HOME}/cai-dat"),
    f"{HOME}/toi": _one(f"{HOME}/toi"),
    f"{HOME}/nguoi": _one(f"{HOME}/nguoi"),
    f"{HOME}/nguoi/phien": _one(f"{HOME}/nguoi/phien"),
    f"{HOME}/nguoi/ho-so/{{name}}": lambda places: (f"{HOME}/nguoi/ho-so/{quote(places.officer)}",),
    _FIGURES: lambda _: [f"{_FIGURES}{period}" for period in _PERIODS],
    f"{_FIGURES}/ngay.csv": _one(f"{_FIGURES}/ngay.csv?ky=90"),
    f"{_FIGURES}/chu-de.csv": _one(f"{_FIGURES}/chu-de.csv?ky=90"),
    f"{_FIGURES}/chu-de-theo-ngay.csv": _one(f"{_FIGURES}/chu-de-theo-ngay.csv?ky=90"),
    f"{_FIGURES}/che": lambda _: (f"{_FIGURES}/che?ky=90", f"{_FIGURES}/che?ky=90&trang=20"),
    f"{_FIGURES}/khung": _one(f"{_FIGURES}/khung"),
    f"{_FIGURES}/luc-do": lambda places: (f"{_FIGURES}/luc-do?ban={places.first_release}&chu_de={places.other}",),
    f"{_FIGURES}/bao-cao.docx": _one(f"{_FIGURES}/bao-cao.docx?ky=90"),
    f"{_FIGURES}/bao-cao.pdf": _one(f"{_FIGURES}/bao-cao.pdf?ky=90"),
    f"{HOME}/nhat-ky": lambda _: (f"{HOME}/nhat-ky", f"{HOME}/nhat-ky?trang=100", f"{HOME}/nhat-ky?viec=published"),
    f"{HOME}/nhat-ky.csv": _one(f"{HOME}/nhat-ky.csv"),
    f"{HOME}/chua-dap": lambda _: (f"{HOME}/chua-dap", f"{HOME}/chua-dap?trang=2"),
    f"{HOME}/chua-dap/da-xu-ly": _one(f"{HOME}/chua-dap/da-xu-ly"),
    f"{HOME}/chua-dap/thu/{{trial}}": lambda places: (f"{HOME}/chua-dap/thu/{places.trial}",),
    f"{HOME}/chua-dap/{{group}}": lambda places: (f"{HOME}/chua-dap/{places.group}",),
}  # fmt: skip
_IN_PROCESS = ("{job}", "{trial}", "{group}", "/van-ban/sua", "/van-ban/moi/goc")


def in_process(route: str) -> bool:
    """Whether a page shows something that has to be begun first and ends with the process."""
    return any(part in route for part in _IN_PROCESS)


def page_routes() -> frozenset[str]:
    """The paths of all GET routes of the office, and of the page behind an approval link."""
    app = FastAPI()
    app.state.templates = Jinja2Templates(".")
    install(app)
    return frozenset(route.path for route in _every(app.routes) if "GET" in (route.methods or ())) | {ONE_APPROVAL}


def _every(routes: Iterable[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from _every(router.routes)


def cover(routes: Iterable[str]) -> None:
    """Raises Uncovered unless every route has an address, and every address a route."""
    wanted, known = set(routes), set(ADDRESSES)
    if wanted != known:
        missing, gone = sorted(wanted - known), sorted(known - wanted)
        raise Uncovered(f"routes without an address in bench/addresses.py: {missing}; addresses without: {gone}")
