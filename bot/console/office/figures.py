"""How Loa is used: charts with their tables, 👎 with the answer as it was, CSV, and the report for chosen dates."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.loading import load_answer
from ...content.said import texts_of
from ...content.tree import Texts
from ...core.guide import Guide
from ...core.reply import Block
from ...errors import ContentError
from ...figures import words
from ...figures.gathering import gather
from ...figures.overview import Overview, overview
from ...figures.report import make_report
from ...figures.setting import set_report
from ...figures.table import days_table, subject_days_table, subjects_table
from ...store.content_protocols import Versions
from ...store.counts import VIETNAM, Span, local_day
from ...store.records import Voted
from ..render import html
from . import charts
from .access import HOME, Anybody, EditorOrApprover, NotFound, Refused, Visit
from .paging import number_of
from .periods import Period, read_period

PATH = f"{HOME}/so-lieu"
_BARS, _ROWS, _PAGE = 15, 40, 20

router = APIRouter(include_in_schema=False)


@router.get(PATH)
async def show(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """The overview of a period."""
    period = read_period(visit.now, ky, tu, den)
    found = await _overview(visit, period.span)
    guide = visit.desk.reception.guide
    return visit.page(
        "figures.html", problem=period.problem, period=period, found=found, words=words, address=_address(period),
        columns=charts.columns(found.stretches), lines=charts.lines(found.stretches),
        bars=charts.bars(found.topics[:_BARS]),
        subjects=found.subjects[:_ROWS], left_out=max(0, len(found.subjects) - _ROWS),
        busiest=words.busiest(found.hours), reasons=words.reason_words(guide), outcomes=_outcome_cards(found),
        report=guide.catalogue.report is not None,
    )  # fmt: skip


async def _overview(visit: Visit, span: Span) -> Overview:
    gathered = await visit.store(gather, visit.desk.store.store, span)
    return overview(gathered, visit.desk.reception.guide.catalogue.intents)


def titles_of(guide: Guide) -> Mapping[str, str]:
    """The titles of subjects, by name."""
    return {name: intent.title for name, intent in guide.catalogue.intents.items()}


def _address(period: Period) -> str:
    """The period as a query, for links."""
    return urlencode({"tu": period.span.first.isoformat(), "den": period.span.last.isoformat()})


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """One outcome as a card."""

    name: str
    title: str
    count: int
    share: str
    change: str


def _outcome_cards(found: Overview) -> list[OutcomeCard]:
    return [
        OutcomeCard(
            name, title, getattr(found.totals, name), words.percent(found.totals.share(name)),
            words.change(getattr(found.totals, name), getattr(found.before, name) if found.before else None),
        )
        for name, title in words.OUTCOMES.items()
    ]  # fmt: skip


# Tables to take away


@router.get(f"{PATH}/ngay.csv")
async def days_csv(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """Questions by day."""
    span = _span(visit, ky, tu, den)
    return _csv(days_table(await visit.store(gather, visit.desk.store.store, span)), "ngay", span)


@router.get(f"{PATH}/chu-de.csv")
async def subjects_csv(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """Questions and votes by subject."""
    span = _span(visit, ky, tu, den)
    return _csv(subjects_table(await _overview(visit, span)), "chu-de", span)


@router.get(f"{PATH}/chu-de-theo-ngay.csv")
async def subject_days_csv(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """Questions by day and subject."""
    span = _span(visit, ky, tu, den)
    counts = await visit.store(visit.desk.store.store.figures.subject_days, span)
    table = await asyncio.to_thread(subject_days_table, counts, titles_of(visit.desk.reception.guide))
    return _csv(table, "chu-de-theo-ngay", span)


def _span(visit: Visit, ky: str, tu: str, den: str) -> Span:
    """The days of an address; raises Refused where they cannot be used: a file cannot say so."""
    period = read_period(visit.now, ky, tu, den)
    if period.problem:
        raise Refused(period.problem)
    return period.span


def _csv(table: bytes, name: str, span: Span) -> Response:
    return _file(table, "text/csv; charset=utf-8", f"loa-{name}", span, "csv")


def _file(body: bytes, kind: str, name: str, span: Span, ending: str) -> Response:
    file = f"{name}-{span.first:%Y%m%d}-{span.last:%Y%m%d}.{ending}"
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{file}"'})


# 👎


@dataclass(frozen=True, slots=True)
class Thumb:
    """A 👎 as the page shows it: when, of what, why. Nothing ties it to the question that was asked."""

    at: str
    release: str
    subjects: tuple[tuple[str, str], ...]
    reason: str
    words: str


@router.get(f"{PATH}/che")
async def thumbs_down(visit: EditorOrApprover, ky: str = "", tu: str = "", den: str = "", trang: str = "1") -> Response:
    """The 👎 of a period with what residents wrote; looking at it is noted."""
    period = read_period(visit.now, ky, tu, den)
    page = min(max(1, number_of(trang)), 10_000)
    feedback = visit.desk.store.store.feedback
    found = await visit.store(feedback.thumbs_down, period.span, _PAGE + 1, (page - 1) * _PAGE)
    await visit.note("votes_viewed", f"{period.span.first}–{period.span.last}", f"trang {page}")
    guide = visit.desk.reception.guide
    reasons, titles = words.reason_words(guide), titles_of(guide)
    thumbs = [_thumb(each, titles, reasons) for each in found[:_PAGE]]
    return visit.page(
        "figures_votes.html", problem=period.problem, period=period, thumbs=thumbs, page=page, words=words,
        more=len(found) > _PAGE, address=_address(period),
    )  # fmt: skip


def _thumb(vote: Voted, titles: Mapping[str, str], reasons: Mapping[str, str]) -> Thumb:
    subjects = tuple((name, titles.get(name, name)) for name in vote.intents)
    at = f"{vote.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    return Thumb(at, vote.release, subjects, reasons.get(vote.reason, vote.reason), vote.words)


@router.get(f"{PATH}/luc-do")
async def as_it_was(visit: EditorOrApprover, ban: str = "", chu_de: str = "") -> Response:
    """An answer as a release gave it, by the release's name."""
    guide = visit.desk.reception.guide
    blocks: tuple[Block, ...] | None = None
    if ban == guide.catalogue.release:
        answer = guide.catalogue.answers.get(chu_de)
        blocks = answer.blocks if answer else None
    else:
        texts = await visit.store(_texts_of, visit.desk.store.store.versions, ban, chu_de)
        try:
            blocks = await asyncio.to_thread(load_answer, texts, chu_de) if texts else None
        except ContentError:
            blocks = None
    current = guide.catalogue.answers.get(chu_de)
    return visit.page(
        "figures_answer.html", 200 if blocks else 404, subject=chu_de, title=titles_of(guide).get(chu_de, chu_de),
        release=ban, html=html(blocks) if blocks else None,
        unchanged=bool(blocks and current and current.blocks == blocks), is_there=current is not None,
    )  # fmt: skip


