"""What to do about an error that stops a command: a line in Vietnamese for whoever runs the server."""

from __future__ import annotations

from .errors import (
    EditConflict,
    KeyFileError,
    LoaError,
    MergeConflict,
    ReleaseConflict,
    StoreError,
    StoreLocked,
    StoreTooNew,
)

_STORE = (
    "chưa mở hoặc chưa ghi được kho dữ liệu; Loa không xoá, không ghi đè gì. Xem đĩa còn chỗ không (df -h), thư mục "
    "LOA_VAR_DIR có ghi được không; tệp kho bị hỏng thì để nó riêng ra và chép bản sao lưu về"
)
_LOCKED = "một tiến trình Loa khác đang chạy trên thư mục này; dừng nó trước, hoặc đặt LOA_VAR_DIR khác"
_KEY = (
    "cần đúng tệp khoá của kho dữ liệu này; chép lại từ bản sao lưu của khoá rồi chạy chmod 600. Đừng tạo khoá mới: "
    "khoá khác không mở được những gì đã lưu"
)
_TOO_NEW = "kho này do bản Loa mới hơn ghi; cài lại bản mới đó, hoặc chép bản sao lưu từ trước khi nâng cấp"
_OVERTAKEN = (EditConflict, MergeConflict, ReleaseConflict)


def remedy(error: LoaError) -> str:
    """How to mend an error of the store or the key; empty where the error says it itself."""
    if isinstance(error, StoreLocked):
        return _LOCKED
    if isinstance(error, StoreTooNew):
        return _TOO_NEW
    if isinstance(error, KeyFileError):
        return _KEY
    return _STORE if isinstance(error, StoreError) and not isinstance(error, _OVERTAKEN) else ""
