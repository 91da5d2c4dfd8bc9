"""The `loa directive` commands: read an official document, and add it to the content."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..clock import system_clock
from ..content.arriving import arrive, decide, tasks_of
from ..content.task_words import STATES, task_lines
from ..core.work_list import State
from ..documents.document import Document
from ..documents.filing import files_of
from ..documents.reading import load_bytes, read_document
from ..documents.summary import summary_lines
from ..errors import DocumentError, LoaError
from .office import BY, Office, with_office


@click.group()
def directive() -> None:
    """Read official documents (.docx, .pdf, .txt, .md)."""


def _read(path: Path) -> tuple[Document, bytes]:
    data = load_bytes(path)
    try:
        return read_document(data, path.name), data
    except DocumentError as error:
        raise LoaError(f"{path.name}: {error}") from error


@directive.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def read(file: Path, *, as_json: bool) -> None:
    """Show what a document says, clause by clause; saves nothing."""
    document, _ = _read(file)
    if as_json:
        click.echo(json.dumps(document.to_record(), ensure_ascii=False))
        return
    for line in summary_lines(document):
        click.echo(line)


@directive.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--edit", is_flag=True, help="Open the clauses in $EDITOR first.")
@BY
@with_office
def add(office: Office, file: Path, author: str, *, yes: bool, edit: bool) -> None:
    """Take a document in as a draft with its original, and list what it touches."""
    document, data = _read(file)
    for line in summary_lines(document):
        click.echo(line)
    files = files_of(document, data, file.name)
    if edit:
        clauses = next(iter(files))
        edited = click.edit(files[clauses].decode(), extension=".md")
        files[clauses] = files[clauses] if edited is None else edited.encode()
    if not (yes or click.confirm("\nLưu văn bản này thành bản nháp?", default=False)):
        click.echo("Chưa lưu gì.")
        return
    arrival = arrive(office.store, files, author, system_clock())
    click.echo(f"đã lưu bản nháp: {', '.join(draft.item for draft in arrival.drafts)}")
    click.echo(f"{len(arrival.tasks)} việc cần xem lại; xem bằng “loa directive tasks {arrival.directive.id}”")


@directive.command()
@click.argument("directive_id", required=False, default="")
@click.option("--all", "every", is_flag=True, help="Also what was decided.")
@with_office
def tasks(office: Office, directive_id: str, *, every: bool) -> None:
    """What new directives touch and nobody has decided yet: older clauses, answers, facts."""
    listed = [(row, task) for row, task in tasks_of(office.store, directive_id) if every or task.state == "open"]
    for row, task in listed:
        for line in task_lines(row, task):
            click.echo(line)
    click.echo(f"{len(listed)} việc" + ("" if every else " chưa quyết"))


@directive.command("decide")
@click.argument("directive_id")
@click.argument("task")
@click.argument("state", type=click.Choice(["still_right", "edit", "withdraw", "open"]))
@BY
@with_office
def decide_command(office: Office, directive_id: str, task: str, state: State, author: str) -> None:
    """Note for TASK that it is still right, is to be edited, or is withdrawn."""
    draft = decide(office.store, directive_id, task, state, author, system_clock())
    click.echo(f"đã ghi: {STATES[state]}" + (f"; bản nháp của {draft.item}" if draft else ""))
