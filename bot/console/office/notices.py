"""What a page says after something was done. An address names a notice, so a link cannot put words on a page."""

from __future__ import annotations

NOTICES = {
    "vao": "Chào anh/chị, anh/chị đã vào.",
    "luu": "Đã lưu bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "bo": "Đã bỏ bản nháp.",
    "khong-doi": "Không có gì thay đổi.",
    "gop": "Đã lưu, và đã gộp với phần người khác vừa sửa. Anh/chị đọc lại một lượt.",
    "moi": "Đã tạo chủ đề mới dưới dạng bản nháp. Viết câu trả lời, thêm câu mẫu rồi gửi duyệt.",
    "rut": "Đã ghi vào bản nháp là rút câu trả lời. Công bố xong thì bà con không thấy nữa.",
    "thoi-rut": "Đã ghi vào bản nháp là thôi rút. Công bố xong thì bà con thấy lại.",
    "lay-lai": "Đã lấy lại phiên bản đó thành bản nháp. Bà con chưa thấy; công bố xong mới đổi.",
    "trich": "Đã thêm trích dẫn vào cuối bản nháp. Anh/chị chuyển nó tới chỗ cần.",
    "du-kien": "Đã thêm dữ kiện vào cuối bản nháp. Anh/chị chuyển nó tới chỗ cần.",
    "phien": "Đã cho phiên làm việc đó ra.",
    "quyen": "Đã đổi quyền.",
}
