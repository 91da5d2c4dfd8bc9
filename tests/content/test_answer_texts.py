"""Texts as officers edit them in fields: the front matter of answers, lists of phrases, ids of new subjects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.answer_text import Fields, fields_of, with_appended, with_fields
from bot.content.loading import load
from bot.content.subject_phrases import (
    Phrases,
    id_fault,
    lines_of,
    new_phrases,
    phrase_findings,
    phrases_of,
    resolved,
    suggested_id,
    with_phrases,
)
from bot.core.catalogue import Catalogue
from bot.errors import FileRefused
from tests.conftest import ROOT

ITEM = "responses/vi/x.md"
FULL = "---\n# ghi chú\nreview_by: 2021-05-05 # sau Tết\naudio: audio/x.ogg\n---\n**Xin chào**\n"


class TestFields:
    def test_unchanged_fields_leave_the_text_as_it_is(self) -> None:
        for text in (FULL, "Không có phần đầu\n", "---\nexpires: '2021-03-01 17:00'\nwithdrawn: true\n---\nx\n"):
            body = text.split("---\n")[-1]
            assert with_fields(text, fields_of(text, ITEM), body) == text

    def test_changed_fields_read_back_and_keep_comments_and_other_keys(self) -> None:
        wanted = Fields("2021-06-01", "withdraw", "2021-03-01", "17:00", True)
        changed = with_fields(FULL, wanted, "Mới\r\nhai\n")
        assert fields_of(changed, ITEM) == wanted
        assert "# ghi chú\nreview_by: 2021-06-01 # sau Tết\naudio: audio/x.ogg\n" in changed
        assert changed.endswith("---\nMới\nhai\n")
        assert fields_of(with_fields(changed, Fields(), "x"), ITEM) == Fields()

    def test_a_body_that_looks_like_front_matter_stays_a_body(self) -> None:
        text = with_fields("", Fields(), "---\nwithdrawn: true\n---\nx")
        assert not fields_of(text, ITEM).withdrawn

    def test_front_matter_that_cannot_be_read_is_refused_and_not_lost(self) -> None:
        with pytest.raises(FileRefused, match="viết sai"):
            with_fields("---\nreview_by: [\n---\nx\n", Fields("2021-01-01"), "y")

    @pytest.mark.parametrize(
        "fields",
        [Fields("2021-02-30"), Fields(expires_at="17:00"), Fields(expires_on="2021-02-01", expires_at="24:30")],
    )
    def test_days_and_times_that_do_not_exist(self, fields: Fields) -> None:
        with pytest.raises(FileRefused) as refused:
            with_fields(FULL, fields, "x")
        assert refused.value.mend

    def test_what_is_added_stands_on_a_line_of_its_own(self) -> None:
        assert with_appended("a\n\n\n", "b") == "a\nb\n"
        assert with_appended("", "b") == "b\n"


class TestPhrases:
    def test_every_subject_of_the_pack_comes_back_as_it_was(self) -> None:
        files = [path for path in sorted((ROOT / "intents").glob("*.yaml")) if not path.name.startswith("_")]
        assert len(files) > 30
        for path in files:
            text = path.read_text("utf-8")
            assert with_phrases(text, phrases_of(text, f"intents/{path.name}")) == text, path.name

    def test_new_ones_read_back_whatever_they_hold(self) -> None:
        wanted = Phrases(
            "Chợ: phiên # 1", "Biên giới", ("- không", "a: b", "no", "'x' \"y\"", "5:30"), ("{x}",), ("mask",)
        )
        assert phrases_of(new_phrases(wanted), "intents/x.yaml") == wanted
        again = replace(wanted, examples=("một", *wanted.examples), checks=())
        assert phrases_of(with_phrases(new_phrases(wanted), again), "intents/x.yaml") == again

    def test_lines(self) -> None:
        assert lines_of("- một\r\n\r\n  • hai  \n-ba\n ") == ("một", "hai", "-ba")

    @pytest.mark.parametrize(
        ("title", "intent"),
        [
            ("Đường đi chợ phiên", "duong_di_cho_phien"),
            ("5K là gì", "la_gi"),
            ("Một cái tên dài quá hai mươi tám chữ cái", "mot_cai_ten_dai_qua_hai_muoi"),
            ("???", ""),
        ],
    )
    def test_ids(self, title: str, intent: str) -> None:
        assert suggested_id(title) == intent
        assert bool(id_fault(suggested_id(title), ())) is (intent == "")

    def test_related_subjects_by_title_or_id(self, catalogue: Catalogue) -> None:
        assert resolved(("DEO KHAU TRANG", "five_k", "mask"), catalogue.intents) == ("mask", "five_k")
        with pytest.raises(FileRefused, match="không có chủ đề “abc”"):
            resolved(("abc",), catalogue.intents)

    def test_findings(self) -> None:
        ground = load(ROOT)
        assert phrase_findings((ROOT / "intents/mask.yaml").read_text("utf-8"), "intents/mask.yaml", ground) == ()
        theirs = ground.intents["mask"].examples[0]
        found = phrase_findings(new_phrases(Phrases("X", "sai", (theirs, "a", "A"), ("a",))), "intents/x.yaml", ground)
        said = " ".join(each.what for each in found)
        assert all(part in said for part in ("không có nhóm “sai”", "đã có ở chủ đề", "bị lặp", "cũng là câu mẫu"))
        assert not any(word in f"{each.what} {each.mend}" for each in found for word in ("examples", ".yaml", "group:"))
