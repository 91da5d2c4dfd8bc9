"""What a draft changes, for somebody who has never seen the files: in the words of the office, and short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from .answer_text import Fields, fields_of
from .brief_diff import brief
from .files import read
from .sheet_items import FACTS_FILE, MESSAGES_FILE
from .sheet_pages import FACTS, Column
from .words_diff import Run, diff

# Letters of a text that are shown of one change, and of a whole text with its changes marked.
_SHOWN, _WHOLE = 900, 6_000
_LISTS = {"examples": "Câu mẫu", "checks": "Câu kiểm", "related": "Chủ đề liên quan"}
_FIELDS = {
    "review_by": "Xem lại trước ngày", "when_old": "Khi văn bản cũ hoặc hết hạn", "expires_on": "Hết hạn ngày",
    "expires_at": "Hết hạn lúc", "withdrawn": "Rút câu trả lời",
}  # fmt: skip
_VALUES = {"warn": "vẫn trả lời, kèm cảnh báo", "withdraw": "tự rút", "True": "có", "False": "không"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a change: what it is about, and each changed line as runs."""

    title: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer as residents read it, before and after; an empty text where there is none."""

    before: str
    after: str


def parts_of(
    item: str, old: bytes | None, new: bytes | None, seen: Seen | None = None, names: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """What a draft changes of an item. None is an item that is not there; `names` are those of the bot's sentences.

    Empty where a file is no text, or where nothing that can be shown has changed.
    """
    before, after = (_text(body) for body in (old, new))
    if before is None or after is None:
        return ()
    if not item.endswith(".md") and any(body and not _values(item, body) for body in (old, new)):
        return _plain(old, new)  # what cannot be read would look as if all of it were taken out
    if item.startswith("intents/") and not item.startswith("intents/_"):
        found = _phrases(_values(item, old), _values(item, new))
    elif item == FACTS_FILE:
        found = _facts(_values(item, old), _values(item, new))
    elif item == MESSAGES_FILE:
        found = _sentences(_values(item, old), _values(item, new), names or {})
    elif seen is not None:
        found = _answer(seen, fields_of(before, item), fields_of(after, item))
    else:
        found = iter(())
    return tuple(found) or _plain(old, new)


def whole_of(seen: Seen) -> tuple[Run, ...]:
    """A whole answer with the changes marked; empty where it is new or gone, or too long to be compared at once."""
    if not seen.before or not seen.after or len(seen.before) + len(seen.after) > _WHOLE:
        return ()
    return diff(seen.before, seen.after)


def _text(body: bytes | None) -> str | None:
    try:
        return (body or b"").decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _values(item: str, body: bytes | None) -> Mapping[str, Any]:
    return read(item, body, []).values if body else {}


def _plain(old: bytes | None, new: bytes | None) -> tuple[Part, ...]:
    runs = brief(old, new, _SHOWN)
    return (Part("", (runs,)),) if runs else ()


def _answer(seen: Seen, before: Fields, after: Fields) -> Iterator[Part]:
    words = brief(seen.before.encode(), seen.after.encode(), _SHOWN) if seen.before and seen.after else ()
    if words:
        yield Part("Lời trả lời", (words,))
    lines = tuple(
        _turned(_FIELDS[each.name], _said(getattr(before, each.name)), _said(getattr(after, each.name)))
        for each in fields(Fields)
        if getattr(before, each.name) != getattr(after, each.name)
    )
    if lines:
        yield Part("Thời hạn và cách dùng", lines)


def _said(value: object) -> str:
    return _VALUES.get(str(value), str(value))


def _turned(label: str, before: str, after: str) -> tuple[Run, ...]:
    """A value beside the one that takes its place."""
    between = " " if before and after else ""
    runs = (Run("kept", f"{label}: "), Run("removed", before), Run("kept", between), Run("added", after))
    return tuple(run for run in runs if run.text)


def _phrases(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Part]:
    named = {"title": "Tên chủ đề", "group": "Nhóm"}
    both = ((label, *(str(values.get(name) or "") for values in (before, after))) for name, label in named.items())
    lines = tuple(_turned(label, old, new) for label, old, new in both if old != new)
    if lines:
        yield Part("", lines)
    for name, title in _LISTS.items():
        old, new = (_texts(values.get(name)) for values in (before, after))
        gone, come = [text for text in old if text not in new], [text for text in new if text not in old]
        if gone or come:
            told = ", ".join(f"{word} {len(of)}" for word, of in (("thêm", come), ("bỏ", gone)) if of)
            runs = [*((Run("added", text),) for text in come), *((Run("removed", text),) for text in gone)]
            yield Part(f"{title}: {told}", tuple(runs))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Part]:
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        titled = new if isinstance(new, dict) else old if isinstance(old, dict) else {}
        lines = tuple(
            _turned(column.heading, was, now)
            for column in FACTS.fields
            if (was := _field(old, column)) != (now := _field(new, column))
        )
        kind = "mới" if old is None else "bỏ đi" if new is None else ""
        title = str(titled.get("title") or name)
        yield Part(f"Dữ kiện “{title}”{f', {kind}' if kind else ''}", lines)


def _field(fact: object, column: Column) -> str:
    value: object = fact
    for key in column.name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else column.shown(str(value))


def _sentences(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Part]:
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = (str(values.get(name) or "") for values in (before, after))
        if old != new:
            yield Part(names.get(name, name), (brief(old.encode(), new.encode(), _SHOWN),))
