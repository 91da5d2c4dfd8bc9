"""The officers' pages of answers: found, edited, checked, tried, withdrawn and taken back, without a script."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from bot.console.desk import Desk
from bot.content.drafting import head, save
from bot.content.releasing import candidate, check_texts
from bot.content.workspace import items_of
from bot.store.versions import Edit
from tests.console.office import AtDesk, sign_in, take_in
from tests.fakes import FixedClock

ANSWERS = "/can-bo/tra-loi"
INTENT = "weddings_funerals"
PAGE = f"{ANSWERS}/{INTENT}"
FILE, ITEM = items_of(INTENT)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
QUOTE = "vận động hạn chế số người tham gia đám cưới, lễ tang"


@pytest.fixture
async def lan(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor", name="Lan")


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', page
    )
    assert found, name
    return unescape(found[1])


def textarea(page: str, name: str) -> str:
    found = re.search(rf'<textarea id="{name}".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert found, name
    return unescape(found[1])


async def form(lan: AtDesk, path: str = PAGE, **changed: str) -> dict[str, str]:
    """The fields of the editor as the page has them, some of them changed."""
    page = (await lan.get(path)).text
    fields = {name: value(page, name) for name in ("base", "xem_lai", "het_ngay", "het_gio")}
    return {**fields, "khi_cu": "warn", "body": textarea(page, "body"), "viec": "luu", **changed}


async def draft(lan: AtDesk, item: str = ITEM) -> str:
    versions = lan.desk.store.store.versions
    return (await lan.desk.store.run(head, versions, item)).text


async def other_saves(lan: AtDesk, text: str, author: str = "Hoa") -> None:
    """Somebody else saves meanwhile."""
    versions = lan.desk.store.store.versions

    def work() -> None:
        save(versions, head(versions, ITEM), text, author, lan.desk.clock())

    await lan.desk.store.run(work)


class TestList:
    async def test_groups_states_and_words_without_marks(self, lan: AtDesk) -> None:
        page = (await lan.get(ANSWERS)).text
        assert page.index("Phòng bệnh hằng ngày") < page.index("Tết và tụ tập") < page.index("Chào hỏi, trò chuyện")
        assert "Tất cả (39)" in page
        found = (await lan.get(f"{ANSWERS}?tim=dam+CUOI")).text
        assert PAGE in found
        assert f"{ANSWERS}/five_k" not in found
        assert "Không có chủ đề nào như vậy" in (await lan.get(f"{ANSWERS}?tim=zzzz")).text

    async def test_a_draft_is_found_by_its_state_and_by_its_words(self, lan: AtDesk) -> None:
        fields = await form(lan, body="Nội dung mới về chim bồ câu")
        await lan.post(PAGE, **fields)
        only = (await lan.get(f"{ANSWERS}?loc=draft")).text
        assert "1 chủ đề trong 39" in only
        assert PAGE in only
        assert "Lan, " in only
        assert PAGE in (await lan.get(f"{ANSWERS}?tim=bo+cau")).text

    async def test_ends_that_come_and_answers_that_rest_on_what_is_old(self, lan: AtDesk, clock: FixedClock) -> None:
        soon = clock() + timedelta(hours=8)  # an hour from now in the province
        fields = await form(lan, xem_lai="", het_ngay=f"{soon:%Y-%m-%d}", het_gio=f"{soon:%H:%M}")
        await lan.post(PAGE, **fields)
        assert "1 chủ đề trong" in (await lan.get(f"{ANSWERS}?loc=expiring")).text
        clock.go_on(hours=2)
        page = (await lan.get(f"{ANSWERS}?loc=stale")).text
        assert PAGE in page
        assert "hết hạn" in page

    async def test_350_subjects_stay_small(self, lan: AtDesk) -> None:
        versions = lan.desk.store.store.versions
        edits = [
            Edit(
                f"intents/them_{n}.yaml",
                f"title: Chủ đề thêm {n}\ngroup: Biên giới\nexamples:\n  - câu {n}\n".encode(),
                None,
                "Hoa",
            )
            for n in range(320)
        ]
        await lan.desk.store.run(versions.save, edits, lan.desk.clock())
        first = await lan.get(ANSWERS)
        assert "Trang 1 / 6" in first.text
        assert len(first.content) < 60_000
        last = await lan.get(f"{ANSWERS}?trang=99")
        assert "Trang 6 / 6" in last.text
        for odd in ("-1", "x", "9" * 30, "²"):
            assert "Trang 1 / 6" in (await lan.get(f"{ANSWERS}?trang={odd}")).text

    async def test_everybody_may_look_and_only_editors_write(self, lan: AtDesk, web: httpx.AsyncClient) -> None:
        minh = await sign_in(web, lan.desk, "duty", name="Minh")
        page = await minh.get(PAGE)
        assert page.status_code == 200
        assert "Lưu nháp" not in page.text
        assert (await minh.post(PAGE, body="x")).status_code == 403
        assert (await minh.get(f"{ANSWERS}/khong_co")).status_code == 404

    @pytest.mark.parametrize("path", ["", "/cau-mau", "/hoi-thu", "/phien-ban"])
    async def test_a_subject_that_is_not_there(self, lan: AtDesk, path: str) -> None:
        for found in (
            await lan.get(f"{ANSWERS}/khong_co{path}"),
            await lan.post(f"{ANSWERS}/khong_co{path}", viec="luu"),
        ):
            assert found.status_code == 404
            assert "Không có chủ đề này" in found.text

    @pytest.mark.parametrize("path", ["/luu", "/xem", "/trich", "/cau-mau/luu"])
    async def test_the_script_of_a_subject_that_is_not_there(self, lan: AtDesk, path: str) -> None:
        found = await lan.post(f"{ANSWERS}/khong_co{path}", body="x")
        assert found.status_code == 404
        assert "Không có chủ đề này" in found.text


class TestEditing:
    async def test_a_draft_keeps_what_else_stands_in_the_file(self, lan: AtDesk) -> None:
        before = await draft(lan)
        fields = await form(lan, body=before.split("---\n")[2].replace("\n", "\r\n") + "Thêm một câu.\r\n")
        saved = await lan.post(PAGE, **fields, ghi_chu="thử")
        assert saved.headers["location"].endswith("da=luu")
        assert await draft(lan) == before + "Thêm một câu.\n"
        version = (await lan.desk.store.run(lan.desk.store.store.versions.history, ITEM))[0]
        assert (version.author, version.note) == ("Lan", "thử")
        trail = await lan.desk.store.run(lan.desk.store.store.people.trail, 3)
        assert ("Lan", "draft_saved", ITEM) in [(each.officer, each.action, each.subject) for each in trail]
        again = await lan.post(PAGE, **await form(lan))
        assert again.headers["location"].endswith("da=khong-doi")

    async def test_a_note_that_comes_after_the_text_is_kept_too(self, lan: AtDesk) -> None:
        await lan.post(PAGE, **await form(lan, body="Chữ mới"))
        for note in ("theo", "theo công văn"):
            kept = await lan.post(f"{PAGE}/luu", **await form(lan), ghi_chu=note)
            assert kept.json()["state"] == "saved"
        assert (await lan.post(f"{PAGE}/luu", **await form(lan), ghi_chu="theo công văn")).json()[
            "state"
        ] == "unchanged"
        page = (await lan.get(f"{PAGE}/phien-ban")).text
        assert "3 lần lưu liền nhau · theo công văn" in page

    async def test_the_fields_of_the_front(self, lan: AtDesk) -> None:
        fields = await form(lan, xem_lai="1-4-21", het_ngay="01/03/2021", het_gio="17h", khi_cu="withdraw")
        await lan.post(PAGE, **fields)
        text = await draft(lan)
        assert text.startswith('---\nreview_by: 2021-04-01\nwhen_old: withdraw\nexpires: "2021-03-01 17:00"\n---\n')
        page = (await lan.get(PAGE)).text
        assert [value(page, name) for name in ("xem_lai", "het_ngay", "het_gio")] == [
            "01/04/2021",
            "01/03/2021",
            "17:00",
        ]
        assert 'type="date"' not in page
        await lan.post(PAGE, **await form(lan, het_gio="", khi_cu="warn"))
        assert "expires: 2021-03-01\n" in await draft(lan)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"xem_lai": "2021-02-30"}, "không có trong lịch"),
            ({"xem_lai": "30/2/2021"}, "“30/2/2021” không có trong lịch: viết ngày/tháng/năm, ví dụ 05/02/2021"),
            ({"het_gio": "9:00"}, "chưa có ngày hết hạn"),
            ({"het_ngay": "2021-03-01", "het_gio": "25:00"}, "Giờ “25:00” không có"),
        ],
    )
    async def test_a_day_that_is_none_loses_no_word(self, lan: AtDesk, wrong: dict[str, str], said: str) -> None:
        answer = await lan.post(PAGE, **await form(lan, body="Chữ vừa gõ", **wrong))
        assert answer.status_code == 422
        assert said in answer.text
        assert textarea(answer.text, "body") == "Chữ vừa gõ"
        assert "Chữ vừa gõ" not in await draft(lan)

    async def test_findings_stand_at_their_lines_and_gaps_in_the_preview(self, lan: AtDesk) -> None:
        quoted = f'{{% quote "UBND@2021#2" %}}{QUOTE}{{% endquote %}}'
        body = f'Văn bản ghi {quoted}.\nGọi 0987654321.\n{{{{ fact("khong_co") }}}}'
        page = (await lan.post(f"{PAGE}/xem", **await form(lan, body=body))).text
        assert re.findall(r'data-line="(\d)"', page) == ["2", "3"]
        assert "con số “0987654321”" in page
        assert '<mark class="gap">chưa có dữ kiện khong co</mark>' in page
        assert QUOTE in page
        assert "Nguyên văn mục 2" in page
        assert "data/facts.yaml" not in page
        assert QUOTE not in (await lan.post(f"{PAGE}/xem", **await form(lan, body="{% if"))).text

    async def test_what_is_typed_is_shown_as_text(self, lan: AtDesk) -> None:
        body = (
            f'{HOSTILE}\n[x](https://a.vn/⟦ onclick=alert(3) ⟧)\n{{% quote "UBND@2021#2" %}}{HOSTILE}{{% endquote %}}'
        )
        await lan.post(PAGE, **await form(lan, body=body), ghi_chu=HOSTILE)
        await lan.post(f"{PAGE}/cau-mau", **await phrases(lan, ten=HOSTILE[:50], cau_mau=HOSTILE, lien_quan=""))
        for path in (
            "",
            f"/{INTENT}",
            f"/{INTENT}/cau-mau",
            f"/{INTENT}/hoi-thu",
            f"/{INTENT}/phien-ban",
            f"/{INTENT}/phien-ban?tep=cau-mau",
        ):
            page = (await lan.get(f"{ANSWERS}{path}")).text
            assert "<script>alert" not in page, path
            assert "<img src=x" not in page, path
        shown = (await lan.post(f"{PAGE}/xem", **await form(lan, body=body))).text
        assert "<script>" not in shown
        assert not re.search(r"<a [^>]*onclick", shown)
        searched = (await lan.get(f"{ANSWERS}?tim={HOSTILE}")).text
        assert "<script>alert" not in searched


class TestQuoting:
    async def test_a_quotation_is_checked_and_added_to_the_draft(self, lan: AtDesk) -> None:
        words = "dừng một số hoạt động tập trung đông người không cần thiết"
        fields = await form(lan, viec="trich", trich_muc="UBND@2021#2", trich_chu=f" {words.replace(' ', '  ', 1)} ")
        added = await lan.post(PAGE, **fields)
        assert "da=trich" in added.headers["location"]
        assert (await draft(lan)).endswith(f'{{% quote "UBND@2021#2" %}}{words}{{% endquote %}}\n')
        assert f"<mark>{words}</mark>" in (await lan.get(PAGE)).text

    @pytest.mark.parametrize(
        ("clause", "words", "said"),
        [
            ("UBND@2021#2", "cấm đám cưới trên bốn mươi người", "không có nguyên văn"),
            ("UBND@2021#2", "đám cưới", "cần ít nhất"),
            ("UBND@2021#2", "{{ fact }} vận động hạn chế số người", "dấu { }"),
            ("UBND@2021#99", QUOTE, "chọn một mục"),
        ],
    )
    async def test_other_words_are_refused_and_kept_in_the_field(
        self, lan: AtDesk, clause: str, words: str, said: str
    ) -> None:
        fields = await form(lan, viec="trich", trich_muc=clause, trich_chu=words, body="Chữ vừa gõ")
        answer = await lan.post(PAGE, **fields)
        assert answer.status_code == 422
        assert said in unescape(answer.text)
        assert (textarea(answer.text, "trich_chu"), textarea(answer.text, "body")) == (words, "Chữ vừa gõ")
        part = await lan.post(f"{PAGE}/trich", **fields)
        assert said in part.json()["problem"]

    async def test_facts_and_another_directive_save_what_was_typed(self, lan: AtDesk) -> None:
        await lan.post(PAGE, **await form(lan, viec="du-kien:moh_hotline"))
        assert (await draft(lan)).endswith('{{ fact("moh_hotline") }}\n')
        seen = await lan.post(PAGE, **await form(lan, viec="van-ban", van_ban="58-CV/TU@2020-12-08", body="Gõ dở"))
        assert "Gõ dở" in await draft(lan)
        page = (await lan.get(seen.headers["location"])).text
        assert 'data-clause="58-CV/TU@2020-12-08#1"' in page


class TestNotation:
    """Officers read and write marks in words; files keep their tags."""

    async def test_no_brace_is_seen_and_saving_what_was_opened_changes_nothing(self, lan: AtDesk) -> None:
        before = await draft(lan)
        assert "{% quote" in before
        page = (await lan.get(PAGE)).text
        assert "«trích mục 2 của UBND năm 2021: " in textarea(page, "body")
        for path in (PAGE, f"{PAGE}/phien-ban"):
            shown = (await lan.get(path)).text
            assert "{%" not in shown
            assert "{{" not in shown
        saved = await lan.post(PAGE, **await form(lan))
        assert saved.headers["location"].endswith("da=khong-doi")
        assert await draft(lan) == before

    async def test_marks_become_tags_with_and_without_a_script(self, lan: AtDesk) -> None:
        body = f"Văn bản ghi «trích mục 2 của UBND năm 2021: {QUOTE}».\nGọi «dữ kiện: đường dây nóng của Bộ Y tế».\n"
        await lan.post(PAGE, **await form(lan, body=body))
        tags = f'{{% quote "UBND@2021#2" %}}{QUOTE}{{% endquote %}}.\nGọi {{{{ fact("moh_hotline") }}}}.\n'
        assert (await draft(lan)).endswith(f"Văn bản ghi {tags}")
        kept = (await lan.post(f"{PAGE}/luu", **await form(lan, body=f"Thưa bà con,\n{body}"))).json()
        assert (kept["state"], kept["body"]) == ("saved", f"Thưa bà con,\n{body.replace('đường', 'Đường')}")
        assert (await draft(lan)).endswith(f"Thưa bà con,\nVăn bản ghi {tags}")

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("Một.\n«trích mục 2 của UBND năm 2021: dở dang", "thiếu dấu » ở cuối"),
            ("Một.\n«dữ kiện: Đường dây nóng Bộ Y tế»", "có phải “Đường dây nóng của Bộ Y tế”?"),
            ("Một.\n«trích mục 2 của UBND năm 2021: chữ không có trong văn bản»", "mục 2 của UBND năm 2021"),
            ("Một.\n«dẫn mục 99 của UBND năm 2021»", "văn bản UBND năm 2021 không có mục “99”"),
        ],
    )
    async def test_what_is_broken_is_kept_and_told_at_its_line(self, lan: AtDesk, body: str, said: str) -> None:
        page = unescape((await lan.post(f"{PAGE}/xem", **await form(lan, body=body))).text)
        assert re.findall(r'data-line="(\d)"', page).count("2") == 1
        assert said in page
        await lan.post(PAGE, **await form(lan, body=body))
        assert textarea((await lan.get(PAGE)).text, "body").rstrip() == body

    async def test_a_broken_mark_cannot_be_published(self, lan: AtDesk) -> None:
        fields = await form(lan)
        await lan.post(PAGE, **fields | {"body": fields["body"] + "\n«dữ kiện: Số của thầy lang»"})
        made = await lan.desk.store.run(candidate, lan.desk.store.store.versions)
        assert "không hiểu «dữ kiện: Số của thầy lang»" in {each.what for each in check_texts(made.texts).problems}

    async def test_a_conflict_and_the_versions_speak_as_the_editor_does(self, lan: AtDesk) -> None:
        fields = await form(lan)
        await other_saves(lan, (await draft(lan)).replace("{% quote", "Hoa: {% quote", 1))
        clash = await lan.post(PAGE, **fields | {"body": fields["body"].replace("«trích", "Lan: «trích", 1)})
        assert clash.status_code == 409
        assert "{%" not in clash.text
        assert "«trích" in textarea(clash.text, "body")
        part = await lan.post(f"{PAGE}/luu", **fields | {"body": fields["body"].replace("«trích", "Lan: «trích", 1)})
        assert "<del>Hoa</del>" in part.json()["conflict"]
        assert "{%" not in part.json()["conflict"]


class TestTogether:
    async def test_edits_of_different_lines_are_merged(self, lan: AtDesk) -> None:
        fields = await form(lan)
        text = await draft(lan)
        await other_saves(lan, text.replace("**Nhà có", "**Hoa sửa: nhà có"))
        saved = await lan.post(PAGE, **fields | {"body": fields["body"] + "Lan thêm.\n"})
        assert saved.headers["location"].endswith("da=gop")
        merged = await draft(lan)
        assert "Hoa sửa" in merged
        assert "Lan thêm." in merged

    async def test_typing_on_after_a_merge_takes_nothing_back(self, lan: AtDesk) -> None:
        fields = await form(lan)
        await other_saves(lan, (await draft(lan)).replace("**Nhà có", "**Hoa sửa: nhà có"))
        first = (await lan.post(f"{PAGE}/luu", **fields | {"body": fields["body"] + "Lan thêm.\n"})).json()
        assert first["state"] == "merged"
        typed = fields | {"body": fields["body"] + "Lan thêm nữa.\n", "base": str(first["mine"])}
        assert (await lan.post(f"{PAGE}/luu", **typed)).json()["state"] == "merged"
        merged = await draft(lan)
        assert ("Hoa sửa" in merged, "Lan thêm nữa." in merged, "Lan thêm.\n" in merged) == (True, True, False)

    @pytest.mark.parametrize("choice", ["luu", "lay-cua-ho"])
    async def test_the_same_lines_show_both_sides_and_lose_neither(self, lan: AtDesk, choice: str) -> None:
        fields = await form(lan)
        await other_saves(lan, (await draft(lan)).replace("Văn bản không nêu số khách", "HOA VIẾT số khách"))
        mine = fields["body"].replace("Văn bản không nêu số khách", "LAN VIẾT số khách")
        clash = await lan.post(PAGE, **fields | {"body": mine})
        assert clash.status_code == 409
        assert "Hoa</strong> vừa lưu" in clash.text
        assert all(f">{words}" in clash.text for words in ("HOA", "LAN"))
        assert textarea(clash.text, "body") == mine
        await lan.post(PAGE, **fields | {"body": mine, "base": value(clash.text, "base"), "viec": choice})
        assert ("LAN VIẾT" in await draft(lan)) is (choice == "luu")
        versions = lan.desk.store.store.versions
        history = await lan.desk.store.run(versions.history, ITEM)
        kept = [(await lan.desk.store.run(versions.body, each.id) or b"").decode() for each in history]
        assert any("LAN VIẾT" in text for text in kept)
        assert any("HOA VIẾT" in text for text in kept)

    async def test_a_save_whose_answer_was_lost_is_not_saved_twice(self, lan: AtDesk) -> None:
        fields = await form(lan, body="Chữ mới")
        states = [(await lan.post(f"{PAGE}/luu", **fields)).json()["state"] for _ in range(2)]
        assert states == ["saved", "unchanged"]

    async def test_signed_out_and_strangers_get_a_sentence(self, lan: AtDesk, web: httpx.AsyncClient) -> None:
        fields = await form(lan)
        for path in ("luu", "xem", "trich"):
            token = {"X-Loa-Part": "1"}
            assert "problem" in (await web.post(f"{PAGE}/{path}", data=fields, headers=token)).json()
        await lan.post("/can-bo/ra")
        out = await web.post(f"{PAGE}/luu", data=fields, headers={"X-Loa-Part": "1"})
        assert (out.status_code, "vào lại" in out.json()["problem"]) == (401, True)


async def phrases(lan: AtDesk, **changed: str) -> dict[str, str]:
    page = (await lan.get(f"{PAGE}/cau-mau")).text
    fields = {name: textarea(page, name) for name in ("cau_mau", "cau_kiem", "lien_quan")}
    given = {"base": value(page, "base"), "ten": value(page, "ten"), "nhom": "Tết và tụ tập", "viec": "luu"}
    return {**fields, **given, **changed}


class TestPhrases:
    async def test_lists_change_line_by_line(self, lan: AtDesk) -> None:
        before = await draft(lan, FILE)
        unchanged = await lan.post(f"{PAGE}/cau-mau", **await phrases(lan))
        assert unchanged.headers["location"].endswith("da=khong-doi")
        fields = await phrases(lan)
        fields["cau_mau"] += "\r\n\r\n- cưới: mời bao nhiêu?\r\n"
        await lan.post(f"{PAGE}/cau-mau", **fields | {"ten": "Cưới hỏi, ma chay", "lien_quan": "5k la gi\r\nmask"})
        after = await draft(lan, FILE)
        changed = set(after.splitlines()) ^ set(before.splitlines())
        assert changed == {
            "title: Đám cưới, đám tang", "title: Cưới hỏi, ma chay", "  - 'cưới: mời bao nhiêu?'",
            "related: [tet_travel, five_k]", "related: [five_k, mask]",
        }  # fmt: skip

    async def test_what_is_wrong_is_said_where_it_can_be_mended(self, lan: AtDesk) -> None:
        fields = await phrases(lan, lien_quan="không có chủ đề này", cau_mau="câu vừa gõ")
        answer = await lan.post(f"{PAGE}/cau-mau", **fields)
        assert answer.status_code == 422
        assert "không có chủ đề “không có chủ đề này”" in answer.text.lower()
        assert textarea(answer.text, "cau_mau") == "câu vừa gõ"
        fields = await phrases(lan)
        fields["cau_mau"] += f"\n{fields['cau_kiem'].splitlines()[0]}\nđeo khẩu trang ở đâu"
        fields["cau_mau"] += "\n" + (await draft(lan, "intents/mask.yaml")).split("  - ")[1].splitlines()[0]
        await lan.post(f"{PAGE}/cau-mau", **fields)
        page = (await lan.get(f"{PAGE}/cau-mau")).text
        assert "cũng là câu mẫu" in page
        assert "đã có ở chủ đề “Đeo khẩu trang”" in page

    async def test_a_question_is_tried_on_the_drafts(self, lan: AtDesk) -> None:
        question = "xylophon trumbone kazoo"
        before = (await lan.post(f"{PAGE}/hoi-thu", cau_hoi=question)).text
        assert "không ra chủ đề" in before
        fields = await phrases(lan)
        await lan.post(f"{PAGE}/cau-mau", **fields | {"cau_mau": f"{fields['cau_mau']}\n{question}"})
        after = (await lan.post(f"{PAGE}/hoi-thu", cau_hoi=question)).text
        assert "Câu này ra đúng chủ đề" in after
        assert "intents/" not in after
        assert "Viết một câu hỏi" in (await lan.post(f"{PAGE}/hoi-thu", cau_hoi=" ")).text
        await lan.post(PAGE, **await form(lan, body='{{ fact("khong_co") }}'))
        assert "còn lỗi nên chưa hỏi thử được" in (await lan.post(f"{PAGE}/hoi-thu", cau_hoi=question)).text


class TestVersions:
    async def test_two_versions_word_by_word_and_back(self, lan: AtDesk, clock: FixedClock) -> None:
        before = await draft(lan)
        for words in ("một", "hai"):
            fields = await form(lan)
            await lan.post(PAGE, **fields | {"body": fields["body"] + f"Lần {words}.\n"})
            clock.go_on(minutes=1)
        page = (await lan.get(f"{PAGE}/phien-ban")).text
        assert "2 lần lưu liền nhau" in page
        assert re.search(r"<ins>[^<]*Lần hai", page)
        history = await lan.desk.store.run(lan.desk.store.store.versions.history, ITEM)
        back = await lan.post(f"{PAGE}/phien-ban", viec=f"lay-lai:{history[-1].id}")
        assert back.headers["location"].endswith("da=lay-lai")
        assert await draft(lan) == before
        assert (await lan.post(f"{PAGE}/phien-ban", viec="lay-lai:999999")).status_code == 422

    async def test_a_draft_is_dropped_only_as_it_was_seen(self, lan: AtDesk) -> None:
        before = await draft(lan)
        await lan.post(PAGE, **await form(lan, body="Chữ mới"))
        seen = value((await lan.get(f"{PAGE}/phien-ban")).text, "base")
        await other_saves(lan, "Hoa viết khác")
        refused = await lan.post(f"{PAGE}/phien-ban", viec="bo", base=seen)
        assert "Hoa vừa sửa thêm" in refused.text
        assert await draft(lan) == "Hoa viết khác"
        seen = value((await lan.get(f"{PAGE}/phien-ban")).text, "base")
        assert (await lan.post(f"{PAGE}/phien-ban", viec="bo", base=seen)).headers["location"].endswith("da=bo")
        assert await draft(lan) == before

    async def test_withdrawing_and_taking_that_back(self, lan: AtDesk) -> None:
        await lan.post(PAGE, **await form(lan, viec="rut"))
        assert "withdrawn: true" in await draft(lan)
        page = (await lan.get(PAGE)).text
        assert "đang rút" in page
        assert PAGE in (await lan.get(f"{ANSWERS}?loc=withdrawn")).text
        await lan.post(PAGE, **await form(lan, viec="thoi-rut"))
        assert "withdrawn: false" in await draft(lan)
        trail = [each.action for each in await lan.desk.store.run(lan.desk.store.store.people.trail, 10)]
        assert {"answer_withdrawn", "answer_restored"} <= set(trail)


class TestNew:
    async def test_a_subject_is_made_edited_and_dropped(self, lan: AtDesk) -> None:
        made = await lan.post(
            f"{ANSWERS}/moi", ten="Đường đi chợ: phiên?", nhom="Biên giới", ma="", cau_mau="- đi chợ phiên\n\ncho phien"
        )
        assert made.headers["location"] == f"{ANSWERS}/duong_di_cho_phien?da=moi"
        text = await draft(lan, "intents/duong_di_cho_phien.yaml")
        assert text == "title: 'Đường đi chợ: phiên?'\ngroup: Biên giới\nexamples:\n  - đi chợ phiên\n  - cho phien\n"
        page = (await lan.get(made.headers["location"])).text
        assert "câu trả lời chưa trích văn bản nào" in page
        assert "Rút câu trả lời" not in page
        base = value((await lan.get(f"{ANSWERS}/duong_di_cho_phien/phien-ban")).text, "base")
        gone = await lan.post(f"{ANSWERS}/duong_di_cho_phien/phien-ban", viec="bo", base=base)
        assert gone.headers["location"] == f"{ANSWERS}?da=bo"
        assert (await lan.get(f"{ANSWERS}/duong_di_cho_phien")).status_code == 404

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"ten": ""}, "từ 1 đến 60 chữ"),
            ({"nhom": "không có"}, "Chọn một nhóm"),
            ({"cau_mau": " \n"}, "ít nhất một câu mẫu"),
            ({"ma": "mask"}, "Đã có chủ đề mang mã mask"),
            ({"ma": "../x"}, "chữ thường không dấu"),
            ({"ma": "moi"}, "đặt mã khác"),
            ({"ma": "a" * 29}, "rút còn tối đa"),
        ],
    )
    async def test_what_cannot_be_made_is_said_and_kept_in_the_fields(
        self, lan: AtDesk, fields: dict[str, str], said: str
    ) -> None:
        given = {"ten": HOSTILE[:40], "nhom": "Biên giới", "ma": "cho_phien", "cau_mau": HOSTILE, **fields}
        answer = await lan.post(f"{ANSWERS}/moi", **given)
        assert answer.status_code == 422
        assert said in answer.text
        assert "<script>" not in answer.text.replace('<script type="module" src="/static/office.js"></script>', "")
        if "cau_mau" not in fields:
            assert textarea(answer.text, "cau_mau") == HOSTILE
