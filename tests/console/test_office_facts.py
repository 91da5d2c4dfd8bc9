"""Facts as officers edit them: found, mended, confirmed, added, and never lost between two officers."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from bot.console.desk import Desk
from bot.content.drafting import head
from bot.content.fact_edits import FIELDS, new_id
from bot.content.fact_list import FACTS
from bot.content.files import read
from bot.content.releasing import candidate, check_texts
from bot.store.records import Role
from tests.console.office import AtDesk, sign_in, take_in
from tests.fakes import FixedClock

PAGE, HOTLINE = "/can-bo/du-kien", "/can-bo/du-kien/moh_hotline"
MISSING = "laichau_health_hotline"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
async def lan(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


async def text_of(desk: Desk) -> str:
    return (await desk.store.run(head, desk.store.store.versions, FACTS)).text


async def fact(desk: Desk, name: str) -> dict[str, object]:
    found: dict[str, object] = read(FACTS, (await text_of(desk)).encode(), []).values[name]
    return found


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back of the form that edits a fact."""
    (form,) = re.findall(
        r'<form method="post" action="[^"]+">((?:(?!</form>).)*name="base".*?)</form>', page, re.DOTALL
    )
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', form) for name in (*FIELDS, "base")}
    found = {name: each[1].replace("&#34;", '"') for name, each in fields.items() if each}
    kind, note = (
        re.search(r'<option value="(\w+)" selected', form),
        re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.S),
    )
    assert kind is not None
    assert note is not None
    return found | {"kind": kind[1], "note": note[1]}


async def test_the_list_is_filtered_and_searched_without_marks(lan: AtDesk) -> None:
    page = (await lan.get(PAGE)).text
    assert "Đường dây nóng của Bộ Y tế" in page
    missing = (await lan.get(f"{PAGE}?loc=thieu")).text
    assert "Đường dây nóng của Sở Y tế, CDC Lai Châu" in missing
    assert HOTLINE + '"' not in missing
    assert HOTLINE + '"' in (await lan.get(f"{PAGE}?tim=duong+day+nong+bo+y+te")).text
    assert "Không có dữ kiện nào" in (await lan.get(f"{PAGE}?tim=zzz")).text
    assert (
        HOSTILE
        not in (
            await lan.get(
                PAGE,
            )
        ).text
    )
    assert HOSTILE not in (await lan.get(f"{PAGE}?tim={HOSTILE}&loc={HOSTILE}&trang={HOSTILE}")).text
    assert len((await lan.get(PAGE)).content) < 60_000


async def test_old_facts_are_found(desk: Desk, lan: AtDesk, clock: FixedClock) -> None:
    clock.at += timedelta(days=365 * 7)
    again = await sign_in(lan.client, desk, "editor", name="Hoa")
    assert HOTLINE in (await again.get(f"{PAGE}?loc=cu")).text
    assert "quá 180 ngày" in (await again.get(HOTLINE)).text


async def test_a_fact_says_who_uses_it(lan: AtDesk) -> None:
    page = (await lan.get(HOTLINE)).text
    assert "/can-bo/tra-loi/hotline" in page
    assert "Lời của Loa: Chưa hiểu câu hỏi" in page
    assert "Danh sách số điện thoại" in page


async def test_nothing_changes_when_nothing_was_changed(desk: Desk, lan: AtDesk) -> None:
    before = await text_of(desk)
    saved = await lan.post(HOTLINE, **form_of((await lan.get(HOTLINE)).text))
    assert saved.headers["location"] == f"{HOTLINE}?da=khong-doi"
    assert await text_of(desk) == before
    assert await desk.store.run(desk.store.store.versions.drafts) == []


async def test_an_edit_becomes_a_draft_that_changes_its_lines_only(desk: Desk, lan: AtDesk) -> None:
    before = (await text_of(desk)).splitlines()
    fields = form_of((await lan.get(HOTLINE)).text)
    saved = await lan.post(
        HOTLINE, **{**fields, "value": "1900 1234", "source_date": "05/02/2021", "title": "  Số  của Bộ "}
    )
    assert saved.headers["location"] == f"{HOTLINE}?da=luu"
    found = await fact(desk, "moh_hotline")
    assert (found["value"], found["title"], found["state"]) == ("1900 1234", "Số của Bộ", "sourced")
    assert str(found["source"]["date"]) == "2021-02-05"  # type: ignore[index]
    after = (await text_of(desk)).splitlines()
    assert len([line for line in after if line not in before]) == 3
    made = await desk.store.run(candidate, desk.store.store.versions)
    assert check_texts(made.texts).problems == ()
    (deed,) = await desk.store.run(desk.store.store.people.trail, 1)
    assert (deed.action, deed.subject) == ("fact_edited", "moh_hotline")


