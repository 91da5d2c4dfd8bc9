"""Loa's own sentences: every one has a name for officers, and two officers' edits come together."""

from __future__ import annotations

import re

import httpx
import pytest
import yaml

from bot.console.desk import Desk
from bot.console.office.sentence_words import GROUPS, group_of
from bot.content.blank_words import VARIABLES
from bot.content.drafting import head
from bot.content.releasing import candidate, check_texts
from bot.content.sentence_checks import MESSAGES, limit_of
from bot.core.messages import COMMON, SENTENCES
from tests.console.office import AtDesk, sign_in, take_in

PAGE = "/can-bo/cau-loa"
HOSTILE = "</textarea><script>alert(1)</script>"


@pytest.fixture
async def lan(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


async def text_of(desk: Desk) -> str:
    return (await desk.store.run(head, desk.store.store.versions, MESSAGES)).text


async def sentence(desk: Desk, name: str) -> str:
    return str(yaml.safe_load(await text_of(desk))[name]).strip()


def base_of(page: str) -> str:
    found = re.search(r'name="base" value="(\d+)"', page)
    assert found is not None
    return found[1]


async def saved(officer: AtDesk, name: str, text: str, base: str) -> httpx.Response:
    return await officer.post(f"{PAGE}/{name}", text=text, base=base)


def test_every_sentence_and_variable_has_a_name_of_its_own() -> None:
    named = [name for group in GROUPS for name in group.sentences]
    assert sorted(named) == sorted(SENTENCES)
    titles = [title for group in GROUPS for title in group.sentences.values()]
    assert len(set(titles)) == len(titles)
    assert set(VARIABLES) == {each for names in SENTENCES.values() for each in names} | set(COMMON)


async def test_every_sentence_has_a_page_without_findings(lan: AtDesk) -> None:
    page = await lan.get(PAGE)
    assert len(page.content) < 60_000
    for name in SENTENCES:
        assert f'href="{PAGE}/{name}"' in page.text
    for group in GROUPS:
        name = next(iter(group.sentences))
        one = await lan.get(f"{PAGE}/{name}")
        assert one.status_code == 200
        assert "Không thấy lỗi." in one.text, name


async def test_it_is_searched_without_marks(lan: AtDesk) -> None:
    page = (await lan.get(f"{PAGE}?tim=nhan+dan")).text
    assert f'href="{PAGE}/got_sticker"' in page
    assert f'href="{PAGE}/start"' not in page
    assert "Không có câu nào" in (await lan.get(f"{PAGE}?tim=zzz")).text
    assert "<script>alert" not in (await lan.get(f"{PAGE}?tim={HOSTILE}&nhap={HOSTILE}")).text


async def test_an_edit_becomes_a_draft_that_changes_one_sentence(desk: Desk, lan: AtDesk) -> None:
    before = (await text_of(desk)).splitlines()
    base = base_of((await lan.get(f"{PAGE}/why_wrong")).text)
    answer = await saved(lan, "why_wrong", "Sai rồi: không đúng", base)
    assert answer.headers["location"] == f"{PAGE}/why_wrong?da=luu"
    assert await sentence(desk, "why_wrong") == "Sai rồi: không đúng"
    assert len([line for line in (await text_of(desk)).splitlines() if line not in before]) == 1
    made = await desk.store.run(candidate, desk.store.store.versions)
    assert check_texts(made.texts).problems == ()
    page = (await lan.get(f"{PAGE}?nhap=1")).text
    assert f'href="{PAGE}/why_wrong"' in page
    assert f'href="{PAGE}/start"' not in page
    (deed,) = await desk.store.run(desk.store.store.people.trail, 1)
    assert (deed.action, deed.subject) == ("sentence_edited", "why_wrong")


async def test_several_lines_stay_a_block_and_browsers_line_ends_do_not_count(desk: Desk, lan: AtDesk) -> None:
    page = (await lan.get(f"{PAGE}/not_understood")).text
    text = await sentence(desk, "not_understood")
    same = await saved(lan, "not_understood", text.replace("\n", "\r\n"), base_of(page))
    assert same.headers["location"].endswith("khong-doi")
    await saved(lan, "not_understood", "Dòng một.\r\n\r\nDòng hai.", base_of(page))
    assert "not_understood: |\n  Dòng một.\n\n  Dòng hai.\n#" in await text_of(desk)


async def test_two_officers_who_edit_neighbours_come_together(desk: Desk, lan: AtDesk) -> None:
    base = base_of((await lan.get(f"{PAGE}/why_wrong")).text)
    hoa = await sign_in(lan.client, desk, "editor", name="Hoa")
    await saved(hoa, "why_wrong", "Sai rồi", base)
    answer = await saved(hoa, "why_unclear", "Khó hiểu quá", base)
    assert answer.headers["location"] == f"{PAGE}/why_unclear?da=gop"
    assert (await sentence(desk, "why_wrong"), await sentence(desk, "why_unclear")) == ("Sai rồi", "Khó hiểu quá")


async def test_the_same_sentence_is_not_overwritten_unseen(desk: Desk, lan: AtDesk) -> None:
    base = base_of((await lan.get(f"{PAGE}/why_wrong")).text)
    hoa = await sign_in(lan.client, desk, "editor", name="Hoa")
    await saved(hoa, "why_wrong", "Câu của Hoa", base)
    conflict = await saved(hoa, "why_wrong", "Câu của tôi", base)
    assert conflict.status_code == 409
    assert "Câu của Hoa" in conflict.text
    assert "Câu của tôi</textarea>" in conflict.text
    assert await sentence(desk, "why_wrong") == "Câu của Hoa"
    assert (await saved(hoa, "why_wrong", "Câu của tôi", base_of(conflict.text))).status_code == 303
    assert await sentence(desk, "why_wrong") == "Câu của tôi"


async def test_it_is_looked_at_without_being_saved(desk: Desk, lan: AtDesk) -> None:
    text = '**Chào** {{ province }}, gọi {{ fact("moh_hotline") }}'
    for answer in (
        await lan.post(f"{PAGE}/start", text=text, do="xem"),
        await lan.post(f"{PAGE}/start/xem", text=text),
    ):
        assert "<strong>Chào</strong> Lai Châu" in answer.text
        assert "1900 9095" in answer.text
    part = await lan.post(f"{PAGE}/start/xem", text=text)
    assert "<html" not in part.text
    assert await desk.store.run(desk.store.store.versions.drafts) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("start", "Chào {{ provinse }}", "không có tên"),
        ("start", 'Gọi {{ fact("moh_hotlin") }}', "có phải là “Đường dây nóng của Bộ Y tế”"),
        ("start", "Gọi «dữ kiện: Đường dây nóng Bộ Y tế»", "có phải “Đường dây nóng của Bộ Y tế”"),
        ("start", "Chào «điền: tên tỉnh", "thiếu dấu » ở cuối"),
        ("start", "Gọi 0213 3876 543 nhé", "gõ thẳng"),
        ("start", "{% for x in y %}", "sai cú pháp"),
        ("start", "{{ 'a' * 200000000 }}", "không dùng được"),
        ("start", "x" * 5000, "Telegram nhận 4096"),
        ("about_short", "x" * 121, "Telegram nhận 120"),
        ("command_start_en", "x" * 257, "Telegram nhận 256"),
    ],
)
async def test_findings_are_shown_and_a_draft_may_still_be_kept(lan: AtDesk, name: str, text: str, found: str) -> None:
    shown = await lan.post(f"{PAGE}/{name}", text=text, do="xem")
    assert shown.status_code == 200
    assert found in shown.text
    base = base_of(shown.text)
    assert (await saved(lan, name, text, base)).status_code == 303
    assert found in (await lan.get(f"{PAGE}/{name}")).text


