"""The content as officers work on it: what is released with every draft over it, kept between two looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock

from ..core.catalogue import Catalogue
from ..core.directives import Directive
from ..core.guide import Guide
from ..errors import ContentError
from ..store.content_protocols import Versions
from ..store.versions import Contents, Draft, Version
from .answer_checking import Desk
from .fact_book import Entry, fact_book, is_of_facts
from .loading import load_directives, load_ground, load_texts
from .planned import Planned, Plans
from .tree import LANGUAGE, Texts

_ANSWERS = f"responses/{LANGUAGE}/"
_BODIES_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The content at one look: what is released, the drafts, the texts with all drafts over them, what is planned."""

    release: int
    released: Contents
    drafts: Mapping[str, Draft]
    texts: Texts
    base: Texts = field(repr=False)
    plans: Mapping[str, Planned] = field(default_factory=dict)

    def version(self, item: str) -> Version | None:
        """What an editor of an item begins from: its draft, else what is released."""
        draft = self.drafts.get(item)
        return draft.version if draft else self.released.get(item)

    @property
    def key(self) -> tuple[int, ...]:
        """Equal only where everything is."""
        return (self.release, *(draft.version.id for draft in self.drafts.values()))

    @property
    def ground_key(self) -> tuple[int, ...]:
        """Equal where everything but single answers is."""
        return (self.release, *(draft.version.id for item, draft in self.drafts.items() if not is_answer(item)))

    def of_drafts(self, *items: str) -> Texts:
        """What is released with the drafts of these items over it."""
        texts = {item: text for item, text in self.base.items() if item not in items}
        return texts | {item: self.texts[item] for item in items if item in self.texts}


def is_answer(item: str) -> bool:
    """Whether an item is the answer to a subject."""
    return item.startswith(_ANSWERS) and item.endswith(".md")


_EMPTY = Snapshot(0, {}, {}, {}, {})


class Workspace:
    """Reads what has changed since the last look, and makes nothing twice.

    `look` belongs on the store thread; `ground` and `guide` take a while and belong on another one. Each may be
    called from anywhere at the same time.
    """

    def __init__(self) -> None:
        self._last = _EMPTY
        self._bodies: dict[int, bytes | None] = {}
        self._ground: tuple[tuple[int, ...], Catalogue | None] = ((), None)
        self._desks: dict[tuple[int, ...], Desk] = {}
        self._directives: tuple[tuple[int, ...], Mapping[str, Directive]] = ((), {})
        self._facts: tuple[tuple[object, ...], tuple[Entry, ...]] = ((), ())
        self._guides: dict[tuple[int | str, ...], Guide] = {}
        self._building = Lock()
        self._plans = Plans()

    def look(self, versions: Versions) -> Snapshot:
        """The content as it is now; what was there before is not read again."""
        current, drafts = versions.current(), {draft.item: draft for draft in versions.drafts()}
        number = current.number if current else 0
        last, plans = self._last, self._plans.look(versions, drafts.values())
        if number == last.release and drafts == last.drafts:
            self._last = last if plans == last.plans else replace(last, plans=plans)
            return self._last
        released, base = last.released, last.base
        if number != last.release:
            released = versions.contents(number) if number else {}
            base = versions.bodies(released)
        texts = dict(base)
        for item, draft in drafts.items():
            body = self._body(versions, draft.version)
            texts.pop(item, None)
            texts |= {} if body is None else {item: body}
        self._last = Snapshot(number, released, drafts, dict(sorted(texts.items())), base, plans)
        return self._last

    def _body(self, versions: Versions, version: Version) -> bytes | None:
        if version.id not in self._bodies:
            if len(self._bodies) > _BODIES_KEPT:
                self._bodies.clear()
            self._bodies[version.id] = versions.body(version.id)
        return self._bodies[version.id]

    def ground(self, snapshot: Snapshot) -> Catalogue | None:
        """What answers rest on in these drafts, as `load_ground` reads it."""
        key = snapshot.ground_key
        if self._ground[0] != key:
            self._ground = (key, load_ground(snapshot.texts))
        return self._ground[1]

    def directives(self, snapshot: Snapshot) -> Mapping[str, Directive]:
        """The directives in these drafts."""
        drafts = (draft for item, draft in snapshot.drafts.items() if item.startswith("data/directives/"))
        key = (snapshot.release, *(draft.version.id for draft in drafts))
        if self._directives[0] != key:
            self._directives = (key, load_directives(snapshot.texts))
        return self._directives[1]

    def facts(self, snapshot: Snapshot, day: date) -> tuple[Entry, ...]:
        """The facts in these drafts, as `fact_book` reads them on a day; anew where one of their files changed."""
        drafts = (draft for item, draft in snapshot.drafts.items() if is_of_facts(item))
        key = (day, snapshot.release, *(draft.version.id for draft in drafts))
        if self._facts[0] != key:
            self._facts = (key, fact_book(snapshot.texts, day))
        return self._facts[1]

    def desk(self, snapshot: Snapshot, live: Guide) -> Desk | None:
        """Where answers are looked at over these drafts; None where there is no pack to speak of."""
        key = (*snapshot.ground_key, id(live))
        found = self._desks.get(key)
        ground = self.ground(snapshot)
        if found is None and ground is not None:
            found = Desk(ground, live)
            self._desks = {key: found}
        return found

    def guide(self, snapshot: Snapshot, live: Guide, intent: str) -> Guide:
        """A guide that answers from the drafts. Raises ContentError where they cannot be served.

        Where other drafts are in the way, only those of this subject are taken.
        """
        with self._building:
            known: tuple[tuple[int | str, ...], ...] = (snapshot.key, (*snapshot.key, intent))
            for key in known:
                if key in self._guides:
                    return self._guides[key]
            key, catalogue = _servable(snapshot, intent)
            found = live.successor(catalogue)
            self._guides = {key: found}
            return found


def _servable(snapshot: Snapshot, intent: str) -> tuple[tuple[int | str, ...], Catalogue]:
    """What can be served of the drafts, and under which name it is kept."""
    try:
        return snapshot.key, load_texts(snapshot.texts).catalogue
    except ContentError:
        return (*snapshot.key, intent), load_texts(snapshot.of_drafts(*items_of(intent))).catalogue


def items_of(intent: str) -> tuple[str, str]:
    """The two items of a subject: its phrases and its answer."""
    return f"intents/{intent}.yaml", f"{_ANSWERS}{intent}.md"
