"""Phrases that residents typed, as drafts: examples of a subject, or of a kind of talk that is not answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from ..core.guide import Guide
from ..core.vietnamese import clean, readings
from ..errors import MergeConflict
from ..store.content_protocols import Versions
from .drafting import Head, head, save
from .editing import items_of, set_items
from .examples import OUTSIDE

MOST_PHRASES, MOST_LETTERS = 20, 300
_MASKED = re.compile(r"\[số [^\]]*\]")
_NOTE = "từ câu hỏi chưa đáp"
_TRIES = 3
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where phrases go: the examples of a subject, or with `outside` those of a kind of talk."""

    name: str
    outside: bool = False

    @property
    def item(self) -> str:
        """The content file."""
        return f"intents/{OUTSIDE if self.outside else self.name}.yaml"

    @property
    def path(self) -> tuple[str, ...]:
        """The list in it."""
        return ("groups", self.name, "examples") if self.outside else ("examples",)

    def with_phrases(self, text: str, phrases: Iterable[str]) -> str:
        """The file with the phrases that it does not have yet behind the others."""
        own = items_of(text, self.path)
        return set_items(text, self.path, [*own, *(each for each in phrases if each not in own)])

    def without_phrases(self, text: str, phrases: Iterable[str]) -> str:
        """The file without these phrases."""
        gone = frozenset(phrases)
        return set_items(text, self.path, [each for each in items_of(text, self.path) if each not in gone])


def phrases_in(typed: str) -> tuple[str, ...]:
    """The phrases of a field, one a line, each once."""
    return tuple(dict.fromkeys(text for line in typed.splitlines() if (text := clean(line))))


def phrase_faults(phrases: Sequence[str], place: Place, guide: Guide) -> Iterator[str]:
    """Why phrases cannot be added, in sentences for officers."""
    if len(phrases) > MOST_PHRASES:
        yield f"Nhiều quá: mỗi lần thêm tối đa {MOST_PHRASES} câu mẫu. Anh/chị bỏ bớt những câu giống nhau."
    owners = owners_of(guide)
    for text in phrases:
        owner = owners.get(_words(text), "")
        if len(text) > MOST_LETTERS:
            yield f"Câu “{text[:40]}…” dài quá {MOST_LETTERS} chữ. Anh/chị cắt lấy phần hỏi."
        elif _MASKED.search(text):
            yield f"Câu “{text}” còn chỗ đã che số. Anh/chị xoá phần trong ngoặc vuông."
        elif not any(map(str.isalnum, text)):
            yield f"Dòng “{text}” không có chữ nào. Anh/chị xoá dòng đó."
        elif owner and owner != place.name:
            yield f"Câu “{text}” đã có ở “{_title(owner, guide)}”. Anh/chị bỏ câu này, hoặc chọn đúng chỗ đó."


def unknown(texts: Iterable[str], guide: Guide) -> Iterator[str]:
    """Those of the texts that stand nowhere in the content yet."""
    owners = owners_of(guide)
    return (text for text in texts if _words(text) not in owners)


# Thousands of checks are read for it; it goes with its guide.
_owners: WeakKeyDictionary[Guide, Mapping[tuple[str, ...], str]] = WeakKeyDictionary()


def owners_of(guide: Guide) -> Mapping[tuple[str, ...], str]:
    """Where each phrase and check stands already, by its syllables without marks; made once for a guide."""
    found = _owners.get(guide)
    if found is None:
        found = _owners[guide] = _all_owners(guide)
    return found


def _all_owners(guide: Guide) -> dict[tuple[str, ...], str]:
    catalogue, keys = guide.catalogue, guide.matcher.keys()
    inside = ((text, name) for name, intent in catalogue.intents.items() for text in (*intent.examples, *intent.checks))
    outside = ((text, name) for name, texts in catalogue.out_of_scope.items() for text in texts)
    return {keys.get(text) or _words(text): name for text, name in (*outside, *inside)}


def _words(text: str) -> tuple[str, ...]:
    return readings(text)[0].toneless


def _title(owner: str, guide: Guide) -> str:
    intent = guide.catalogue.intents.get(owner)
    return intent.title if intent else "ngoài phạm vi"


def add_phrases(versions: Versions, place: Place, phrases: Sequence[str], author: str, at: datetime) -> bool:
    """Add phrases to the draft of their file; whether there was anything to add.

    What others changed in the file meanwhile stays: phrases go behind whatever is there now.
    """
    return _change(versions, place, author, at, lambda text: place.with_phrases(text, phrases))


def take_phrases_back(versions: Versions, place: Place, phrases: Sequence[str], author: str, at: datetime) -> bool:
    """Take phrases out of the draft again; False where they are published, or there is no draft of them.

    A draft that says nothing else is dropped.
    """
    current = versions.current()
    released = versions.contents(current.number).get(place.item) if current else None
    text = _text(versions.body(released.id)) if released else ""
    fresh = [each for each in phrases if each not in (items_of(text, place.path) if text else ())]
    if not fresh or not any(draft.item == place.item for draft in versions.drafts()):
        return False
    if not _change(versions, place, author, at, lambda draft: place.without_phrases(draft, fresh)):
        return False
    if head(versions, place.item).text == text:
        versions.discard([place.item])
    return True


def _change(versions: Versions, place: Place, author: str, at: datetime, change: Change) -> bool:
    for left in reversed(range(_TRIES)):
        before: Head = head(versions, place.item)
        text = change(before.text)
        if text == before.text:
            return False
        try:
            save(versions, before, text, author, at, _NOTE)
        except MergeConflict:
            if not left:
                raise
        else:
            break
    return True


def _text(body: bytes | None) -> str:
    return "" if body is None else body.decode("utf-8-sig")
