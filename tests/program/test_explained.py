"""An explanation in the words of officers: how it was read, why this subject, what else, and which file to change."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.core.context import Context
from bot.core.guide import Guide
from bot.explained import explained_lines, explained_record
from tests.fakes import NOON


def why(guide: Guide, text: str) -> str:
    return "\n".join(explained_lines(guide, text, guide.answer(text, Context(), NOON)))


def test_it_says_how_it_was_read_and_what_speaks_for_the_subject(guide: Guide) -> None:
    said = why(guide, "ko deo khaaur trang phat bao nhieu")
    assert "Loa đọc là: không deo khẩu trang phat bao nhieu\n" in said
    assert "“ko” hiểu là “không”; “khaaur” hiểu là “khẩu”" in said
    assert "Khẩu trang (“khẩu trang”)" in said
    assert "Chủ đề: Phạt không đeo khẩu trang (" in said
    assert "tệp intents/mask_fine.yaml" in said
    assert re.search(r"Gần nhất với câu mẫu: “.+” \(giống \d+%\); “", said)
    assert re.search(r"Từ nói lên chủ đề này: .*“[^”]*phat”", said)


def test_it_names_what_else_it_may_be_and_the_file_to_change(guide: Guide) -> None:
    said = why(guide, "hd cài bluezone")
    assert "Cũng đọc được: “hải dương”" in said
    assert re.search(r"Cũng có thể là: .+ \(\d+%\), vì .+; gần nhất với câu mẫu “", said)
    (title, name), *_ = re.findall(r"Muốn câu này về chủ đề “(.+)”: thêm câu mẫu vào intents/(\w+)\.yaml", said)
    assert guide.catalogue.intents[name].title == title


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("giá vàng hôm nay", "Chủ đề: ngoài phạm vi (trên 99%), tệp intents/_out_of_scope.yaml"),
        ("giá vàng hôm nay", "Từ nói lên điều này: “giá vàng"),
        ("xyzzy", "Chưa câu mẫu nào có: “xyzzy”"),
        ("xyzzy", "Khái niệm: không thấy"),
        ("/chude", "không xét chủ đề"),
        ("?!", "không xét chủ đề"),
        ("/khẩu trang loại nào", "Loa đọc là: khẩu trang loại nào"),
        ("mẹ tôi không thở được", "115 trước"),
        ("tôi đi đường mòn về, có phải đeo khẩu trang không", "vì câu có dấu hiệu riêng (signs"),
        ("5K là gì? cưới có được mời khách không?", "Loa coi tin này là hai câu hỏi: “5K là gì” hỏi về"),
        ("giữ khoangr cachsh", "coi là gõ nhầm của"),
    ],
)
def test_it_says_what_is_out_of_the_ordinary(guide: Guide, text: str, word: str) -> None:
    assert word in why(guide, text)


def test_a_subject_that_needs_a_word_says_which_file_lists_it(guide: Guide) -> None:
    catalogue = guide.catalogue
    wanting = replace(catalogue.intents["five_k"], needs=("xyzzy",))
    now = guide.successor(replace(catalogue, intents={**catalogue.intents, "five_k": wanting}))
    assert "Loa chưa trả lời thẳng “5K là gì”" in why(now, "5K là gì")
    assert "(needs trong intents/five_k.yaml)" in why(now, "5K là gì")


def test_officers_read_titles_and_no_codes_of_the_program(guide: Guide) -> None:
    texts = [check for intent in guide.catalogue.intents.values() for check in intent.checks[:1]]
    assert len(texts) > 30
    for text in texts:
        said = re.sub(r"intents/\w+\.yaml", "", why(guide, text))
        names = [name for name in guide.catalogue.intents if "_" in name and name in said]
        assert not names, said
        assert len(said.splitlines()) <= 14, said


def test_the_same_as_data(guide: Guide) -> None:
    text = "rước dâu mời mấy mâm"
    record = explained_record(guide, text, guide.answer(text, Context(), NOON))
    assert record is not None
    assert set(record) == {"read", "understood", "others", "unknown", "concepts", "subjects", "outside", "instead"}
    assert record["read"] == text
    assert record["concepts"][0] == {"concept": "wedding", "title": "Đám cưới", "words": "rước dâu"}
    best = record["subjects"][0]
    assert set(best) == {"intent", "title", "chance", "nearest", "words"}
    assert (best["intent"], best["title"]) == ("weddings_funerals", "Đám cưới, đám tang")
    assert 0 < best["nearest"][0]["likeness"] <= 1
    assert any(word["concept"] == "wedding" for word in best["words"])
    assert explained_record(guide, "/chude", guide.answer("/chude", Context(), NOON)) is None
