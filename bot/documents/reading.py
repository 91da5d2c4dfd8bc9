"""The entrance: a file, from anyone, into a Document. The reading itself runs in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .bounds import MAX_BYTES, MAX_SECONDS
from .document import Document
from .refusals import refusal

_ROOT = Path(__file__).resolve().parents[2]


def load_bytes(path: Path) -> bytes:
    """The bytes of a file; raises DocumentError if it is not there or too big."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal("missing") from error
    return data


def read_document(source: Path | str | bytes, name: str = "", *, seconds: float = MAX_SECONDS) -> Document:
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


def _ask(data: bytes, name: str, seconds: float) -> bytes:
    environment = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "PATH": os.defpath}
    environment |= {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}
    name = name.replace("\0", "")[-200:]
    command = [sys.executable, "-P", "-m", "bot.documents.child", name]
    try:
        # The command is ours; the file reaches it as bytes only.
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise refusal("too_slow", int(seconds)) from error
    if done.returncode:
        raise refusal("too_heavy")
    return done.stdout


def _document(answer: bytes) -> Document:
    values: dict[str, Any] = json.loads(answer)
    if "refused" in values:
        raise refusal(values["refused"], values["limit"])
    return Document.load(values["document"])
