"""A new directive comes in: its files as drafts, and the list of work that it brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ..core.directives import Directive
from ..core.work_list import State, Task, work_list
from ..errors import DirectiveHeld, TaskUnknown
from ..store.content_protocols import Versions
from ..store.protocols import Store
from ..store.records import TaskRow
from ..store.versions import Edit, Version
from .drafting import head, save
from .editing import set_items
from .files import Source, read
from .loading import Loaded, load_texts
from .releasing import candidate
from .tree import LANGUAGE, Texts

FOLDER = "data/directives"

_FRONT = re.compile(r"\A---\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_WITHDRAWN = re.compile(r"^withdrawn: true[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_ORDER_OF_DIRECTIVE = ("id", "title", "short_title", "number", "date", "year", "issuer", "signer", "signer_title",
                       "subject", "addressees", "recipients", "cites", "supersedes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """A directive that was taken in as drafts, and what has to be looked at because of it."""

    directive: Directive
    drafts: tuple[Version, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new directive that the content can be loaded with, its files and its list of work; nothing is kept yet."""

    directive: Directive
    files: Mapping[str, bytes]
    tasks: tuple[Task, ...]


def arrive(store: Store, files: Mapping[str, bytes], author: str, at: datetime) -> Arrival:
    """Keep the files of a new directive as drafts, and its list of work; raises as `prepare` does."""
    return keep(store, prepare(candidate(store.versions).texts, files), author, at)


def prepare(texts: Texts, files: Mapping[str, bytes]) -> Prepared:
    """What these files would bring into the content; takes a second, and no store.

    Raises DirectiveHeld where one of the files is there already, ContentError where the content could not be loaded
    with them.
    """
    there = [name for name in files if name in texts]
    if there:
        raise DirectiveHeld(there)
    loaded = load_texts({**texts, **files})
    directive = _the_new_one(loaded, files)
    return Prepared(directive, files, work_list(loaded.catalogue, directive))


def keep(store: Store, prepared: Prepared, author: str, at: datetime) -> Arrival:
    """Keep what was prepared; raises EditConflict where somebody else brought one of the files in meanwhile."""
    directive = prepared.directive
    edits = [Edit(name, body, None, author, directive.title) for name, body in prepared.files.items()]
    drafts = store.versions.save(edits, at)
    store.tasks.put([TaskRow(directive.id, task.id, task.to_record()) for task in prepared.tasks])
    for task in prepared.tasks:
        if task.kind == "clause" and task.subject in directive.supersedes:  # it came with this decision
            store.tasks.decide(directive.id, task.id, "withdraw", author, at)
    return Arrival(directive, tuple(drafts), prepared.tasks)


def _the_new_one(loaded: Loaded, files: Mapping[str, bytes]) -> Directive:
    (name,) = (each for each in files if is_directive(each))
    return loaded.catalogue.directives[str(loaded.sources[name].values["id"])]


def is_directive(item: str) -> bool:
    """Whether an item holds the clauses of a directive, and is not its original."""
    return PurePosixPath(item).parent == PurePosixPath(FOLDER) and item.endswith(".md")


def tasks_of(store: Store, directive: str = "") -> list[tuple[TaskRow, Task]]:
    """The tasks of a directive, or of all, with their decisions."""
    return [(row, Task.from_record({**row.record, "state": row.state})) for row in store.tasks.tasks(directive)]


def decide(store: Store, directive: str, task: str, state: State, author: str, at: datetime) -> Version | None:
    """Note what an officer decided; the draft that this makes, None where it needs none.

    To withdraw an answer takes it back, to withdraw a clause enters it into `supersedes` of the new directive; both as
    drafts. Who decides otherwise later undoes this in a draft too. Raises TaskUnknown.
    """
    found = {each.id: each for _, each in tasks_of(store, directive)}
    if task not in found:
        raise TaskUnknown(task, list(found))
    draft = None
    if "withdraw" in (state, found[task].state):
        draft = _draft(store.versions, directive, found[task], author, at, ends=state == "withdraw")
    store.tasks.decide(directive, task, state, author, at)
    return draft


def _draft(
    versions: Versions, directive: str, task: Task, author: str, at: datetime, *, ends: bool
) -> Version | None:  # fmt: skip
    if task.kind == "answer":
        item = f"responses/{LANGUAGE}/{task.subject}.md"
        return _changed(versions, item, _withdrawn if ends else _said_again, author, at)
    if task.kind != "clause":
        return None
    source = source_of(versions, directive)
    ended = [str(each) for each in source.values.get("supersedes") or () if each != task.subject]
    wanted = [*ended, *([task.subject] if ends else [])]
    return _changed(versions, source.name, lambda yaml: _ending(yaml, wanted), author, at)


def _changed(
    versions: Versions, item: str, change: Callable[[str], str], author: str, at: datetime
) -> Version | None:  # fmt: skip
    before = head(versions, item)
    text = edit_front(before.text, change)
    if text == before.text:
        return None
    if text == _released_text(versions, item):  # what was drafted is taken back, and nothing is left to publish
        versions.discard([item])
        return None
    return save(versions, before, text, author, at).version


def _released_text(versions: Versions, item: str) -> str | None:
    current = versions.current()
    version = versions.contents(current.number).get(item) if current else None
    body = versions.body(version.id) if version else None
    return None if body is None else body.decode("utf-8-sig")


def _withdrawn(yaml: str) -> str:
    return yaml if _WITHDRAWN.search(yaml) else f"{yaml}withdrawn: true\n"


def _said_again(yaml: str) -> str:
    return _WITHDRAWN.sub("", yaml)


def _ending(yaml: str, ended: Sequence[str]) -> str:
    return set_items(yaml, ("supersedes",), list(dict.fromkeys(ended)), _ORDER_OF_DIRECTIVE)


def source_of(versions: Versions, directive: str) -> Source:
    """The file of a directive, as it is worked on. Raises KeyError for a directive that is not there."""
    for source in directive_sources(versions):
        if source.values.get("id") == directive:
            return source
    raise KeyError(directive)


def directive_sources(versions: Versions) -> list[Source]:
    """The files of all directives, drafts over what is released; only these are read."""
    current = versions.current()
    held = dict(versions.contents(current.number)) if current else {}
    held |= {draft.item: draft.version for draft in versions.drafts()}
    bodies = versions.bodies({item: held[item] for item in held if is_directive(item)})
    return [read(name, body, []) for name, body in sorted(bodies.items())]


def edit_front(text: str, change: Callable[[str], str]) -> str:
    """A Markdown file with a change of its front matter; one without gets it, one that is left empty goes."""
    front = _FRONT.match(text)
    before, body = (front.group(1), text[front.end() :]) if front else ("", f"\n{text}")
    after = change(before)
    if not after:
        return body.removeprefix("\r").removeprefix("\n")
    return f"---\n{after}---{body}" if front is None else text[: front.start(1)] + after + text[front.end(1) :]
