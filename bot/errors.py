"""Errors for developers and operators; sentences for residents are content, not errors.

LoaError
├── SettingsError        a LOA_* value that cannot be used
├── ContentError         content that cannot be served; carries every Problem found
│   └── (Problem)        file, line, what, how to mend: data, not an exception
├── TemplateError        one response that does not render
├── DocumentError        a file that cannot be read as a directive
├── StoreError
│   ├── StoreLocked      another process holds what only one may hold
│   └── StoreTooNew      the database was written by a newer Loa
├── KeyFileError         the key file is missing, readable by others or damaged
└── SealBroken           a sealed text that this key does not open
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class LoaError(Exception):
    """Base of all errors that Loa raises on purpose."""


class SettingsError(LoaError):
    """A setting that cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with the content: where, what, and how to mend it (in Vietnamese).

    A `warning` is worth a look but keeps nothing from being published.
    """

    file: str
    line: int
    what: str
    mend: str = ""
    rule: str = ""
    warning: bool = False

    def __str__(self) -> str:
        mend = f" → {self.mend}" if self.mend else ""
        kind = "cảnh báo: " if self.warning else ""
        return f"{self.file}:{self.line}: {kind}{self.what}{mend}"


class ContentError(LoaError):
    """Content that cannot be served."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class TemplateError(LoaError):
    """A response that does not render; `line` counts from the first line of its body."""

    def __init__(self, what: str, line: int = 1, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        self.mend = mend


class DocumentError(LoaError):
    """A file that cannot be read as a directive: the reason as a code, what is wrong, and how to mend it."""

    def __init__(self, reason: str, what: str, mend: str, limit: int | None = None) -> None:
        super().__init__(f"{what} → {mend}")
        self.reason = reason
        self.what = what
        self.mend = mend
        self.limit = limit


class StoreError(LoaError):
    """The store cannot be used."""


class StoreLocked(StoreError):
    """Another process holds the lock."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is held by another process")
        self.path = path


class StoreTooNew(StoreError):
    """The database knows migrations that this program does not."""

    def __init__(self, path: str, unknown: Sequence[str]) -> None:
        super().__init__(f"{path} was written by a newer Loa (unknown: {', '.join(unknown)})")
        self.unknown = tuple(unknown)


class KeyFileError(LoaError):
    """The key file cannot be used."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SealBroken(LoaError):
    """A sealed text that this key does not open, or that was altered."""
