from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.core.asking import asks
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.halves import two_subjects
from bot.core.questions import splits
from bot.core.reply import Scored
from tests.fakes import NOON

ASKED = (
    "có phải đeo khẩu trang không", "mấy ngày thì được về", "ai phạt", "xã hay huyện nhận tờ khai",
    "giờ em phải làm sao hả bác", "được tổ chức không các bác ơi", "đã có ca nào chưa ạ", "cho em xin số trực",
    "co duoc ra khoi nha k", "phat bao nhieu vay ad", "khai o dau", "nhà mình bị rồi à", "duoc ve khong…",
)  # fmt: skip
TOLD = (
    "tôi không dám nói với xóm", "ba người không giấy tờ", "chẳng ai dám nói", "ai cũng sợ", "mấy người lạ mặt",
    "em ở Hải Dương về hôm qua", "theo văn bản tỉnh", "con dau toi o ha noi", "em dau bung tu sang", "chu trong nha",
)  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_a_piece_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", TOLD)
def test_a_piece_tells(text: str) -> None:
    assert not asks(text)


def test_joints_beside_each_other_are_one() -> None:
    (split,) = splits("đám cưới mời ba trăm khách được không, thế còn đám tang thì sao")
    assert (split.left, split.right) == ("đám cưới mời ba trăm khách được không", "đám tang thì sao")
    assert (split.plain, split.asking) == (False, 2)


def test_a_joint_is_plain_if_any_part_of_it_is() -> None:
    assert splits("đám cưới có được mời khách không? Còn đám tang thì sao")[0].plain


def test_how_is_not_cut_in_two() -> None:
    assert not splits("người từ vùng dịch về phải khai báo thế nào cho đúng")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Theo văn bản tỉnh, cơ quan tôi phải phòng dịch ra sao", False),
        ("Theo văn bản tỉnh mới ban hành hôm qua, cơ quan tôi phải phòng dịch ra sao", True),
        ("Ai phạt, cơ quan tôi phải phòng dịch ra sao đây", True),
    ],
)
def test_a_few_words_that_do_not_ask_are_no_half(text: str, *, cut: bool) -> None:
    assert bool(splits(text)) is cut


def test_a_message_of_nothing_but_joints_is_cut_at_a_few_places() -> None:
    assert 0 < len(splits("sao thế, " * 160)) <= 5


# The sum of what speaks for two subjects. What the halves are about is given here.

TEXT = "đeo khẩu trang ở đâu, phạt bao nhiêu tiền một lần"
LEFT, RIGHT = "đeo khẩu trang ở đâu", "phạt bao nhiêu tiền một lần"


def _about(left: Scored, right: Scored) -> Callable[[str], Scored | None]:
    return {LEFT: left, RIGHT: right}.get


def _found(whole: Mapping[str, float], left: float, right: float, text: str = TEXT) -> tuple[str, ...]:
    halves = two_subjects(text, whole, _about(Scored("mask", left), Scored("mask_fine", right)))
    return tuple(half.subject.intent for half in halves)


def test_two_sure_halves_are_two_subjects_in_their_order() -> None:
    halves = two_subjects(TEXT, {"mask_fine": 0.6, "mask": 0.4}, _about(Scored("mask", 0.9), Scored("mask_fine", 0.8)))
    assert [(half.text, half.subject.intent) for half in halves] == [(LEFT, "mask"), (RIGHT, "mask_fine")]
    assert [half.subject.score for half in halves] == pytest.approx([0.65, 0.7])


@pytest.mark.parametrize(
    ("whole", "left", "right"),
    [
        ({"mask_fine": 0.6, "mask": 0.4}, 0.7, 0.2),  # one half is not sure
        ({"mask_fine": 0.999, "mask": 0.001}, 0.9, 0.6),  # the whole is about one
        ({"mask_fine": 1.0}, 0.9, 0.6),
        ({}, 0.9, 0.9),
    ],
)
def test_one_subject(whole: Mapping[str, float], left: float, right: float) -> None:
    assert _found(whole, left, right) == ()


def test_a_plain_joint_makes_up_for_a_half_that_is_less_sure() -> None:
    whole = {"mask_fine": 0.6, "mask": 0.4}
    assert _found(whole, 0.7, 0.3) == ()
    assert _found(whole, 0.7, 0.3, TEXT.replace(",", "?")) == ("mask", "mask_fine")


def test_halves_about_the_same_are_one_question() -> None:
    assert two_subjects(TEXT, {"mask": 1.0}, lambda _: Scored("mask", 1.0)) == ()


def test_a_half_without_a_subject_is_none() -> None:
    assert two_subjects(TEXT, {"mask": 0.9, "mask_fine": 0.1}, lambda _: None) == ()


# With the content


def _answered(guide: Guide, text: str) -> tuple[str, ...]:
    return guide.answer(text, Context(), NOON).reply.answered


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Đứng xếp hàng cách nhau mấy mét, khẩu trang vải có được không", {"distance", "mask"}),
        ("tai bluezone kieu gi vay ad, tet nay co nen ve que ko", {"bluezone_install", "tet_travel"}),
        ("Nhà cháu cưới ngày 20 có phải hoãn không bác? Khách ở Hải Dương về có phải cách ly không ạ?",
         {"weddings_funerals", "return_from_epidemic_area"}),
    ],
)  # fmt: skip
def test_both_questions_are_answered(guide: Guide, text: str, answered: set[str]) -> None:
    assert set(_answered(guide, text)) == answered


def test_a_story_before_the_question_is_not_answered_too(guide: Guide) -> None:
    story = "Sáng nay tôi đi chợ quên đeo khẩu trang, chẳng ai nhắc, giờ rửa tay bằng gì cho sạch vi rút"
    assert _answered(guide, story) == ("disinfection",)


def test_what_a_half_needs_may_be_said_by_the_subject_of_the_other(guide: Guide) -> None:
    assert "hotline" not in _answered(guide, "gọi số nào")
    both = _answered(guide, "Con tôi sốt ho thì đưa đi xét nghiệm ở đâu, cần hỏi gì thêm thì gọi số nào")
    assert both == ("symptoms_testing", "hotline")


def test_a_sign_takes_the_place_of_neither_question(guide: Guide) -> None:
    reply = guide.answer(
        "Người vượt biên trái phép bị xử thế nào? Trốn cách ly thì phạt bao nhiêu tiền?", Context(), NOON
    ).reply
    assert reply.answered == ("report_illegal_entry", "illegal_entry_policy", "violations")
    actions = [button.action for row in reply.buttons for button in row]
    assert "up:report_illegal_entry+illegal_entry_policy" in actions
    assert max(len(action.encode()) for action in actions) <= 64
