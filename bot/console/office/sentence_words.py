"""What officers call the bot's own sentences, where residents see them, and what may be inserted into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["message", "button", "line", "page"]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that residents meet in the same situation. `shape` says how they look there."""

    id: str
    title: str
    where: str
    shape: Shape
    sentences: dict[str, str]


GROUPS = (
    Group("bat-dau", "Lời chào và trợ giúp", "Tin nhắn khi bà con bắt đầu hoặc gửi lệnh.", "message", {
        "start": "Lời chào, khi bà con bấm Bắt đầu hoặc gửi /start",
        "topics": "Mời chọn chủ đề (/chude)",
        "group": "Mời chọn một việc trong nhóm chủ đề",
        "guide": "Cách hỏi (/huongdan)",
        "hotline": "Đầu danh sách số điện thoại (/duongday)",
        "hotline_missing": "Dưới danh sách, khi tỉnh chưa có số đã kiểm chứng",
    }),
    Group("chua-hieu", "Khi chưa trả lời được", "Tin nhắn thay cho câu trả lời.", "message", {
        "not_understood": "Chưa hiểu câu hỏi",
        "later_promise": "Thêm vào câu chưa hiểu, khi nhắn riêng trên Telegram: hẹn nhắn lại",
        "later_intro": "Trước câu trả lời gửi sau, cho người đã hỏi mà phải đợi",
        "asked_back": "Hỏi lại, kèm các nút để chọn",
        "danger": "Có dấu hiệu nguy hiểm đến tính mạng, nói trước mọi câu khác",
        "paused": "Loa đang tạm dừng (trang Cài đặt)",
        "unknown_command": "Lệnh không có",
        "too_long": "Tin nhắn quá dài",
        "no_words": "Tin nhắn không có chữ",
        "rate_limited": "Gửi quá nhanh",
        "error": "Loa gặp trục trặc",
        "old_button": "Bấm một nút đã cũ",
        "group_private": "Trong nhóm, việc riêng phải nhắn riêng",
    }),
    Group("loai-tin", "Khi bà con gửi thứ không phải chữ", "Tin nhắn trả lời ảnh, tiếng nói, tệp …", "message", {
        "got_sticker": "Nhãn dán",
        "got_photo": "Ảnh hoặc video",
        "got_voice": "Tin thoại",
        "got_contact": "Danh thiếp",
        "got_location": "Vị trí",
        "got_poll": "Phiếu bình chọn",
        "got_file": "Tệp",
        "got_other": "Loại tin khác",
    }),
    Group("kem-cau-tra-loi", "Kèm theo câu trả lời", "Dòng thêm vào trước hoặc sau câu trả lời.", "message", {
        "of_that_time": "Nhắc rằng đây là hướng dẫn của thời điểm trước",
        "answer_old": "Cảnh báo câu trả lời dựa vào văn bản cũ",
        "answer_over": "Cảnh báo câu trả lời đã hết hạn",
        "answer_withdrawn": "Câu trả lời đang được cập nhật, chưa nói được",
        "answer_newer": "Mời đọc văn bản mới",
        "ended_replaced": "Cụm chữ: mục đã được thay thế",
        "ended_expired": "Cụm chữ: mục đã hết hiệu lực",
        "ended_note": "Dòng cảnh báo trên nguyên văn một mục cũ",
        "clause_intro": "Đầu nguyên văn một mục",
        "clause_note": "Giải thích phần in đậm trong nguyên văn",
    }),
    Group("gop-y", "Đánh giá và góp ý", "Sau khi bà con bấm 👍 👎 hoặc gửi /gopy.", "message", {
        "voted_up": "Cảm ơn sau khi bấm 👍 (hiện trong giây lát)",
        "voted_down": "Cảm ơn sau khi bấm 👎 (hiện trong giây lát)",
        "why_down": "Hỏi vì sao bấm 👎",
        "why_thanks": "Cảm ơn đã cho biết lý do (hiện trong giây lát)",
        "why_write": "Mời viết lý do",
        "suggest": "Mời viết góp ý (/gopy)",
        "suggest_thanks": "Cảm ơn đã góp ý",
        "suggest_dropped": "Khi bà con bấm Thôi",
    }),
    Group("rieng-tu", "Quyền riêng tư", "Tin nhắn về những gì Loa lưu.", "message", {
        "privacy": "Loa lưu gì về bà con (/quyenriengtu)",
        "deleted": "Đã xóa hết theo yêu cầu (/xoadulieu)",
    }),
    Group("van-ban", "Đọc văn bản trong trò chuyện", "Tin nhắn của /vanban.", "message", {
        "library": "Đầu danh sách văn bản",
        "library_item": "Một dòng trong danh sách văn bản",
        "library_not_held": "Đầu danh sách văn bản được nhắc tới mà Loa không có",
        "doc": "Trang đầu của một văn bản",
        "doc_blank": "Cụm chữ: bản gốc không ghi",
        "doc_year_only": "Cụm chữ: bản gốc chỉ ghi năm",
        "doc_notes": "Ghi chú về chỗ trống, chỗ gõ sai của bản gốc",
        "doc_unnumbered": "Cụm chữ: văn bản không ghi số",
        "doc_dated": "Cụm chữ: văn bản và ngày",
        "doc_issued": "Cụm chữ: văn bản và nơi ban hành",
        "doc_about": "Cụm chữ: văn bản và nội dung",
        "doc_mentioned": "Văn bản được nhắc tới, và nhắc ở đâu",
        "doc_not_held": "Hỏi một văn bản mà Loa không có",
        "search_found": "Tìm thấy chữ trong văn bản",
        "search_more": "Còn kết quả nữa",
        "search_none": "Không tìm thấy chữ nào",
        "rests": "Câu trả lời nào dựa vào một mục",
        "rests_none": "Chưa câu trả lời nào dựa vào mục đó",
    }),
    Group("noi-hoi", "Nơi hỏi gần nhất", "Tin nhắn của /noihoi.", "message", {
        "places": "Hỏi bà con đang ở đâu",
        "place_unknown": "Không biết nơi đó",
        "place_no_phone": "Chưa có số điện thoại của nơi đó",
        "place_border": "Thêm cho vùng biên giới",
        "place_source": "Nguồn của số điện thoại",
    }),
    Group("can-bo", "Cho cán bộ", "Tin nhắn trả lời lệnh /console.", "message", {
        "console_link": "Kèm link vào trang cán bộ",
        "console_unknown": "Người gửi không phải cán bộ đã nối",
    }),
    Group("nut", "Chữ trên nút", "Nút dưới tin nhắn.", "button", {
        "button_topics": "Chọn chủ đề",
        "button_groups": "Về các nhóm chủ đề",
        "button_hotline": "Số điện thoại",
        "button_places": "Nơi hỏi gần nhất",
        "button_clause": "Nguyên văn một mục",
        "button_up": "Câu trả lời tốt",
        "button_down": "Câu trả lời chưa tốt",
        "button_write": "Viết lý do bằng lời",
        "button_drop": "Thôi, không viết nữa",
        "button_private": "Nhắn riêng cho Loa (trong nhóm)",
        "button_library": "Các văn bản",
        "button_doc": "Các mục của một văn bản",
        "button_notes": "Ghi chú về bản gốc",
        "button_rests": "Câu trả lời nào dựa vào mục này",
        "button_before": "Mục trước",
        "button_after": "Mục sau",
        "why_wrong": "Lý do 👎: sai",
        "why_unclear": "Lý do 👎: khó hiểu",
        "why_missing": "Lý do 👎: thiếu",
        "why_other": "Lý do 👎: không đúng câu hỏi",
        "inline_ask": "Hỏi Loa (khi gõ tên Loa trong trò chuyện khác)",
    }),
    Group("lenh", "Lệnh và giới thiệu trên Telegram", "Danh sách lệnh và trang giới thiệu của Loa.", "line", {
        "about_short": "Giới thiệu ngắn, dưới tên Loa",
        "about_long": "Giới thiệu dài, khi mở trò chuyện lần đầu",
        "inline_danger_title": "Thẻ cảnh báo khi gõ tên Loa trong trò chuyện khác",
        "inline_paused_title": "Thẻ báo tạm dừng khi gõ tên Loa trong trò chuyện khác",
        "command_start": "Lệnh /start",
        "command_topics": "Lệnh /chude",
        "command_library": "Lệnh /vanban",
        "command_places": "Lệnh /noihoi",
        "command_hotline": "Lệnh /duongday",
        "command_guide": "Lệnh /huongdan",
        "command_suggest": "Lệnh /gopy",
        "command_privacy": "Lệnh /quyenriengtu",
        "command_delete": "Lệnh /xoadulieu",
        "command_start_en": "Lệnh /start, cho máy tiếng Anh",
        "command_topics_en": "Lệnh /chude, cho máy tiếng Anh",
        "command_library_en": "Lệnh /vanban, cho máy tiếng Anh",
        "command_places_en": "Lệnh /noihoi, cho máy tiếng Anh",
        "command_hotline_en": "Lệnh /duongday, cho máy tiếng Anh",
        "command_guide_en": "Lệnh /huongdan, cho máy tiếng Anh",
        "command_suggest_en": "Lệnh /gopy, cho máy tiếng Anh",
        "command_privacy_en": "Lệnh /quyenriengtu, cho máy tiếng Anh",
        "command_delete_en": "Lệnh /xoadulieu, cho máy tiếng Anh",
    }),
    Group("trang-web", "Trang trò chuyện trên web", "Chữ trên trang, ngoài các tin nhắn.", "page", {
        "page_title": "Tên trang, trên thẻ trình duyệt",
        "page_description": "Mô tả trang, cho máy tìm kiếm",
        "page_name": "Tên ở đầu trang",
        "page_subtitle": "Dòng dưới tên",
        "page_skip": "Đường tắt tới ô gõ, cho người dùng bàn phím",
        "page_log": "Tên khung trò chuyện, cho máy đọc màn hình",
        "page_you": "Tên người hỏi, cho máy đọc màn hình",
        "page_vote_up": "Ý nghĩa nút 👍, cho máy đọc màn hình",
        "page_vote_down": "Ý nghĩa nút 👎, cho máy đọc màn hình",
        "page_composer": "Tên khung gõ, cho máy đọc màn hình",
        "page_field": "Tên ô gõ, cho máy đọc màn hình",
        "page_placeholder": "Chữ mờ trong ô gõ",
        "page_send": "Nút gửi",
        "page_typing": "Loa đang trả lời",
        "page_offline": "Chưa gửi được",
        "page_retry": "Nút gửi lại",
        "page_open_telegram": "Nút mở trong Telegram",
        "page_connect_title": "Cách nối Telegram: tên phần",
        "page_connect_intro": "Cách nối Telegram: lời dẫn",
        "page_connect_steps": "Cách nối Telegram: các bước, mỗi dòng một bước",
        "page_connect_secret": "Cách nối Telegram: giữ kín mã",
        "page_connect_link": "Cách nối Telegram: nút mở BotFather",
    }),
)  # fmt: skip


def group_of(name: str) -> Group:
    """The group of a sentence; raises KeyError for a name that is none."""
    return _GROUP_OF[name]


_GROUP_OF = {name: group for group in GROUPS for name in group.sentences}
