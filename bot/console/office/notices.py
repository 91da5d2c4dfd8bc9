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
    "can-bo-moi": "Đã thêm cán bộ. Tạo link để người đó vào.",
    "go-telegram": "Đã gỡ Telegram. Lệnh /console từ máy đó không còn tác dụng.",
    "tam-dung": "Đã tạm dừng. Bà con nhận câu báo và số điện thoại.",
    "mo-lai": "Đã mở lại. Loa trả lời bà con như thường.",
    "da-mo": "Loa đang trả lời bình thường; có người đã mở lại trước.",
    "da-dung": "Loa đã được người khác tạm dừng trước.",
    "xac-nhan": "Đã ghi xác nhận vào bản nháp. Công bố xong bà con mới thấy.",
    "du-kien-moi": "Đã thêm dữ kiện vào bản nháp.",
    "bo-xac-nhan": "Đã lưu bản nháp. Giá trị đã đổi nên bỏ xác nhận cũ; anh/chị xác nhận lại nếu đã hỏi rõ.",
}
