"""The entrance: a file, from anyone, into a Document. The reading itself runs in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..bounded import Limits, run_bounded
from ..errors import FileRefused
from .bounds import MAX_BYTES, MAX_MEMORY, MAX_NAME, MAX_SECONDS
from .document import Document
from .kinds import answer_for
from .refusals import refusal


def load_bytes(path: Path) -> bytes:
    """The bytes of a file, no more than say that it is too big; raises DocumentError if it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal("missing") from error


def read_document(source: Path | str | bytes, name: str = "", *, seconds: int = MAX_SECONDS) -> Document:
    """Read a directive from a path, or from bytes with the name of their file.

    Raises DocumentError, with a Vietnamese sentence, for every file that cannot be read: whatever the bytes are, this
    process neither grows nor hangs. Takes a fifth of a second or more; never call it on an event loop.
    """
    if not isinstance(source, bytes):
        name = name or Path(source).name
        source = load_bytes(Path(source))
    if len(source) > MAX_BYTES:
        raise refusal("too_big", MAX_BYTES // 1_000_000)
    if not source:
        raise refusal("empty")
    return _document(_ask(source, name, seconds))


def _ask(data: bytes, name: str, seconds: int) -> dict[str, Any]:
    called = name.replace("\0", "").encode(errors="replace")[-MAX_NAME:]
    limits = Limits(file_bytes=MAX_BYTES + MAX_NAME + 1, memory_bytes=MAX_MEMORY, seconds=seconds)
    try:
        answer: dict[str, Any] = run_bounded(answer_for, called + b"\0" + data, limits)
    except FileRefused as error:  # the reading process was ended, by its limits or by a fault
        raise refusal("too_heavy") from error
    return answer


def _document(answer: dict[str, Any]) -> Document:
    if "refused" in answer:
        raise refusal(answer["refused"], answer["limit"])
    return Document.load(answer["document"])
