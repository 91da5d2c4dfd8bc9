"""Why a file cannot be read, in the words of officers: what is wrong, and what to do."""

from __future__ import annotations

from ..errors import DocumentError

# reason → (what is wrong, how to mend it); the one place where these sentences stand.
REFUSALS = {
    "missing": ("không mở được tệp", "xem lại tên tệp và thư mục"),
    "empty": ("tệp trống, không có chữ nào", "mở tệp xem lại, rồi lưu và gửi lại"),
    "too_big": ("tệp lớn quá {limit} MB", "bỏ ảnh ra khỏi tệp, hoặc chỉ giữ phần chữ của văn bản"),
    "too_heavy": ("tệp nặng quá nên máy không đọc nổi", "lưu lại thành tệp .docx hoặc .txt chỉ có chữ"),
    "too_many_pages": ("tệp dài quá {limit} trang", "tách riêng văn bản cần đọc"),
    "too_long": ("văn bản dài quá {limit} chữ cái", "tách riêng văn bản cần đọc"),
    "truncated": ("tệp bị hỏng hoặc tải về chưa đủ", "tải lại hoặc nhờ người gửi gửi lại"),
    "bomb": ("tệp nén lại rất nhỏ nhưng mở ra rất lớn, có thể là tệp độc hại", "nhờ người gửi gửi lại bản .docx khác"),
    "unsafe": ("tệp có phần khai báo lạ (DOCTYPE) mà Word không bao giờ ghi", "mở bằng Word rồi lưu thành tệp mới"),
    "password": ("tệp có đặt mật khẩu", "mở bằng mật khẩu, lưu lại thành tệp không có mật khẩu"),
    "old_word": ("tệp Word kiểu cũ (.doc)", "mở bằng Word, chọn lưu thành .docx"),
    "image": ("tệp là ảnh chụp, máy không đọc được chữ trong ảnh", "gửi bản .docx, hoặc gõ lại thành .txt"),
    "scan": (
        "tệp PDF là bản quét, không có lớp chữ",
        "xin bản .docx ở nơi soạn văn bản, hoặc gõ lại thành .txt",
    ),
    "garbled": ("chữ trong tệp PDF bị mã hoá lạ, đọc ra không thành chữ", "xin bản .docx, hoặc gõ lại thành .txt"),
    "unknown_kind": ("không phải tệp .docx, .pdf, .txt hay .md", "lưu văn bản thành một trong bốn dạng ấy"),
}


def refusal(reason: str, limit: int | None = None, name: str = "") -> DocumentError:
    """The error for a reason; `limit` is the bound that was passed, in the unit its sentence names."""
    what, mend = REFUSALS[reason]
    return DocumentError(reason, what.format(limit=limit, name=name), mend, limit)
