"""Conversations about answers whose clauses a third, made-up directive replaces, on a copy of the pack."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.content.loading import load
from bot.core.actions import Action
from bot.core.catalogue import Catalogue
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.reply import Reply

ROOT = Path(__file__).parent.parent.parent
NEW = "12/CT-UBND@2021-03-10"
TITLE = "Chỉ thị 12/CT-UBND ngày 10/03/2021 của UBND tỉnh Lai Châu"
DIRECTIVE = f"""---
id: {NEW}
title: {TITLE}
short_title: 12/CT-UBND
number: 12/CT-UBND
date: "2021-03-10"
year: 2021
issuer: UBND tỉnh Lai Châu
signer:
subject:
effective: 2021-03-15
supersedes: ["UBND@2021#2"]
---
## 1
Đám cưới, đám tang không quá 30 người tham dự.
"""
# The day begins in Việt Nam seven hours before it does in UTC.
EVE, DAY = datetime(2021, 3, 14, 16, 59, tzinfo=UTC), datetime(2021, 3, 14, 17, 0, tzinfo=UTC)
WEDDING = "đám cưới có được tổ chức không"
ENTRY = "có người vượt biên thì báo ai"


def make(folder: Path, guide: Guide, *, directive: str = DIRECTIVE, **front: str) -> Guide:
    """A guide of a copy of the pack with one more directive; `front` is added to the front matter of answers."""
    for name in ("intents", "responses", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "data/directives/new.md").write_text(directive, "utf8")
    for intent, lines in front.items():
        path = folder / f"responses/vi/{intent}.md"
        path.write_text(path.read_text("utf8").replace("---\n", f"---\n{lines}\n", 1), "utf8")
    return guide.successor(load(folder))


@pytest.fixture(scope="module")
def replaced(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Guide:
    """Answers about weddings warn, those about masks are withdrawn, when their clause is replaced."""
    return make(tmp_path_factory.mktemp("replaced"), guide, mask="when_old: withdraw", gatherings="withdrawn: true")


def ask(guide: Guide, text: str, now: datetime = DAY) -> Reply:
    return guide.answer(text, Context(), now).reply


def press(guide: Guide, action: str, now: datetime = DAY) -> Reply:
    return guide.press(Action.read(action), Context(), now).reply


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def old_words(catalogue: Catalogue, intent: str) -> list[str]:
    """The lines of an answer as it was written, its quotations among them."""
    answer = catalogue.answers[intent]
    return [block.text for block in answer.blocks] + [each.quote for each in answer.citations if each.quote]


# Warned of


def test_until_the_new_directive_is_in_force_nothing_changes(replaced: Guide, guide: Guide) -> None:
    assert ask(replaced, WEDDING, EVE).blocks == ask(guide, WEDDING, EVE).blocks
    assert "⚠️" not in ask(replaced, WEDDING, EVE).text


@pytest.mark.parametrize("way", ["typed", "topic", "start", "card", "about a day"])
def test_from_then_on_the_first_words_warn_and_name_it_whichever_way_it_is_asked(replaced: Guide, way: str) -> None:
    replies = {
        "typed": lambda: ask(replaced, WEDDING),
        "topic": lambda: press(replaced, "topic:weddings_funerals"),
        "start": lambda: ask(replaced, "/start weddings_funerals"),
        "card": lambda: next(
            card.reply for card in replaced.cards("đám cưới", DAY) if card.intent == "weddings_funerals"
        ),
        "about a day": lambda: replaced.about(("weddings_funerals",), date(2021, 3, 15)),
    }
    reply = replies[way]()
    assert reply.blocks[0].text.startswith("⚠️")
    assert "mục 2 (Văn bản của UBND tỉnh Lai Châu năm 2021) đã được thay thế bởi" in reply.blocks[0].text
    assert TITLE in reply.blocks[0].text
    assert f"doc:{NEW}" in actions(reply)


def test_behind_the_warning_the_answer_is_whole(replaced: Guide, catalogue: Catalogue) -> None:
    reply, answer = ask(replaced, WEDDING), catalogue.answers["weddings_funerals"]
    assert reply.blocks[1 : len(answer.blocks) + 1] == answer.blocks
    assert [replace(each, ended="") for each in reply.citations] == list(answer.citations)
    assert {each.ended for each in reply.citations} == {f"đã được thay thế bởi {TITLE}"}


def test_an_answer_that_rests_on_other_clauses_is_as_before(replaced: Guide, guide: Guide) -> None:
    assert ask(replaced, ENTRY) == ask(guide, ENTRY)
    assert ask(guide, ENTRY).answered == ("report_illegal_entry",)


def test_danger_to_life_comes_before_the_warning(replaced: Guide) -> None:
    reply = ask(replaced, "đám cưới đông người có người không thở được")
    assert "115" in reply.blocks[0].text
    assert "⚠️" not in reply.blocks[0].text


# Withdrawn


@pytest.mark.parametrize("intent", ["mask", "gatherings"])
def test_of_a_withdrawn_answer_no_word_is_left(replaced: Guide, catalogue: Catalogue, intent: str) -> None:
    for reply in (press(replaced, f"topic:{intent}"), ask(replaced, f"/start {intent}")):
        assert not [words for words in old_words(catalogue, intent) if words in reply.text]
        assert reply.citations == ()
        assert not [action for action in actions(reply) if action.startswith("clause:")]
        assert catalogue.intents[intent].title in reply.text
        assert "1900 9095" in reply.text
        assert "cập nhật" in reply.text
        assert TITLE in reply.text
        assert f"doc:{NEW}" in actions(reply)
        assert reply.answered == (intent,)


def test_what_is_withdrawn_by_hand_is_so_before_any_directive_too(replaced: Guide) -> None:
    assert "cập nhật" in press(replaced, "topic:gatherings", EVE).text
    assert TITLE not in press(replaced, "topic:gatherings", EVE).text
    assert "cập nhật" not in press(replaced, "topic:mask", EVE).text


def test_beside_a_withdrawn_answer_another_stands_whole(replaced: Guide, catalogue: Catalogue) -> None:
    reply = replaced.about(("mask", "border"), DAY)
    assert catalogue.answers["border"].blocks[0] in reply.blocks
    assert reply.citations == catalogue.answers["border"].citations
    assert not [words for words in old_words(catalogue, "mask") if words in reply.text]


# The library


def test_the_pages_of_an_old_clause_say_by_what_it_was_replaced(replaced: Guide) -> None:
    page = press(replaced, "clause:UBND@2021#2")
    assert f"Mục 2 đã được thay thế bởi {TITLE}" in page.text
    assert [each.ended for each in page.citations] == [f"đã được thay thế bởi {TITLE}"]
    assert f"Mục 2 đã được thay thế bởi {TITLE}" in press(replaced, "doc:UBND@2021").text
    assert "đã được thay thế" in ask(replaced, "/vanban đám cưới").text
    for other in ("clause:UBND@2021#3", f"clause:{NEW}#1", f"doc:{NEW}", "doc:58-CV/TU@2020-12-08", "library"):
        assert "thay thế" not in press(replaced, other).text, other
    assert "thay thế" not in press(replaced, "clause:UBND@2021#2", EVE).text


def test_a_directive_that_is_replaced_as_a_whole_says_so_on_the_shelf(tmp_path: Path, guide: Guide) -> None:
    whole = make(tmp_path, guide, directive=DIRECTIVE.replace('["UBND@2021#2"]', "[58-CV/TU]"))
    shelf = [block.text for block in press(whole, "library").blocks]
    (line,) = [text for text in shelf if text.startswith("Công văn 58-CV/TU")]
    assert f"đã được thay thế bởi {TITLE}" in line
    assert f"đã được thay thế bởi {TITLE}" in ask(whole, "/vanban 58-CV/TU").text
    assert "thay thế" in ask(whole, "quản lý biên giới thế nào").blocks[0].text


# Ends


def test_an_expired_directive_warns_from_the_day_after_its_last(tmp_path: Path, guide: Guide) -> None:
    expiring = make(tmp_path, guide, directive=DIRECTIVE.replace('["UBND@2021#2"]', "[]"))
    path = tmp_path / "data/directives/UBND_2021.md"
    path.write_text(path.read_text("utf8").replace("expires:\n", "expires: 2021-03-14\n", 1), "utf8")
    expiring = expiring.successor(load(tmp_path))
    assert "⚠️" not in ask(expiring, WEDDING, EVE).text
    assert "hết hiệu lực từ ngày 15/03/2021" in ask(expiring, WEDDING).blocks[0].text
    assert "hết hiệu lực từ ngày 15/03/2021" in press(expiring, "doc:UBND@2021").text
    assert "hết hiệu lực từ ngày 15/03/2021" in press(expiring, "library").text


def test_an_answer_may_have_an_end_of_its_own_to_the_minute(tmp_path: Path, guide: Guide) -> None:
    ending = make(
        tmp_path, guide, directive=DIRECTIVE.replace('["UBND@2021#2"]', "[]"),
        weddings_funerals="expires: 2021-03-14", border="expires: 2021-03-14 17:30\nwhen_old: withdraw",
    )  # fmt: skip
    assert "⚠️" not in press(ending, "topic:weddings_funerals", EVE).text
    assert "hết hạn từ ngày 15/03/2021" in press(ending, "topic:weddings_funerals").blocks[0].text
    end = datetime(2021, 3, 14, 10, 30, tzinfo=UTC)
    assert "cập nhật" not in press(ending, "topic:border", end - timedelta(minutes=1)).text
    assert "cập nhật" in press(ending, "topic:border", end).text


def test_the_real_pack_has_no_such_warning_however_late_it_is_asked(guide: Guide) -> None:
    topics = guide.catalogue.topics()
    assert len(topics) >= 30
    for intent in topics:
        reply = guide.about((intent.id,), date(2036, 1, 1))
        assert "⚠️" not in reply.text
        assert reply.citations
    assert not re.search("thay thế|hết hiệu lực từ", press(guide, "library", DAY + timedelta(days=5000)).text)
