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
}
