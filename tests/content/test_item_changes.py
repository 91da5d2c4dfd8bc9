"""What a draft changes, told without the files that it lies in."""

from __future__ import annotations

from bot.content.item_changes import Part, Seen, parts_of, whole_of
from bot.content.words_diff import as_text

ANSWER, INTENT, FACTS = "responses/vi/mask.md", "intents/mask.yaml", "data/facts.yaml"
PHRASES = """title: Khẩu trang
group: Phòng bệnh
examples:
  - có phải đeo không
  - ra chợ đeo nhé
checks:
  - phải đeo không
"""
FACT = """hotline:
  title: Đường dây nóng
  value: 1900 9095
  kind: phone
  state: missing
"""


def told(parts: tuple[Part, ...]) -> list[tuple[str, list[str]]]:
    return [(part.title, [as_text(line) for line in part.lines]) for part in parts]


def test_phrases_are_told_by_what_came_and_what_went() -> None:
    new = PHRASES.replace("Khẩu trang", "Đeo khẩu trang").replace("ra chợ đeo nhé", "đi xe buýt có đeo không")
    assert told(parts_of(INTENT, PHRASES.encode(), new.encode())) == [
        ("", ["Tên chủ đề: [-Khẩu trang-] {+Đeo khẩu trang+}"]),
        ("Câu mẫu: thêm 1, bỏ 1", ["{+đi xe buýt có đeo không+}", "[-ra chợ đeo nhé-]"]),
    ]


def test_a_fact_is_told_by_its_title_and_the_headings_of_the_office() -> None:
    new = FACT.replace("1900 9095", "1900 3228").replace("missing", "sourced") + "  note: gọi thử lúc 9 giờ\n"
    assert told(parts_of(FACTS, FACT.encode(), new.encode())) == [
        (
            "Dữ kiện “Đường dây nóng”",
            ["Giá trị: [-1900 9095-] {+1900 3228+}", "Tình trạng: [-còn thiếu-] {+có nguồn+}",
             "Ghi chú: {+gọi thử lúc 9 giờ+}"],
        )
    ]  # fmt: skip


def test_facts_that_come_and_go_are_told() -> None:
    other = FACT.replace("hotline", "local").replace("Đường dây nóng", "Số của tỉnh")
    titles = [title for title, _ in told(parts_of(FACTS, FACT.encode(), other.encode()))]
    assert titles == ["Dữ kiện “Số của tỉnh”, mới", "Dữ kiện “Đường dây nóng”, bỏ đi"]


def test_sentences_go_by_the_names_that_officers_know() -> None:
    item = "responses/vi/_messages.yaml"
    parts = parts_of(item, b"start: Ch\xc3\xa0o", "start: Chào bà con".encode(), names={"start": "Lời chào"})
    assert told(parts) == [("Lời chào", ["Chào{+ bà con+}"])]


def test_an_answer_is_told_in_the_words_that_residents_read() -> None:
    old = "---\nreview_by: 2021-05-05\n---\n**Đeo khẩu trang.**\n{{ fact('hotline') }}\n"
    new = old.replace("Đeo", "Mời đeo").replace("2021-05-05", "2021-06-05")
    seen = Seen("Đeo khẩu trang.\n1900 9095", "Mời đeo khẩu trang.\n1900 9095")
    words, fields = parts_of(ANSWER, old.encode(), new.encode(), seen)
    assert words.title == "Lời trả lời"
    assert "Mời" in as_text(words.lines[0])
    assert "fact" not in as_text(words.lines[0])
    assert told((fields,)) == [("Thời hạn và cách dùng", ["Xem lại trước ngày: [-2021-05-05-] {+2021-06-05+}"])]
    assert as_text(whole_of(seen)).endswith("1900 9095")


def test_what_cannot_be_compared_is_not_invented() -> None:
    assert parts_of("data/directives/source/a.pdf", b"%PDF\xff", b"%PDF\xfe") == ()
    assert parts_of(ANSWER, b"x", b"x", Seen("x", "x")) == ()
    assert whole_of(Seen("", "mới")) == ()
    assert whole_of(Seen("a" * 4000, "b" * 4000)) == ()


def test_a_file_that_is_written_wrongly_is_told_as_it_stands() -> None:
    for item, text in ((INTENT, PHRASES), (FACTS, FACT)):
        (part,) = parts_of(item, text.encode(), text.replace("title: ", "title: [").encode())
        assert part.title == "", "nobody took the rest out"
        assert "[" in as_text(part.lines[0])
