"""The figures as officers see them, take them away and report them."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import httpx
import pypdfium2
import pytest
from docx import Document

from bot.console.desk import Desk
from bot.content.releasing import candidate, publish
from bot.content.tree import LANGUAGE
from bot.core.guide import Guide
from bot.core.reply import Outcome, Scored
from bot.store.counts import day_number
from bot.store.records import Effects, Question, Vote
from bot.store.versions import Edit
from tests.console.office import AtDesk, sign_in, take_in
from tests.fakes import NOON, change, rows

HOSTILE = "<img src=x onerror=alert(1)>"
PAGE = "/can-bo/so-lieu"
DAY = timedelta(days=1)
MASK = f"responses/{LANGUAGE}/mask.md"


async def ask(desk: Desk, *answered: str, days: int = 0, outcome: Outcome = Outcome.ANSWERED, near: str = "") -> None:
    intents = (Scored(near, 0.5),) if near else ()
    question = Question("câu hỏi riêng", outcome, answered, intents, "r1")
    await desk.store.run(desk.store.store.residents.apply, Effects("an", NOON - days * DAY, "web", question=question))


async def vote(desk: Desk, message: str, subjects: str = "mask", release: str = "r1", **more: str) -> None:
    given = Vote(message, subjects, up=False, release=release, **more)
    await desk.store.run(desk.store.store.residents.apply, Effects("an", NOON, vote=given))


async def shown(officer: AtDesk, path: str = PAGE) -> str:
    page = await officer.get(path)
    assert page.status_code == 200, page.text
    return unescape(re.sub(r"\s+", " ", page.text))


async def test_an_empty_store_says_what_to_expect(desk: Desk, web: httpx.AsyncClient) -> None:
    page = await shown(await sign_in(web, desk, "duty"))
    assert "Chưa có câu hỏi nào" in page
    assert "Khi có bà con hỏi Loa" in page


async def test_totals_subjects_and_change_stand_on_the_page_and_no_question_does(
    desk: Desk, web: httpx.AsyncClient
) -> None:
    for _ in range(7):
        await ask(desk, "mask", "distance")
    await ask(desk, outcome=Outcome.ASKED_BACK, near="mask")
    await ask(desk, outcome=Outcome.NOT_UNDERSTOOD)
    await ask(desk, "mask", days=8)
    await ask(desk, "mask", days=40)
    page = await shown(await sign_in(web, desk, "editor"), f"{PAGE}?ky=7")
    title = desk.reception.guide.catalogue.intents["mask"].title
    assert "<strong>9</strong> câu hỏi<small>tăng 8 (800,0%), kỳ trước 1</small>" in page
    assert f'<th scope="row">{title}</th><td>8</td><td>7</td><td>1</td><td>1</td>' in page
    assert '<th scope="row">06/02</th><td>9</td><td>7</td><td>1</td><td>1</td>' in page
    assert "1 → 8 câu" in page
    assert "câu hỏi riêng" not in page


async def test_the_charts_are_drawings_with_a_name_and_a_table(desk: Desk, web: httpx.AsyncClient) -> None:
    await ask(desk, "mask")
    page = await shown(await sign_in(web, desk, "duty"))
    assert page.count('role="img"') == page.count("</desc>") >= 1
    assert 'fill="url(#p-not_understood)"' in page, "a pattern beside the colour"
    assert "<details><summary>Bảng số theo ngày</summary>" in page
    assert not re.search(r"style=|\son\w+=|<script(?! type=\"module\" src)", page)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("tu=2021-02-30&den=2021-03-01", "Ngày chưa đúng"),
        ("tu=hôm+nay", "Ngày chưa đúng"),
        ("tu=0001-01-01&den=0001-01-02", "Ngày chưa đúng"),
        ("tu=2021-02-05&den=2021-02-01", "Ngày đầu đang sau ngày cuối"),
        ("tu=2099-01-01&den=2099-02-01", "chưa tới"),
        ("tu=2016-01-01&den=2021-02-01", "dài quá ba năm"),
        (f"tu={HOSTILE}", "Ngày chưa đúng"),
    ],
)
async def test_days_that_cannot_be_used(desk: Desk, web: httpx.AsyncClient, query: str, problem: str) -> None:
    officer = await sign_in(web, desk, "duty")
    page = await officer.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert problem in page.text
    assert HOSTILE not in page.text
    for file in ("ngay.csv", "chu-de.csv", "chu-de-theo-ngay.csv", "bao-cao.docx"):
        refused = await officer.get(f"{PAGE}/{file}?{query}")
        assert refused.status_code == 403
        assert problem in refused.text


async def test_one_day_is_enough_and_days_to_come_are_left_out(desk: Desk, web: httpx.AsyncClient) -> None:
    await ask(desk, "mask")
    officer = await sign_in(web, desk, "duty")
    assert "Từ 06/02/2021 đến hết 06/02/2021" in await shown(officer, f"{PAGE}?tu=2021-02-06&den=2021-12-31")
    assert "Từ 01/02/2021 đến hết 06/02/2021" in await shown(officer, f"{PAGE}?tu=1/2/21")


async def test_thumbs_down_are_listed_with_reason_and_words_and_looking_is_noted(
    desk: Desk, web: httpx.AsyncClient
) -> None:
    await vote(desk, "1", reason="wrong", words=HOSTILE)
    await vote(desk, "2", subjects="mask+gone")
    page = (await (officer := await sign_in(web, desk, "approver")).get(f"{PAGE}/che")).text
    assert HOSTILE not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert desk.reception.guide.sentence("why_wrong") in page
    assert 'href="/can-bo/tra-loi/mask"' in page
    assert ">gone<" in page
    trail = await desk.store.run(desk.store.store.people.trail, 5)
    assert [(each.officer, each.action) for each in trail][:1] == [(officer.name, "votes_viewed")]


async def test_thumbs_down_come_in_pages(desk: Desk, web: httpx.AsyncClient) -> None:
    for number in range(45):
        await vote(desk, str(number), words=f"lý do số {number}.")
    officer = await sign_in(web, desk, "editor")
    pages = [(await officer.get(f"{PAGE}/che?trang={page}")).text for page in (1, 2, 3, 4)]
    assert [len(re.findall("lý do số", page)) for page in pages] == [20, 20, 5, 0]
    assert ["Cũ hơn" in page for page in pages] == [True, True, False, False]
    assert "không còn 👎" in pages[3]
    for odd in ("-7", "x", "9" * 40, "²", ""):
        assert "lý do số 0." in (await officer.get(f"{PAGE}/che?trang={odd}")).text, odd


async def test_the_answer_is_shown_as_it_was_when_it_was_voted_on(desk: Desk, web: httpx.AsyncClient) -> None:
    await take_in(desk)
    versions = desk.store.store.versions

    def edit() -> tuple[str, str]:
        first = versions.current()
        assert first is not None
        base = versions.contents(first.number)[MASK]
        body = (versions.body(base.id) or b"").decode()
        text = body.replace("\n---\n", "\n---\nĐây là câu mới của bản sau.\n\n", 1)
        versions.save([Edit(MASK, text.encode(), base.id, "Lan")], NOON)
        return first.name, publish(versions, candidate(versions), "Lan", NOON + DAY).name

    first, second = await desk.store.run(edit)
    officer = await sign_in(web, desk, "editor")
    pages = [(await officer.get(f"{PAGE}/luc-do?ban={name}&chu_de=mask")) for name in (first, second)]
    assert [page.status_code for page in pages] == [200, 200]
    assert ["câu mới của bản sau" in page.text for page in pages] == [False, True]
    assert "vẫn thấy đúng câu này" in pages[0].text
    assert "đã được sửa" in pages[1].text
    assert all("Nguồn: " in page.text for page in pages)


@pytest.mark.parametrize("query", ["", "ban=x&chu_de=mask", "ban={}&chu_de=nothing", "ban={}&chu_de=_messages"])
async def test_an_answer_that_was_never_given_is_not_found(desk: Desk, web: httpx.AsyncClient, query: str) -> None:
    await take_in(desk)
    release = await desk.store.run(desk.store.store.versions.current)
    assert release is not None
    officer = await sign_in(web, desk, "editor")
    page = await officer.get(f"{PAGE}/luc-do?{query.format(release.name)}")
    assert page.status_code == 404
    assert "Không tìm thấy câu trả lời này" in page.text


async def test_an_unknown_subject_and_release_are_never_markup(desk: Desk, web: httpx.AsyncClient) -> None:
    await ask(desk, HOSTILE)
    officer = await sign_in(web, desk, "editor")
    for path in (PAGE, f"{PAGE}/luc-do?ban={HOSTILE}&chu_de={HOSTILE}"):
        page = (await officer.get(path)).text
        assert HOSTILE not in page


async def test_tables_come_as_files_that_excel_opens(desk: Desk, web: httpx.AsyncClient) -> None:
    await ask(desk, "mask")
    await ask(desk, "=1+1")
    officer = await sign_in(web, desk, "duty")
    for name, line in (
        ("ngay.csv", "06/02/2021;2;2;0;0;0;2;;"),
        ("chu-de.csv", f"{desk.reception.guide.catalogue.intents['mask'].title};mask;1;1;0;;0;0"),
        ("chu-de-theo-ngay.csv", "06/02/2021;'=1+1;'=1+1;Đã trả lời;1"),
    ):
        file = await officer.get(f"{PAGE}/{name}?ky=7")
        assert file.headers["content-disposition"] == (
            f'attachment; filename="loa-{name.removesuffix(".csv")}-20210131-20210206.csv"'
        )
        assert line in file.content.decode("utf-8-sig").splitlines(), file.text


async def test_the_report_is_one_click_and_noted(desk: Desk, web: httpx.AsyncClient) -> None:
    await ask(desk, "mask")
    officer = await sign_in(web, desk, "editor")
    page = (await officer.get(f"{PAGE}?tu=2021-02-01&den=2021-02-06")).text
    links = re.findall(r'href="(/can-bo/so-lieu/bao-cao[^"]+)"', page)
    word, pdf = [(await officer.get(unescape(link))).content for link in links]
    expected = "Trong kỳ, Loa nhận 1 câu hỏi của người dân."
    assert any(line.text.startswith(expected) for line in Document(io.BytesIO(word)).paragraphs)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert expected in text.replace("\r\n", " ")
    assert "từ ngày 01/02/2021 đến ngày 06/02/2021" in text.replace("\r\n", " ")
    assert "Lai Châu, ngày 06 tháng 02 năm 2021" in text
    trail = await desk.store.run(desk.store.store.people.trail, 5)
    assert [(each.action, each.detail) for each in trail][:2] == [("report_made", "pdf"), ("report_made", "docx")]


async def test_a_pack_without_a_frame_offers_no_report(desk: Desk, web: httpx.AsyncClient) -> None:
    catalogue = replace(desk.reception.guide.catalogue, report=None)
    desk.reception.switch(Guide(catalogue, 90 * DAY, 90 * DAY))
    await ask(desk, "mask")
    officer = await sign_in(web, desk, "duty")
    assert "Tải báo cáo" not in await shown(officer)
    refused = await officer.get(f"{PAGE}/bao-cao.pdf")
    assert refused.status_code == 404
    assert "khung báo cáo" in refused.text


async def test_a_page_over_many_figures_is_small_and_quick(desk: Desk, web: httpx.AsyncClient) -> None:
    day = day_number(date(2021, 2, 6))
    await change(
        desk.store,
        f"""INSERT INTO tallies (day, hour, channel, outcome, subject, count, whole)
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999)
        SELECT {day} - i % 180, 0, 'web', 'answered', 'subject number ' || (i % 349), 3, 1 FROM n""",
    )
    await change(
        desk.store,
        f"""INSERT INTO tallies (day, hour, channel, outcome, subject, count, whole)
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
        SELECT {day} - i % 180, i % 24, 'web', CASE WHEN i % 3 = 0 THEN 'not_understood' ELSE 'answered' END, '', 7, 1
        FROM n""",
    )
    await change(
        desk.store,
        f"""INSERT INTO waits (day, tenths, count, whole)
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 8999)
        SELECT {day} - i % 90, i % 100, 5, 1 FROM n""",
    )
    officer = await sign_in(web, desk, "duty")
    times = []
    for _ in range(4):
        began = time.perf_counter()
        page = await officer.get(f"{PAGE}?ky=90")
        times.append(time.perf_counter() - began)
    assert len(page.content) <= 60_000
    assert min(times) <= 0.3
    assert (await rows(desk.store, "SELECT sum(count) FROM tallies WHERE subject = ''"))[0][0] == 140_000


async def test_last_month_is_one_press_and_the_report_says_its_days(desk: Desk, web: httpx.AsyncClient) -> None:
    officer = await sign_in(web, desk, "editor")
    link = re.search(r'href="([^"]+)"[^>]*>Tháng trước<', (await officer.get(PAGE)).text)
    assert link is not None
    page = await shown(officer, unescape(link[1]))
    assert "Báo cáo cho những ngày đang xem (01/01/2021 – 31/01/2021)" in page
    assert 'aria-current="true">Tháng trước' in page
