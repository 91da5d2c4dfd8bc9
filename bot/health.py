"""Whether the queues are well, in words, without secrets; for `loa doctor` and the officers' pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .store.records import Health

_LATE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    what: str
    well: bool
    detail: str

    def __str__(self) -> str:
        return f"{'tốt ' if self.well else 'LỖI '} {self.what}: {self.detail}"


def queue_findings(health: Health) -> Iterator[Finding]:
    """What waits, how long, and what was put aside."""
    detail = (
        f"{health.open_inbox} tin chưa xử lý, {health.open_outbox} tin chưa gửi, cũ nhất {health.oldest_open:.0f} giây"
    )
    yield Finding("hàng chờ", health.oldest_open < _LATE_SECONDS, detail)
    yield Finding("để riêng", not health.aside, f"{len(health.aside)} dòng; mở lại bằng “loa doctor --retry”")
    for row in health.aside:
        yield Finding("để riêng", False, f"{row.queue} {row.id}: {row.error} (thử {row.attempts} lần)")
