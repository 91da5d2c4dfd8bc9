"""What can be wrong with one content file beyond its schema."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import PurePosixPath
from zoneinfo import available_timezones

from ..core.catalogue import Fact
from ..core.concepts import Concept
from ..core.messages import COMMON, SENTENCES
from ..core.vietnamese import clean
from ..errors import Problem, TemplateError
from .files import Source
from .schemas import FactFile, IntentFile, PackFile, ResponseFront
from .tree import Texts

# What Telegram takes: descriptions of commands and of the bot itself.
LONGEST = {name: 256 for name in SENTENCES if name.startswith("command_")} | {"about_short": 120, "about_long": 512}
# What stands on a button.
LONGEST_TITLE = 60
# A template may show a fact a thousand times.
MOST_LETTERS_OF_A_FACT = 500
_ADDRESS = re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?")


def pack_faults(source: Source, file: PackFile, facts: Mapping[str, Fact]) -> Iterable[Problem]:
    """Contacts that are no facts, and a time zone that does not exist."""
    contacts = file.contacts
    for key, names in (("hotlines", contacts.hotlines), ("local", contacts.local), ("emergency", contacts.emergency)):
        for name in names:
            if name not in facts:
                yield source.problem(f"không có dữ kiện “{name}”", "xem tên trong data/facts.yaml", "contacts", key)
    if file.timezone not in available_timezones():
        yield source.problem(f"không có múi giờ “{file.timezone}”", "viết Asia/Ho_Chi_Minh", "timezone")


def intent_faults(source: Source, file: IntentFile, groups: tuple[str, ...]) -> Iterable[Problem]:
    """A title that makes no button, no phrases or group, buttons that lead nowhere new, checks that are learnt."""
    if not 0 < len(clean(file.title)) <= LONGEST_TITLE:
        yield source.problem("tên chủ đề trống hoặc dài quá", f"viết từ 1 đến {LONGEST_TITLE} chữ", "title")
    if not file.examples:
        yield source.problem("chủ đề không có câu mẫu", "thêm câu mẫu vào examples", "examples", rule="empty")
    if not file.small_talk and not file.group:
        yield source.problem("chủ đề chưa thuộc nhóm nào", "thêm dòng “group: …”", rule="schema")
    elif not file.small_talk and file.group not in groups:
        mend = "thêm nhóm vào data/pack.yaml, hoặc chọn trong: " + "; ".join(groups)
        yield source.problem(f"không có nhóm “{file.group}”", mend, "group")
    for index, name in enumerate(file.related):
        if name == PurePosixPath(source.name).stem or name in file.related[:index]:
            yield source.problem(
                f"nút “{name}” trỏ về chính nó hoặc bị lặp", "bỏ tên này", "related", index, rule="link"
            )
    learned = {text.casefold() for text in file.examples}
    for index, check in enumerate(file.checks):
        if check.casefold() in learned:
            yield source.problem(
                f"câu kiểm “{check}” cũng là câu mẫu", "bỏ một trong hai", "checks", index, rule="check"
            )


def concept_faults(source: Source, concepts: Iterable[Concept]) -> Iterable[Problem]:
    """Concepts without forms, and forms without a word or in two concepts, which would say nothing apart."""
    seen: dict[str, str] = {}
    for concept in concepts:
        where = ("concepts", concept.id, "forms")
        if not concept.forms:
            yield source.problem(
                f"khái niệm “{concept.title}” chưa có từ nào", "thêm từ, hoặc bỏ", *where, rule="empty"
            )
        for index, form in enumerate(concept.forms):
            other = seen.setdefault(clean(form).casefold(), concept.title)
            if other != concept.title:
                what = f"từ “{form}” đã có ở khái niệm “{other}”"
                yield source.problem(what, "giữ ở một khái niệm", *where, index, rule="repeated")
            elif not any(letter.isalnum() for letter in form):
                yield source.problem(f"“{form}” không phải là từ", "viết từ, hoặc xoá", *where, index, rule="empty")


def fact_faults(source: Source, entry: FactFile) -> Iterable[Problem]:
    """A fact whose state and value or source contradict each other, and links that open nothing."""
    if len(entry.value or "") > MOST_LETTERS_OF_A_FACT:
        what = f"dữ kiện “{entry.title}” dài {len(entry.value or '')} chữ, tối đa {MOST_LETTERS_OF_A_FACT}"
        yield source.problem(what, "chỉ ghi giá trị; lời giải thích để trong câu trả lời", "value", rule="length")
    if entry.state != "missing" and not entry.value:
        yield source.problem(
            f"dữ kiện “{entry.title}” không có giá trị", "điền value, hoặc đặt state: missing", "value"
        )
    if entry.state == "sourced" and not (entry.source and entry.source.title):
        yield source.problem(f"dữ kiện “{entry.title}” không có nguồn", "điền source.title và ngày", "state")
    if entry.state == "confirmed" and not entry.confirmed:
        yield source.problem(
            f"dữ kiện “{entry.title}” ghi là đã xác nhận mà không ghi ai xác nhận, ngày nào, thấy ở đâu",
            "thêm dòng “confirmed: {by: …, on: năm-tháng-ngày, where: …}”", "state", rule="confirmed",
        )  # fmt: skip
    if entry.kind == "link" and entry.value and not _ADDRESS.fullmatch(entry.value):
        yield source.problem(
            f"địa chỉ “{entry.value}” không mở được", "viết đủ, ví dụ https://bluezone.gov.vn", "value", rule="link"
        )
    if entry.state == "missing" and entry.value:
        yield source.problem(
            f"dữ kiện “{entry.title}” còn thiếu mà lại có giá trị", "xoá value cho tới khi có nguồn", "value"
        )


def front_faults(texts: Texts, source: Source, front: ResponseFront | None) -> Iterable[Problem]:
    """A recording that an answer names has to be there, beside the answers and nowhere else."""
    if front is None or front.audio is None:
        return
    folder = posixpath.dirname(source.name)
    name = posixpath.normpath(posixpath.join(folder, front.audio))
    if not (name in texts and name.startswith(f"{folder}/")):
        mend = f"đặt tệp vào {folder}/audio/ rồi ghi “audio: audio/tên_tệp”, hoặc bỏ dòng này"
        yield source.problem(f"không có bản ghi âm “{front.audio}”", mend, "audio", rule="audio")


def message_faults(source: Source, rendered: Callable[[str, tuple[str, ...]], object]) -> Iterable[Problem]:
    """Sentences that are missing, unknown, not text, or that do not render with their variables.

    `rendered` renders a text with variables of these names, or raises TemplateError.
    """
    for name in SENTENCES.keys() - source.values.keys():
        yield source.problem(f"thiếu câu “{name}”", f"thêm dòng “{name}: …”", rule="missing")
    for name, text in source.values.items():
        if name not in SENTENCES:
            near = get_close_matches(name, SENTENCES, n=1)
            yield source.problem(f"không có câu nào tên “{name}”", f"có phải “{near[0]}”?" if near else "xoá", name)
        elif not isinstance(text, str):
            yield source.problem(f"“{name}” phải là chữ", "đặt trong dấu ngoặc kép", name)
        elif not text.strip():
            yield source.problem(f"câu “{name}” trống", "viết câu này", name, rule="empty")
        elif len(text) > LONGEST.get(name.removesuffix("_en"), len(text)):
            most = LONGEST[name.removesuffix("_en")]
            yield source.problem(
                f"câu “{name}” dài {len(text)} chữ, Telegram nhận {most}", "rút ngắn", name, rule="length"
            )
        elif not name.startswith("page_"):
            try:
                rendered(text, (*COMMON, *SENTENCES[name]))
            except TemplateError as error:
                yield source.problem(f"{name}: {error.what}", error.mend, name, rule="template")


def nearest_name(name: str, known: Iterable[str]) -> str:
    """How to mend a link to a subject that does not exist."""
    near = get_close_matches(name, list(known), n=1)
    return f"có phải “{near[0]}”?" if near else "sửa mục related"
