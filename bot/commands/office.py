"""What the commands on content share: the store brought up to date with the folder, and how things are named."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import wraps
from typing import Concatenate, ParamSpec

import click

from ..clock import system_clock
from ..content.apart import sift
from ..content.checking import Report
from ..content.loading import zone_of
from ..content.releasing import Candidate, candidate, check_texts, released_texts
from ..content.starting import start
from ..content.tree import Texts, read_folder
from ..errors import EditConflict, LoaError, NotPublishable, ReleaseConflict
from ..opening import open_store
from ..settings import Settings, load_settings
from ..store.content_protocols import Versions
from ..store.protocols import Store

BY = click.option("--by", "author", default=getpass.getuser, help="Who does this; your account, if not said.")
LAST = click.option("--last", default=2000, show_default=True, help="How many of the newest real questions to try.")
EVERY = click.option("--every", is_flag=True, help="Try all of them, not only those near the change.")
NOTE = click.option("--note", default="", help="Why, for whoever reads the history.")

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Office:
    """What every command works on."""

    settings: Settings
    store: Store

    @property
    def versions(self) -> Versions:
        """The content in the store."""
        return self.store.versions

    @property
    def folder(self) -> Texts:
        """The content in the folder."""
        return read_folder(self.settings.content_dir)

    @property
    def zone(self) -> str:
        """The time zone of the pack."""
        current = self.versions.current()
        return zone_of(self.versions.bodies(self.versions.contents(current.number)) if current else {})


@contextmanager
def _office() -> Iterator[Office]:
    """The store, brought up to date with the folder; conflicts end in a sentence that says what to do."""
    settings = load_settings()
    store = open_store(settings)
    try:
        office = Office(settings, store)
        start(store.versions, office.folder, system_clock())
        yield office
    except EditConflict as error:
        what = f"{error.item} vừa được người khác sửa; xem “loa content diff {error.item}” rồi làm lại"
        raise LoaError(what) from None
    except ReleaseConflict:
        raise LoaError("vừa có người công bố bản khác; xem “loa content status” rồi làm lại") from None
    finally:
        store.close()


def with_office(command: Callable[Concatenate[Office, P], None]) -> Callable[P, None]:
    """Give a command the office as its first argument."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with _office() as office:
            command(office, *args, **kwargs)

    return run


def named_one(item: str, items: Iterable[str], what: str) -> str:
    """An item by its path, its file name or its subject; raises LoaError with the nearest names.

    A subject's name stands for its answer, where that is among the items.
    """
    names = sorted(items)
    for same in (str, lambda name: name.split("/")[-1], lambda name: name.split("/")[-1].partition(".")[0]):
        found = [name for name in names if same(name) == item]
        answers = [name for name in found if name.startswith("responses/vi/")]
        if len(found) == 1 or len(answers) == 1:
            return (answers or found)[0]
    near = found or get_close_matches(item, names, n=3, cutoff=0.3)
    raise LoaError(f"{what} “{item}”" + (f"; có phải {', '.join(near)}?" if near else ""))


def chosen_drafts(versions: Versions, items: tuple[str, ...]) -> Candidate:
    """The release that the drafts of these items would make, of all drafts where none is named."""
    names = {draft.item for draft in versions.drafts()}
    if not names:
        raise LoaError("không có bản nháp nào để công bố")
    return candidate(
        versions, [named_one(item, names, "không có bản nháp nào tên") for item in items] if items else None
    )


def pass_gate(versions: Versions, made: Candidate) -> Report:
    """The report of the check; ends with every reason where it may not go out, and with what may without it."""
    report = check_texts(made.texts)
    if report.problems:
        for line in _apart(made, released_texts(versions)):
            click.echo(line, err=True)
        raise NotPublishable(report.problems)
    return report


def _apart(made: Candidate, base: Texts) -> Iterator[str]:
    """Which of several drafts pass without those that are at fault."""
    items = [draft.item for draft in made.drafts]
    sifted = sift(made.texts, base, items, check_texts) if len(items) > 1 and base else None
    sound = [item for item in items if sifted and item not in sifted.left_out]
    if sifted and sound and not sifted.report.problems:
        yield f"lỗi chỉ ở {', '.join(sorted(sifted.left_out))}; các mục kia không có lỗi: {' '.join(sound)}"


def known_item(versions: Versions, item: str) -> str:
    """The name of an item that the store has, now or in a draft."""
    current = versions.current()
    released = versions.contents(current.number) if current else {}
    return named_one(item, {*released, *(draft.item for draft in versions.drafts())}, "không có mục nào tên")
