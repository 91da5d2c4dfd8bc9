"""The same duty in other words is seen, another one in the same official phrases is not.

The wordings were written for this test; the ones marked with a star were not looked at while the measure was made.
"""

from __future__ import annotations

import pytest

from bot.core.catalogue import Catalogue
from bot.core.likeness import LEAST, Likeness, alike_clauses, numbered
from tests.core.directive_texts import directive

PEOPLE, PARTY, NEW = "UBND@2021", "58-CV/TU@2020-12-08", "12/CT-UBND@2021-03-10#1"
SAME = {
    "Tạm dừng các hoạt động tập trung trên 20 người không thật sự cần thiết tại nơi công cộng.": f"{PEOPLE}#2",
    "Vận động người dân tổ chức đám cưới, đám tang gọn nhẹ, không quá 30 người tham dự.": f"{PEOPLE}#2",
    "Nhân dân hạn chế ra khỏi tỉnh, nhất là đi đến các vùng đang có dịch.": f"{PEOPLE}#2",
    "Xử phạt 2.000.000 đồng đối với người không đeo khẩu trang nơi công cộng.": f"{PEOPLE}#2",
    "Công bố và duy trì 02 đường dây nóng tiếp nhận thông tin, tư vấn cho người dân.": f"{PEOPLE}#3",
    "Bộ đội Biên phòng kiểm soát chặt đường mòn, lối mở biên giới, ngăn chặn nhập cảnh trái phép.": f"{PEOPLE}#4",
    "Đẩy mạnh thanh toán không dùng tiền mặt, làm việc từ xa, trực tuyến.": f"{PEOPLE}#6",
    "Các huyện, thành phố rà soát toàn bộ người nhập cảnh trái phép, đi từng ngõ gõ từng nhà, cách ly 21 ngày.": (
        f"{PEOPLE}#7"
    ),
    "Truy vết thần tốc người tiếp xúc gần với ca nhiễm, người về từ vùng dịch để cách ly.": f"{PEOPLE}#7",
    # * from here on
    "Cập nhật phương án, kịch bản ứng phó với từng cấp độ dịch, không để bị động.": f"{PARTY}#2",
    "Không tổ chức lễ hội, hoạt động tập trung đông người dịp Tết.": f"{PEOPLE}#2",
    "Công chức đeo khẩu trang, rửa tay sát khuẩn tại nơi làm việc.": f"{PEOPLE}#2",
    "Bảo đảm an toàn tuyệt đối trong các khu cách ly tập trung, không để lây nhiễm chéo.": f"{PEOPLE}#4",
    "Theo dõi tình hình dịch bệnh ở các huyện của Vân Nam, Trung Quốc giáp tỉnh ta.": f"{PARTY}#3",
}
OTHER = [
    "Sở Nông nghiệp hướng dẫn bà con chống rét cho trâu bò, dự trữ rơm khô trong mùa đông.",
    "Sở Giáo dục và Đào tạo xây dựng phương án thi tốt nghiệp trung học phổ thông năm 2021.",
    "UBND các huyện, thành phố kiểm tra an toàn hồ đập trước mùa mưa lũ.",
    "Sở Y tế, UBND các huyện, thành phố tổ chức tiêm chủng mở rộng cho trẻ em dưới 5 tuổi.",
    "Sở Tài chính tham mưu UBND tỉnh phân bổ dự toán ngân sách nhà nước năm 2021.",
    "Công an tỉnh tăng cường tuần tra, xử lý vi phạm nồng độ cồn dịp Tết Nguyên đán.",
    "Phòng, chống dịch tả lợn châu Phi: tiêu hủy lợn bệnh, không vận chuyển lợn ra ngoài vùng dịch.",
    "Đài Phát thanh và Truyền hình tỉnh tuyên truyền cuộc bầu cử đại biểu Quốc hội.",
    "Các cơ quan, đơn vị thực hiện nghiêm việc tiết kiệm điện khi làm việc tại công sở.",
    "Ban cán sự đảng UBND tỉnh lãnh đạo, chỉ đạo thực hiện tốt công tác cải cách hành chính trên địa bàn tỉnh.",
    # * from here on
    "Các cơ quan, đơn vị, địa phương báo cáo kết quả thực hiện về Văn phòng UBND tỉnh trước ngày 20 hằng tháng.",
    "Kho bạc Nhà nước tỉnh chi trả lương hưu qua tài khoản ngân hàng.",
    "Các huyện, thành phố đẩy nhanh tiến độ giải phóng mặt bằng đường cao tốc.",
    "Đảm bảo cung ứng đầy đủ điện, nước sinh hoạt trong mùa khô.",
    "Kiểm tra, giám sát việc sử dụng đất đai, xử lý nghiêm các trường hợp vi phạm.",
]