async def test_an_empty_sentence_is_refused(desk: Desk, lan: AtDesk) -> None:
    assert (await saved(lan, "start", " \r\n ", "1")).status_code == 422
    assert await desk.store.run(desk.store.store.versions.drafts) == []


@pytest.mark.parametrize("name", ["start", "page_title", "button_up", "about_short", "paused"])
async def test_no_sentence_is_markup(desk: Desk, lan: AtDesk, name: str) -> None:
    answers = [
        await lan.post(f"{PAGE}/{name}", text=HOSTILE, do="xem"),
        await lan.post(f"{PAGE}/{name}/xem", text=HOSTILE),
    ]
    await saved(lan, name, HOSTILE, "")
    assert await sentence(desk, name) == HOSTILE
    answers += [await lan.get(f"{PAGE}/{name}"), await lan.get(PAGE)]
    assert all("<script>alert" not in each.text for each in answers)


async def test_a_first_line_break_survives_the_textarea(lan: AtDesk) -> None:
    page = (await lan.get(f"{PAGE}/start")).text
    assert re.search(r"<textarea[^>]*>\n\*\*Chào", page), "a textarea swallows one line end"


async def test_who_does_not_edit_sees_the_sentence(desk: Desk, web: httpx.AsyncClient) -> None:
    await take_in(desk)
    officer = await sign_in(web, desk, "duty")
    page = (await officer.get(f"{PAGE}/start")).text
    assert "Chào anh/chị" in page
    assert "<textarea" not in page
    for path in ("/start", "/start/xem"):
        assert (await officer.post(PAGE + path, text="x")).status_code == 403


