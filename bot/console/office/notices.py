"""What a page says after something was done. An address names a notice, so a link cannot put words on a page."""

from __future__ import annotations

NOTICES = {
    "vao": "Chào anh/chị, anh/chị đã vào.",
    "luu": "Đã lưu bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "bo": "Đã bỏ bản nháp.",
    "khong-doi": "Không có gì thay đổi.",
    "luu-tam": "Đã lưu tạm. Bản đọc này giữ một ngày kể từ lần sửa cuối.",
    "van-ban": "Đã lưu văn bản thành bản nháp. Bà con chưa thấy. Dưới đây là những chỗ cần xem lại vì văn bản này.",
    "quyet": "Đã ghi quyết định của anh/chị.",
    "phien": "Đã cho phiên làm việc đó ra.",
    "quyen": "Đã đổi quyền.",
    "can-bo-moi": "Đã thêm cán bộ. Tạo link để người đó vào.",
    "go-telegram": "Đã gỡ Telegram. Lệnh /console từ máy đó không còn tác dụng.",
    "tam-dung": "Đã tạm dừng. Bà con nhận câu báo và số điện thoại.",
    "mo-lai": "Đã mở lại. Loa trả lời bà con như thường.",
    "da-mo": "Loa đang trả lời bình thường; có người đã mở lại trước.",
    "da-dung": "Loa đã được người khác tạm dừng trước.",
    "xac-nhan": "Đã ghi xác nhận vào bản nháp. Công bố xong bà con mới thấy.",
    "du-kien-moi": "Đã thêm dữ kiện vào bản nháp.",
    "gop": "Đã lưu bản nháp, cùng với chỗ người khác vừa sửa.",
    "bo-xac-nhan": "Đã lưu bản nháp. Giá trị đã đổi nên bỏ xác nhận cũ; anh/chị xác nhận lại nếu đã hỏi rõ.",
}
