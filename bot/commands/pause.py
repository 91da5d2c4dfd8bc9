"""`loa pause` and `loa resume`: stop answering residents, in every process, and answer again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import click

from ..clock import system_clock
from ..content.loading import zone_of
from ..errors import LoaError
from ..opening import open_store
from ..pausing import pause, resume
from ..settings import load_settings
from ..store.protocols import Store
from ..store.records import Pause
from .office import BY


@contextmanager
def _opened() -> Iterator[Store]:
    store = open_store(load_settings())
    try:
        yield store
    finally:
        store.close()


@click.command("pause")
@click.argument("reason")
@click.option("--notice", default="", help="What residents read; the sentence “paused” of the content, if not said.")
@BY
def pause_command(reason: str, notice: str, author: str) -> None:
    """Stop answering: residents get a notice with telephone numbers, and their questions are kept."""
    with _opened() as store:
        if not pause(store, reason, notice, author, system_clock()):
            now = store.pauses.current()
            raise LoaError(f"đang tạm dừng rồi{_since(store, now) if now else ''}; mở lại bằng “loa resume”")
    click.echo("đã tạm dừng; mở lại bằng “loa resume”")


@click.command("resume")
@BY
def resume_command(author: str) -> None:
    """Answer residents again."""
    with _opened() as store:
        ended = resume(store, author, system_clock())
        if ended is None:
            raise LoaError("Loa đang trả lời bình thường, không có gì để mở lại")
        click.echo(f"đã mở lại; vừa qua tạm dừng{_since(store, ended)}")


def _since(store: Store, ended: Pause) -> str:
    current = store.versions.current()
    zone = ZoneInfo(zone_of(store.versions.bodies(store.versions.contents(current.number)) if current else {}))
    return f" từ {ended.since.astimezone(zone):%H:%M %d/%m/%Y}, {ended.officer}: {ended.reason}"
