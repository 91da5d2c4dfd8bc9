"""Releases: publish, ask for approval, plan, go back, and see what was said."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from ..clock import system_clock
from ..content.approving import LIFETIME, PATH, Wish
from ..content.approving import submit as ask_approval
from ..content.impact import Progress
from ..content.impact_words import FIRST, group_line, impact_lines, scope_line, without_questions
from ..content.planning import local_time
from ..content.releasing import Candidate, refuse_unapproved, refuse_unreadable, roll_back
from ..content.releasing import publish as publish_candidate
from ..content.reviewing import Review, review
from ..content.said import said_at
from ..content.syncing import note_agreement
from ..content.telling import plan_lines, release_line, version_line
from ..errors import LoaError, NotApproved
from ..store.sealing import load_key
from .office import BY, EVERY, LAST, NOTE, Office, chosen_drafts, pass_gate, with_office

_SHOWN = 20


@click.command()
@click.argument("items", nargs=-1)
@NOTE
@BY
@click.option("--yes", is_flag=True, help="Accept that questions are answered differently.")
@LAST
@EVERY
@with_office
def publish(
    office: Office, items: tuple[str, ...], note: str, author: str, *, yes: bool, last: int, every: bool
) -> None:
    """Publish the drafts of ITEMS, or all drafts: check, show what changes, ask, and switch the running bot."""
    made = chosen_drafts(office.versions, items)
    report = pass_gate(office.versions, made)
    if not _accepted(_review(office, made, last, every=every), yes=yes):
        raise LoaError("chưa công bố; bản nháp vẫn còn")
    try:
        release = publish_candidate(
            office.versions,
            made,
            author,
            system_clock(),
            note,
            approvals=office.settings.approvals,
            check=lambda _: report,
        )
    except NotApproved as error:
        raise LoaError(
            f"chưa có người thứ hai duyệt: {', '.join(error.items)}; gửi bằng “loa content submit”"
        ) from None
    note_agreement(office.folder, office.versions)
    click.echo(f"đã công bố bản {release.number}: {len(made.drafts)} mục")


def _review(office: Office, made: Candidate, last: int, *, every: bool) -> Review | None:
    """Which questions would be answered differently, with a bar that Ctrl+C leaves."""
    settings = office.settings
    with _bar() as progress:
        return review(
            office.store, made, settings.content_dir, system_clock(), settings.stale_after, settings.retention,
            last=last, every=every, progress=progress,
        )  # fmt: skip


@contextmanager
def _bar() -> Iterator[Progress]:
    """Progress as a line on standard error; after Ctrl+C the run stops with what it has."""
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    def progress(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            click.echo(f"\rđang thử lại các câu hỏi: {done}/{total} (Ctrl+C: dừng)", err=True, nl=False)
        return not stopped

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, before)
        if sys.stderr.isatty():
            click.echo("", err=True)


def _accepted(found: Review | None, *, yes: bool) -> bool:
    """Whether every group of questions that would be answered differently is accepted."""
    if found is None:
        return True
    for group in found.impact.groups:
        click.echo(f"- {group_line(group, found.titles)}")
        if not yes and not click.confirm("  Chấp nhận?", default=False):
            return False
    click.echo(scope_line(found.impact) if found.impact.groups else impact_lines(found.impact, found.titles)[-1])
    return yes or not found.impact.partial or click.confirm("Chưa thử hết. Vẫn công bố?", default=False)


@click.command()
@click.argument("items", nargs=-1)
@LAST
@EVERY
@with_office
def impact(office: Office, items: tuple[str, ...], last: int, *, every: bool) -> None:
    """Which questions the drafts of ITEMS, or all drafts, would answer differently; publishes nothing."""
    found = _review(office, chosen_drafts(office.versions, items), last, every=every)
    for line in impact_lines(found.impact, found.titles) if found else ():
        click.echo(line)


@click.command()
@click.argument("items", nargs=-1)
@click.option("--to", "approver", required=True, help="Who is to look at them.")
@NOTE
@BY
@LAST
@EVERY
@with_office
def submit(
    office: Office, items: tuple[str, ...], approver: str, note: str, author: str, *, last: int, every: bool
) -> None:
    """Ask a second person to approve the drafts of ITEMS, or all drafts: prints a link that needs no account."""
    made = chosen_drafts(office.versions, items)
    report = pass_gate(office.versions, made)
    found = _review(office, made, last, every=every)
    told = without_questions(found.impact, found.titles) if found else (FIRST,)
    wish = Wish(approver, author, note, (f"Loa {report.summary}.", *told))
    try:
        token = ask_approval(office.store, load_key(office.settings.key_path), made.drafts, wish, system_clock())
    except NotApproved as error:
        raise LoaError(f"{approver} là người soạn {', '.join(error.items)}; hãy nhờ một người khác duyệt") from None
    click.echo(f"{len(made.drafts)} mục chờ {approver} duyệt; gửi link này, dùng được {LIFETIME.days} ngày:")
    click.echo(f"{office.settings.address}{PATH}/{token}")


@click.command()
@click.option("--most", default=_SHOWN, show_default=True, help="How many to show.")
@with_office
def releases(office: Office, most: int) -> None:
    """The newest releases, newest first."""
    for release in office.versions.releases(most):
        click.echo(release_line(release, office.zone))


@click.command()
@click.argument("number", type=int)
@NOTE
@BY
@with_office
def rollback(office: Office, number: int, note: str, author: str) -> None:
    """Answer again from release NUMBER, at once."""
    try:
        refuse_unreadable(number, office.versions.bodies(office.versions.contents(number)))
        release = roll_back(office.versions, number, author, system_clock(), note)
    except KeyError:
        raise LoaError(f"không có bản {number}; xem “loa content releases”") from None
    click.echo(f"đã trở lại bản {number}; bản đang dùng nay mang số {release.number}")


@click.command()
@click.argument("moment")
@click.argument("subject")
@with_office
def at(office: Office, moment: str, subject: str) -> None:
    """What residents were told at MOMENT ("2026-02-03 10:00", Vietnam time) about SUBJECT."""
    found = said_at(office.versions, _moment(moment, office.zone), subject)
    if found is None:
        raise LoaError(f"lúc {moment} chưa có câu trả lời nào cho “{subject}”; xem “loa content releases”")
    click.echo(release_line(found.release, office.zone))
    click.echo(version_line(found.version, office.zone))
    click.echo()
    for block in found.blocks:
        click.echo(("  – " if block.kind == "item" else "") + block.text)


@click.command()
@click.argument("moment")
@click.argument("items", nargs=-1)
@NOTE
@BY
@with_office
def schedule(office: Office, moment: str, items: tuple[str, ...], note: str, author: str) -> None:
    """Publish the drafts of ITEMS, or all drafts, at MOMENT ("2026-12-01 07:00", Vietnam time)."""
    when = _moment(moment, office.zone)
    if when <= system_clock():
        raise LoaError(f"{moment} đã qua; ghi một lúc sắp tới, hoặc công bố ngay bằng “loa content publish”")
    made = chosen_drafts(office.versions, items)
    pass_gate(office.versions, made)
    if office.settings.approvals:
        refuse_unapproved(made.drafts)
    plan = office.versions.plan(when, [draft.version.id for draft in made.drafts], author, note)
    click.echo(f"đã hẹn {len(made.drafts)} mục (số hẹn {plan.id}); bot đang chạy sẽ công bố lúc {moment}")


def _moment(text: str, zone: str) -> datetime:
    try:
        return local_time(text, zone)
    except ValueError:
        raise LoaError(f"không đọc được lúc “{text}”; ghi như 2026-12-01 07:00") from None


@click.command()
@with_office
def plans(office: Office) -> None:
    """What is to be published when, and what was refused and why."""
    for plan in office.versions.plans():
        for line in plan_lines(plan, office.versions, office.zone):
            click.echo(line)


@click.command()
@click.argument("number", type=int)
@with_office
def cancel(office: Office, number: int) -> None:
    """Call plan NUMBER off."""
    if not office.versions.settle(number, "cancelled"):
        raise LoaError(f"không có hẹn {number} đang chờ; xem “loa content plans”")
    click.echo(f"đã huỷ hẹn {number}; bản nháp vẫn còn")
