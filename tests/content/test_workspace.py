"""The content as officers work on it: read once, right after every change, and one answer looked at by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.content.answer_checking import Looked
from bot.content.drafting import Head, head, save
from bot.content.releasing import candidate, publish
from bot.content.starting import start
from bot.content.tree import read_folder
from bot.content.workspace import Workspace, items_of
from bot.core.guide import Guide
from bot.errors import ContentError
from bot.store.areas import SqlStore
from bot.store.content_protocols import Versions
from bot.store.versions import Edit
from tests.conftest import ROOT
from tests.fakes import NOON

FILE, ITEM = items_of("mask")
QUOTE = '{% quote "UBND@2021#2" %}Xử phạt nghiêm các trường hợp không đeo khẩu trang theo quy định{% endquote %}'


@pytest.fixture
def versions(store: SqlStore) -> Versions:
    start(store.versions, read_folder(ROOT), NOON)
    return store.versions


def write(versions: Versions, item: str, text: str | None) -> int:
    return save(versions, head(versions, item), text, "Lan", NOON).version.id


class TestLooking:
    def test_each_look_is_what_the_drafts_would_make(self, versions: Versions) -> None:
        workspace = Workspace()
        steps: list[Any] = [
            lambda: write(versions, ITEM, "một"),
            lambda: write(versions, ITEM, "hai"),
            lambda: write(versions, "intents/moi.yaml", "title: x\n"),
            lambda: write(versions, FILE, None),
            lambda: versions.discard([ITEM]),
            lambda: versions.discard([FILE, "intents/moi.yaml"]),
            lambda: write(versions, ITEM, f"Đeo khẩu trang. {QUOTE}\n"),
            lambda: publish(versions, candidate(versions), "Lan", NOON),
        ]
        for step in steps:
            step()
            snapshot = workspace.look(versions)
            assert dict(snapshot.texts) == candidate(versions).texts
            assert snapshot.version(ITEM) == head(versions, ITEM).version
        assert workspace.look(versions) is workspace.look(versions)

    def test_an_answer_changes_no_ground_and_a_fact_does(self, versions: Versions, guide: Guide) -> None:
        workspace = Workspace()
        before = workspace.look(versions)
        desk = workspace.desk(before, guide)
        write(versions, ITEM, "một")
        assert workspace.desk(workspace.look(versions), guide) is desk
        facts = head(versions, "data/facts.yaml").text
        write(
            versions,
            "data/facts.yaml",
            facts + "\nmoi:\n  title: Số mới\n  value: '1'\n  kind: text\n  state: missing\n",
        )
        after = workspace.desk(workspace.look(versions), guide)
        assert after is not None
        assert "moi" in after.ground.facts

    def test_a_trial_leaves_out_other_drafts_that_are_in_the_way(self, versions: Versions, guide: Guide) -> None:
        workspace = Workspace()
        write(versions, ITEM, f"Chữ mới của khẩu trang. {QUOTE}\n")
        write(versions, "responses/vi/distance.md", "{% if")
        found = workspace.guide(workspace.look(versions), guide, "mask")
        assert "Chữ mới" in found.about(("mask",), NOON).text
        assert workspace.guide(workspace.look(versions), guide, "mask") is found
        with pytest.raises(ContentError):
            workspace.guide(workspace.look(versions), guide, "distance")


class TestOneAnswer:
    def look(self, versions: Versions, guide: Guide, text: str, **at: Any) -> Looked:
        workspace = Workspace()
        desk = workspace.desk(workspace.look(versions), guide)
        assert desk is not None
        return desk.look(desk.ground.intents["mask"], ITEM, text, NOON + timedelta(**at))

    def test_every_answer_of_the_pack_looks_as_it_goes_out(self, versions: Versions, guide: Guide) -> None:
        workspace = Workspace()
        desk = workspace.desk(workspace.look(versions), guide)
        assert desk is not None
        for name, intent in guide.catalogue.intents.items():
            text = head(versions, items_of(name)[1]).text
            looked = desk.look(intent, items_of(name)[1], text, NOON)
            assert looked.reply == guide.about((name,), NOON), name
            assert looked.errors == 0, (name, looked.findings)

    @pytest.mark.parametrize(
        ("body", "line", "said"),
        [
            ("Đeo khẩu trang.", 1, "chưa trích văn bản nào"),
            (f"{QUOTE}\nPhạt 5 triệu đồng.", 2, "con số “5 triệu đồng”"),
            (f"{QUOTE}\nBa văn bản ghi vậy.", 2, "“ba văn bản” không đúng với số văn bản đang có: 2"),
            (f"{QUOTE}\n\nBà con phải ở nhà.", 3, "nói mạnh hơn văn bản"),
            ('x\n{% quote "UBND@2021#2" %}chữ này không có trong văn bản{% endquote %}', 2, "không có nguyên văn"),
            (f'{QUOTE}\n{{% cite "UBND@2021#77" %}}', 2, "không có mục “77”"),
            (f"{QUOTE}\n{{{{ fact('khong_co') }}}}", 2, "không có dữ kiện"),
            (f"{QUOTE}\n{{{{ fact(khong) }}}}", 2, "không có tên"),
            (f"{QUOTE}\nXem http://a.vn", 2, "địa chỉ"),
            ("", 1, "trống"),
        ],
    )
    def test_faults_stand_at_their_lines(
        self, versions: Versions, guide: Guide, body: str, line: int, said: str
    ) -> None:
        for front in ("", "---\nreview_by: 2021-05-05\n---\n"):
            found = [each for each in self.look(versions, guide, front + body).findings if said in each.what]
            assert [each.line for each in found] == [line]
            assert found[0].mend

    def test_drafts_elsewhere_do_not_keep_one_from_looking(self, versions: Versions, guide: Guide) -> None:
        write(versions, "intents/moi.yaml", "title: Mới\ngroup: Không có\nexamples:\n  - x\n")
        write(versions, "intents/hong.yaml", "title: [")
        write(versions, "data/places.yaml", "x: 1\n")
        messages = "responses/vi/_messages.yaml"
        write(versions, messages, head(versions, messages).text.replace("button_up:", "button_up: '{{ hong }}'\nz:", 1))
        looked = self.look(versions, guide, f"Đeo khẩu trang. {QUOTE}\n")
        assert looked.errors == 0
        assert looked.reply is not None
        assert looked.reply.buttons == guide.about(("mask",), NOON).buttons

    def test_fields_are_told_apart_from_lines(self, versions: Versions, guide: Guide) -> None:
        looked = self.look(versions, guide, f"---\nreview_by: '2021-01-01'\nkhac: 1\n---\n{QUOTE}\n")
        assert [(each.line, each.warning) for each in looked.findings] == [(None, False), (None, True)]

    def test_what_ends_looks_as_it_would_then(self, versions: Versions, guide: Guide) -> None:
        text = f"---\nexpires: 2021-02-10\nwhen_old: withdraw\n---\nChữ cũ. {QUOTE}\n"
        now, later = (self.look(versions, guide, text, days=days).reply for days in (0, 10))
        assert now is not None
        assert later is not None
        assert ("Chữ cũ" in now.text, "Chữ cũ" in later.text) == (True, False)


def test_a_merge_keeps_the_own_text_beside_the_merged_one(versions: Versions) -> None:
    before = head(versions, ITEM)
    theirs = before.text.replace("**Ra", "**Hoa: ra").encode()
    versions.save([Edit(ITEM, theirs, before.version.id if before.version else None, "Hoa")], NOON)
    mine = before.text + "Lan thêm.\n"
    saved = save(versions, before, mine, "Lan", NOON)
    assert saved.merged
    assert versions.body(saved.mine.id) == mine.encode()
    assert (versions.body(saved.version.id) or b"").decode() == saved.text
    assert head(versions, ITEM).version == saved.version
    further = save(versions, Head(ITEM, saved.mine, mine), mine + "Thêm nữa.\n", "Lan", NOON)
    assert "**Hoa: ra" in (further.text or "")
