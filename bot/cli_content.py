"""`loa content`: drafts, releases, and the folder beside them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from .clock import system_clock
from .errors import EditConflict, LoaError, NotApproved, NotPublishable, ReleaseConflict
from .settings import Settings, load_settings

if TYPE_CHECKING:
    from .content.releasing import Candidate
    from .content.tree import Texts
    from .store.protocols import Store, Versions

P = ParamSpec("P")
_SHOWN = 20
_BY = click.option("--by", "author", default=getpass.getuser, show_default="your account", help="Who does this.")
_NOTE = click.option("--note", default="", help="Why, for whoever reads the history.")


@click.group()
def content() -> None:
    """Versions, drafts and releases of the answers; how the folder stands to them."""


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    from .opening import open_store

    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()


def _with_store(command: Callable[Concatenate[Store, Settings, P], None]) -> Callable[P, None]:
    """Give a command the store, brought up to date with the folder; conflicts end in a sentence."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        settings = load_settings()
        with _opened(settings) as store:
            _take_folder_in(store, settings)
            try:
                command(store, settings, *args, **kwargs)
            except EditConflict as error:
                raise LoaError(
                    f"{error.item} vừa được người khác sửa; xem “loa content diff {error.item}” rồi làm lại"
                ) from None
            except ReleaseConflict:
                raise LoaError("vừa có người công bố bản khác; xem “loa content status” rồi làm lại") from None

    return run


def _take_folder_in(store: Store, settings: Settings) -> None:
    from .content.starting import start

    start(store.versions, _folder(settings), system_clock())


def _folder(settings: Settings) -> Texts:
    from .content.tree import read_folder

    return read_folder(settings.content_dir)


def _known(item: str, items: Any, what: str) -> str:
    """An item by its name, or by its last part where only one has it; raises LoaError with the nearest names."""
    from difflib import get_close_matches

    names = sorted(items)
    found = [name for name in names if name == item] or [name for name in names if name.split("/")[-1] == item]
    found = found or [name for name in names if name.split("/")[-1].partition(".")[0] == item]
    answers = [name for name in found if name.startswith("responses/vi/")]
    if len(found) == 1 or len(answers) == 1:
        return (answers or found)[0]
    near = found or get_close_matches(item, names, n=3, cutoff=0.3)
    raise LoaError(f"{what} “{item}”" + (f"; có phải {', '.join(near)}?" if near else ""))


@content.command()
@_with_store
def status(store: Store, settings: Settings) -> None:
    """What is published, which drafts wait, and where folder and store differ."""
    from .content.telling import status_lines

    for line in status_lines(store.versions, _folder(settings)):
        click.echo(line)


@content.command()
@click.argument("items", nargs=-1)
@_NOTE
@_BY
@click.option("--yes", is_flag=True, help="Accept that questions are answered differently.")
@_with_store
def publish(store: Store, settings: Settings, items: tuple[str, ...], note: str, author: str, *, yes: bool) -> None:
    """Publish the drafts of ITEMS, or all drafts: check, show what changes, ask, and switch the running bot."""
    from .content.releasing import publish as publish_candidate
    from .content.syncing import note_agreement

    made = _candidate(store.versions, items)
    report = _gate(made)
    _accept_impact(store, settings, made, yes=yes)
    try:
        release = publish_candidate(
            store.versions, made, author, system_clock(), note, approvals=settings.approvals, check=lambda _: report
        )
    except NotApproved as error:
        raise LoaError(
            f"chưa có người thứ hai duyệt: {', '.join(error.items)}; gửi bằng “loa content submit”"
        ) from None
    note_agreement(_folder(settings), store.versions)
    click.echo(f"đã công bố bản {release.number}: {len(made.drafts)} mục")


def _candidate(versions: Versions, items: tuple[str, ...]) -> Candidate:
    from .content.releasing import candidate

    names = {draft.item for draft in versions.drafts()}
    if not names:
        raise LoaError("không có bản nháp nào để công bố")
    return candidate(versions, [_known(item, names, "không có bản nháp nào tên") for item in items] if items else None)


