"""The settings in words for officers; their values are set by whoever runs the server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from ...settings import PREFIX, Settings

SETTING_WORDS = {
    "telegram_token": "Mã của Loa do BotFather cấp; không có thì chỉ chạy trang web.",
    "telegram_api": "Địa chỉ máy chủ của Telegram.",
    "host": "Địa chỉ mạng mà trang web lắng nghe.",
    "port": "Cổng của trang web.",
    "public_url": "Địa chỉ mà bà con và cán bộ mở trang web.",
    "var_dir": "Thư mục chứa kho dữ liệu và khóa.",
    "key_file": "Tệp khóa niêm phong những gì bà con viết.",
    "database_url": "Kho dữ liệu, khi chạy nhiều máy.",
    "approvals": "Bản nháp phải có người thứ hai duyệt mới công bố được.",
    "content_dir": "Thư mục nội dung (câu mẫu, câu trả lời, văn bản, dữ kiện).",
    "stale_days": "Sau bao nhiêu ngày thì câu trả lời nhắc rằng đây là hướng dẫn của thời điểm trước.",
    "retention_days": "Giữ câu hỏi, đánh giá và góp ý của bà con bao nhiêu ngày.",
    "rate_per_minute": "Một người được hỏi bao nhiêu câu một phút trên trang web.",
    "trusted_proxies": "Số máy trung gian đứng trước trang web.",
    "attempts": "Thử lại bao nhiêu lần trước khi để riêng một tin.",
    "retry_seconds": "Chờ bao lâu trước lần thử lại đầu tiên (giây).",
    "give_up_seconds": "Một tin gửi không được bao lâu thì để riêng (giây).",
    "poll_seconds": "Mỗi lần hỏi Telegram có tin mới chờ bao lâu (giây).",
    "send_seconds": "Chờ Telegram trả lời bao lâu (giây).",
    "stop_seconds": "Khi tắt, dành bao lâu để làm nốt việc dở (giây).",
    "log_level": "Mức ghi chép kỹ thuật.",
}


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """A setting as a line of the page; the value of a secret is never there."""

    variable: str
    words: str
    value: str
    given: bool


def shown_settings(settings: Settings) -> Iterator[ShownSetting]:
    """All settings in force."""
    for name, info in Settings.model_fields.items():
        given = name in settings.model_fields_set
        words = SETTING_WORDS.get(name, info.description or "")
        yield ShownSetting(PREFIX + name.upper(), words, _value(name, getattr(settings, name)), given)


def _value(name: str, value: object) -> str:
    if isinstance(value, SecretStr) or "SecretStr" in str(Settings.model_fields[name].annotation):
        return "có (không hiện ra)" if value else "không có"
    if value is None:
        return "không đặt"
    if isinstance(value, bool):
        return "có" if value else "không"
    return str(value.resolve()) if isinstance(value, Path) else str(value)
