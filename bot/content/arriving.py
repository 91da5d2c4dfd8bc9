"""A new directive comes in: its files as drafts, and the list of work that it brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..core.directives import Directive
from ..core.work_list import State, Task, work_list
from ..errors import DirectiveHeld, TaskUnknown
from ..store.protocols import Store, Versions
from ..store.records import TaskRow
from ..store.versions import Edit, Version
from .drafting import head, save
from .editing import set_items
from .loading import LANGUAGE, Loaded, load_texts
from .releasing import candidate

_FRONT = re.compile(r"\A---\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_ORDER_OF_DIRECTIVE = ("id", "title", "short_title", "number", "date", "year", "issuer", "signer", "signer_title",
                       "subject", "addressees", "recipients", "cites", "supersedes")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """A directive that was taken in as drafts, and what has to be looked at because of it."""

    directive: Directive
    drafts: tuple[Version, ...]
    tasks: tuple[Task, ...]


def arrive(store: Store, files: Mapping[str, bytes], author: str, at: datetime) -> Arrival:
    """Keep the files of a new directive as drafts, and its list of work.

    Raises DirectiveHeld where one of the files is there already, ContentError where the content could not be loaded
    with them; nothing is kept then.
    """
    texts = candidate(store.versions).texts
    there = [name for name in files if name in texts]
    if there:
        raise DirectiveHeld(there)
    loaded = load_texts({**texts, **files})
    directive = _the_new_one(loaded, files)
    drafts = store.versions.save([Edit(name, body, None, author, directive.title) for name, body in files.items()], at)
    tasks = work_list(loaded.catalogue, directive)
    store.tasks.put([TaskRow(directive.id, task.id, task.to_record()) for task in tasks])
    return Arrival(directive, tuple(drafts), tasks)


def _the_new_one(loaded: Loaded, files: Mapping[str, bytes]) -> Directive:
    (name,) = (each for each in files if each.endswith(".md") and "/source/" not in each)
    return loaded.catalogue.directives[str(loaded.sources[name].values["id"])]


def tasks_of(store: Store, directive: str = "") -> list[tuple[TaskRow, Task]]:
    """The tasks of a directive, or of all, with their decisions."""
    return [(row, Task.from_record({**row.record, "state": row.state})) for row in store.tasks.tasks(directive)]


def decide(store: Store, directive: str, task: str, state: State, author: str, at: datetime) -> Version | None:
    """Note what an officer decided; the draft that this makes, None where it needs none.

    To withdraw an answer takes it back, to withdraw a clause enters it into `supersedes` of the new directive; both as
    drafts. Raises TaskUnknown.
    """
    found = {each.id: each for _, each in tasks_of(store, directive)}
    if task not in found:
        raise TaskUnknown(task, list(found))
    draft = _draft(store.versions, directive, found[task], author, at) if state == "withdraw" else None
    store.tasks.decide(directive, task, state, author, at)
    return draft


def _draft(versions: Versions, directive: str, task: Task, author: str, at: datetime) -> Version | None:
    if task.kind == "answer":
        item = f"responses/{LANGUAGE}/{task.subject}.md"
        return _changed(versions, item, _withdrawn, author, at)
    if task.kind == "clause":
        catalogue = load_texts(candidate(versions).texts).catalogue
        ended = (*catalogue.directives[directive].supersedes, task.subject)
        return _changed(versions, _file_of(versions, directive), lambda yaml: _ending(yaml, ended), author, at)
    return None


def _changed(
    versions: Versions, item: str, change: Callable[[str], str], author: str, at: datetime
) -> Version | None:  # fmt: skip
    before = head(versions, item)
    text = edit_front(before.text, change)
    return None if text == before.text else save(versions, before, text, author, at).version


def _withdrawn(yaml: str) -> str:
    return yaml if re.search(r"^withdrawn: true$", yaml, re.MULTILINE) else f"{yaml}withdrawn: true\n"


def _ending(yaml: str, ended: Sequence[str]) -> str:
    return set_items(yaml, ("supersedes",), list(dict.fromkeys(ended)), _ORDER_OF_DIRECTIVE)


def _file_of(versions: Versions, directive: str) -> str:
    loaded = load_texts(candidate(versions).texts)
    found = [name for name, source in loaded.sources.items() if source.values.get("id") == directive]
    return found[0]


def edit_front(text: str, change: Callable[[str], str]) -> str:
    """A Markdown file with a change of its front matter; one without gets it."""
    front = _FRONT.match(text)
    if front is None:
        return f"---\n{change('')}---\n{text}"
    return text[: front.start(1)] + change(front.group(1)) + text[front.end(1) :]
