"""The phrases of a subject as an officer edits them, and a new subject made of its first ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..core.catalogue import Catalogue, Intent
from ..core.vietnamese import clean, strip_marks
from ..errors import ContentError, EditError, FileRefused, Problem
from .answer_checking import Finding, in_their_words
from .editing import items_of, set_items, set_value
from .faults import intent_faults
from .files import parse_as, read
from .quoting import scalar
from .schemas import IntentFile

ORDER = (*IntentFile.model_fields,)
_LISTS = ("examples", "checks", "related")
LONGEST_ID = 28
_ID = re.compile(r"[a-z][a-z0-9_]*")
_BODY = """**Viết điều chính bà con cần biết ở dòng này.**
- Văn bản ghi: chọn một mục, bôi đen những chữ cần dẫn rồi bấm “Trích dẫn”.
- Điều gì văn bản không nêu thì nói thật là không nêu.
"""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What an officer edits of `intents/<id>.yaml`; `related` are ids."""

    title: str
    group: str
    examples: tuple[str, ...]
    checks: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def phrases_of(text: str, item: str) -> Phrases:
    """The phrases of a file; what cannot be read counts as empty."""
    values = read(item, text.encode(), []).values
    try:
        lists = [tuple(items_of(text, (name,))) for name in _LISTS] if text.strip() else [(), (), ()]
    except (EditError, ContentError):
        lists = [(), (), ()]
    return Phrases(str(values.get("title") or ""), str(values.get("group") or ""), *lists)


def with_phrases(text: str, wanted: Phrases) -> str:
    """The file with these phrases; comments, order and everything else in it stay.

    Raises FileRefused for a file that cannot be edited.
    """
    if not text.strip():
        return new_phrases(wanted)
    try:
        text = set_value(text, ("title",), wanted.title, ORDER)
        if wanted.group:
            text = set_value(text, ("group",), wanted.group, ORDER)
        for name in _LISTS:
            text = set_items(text, (name,), getattr(wanted, name), ORDER)
    except (EditError, ContentError):
        what = "tệp câu mẫu của chủ đề này viết sai nên chưa sửa được ở đây"
        raise FileRefused(what, "mở mục “Các phiên bản” và lấy lại một bản cũ hơn") from None
    return text


def new_phrases(wanted: Phrases) -> str:
    """The file of a new subject."""
    lines = [f"title: {scalar(wanted.title)}", *([f"group: {scalar(wanted.group)}"] if wanted.group else [])]
    for name in _LISTS:
        found: tuple[str, ...] = getattr(wanted, name)
        lines += [f"{name}:", *(f"  - {scalar(each)}" for each in found)] if found else []
    return "\n".join(lines) + "\n"


def new_answer(review_by: str) -> str:
    """The answer that a new subject begins with. It quotes nothing, so that it cannot go out as it is."""
    front = f"---\nreview_by: {review_by}\n---\n" if review_by else ""
    return front + _BODY


def lines_of(typed: str) -> tuple[str, ...]:
    """One phrase a line; a dash before it, as in lists that are pasted, is no part of it."""
    lines = (re.sub(r"^[-•]\s+", "", clean(line)) for line in typed.splitlines())
    return tuple(line for line in lines if line)


def suggested_id(title: str) -> str:
    """An id made of the words of a title, without diacritics."""
    words = re.findall(r"[a-z0-9]+", strip_marks(title))
    while words and not words[0][0].isalpha():
        words.pop(0)
    while len(words) > 1 and len("_".join(words)) > LONGEST_ID:
        words.pop()
    return "_".join(words)[:LONGEST_ID]


def id_fault(intent: str, taken: Collection[str]) -> str:
    """Why an id cannot be that of a new subject, in a sentence; "" if it can."""
    if not _ID.fullmatch(intent):
        return "Mã chủ đề chỉ gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ; ví dụ dam_cuoi."
    if len(intent) > LONGEST_ID:
        return f"Mã chủ đề dài {len(intent)} chữ; rút còn tối đa {LONGEST_ID} chữ."
    return f"Đã có chủ đề mang mã {intent}; đặt mã khác." if intent in taken else ""


def resolved(names: Iterable[str], intents: Mapping[str, Intent]) -> tuple[str, ...]:
    """Ids of subjects that are named by title or id. Raises FileRefused for a name that no subject has."""
    by_title: dict[str, str] = {}
    for intent in intents.values():
        by_title.setdefault(strip_marks(intent.title), intent.id)
    found = {name: name if name in intents else by_title.get(strip_marks(name), "") for name in names}
    unknown = next((name for name, intent in found.items() if not intent), None)
    if unknown is not None:
        raise FileRefused(f"không có chủ đề “{unknown[:60]}”", "chép đúng tên chủ đề trong danh sách câu trả lời")
    return tuple(dict.fromkeys(found.values()))


def phrase_findings(text: str, item: str, ground: Catalogue) -> tuple[Finding, ...]:
    """What is wrong with the phrases of one subject, beside those of all others."""
    problems: list[Problem] = []
    source = read(item, text.encode("utf-8", "replace"), problems)
    file = parse_as(IntentFile, source, problems)
    if file:
        problems += intent_faults(source, file, ground.pack.groups)
        problems += _repeated(file, item, ground)
    return tuple(
        Finding(None, in_their_words(each.what), in_their_words(each.mend), each.warning)
        for each in dict.fromkeys(problems)
    )


def _repeated(file: IntentFile, item: str, ground: Catalogue) -> Iterable[Problem]:
    others = {
        text.casefold(): intent.title
        for intent in ground.intents.values()
        if item != f"intents/{intent.id}.yaml"
        for text in (*intent.examples, *intent.checks)
    }
    seen: set[str] = set()
    for text in (*file.examples, *file.checks):
        key = text.casefold()
        if key in others:
            yield Problem(item, 1, f"câu “{text}” đã có ở chủ đề “{others[key]}”", "giữ ở một chủ đề", "repeated")
        elif key in seen:
            yield Problem(item, 1, f"câu “{text}” bị lặp", "giữ một câu", "repeated", warning=True)
        seen.add(key)