@pytest.mark.parametrize("path", ["", "/xem"])
async def test_a_sentence_that_is_not_there(lan: AtDesk, path: str) -> None:
    assert (await lan.get(f"{PAGE}/nothing")).status_code == 404
    assert (await lan.post(f"{PAGE}/nothing{path}", text="x")).status_code == 404


def test_limits_are_those_of_the_place() -> None:
    assert (limit_of("about_short"), limit_of("command_start"), limit_of("start")) == (120, 256, 4096)
    assert group_of("paused").id == "chua-hieu"


async def test_a_broken_draft_is_said_and_loses_nothing(desk: Desk, lan: AtDesk) -> None:
    from bot.content.drafting import save

    def breaks() -> None:
        versions = desk.store.store.versions
        save(versions, head(versions, MESSAGES), "start: [\n", "Mai", desk.clock())

    await desk.store.run(breaks)
    assert (await lan.get(PAGE)).status_code == 200
    answer = await saved(lan, "start", "Chào", "")
    assert answer.status_code == 409
    assert "đang hỏng" in answer.text
    assert "Chào</textarea>" in answer.text


async def test_what_loa_fills_in_has_a_name_and_the_file_keeps_its_form(desk: Desk, lan: AtDesk) -> None:
    for name in SENTENCES:
        page = (await lan.get(f"{PAGE}/{name}")).text
        assert "{{" not in page, name
        assert "{%" not in page, name
    before = await text_of(desk)
    page = (await lan.get(f"{PAGE}/start")).text
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    assert "bà con «điền: tên tỉnh»" in found[1]
    same = await saved(lan, "start", found[1], base_of(page))
    assert same.headers["location"].endswith("da=khong-doi")
    await saved(lan, "start", f"{found[1]}\nGọi «dữ kiện: Đường dây nóng của Bộ Y tế».", base_of(page))
    assert await text_of(desk) == before.replace(
        "hoặc bấm chọn một chủ đề.\ntopics", 'hoặc bấm chọn một chủ đề.\n  Gọi {{ fact("moh_hotline") }}.\ntopics'
    )


async def test_a_conflict_speaks_as_the_editor_does(lan: AtDesk) -> None:
    base = base_of((await lan.get(f"{PAGE}/start")).text)
    await saved(lan, "start", "Chào «điền: tên tỉnh».", base)
    clash = await saved(lan, "start", "Xin chào «điền: tên tỉnh».", base)
    assert clash.status_code == 409
    assert "<pre>Chào «điền: tên tỉnh».</pre>" in clash.text
    assert "{{" not in clash.text
