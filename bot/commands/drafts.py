"""Drafts: look at them, edit, drop, check, and bring folder and store together."""

from __future__ import annotations

import sys

import click

from ..clock import system_clock
from ..content.drafting import head, save
from ..content.releasing import check_texts
from ..content.syncing import Side, compare, note_agreement, take_files, to_write, write_back
from ..content.telling import diff_lines, status_lines, version_line
from ..errors import LoaError, MergeConflict
from ..store.content_protocols import Versions
from .office import BY, NOTE, Office, chosen_drafts, known_item, named_one, with_office


@click.command()
@with_office
def status(office: Office) -> None:
    """What is published, which drafts wait, and where folder and store differ."""
    for line in status_lines(office.versions, office.folder, office.zone):
        click.echo(line)


@click.command()
@click.argument("item")
@with_office
def history(office: Office, item: str) -> None:
    """All versions of ITEM, newest first."""
    for version in office.versions.history(known_item(office.versions, item)):
        click.echo(version_line(version, office.zone))


@click.command()
@click.argument("item")
@click.argument("old", type=int, required=False)
@click.argument("new", type=int, required=False)
@with_office
def diff(office: Office, item: str, old: int | None, new: int | None) -> None:
    """What changed in ITEM, by words: from version OLD to NEW.

    Without numbers: from what is published to the draft, or to the file where there is no draft.
    """
    name = known_item(office.versions, item)
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


@click.command()
@click.argument("item")
@NOTE
@BY
@with_office
def edit(office: Office, item: str, note: str, author: str) -> None:
    """Edit the draft of ITEM in $EDITOR; what somebody else wrote meanwhile is merged, or shown."""
    name = known_item(office.versions, item)
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


@click.command()
@click.argument("items", nargs=-1, required=True)
@with_office
def discard(office: Office, items: tuple[str, ...]) -> None:
    """Drop the drafts of ITEMS; their versions stay in the history."""
    names = {draft.item for draft in office.versions.drafts()}
    chosen = [named_one(item, names, "không có bản nháp nào tên") for item in items]
    click.echo(f"đã bỏ {office.versions.discard(chosen)} bản nháp")


@click.command()
@click.argument("items", nargs=-1, required=True)
@with_office
def take(office: Office, items: tuple[str, ...]) -> None:
    """Where both sides changed ITEMS: make the files' text the draft."""
    texts = office.folder
    differences = {each.item: each for each in compare(texts, office.versions)}
    chosen = [differences[named_one(item, differences, "tệp và kho không khác nhau ở mục")] for item in items]
    take_files(texts, office.versions, chosen, system_clock())
    click.echo(f"đã lấy {len(chosen)} tệp làm bản nháp")


@click.command()
@click.argument("items", nargs=-1)
@click.option("--force", is_flag=True, help="Also over files that were edited: the store's text wins.")
@with_office
def export(office: Office, items: tuple[str, ...], *, force: bool) -> None:
    """Write what was published in the store back into the folder, byte by byte."""
    texts = office.folder
    differences = {each.item: each for each in compare(texts, office.versions)}
    chosen = [named_one(item, differences, "tệp và kho không khác nhau ở mục") for item in items] or list(differences)
    sides = set(Side) if force else {Side.STORE}
    written = to_write([differences[item] for item in chosen if differences[item].side in sides], office.versions)
    write_back(office.settings.content_dir, written)
    note_agreement(office.folder, office.versions)
    click.echo(f"đã ghi {len(written)} tệp")
    left = [item for item in chosen if differences[item].side not in sides]
    for item in left:
        click.echo(f"  không ghi {item}: tệp cũng đã sửa (thêm --force thì kho thắng)")


@click.command("check")
@click.argument("items", nargs=-1)
@with_office
def check_drafts(office: Office, items: tuple[str, ...]) -> None:
    """Check what the drafts of ITEMS, or all drafts, would make."""
    report = check_texts(chosen_drafts(office.versions, items).texts)
    for problem in (*report.problems, *report.warnings):
        click.echo(str(problem))
    click.echo(report.summary)
    sys.exit(1 if report.problems else 0)
