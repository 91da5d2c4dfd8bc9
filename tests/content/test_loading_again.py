"""Loading a pack again after an edit: what is kept from before is never what has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.checking import check_loaded
from bot.content.loading import load_texts
from bot.content.tree import read_folder
from bot.core.guide import Guide
from bot.errors import ContentError
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"
ANSWER, DIRECTIVE, FACTS = "responses/vi/mask.md", "data/directives/a.md", "data/facts.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    texts = read_folder(broken.make(tmp_path, MESSAGES))
    load_texts(texts)
    return texts


def edited(texts: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in texts[name]
    return {**texts, name: texts[name].replace(old.encode(), new.encode())}


def said(texts: dict[str, bytes], intent: str = "mask") -> str:
    return "\n".join(block.text for block in load_texts(texts).catalogue.answers[intent].blocks)


def test_an_edited_answer_is_read_and_the_other_one_stays(pack: dict[str, bytes]) -> None:
    before, other = said(pack), said(pack, "distance")
    later = edited(pack, ANSWER, "đeo khẩu trang.", "nhớ đeo khẩu trang.")
    assert said(later) == before.replace("đeo khẩu trang.", "nhớ đeo khẩu trang.")
    assert said(later, "distance") == other
    assert said(pack) == before


def test_an_edited_fact_is_said_in_answers_that_were_not_touched(pack: dict[str, bytes]) -> None:
    assert "1900 9095" in said(pack)
    assert "1900 9096" in said(edited(pack, FACTS, "1900 9095", "1900 9096"))


def test_an_edited_title_of_a_directive_stands_in_the_source_line(pack: dict[str, bytes]) -> None:
    assert "Văn bản A, " in said(pack)
    assert "Văn bản B, " in said(edited(pack, DIRECTIVE, "title: Văn bản A", "title: Văn bản B"))


def test_a_clause_that_says_something_else_breaks_a_quotation_that_was_right(pack: dict[str, bytes]) -> None:
    later = edited(pack, DIRECTIVE, "Đeo khẩu trang khi ra ngoài", "Đeo khẩu trang khi đi chợ")
    with pytest.raises(ContentError) as caught:
        load_texts(later)
    assert [(problem.file, problem.rule) for problem in caught.value.problems] == [(ANSWER, "template")]


def test_a_template_that_does_not_render_is_refused_each_time_in_the_same_words(pack: dict[str, bytes]) -> None:
    later = edited(pack, ANSWER, 'fact("hotline")', 'fact("hotlin")')
    found = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            load_texts(later)
        found.append(caught.value.problems)
    assert found[0] == found[1]
    assert "hotline" in found[0][0].mend


def test_a_draft_is_checked_alike_with_the_guide_before_it(pack: dict[str, bytes], guide: Guide) -> None:
    later = load_texts(edited(pack, "intents/mask.yaml", "phải đeo khẩu trang không\nrelated", "giá vàng\nrelated"))
    alone, behind = check_loaded(later), check_loaded(later, before=guide)
    assert [problem.rule for problem in alone.problems] == ["check"]
    assert alone.problems == behind.problems


def test_a_draft_is_judged_anew_where_its_facts_have_changed(pack: dict[str, bytes]) -> None:
    typed = edited(pack, ANSWER, '{{ fact("hotline") }}', 'Gọi 1900 9095. {{ fact("hotline") }}')
    later = edited(typed, FACTS, "1900 9095", "1900 9096")
    assert check_loaded(load_texts(typed)).problems == ()
    assert [problem.rule for problem in check_loaded(load_texts(later)).problems] == ["figure"]
