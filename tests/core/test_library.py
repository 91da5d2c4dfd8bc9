"""The directives in the chat: every page, every button, and words looked up in the clauses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.actions import MAX_BYTES, Action
from bot.core.catalogue import Answer, Catalogue
from bot.core.context import Context
from bot.core.directives import Clause
from bot.core.guide import Guide
from bot.core.reply import Reply
from bot.core.searching import Search
from bot.reception import dump_context, load_context
from tests.fakes import NOON

PEOPLE, PARTY = "UBND@2021", "58-CV/TU@2020-12-08"
NOT_HELD = {
    "22/TB-VPCP": ("30/01/2021", f"{PEOPLE}#preamble"),
    "1699/CĐ-TTg": ("02/12/2020", f"{PARTY}#preamble"),
    "9816-CV/BTGTW": ("03/12/2020", f"{PARTY}#4"),
}


def say(guide: Guide, text: str) -> Reply:
    return guide.answer(text, Context(), NOON).reply


def press(guide: Guide, action: str, context: Context | None = None) -> Reply:
    return guide.press(Action.read(action), context or Context(), NOON).reply


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def bold(reply: Reply) -> list[str]:
    """The words marked in a reply, without its heading."""
    return [span.text for block in reply.blocks[1:] for span in block.spans if span.style == "bold"]


# The list and a directive


def test_the_list_has_every_directive_and_every_document_that_is_not_held(guide: Guide) -> None:
    reply = say(guide, "/vanban")
    assert {f"doc:{PEOPLE}", f"doc:{PARTY}"} <= set(actions(reply))
    for word in ("58-CV/TU", "Lê Văn Lương", "Tống Thanh Hải", "để trống ngày và tháng"):
        assert word in reply.text
    for number, (day, _) in NOT_HELD.items():
        (line,) = [block.text for block in reply.blocks if number in block.text]
        assert day in line
        assert "nhắc ở" in line


def test_a_directive_shows_what_it_says_of_itself_and_what_it_leaves_blank(guide: Guide) -> None:
    party, people = press(guide, f"doc:{PARTY}"), press(guide, f"doc:{PEOPLE}")
    for word in ("58-CV/TU", "08/12/2020", "Tỉnh ủy Lai Châu", "Lê Văn Lương", "Ban Thường vụ Tỉnh đoàn"):
        assert word in party.text
    lines = {block.text.partition(":")[0]: block.text for block in people.blocks}
    for name in ("Số, ký hiệu", "Về việc", "Ngày có hiệu lực"):
        assert "không ghi" in lines[name], name
    assert "2021" in lines["Ngày"]
    assert "bản gốc" in lines["Ngày"]


def test_a_directive_has_a_button_for_every_clause_several_in_a_row(guide: Guide, catalogue: Catalogue) -> None:
    for directive in catalogue.directives.values():
        reply = press(guide, f"doc:{directive.id}")
        clauses = [action.removeprefix("clause:") for action in actions(reply) if action.startswith("clause:")]
        assert clauses == [clause.id for clause in directive.clauses]
        assert max(map(len, reply.buttons)) == 4
        assert all(len(button.label) <= 20 for row in reply.buttons if len(row) > 1 for button in row)


def test_the_notes_on_the_source_are_told_word_by_word(guide: Guide, catalogue: Catalogue) -> None:
    for directive in catalogue.directives.values():
        assert f"notes:{directive.id}" in actions(press(guide, f"doc:{directive.id}"))
        notes = press(guide, f"notes:{directive.id}")
        assert [block.text for block in notes.blocks if block.kind == "item"] == list(directive.source_notes)


def test_reading_leads_through_a_whole_directive_and_back(guide: Guide, catalogue: Catalogue) -> None:
    for directive in catalogue.directives.values():
        read, at = [], f"clause:{directive.clauses[0].id}"
        while at:
            page = press(guide, at)
            read.append(at.removeprefix("clause:"))
            assert f"doc:{directive.id}" in actions(page)
            onward = [button.action for row in page.buttons for button in row if button.label.endswith("→")]
            back = [button.action for row in page.buttons for button in row if button.label.startswith("←")]
            assert back == ([f"clause:{read[-2]}"] if len(read) > 1 else [])
            at = onward[0] if onward else ""
        assert read == [clause.id for clause in directive.clauses]


def test_a_clause_page_has_every_word_of_the_clause(guide: Guide, catalogue: Catalogue) -> None:
    for directive in catalogue.directives.values():
        for clause in directive.clauses:
            assert " ".join(clause.text.split()) in " ".join(press(guide, f"clause:{clause.id}").text.split())


# What rests on a clause


def test_a_clause_names_exactly_the_subjects_that_cite_it(guide: Guide, catalogue: Catalogue) -> None:
    counted = 0
    for clause in (clause for each in catalogue.directives.values() for clause in each.clauses):
        assert f"rests:{clause.id}" in actions(press(guide, f"clause:{clause.id}"))
        reply = press(guide, f"rests:{clause.id}")
        shown = {action.removeprefix("topic:") for action in actions(reply) if action.startswith("topic:")}
        assert shown == {
            answer.intent
            for answer in catalogue.answers.values()
            if any(f"{cited.directive}#{cited.clause}" == clause.id for cited in answer.citations)
        }
        assert shown or "Chưa có" in reply.text
        assert f"clause:{clause.id}" in actions(reply)
        counted += len(shown)
    assert counted >= 8


# Marked words


def quoted(answer: Answer, clause_id: str) -> list[str]:
    quotes = [each.quote for each in answer.citations if f"{each.directive}#{each.clause}" == clause_id and each.quote]
    return [part.strip() for quote in quotes for part in quote.split("[…]")]


def shared(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Two subjects with different quotations of one clause."""
    for first in catalogue.topics():
        for cited in catalogue.answers[first.id].citations:
            clause_id = f"{cited.directive}#{cited.clause}"
            for other in catalogue.topics():
                mine, theirs = (quoted(catalogue.answers[each.id], clause_id) for each in (first, other))
                if mine and theirs and mine != theirs:
                    yield clause_id, first.id, other.id