def _gate(made: Candidate) -> Any:
    """The report of the check; ends with every reason where it may not go out."""
    from .content.releasing import check_texts

    report = check_texts(made.texts)
    if report.problems:
        raise NotPublishable(report.problems)
    return report


def _accept_impact(store: Store, settings: Settings, made: Candidate, *, yes: bool) -> None:
    """Show which questions would be answered differently, and go on only if that is accepted."""


@content.command()
@click.argument("items", nargs=-1, required=True)
@_with_store
def discard(store: Store, settings: Settings, items: tuple[str, ...]) -> None:  # noqa: ARG001 (every command gets both)
    """Drop the drafts of ITEMS; their versions stay in the history."""
    names = {draft.item for draft in store.versions.drafts()}
    chosen = [_known(item, names, "không có bản nháp nào tên") for item in items]
    click.echo(f"đã bỏ {store.versions.discard(chosen)} bản nháp")


@content.command()
@click.option("--most", default=_SHOWN, show_default=True, help="How many to show.")
@_with_store
def releases(store: Store, settings: Settings, most: int) -> None:  # noqa: ARG001 (every command gets both)
    """The newest releases, newest first."""
    from .content.telling import release_line

    for release in store.versions.releases(most):
        click.echo(release_line(release))


@content.command()
@click.argument("number", type=int)
@_NOTE
@_BY
@_with_store
def rollback(store: Store, settings: Settings, number: int, note: str, author: str) -> None:  # noqa: ARG001
    """Answer again from release NUMBER, at once."""
    from .content.releasing import roll_back

    try:
        release = roll_back(store.versions, number, author, system_clock(), note)
    except KeyError:
        raise LoaError(f"không có bản {number}; xem “loa content releases”") from None
    click.echo(f"đã trở lại bản {number}; bản đang dùng nay mang số {release.number}")


@content.command()
@click.argument("item")
@_with_store
def history(store: Store, settings: Settings, item: str) -> None:  # noqa: ARG001 (every command gets both)
    """All versions of ITEM, newest first."""
    from .content.telling import version_line

    for version in store.versions.history(_item(store.versions, item)):
        click.echo(version_line(version))


def _item(versions: Versions, item: str) -> str:
    """The name of an item that the store has, now or in a draft."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    return _known(item, {*released, *(draft.item for draft in versions.drafts())}, "không có mục nào tên")


@content.command()
@click.argument("item")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@_with_store
def diff(store: Store, settings: Settings, item: str, old: int | None, new: int | None) -> None:  # noqa: ARG001
    """What changed in ITEM, by words: from version OLD (or what is published) to NEW (or the draft)."""
    from .content.telling import diff_lines

    for line in diff_lines(store.versions, _item(store.versions, item), old, new):
        click.echo(line)


@content.command()
@click.argument("moment")
@click.argument("item")
@_with_store
def at(store: Store, settings: Settings, moment: str, item: str) -> None:
    """What residents were told at MOMENT ("2026-02-03 10:00", Vietnam time) about ITEM."""
    from .content.telling import said_at

    for line in said_at(store.versions, moment, item, settings):
        click.echo(line)


@content.command()
@click.argument("items", nargs=-1)
@click.option("--force", is_flag=True, help="Also over files that were edited: the store's text wins.")
@_with_store
def export(store: Store, settings: Settings, items: tuple[str, ...], *, force: bool) -> None:
    """Write what was published in the store back into the folder, byte by byte."""
    from .content.syncing import Side, compare, note_agreement, to_write, write_back

    texts = _folder(settings)
    differences = {each.item: each for each in compare(texts, store.versions)}
    chosen = [_known(item, differences, "tệp và kho không khác nhau ở mục") for item in items] or list(differences)
    sides = set(Side) if force else {Side.STORE}
    written = to_write([differences[item] for item in chosen if differences[item].side in sides], store.versions)
    write_back(settings.content_dir, written)
    note_agreement(_folder(settings), store.versions)
    click.echo(f"đã ghi {len(written)} tệp")
    left = [item for item in chosen if differences[item].side not in sides]
    for item in left:
        click.echo(f"  không ghi {item}: tệp cũng đã sửa (thêm --force thì kho thắng)")


@content.command()
@click.argument("items", nargs=-1, required=True)
@_with_store
def take(store: Store, settings: Settings, items: tuple[str, ...]) -> None:
    """Where both sides changed ITEMS: make the files' text the draft."""
    from .content.syncing import compare, take_files

    texts = _folder(settings)
    differences = {each.item: each for each in compare(texts, store.versions)}
    chosen = [differences[_known(item, differences, "tệp và kho không khác nhau ở mục")] for item in items]
    take_files(texts, store.versions, chosen, system_clock())
    click.echo(f"đã lấy {len(chosen)} tệp làm bản nháp")


