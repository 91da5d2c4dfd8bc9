"""What a page says after something was done. An address names a notice, so a link cannot put words on a page."""

from __future__ import annotations

NOTICES = {
    "vao": "Chào anh/chị, anh/chị đã vào.",
    "luu": "Đã lưu bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "bo": "Đã bỏ bản nháp.",
    "khong-doi": "Không có gì thay đổi.",
    "phien": "Đã cho phiên làm việc đó ra.",
    "luu-mau": "Đã lưu câu mẫu vào bản nháp. Công bố xong, Loa trả lời được và nhắn lại cho những người đã hỏi.",
    "bo-qua": "Đã bỏ qua nhóm câu hỏi. Muốn lấy lại, anh/chị mở trang Đã xử lý.",
    "bao-lai": "Đã ghi. Loa nhắn lại cho những người hỏi riêng trên Telegram mà chưa được trả lời.",
    "nhom-het": "Nhóm câu hỏi này không còn: đã có người xử lý, hoặc quá hạn lưu.",
    "nguoi-khac": "Người khác vừa xử lý nhóm câu hỏi này. Anh/chị xem ở trang Đã xử lý.",
    "thu-het": "Lượt xem trước này không còn. Anh/chị mở lại nhóm câu hỏi rồi xem trước lần nữa.",
    "mo-lai": "Đã mở lại nhóm câu hỏi.",
    "mo-lai-giu": "Đã mở lại nhóm câu hỏi. Câu mẫu đã công bố thì vẫn còn; muốn bỏ, anh/chị sửa ở chủ đề đó.",
    "quyen": "Đã đổi quyền.",
}