def _texts_of(versions: Versions, name: str, intent: str) -> Texts | None:
    """The texts of a release that an answer rests on, None if there is no such release; on the store thread."""
    release = versions.named(name)
    return texts_of(versions, versions.contents(release.number), intent) if release else None


# The report

_KINDS_OF_FILE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
}  # fmt: skip
_NO_FRAME = "Nội dung chưa có khung báo cáo (responses/vi/_report.yaml). Anh/chị nhờ người soạn nội dung thêm tệp này."


@router.get(f"{PATH}/bao-cao.docx")
async def report_docx(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """The report on results, as Word."""
    return await _report(visit, _span(visit, ky, tu, den), "docx")


@router.get(f"{PATH}/bao-cao.pdf")
async def report_pdf(visit: Anybody, ky: str = "", tu: str = "", den: str = "") -> Response:
    """The report on results, as PDF."""
    return await _report(visit, _span(visit, ky, tu, den), "pdf")


async def _report(visit: Visit, span: Span, ending: str) -> Response:
    guide = visit.desk.reception.guide
    if guide.catalogue.report is None:
        raise NotFound(_NO_FRAME)
    found = await _overview(visit, span)
    report = make_report(
        guide.catalogue.report, found, guide.catalogue, words.reason_words(guide), local_day(visit.now)
    )
    body = await asyncio.to_thread(set_report, report, ending)
    await visit.note("report_made", f"{span.first}–{span.last}", ending)
    return _file(body, _KINDS_OF_FILE[ending], "bao-cao", span, ending)
