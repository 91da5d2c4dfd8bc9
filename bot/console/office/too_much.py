"""What an officer reads where a form or a file is too large, an address names nothing, or a form cannot be read."""

from __future__ import annotations

import json

from fastapi.templating import Jinja2Templates
from starlette.types import Scope

from ..limits import Told, as_json
from .access import HOME

_SHEETS, _NEW = f"{HOME}/bang", f"{HOME}/van-ban/moi"
_FILES = {
    _SHEETS: "Anh/chị gửi đúng bảng đã tải từ trang Bảng Excel, bỏ ảnh và những trang thêm vào.",
    _NEW: "Anh/chị bỏ ảnh ra khỏi tệp, hoặc chỉ giữ phần chữ của văn bản, rồi gửi lại.",
}
_ROOM_FOR_THE_REST = 1.25
_TOO_LONG = (
    "Chữ gửi lên dài quá: máy nhận tới {most} nghìn byte một lần, chừng {letters} nghìn chữ có dấu. Chưa lưu gì. "
    "Anh/chị bấm nút quay lại của trình duyệt (chữ vẫn còn), rồi bớt chữ hoặc chia làm nhiều lần."
)
WORDS = {
    400: "Máy không đọc được những gì gửi lên: quá nhiều ô, một ô quá dài, hoặc bị đứt giữa chừng. Chưa lưu gì. "
    "Anh/chị bấm nút quay lại của trình duyệt rồi thử lại.",
    404: "Không có trang này. Có thể địa chỉ gõ sai, hoặc trang đã đổi chỗ.",
    405: "Trang này không mở thẳng được; nó chỉ nhận những gì gửi từ một nút. Anh/chị về trang đầu rồi làm lại.",
    422: "Địa chỉ hoặc ô nào đó không đúng kiểu. Chưa lưu gì. Anh/chị quay lại trang trước rồi thử lại.",
}
PART = b"x-loa-part"


class TooMuch:
    """Tells people on their pages in Vietnamese, programs as before."""

    def __init__(self, templates: Jinja2Templates) -> None:
        self._templates = templates

    def __call__(self, scope: Scope, most: int) -> Told:
        """What is answered to a body of more than `most` bytes."""
        path = scope["path"]
        if not path.startswith(HOME):
            return as_json(scope, most)
        why = too_large(path, most)
        if PART in dict(scope["headers"]):
            return Told("application/json", json.dumps({"problem": why}).encode(), patient=True)
        back = path if path in _FILES else HOME
        page = self._templates.env.get_template("office/refused.html").render(why=why, back=back)
        return Told("text/html; charset=utf-8", page.encode(), patient=True)


def too_large(path: str, most: int) -> str:
    """What is too large at a path, how much it may be, and how to mend it."""
    if path in _FILES:
        return f"Tệp lớn quá: máy nhận tới {most / _ROOM_FOR_THE_REST / 1_000_000:.0f} MB. {_FILES[path]}"
    return _TOO_LONG.format(most=most // 1000, letters=most // 7000)
