"""`loa doctor`: what is well and what is not, in words, without secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from .content.loading import load_texts
from .errors import ContentError, LoaError
from .health import Finding, queue_findings
from .opening import has_store, open_store, working_content
from .settings import Settings


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything that an operator wants to know first."""
    findings: list[Finding] = []
    for check in (_content, _telegram, _store):
        findings.extend(_safely(check, settings, now))
    return findings


def _safely(
    check: Callable[[Settings, datetime], Iterator[Finding]], settings: Settings, now: datetime
) -> Iterator[Finding]:
    try:
        yield from check(settings, now)
    except ContentError as error:
        first = error.problems[0]
        yield Finding("nội dung", False, f"{len(error.problems)} lỗi, chạy “loa check” để xem; lỗi đầu: {first}")
    except LoaError as error:
        yield Finding("kho dữ liệu", False, str(error))


def _content(settings: Settings, now: datetime) -> Iterator[Finding]:
    catalogue = load_texts(working_content(settings)).catalogue
    age = (now.date() - catalogue.pack.as_of).days
    yield Finding(
        "nội dung", True,
        f"{len(catalogue.intents)} chủ đề, {len(catalogue.directives)} văn bản, "
        f"bản {catalogue.release}, cách nay {age} ngày",
    )  # fmt: skip


def _telegram(settings: Settings, now: datetime) -> Iterator[Finding]:
    state = "có mã" if settings.telegram_token else "chưa có LOA_TELEGRAM_TOKEN, chỉ chạy trang web"
    yield Finding("Telegram", True, f"{state}; {settings.telegram_api}; {now:%d/%m/%Y %H:%M} UTC")


def _store(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not has_store(settings):
        yield Finding("kho dữ liệu", True, f"{settings.database_path} chưa có; lần chạy đầu tiên sẽ tạo")
        return
    store = open_store(settings)
    try:
        health = store.upkeep.health(now)
    finally:
        store.close()
    yield Finding("kho dữ liệu", True, f"{store.place} mở được, khoá đúng")
    yield from queue_findings(health)
