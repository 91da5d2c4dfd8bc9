"""What officers call a content file, and where they edit it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from ...content.workspace import items_of
from ...core.catalogue import Catalogue
from .access import HOME

_SUBJECT = re.compile(r"(?:intents|responses/\w+)/([a-z0-9][a-z0-9_-]*)\.(yaml|md)")
_KINDS = {"yaml": "Câu mẫu", "md": "Câu trả lời"}
_FILES = {
    "responses/vi/_messages.yaml": ("Lời của Loa", f"{HOME}/cau-loa"),
    "responses/vi/_report.yaml": ("Khung báo cáo", f"{HOME}/so-lieu/khung"),
    "data/facts.yaml": ("Dữ kiện", f"{HOME}/du-kien"),
    "data/pack.yaml": ("Thông tin chung", ""),
    "data/places.yaml": ("Địa danh", ""),
    "intents/_concepts.yaml": ("Khái niệm", ""),
    "intents/_danger.yaml": ("Dấu hiệu nguy hiểm", ""),
    "intents/_out_of_scope.yaml": ("Ngoài phạm vi", ""),
}
_DIRECTIVES = "data/directives/"
SOURCE_FILES = f"{_DIRECTIVES}source/"


@dataclass(frozen=True, slots=True)
class Named:
    """An item on a page; `href` is where it is edited, empty where no page does."""

    item: str
    label: str
    href: str = ""


def named(item: str, titles: Mapping[str, str]) -> Named:
    """What to call an item; `titles` are those of the subjects."""
    subject = _SUBJECT.fullmatch(item)
    if subject:
        name, ending = subject.groups()
        return Named(item, f"{_KINDS[ending]} “{titles.get(name, name)}”", f"{HOME}/tra-loi/{name}")
    if item in _FILES:
        return Named(item, *_FILES[item])
    if item.startswith(_DIRECTIVES) and item.endswith(".md"):
        name = item[len(_DIRECTIVES) : -3]
        return Named(item, f"Văn bản {name}", f"{HOME}/van-ban/doc?tep={quote(name, safe='')}")
    if item.startswith(SOURCE_FILES):
        return Named(item, f"Tệp gốc {item.rpartition('/')[2]}")
    return Named(item, item.rpartition("/")[2])


def pair_of(item: str) -> tuple[str, ...]:
    """The items that make up a subject with this one, itself included; only itself where it is none of a subject."""
    subject = _SUBJECT.fullmatch(item)
    return items_of(subject[1]) if subject else (item,)


def titles_of_subjects(catalogue: Catalogue) -> dict[str, str]:
    """The titles of the subjects that residents are answered from now."""
    return {name: intent.title for name, intent in catalogue.intents.items()}
