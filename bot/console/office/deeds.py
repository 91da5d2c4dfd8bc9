"""What the trail calls the things that officers do."""

from __future__ import annotations

from ...store.records import Deed

DEEDS = {
    "signed_in": "vào trang cán bộ",
    "signed_out": "ra khỏi trang cán bộ",
    "officer_added": "thêm cán bộ",
    "roles_changed": "đổi quyền",
    "link_made": "tạo link vào trang cho",
    "chat_line_made": "tạo dòng nối Telegram cho",
    "chat_tied": "nối Telegram",
    "chat_untied": "gỡ Telegram của",
    "session_ended": "cho ra một phiên của",
    "paused": "tạm dừng Loa",
    "resumed": "mở lại Loa",
    "fact_added": "thêm dữ kiện",
    "fact_edited": "sửa dữ kiện",
    "fact_confirmed": "xác nhận dữ kiện",
    "sentence_edited": "sửa lời của Loa",
    "unanswered_viewed": "xem câu hỏi chưa đáp",
    "unanswered_settled": "xử lý câu hỏi chưa đáp",
    "unanswered_reopened": "mở lại câu hỏi đã xử lý",
    "trail_saved": "tải nhật ký",
}


def words_of(deed: Deed) -> str:
    """What was done, in words; an action that has none stands as it is."""
    return DEEDS.get(deed.action, deed.action)