async def test_confirming_needs_where_and_makes_a_draft(desk: Desk, lan: AtDesk) -> None:
    refused = await lan.post(f"{HOTLINE}/xac-nhan", where="  ", new_value="1900 7777")
    assert refused.status_code == 422
    assert 'value="1900 7777"' in refused.text, "what was typed stays"
    assert "confirmed:" not in (await text_of(desk)).split("\nmoh_hotline_free:")[0].split("\nmoh_hotline:")[1]
    done = await lan.post(f"{HOTLINE}/xac-nhan", where="gọi thử sáng nay")
    assert done.headers["location"] == f"{HOTLINE}?da=xac-nhan"
    found = await fact(desk, "moh_hotline")
    assert (found["state"], found["value"]) == ("confirmed", "1900 9095")
    assert found["confirmed"] == {"by": "Lan", "on": found["seen"], "where": "gọi thử sáng nay"}
    page = (await lan.get(HOTLINE)).text
    assert "gọi thử sáng nay" in page
    assert "đã xác nhận" in page


async def test_a_missing_fact_is_confirmed_with_its_value(desk: Desk, lan: AtDesk) -> None:
    path = f"{PAGE}/{MISSING}"
    assert (await lan.post(f"{path}/xac-nhan", where="Sở Y tế")).status_code == 422
    await lan.post(f"{path}/xac-nhan", where="Sở Y tế", new_value="0213 3876 000")
    found = await fact(desk, MISSING)
    assert (found["value"], found["state"]) == ("0213 3876 000", "confirmed")


async def test_a_new_value_of_a_confirmed_fact_has_to_be_confirmed_again(desk: Desk, lan: AtDesk) -> None:
    await lan.post(f"{HOTLINE}/xac-nhan", where="gọi thử")
    fields = form_of((await lan.get(HOTLINE)).text)
    saved = await lan.post(HOTLINE, **{**fields, "value": "1900 1234"})
    assert saved.headers["location"] == f"{HOTLINE}?da=bo-xac-nhan"
    found = await fact(desk, "moh_hotline")
    assert "confirmed" not in found
    assert found["state"] == "sourced"
    fields = form_of((await lan.get(HOTLINE)).text)
    await lan.post(HOTLINE, **{**fields, "value": ""})
    assert (await fact(desk, "moh_hotline"))["state"] == "missing"


async def test_findings_of_the_check_stand_at_the_field(lan: AtDesk) -> None:
    fields = form_of((await lan.get(HOTLINE)).text)
    await lan.post(HOTLINE, **{**fields, "kind": "link", "value": "bo y te"})
    page = (await lan.get(HOTLINE)).text
    field = page[page.index('name="value"') : page.index('id="kind"')]
    assert "không mở được" in field


@pytest.mark.parametrize(
    ("field", "value"), [("source_date", "hôm qua"), ("valid_from", "2021-02-30"), ("title", " "), ("kind", "king")]
)
async def test_what_cannot_be_kept_is_said_at_its_field(desk: Desk, lan: AtDesk, field: str, value: str) -> None:
    fields = form_of((await lan.get(HOTLINE)).text) | {"note": "chữ vừa gõ"}
    refused = await lan.post(HOTLINE, **{**fields, field: value})
    assert refused.status_code == 422
    assert f'id="loi-{field}"' in refused.text
    assert "chữ vừa gõ" in refused.text
    assert await desk.store.run(desk.store.store.versions.drafts) == []


async def test_edits_of_two_officers_come_together(desk: Desk, lan: AtDesk) -> None:
    mine = form_of((await lan.get(HOTLINE)).text)
    hoa = await sign_in(lan.client, desk, "editor", name="Hoa")
    await hoa.post(HOTLINE, **{**mine, "title": "Số của Bộ"})
    await hoa.post(f"{PAGE}/police_113/xac-nhan", where="gọi thử")
    saved = await hoa.post(HOTLINE, **{**mine, "value": "1900 1234"})
    assert saved.headers["location"] == f"{HOTLINE}?da=gop"
    found = await fact(desk, "moh_hotline")
    assert (found["title"], found["value"]) == ("Số của Bộ", "1900 1234")
    assert (await fact(desk, "police_113"))["state"] == "confirmed"