@content.command()
@click.argument("item")
@_NOTE
@_BY
@_with_store
def edit(store: Store, settings: Settings, item: str, note: str, author: str) -> None:  # noqa: ARG001
    """Edit the draft of ITEM in $EDITOR; what somebody else wrote meanwhile is merged, or shown."""
    from .content.drafting import head, save

    name = _item(store.versions, item)
    before = head(store.versions, name)
    text = click.edit(before.text, extension=f".{name.rpartition('.')[2]}")
    if text is None or text == before.text:
        click.echo("không có gì thay đổi")
        return
    saved = save(store.versions, before, text, author, system_clock(), note)
    click.echo(
        f"đã lưu bản nháp {saved.version.id} của {name}"
        + ("; đã gộp với bản người khác vừa sửa" if saved.merged else "")
    )


@content.command()
@click.argument("moment")
@click.argument("items", nargs=-1)
@_NOTE
@_BY
@_with_store
def schedule(store: Store, settings: Settings, moment: str, items: tuple[str, ...], note: str, author: str) -> None:
    """Publish the drafts of ITEMS, or all drafts, at MOMENT ("2026-12-01 07:00", Vietnam time)."""
    from .content.releasing import refuse_unapproved

    when = _moment(moment, settings)
    if when <= system_clock():
        raise LoaError(f"{moment} đã qua; ghi một lúc sắp tới, hoặc công bố ngay bằng “loa content publish”")
    made = _candidate(store.versions, items)
    _gate(made)
    if settings.approvals:
        refuse_unapproved(made.drafts)
    plan = store.versions.plan(when, [draft.version.id for draft in made.drafts], author, note)
    click.echo(f"đã hẹn {len(made.drafts)} mục (số hẹn {plan.id}); bot đang chạy sẽ công bố lúc {moment}")


def _moment(text: str, settings: Settings) -> datetime:
    from .content.planning import local_time

    try:
        return local_time(text, settings.timezone)
    except ValueError:
        raise LoaError(f"không đọc được lúc “{text}”; ghi như 2026-12-01 07:00") from None


@content.command()
@_with_store
def plans(store: Store, settings: Settings) -> None:
    """What is to be published when, and what was refused and why."""
    from .content.telling import plan_lines

    for plan in store.versions.plans():
        for line in plan_lines(plan, store.versions, settings.timezone):
            click.echo(line)


@content.command()
@click.argument("number", type=int)
@_with_store
def cancel(store: Store, settings: Settings, number: int) -> None:  # noqa: ARG001 (every command gets both)
    """Call plan NUMBER off."""
    if not store.versions.settle(number, "cancelled"):
        raise LoaError(f"không có hẹn {number} đang chờ; xem “loa content plans”")
    click.echo(f"đã huỷ hẹn {number}; bản nháp vẫn còn")


@content.command("check")
@click.argument("items", nargs=-1)
@_with_store
def check_drafts(store: Store, settings: Settings, items: tuple[str, ...]) -> None:  # noqa: ARG001
    """Check what the drafts of ITEMS, or all drafts, would make."""
    from .content.releasing import check_texts

    report = check_texts(_candidate(store.versions, items).texts)
    for problem in (*report.problems, *report.warnings):
        click.echo(str(problem))
    click.echo(report.summary)
    sys.exit(1 if report.problems else 0)
