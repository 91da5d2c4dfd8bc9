"""The list of work of a new directive: why, old beside new, three buttons, and taking a decision back."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from bot.console.desk import Desk
from bot.content.arriving import arrive, source_of, tasks_of
from bot.content.drafting import head, save
from bot.content.task_words import reason_text
from bot.core.work_list import Reason
from bot.documents.filing import files_of
from bot.documents.kinds import parse
from tests.console.office import AtDesk, sign_in, take_in
from tests.console.test_office_directives import store_of, words
from tests.console.test_office_uploads import OLD, TEXT
from tests.content.arriving import NAME, NEW

WORK = "/can-bo/van-ban/viec"
HERE = f"{WORK}?ma={quote(NEW, safe='')}"
CLAUSE = f"clause:{OLD}"
LIKE = "1. Hạn chế tối đa các hoạt động có tập trung đông người trong dịp lễ hội; dừng lễ hội không cần thiết."


@pytest.fixture
async def officer(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    text = TEXT.replace("1. Đeo khẩu trang tại chợ, bến xe và trên xe khách.", LIKE)
    assert LIKE in text
    files = files_of(parse(text.encode(), NAME), text.encode(), NAME)
    await desk.store.run(arrive, store_of(desk), files, "Lan", desk.clock())
    return await sign_in(web, desk, "editor")


async def states(desk: Desk) -> dict[str, str]:
    return {task.id: task.state for _, task in await desk.store.run(tasks_of, store_of(desk), NEW)}


async def an_answer(desk: Desk) -> str:
    return next(task for task in await states(desk) if task.startswith("answer:"))


async def drafts(desk: Desk) -> set[str]:
    return {draft.item for draft in await desk.store.run(store_of(desk).versions.drafts)}


async def test_tasks_stand_in_groups_with_their_reasons_and_progress(desk: Desk, officer: AtDesk) -> None:
    page = await officer.get(HERE)
    said = words(page)
    total = len(await states(desk))
    assert f"0/{total} đã quyết" in said
    assert said.index("Mục và văn bản cũ") < said.index("Câu trả lời “Cần sửa”")
    assert "Văn bản mới ghi bãi bỏ 58-CV/TU, mục 2 của văn bản mới: “Bãi bỏ mục 4" in said
    assert "Mục 4, Công văn 58-CV/TU" in said
    assert f"/can-bo/van-ban/doc?ma={quote('58-CV/TU@2020-12-08', safe='')}&amp;muc=4#muc-4" in page.text
    assert len(page.content) < 60_000


async def test_old_and_new_stand_side_by_side_with_the_words_that_differ(officer: AtDesk) -> None:
    page = await officer.get(f"{HERE}&tat_ca=1")
    like = page.text.split("Cũ: Mục 2, UBND tỉnh")[1].split("</section>")[0]
    old, new = like.split("Mới: Mục 1")
    assert "<del>" in old
    assert "<ins>" not in old
    assert "<ins>" in new
    assert "<del>" not in new
    assert "Hạn chế tối đa các hoạt động có tập trung đông người" in new


async def test_every_page_has_a_part_and_all_tasks_are_on_one(desk: Desk, officer: AtDesk) -> None:
    wanted, found, page = set(await states(desk)), set(), 1
    while page:
        shown = await officer.get(f"{HERE}&trang={page}")
        found |= set(re.findall(r'name="viec" value="([^"]+)"', shown.text))
        page = page + 1 if "Trang sau" in shown.text else 0
    assert found == wanted


async def test_what_is_decided_is_counted_and_leaves_the_list(desk: Desk, officer: AtDesk) -> None:
    task = await an_answer(desk)
    done = await officer.post(WORK, ma=NEW, viec=task, quyet="still_right", trang="1")
    assert done.headers["location"] == f"{HERE}&da=quyet&trang=1"
    page = await officer.get(HERE)
    assert f"1/{len(await states(desk))} đã quyết" in words(page)
    assert f'value="{task}"' not in page.text
    every = "".join([(await officer.get(f"{HERE}&tat_ca=1&trang={number}")).text for number in range(1, 6)])
    assert "Đã quyết: vẫn đúng (Lan, 19:00 06/02/2021)" in every
    deed = (await desk.store.run(store_of(desk).people.trail, 1))[0]
    assert (deed.action, deed.subject, deed.detail) == ("directive_decided", f"{NEW} {task}", "still_right")


async def test_withdrawing_a_clause_enters_it_and_undoing_takes_it_out(desk: Desk, officer: AtDesk) -> None:
    await officer.post(WORK, ma=NEW, viec=CLAUSE, quyet="withdraw")
    source = await desk.store.run(source_of, store_of(desk).versions, NEW)
    assert source.values["supersedes"] == [OLD]
    page = await officer.get(f"{HERE}&tat_ca=1")
    assert "Có bản nháp chờ công bố" in words(page)
    await officer.post(WORK, ma=NEW, viec=CLAUSE, quyet="open")
    source = await desk.store.run(source_of, store_of(desk).versions, NEW)
    assert source.values["supersedes"] == []
    assert (await states(desk))[CLAUSE] == "open"


async def test_withdrawing_an_answer_drafts_it_and_editing_opens_the_editor(desk: Desk, officer: AtDesk) -> None:
    task = await an_answer(desk)
    intent = task.partition(":")[2]
    await officer.post(WORK, ma=NEW, viec=task, quyet="withdraw")
    assert f"responses/vi/{intent}.md" in await drafts(desk)
    edit = await officer.post(WORK, ma=NEW, viec=task, quyet="edit")
    assert edit.headers["location"] == f"/can-bo/tra-loi/{intent}"
    assert f"responses/vi/{intent}.md" not in await drafts(desk)


async def test_an_edit_of_somebody_else_is_kept(desk: Desk, officer: AtDesk) -> None:
    task = await an_answer(desk)
    item = f"responses/vi/{task.partition(':')[2]}.md"

    def edit() -> None:
        versions = store_of(desk).versions
        before = head(versions, item)
        save(versions, before, before.text + "\nThêm một câu.\n", "Minh", desk.clock())

    await desk.store.run(edit)
    await officer.post(WORK, ma=NEW, viec=task, quyet="withdraw")
    text = (await desk.store.run(head, store_of(desk).versions, item)).text
    assert "Thêm một câu." in text
    assert "withdrawn: true" in text


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"quyet": "withdraw"}, {"viec": "answer:x", "quyet": "open"}, {"viec": CLAUSE, "quyet": "xoá hết"},
        {"ma": "x", "viec": CLAUSE, "quyet": "edit"},
    ],
)  # fmt: skip
async def test_an_odd_decision_is_refused_in_a_sentence(desk: Desk, officer: AtDesk, fields: dict[str, str]) -> None:
    before = await drafts(desk)
    refused = await officer.post(WORK, **{"ma": NEW, **fields})
    assert refused.status_code == 404
    assert "Anh/chị" in words(refused)
    assert await drafts(desk) == before
    assert set((await states(desk)).values()) == {"open"}


async def test_all_decided_says_what_comes_next(desk: Desk, officer: AtDesk) -> None:
    for task in await states(desk):
        await desk.store.run(store_of(desk).tasks.decide, NEW, task, "still_right", "Lan", desk.clock())
    page = words(await officer.get(HERE))
    assert "Anh/chị đã quyết hết" in page
    assert "Tới trang Công bố" in page


async def test_an_approver_reads_the_list_without_buttons(desk: Desk, officer: AtDesk) -> None:
    approver = await sign_in(officer.client, desk, "approver", name="Hoa")
    page = await approver.get(HERE)
    assert page.status_code == 200
    assert 'name="quyet"' not in page.text


async def test_clauses_that_keep_it_from_going_out_are_told_until_each_has_a_reason(officer: AtDesk) -> None:
    read = f"/can-bo/van-ban/doc?ma={quote(NEW, safe='')}"
    found = re.search(r"Chưa công bố được: (\d+) mục", words(await officer.get(HERE)))
    assert found is not None
    paths = re.findall(r'name="duong" value="([^"]+)"', (await officer.get(read)).text)
    assert len(paths) == int(found[1])
    for left, path in zip(range(len(paths), 0, -1), paths, strict=True):
        assert f"Chưa công bố được: {left} mục" in words(await officer.get(HERE))
        await officer.post("/can-bo/van-ban/doc", ma=NEW, duong=path, ly_do="chỉ giao cơ quan")
    assert "Chưa công bố được" not in words(await officer.get(HERE))


def test_a_clause_to_compare_with_is_not_taken_for_one_that_is_quoted() -> None:
    cites = Reason("cites", f"{NEW}#1", old="mục 2, UBND tỉnh")
    assert reason_text(cites) == "dẫn mục 2, UBND tỉnh; so với mục 1 của văn bản mới"
    repeals = Reason("repeals", f"{NEW}#2", old="mục 4, 58-CV/TU")
    assert reason_text(repeals) == "văn bản mới ghi bãi bỏ mục 4, 58-CV/TU, mục 2 của văn bản mới"
