"""The text of an answer as an officer edits it: the front matter in fields, the body as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..core.days import EXAMPLE, as_typed, read_day, read_time
from ..errors import ContentError, EditError, FileRefused
from .editing import body_of, set_body, set_value
from .files import read
from .wording import day_of

_FRONT = re.compile(r"\A---\r?\n(?P<inside>.*?)^---(?:\r?\n)?", re.DOTALL | re.MULTILINE)
_ORDER = ("review_by", "audio", "when_old", "expires", "withdrawn")
_MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the front matter, or what was typed. Days are ISO 8601, times "17:00"; "" where nothing stands."""

    review_by: str = ""
    when_old: str = "warn"
    expires_on: str = ""
    expires_at: str = ""
    withdrawn: bool = False


def fields_of(text: str, item: str) -> Fields:
    """The fields of a response; what cannot be read counts as empty."""
    values = read(item, text.encode(), []).values
    day, _, minute = _moment(values.get("expires")).partition(" ")
    review_by = day_of(values.get("review_by"))
    return Fields(
        review_by.isoformat() if review_by else "",
        "withdraw" if values.get("when_old") == "withdraw" else "warn",
        day, minute, str(values.get("withdrawn", "")).lower() == "true",
    )  # fmt: skip


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime(_MINUTE)
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else ""


def with_fields(text: str, fields: Fields, body: str) -> str:
    """The response with these fields and this body; what else stands in its front matter stays as it is.

    Raises FileRefused for a day or time that does not exist, and for front matter that cannot be edited.
    """
    wanted = dict(_written(fields))
    front = _FRONT.match(text)
    inside = front["inside"] if front else ""
    try:
        for key, value in wanted.items():
            inside = _set(inside, key, value)
    except (EditError, ContentError):
        what = "phần đầu của tệp câu trả lời này viết sai nên chưa sửa được ở đây"
        raise FileRefused(what, "mở mục “Các phiên bản” và lấy lại một bản cũ hơn") from None
    whole = f"---\n{inside}---\n" if inside else ""
    return set_body(whole + body_of(text), body)


def _written(fields: Fields) -> Iterator[tuple[str, str | None]]:
    yield "review_by", _day("ngày xem lại", fields.review_by)
    yield "when_old", fields.when_old if fields.when_old == "withdraw" else "warn"
    yield "expires", _end(fields)
    yield "withdrawn", "true" if fields.withdrawn else "false"


def _day(name: str, text: str) -> str | None:
    day = read_day(text)
    if day is None and text.strip():
        what = f"{name} “{as_typed(text.strip()[:20])}” không có trong lịch"
        raise FileRefused(what, f"viết ngày/tháng/năm, ví dụ {EXAMPLE}")
    return day.isoformat() if day else None


def _end(fields: Fields) -> str | None:
    day = _day("ngày hết hạn", fields.expires_on)
    if not fields.expires_at.strip():
        return day
    if day is None:
        raise FileRefused("có giờ hết hạn mà chưa có ngày hết hạn", "điền ngày, hoặc xoá giờ")
    minute = read_time(fields.expires_at)
    if minute is None:
        raise FileRefused(f"giờ “{fields.expires_at.strip()[:20]}” không có", "viết giờ:phút, ví dụ 17:00")
    return f"{day} {minute:%H:%M}"


_NOTHING = {"review_by": None, "when_old": "warn", "expires": None, "withdrawn": "false"}


def _set(inside: str, key: str, value: str | None) -> str:
    """The front matter with one value; a line that says what holds without it anyway is not added."""
    if not re.search(rf"^{key}\s*:", inside, re.MULTILINE):
        line = "" if value == _NOTHING[key] else f"{key}: {_plain(value)}\n"
        return _placed(inside, key, line)
    if _same(inside, key, value):
        return inside
    changed = set_value(inside, (key,), value, _ORDER)
    # A day or a yes needs no quotation marks; officers read these files too.
    return re.sub(rf"^({key}:) (['\"])({re.escape(value)})\2", r"\1 \3", changed, flags=re.M) if value else changed


def _plain(value: str | None) -> str:
    return f'"{value}"' if value and " " in value else str(value)


def _same(inside: str, key: str, value: str | None) -> bool:
    held = read("x.yaml", inside.encode(), []).values.get(key)
    if key in ("review_by", "expires"):
        return _moment(held) == (value or "")
    return str(held).lower() == value


def _placed(inside: str, key: str, line: str) -> str:
    """A new line after the last of those that come before it."""
    before = _ORDER[: _ORDER.index(key)]
    lines = inside.splitlines(keepends=True)
    at = max((n + 1 for n, each in enumerate(lines) if each.partition(":")[0] in before), default=0)
    return "".join([*lines[:at], line, *lines[at:]])


def with_appended(body: str, piece: str) -> str:
    """The body with something on a line of its own at the end."""
    return f"{body.rstrip()}\n{piece}\n" if body.strip() else f"{piece}\n"