def test_from_an_answer_exactly_its_words_are_marked_though_another_cites_the_clause(
    guide: Guide, catalogue: Catalogue
) -> None:
    pairs = sorted(set(shared(catalogue)))
    assert len(pairs) >= 2
    for clause_id, first, other in pairs:
        guide_context = guide.press(Action("topic", first), Context("", (other,), NOON), NOON).context
        marked = bold(press(guide, f"clause:{clause_id}", guide_context))
        mine = quoted(catalogue.answers[first], clause_id)
        assert all(part in " ".join(marked) for part in mine), (clause_id, first)
        assert set(" ".join(marked).split()) == set(" ".join(mine).split()), (clause_id, first, other)


def test_from_reading_nothing_is_marked_until_the_next_answer(guide: Guide) -> None:
    answered = guide.answer("đám cưới có được tổ chức không", Context(), NOON)
    clause = f"clause:{PEOPLE}#2"
    assert bold(press(guide, clause, answered.context))
    reading = guide.answer("/vanban", answered.context, NOON).context
    page = press(guide, clause, load_context(dump_context(reading)))
    assert not bold(page)
    assert "topic:weddings_funerals" not in actions(page)
    again = guide.press(Action("topic", "mask"), reading, NOON).context
    assert bold(press(guide, clause, again))


def test_reading_in_between_does_not_break_a_follow_up(guide: Guide) -> None:
    answered = guide.answer("đám cưới có được tổ chức không", Context(), NOON)
    reading = guide.press(Action("doc", PEOPLE), answered.context, NOON).context
    later = guide.answer("thế còn đám tang?", reading, NOON + timedelta(minutes=2))
    assert later.reply.answered == ("weddings_funerals",)


# Documents by their number


@pytest.mark.parametrize("number", NOT_HELD)
@pytest.mark.parametrize("way", ["{}", "văn bản số {}", "{} ", "SHORT"])
def test_a_document_that_is_only_mentioned_is_said_not_to_be_held(guide: Guide, number: str, way: str) -> None:
    typed = number.split("/")[0].split("-")[0] if way == "SHORT" else way.format(number)
    day, clause = NOT_HELD[number]
    reply = say(guide, f"/vanban {typed}")
    assert "không có văn bản này" in reply.text
    assert number in reply.text
    assert day in reply.text
    assert f"clause:{clause}" in actions(reply)
    assert not any(action.startswith("doc:") for action in actions(reply))


@pytest.mark.parametrize("typed", ["58-CV/TU", "58-cv/tu", "58 CV TU", "công văn số 58", "cong van 58-CV/TU", PARTY])
def test_a_document_that_is_held_is_opened(guide: Guide, typed: str) -> None:
    assert say(guide, f"/vanban {typed}") == press(guide, f"doc:{PARTY}")


# Words


