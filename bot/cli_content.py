"""`loa content`: drafts, releases and plans, and the folder beside them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import wraps
from typing import Concatenate, ParamSpec

import click

from .clock import system_clock
from .content.checking import Report
from .content.drafting import head, save
from .content.loading import zone_of
from .content.planning import local_time
from .content.releasing import Candidate, candidate, check_texts, refuse_unapproved, roll_back
from .content.releasing import publish as publish_candidate
from .content.said import said_at
from .content.starting import start
from .content.syncing import Side, compare, note_agreement, take_files, to_write, write_back
from .content.telling import diff_lines, plan_lines, release_line, status_lines, version_line
from .content.tree import Texts, read_folder
from .errors import EditConflict, LoaError, MergeConflict, NotApproved, NotPublishable, ReleaseConflict
from .opening import open_store
from .settings import Settings, load_settings
from .store.protocols import Store, Versions

P = ParamSpec("P")
_SHOWN = 20
_BY = click.option("--by", "author", default=getpass.getuser, help="Who does this; your account, if not said.")
_NOTE = click.option("--note", default="", help="Why, for whoever reads the history.")


@dataclass(frozen=True, slots=True)
class Office:
    """What every command works on."""

    settings: Settings
    store: Store

    @property
    def versions(self) -> Versions:
        """The content in the store."""
        return self.store.versions

    @property
    def folder(self) -> Texts:
        """The content in the folder."""
        return read_folder(self.settings.content_dir)

    @property
    def zone(self) -> str:
        """The time zone of the pack."""
        current = self.versions.current()
        return zone_of(self.versions.bodies(self.versions.contents(current.number)) if current else {})


@click.group()
def content() -> None:
    """Versions, drafts and releases of the answers, and the folder beside them."""


@contextmanager
def _office() -> Iterator[Office]:
    """The store, brought up to date with the folder; conflicts end in a sentence that says what to do."""
    settings = load_settings()
    store = open_store(settings)
    try:
        office = Office(settings, store)
        start(store.versions, office.folder, system_clock())
        yield office
    except EditConflict as error:
        what = f"{error.item} vừa được người khác sửa; xem “loa content diff {error.item}” rồi làm lại"
        raise LoaError(what) from None
    except ReleaseConflict:
        raise LoaError("vừa có người công bố bản khác; xem “loa content status” rồi làm lại") from None
    finally:
        store.close()


def with_office(command: Callable[Concatenate[Office, P], None]) -> Callable[P, None]:
    """Give a command the office as its first argument."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with _office() as office:
            command(office, *args, **kwargs)

    return run


def _known(item: str, items: Iterable[str], what: str) -> str:
    """An item by its path, its file name or its subject; raises LoaError with the nearest names.

    A subject's name stands for its answer, where that is among the items.
    """
    names = sorted(items)
    for same in (str, lambda name: name.split("/")[-1], lambda name: name.split("/")[-1].partition(".")[0]):
        found = [name for name in names if same(name) == item]
        answers = [name for name in found if name.startswith("responses/vi/")]
        if len(found) == 1 or len(answers) == 1:
            return (answers or found)[0]
    near = found or get_close_matches(item, names, n=3, cutoff=0.3)
    raise LoaError(f"{what} “{item}”" + (f"; có phải {', '.join(near)}?" if near else ""))


@content.command()
@with_office
def status(office: Office) -> None:
    """What is published, which drafts wait, and where folder and store differ."""
    for line in status_lines(office.versions, office.folder, office.zone):
        click.echo(line)


@content.command()
@click.argument("items", nargs=-1)
@_NOTE
@_BY
@click.option("--yes", is_flag=True, help="Accept that questions are answered differently.")
@with_office
def publish(office: Office, items: tuple[str, ...], note: str, author: str, *, yes: bool) -> None:
    """Publish the drafts of ITEMS, or all drafts: check, show what changes, ask, and switch the running bot."""
    made = _candidate(office.versions, items)
    report = _gate(made)
    _accept_impact(office, made, yes=yes)
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


def _candidate(versions: Versions, items: tuple[str, ...]) -> Candidate:
    names = {draft.item for draft in versions.drafts()}
    if not names:
        raise LoaError("không có bản nháp nào để công bố")
    return candidate(versions, [_known(item, names, "không có bản nháp nào tên") for item in items] if items else None)


