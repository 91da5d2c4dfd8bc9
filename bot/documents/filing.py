"""The two files that a new directive brings into the content: the clauses, and the original as it came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from .document import Document
from .markdown import slug, to_markdown
from .refusals import refusal

FOLDER = "data/directives"


def files_of(document: Document, data: bytes, name: str) -> dict[str, bytes]:
    """Path in the content folder → bytes, for the clauses and for the original. Writes nothing."""
    stem = slug(document)
    ending = PurePosixPath(name).suffix.lower() or ".txt"
    source = f"{FOLDER}/source/{stem}{ending}"
    return {f"{FOLDER}/{stem}.md": to_markdown(document, source).encode(), source: data}


def write_files(files: Mapping[str, bytes], root: Path) -> None:
    """Write new files under the content folder; raises DocumentError, before anything is written, if one is there."""
    for name in files:
        if (root / name).exists():
            raise refusal("exists", name=name)
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
