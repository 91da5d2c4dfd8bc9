"""The two files that a new directive brings into the content: the clauses, and the original as it came."""

from __future__ import annotations

from pathlib import PurePosixPath

from .document import Document
from .markdown import slug, to_markdown

FOLDER = "data/directives"


def files_of(document: Document, data: bytes, name: str) -> dict[str, bytes]:
    """Path in the content folder → bytes, for the clauses and for the original. Writes nothing."""
    stem = slug(document)
    ending = PurePosixPath(name).suffix.lower() or ".txt"
    source = f"{FOLDER}/source/{stem}{ending}"
    return {f"{FOLDER}/{stem}.md": to_markdown(document, source).encode(), source: data}
