"""`loa report`: the report on results for chosen days, as Word or PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ..clock import system_clock
from ..content.loading import load_texts
from ..core.guide import Guide
from ..errors import LoaError
from ..figures.gathering import gather
from ..figures.overview import overview
from ..figures.report import make_report
from ..figures.setting import ENDINGS, set_report
from ..figures.words import reason_words
from ..opening import has_store, open_store
from ..settings import Settings, load_settings
from ..store.counts import Span, local_day
from ..store.protocols import Store

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.option("--from", "first", type=_DAY, required=True, help="First day, such as 2021-02-01.")
@click.option("--to", "last", type=_DAY, required=True, help="Last day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="FILE.docx or FILE.pdf.")
def report_command(first: datetime, last: datetime, out: Path) -> None:
    """Write the report on results for these days, with the figures filled in."""
    ending = out.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise LoaError(f"“{out.name}”: tên tệp phải kết thúc bằng .docx hoặc .pdf")
    if first > last:
        raise LoaError("ngày đầu đang sau ngày cuối")
    settings = load_settings()
    if not has_store(settings):
        raise LoaError("chưa có kho dữ liệu: chạy “loa run” trước, khi có người hỏi mới có số liệu")
    store = open_store(settings)
    try:
        body = _report(settings, store, Span(first.date(), last.date()), ending)
    finally:
        store.close()
    out.write_bytes(body)
    click.echo(f"đã ghi {out}")


def _report(settings: Settings, store: Store, span: Span, ending: str) -> bytes:
    current = store.versions.current()
    if current is None:
        raise LoaError("chưa công bố bản nào: chạy “loa run” trước")
    catalogue = load_texts(store.versions.bodies(store.versions.contents(current.number))).catalogue
    if catalogue.report is None:
        raise LoaError("nội dung chưa có khung báo cáo: thêm responses/vi/_report.yaml rồi công bố")
    guide = Guide(catalogue, settings.stale_after, settings.retention)
    found = overview(gather(store, span), catalogue.intents)
    reasons = reason_words(guide)
    return set_report(make_report(catalogue.report, found, catalogue, reasons, local_day(system_clock())), ending)
