"""The `loa directive` commands: read an official document, and add it to the content."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..documents.document import Document
from ..documents.filing import files_of, write_files
from ..documents.reading import load_bytes, read_document
from ..documents.summary import summary_lines
from ..errors import DocumentError, LoaError
from ..settings import load_settings


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
def add(file: Path, *, yes: bool, edit: bool) -> None:
    """Put a document into data/directives/ and its original into data/directives/source/."""
    document, data = _read(file)
    for line in summary_lines(document):
        click.echo(line)
    files = files_of(document, data, file.name)
    if edit:
        clauses = next(iter(files))
        edited = click.edit(files[clauses].decode(), extension=".md")
        files[clauses] = files[clauses] if edited is None else edited.encode()
    if not (yes or click.confirm("\nGhi văn bản này vào thư mục nội dung?", default=False)):
        click.echo("Chưa ghi gì.")
        return
    write_files(files, load_settings().content_dir)
    for name in files:
        click.echo(f"Đã ghi {name}")
    click.echo("Chạy `loa check` rồi soạn câu trả lời dẫn các mục mới.")
