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
    "drafts_checked": "kiểm tra bản nháp",
    "check_stopped": "dừng một lần kiểm tra",
    "impact_accepted": "đồng ý những câu được trả lời khác đi",
    "drafts_approved": "duyệt bản nháp",
    "approval_asked": "nhờ duyệt qua link",
    "approved_by_link": "duyệt qua link, tên chưa kiểm",
    "published": "công bố bản",
    "publication_planned": "hẹn giờ công bố",
    "plan_moved": "đổi giờ công bố đã hẹn",
    "plan_cancelled": "huỷ hẹn công bố",
    "rolled_back": "trở lại bản trước",
    "looked_back": "xem lại câu trả lời lúc trước",
    "files_taken": "lấy tệp đã sửa làm bản nháp",
    "conflict_settled": "chọn bên cho mục sửa ở hai nơi",
    "sheet_taken_out": "tải bảng Excel",
    "sheet_taken_in": "lấy bảng Excel vào làm bản nháp",
    "trail_saved": "tải nhật ký",
    "draft_saved": "lưu bản nháp",
    "draft_dropped": "bỏ bản nháp",
    "subject_made": "thêm chủ đề",
    "answer_withdrawn": "rút câu trả lời",
    "answer_restored": "trả lại câu trả lời",
    "unanswered_viewed": "xem câu hỏi chưa đáp",
    "unanswered_settled": "xử lý câu hỏi chưa đáp",
    "unanswered_reopened": "mở lại câu hỏi chưa đáp",
    "directive_read": "đọc thử văn bản",
    "directive_added": "thêm văn bản",
    "directive_dropped": "bỏ văn bản đang đọc",
    "directive_refused": "không nhận văn bản",
    "directive_decided": "quyết một việc của văn bản",
    "clause_reasoned": "ghi lý do bỏ qua một mục",
    "votes_viewed": "xem đánh giá của bà con",
    "report_made": "tạo báo cáo số liệu",
}


def words_of(deed: Deed) -> str:
    """What was done, in words; an action that has none stands as it is."""
    return DEEDS.get(deed.action, deed.action)
