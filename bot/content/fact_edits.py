"""Edits of `data/facts.yaml` by officers: what a form gives into values of the file, and a fact that is new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..core.days import EXAMPLE, as_iso, read_day
from ..core.vietnamese import clean, strip_marks
from .editing import set_value
from .keyed import Path

ORDER = (
    "title", "value", "kind", "state", "confidence", "source", "seen", "confirmed", "valid_from", "valid_until", "note",
)  # fmt: skip
# What a form may send, and where it stands in the file.
FIELDS: Mapping[str, Path] = {
    "title": ("title",), "value": ("value",), "kind": ("kind",), "source_title": ("source", "title"),
    "source_url": ("source", "url"), "source_date": ("source", "date"), "seen": ("seen",),
    "valid_from": ("valid_from",), "valid_until": ("valid_until",), "note": ("note",),
}  # fmt: skip
DAYS = ("source_date", "seen", "valid_from", "valid_until")
KINDS = {
    "phone": "số điện thoại", "fine": "mức phạt", "link": "đường dẫn", "days": "số ngày", "date": "ngày",
    "law": "văn bản luật", "quote": "câu trích", "price": "giá tiền", "text": "chữ khác",
}  # fmt: skip
_AS_DAY = f"Viết ngày/tháng/năm, ví dụ {EXAMPLE}."
_LETTERS = 2000
_ID_LETTERS = 40
_TAKEN = frozenset({"moi"})  # addresses of pages


@dataclass(frozen=True, slots=True)
class Given:
    """What a form gives, made clean, and what is wrong with it, by field."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


def given_fields(form: Mapping[str, str]) -> Given:
    """The fields of a form: one line each, in one Unicode form, days as ISO 8601."""
    values = {name: clean(form.get(name, ""))[:_LETTERS] for name in FIELDS}
    faults: dict[str, str] = {}
    for name in DAYS:
        if values[name]:
            faults |= {} if read_day(values[name]) else {name: f"Không phải là một ngày. {_AS_DAY}"}
            values[name] = as_iso(values[name])
    if not values["title"]:
        faults["title"] = "Dữ kiện phải có tên."
    if values["kind"] not in KINDS:
        faults["kind"] = "Anh/chị chọn một loại."
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        faults["valid_until"] = "Ngày cuối đứng trước ngày đầu."
    return Given(values, faults)


def state_after(before: str, same_value: bool, value: str) -> str:
    """The state of a fact once it is edited: a new value needs a new confirmation."""
    if not value:
        return "missing"
    return "confirmed" if before == "confirmed" and same_value else "sourced"


def new_id(title: str, known: Mapping[str, object] | frozenset[str]) -> str:
    """A name for a new fact, made of its title, that no other has."""
    plain = re.sub(r"[^a-z0-9]+", "_", strip_marks(title)).strip("_")[:_ID_LETTERS].strip("_")
    plain = plain if plain[:1].isalpha() else f"du_kien_{plain}".rstrip("_")
    names = [plain, *(f"{plain}_{number}" for number in range(2, len(known) + 3))]
    return next(name for name in names if name not in known and name not in _TAKEN)


def with_new_fact(text: str, name: str, values: Mapping[str, str], today: date) -> str:
    """The file with a fact more at its end."""
    state = state_after("", same_value=False, value=values["value"])
    seen = values["seen"] or (today.isoformat() if values["value"] else "")
    written = {**values, "seen": seen}
    text = set_value(text, (name, "title"), values["title"])
    text = set_value(text, (name, "state"), state)
    for key, path in FIELDS.items():
        if written[key] and key != "title":
            text = set_value(text, (name, *path), written[key], ORDER if len(path) == 1 else ("title", "url", "date"))
    return text
