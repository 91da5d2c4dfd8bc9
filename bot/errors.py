"""Errors for developers and operators; sentences for residents are content, not errors.

LoaError
├── SettingsError        a LOA_* value that cannot be used
├── ContentError         content that cannot be served; carries every Problem found
│   ├── (Problem)        file, line, what, how to mend: data, not an exception
│   └── NotPublishable   drafts that the gate refuses, with every reason
├── ReleaseUnreadable    a release that this program cannot answer from any more
├── NotApproved          drafts that a second person has to look at first
├── LinkRefused          a link that is not ours, has ended, or was overtaken
├── DirectiveHeld        a directive that is in the content already
├── TaskUnknown          no list of work has this task
├── OfficerUnknown       nobody of that name may work in the console
├── LastAdmin            no admin of the console would be left
├── NameRefused          a name that no officer may have
├── PauseRefused         a pause without a reason, or with a notice that residents should not get
├── TemplateError        one response that does not render
├── EditError            a place of a content file that cannot be edited
├── FileRefused          a file from outside that is not read, with the reason and the remedy
│   └── DocumentError    a file that is not read as a directive, with a code for the reason
├── StoreError
│   ├── StoreLocked      another process holds what only one may hold
│   ├── StoreTooNew      the database was written by a newer Loa
│   ├── EditConflict     an item was changed by somebody else meanwhile
│   ├── MergeConflict    and on the same lines, so that a person has to choose
│   ├── ReleaseConflict  another release was published meanwhile
│   └── RecordDamaged    a record that does not hold what it should
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


class NotPublishable(ContentError):
    """Drafts that the gate refuses; residents go on being answered from the release before."""


class ReleaseUnreadable(LoaError):
    """A release, made by an older program, that this one cannot answer from; `problem` is the first of the reasons."""

    def __init__(self, number: int, problem: Problem) -> None:
        where = f"{problem.file}, dòng {problem.line}: {problem.what}"
        super().__init__(
            f"Chương trình bây giờ không đọc được bản {number} ({where}), nên chưa trở lại; bà con vẫn nhận bản đang "
            "dùng. Anh/chị sửa các mục đã đổi thành bản nháp rồi công bố."
        )
        self.number = number
        self.problem = problem


class NotApproved(LoaError):
    """Drafts that a second person has not approved yet."""

    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(", ".join(items))
        self.items = tuple(items)


class LinkRefused(LoaError):
    """A link that cannot be used; `reason` is "broken", "expired" or "changed"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OfficerUnknown(LoaError):
    """Nobody of that name may sign in; `known` are those who may."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"không có cán bộ “{name}”; đang có: {', '.join(known) or 'chưa ai'}")
        self.name = name
        self.known = tuple(known)


class LastAdmin(LoaError):
    """A change of roles that would leave the console without an admin."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} là quản trị cuối cùng; cho người khác quyền quản trị trước")
        self.name = name


class NameRefused(LoaError):
    """A name that no officer may have."""


class PauseRefused(LoaError):
    """A pause that is not begun; `field` is "reason" or "notice"."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field
        self.what = what


class DirectiveHeld(LoaError):
    """A directive whose files are in the content already."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(f"văn bản này đã có: {', '.join(files)}; muốn sửa thì dùng “loa content edit”")
        self.files = tuple(files)


class TaskUnknown(LoaError):
    """No list of work has this task."""

    def __init__(self, task: str, known: Sequence[str]) -> None:
        super().__init__(f"không có việc “{task}”; xem “loa directive tasks”")
        self.task = task
        self.known = tuple(known)


class TemplateError(LoaError):
    """A response that does not render; `line` counts from the first line of its body."""

    def __init__(self, what: str, line: int = 1, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.line = line
        self.mend = mend


class EditError(LoaError):
    """A place of a content file that cannot be edited: it holds another kind of value than the one to write."""

    def __init__(self, path: Sequence[str], what: str) -> None:
        super().__init__(f"{'.'.join(path)}: {what}")
        self.path = tuple(path)
        self.what = what


class FileRefused(LoaError):
    """A file from outside that is not read; `what` and `mend` are sentences for officers, in Vietnamese."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} → {mend}" if mend else what)
        self.what = what
        self.mend = mend


class DocumentError(FileRefused):
    """A file that cannot be read as a directive. `limit` is the bound that was passed, if one was."""

    def __init__(self, reason: str, what: str, mend: str, limit: int | None = None) -> None:
        super().__init__(what, mend)
        self.reason = reason
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


class EditConflict(StoreError):
    """An item is no longer at the version that an edit began from; `now` is the version it is at, None if none."""

    def __init__(self, item: str, base: int | None, now: int | None) -> None:
        super().__init__(f"{item} is at version {now}, not {base}")
        self.item = item
        self.base = base
        self.now = now


class MergeConflict(StoreError):
    """Two edits of the same lines of an item; `theirs` is what was saved first, by `author`."""

    def __init__(self, item: str, author: str, mine: str, theirs: str) -> None:
        super().__init__(f"{item} was edited by {author} on the same lines")
        self.item = item
        self.author = author
        self.mine = mine
        self.theirs = theirs


class ReleaseConflict(StoreError):
    """The current release is not the one that a publication began from."""

    def __init__(self, expected: int, current: int) -> None:
        super().__init__(f"the current release is {current}, not {expected}")
        self.expected = expected
        self.current = current


class RecordDamaged(StoreError):
    """A record that does not hold what it should; `reason` says what of it."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"a {what} cannot be read: {reason}")
        self.what = what
        self.reason = reason


class KeyFileError(LoaError):
    """The key file cannot be used."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SealBroken(LoaError):
    """A sealed text that this key does not open, or that was altered."""