async def test_the_same_field_is_not_overwritten_unseen(desk: Desk, lan: AtDesk) -> None:
    mine = form_of((await lan.get(HOTLINE)).text)
    hoa = await sign_in(lan.client, desk, "editor", name="Hoa")
    await hoa.post(HOTLINE, **{**mine, "value": "1900 0000"})
    conflict = await hoa.post(HOTLINE, **{**mine, "value": "1900 1234"})
    assert conflict.status_code == 409
    assert "Đang lưu: 1900 0000" in conflict.text
    assert 'value="1900 1234"' in conflict.text
    assert (await fact(desk, "moh_hotline"))["value"] == "1900 0000"
    again = await hoa.post(HOTLINE, **form_of(conflict.text))
    assert again.status_code == 303
    assert (await fact(desk, "moh_hotline"))["value"] == "1900 1234"


async def test_a_new_fact_gets_a_name_and_stands_at_the_end(desk: Desk, lan: AtDesk) -> None:
    fields = {"title": "Trạm y tế: “Sìn Hồ”", "kind": "phone", "note": "# hỏi: lại"}
    made = await lan.post(f"{PAGE}/moi", **fields)
    assert made.headers["location"] == f"{PAGE}/tram_y_te_sin_ho?da=du-kien-moi"
    found = await fact(desk, "tram_y_te_sin_ho")
    assert (found["state"], found["note"], found.get("value")) == ("missing", "# hỏi: lại", None)
    again = await lan.post(f"{PAGE}/moi", **fields, value="0213 1", source_title="Công văn", source_date="2021-02-01")
    assert again.headers["location"].startswith(f"{PAGE}/tram_y_te_sin_ho_2")
    assert (await fact(desk, "tram_y_te_sin_ho_2"))["state"] == "sourced"
    made_up = await desk.store.run(candidate, desk.store.store.versions)
    assert check_texts(made_up.texts).problems == ()
    refused = await lan.post(f"{PAGE}/moi", title="", kind="phone", value="0213")
    assert refused.status_code == 422
    assert 'value="0213"' in refused.text


@pytest.mark.parametrize("title", ["???", "1900", "Mới", "a" * 90])
def test_names_of_facts_can_stand_in_templates(title: str) -> None:
    name = new_id(title, frozenset({"du_kien"}))
    assert re.fullmatch(r"[a-z][a-z0-9_]{1,45}", name)
    assert name not in ("moi", "du_kien")


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in ("kind",)])
async def test_no_text_of_a_fact_is_markup(lan: AtDesk, field: str) -> None:
    fields = form_of((await lan.get(HOTLINE)).text)
    answers = [
        await lan.post(HOTLINE, **{**fields, field: HOSTILE}),
        await lan.post(f"{PAGE}/moi", **{**fields, field: HOSTILE}),
    ]
    answers += [await lan.get(PAGE), await lan.get(HOTLINE)]
    assert all("<script>alert" not in each.text for each in answers)


async def test_where_it_was_seen_is_no_markup(lan: AtDesk) -> None:
    await lan.post(f"{HOTLINE}/xac-nhan", where=HOSTILE, new_value=HOSTILE)
    for path in (PAGE, HOTLINE):
        assert "<script>alert" not in (await lan.get(path)).text


@pytest.mark.parametrize(("role", "edits", "confirms"), [("approver", False, True), ("duty", False, False)])
async def test_who_may_do_what(desk: Desk, web: httpx.AsyncClient, role: Role, edits: bool, confirms: bool) -> None:
    await take_in(desk)
    officer = await sign_in(web, desk, role)
    page = (await officer.get(HOTLINE)).text
    assert ("Lưu bản nháp" in page, "Xác nhận hôm nay" in page) == (edits, confirms)
    assert (await officer.post(HOTLINE, title="x", kind="phone")).status_code == 403
    assert ((await officer.post(f"{HOTLINE}/xac-nhan", where="gọi")).status_code == 303) is confirms


@pytest.mark.parametrize("path", ["", "/xac-nhan"])
async def test_a_fact_that_is_not_there(lan: AtDesk, path: str) -> None:
    assert (await lan.get(f"{PAGE}/nothing")).status_code == 404
    assert (await lan.post(f"{PAGE}/nothing{path}", where="x", title="x", kind="phone")).status_code == 404


@pytest.mark.parametrize("given", ["", "x", "999999", "²", "1"])
async def test_a_base_that_is_none_is_taken_for_the_newest(desk: Desk, lan: AtDesk, given: str) -> None:
    fields = form_of((await lan.get(HOTLINE)).text)
    assert (await lan.post(HOTLINE, **{**fields, "value": "1900 1234", "base": given})).status_code == 303
    assert (await fact(desk, "moh_hotline"))["value"] == "1900 1234"
