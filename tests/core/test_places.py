"""Where to ask near by: places found in what people type, their pages, and no number that nobody verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.actions import Action
from bot.core.catalogue import Catalogue, Phone
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.places import Gazetteer
from bot.core.reply import Reply
from tests.fakes import NOON

BORDER = {"phong_tho", "sin_ho", "muong_te", "nam_nhun", "ma_lu_thang"}
CROSSED = "Tôi thấy người vượt biên ở {}, báo cho ai"
PHONE = Phone("Trung tâm Y tế huyện", "0213 000 001", "Công văn thử", "2021-02-01")


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def page(guide: Guide, action: str) -> Reply:
    return guide.press(Action.read(action), Context(), NOON).reply


def say(guide: Guide, text: str) -> Reply:
    return guide.answer(text, Context(), NOON).reply


def with_phone(catalogue: Catalogue, name: str) -> Guide:
    places = {**catalogue.places, name: replace(catalogue.places[name], phones=(PHONE,))}
    return Guide(replace(catalogue, places=places), timedelta(days=90), timedelta(days=90))


def test_the_units_of_the_province_are_there_and_no_number_is_made_up(catalogue: Catalogue) -> None:
    kinds = [place.kind for place in catalogue.places.values()]
    assert (kinds.count("city"), kinds.count("district"), kinds.count("border_gate")) == (1, 7, 1)
    assert {name for name, place in catalogue.places.items() if place.border} == BORDER
    assert catalogue.places["ma_lu_thang"].district == "phong_tho"
    assert all(phone.source for place in catalogue.places.values() for phone in place.phones)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("nhà tôi ở Sìn Hồ", ["sin_ho"]),
        ("nha toi o sin ho", ["sin_ho"]),
        ("SÌN HỒ", ["sin_ho"]),
        ("sinf hoof", ["sin_ho"]),
        ("sinho", ["sin_ho"]),
        ("o phong tho co ai", ["phong_tho"]),
        ("xã tôi ở huyện Phong Thổ", ["phong_tho"]),
        ("tân uyên", ["tan_uyen"]),
        ("tan uyen", ["tan_uyen"]),
        ("than uyên", ["than_uyen"]),
        ("than uyen", ["than_uyen"]),
        ("tan uyen va than uyen", ["tan_uyen", "than_uyen"]),
        ("muong te", ["muong_te"]),
        ("nậm nhùn", ["nam_nhun"]),
        ("tam duong", ["tam_duong"]),
        ("cua khau ma lu thang", ["ma_lu_thang"]),
        ("tp lai châu", ["lai_chau_city"]),
        ("thanh pho lai chau", ["lai_chau_city"]),
        ("tỉnh Lai Châu", []),
        ("phòng thờ", []),
        ("xin hộ", []),
        ("tạm đường", []),
        ("sin hoa", []),
        ("phongg", []),
        ("", []),
    ],
)
def test_places_are_found_as_whole_syllables(catalogue: Catalogue, typed: str, ids: list[str]) -> None:
    assert [place.id for place in Gazetteer(catalogue.places.values()).found_in(typed)] == ids


def test_every_place_is_found_by_every_name(catalogue: Catalogue) -> None:
    gazetteer = Gazetteer(catalogue.places.values())
    named = [(place, name) for place in catalogue.places.values() for name in place.names]
    assert len(named) >= 18
    for place, name in named:
        assert gazetteer.found_in(f"ở {name} ạ") == (place,), name


def test_of_a_long_and_a_short_name_the_long_one_is_meant(catalogue: Catalogue) -> None:
    district = catalogue.places["than_uyen"]
    town = replace(district, id="town", names=("thị trấn Than Uyên",), kind="commune", district="than_uyen")
    assert Gazetteer([district, town]).found_in("o thi tran than uyen") == (town,)


def test_the_list_has_a_button_for_every_district(guide: Guide, catalogue: Catalogue) -> None:
    districts = {f"place:{name}" for name, place in catalogue.places.items() if place.kind in ("city", "district")}
    for reply in (say(guide, "/noihoi"), page(guide, "places")):
        assert districts <= set(actions(reply))
        assert len(districts) == 8


def test_a_place_without_number_says_so_and_names_whom_to_ask(guide: Guide, catalogue: Catalogue) -> None:
    for name, place in catalogue.places.items():
        reply = page(guide, f"place:{name}")
        assert place.name in reply.text
        assert "chưa có số điện thoại đã kiểm chứng" in reply.text
        assert "trạm y tế hoặc UBND xã, phường, thị trấn" in reply.text
        assert ("đồn biên phòng" in reply.text) == (name in BORDER)
        assert not any(letter.isdigit() for letter in reply.text)
        assert "places" in actions(reply)


def test_a_number_that_officers_filled_in_is_shown_with_its_source(catalogue: Catalogue) -> None:
    guide = with_phone(catalogue, "sin_ho")
    reply = page(guide, "place:sin_ho")
    assert "0213 000 001" in reply.text
    assert "Công văn thử, 01/02/2021" in reply.text
    assert "chưa có số" not in reply.text
    assert "đồn biên phòng" in reply.text
    (link,) = [span for block in reply.blocks for span in block.spans if span.style == "link"]
    assert link.href == "tel:0213000001"


def test_a_gate_without_number_shows_its_districts_and_still_says_so(catalogue: Catalogue) -> None:
    reply = page(with_phone(catalogue, "phong_tho"), "place:ma_lu_thang")
    assert "chưa có số điện thoại đã kiểm chứng của cửa khẩu Ma Lù Thàng" in reply.text
    assert "0213 000 001" in reply.text
    assert "place:ma_lu_thang" in actions(page(with_phone(catalogue, "phong_tho"), "place:phong_tho"))


@pytest.mark.parametrize("typed", ["sin ho", "Sìn Hồ", "huyện sìn hồ", "toi o sin ho"])
def test_the_command_takes_a_place(guide: Guide, typed: str) -> None:
    assert say(guide, f"/noihoi {typed}") == page(guide, "place:sin_ho")


def test_the_command_lists_two_places_and_says_which_it_does_not_know(guide: Guide) -> None:
    both = actions(say(guide, "/noihoi sin ho phong tho"))
    assert [action for action in both if action.startswith("place:")] == ["place:sin_ho", "place:phong_tho"]
    unknown = say(guide, "/noihoi Hà Nội")
    assert "Hà Nội" in unknown.text
    assert "place:sin_ho" in actions(unknown)


def test_the_hotlines_and_the_answers_that_need_it_lead_to_the_list(guide: Guide) -> None:
    assert "places" in actions(say(guide, "/duongday"))
    assert "places" in actions(page(guide, "topic:report_illegal_entry"))
    assert "places" not in actions(page(guide, "topic:five_k"))


@pytest.mark.parametrize("typed", ["Mường Tè", "muong te"])
def test_an_answer_names_whom_to_ask_at_the_place_of_the_question(guide: Guide, typed: str) -> None:
    near, plain = say(guide, CROSSED.format(typed)), say(guide, CROSSED.format("đây"))
    assert near.answered == plain.answered == ("report_illegal_entry",)
    assert near.blocks[: len(plain.blocks)] == plain.blocks
    added = near.blocks[len(plain.blocks) :]
    assert {block.kind for block in added} == {"note"}
    assert "huyện Mường Tè" in added[0].text
    assert any("đồn biên phòng" in block.text for block in added)


def test_two_border_places_name_the_border_guards_once(guide: Guide) -> None:
    asked = say(guide, CROSSED.format("Ma Lù Thàng, huyện Phong Thổ"))
    notes = [block.text for block in asked.blocks if block.kind == "note"]
    assert [note for note in notes if "đồn biên phòng" in note] == notes[1:2]
    assert sum("chưa có số" in note for note in notes) == 2


def test_the_place_of_the_question_before_counts_for_a_follow_up(guide: Guide) -> None:
    first = guide.answer(CROSSED.format("Sìn Hồ"), Context(), NOON)
    later = guide.answer("gọi số nào?", first.context, NOON + timedelta(minutes=2))
    assert later.reply.answered == ("report_illegal_entry",)
    assert "huyện Sìn Hồ" in later.reply.blocks[-2].text


def test_an_answer_that_needs_nobody_near_by_stays_as_it_is(guide: Guide) -> None:
    asked = say(guide, "Đi chợ Sìn Hồ không đeo khẩu trang bị phạt bao nhiêu")
    assert asked.answered == ("mask_fine",)
    assert "huyện Sìn Hồ" not in asked.text


def test_a_pack_without_places_has_no_button_to_them(catalogue: Catalogue) -> None:
    guide = Guide(replace(catalogue, places={}), timedelta(days=90), timedelta(days=90))
    assert "places" not in actions(say(guide, "/duongday"))
    assert "places" not in actions(page(guide, "topic:report_illegal_entry"))
    assert say(guide, "/noihoi").text
