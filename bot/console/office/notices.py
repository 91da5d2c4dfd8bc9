"""What a page says after something was done. An address names a notice, so a link cannot put words on a page."""

from __future__ import annotations

NOTICES = {
    "vao": "Chào anh/chị, anh/chị đã vào.",
    "luu": "Đã lưu bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "bo": "Đã bỏ bản nháp.",
    "khong-doi": "Không có gì thay đổi.",
    "lay-tep": "Đã lấy các tệp đã sửa làm bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "lay-kho": "Đã giữ lời trong kho và ghi ra tệp. Lời trong tệp vẫn còn trong lịch sử của mục.",
    "duyet": "Đã duyệt. Người soạn có thể công bố.",
    "dung": "Đã dừng. Những gì tìm được vẫn còn ở dưới.",
    "dong-y": "Đã ghi nhận.",
    "hen": "Đã hẹn giờ công bố. Đến giờ, Loa tự kiểm tra lại rồi công bố.",
    "huy-hen": "Đã huỷ hẹn. Bản nháp vẫn còn.",
    "nho-duyet": "Đã tạo đường link duyệt. Anh/chị gửi link ở dưới cho người duyệt.",
    "cong-bo": "Đã công bố.",
    "tro-lai": "Đã trở lại lời của bản trước.",
    "bang": "Đã lấy bảng vào làm bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "phien": "Đã cho phiên làm việc đó ra.",
    "quyen": "Đã đổi quyền.",
}
