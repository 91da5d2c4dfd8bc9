"""The pages on directives: list, search, one to read with its original, and why no answer needs a clause."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from bot.console.desk import Desk
from bot.console.office.naming import named
from bot.content.arriving import arrive, source_of
from bot.store.areas import SqlStore
from bot.store.records import TaskRow
from tests.console.office import AtDesk, sign_in, take_in
from tests.content.arriving import NEW, NEW_FILE, TEXT, new_files

LIST, READ, SOURCE = "/can-bo/van-ban", "/can-bo/van-ban/doc", "/can-bo/van-ban/goc"
PARTY, PEOPLE = "58-CV/TU@2020-12-08", "UBND@2021"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
async def officer(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


def store_of(desk: Desk) -> SqlStore:
    assert isinstance(desk.store.store, SqlStore)
    return desk.store.store


def words(page: httpx.Response) -> str:
    """The text of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def ask(directive: str) -> str:
    return f"?ma={quote(directive, safe='')}"


async def new_one(desk: Desk, files: dict[str, bytes] | None = None) -> None:
    await desk.store.run(arrive, store_of(desk), files or new_files(), "Lan", desk.clock())


async def test_the_list_says_what_each_directive_is(officer: AtDesk) -> None:
    page = await officer.get(LIST)
    assert page.status_code == 200
    said = words(page)
    assert "Số 58-CV/TU · 08/12/2020 · Tỉnh ủy Lai Châu" in said
    assert "Không ghi số · 2021 · UBND tỉnh Lai Châu" in said
    assert "tăng cường chỉ đạo công tác phòng, chống dịch Covid-19" in said
    assert said.count("còn hiệu lực") == 2
    assert re.search(r"7 mục · 1\d câu trả lời dựa vào", said)
    assert len(page.content) < 60_000


async def test_a_draft_stands_first_with_its_open_tasks(desk: Desk, officer: AtDesk) -> None:
    await new_one(desk)
    page = await officer.get(LIST)
    assert words(page).index("12/UBND-VX") < words(page).index("58-CV/TU")
    assert "bản nháp, chưa công bố" in words(page)
    assert re.search(r"0/\d+ việc đã quyết", words(page))


async def test_words_are_found_without_diacritics_and_marked(officer: AtDesk) -> None:
    page = await officer.get(f"{LIST}?tim=khau+trang")
    assert "<mark>khẩu trang</mark>" in page.text
    assert f"{READ}?ma=UBND%402021&amp;muc=2#muc-2" in page.text
    none = await officer.get(f"{LIST}?tim=máy+bay+không+người+lái")
    assert "Không mục nào có đủ các từ này" in words(none)


async def test_a_new_clause_is_found_at_once(desk: Desk, officer: AtDesk) -> None:
    assert "Không mục nào" in words(await officer.get(f"{LIST}?tim=ben xe xe khach"))
    await new_one(desk)
    assert "bến xe và trên xe khách" in words(await officer.get(f"{LIST}?tim=ben xe xe khach"))


@pytest.mark.parametrize(
    "query", ["?trang=0", "?trang=-1", "?trang=x", "?trang=99999999999", "?tim=" + "a" * 5000, "?tim=%00"]
)
async def test_an_odd_address_still_shows_the_list(officer: AtDesk, query: str) -> None:
    assert (await officer.get(f"{LIST}{query}")).status_code == 200


async def test_a_directive_with_a_slash_in_its_id_opens_by_its_link(officer: AtDesk) -> None:
    listed = await officer.get(LIST)
    (link,) = set(re.findall(rf'href="({READ}\?ma=58[^"#]+)"', listed.text))
    page = await officer.get(unescape(link))
    assert page.status_code == 200
    assert "Ban Tuyên giáo Tỉnh ủy tiếp tục định hướng nội dung" in words(page)
    assert 'id="muc-4"' in page.text
    assert re.search(r'href="/can-bo/tra-loi/\w+"', page.text)


async def test_what_is_not_there_says_where_to_look(officer: AtDesk) -> None:
    for address in (READ, f"{READ}?ma=x", f"{SOURCE}?ma=x", "/can-bo/van-ban/viec?ma=x", "/can-bo/van-ban/sua?ban=x"):
        page = await officer.get(address)
        assert page.status_code == 404
        assert f'href="{LIST}"' in page.text


def publish_newer(desk: Desk) -> None:
    """Let the running bot answer from a directive that replaces a clause, and one that is over."""
    guide = desk.reception.guide
    old = guide.catalogue.directives[PARTY]
    newer = replace(
        old, id="99/UBND@2021-01-05", title="Công văn mới", number="99/UBND", date="2021-01-05",
        supersedes=(f"{PARTY}#4",), expires="2021-01-31",
    )  # fmt: skip
    directives = {**guide.catalogue.directives, newer.id: newer}
    desk.reception.guide = guide.successor(replace(guide.catalogue, directives=directives))


