"""The trail: words for every action, filters, pages, and a file that runs no formulas."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

import bot
from bot.console.desk import Desk
from bot.console.office.deeds import DEEDS
from bot.figures.table import plain
from bot.store.records import Deed, Role
from tests.console.office import AtDesk, sign_in

TRAIL = "/can-bo/nhat-ky"
HOSTILE = "<script>alert(1)</script>"
SOURCES = sorted(Path(bot.__file__).parent.rglob("*.py"))


def actions_of(source: Path) -> Iterator[str]:
    """The actions that a module notes: the first word of `.note("…")`, the third of `Deed(at, who, "…")`."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        at = {"note": 0, "Deed": 2}.get(called)
        given = node.args[at] if at is not None and len(node.args) > at else None
        for word in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                yield word.value


def test_every_action_of_the_program_has_words() -> None:
    noted = {action for source in SOURCES for action in actions_of(source)}
    assert len(noted) > 10, "there is nothing to look for"
    assert noted - DEEDS.keys() == set()
    assert len(set(DEEDS.values())) == len(DEEDS)


async def filled(desk: Desk, *deeds: Deed) -> None:
    for deed in deeds:
        await desk.store.run(desk.store.store.people.note, deed)


async def admin_of(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    return await sign_in(web, desk, "admin", name="Hoa")


@pytest.mark.parametrize("role", ["editor", "approver", "duty"])
@pytest.mark.parametrize("path", [TRAIL, f"{TRAIL}.csv"])
async def test_only_admins_read_it(desk: Desk, web: httpx.AsyncClient, role: Role, path: str) -> None:
    officer = await sign_in(web, desk, role)
    assert (await officer.get(path)).status_code == 403
    assert TRAIL not in (await officer.get("/can-bo/toi")).text, "nor do they see the way there"


async def test_it_is_filtered_by_officer_action_and_days(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await admin_of(desk, web)
    now, day = desk.clock(), timedelta(days=1)
    await filled(
        desk, Deed(now - 3 * day, "Lan", "fact_edited", "moh_hotline", "cũ"), Deed(now, "Lan", "paused", "", "mới"),
        Deed(now, "Mai", "fact_edited", "police_113", "của Mai"),
    )  # fmt: skip
    page = (await admin.get(f"{TRAIL}?can-bo=Lan")).text
    assert "cũ" in page
    assert "mới" in page
    assert "của Mai" not in page
    assert "sửa dữ kiện" in page
    page = (await admin.get(f"{TRAIL}?viec=fact_edited&tu={now.date()}")).text
    assert "của Mai" in page
    assert "moh_hotline" not in page
    page = (await admin.get(f"{TRAIL}?den={(now - 2 * day).date()}")).text
    assert "moh_hotline" in page
    assert "police_113" not in page
    assert "bỏ bớt điều kiện" in (await admin.get(f"{TRAIL}?can-bo=Nobody")).text


async def test_a_day_is_that_of_the_province(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await admin_of(desk, web)
    late = desk.clock().replace(hour=18)  # past midnight in Viet Nam
    await filled(desk, Deed(late, "Lan", "paused", "", "sau nửa đêm"))
    assert "sau nửa đêm" not in (await admin.get(f"{TRAIL}?den={late.date()}")).text
    assert "sau nửa đêm" in (await admin.get(f"{TRAIL}?tu={late.date() + timedelta(days=1)}")).text


async def test_it_comes_in_pages(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await admin_of(desk, web)
    await filled(desk, *(Deed(desk.clock(), "Lan", "paused", f"mục-{number}-") for number in range(120)))
    first, last = (await admin.get(f"{TRAIL}?can-bo=Lan")).text, (await admin.get(f"{TRAIL}?can-bo=Lan&trang=3")).text
    assert "mục-119-" in first
    assert "mục-69-" not in first
    assert "mục-0-" in last
    assert "Trang 3 trên 3" in last
    for odd in ("0", "99", "-1", "x", "²", "9" * 40):
        assert (await admin.get(f"{TRAIL}?can-bo=Lan&trang={odd}")).status_code == 200


@pytest.mark.parametrize(
    "odd", ["tu=x", "tu=0001-01-01", "den=9999-12-31", "tu=2021-02-30", "can-bo=%00", "viec=" + "x" * 3000]
)
async def test_odd_filters_are_no_fault(desk: Desk, web: httpx.AsyncClient, odd: str) -> None:
    admin = await admin_of(desk, web)
    assert (await admin.get(f"{TRAIL}?{odd}")).status_code == 200


async def test_nothing_in_it_is_markup(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await admin_of(desk, web)
    await filled(desk, Deed(desk.clock(), HOSTILE, HOSTILE, HOSTILE, HOSTILE))
    for query in ("", f"?can-bo={HOSTILE}&viec={HOSTILE}&tu={HOSTILE}"):
        assert HOSTILE not in (await admin.get(TRAIL + query)).text


async def test_the_file_holds_all_and_no_formula(desk: Desk, web: httpx.AsyncClient) -> None:
    admin = await admin_of(desk, web)
    formula = '=HYPERLINK("http://evil.example";"bấm")'
    await filled(desk, *(Deed(desk.clock(), "Lan", "paused", f"mục {number}") for number in range(1100)))
    await filled(desk, Deed(desk.clock(), formula, "+1", "@x", "-2\n=3"))
    answer = await admin.get(f"{TRAIL}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head == ["Lúc", "Cán bộ", "Việc", "Mục", "Ghi chú"]
    assert sum(line[1] == "Lan" for line in lines) == 1100
    assert [f"'{formula}", "'+1", "'@x", "'-2\n=3"] in [line[1:] for line in lines]
    assert not any(cell[:1] in tuple("=+-@\t\r") for line in lines for cell in line if cell)
    assert "tải nhật ký" in (await admin.get(TRAIL)).text
    only = (await admin.get(f"{TRAIL}.csv?viec=signed_in")).text
    assert "mục 7" not in only


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\ufeff=1"])
def test_formulas_are_plain_words(cell: str) -> None:
    assert plain(cell).startswith("'")
    assert plain("a=1") == "a=1"
