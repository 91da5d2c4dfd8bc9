"""`loa content sheet`: the content out to a workbook, and a workbook back in as drafts.

What reads and writes workbooks is imported by the commands: it takes a quarter of a second, and no other needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..bounded import Limits, refuse_size
from ..clock import system_clock
from ..content.telling import draft_line
from .office import BY, NOTE, Office, with_office

if TYPE_CHECKING:
    from ..content.sheet_drafts import SheetFault
    from ..content.sheets import Changes


@click.group()
def sheet() -> None:
    """Answers, phrases and facts as an Excel workbook."""


@sheet.command("out")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_office
def out_command(office: Office, file: Path) -> None:
    """Write the content into FILE.xlsx, with the drafts that are open."""
    from ..content.sheet_drafts import basis_of, readable
    from ..content.sheets import to_workbook

    basis = readable(basis_of(office.versions))
    data = to_workbook(basis.texts)
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)
    click.echo(f"đã ghi {file} ({len(data) / 1024:.0f} KB)")
    for draft in basis.left_out:
        click.echo(f"bản nháp viết sai, bảng ghi lời đang dùng: {draft_line(draft, office.zone)}", err=True)


@sheet.command("in")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@NOTE
@BY
@with_office
def in_command(office: Office, file: Path, note: str, author: str, *, dry_run: bool) -> None:
    """Take the changes of FILE.xlsx as drafts: all of them, or none if anything is wrong."""
    from ..content.sheet_drafts import basis_of, edits_of, read_workbook, readable

    basis = readable(basis_of(office.versions))
    refuse_size(file.stat().st_size, Limits())
    changes = read_workbook(file.read_bytes(), basis)
    if isinstance(changes, list):
        _refuse(changes)
        return
    for line in changes.lines:
        click.echo(line)
    if not dry_run and changes.files:
        office.versions.save(edits_of(changes, basis, author, note or file.name), system_clock())
    click.echo(_summary(changes, dry_run=dry_run))


def _refuse(faults: Sequence[SheetFault]) -> None:
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"loa: bảng có {len(faults)} lỗi, chưa lưu gì", err=True)
    sys.exit(1)


def _summary(changes: Changes, *, dry_run: bool) -> str:
    if not changes.files:
        return "bảng không có gì khác nội dung đang dùng"
    if dry_run:
        return f"bảng có {len(changes.lines)} chỗ sửa ở {len(changes.files)} mục, không có lỗi; chưa ghi gì"
    return (
        f"đã lưu {len(changes.lines)} chỗ sửa thành bản nháp của {len(changes.files)} mục; công bố: loa content publish"
    )