def _gate(made: Candidate) -> Report:
    """The report of the check; ends with every reason where it may not go out."""
    report = check_texts(made.texts)
    if report.problems:
        raise NotPublishable(report.problems)
    return report


def _accept_impact(office: Office, made: Candidate, *, yes: bool) -> None:
    """Show which questions would be answered differently, and go on only if that is accepted."""


@content.command()
@click.argument("items", nargs=-1, required=True)
@with_office
def discard(office: Office, items: tuple[str, ...]) -> None:
    """Drop the drafts of ITEMS; their versions stay in the history."""
    names = {draft.item for draft in office.versions.drafts()}
    chosen = [_known(item, names, "không có bản nháp nào tên") for item in items]
    click.echo(f"đã bỏ {office.versions.discard(chosen)} bản nháp")


@content.command()
@click.option("--most", default=_SHOWN, show_default=True, help="How many to show.")
@with_office
def releases(office: Office, most: int) -> None:
    """The newest releases, newest first."""
    for release in office.versions.releases(most):
        click.echo(release_line(release, office.zone))


@content.command()
@click.argument("number", type=int)
@_NOTE
@_BY
@with_office
def rollback(office: Office, number: int, note: str, author: str) -> None:
    """Answer again from release NUMBER, at once."""
    try:
        release = roll_back(office.versions, number, author, system_clock(), note)
    except KeyError:
        raise LoaError(f"không có bản {number}; xem “loa content releases”") from None
    click.echo(f"đã trở lại bản {number}; bản đang dùng nay mang số {release.number}")


@content.command()
@click.argument("item")
@with_office
def history(office: Office, item: str) -> None:
    """All versions of ITEM, newest first."""
    for version in office.versions.history(_item(office.versions, item)):
        click.echo(version_line(version, office.zone))


def _item(versions: Versions, item: str) -> str:
    """The name of an item that the store has, now or in a draft."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    return _known(item, {*released, *(draft.item for draft in versions.drafts())}, "không có mục nào tên")


@content.command()
@click.argument("item")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@with_office
def diff(office: Office, item: str, old: int | None, new: int | None) -> None:
    """What changed in ITEM, by words: from version OLD to NEW.

    Without numbers: from what is published to the draft, or to the file where there is no draft.
    """
    name = _item(office.versions, item)
    before = _text(office.versions, old) if old else _released_text(office.versions, name)
    after = _text(office.versions, new) if new else _newest_text(office, name)
    for line in diff_lines(before, after):
        click.echo(line)


def _text(versions: Versions, number: int) -> str:
    try:
        return _decoded(versions.body(number))
    except KeyError:
        raise LoaError(f"không có phiên bản {number}; xem “loa content history”") from None


def _released_text(versions: Versions, item: str) -> str:
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    return _decoded(versions.body(released[item].id) if item in released else None)


def _newest_text(office: Office, item: str) -> str:
    drafts = {draft.item: draft for draft in office.versions.drafts()}
    return _decoded(office.versions.body(drafts[item].version.id) if item in drafts else office.folder.get(item))


def _decoded(body: bytes | None) -> str:
    return (body or b"").decode("utf-8-sig", errors="replace")


@content.command()
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


@content.command()
@click.argument("items", nargs=-1)
@click.option("--force", is_flag=True, help="Also over files that were edited: the store's text wins.")
@with_office
def export(office: Office, items: tuple[str, ...], *, force: bool) -> None:
    """Write what was published in the store back into the folder, byte by byte."""
    texts = office.folder
    differences = {each.item: each for each in compare(texts, office.versions)}
    chosen = [_known(item, differences, "tệp và kho không khác nhau ở mục") for item in items] or list(differences)
    sides = set(Side) if force else {Side.STORE}
    written = to_write([differences[item] for item in chosen if differences[item].side in sides], office.versions)
    write_back(office.settings.content_dir, written)
    note_agreement(office.folder, office.versions)
    click.echo(f"đã ghi {len(written)} tệp")
    left = [item for item in chosen if differences[item].side not in sides]
    for item in left:
        click.echo(f"  không ghi {item}: tệp cũng đã sửa (thêm --force thì kho thắng)")


@content.command()
@click.argument("items", nargs=-1, required=True)
@with_office
def take(office: Office, items: tuple[str, ...]) -> None:
    """Where both sides changed ITEMS: make the files' text the draft."""
    texts = office.folder
    differences = {each.item: each for each in compare(texts, office.versions)}
    chosen = [differences[_known(item, differences, "tệp và kho không khác nhau ở mục")] for item in items]
    take_files(texts, office.versions, chosen, system_clock())
    click.echo(f"đã lấy {len(chosen)} tệp làm bản nháp")


