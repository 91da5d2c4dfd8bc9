"""A file becomes a reading, the reading is corrected, and a draft comes of it; all of it without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.console.desk import Desk
from bot.console.office.access import FORM_TOKEN
from bot.content.arriving import source_of, tasks_of
from tests.console.office import AtDesk, sign_in, take_in
from tests.console.test_office_directives import EVIL, store_of, words
from tests.content.arriving import NAME, NEW, NEW_FILE, SOURCE_FILE
from tests.content.arriving import TEXT as SMALL
from tests.fakes import FixedClock

MOI, SUA, LIST = "/can-bo/van-ban/moi", "/can-bo/van-ban/sua", "/can-bo/van-ban"
# Of the real pack: it repeals a clause of the older directive, which has a number.
TEXT = SMALL.replace(
    "2. Bãi bỏ mục 1 Công văn số 05/UBND-VX ngày 05/02/2021 của UBND tỉnh.",
    "2. Bãi bỏ mục 4 Công văn số 58-CV/TU ngày 08/12/2020 của Tỉnh ủy.",
)
OLD = "58-CV/TU@2020-12-08#4"


@dataclass
class Page:
    """A page with a reading, as a browser without JavaScript has it: every field is sent with every button."""

    officer: AtDesk
    address: str
    answer: httpx.Response

    @property
    def fields(self) -> dict[str, Any]:
        form = self.answer.text.split('id="ban-doc"')[1].split("</form>")[0]
        found: dict[str, list[str]] = {}
        for tag in re.findall(r"<input[^>]*>|<textarea[^>]*>.*?</textarea>", form, re.DOTALL):
            name = re.search(r'name="([^"]+)"', tag)
            assert name
            if 'type="checkbox"' in tag and " checked" not in tag:
                continue
            value = re.search(r'value="([^"]*)"', tag)
            text = tag.split(">", 1)[1].rsplit("<", 1)[0].removeprefix("\n") if tag.startswith("<textarea") else None
            found.setdefault(name[1], []).append(unescape(text if text is not None else value[1] if value else ""))
        return dict(found)

    async def press(self, act: str, **changes: Any) -> httpx.Response:
        fields = {**self.fields, **changes, "viec": act}
        answer = await self.officer.client.post(self.address, data=fields)
        if answer.status_code == 303 and SUA in answer.headers["location"]:
            self.answer = await self.officer.get(answer.headers["location"])
        elif answer.status_code in (409, 422):
            self.answer = answer
        return answer

    def texts(self) -> list[tuple[str, str]]:
        fields = self.fields
        return list(zip(fields["duong"], fields["loi"], strict=True))

    def said_at(self, field: str) -> str:
        found = re.search(rf'id="loi-{field}">([^<]*)<', self.answer.text)
        return unescape(found[1]) if found else ""


@pytest.fixture
async def officer(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


async def send(officer: AtDesk, data: bytes, name: str) -> httpx.Response:
    return await officer.client.post(MOI, data={FORM_TOKEN: officer.form_token}, files={"tep": (name, data)})


async def uploaded(officer: AtDesk, text: str = TEXT, name: str = NAME) -> Page:
    sent = await send(officer, text.encode(), name)
    assert sent.status_code == 303, words(sent)
    address = sent.headers["location"]
    return Page(officer, address, await officer.get(address))


async def test_a_file_is_shown_beside_what_was_read_of_it(officer: AtDesk) -> None:
    page = await uploaded(officer)
    lines = re.findall(r"<li>([^<]*)</li>", page.answer.text.split("Chữ trong tệp")[1].split("</ol>")[0])
    assert "".join("".join(map(unescape, lines)).split()) == "".join(TEXT.split())
    fields = page.fields
    assert (fields["number"], fields["date"], fields["id"]) == (["12/UBND-VX"], ["10/03/2021"], [NEW])
    assert fields["addressees"] == ["Các sở, ban, ngành"]
    assert [path for path, _ in page.texts()] == ["head", "1", "2", "3", "end"]
    assert len(page.answer.content) < 60_000


async def test_what_is_only_proposed_is_not_entered(officer: AtDesk) -> None:
    page = await uploaded(officer)
    said = words(page.answer)
    assert "Bãi bỏ mục 4 của Công văn 58-CV/TU" in said
    assert "Lấy ngày 15/03/2021" in said
    assert "thay" not in page.fields
    assert page.fields["effective"] == [""]
    await page.press("lay:effective")
    assert page.fields["effective"] == ["15/03/2021"]


async def test_doubts_stand_at_their_field(officer: AtDesk) -> None:
    page = await uploaded(officer, TEXT.replace("Số: 12/UBND-VX\n", "").replace("CHỦ TỊCH\nNguyễn Văn A\n", ""))
    number = page.answer.text.split('id="number"')[1].split('<div class="field">')[0]
    assert "để trống mục số" in unescape(number)
    signer = page.answer.text.split('id="signer"')[1].split('<div class="field">')[0]
    assert "để trống mục người ký" in unescape(signer)


REFUSED = [
    (b"", "trong.txt", "tệp trống"),
    (b"\x89PNG\r\n\x1a\n" + bytes(200), "anh.png", "gửi bản .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cu.doc", "lưu thành .docx"),
    (b"PK\x03\x04" + bytes(30), "hong.docx", "Cách làm:"),
    (b"%PDF-1.4\nxxx", "hong.pdf", "Cách làm:"),
]


@pytest.mark.parametrize(("data", "name", "said"), REFUSED, ids=[name for _, name, _ in REFUSED])
async def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    desk: Desk, officer: AtDesk, data: bytes, name: str, said: str
) -> None:
    page = await send(officer, data, name)
    assert page.status_code == 422
    assert f"Chưa đọc được “{name}”" in words(page)
    assert said in words(page)
    assert await desk.store.run(store_of(desk).uploads.open, desk.clock()) == []


async def test_too_large_a_file_is_refused_in_a_sentence(officer: AtDesk) -> None:
    page = await send(officer, b"a" * 20_000_001, "to.txt")
    assert page.status_code == 422
    assert "tệp lớn quá 20 MB" in words(page)
    more = await send(officer, b"a" * 25_100_000, "to.txt")
    assert more.status_code == 413
    assert more.headers["content-type"].startswith("text/html")
    assert "Tệp lớn quá: máy nhận tới 20 MB." in more.text
    assert f'href="{MOI}"' in more.text


@pytest.mark.parametrize("fields", [{}, {"tep": "không phải tệp"}])
async def test_no_file_at_all_says_so(officer: AtDesk, fields: dict[str, str]) -> None:
    page = await officer.post(MOI, **fields)
    assert page.status_code == 422
    assert "Chưa có tệp nào" in words(page)


async def test_corrections_survive_a_reload_and_are_listed(officer: AtDesk) -> None:
    page = await uploaded(officer)
    saved = await page.press("luu", signer="Trần Văn B", addressees="Sở Y tế\r\n\r\nSở Công Thương")
    assert "luu-tam" in saved.headers["location"]
    page.answer = await officer.get(page.address)
    assert page.fields["signer"] == ["Trần Văn B"]
    assert page.fields["addressees"] == ["Sở Y tế\n\nSở Công Thương"]
    assert NAME in words(await officer.get(LIST))


async def test_clauses_are_cut_joined_added_and_taken_out_by_buttons(officer: AtDesk) -> None:
    page = await uploaded(officer)
    refused = await page.press("tach:1")
    assert refused.status_code == 422
    assert "viết một dòng chỉ có ===" in words(refused)
    texts = page.fields["loi"]
    cut = await page.press("tach:1", loi=[texts[0], "Đeo khẩu trang.\n===\nRửa tay.", *texts[2:]])
    assert cut.headers["location"].endswith("#muc-2")
    assert page.texts()[1:3] == [("1", "Đeo khẩu trang."), ("1-2", "Rửa tay.")]
    await page.press("gop:2")
    assert page.texts()[1] == ("1", "Đeo khẩu trang.\n\nRửa tay.")
    await page.press("them:3")
    assert page.texts()[4] == ("4", "")
    await page.press("xoa:4")
    await page.press("xoa:0", duong=["head", "1", "2a", "3", "end"])
    assert [path for path, _ in page.texts()] == ["1", "2a", "3", "end"]
    for _ in range(4):
        await page.press("xoa:0")
    assert "duong" not in page.fields
    await page.press("them")
    assert page.texts() == [("1", "")]
    await page.press("lai")
    assert [path for path, _ in page.texts()] == ["head", "1", "2", "3", "end"]


@pytest.mark.parametrize("act", ["tach:99", "gop:x", "xoa:", "them:99", "lay:id", "nonsense", "xoa:-1"])
async def test_an_odd_button_changes_nothing(officer: AtDesk, act: str) -> None:
    page = await uploaded(officer)
    before = page.fields
    await page.press(act)
    assert {**page.fields, "lan": ""} == {**before, "lan": ""}


async def test_who_saves_over_somebody_else_is_told_and_loses_nothing(officer: AtDesk) -> None:
    mine = await uploaded(officer)
    theirs = Page(officer, mine.address, mine.answer)
    await theirs.press("luu", signer="Người khác")
    refused = await mine.press("luu", signer="Của tôi")
    assert refused.status_code == 409
    assert "vừa lưu bản đọc này" in words(refused)
    assert mine.fields["signer"] == ["Của tôi"]
    theirs.answer = await officer.get(mine.address)
    assert theirs.fields["signer"] == ["Người khác"]


async def test_an_overtaken_officer_may_save_once_he_has_seen_it(officer: AtDesk) -> None:
    mine = await uploaded(officer)
    await Page(officer, mine.address, mine.answer).press("luu", signer="Người khác")
    await mine.press("luu", signer="Của tôi")
    assert (await mine.press("luu")).status_code == 303
    assert mine.fields["signer"] == ["Của tôi"]


async def test_a_pause_saves_without_a_new_page(officer: AtDesk) -> None:
    page = await uploaded(officer)
    fields = {**page.fields, "viec": "luu", "signer": "Gõ dở"}
    saved = await officer.client.post(page.address, data=fields, headers={"X-Loa-Part": "1"})
    assert saved.json() == {"lan": 1}
    again = await officer.client.post(page.address, data=fields, headers={"X-Loa-Part": "1"})
    assert (again.status_code, "vừa lưu" in again.json()["problem"]) == (409, True)


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(desk: Desk, officer: AtDesk) -> None:
    page = await uploaded(officer)
    texts = page.fields["loi"]
    refused = await page.press("nhap", id="12 UBND", year="2020", loi=[*texts[:2], "", *texts[3:]])
    assert refused.status_code == 422
    assert "Còn 3 chỗ cần sửa" in words(refused)
    assert "không chứa khoảng trắng" in page.said_at("id")
    assert "khác với ngày ban hành" in page.said_at("year")
    assert "chưa có chữ nào" in page.said_at("muc-2")
    assert 'aria-describedby="loi-id"' in refused.text
    assert re.findall(r'href="#(loi-[^"]+)"', refused.text) == ["loi-id", "loi-year", "loi-muc-2"]
    assert await desk.store.run(store_of(desk).versions.drafts) == []


async def test_what_the_check_of_the_content_finds_stands_at_its_field(officer: AtDesk) -> None:
    page = await uploaded(officer)
    refused = await page.press("nhap", others="UBND@2021\nUBND@1999")
    assert refused.status_code == 422
    assert page.said_at("others") == "Phần thay thế ghi “UBND@1999”, không có văn bản này. Có phải “UBND@2021”?"


async def test_it_becomes_a_draft_with_its_original_and_its_tasks(desk: Desk, officer: AtDesk) -> None:
    page = await uploaded(officer)
    kept = await page.press("nhap", thay=[OLD], signer="Trần Văn B", rieng=["phần đầu", "", "", "", ""])
    assert kept.status_code == 303
    assert (
        kept.headers["location"] == f"/can-bo/van-ban/viec?ma={NEW.replace('/', '%2F').replace('@', '%40')}&da=van-ban"
    )
    versions = store_of(desk).versions
    drafts = {draft.item: draft.version for draft in await desk.store.run(versions.drafts)}
    assert set(drafts) == {NEW_FILE, SOURCE_FILE}
    assert await desk.store.run(versions.body, drafts[SOURCE_FILE].id) == TEXT.encode()
    source = await desk.store.run(source_of, versions, NEW)
    assert (source.values["supersedes"], source.values["signer"]) == ([OLD], "Trần Văn B")
    assert source.values["agency_only"] == {"head": "phần đầu"}
    tasks = {task.id: task.state for _, task in await desk.store.run(tasks_of, store_of(desk), NEW)}
    assert tasks[f"clause:{OLD}"] == "withdraw", "what was ticked is decided"
    assert set(tasks.values()) == {"withdraw", "open"}
    assert await desk.store.run(store_of(desk).uploads.open, desk.clock()) == []
    assert (await officer.get(page.address)).status_code == 404
    deeds = [deed.action for deed in await desk.store.run(store_of(desk).people.trail, 2)]
    assert deeds == ["directive_added", "directive_read"]


async def test_a_directive_that_is_held_is_refused_at_its_id(officer: AtDesk) -> None:
    await (await uploaded(officer)).press("nhap")
    page = await uploaded(officer)
    refused = await page.press("nhap")
    assert refused.status_code == 422
    assert "Kho đã có văn bản mang mã này" in page.said_at("id")
    moved = await page.press("nhap", number="13/UBND-VX")
    assert moved.status_code == 303, "id and file follow the number"


async def test_a_reading_can_be_dropped(officer: AtDesk) -> None:
    page = await uploaded(officer)
    dropped = await page.press("bo")
    assert dropped.headers["location"] == f"{LIST}?da=bo"
    assert (await page.press("luu")).status_code == 404


async def test_a_day_later_it_is_gone(officer: AtDesk, clock: FixedClock) -> None:
    page = await uploaded(officer)
    clock.go_on(hours=6)
    await page.press("luu")
    clock.go_on(hours=11)
    assert (await officer.get(page.address)).status_code == 200
    clock.go_on(hours=11)
    assert (await officer.get(LIST)).status_code == 200
    clock.go_on(hours=3)
    assert (await officer.get(page.address)).status_code == 404


async def test_the_original_can_be_saved_while_it_is_corrected(officer: AtDesk) -> None:
    page = await uploaded(officer, name="công văn <b>.txt")
    upload = parse_qs(urlsplit(page.address).query)["ban"][0]
    file = await officer.get(f"{MOI}/goc?ban={upload}")
    assert file.content == TEXT.encode()
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''c%C3%B4ng")
    assert "<" not in file.headers["content-disposition"]


async def test_nothing_that_stands_in_a_file_or_field_becomes_a_tag(officer: AtDesk) -> None:
    page = await uploaded(officer, TEXT.replace("Đeo khẩu", f"{EVIL} Đeo khẩu"), f"{EVIL}.txt".replace("/", ""))
    evil = f'"><{EVIL}</textarea>{EVIL}'
    names = [name for name in page.fields if name not in (FORM_TOKEN, "lan", "duong", "loi", "rieng")]
    count = len(page.fields["duong"])
    many = {name: [evil] * count for name in ("duong", "loi", "rieng")}
    answer = await page.press("nhap", **dict.fromkeys(names, evil), **many, thay=[evil])
    assert answer.status_code == 422
    for shown in (answer, await officer.get(page.address), await officer.get(LIST)):
        assert "<script>alert" not in shown.text
        assert "script" in shown.text.split("<main")[1]
    assert page.fields["loi"][0] == evil
    await page.press("luu", **dict.fromkeys(names, evil), **many, thay=[evil])
    assert page.fields["signer"] == [evil]
    assert page.fields["thay"] == [evil]