async def test_what_was_replaced_says_by_what(desk: Desk, officer: AtDesk) -> None:
    publish_newer(desk)
    page = await officer.get(f"{READ}{ask(PARTY)}")
    assert "còn hiệu lực, 1 mục đã được thay thế" in words(page)
    assert "đã được Công văn mới thay thế từ 05/01/2021 Mở Công văn mới" in words(page)
    assert f'href="{READ}?ma=99/UBND%402021-01-05"' in page.text
    assert "hết hiệu lực từ 01/02/2021" in words(await officer.get(LIST))


async def test_the_original_is_saved_and_never_shown(desk: Desk, officer: AtDesk) -> None:
    await new_one(desk)
    file = await officer.get(f"{SOURCE}{ask(NEW)}")
    assert file.content == TEXT.encode()
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''12-UBND-VX_2021-03-10.txt"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]
    assert (await officer.get(f"{SOURCE}{ask(PARTY)}")).status_code == 200


async def test_the_original_comes_from_its_folder_only(desk: Desk, officer: AtDesk) -> None:
    files = {
        name: body.replace(b"source: data/directives/source/12-UBND-VX_2021-03-10.txt", b"source: data/facts.yaml")
        for name, body in new_files().items()
    }
    await new_one(desk, files)
    assert (await officer.get(f"{SOURCE}{ask(NEW)}")).status_code == 404


async def test_a_reason_is_kept_as_a_draft_and_shown(desk: Desk, officer: AtDesk) -> None:
    await new_one(desk)
    page = await officer.get(f"{READ}{ask(NEW)}")
    assert "Chưa có câu trả lời nào dùng mục này" in words(page)
    saved = await officer.post(READ, ma=NEW, duong="3", ly_do="nói về ngày hiệu lực")
    assert saved.headers["location"] == f"{READ}{ask(NEW)}&muc=3&da=luu#muc-3"
    assert "Không cần câu trả lời: nói về ngày hiệu lực" in words(await officer.get(f"{READ}{ask(NEW)}"))
    source = await desk.store.run(source_of, store_of(desk).versions, NEW)
    assert source.values["agency_only"] == {"3": "nói về ngày hiệu lực"}
    again = await officer.post(READ, ma=NEW, duong="3", ly_do="nói về ngày hiệu lực")
    assert "khong-doi" in again.headers["location"]
    trail = await desk.store.run(store_of(desk).people.trail, 1)
    assert (trail[0].action, trail[0].subject) == ("clause_reasoned", f"{NEW}#3")


@pytest.mark.parametrize("fields", [{}, {"ma": "x"}, {"ma": PARTY, "duong": "99", "ly_do": "x"}])
async def test_a_reason_for_what_is_not_there_is_refused(officer: AtDesk, fields: dict[str, str]) -> None:
    assert (await officer.post(READ, **fields)).status_code == 404


async def test_nothing_that_stands_in_a_directive_becomes_a_tag(desk: Desk, officer: AtDesk) -> None:
    evil = EVIL.encode()
    body = new_files()[NEW_FILE]
    for before, after in (
        (rb"^title: .*", b"title: '" + evil + b"'"),
        (rb"^short_title: .*", b"short_title: '" + evil + b"'"),
        (rb"^subject: .*", b"subject: '" + evil + b"'"),
        (rb"^signer: .*", b"signer: '" + evil + b"'"),
        ("bến xe".encode(), evil + "bến xe".encode()),
    ):
        body, count = re.subn(before, after, body, flags=re.MULTILINE)
        assert count == 1
    await new_one(desk, new_files() | {NEW_FILE: body})
    await officer.post(READ, ma=NEW, duong="3", ly_do=EVIL)
    for address in (
        LIST,
        f"{LIST}?tim=bến+xe",
        f"{LIST}?tim={quote(EVIL)}",
        f"{READ}{ask(NEW)}",
        f"/can-bo/van-ban/viec{ask(NEW)}",
    ):
        page = await officer.get(address)
        assert page.status_code == 200
        assert EVIL not in page.text
        assert "alert(1)" in page.text


async def test_who_may_not_edit_reads_without_forms(desk: Desk, web: httpx.AsyncClient) -> None:
    await take_in(desk)
    duty = await sign_in(web, desk, "duty", name="Hoa")
    await desk.store.run(store_of(desk).tasks.put, [TaskRow(PARTY, "answer:mask", {})])
    page = await duty.get(f"{READ}{ask(PARTY)}")
    assert page.status_code == 200
    assert 'action="/can-bo/van-ban/doc"' not in page.text
    assert "Thêm văn bản mới" not in words(await duty.get(LIST))
    assert "Việc cần xem lại" not in words(page)


async def test_a_directive_is_found_by_the_name_of_its_file(officer: AtDesk) -> None:
    link = named("data/directives/58-CV-TU_2020-12-08.md", {}).href
    assert words(await officer.get(link)) == words(await officer.get(READ + ask(PARTY)))
    assert (await officer.get(f"{READ}?tep=khong-co")).status_code == 404