@pytest.mark.parametrize(
    ("typed", "first", "marked"),
    [
        ("đám cưới", f"{PEOPLE}#2", "đám cưới"),
        ("dam cuoi", f"{PEOPLE}#2", "đám cưới"),
        ("ĐÁM CƯỚI", f"{PEOPLE}#2", "đám cưới"),
        ("ddams cuowis", f"{PEOPLE}#2", "đám cưới"),
        ("đường dây nóng", f"{PEOPLE}#3", "đường dây nóng"),
        ("duong day nong", f"{PEOPLE}#3", "đường dây nóng"),
        ("van nam", f"{PARTY}#3", "Vân Nam"),
        ("Bluezone", f"{PEOPLE}#6", "Bluezone"),
    ],
)
def test_words_are_found_and_marked(guide: Guide, typed: str, first: str, marked: str) -> None:
    reply = say(guide, f"/vanban {typed}")
    assert actions(reply)[0] == f"clause:{first}"
    assert marked in bold(reply)


def test_at_most_five_hits_are_shown_and_the_rest_is_counted(guide: Guide) -> None:
    reply = say(guide, "/vanban dịch")
    hits = [action for action in actions(reply) if action.startswith("clause:")]
    assert len(hits) == 5
    assert len([block for block in reply.blocks if block.kind == "item"]) == 5
    assert any(block.kind == "note" and any(letter.isdigit() for letter in block.text) for block in reply.blocks)


def test_without_a_hit_the_words_are_named_and_the_documents_listed(guide: Guide) -> None:
    reply = say(guide, "/vanban *con* [trâu](http://x.test)")
    assert "*con* [trâu](http://x.test)" in reply.text
    assert {f"doc:{PEOPLE}", f"doc:{PARTY}"} <= set(actions(reply))
    assert not any(span.style == "link" for block in reply.blocks for span in block.spans)


def test_a_very_long_search_is_not_said_back_whole(guide: Guide) -> None:
    assert len(say(guide, "/vanban " + "trâu bò " * 400).text) < len(say(guide, "/vanban").text) + 400


def test_signs_alone_get_the_list(guide: Guide) -> None:
    assert say(guide, "/vanban ???") == say(guide, "/vanban")


def clauses(*texts: str) -> Search:
    return Search(Clause("A", str(at), text) for at, text in enumerate(texts))


def found(search: Search, typed: str) -> list[str]:
    return [hit.clause.path for hit in search.find(typed)]


def test_accents_as_typed_come_first_but_the_others_are_not_lost() -> None:
    search = clauses("Ăn cỗ ở bản.", "Cơ quan ở bản.", "Quân y ở bản.")
    assert found(search, "cỗ") == ["0", "1"]
    assert found(search, "cơ") == ["1", "0"]
    assert found(search, "co") == ["0", "1"]


def test_a_phrase_comes_before_scattered_words_and_every_word_is_needed() -> None:
    search = clauses("Khách đông, chợ phiên.", "Chỗ đông khách.", "Chợ vắng khách.", "Khách ở chợ đông.")
    assert found(search, "đông khách") == ["1", "0", "3"]
    assert found(search, "đông khách chợ") == ["0", "3", "1"]
    assert not found(search, "đông khách lạ")


def test_half_a_word_is_no_hit() -> None:
    assert not found(clauses("Đường mòn."), "đườ")
    assert not found(clauses("Thanh toán điện tử."), "than")


def test_a_snippet_shows_the_place_where_the_words_are() -> None:
    text = "Mở đầu rất dài. " * 40 + "Giữ khoảng cách khi tiếp xúc. " + "Kết thúc rất dài. " * 40
    (hit,) = clauses(text).find("khoang cach")
    whole = "".join(span.text for span in hit.snippet)
    assert [span.text for span in hit.snippet if span.style == "bold"] == ["khoảng cách"]
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 200
    assert whole.strip("… ") in text


# All of it


def test_every_button_from_the_list_on_leads_somewhere_and_fits(guide: Guide) -> None:
    seen: set[str] = set()
    waiting = ["library", "menu", "places"]
    nowhere = press(guide, "unknown").blocks
    while waiting:
        action = waiting.pop()
        if action in seen or action.startswith(("up:", "down:")):
            continue
        seen.add(action)
        reply = press(guide, action)
        assert reply.blocks != nowhere, action
        assert len(action.encode()) <= MAX_BYTES
        assert all(button.label for row in reply.buttons for button in row)
        waiting += actions(reply)
    kinds = {Action.read(action).kind for action in seen}
    assert {"library", "doc", "notes", "clause", "rests", "group", "topic", "menu", "places", "place"} <= kinds


@pytest.mark.parametrize("value", ["x", "UBND", "99", "-1", "", "UBND@2021#99"])
@pytest.mark.parametrize("kind", ["doc", "notes", "rests", "clause", "group", "place"])
def test_forged_buttons_get_the_menu(guide: Guide, kind: str, value: str) -> None:
    assert "group:0" in actions(press(guide, f"{kind}:{value}"))