@pytest.fixture(scope="module")
def held(catalogue: Catalogue) -> Likeness:
    """What the pack holds, read once."""
    texts = {clause.id: clause.text for each in catalogue.directives.values() for clause in numbered(each)}
    answers = {each.intent: "\n".join(block.text for block in each.blocks) for each in catalogue.answers.values()}
    return Likeness({**texts, **answers}, catalogue.concepts)


def proposed(held: Likeness, catalogue: Catalogue, text: str) -> list[str]:
    new = directive(text)
    pairs = alike_clauses(held.joined_by({f"{new.id}#1": text}), new, catalogue.directives.values())
    assert all(LEAST <= pair.share <= 1.0 + 1e-9 for pair in pairs)
    return [pair.one for pair in pairs]


@pytest.mark.parametrize(("text", "clause"), SAME.items(), ids=SAME.keys())
def test_the_same_duty_in_other_words_or_with_another_number_is_proposed(
    held: Likeness, catalogue: Catalogue, text: str, clause: str
) -> None:
    assert proposed(held, catalogue, text)[:1] == [clause]


@pytest.mark.parametrize("text", OTHER)
def test_another_duty_in_the_same_official_phrases_is_not_proposed(
    held: Likeness, catalogue: Catalogue, text: str
) -> None:
    assert proposed(held, catalogue, text) == []


def test_a_clause_is_wholly_like_itself_and_says_which_statement(held: Likeness, catalogue: Catalogue) -> None:
    clause = catalogue.directives[PEOPLE].clause("5")
    assert clause is not None
    found = held.joined_by({NEW: clause.text}).alike(clause.id, NEW)
    assert found.share == pytest.approx(1.0)
    assert found.one_words == found.other_words
    assert found.one_words in clause.text


def test_the_two_real_directives_share_the_duties_that_both_hold(held: Likeness, catalogue: Catalogue) -> None:
    people = catalogue.directives[PEOPLE]
    pairs = alike_clauses(held, people, catalogue.directives.values())
    best = [(pair.one, pair.other) for pair in pairs[:2]]
    assert best == [(f"{PARTY}#1", f"{PEOPLE}#2"), (f"{PARTY}#3", f"{PEOPLE}#4")]


def test_words_without_marks_are_like_those_with(held: Likeness, catalogue: Catalogue) -> None:
    assert proposed(held, catalogue, "Van dong han che so nguoi tham gia dam cuoi, le tang.")[:1] == [f"{PEOPLE}#2"]


def test_a_text_that_says_nothing_is_like_nothing() -> None:
    assert Likeness({"a": "", "b": "Phòng, chống dịch."}).alike("a", "b").share == 0.0


def test_a_text_that_joins_changes_nothing_of_what_was_there(held: Likeness) -> None:
    before = held.alike(f"{PEOPLE}#2", f"{PARTY}#1")
    held.joined_by({NEW: "Tạm dừng lễ hội, không tập trung đông người."})
    assert held.alike(f"{PEOPLE}#2", f"{PARTY}#1") == before
