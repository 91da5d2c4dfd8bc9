"""What a change does to questions: found, grouped, told; the short way misses little of what the full run finds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.changes import change
from bot.content.impact import DANGER, Group, Impact, Label, Turned, _Run, distinct, impact, turns
from bot.content.impact_words import impact_lines
from bot.content.questions import Question, questions_of_checks
from bot.content.words_diff import Run
from bot.core.catalogue import Catalogue
from bot.core.concepts import Concept
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.reply import Block, Outcome, Scored, Span
from bot.core.understanding import SURE

NOW = datetime(2021, 2, 5, 12, tzinfo=UTC)
FINE, MASK = "không đeo khẩu trang bị phạt bao nhiêu tiền", "ra chợ có bắt buộc đeo khẩu trang không"
PIGS = "lợn nhà tôi bị tai xanh thì chôn ở chỗ nào"
NEW_LINE = Block("paragraph", (Span("Nhớ đeo cả khi đi xe khách."),))


def with_examples(catalogue: Catalogue, name: str, *texts: str) -> Catalogue:
    intent = catalogue.intents[name]
    changed = replace(intent, examples=(*intent.examples, *texts))
    return replace(catalogue, intents={**catalogue.intents, name: changed})


def without(catalogue: Catalogue, name: str) -> Catalogue:
    intents = {each.id: each for each in catalogue.intents.values() if each.id != name}
    answers = {each.intent: each for each in catalogue.answers.values() if each.intent != name}
    return replace(catalogue, intents=intents, answers=answers)


def reworded(catalogue: Catalogue, name: str) -> Catalogue:
    answer = catalogue.answers[name]
    changed = replace(answer, blocks=(*answer.blocks, NEW_LINE))
    return replace(catalogue, answers={**catalogue.answers, name: changed})


def of(guide: Guide, catalogue: Catalogue, *texts: str, every: bool = False) -> Impact:
    return impact(guide, guide.successor(catalogue), [Question(text, "real") for text in texts], NOW, every=every)


def titles(*guides: Guide) -> dict[str, str]:
    return {name: intent.title for guide in guides for name, intent in guide.catalogue.intents.items()}


def only(found: Impact) -> Group:
    (group,) = found.groups
    return group


def test_a_change_of_nothing_asks_nothing(guide: Guide, catalogue: Catalogue) -> None:
    found = of(guide, catalogue, FINE, MASK)
    assert found == Impact((), 2, 0, 0, 0)
    assert of(guide, catalogue, FINE, MASK, every=True) == Impact((), 2, 2, 2, 2)


def test_questions_that_go_to_another_subject_are_one_group(guide: Guide, catalogue: Catalogue) -> None:
    taken = catalogue.intents["mask_fine"].examples
    fewer = with_examples(without(catalogue, "mask_fine"), "mask", *taken)
    found = of(guide, fewer, FINE, "phạt không đeo khẩu trang mấy trăm nghìn")
    group = only(found)
    assert group.kind == "other_subject"
    assert (group.before, group.after) == (
        Label(Outcome.ANSWERED, ("mask_fine",)), Label(Outcome.ANSWERED, ("mask",)),
    )  # fmt: skip
    assert group.questions == 2
    assert set(group.examples) == {FINE, "phạt không đeo khẩu trang mấy trăm nghìn"}
    line = impact_lines(found, titles(guide))[0]
    assert line.startswith("2 câu trước đây được trả lời “")
    assert catalogue.intents["mask_fine"].title in line.split("nay")[0]
    assert catalogue.intents["mask"].title in line.split("nay")[1]


def test_what_is_taught_is_newly_answered_and_what_is_put_out_of_scope_no_longer(
    guide: Guide, catalogue: Catalogue
) -> None:
    assert guide.answer(PIGS, Context(), NOW).reply.outcome is not Outcome.ANSWERED
    words = ("lợn bị tai xanh chôn ở đâu", "lợn chết tai xanh chôn chỗ nào", "tai xanh lợn thì chôn thế nào", PIGS)
    taught = with_examples(catalogue, "supplies", *words, *(f"{text} hả cán bộ" for text in words))
    group = only(of(guide, taught, PIGS))
    assert (group.kind, group.after.subjects, group.examples) == ("newly_answered", ("supplies",), (PIGS,))
    back = impact(guide.successor(taught), guide.successor(catalogue), [Question(PIGS, "real", 3)], NOW)
    assert only(back).kind == "no_longer_answered"
    assert (only(back).questions, only(back).weight) == (1, 3)
    assert "1 câu (đã hỏi 3 lần) trước đây được trả lời" in impact_lines(back, titles(guide))[0]


def test_new_words_of_an_answer_are_shown_with_all_its_questions(guide: Guide, catalogue: Catalogue) -> None:
    found = of(guide, reworded(catalogue, "mask"), MASK, FINE)
    group = only(found)
    assert (group.kind, group.questions, group.examples) == ("new_wording", 1, (MASK,))
    assert Run("added", "\n" + NEW_LINE.text) in group.diff
    line = impact_lines(found, titles(guide))[0]
    assert line.startswith("1 câu vẫn được trả lời “")
    assert line.endswith("{+\nNhớ đeo cả khi đi xe khách.+}")


def test_new_words_are_shown_also_where_nobody_asked_for_them(guide: Guide, catalogue: Catalogue) -> None:
    found = of(guide, reworded(catalogue, "mask"), "xin chào")
    assert only(found).questions == 0
    assert "chưa có câu hỏi nào tới. Lời mới: …" in impact_lines(found, titles(guide))[0]


def test_a_sign_of_danger_concerns_whoever_says_it(guide: Guide, catalogue: Catalogue) -> None:
    danger = replace(catalogue.danger, signs=(*catalogue.danger.signs, "ngã gục xuống suối"))
    text = "ra chợ người ngã gục xuống suối thì có phải đeo khẩu trang không"
    found = of(guide, replace(catalogue, danger=danger), text, MASK)
    assert found.asked == 1
    assert DANGER in only(found).after.subjects
    assert "lời nhắc gọi cấp cứu" in impact_lines(found, titles(guide))[0]


def test_a_concept_concerns_whoever_uses_one_of_its_words(guide: Guide, catalogue: Catalogue) -> None:
    more = replace(catalogue, concepts=(*catalogue.concepts, Concept("pig", "Lợn", ("lợn", "con heo nái"))))
    edited = change(guide, guide.successor(more))
    assert edited.matching
    assert edited.nearness("bán con heo nái ở đâu") > 0.0
    assert edited.nearness(MASK) == 0.0


def test_needs_concern_the_questions_of_their_subject(guide: Guide, catalogue: Catalogue) -> None:
    needy = replace(catalogue.intents["mask"], needs=("khẩu trang y tế",))
    found = of(guide, replace(catalogue, intents={**catalogue.intents, "mask": needy}), MASK)
    assert only(found).kind == "no_longer_answered"
    assert only(found).after == Label(Outcome.ASKED_BACK, ("mask",))
    assert "nay được hỏi lại, có nút" in impact_lines(found, titles(guide))[0]


def test_a_text_is_asked_once_with_all_its_times() -> None:
    questions = [Question("a  b", "real", 2), Question("a b", "check"), Question("c", "real", 9), Question("c", "real")]
    assert distinct(questions) == [Question("a b", "check", 3), Question("c", "real", 10)]


def test_a_run_that_is_stopped_says_how_far_it_came(guide: Guide, catalogue: Catalogue) -> None:
    texts = [Question(f"{MASK} {number}", "real") for number in range(60)]
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 25

    found = impact(guide, guide.successor(reworded(catalogue, "mask")), texts, NOW, every=True, progress=stop)
    assert seen == [(0, 60), (25, 60)]
    assert (found.partial, found.asked, found.chosen, found.total) == (True, 25, 60, 60)
    assert only(found).questions == 25
    assert impact_lines(found, titles(guide))[-1].startswith("Đã dừng giữa chừng: mới thử 25 trong 60 câu")


def test_a_run_that_is_not_stopped_says_so_at_its_end(guide: Guide) -> None:
    seen: list[tuple[int, int]] = []

    def go_on(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    found = impact(guide, guide, [Question(MASK, "real")], NOW, every=True, progress=go_on)
    assert seen == [(0, 1), (1, 1)]
    assert not found.partial
    assert impact_lines(found, {}) == ["Không thấy câu nào được trả lời khác đi.", "Đã thử lại cả 1 câu."]


def test_the_key_of_a_group_stays_until_the_change_is_another_one(guide: Guide, catalogue: Catalogue) -> None:
    once, again = (of(guide, reworded(catalogue, "mask"), *texts) for texts in ([MASK], [MASK, f"{MASK} ạ"]))
    other = of(guide, reworded(reworded(catalogue, "mask"), "mask"), MASK)
    assert only(once).key == only(again).key
    assert only(once).key != only(other).key


def test_the_short_way_finds_nearly_all_that_the_full_run_finds(guide: Guide, catalogue: Catalogue) -> None:
    questions = questions_of_checks(catalogue)
    assert len(questions) > 150
    later = guide.successor(without(catalogue, "hotline"))
    short, full = (impact(guide, later, questions, NOW, every=every) for every in (False, True))
    assert 0 < short.asked <= short.near < full.asked == full.total
    assert count(full.groups) >= 5
    assert count(short.groups) >= 0.8 * count(full.groups)
    assert {group.key for group in short.groups} <= {group.key for group in full.groups}


def test_of_the_same_text_the_scores_are_kept_that_are_known() -> None:
    scores = (Scored("mask", 0.5),)
    found = distinct([Question("a", "check"), Question("a", "real", 2, scores), Question("b", "real", 1, scores)])
    assert found == [Question("a", "check", 3, scores), Question("b", "real", 1, scores)]


def test_what_stood_at_a_limit_is_asked_again_though_it_shares_no_word(guide: Guide, catalogue: Catalogue) -> None:
    edited = with_examples(catalogue, "supplies", "xe lăn mượn ở trạm nào")
    sure, close = ((Scored("mask", score),) for score in (0.99, SURE + 0.005))
    questions = [Question(f"{MASK} {number}", "real", scores=sure) for number in range(9)]
    questions.append(Question(f"{MASK} nhỉ", "real", scores=close))
    found = impact(guide, guide.successor(edited), questions, NOW)
    assert (found.near, found.asked, found.total) == (1, 1, 10)
    assert impact(guide, guide, questions, NOW).asked == 0, "nothing has changed"


def test_the_nearest_and_those_at_a_limit_come_by_turns(guide: Guide, catalogue: Catalogue) -> None:
    edited = with_examples(catalogue, "supplies", "xe lăn mượn ở trạm nào")
    alike = [Question(f"mượn xe lăn {number}", "real") for number in range(40)]
    close = [Question(f"{MASK} {number}", "real", scores=(Scored("mask", SURE),)) for number in range(40)]
    later = guide.successor(edited)
    found = _Run(guide, later, change(guide, later), NOW).near([*close, *alike])
    assert len(found) == 80
    assert sum("xe lăn" in each.text for each in found[:10]) == 5


def count(groups: Sequence[Group]) -> int:
    return sum(group.questions for group in groups)


ANSWERED, ASKED, LOST = Outcome.ANSWERED, Outcome.ASKED_BACK, Outcome.NOT_UNDERSTOOD
A, B, AB = Label(ANSWERED, ("a",)), Label(ANSWERED, ("b",)), Label(ANSWERED, ("a", "b"))
TURNS = [
    (A, B, Turned("other_subject", A, B), "trước đây được trả lời “A”, nay được trả lời “b”"),
    (A, AB, Turned("other_subject", A, AB), "trước đây được trả lời “A”, nay được trả lời “A” và “b”"),
    (A, Label(LOST), Turned("no_longer_answered", A, Label(LOST)), "nay không hiểu được"),
    (A, Label(ASKED, ("b", "c")), Turned("no_longer_answered", A, Label(ASKED)), "không có nút ấy để chọn"),
    (Label(ASKED, ("a", "c")), A, Turned("newly_answered", Label(ASKED, ("a",)), A), "có nút “A” để chọn, nay được"),
    (
        Label(ASKED, ("a", "b")), Label(ASKED, ("b", "c")),
        Turned("asked_back_differently", Label(ASKED, ("a",)), Label(ASKED, ("c",))),
        "vẫn được hỏi lại nhưng bớt nút “A”, thêm nút “c”",
    ),
    (
        Label(ASKED, ("a", "b")), Label(LOST), Turned("asked_back_differently", Label(ASKED), Label(LOST)),
        "trước đây được hỏi lại, nay không hiểu được",
    ),
    (
        Label(LOST), Label(ASKED, ("a", "b")), Turned("asked_back_differently", Label(LOST), Label(ASKED)),
        "trước đây không hiểu được, nay được hỏi lại",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "turned", "words"), TURNS)
def test_every_kind_of_change_has_its_words(before: Label, after: Label, turned: Turned, words: str) -> None:
    assert list(turns(before, after, ())) == [turned]
    assert list(turns(before, before, ())) == []
    group = Group("k", turned.kind, turned.before, turned.after, 7, 7, ("câu một", "câu hai"))
    line = impact_lines(Impact((group,), 9000, 3000, 1200, 1200), {"a": "A"})[0]
    assert words in line
    assert line.endswith(": “câu một”; “câu hai” và 5 câu nữa.")
    assert unicodedata.is_normalized("NFC", line)


def test_the_last_line_says_what_was_tried() -> None:
    assert impact_lines(Impact((), 10_000, 3000, 1200, 1200), {})[-1] == (
        "Đã thử lại 1.200 trong 10.000 câu: những câu giống chỗ sửa nhất và dễ đổi nhất. "
        "Muốn chắc chắn thì thử lại tất cả."
    )
    assert "mọi câu có từ chung với chỗ sửa hoặc dễ đổi" in impact_lines(Impact((), 10_000, 300, 300, 300), {})[-1]
