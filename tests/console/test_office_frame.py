"""The frame of the report: edited in fields, kept as a draft that changes nothing else, published like all content."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from bot.console.desk import Desk
from bot.console.office.changes_shown import parts
from bot.content.drafting import head
from bot.content.frame_edits import FRAME, edited, frame_fields, in_file, in_words
from bot.content.releasing import candidate, check_texts
from bot.core.report_frame import BLANKS
from tests.conftest import ROOT
from tests.console.office import AtDesk, sign_in, take_in

PAGE = "/can-bo/so-lieu/khung"
HOSTILE = "</textarea><script>alert(1)</script>"
TEXT = (ROOT / FRAME).read_text("utf-8")


@pytest.fixture
async def lan(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


async def text_of(desk: Desk) -> str:
    return (await desk.store.run(head, desk.store.store.versions, FRAME)).text


def fields(page: str) -> dict[str, str]:
    """The form as a browser sends it."""
    form = page.split(f'action="{PAGE}"')[1].split("</form>")[0]
    found = {name: unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', form)}
    found |= {
        name: unescape(text) for name, text in re.findall(r'name="(\w+)" rows[^>]*>\n(.*?)</textarea>', form, re.S)
    }
    chosen = re.search(r'<option value="([^"]*)" selected', form)
    assert chosen is not None
    return {**found, "basis": unescape(chosen[1])}


def test_saving_what_was_shown_changes_nothing() -> None:
    shown = frame_fields(TEXT)
    assert edited(TEXT, shown.values, shown.lines) == TEXT
    assert not [text for text in (*shown.values.values(), *(words for _, words in shown.rest)) if "{" in text]
    for name in BLANKS:
        assert in_file(in_words(f"a {{{name}}} b")) == f"a {{{name}}} b"
    assert len(set(BLANKS.values())) == len(BLANKS)


def test_an_edit_changes_only_its_own_lines() -> None:
    shown = frame_fields(TEXT)
    values = {**shown.values, "place": "Phong Thổ", "opening": "Từ «điền: ngày đầu kỳ», báo cáo:\nnhư sau"}
    after = edited(TEXT, values, {"organ": ("UBND HUYỆN",), "recipients": (*shown.lines["recipients"], "Báo: {x}")})
    again = frame_fields(after)
    assert again.values == {**values, "opening": "Từ «điền: ngày đầu kỳ», báo cáo: như sau"}
    assert again.lines["organ"] == ("UBND HUYỆN",)
    assert again.lines["recipients"][-1] == "Báo: {x}"
    assert again.rest == shown.rest
    assert [line for line in TEXT.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]


async def test_it_becomes_a_draft_that_is_published_like_all_content(desk: Desk, lan: AtDesk) -> None:
    page = (await lan.get(PAGE)).text
    assert "«điền: ngày đầu kỳ»" in page
    same = await lan.post(PAGE, **fields(page))
    assert same.headers["location"] == f"{PAGE}?da=khong-doi"
    saved = await lan.post(PAGE, **fields(page) | {"place": "Phong Thổ", "recipients": "Như trên,\n\nLưu"})
    assert saved.headers["location"] == f"{PAGE}?da=luu"
    text = await text_of(desk)
    assert "place: Phong Thổ\n" in text
    assert text.endswith('recipients:\n  - Như trên,\n  - "Lưu"\n')
    assert "Bản nháp của Lan" in (await lan.get(PAGE)).text
    assert f'href="{PAGE}"' in (await lan.get("/can-bo/cong-bo")).text
    made = await desk.store.run(candidate, desk.store.store.versions)
    assert check_texts(made.texts).problems == ()


async def test_what_is_wrong_is_told_and_text_is_never_markup(lan: AtDesk) -> None:
    typed = fields((await lan.get(PAGE)).text)
    empty = await lan.post(PAGE, **typed | {"kind": " ", "place": HOSTILE})
    assert empty.status_code == 422
    assert "“Loại văn bản” không được để trống" in empty.text
    assert fields(empty.text)["place"] == HOSTILE
    await lan.post(PAGE, **typed | {"opening": f"Có «điền: số câu» và «dở {HOSTILE}", "basis": "X@2021#1"})
    page = unescape((await lan.get(PAGE)).text)
    assert "không hiểu «điền: số câu»" in page
    assert "thiếu dấu » ở cuối" in page
    assert "căn cứ “mục 1 của X năm 2021” không có trong các văn bản" in page
    assert "<script>alert" not in (await lan.get(PAGE)).text


async def test_two_at_once_lose_nothing(desk: Desk, lan: AtDesk) -> None:
    typed = fields((await lan.get(PAGE)).text)
    await lan.post(PAGE, **typed | {"place": "Phong Thổ"})
    merged = await lan.post(PAGE, **typed | {"recipients": "Như trên"})
    assert merged.headers["location"] == f"{PAGE}?da=gop"
    clash = await lan.post(PAGE, **typed | {"place": "Mường Tè"})
    assert clash.status_code == 409
    assert fields(clash.text)["place"] == "Mường Tè"
    assert "<del>Phong Thổ</del>" in clash.text
    assert (await lan.post(PAGE, **fields(clash.text))).headers["location"] == f"{PAGE}?da=luu"
    assert "place: Mường Tè\n" in await text_of(desk)


def test_changes_that_wait_are_told_in_the_words_of_the_editor() -> None:
    old = (
        b'V\xc4\x83n b\xe1\xba\xa3n ghi {% quote "UBND@2021#2" %}m\xe1\xbb\x99t hai ba b\xe1\xbb\x91n{% endquote %}.\n'
    )
    told = parts("responses/vi/mask.md", old, old.replace(b"ghi", "lại ghi".encode()))
    words = "".join(run.text for part in told for line in part.lines for run in line)
    assert "lại" in words
    assert "{%" not in words
    assert parts("data/x.yaml", b"a: '{{ x }}'", b"b: '{{ x }}'")