@content.command()
@click.argument("item")
@_NOTE
@_BY
@with_office
def edit(office: Office, item: str, note: str, author: str) -> None:
    """Edit the draft of ITEM in $EDITOR; what somebody else wrote meanwhile is merged, or shown."""
    name = _item(office.versions, item)
    before = head(office.versions, name)
    text = click.edit(before.text, extension=f".{name.rpartition('.')[2]}")
    if text is None or text == before.text:
        click.echo("không có gì thay đổi")
        return
    try:
        saved = save(office.versions, before, text, author, system_clock(), note)
    except MergeConflict as conflict:
        raise LoaError(_not_merged(office, conflict)) from None
    click.echo(f"đã lưu bản nháp {saved.version.id} của {name}")
    if saved.merged:
        click.echo("người khác vừa sửa mục này; hai bản đã được gộp, xem lại bằng “loa content diff”")


def _not_merged(office: Office, conflict: MergeConflict) -> str:
    """What to do about two edits of the same lines; the text that was not saved is kept in a file."""
    kept = office.settings.var_dir / f"chua-luu-{conflict.item.replace('/', '-')}"
    kept.write_text(conflict.mine, encoding="utf-8")
    return (
        f"{conflict.author} vừa sửa cùng những dòng đó của {conflict.item}; bản của anh/chị nằm trong {kept}. "
        f"Mở lại bằng “loa content edit {conflict.item}” rồi đưa phần của mình vào"
    )


@content.command()
@click.argument("moment")
@click.argument("items", nargs=-1)
@_NOTE
@_BY
@with_office
def schedule(office: Office, moment: str, items: tuple[str, ...], note: str, author: str) -> None:
    """Publish the drafts of ITEMS, or all drafts, at MOMENT ("2026-12-01 07:00", Vietnam time)."""
    when = _moment(moment, office.zone)
    if when <= system_clock():
        raise LoaError(f"{moment} đã qua; ghi một lúc sắp tới, hoặc công bố ngay bằng “loa content publish”")
    made = _candidate(office.versions, items)
    _gate(made)
    if office.settings.approvals:
        refuse_unapproved(made.drafts)
    plan = office.versions.plan(when, [draft.version.id for draft in made.drafts], author, note)
    click.echo(f"đã hẹn {len(made.drafts)} mục (số hẹn {plan.id}); bot đang chạy sẽ công bố lúc {moment}")


def _moment(text: str, zone: str) -> datetime:
    try:
        return local_time(text, zone)
    except ValueError:
        raise LoaError(f"không đọc được lúc “{text}”; ghi như 2026-12-01 07:00") from None


@content.command()
@with_office
def plans(office: Office) -> None:
    """What is to be published when, and what was refused and why."""
    for plan in office.versions.plans():
        for line in plan_lines(plan, office.versions, office.zone):
            click.echo(line)


@content.command()
@click.argument("number", type=int)
@with_office
def cancel(office: Office, number: int) -> None:
    """Call plan NUMBER off."""
    if not office.versions.settle(number, "cancelled"):
        raise LoaError(f"không có hẹn {number} đang chờ; xem “loa content plans”")
    click.echo(f"đã huỷ hẹn {number}; bản nháp vẫn còn")


@content.command("check")
@click.argument("items", nargs=-1)
@with_office
def check_drafts(office: Office, items: tuple[str, ...]) -> None:
    """Check what the drafts of ITEMS, or all drafts, would make."""
    report = check_texts(_candidate(office.versions, items).texts)
    for problem in (*report.problems, *report.warnings):
        click.echo(str(problem))
    click.echo(report.summary)
    sys.exit(1 if report.problems else 0)
