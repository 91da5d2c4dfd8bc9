"""The content as texts by name, wherever it is kept: in the folders, in a draft or in a release."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..errors import ContentError, Problem

# The bytes of every content file by its path below the content folder, such as "intents/mask.yaml".
Texts = Mapping[str, bytes]

LANGUAGE = "vi"
FOLDERS = ("intents", "responses", "data")
_SUFFIXES = (".yaml", ".md", ".txt", ".ogg", ".mp3", ".docx", ".pdf")


def read_folder(root: Path) -> dict[str, bytes]:
    """The content files below a folder; notes to readers (README.md) and hidden files are none.

    Raises ContentError where a file cannot be read.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if is_content(name) and path.is_file():
                try:
                    found[name] = path.read_bytes()
                except OSError as error:
                    what = f"không đọc được tệp ({error.strerror})"
                    problems.append(Problem(name, 1, what, "xem lại quyền đọc tệp", "schema"))
    if problems:
        raise ContentError(problems)
    return found


def is_content(name: str) -> bool:
    """Whether a file of that name is content."""
    parts = name.split("/")
    return (
        parts[0] in FOLDERS
        and len(parts) > 1
        and name.endswith(_SUFFIXES)
        and parts[-1] != "README.md"
        and not any(part.startswith(".") for part in parts)
    )


def release_name(texts: Texts) -> str:
    """A name for exactly these texts."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{len(texts[name])}\0".encode())
        digest.update(texts[name])
    return digest.hexdigest()[:12]
