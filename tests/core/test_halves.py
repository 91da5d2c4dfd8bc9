from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.core.asking import asks
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.halves import Whole, two_subjects
from bot.core.questions import Joint, splits
from bot.core.reply import Scored
from tests.fakes import NOON

ASKED = (
    "có phải đeo khẩu trang không", "mấy ngày thì được về", "ai phạt", "xã hay huyện nhận tờ khai",
    "giờ em phải làm sao hả bác", "được tổ chức không các bác ơi", "đã có ca nào chưa ạ", "cho em xin số trực",
    "co duoc ra khoi nha k", "phat bao nhieu vay ad", "khai o dau", "nhà mình bị rồi à", "duoc ve khong…",
    "cho số gọi luôn với", "tiện gửi cái văn bản cho em", "mà chưa biết báo về đâu", "toi chang ro muc phat",
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
    assert (split.left.text, split.right.text) == ("đám cưới mời ba trăm khách được không", "đám tang thì sao")
    assert (split.joint, split.left.asks, split.right.asks) == (Joint.PERHAPS, True, True)


def test_a_joint_is_plain_if_any_part_of_it_is() -> None:
    assert splits("đám cưới có được mời khách không? Còn đám tang thì sao")[0].joint is Joint.PLAIN


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
    assert 0 < len(splits("sao thế, " * 160)) <= 6


def _cuts(text: str, joint: Joint) -> list[tuple[str, str]]:
    return [(split.left.text, split.right.text) for split in splits(text) if split.joint is joint]


def test_two_things_of_one_question_are_cut_apart_and_what_is_asked_belongs_to_both() -> None:
    (split,) = splits("cưới thằng út với họp lớp mùng ba thì được mấy mâm")
    assert (split.left.text, split.right.text) == ("cưới thằng út", "họp lớp mùng ba thì được mấy mâm")
    assert (split.joint, split.left.otherwise) == (Joint.BOTH, "cưới thằng út thì được mấy mâm")


@pytest.mark.parametrize(
    "text",
    [
        "đêm qua tôi tiếp xúc với người lạ thì sao", "vừa cho hỏi cả nhà với nhau có phải giữ xa",
        "cán bộ nào làm việc với cơ quan tôi", "phạt đến mức nào đối với người hở mũi",
        "xin số trực cho tôi với ạ nhà xa",
    ],
)  # fmt: skip
def test_with_whom_is_not_the_second_of_two_things(text: str) -> None:
    assert not _cuts(text, Joint.BOTH)


def test_a_question_may_end_without_a_sign() -> None:
    text = "ve tu vung dich thi bao ai tet nay ban co hoi ko"
    assert _cuts(text, Joint.ASKED) == [("ve tu vung dich thi bao ai", "tet nay ban co hoi ko")]


def test_who_types_signs_would_have_typed_one() -> None:
    assert not _cuts("em vừa lên, về từ vùng dịch thì báo ai tết này bản có hội không", Joint.ASKED)


@pytest.mark.parametrize(
    "text",
    [
        "mức phạt đối với người không đeo khẩu trang là bao nhiêu",
        "vs mấy đứa bạn có phải giữ xa nhau",
        "quen mat da gap nhung ai thi khai lam sao",
    ],
)
def test_what_is_denied_or_counted_or_goes_on_is_not_the_end_of_a_question(text: str) -> None:
    assert not _cuts(text, Joint.ASKED)


def test_words_right_before_a_joint_are_no_question_of_their_own() -> None:
    assert not _cuts("khai y tế ở đâu ạ với khẩu trang mua ở chợ được không", Joint.ASKED)


def test_what_begins_something_new_belongs_to_it() -> None:
    text = "tết này có được lên chơi không mà lên đến nơi thì khai với ai"
    assert ("tết này có được lên chơi không", "mà lên đến nơi thì khai với ai") in _cuts(text, Joint.ONWARD)


@pytest.mark.parametrize(
    ("text", "left", "right", "of_both"),
    [
        ("đám giỗ và họp chi bộ, mỗi thứ được mấy người", "đám giỗ", "họp chi bộ, mỗi thứ được mấy người",
         "mỗi thứ được mấy người"),
        ("ru thang ut voi chay hoi lang ca hai co phai hoan k", "ru thang ut",
         "chay hoi lang ca hai co phai hoan k", "ca hai co phai hoan k"),
        ("hai việc này khác nhau chỗ nào: khai ở trạm và khai trên mạng", "hai việc này khác nhau chỗ nào: khai ở trạm",
         "khai trên mạng", ""),
    ],
)  # fmt: skip
def test_what_joins_two_things_of_which_each_is_asked_about(text: str, left: str, right: str, of_both: str) -> None:
    split = next(split for split in splits(text) if split.joint is Joint.EACH)
    assert (split.left.text, split.right.text) == (left, right)
    assert split.left.otherwise == (f"{left} {of_both}" if of_both else "")


@pytest.mark.parametrize("text", ["mỗi ngày tôi và cháu phải rửa tay mấy lần", "mỗi người và mỗi nhà phải làm gì đây"])
def test_each_day_and_everybody_are_not_two_things(text: str) -> None:
    assert not _cuts(text, Joint.EACH)


def test_a_part_has_its_last_question_beside_it() -> None:
    split = splits("em ở dưới xuôi lên, giờ phải báo ai hả bác, cỗ cưới được mấy mâm")[1]
    assert split.left.otherwise == "giờ phải báo ai hả bác"
    assert split.right.otherwise == ""


# The sum of what speaks for two subjects. What the halves are about is given here.

TEXT = "đeo khẩu trang ở đâu, phạt bao nhiêu tiền một lần"
LEFT, RIGHT = "đeo khẩu trang ở đâu", "phạt bao nhiêu tiền một lần"


def _found(whole: Mapping[str, float], left: float, right: float, text: str = TEXT) -> tuple[str, ...]:
    subjects = {LEFT: Scored("mask", left), RIGHT: Scored("mask_fine", right)}
    return tuple(half.subject.intent for half in two_subjects(text, Whole(whole), subjects.get))


def test_two_sure_halves_are_two_subjects_in_their_order() -> None:
    whole = Whole({"mask_fine": 0.6, "mask": 0.4})
    halves = two_subjects(TEXT, whole, {LEFT: Scored("mask", 0.9), RIGHT: Scored("mask_fine", 0.8)}.get)
    assert [(half.text, half.subject.intent) for half in halves] == [(LEFT, "mask"), (RIGHT, "mask_fine")]
    assert [half.subject.score for half in halves] == pytest.approx([0.65, 0.7])


@pytest.mark.parametrize(
    ("whole", "left", "right"),
    [
        ({"mask_fine": 0.05, "mask": 0.9}, 0.7, 0.2),  # one half is not sure
        ({"mask_fine": 0.999, "mask": 0.001}, 0.9, 0.8),  # the whole is about one
        ({"mask_fine": 1.0}, 0.9, 0.8),
        ({}, 0.8, 0.8),
    ],
)
def test_one_subject(whole: Mapping[str, float], left: float, right: float) -> None:
    assert _found(whole, left, right) == ()


def test_a_plain_joint_makes_up_for_a_half_that_is_less_sure() -> None:
    whole = {"mask_fine": 0.05, "mask": 0.9}
    assert _found(whole, 0.7, 0.3) == ()
    assert _found(whole, 0.7, 0.3, TEXT.replace(",", "?")) == ("mask", "mask_fine")


def test_a_part_is_read_by_its_last_question_where_that_says_more() -> None:
    story = f"hôm qua ra chợ huyện, {TEXT}"
    subjects = {LEFT: Scored("mask", 0.95), f"hôm qua ra chợ huyện, {LEFT}": Scored("mask", 0.3)}
    subjects |= {RIGHT: Scored("mask_fine", 0.9)}
    halves = two_subjects(story, Whole({"mask_fine": 0.6, "mask": 0.4}), subjects.get)
    assert [half.subject.intent for half in halves] == ["mask", "mask_fine"]
    assert halves[0].text == f"hôm qua ra chợ huyện, {LEFT}"


@pytest.mark.parametrize(
    ("second", "alone", "found"),
    [
        ("phạt bao nhiêu tiền một lần", None, ("mask", "mask_fine")),  # says nothing by itself
        ("phạt bao nhiêu tiền một lần", Scored("hotline", 0.3), ("mask", "mask_fine")),  # says little
        ("phạt bao nhiêu tiền một lần", Scored("hotline", 0.9), ("mask", "hotline")),
        ("cái đó phạt bao nhiêu", Scored("hotline", 0.6), ("mask", "mask_fine")),  # points back
    ],
)
def test_a_part_that_leans_on_the_one_before_may_mean_what_the_whole_is_about_besides(
    second: str, alone: Scored | None, found: tuple[str, ...]
) -> None:
    subjects = {LEFT: Scored("mask", 0.95)} | ({second: alone} if alone else {})
    whole = Whole({"mask_fine": 0.5, "mask": 0.4, "hotline": 0.1})
    halves = two_subjects(f"{LEFT}, {second}", whole, subjects.get)
    assert tuple(half.subject.intent for half in halves) == found


def test_no_text_is_read_twice() -> None:
    read: list[str] = []

    def subject_of(text: str) -> Scored:
        read.append(text)
        return Scored("mask", 0.9)

    two_subjects("đeo ở đâu, mua ở đâu, ai phạt bao nhiêu tiền", Whole({"mask": 0.5, "supplies": 0.4}), subject_of)
    assert len(read) == len(set(read)) > 2


def test_halves_about_the_same_are_one_question() -> None:
    assert two_subjects(TEXT, Whole({"mask": 1.0}), lambda _: Scored("mask", 1.0)) == ()


def test_a_half_without_a_subject_is_none() -> None:
    assert two_subjects(TEXT, Whole({"mask": 0.9, "mask_fine": 0.1}), lambda _: None) == ()


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
        ("Họp lớp với giỗ bà nội thì mời được mấy mâm hả bác", {"gatherings", "weddings_funerals"}),
        ("khau trang vai deo dc ko di cach ly mat bao nhieu tien", {"mask", "quarantine"}),
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
