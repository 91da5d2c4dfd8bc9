"""Pausing Loa: residents get a notice and telephone numbers instead of answers until somebody ends it."""

from __future__ import annotations

import re
from datetime import datetime

from .errors import PauseRefused
from .store.protocols import Store
from .store.records import Deed, Pause

MOST_LETTERS = 600
_REASON_LETTERS = 200
# Eight digits or more, however they are parted: a telephone or account number, no day and no hour.
_NUMBER = re.compile(r"(?:\d[ .\-()]{0,2}){8,}")


def pause(store: Store, reason: str, notice: str, officer: str, at: datetime) -> bool:
    """Stop answering; False where Loa is paused already. An empty `notice` is the usual sentence.

    Raises PauseRefused for a pause without a reason, or a notice that residents should not get.
    """
    reason, notice = " ".join(reason.split()), notice.strip().replace("\r\n", "\n")
    check_pause(reason, notice)
    if not store.pauses.begin(Pause(at, officer, reason, notice)):
        return False
    store.people.note(Deed(at, officer, "paused", "", reason))
    return True


def resume(store: Store, officer: str, at: datetime) -> Pause | None:
    """Answer again: the pause that ended, None where there was none."""
    ended = store.pauses.end(officer, at)
    if ended:
        store.people.note(Deed(at, officer, "resumed", "", ended.reason))
    return ended


def check_pause(reason: str, notice: str) -> None:
    """Raise PauseRefused for a pause that may not be begun so."""
    if not reason.strip():
        raise PauseRefused("reason", "Anh/chị ghi vì sao tạm dừng, để người trực sau hiểu.")
    if len(reason.strip()) > _REASON_LETTERS:
        raise PauseRefused("reason", f"Lý do dài {len(reason)} chữ, tối đa {_REASON_LETTERS}. Anh/chị rút ngắn.")
    if len(notice) > MOST_LETTERS:
        raise PauseRefused("notice", f"Câu báo dài {len(notice)} chữ, tối đa {MOST_LETTERS}. Anh/chị rút ngắn.")
    if _NUMBER.search(notice):
        what = "Câu báo có số giống số điện thoại. Anh/chị bỏ số đi: Loa tự thêm các số có nguồn ở trang Dữ kiện."
        raise PauseRefused("notice", what)
