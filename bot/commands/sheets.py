"""`loa content sheet`: the content of the folder out to a workbook, and a workbook back in.

What reads and writes workbooks is imported by the commands: it takes a quarter of a second, and no other needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..bounded import Limits, refuse_size
from ..content.releasing import check_texts
from ..content.tree import Texts, read_folder
from ..errors import LoaError, Problem
from ..settings import load_settings

if TYPE_CHECKING:
    from ..content.sheets import Changes


@click.group()
def sheet() -> None:
    """Answers, phrases and facts as an Excel workbook."""


@sheet.command("out")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def out_command(file: Path) -> None:
    """Write the content into FILE.xlsx."""
    from ..content.sheets import to_workbook

    data = to_workbook(read_folder(load_settings().content_dir))
    write_whole({file: data})
    click.echo(f"đã ghi {file} ({len(data) / 1024:.0f} KB)")


@sheet.command("in")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
def in_command(file: Path, *, dry_run: bool) -> None:
    """Take the changes of FILE.xlsx into the content: all of them, or none if anything is wrong."""
    from ..content.sheets import from_workbook

    root = load_settings().content_dir
    files = read_folder(root)
    refuse_size(file.stat().st_size, Limits())
    changes = from_workbook(file.read_bytes(), files)
    if isinstance(changes, list):
        _refuse(map(str, changes), len(changes))
        return
    if changes.files:
        problems = check_texts({**files, **changes.files}).problems
        if problems:
            _refuse((told(problem, changes) for problem in problems), len(problems))
    for line in changes.lines:
        click.echo(line)
    if not dry_run and changes.files:
        _write(root, files, changes)
    click.echo(_summary(changes, dry_run=dry_run))


def _refuse(lines: Iterable[str], count: int) -> None:
    for line in lines:
        click.echo(line, err=True)
    click.echo(f"loa: bảng có {count} lỗi, chưa ghi gì", err=True)
    sys.exit(1)


def _summary(changes: Changes, *, dry_run: bool) -> str:
    if not changes.files:
        return "bảng không có gì khác nội dung đang dùng"
    done = "sẽ ghi" if dry_run else "đã ghi"
    return f"{done} {len(changes.lines)} chỗ sửa vào {len(changes.files)} tệp"


def told(problem: Problem, changes: Changes) -> str:
    """A problem of the check with its cell in front, where a cell shows it."""
    place = changes.locate(problem.file, problem.line)
    return f"{place}: {problem}" if place else str(problem)


def _write(root: Path, before: Texts, changes: Changes) -> None:
    """Write unless a file has changed since it was read, which the check of a moment ago knows nothing of."""
    if read_folder(root) != before:
        raise LoaError("nội dung vừa bị sửa trong lúc kiểm, chưa ghi gì; chạy lại lệnh này")
    write_whole({root / name: data for name, data in changes.files.items()})


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all: everything is on the disk before the first old file is replaced."""
    ready = {path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in files}
    try:
        for path, temporary in ready.items():
            _write_through(temporary, files[path])
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o777)
        for path, temporary in ready.items():
            temporary.replace(path)
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
