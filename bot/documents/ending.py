"""The end of a document: the closing sentence, recipients, and who signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..core.syllables import bare
from .head_lines import kind_of
from .lines import Paragraph
from .marks import is_caps, is_dash
from .organs import in_sentence_case

_RECIPIENTS = re.compile(r"n[oơ]i nh[aậ]n\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TUN)\s*(?:\.|\s)\s*[^\W\d_]")
_OFFICES = (
    "chu tich|pho chu tich|bi thu|pho bi thu|giam doc|pho giam doc|chanh van phong|pho chanh van phong|thu tuong|"
    "pho thu tuong|bo truong|thu truong|truong ban|pho truong ban|truong phong|pho truong phong|cuc truong|"
    "pho cuc truong|chi cuc truong|hieu truong|bi thu thuong truc|pho bi thu thuong truc|chanh thanh tra|vu truong|"
    "tong giam doc|chi huy truong|chinh uy|tram truong|vien truong|chanh an|to truong|pho tong giam doc"
)
_OFFICE = re.compile(rf"(?:{_OFFICES})\b[^.;:]{{0,60}}$")
_RANK = re.compile(
    r"^(?:(?:PGS|GS|TSKH|TS|ThS|BSCK\s?I{1,2}|BS\.?\s?CK\s?I{1,2}|DSCK\s?I{1,2}|BS|CN|KS|DS|LS|"
    r"(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)|Ông|Bà)(?:\.\s*|\s+))+(?=[^\W\d_])"
)
_NAME_WORD = re.compile(r"[^\W\d_]+$")
_NOT_A_NAME = re.compile(
    r"nhu tren|luu|kinh gui|noi nhan|da ky|ky ten|dong dau|ubnd|uy ban|hoi dong|so |ban |phong |van phong|bo |tinh uy|"
    r"huyen|tinh|thanh pho|phu luc|danh sach|ke hoach|cong hoa|doc lap|ho ten|quyet nghi"
)
_CLOSING = re.compile(
    r"(?:(?:Căn cứ|Trên cơ sở|Nhận được)\b.{0,80}\bnày\b|Trong quá trình\b|Quá trình\b.{0,40}thực hiện|Trên đây là|"
    r"(?:Yêu cầu|Đề nghị|Giao|Vậy|Rất mong|Trân trọng|Mọi vướng mắc|Nếu có)\b|"
    r"(?:Những|Các|Tất cả|Mọi|Ai|Người)\b[^.:;]{0,60}(?<!như )(?:nêu |nói |có tên )?trên\b(?! địa bàn| toàn| cơ sở)|"
    r"(?:[^\W\d_][\w ]{0,60} )?(?:yêu cầu|đề nghị|kính đề nghị|thông báo) .{0,200}"
    r"(?:thực hiện|phối hợp|biết|quan tâm|chỉ đạo|xem xét)|"
    r"(?:Chỉ thị|Công văn|Công điện|Văn bản|Kế hoạch|Thông báo|Kết luận|Hướng dẫn|Nghị quyết|Chương trình|Quyết định|"
    r"Quy định) này\b|\(.*\)\.?$)",
    re.DOTALL,
)
_PASSED = re.compile(r"(?:Nghị quyết|Quyết định|Luật|Quy chế) này (?:đã )?được .{0,120}thông qua", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed, in what office, and to whom the document goes; None and empty where nothing is said."""

    signer: str | None
    title: str | None
    recipients: tuple[str, ...]


def is_recipients(text: str) -> bool:
    """Whether a paragraph opens the list of recipients."""
    return bool(_RECIPIENTS.match(text))


def is_authority(text: str) -> bool:
    """Whether a paragraph says on whose behalf is signed ("TM. …", "K/T …")."""
    return bool(_AUTHORITY.match(text)) and is_caps(text)


def is_office(text: str) -> bool:
    """Whether a paragraph is the office of a signer ("PHÓ CHỦ TỊCH")."""
    return is_caps(text) and bool(_OFFICE.match(bare(text)))


def person(text: str) -> str | None:
    """The name of a person that a line consists of, without rank or degree; None if it is no name."""
    name = _RANK.sub("", text.strip(" .,"))
    words = name.split()
    if not 2 <= len(words) <= 6 or _NOT_A_NAME.match(bare(name)):
        return None
    if not all(_NAME_WORD.match(word) and word[0].isupper() for word in words) or is_office(name) or kind_of(name):
        return None
    return " ".join(word.capitalize() for word in words) if is_caps(name) else name


def tail_start(found: Sequence[Paragraph], start: int) -> int:
    """Where recipients and signature begin, at or after `start`; the length of `found` if there are none."""
    for at in range(start, len(found)):
        text = found[at].text
        if is_recipients(text) or is_authority(text) or (is_office(text) and _signed_soon(found, at)):
            return at
    return len(found)


def tail_stop(found: Sequence[Paragraph], start: int) -> int:
    """Where the tail that begins at `start` ends: behind the signer and the last recipient, whichever comes later."""
    stop, office, inside, named = start, False, False, False
    for at in range(start, len(found)):
        text = found[at].text
        if is_authority(text) or is_office(text):
            office = True
        elif is_recipients(text):
            inside = True
        elif office and not named and person(text):
            named = True
        elif not (inside and (is_dash(text) or text[:1].islower())):
            inside = inside and not named  # what stands between recipients and the name may be "(Đã ký)"
            continue
        stop = at + 1
    return stop


def _signed_soon(found: Sequence[Paragraph], at: int) -> bool:
    near = [each.text for each in found[at + 1 : at + 5]]
    return any(is_recipients(text) or person(text) is not None for text in near)


def _is_closing(text: str) -> bool:
    return bool(_CLOSING.match(text))


def closing_start(found: Sequence[Paragraph], start: int, stop: int) -> int:
    """Where the words after the last clause begin, between `start` and `stop`; `stop` if there are none.

    Only paragraphs without a number, behind one with a number; in a document of articles only the note of its passing.
    """
    body = found[start:stop]
    numbered = [at for at, each in enumerate(body) if each.marks and not each.doubt]
    if not numbered:
        return stop
    articles = any(mark.kind == "dieu" for at in numbered for mark in body[at].marks)
    at = len(body)
    while at - 1 > numbered[-1]:
        first = at - 1
        while body[first].doubt:  # begins like a clause in the middle of a sentence
            first -= 1
        text = " ".join(each.text for each in body[first:at])
        if first <= numbered[-1] or not _closes(text, articles=articles, last=at == len(body)):
            break
        at = first
    return start + at


def _closes(text: str, *, articles: bool, last: bool) -> bool:
    if is_dash(text):
        return False
    if articles:
        return bool(_PASSED.match(text))
    return _is_closing(text) or (last and text.rstrip(' "”').endswith("./."))


def _recipients(tail: Sequence[Paragraph]) -> tuple[str, ...]:
    items: list[str] = []
    inside = False
    for each in tail:
        if is_recipients(each.text):
            inside = True
            rest = re.sub(r"^[^:]*:?\s*", "", each.text)
            items += [rest] if rest else []
        elif inside and is_dash(each.text):
            items.append(each.text)
        elif inside and items and each.text[:1].islower():
            items[-1] += " " + each.text
    return tuple(text for text in (item.lstrip("-–—•+* ").rstrip(" ;,.") for item in items) if text)


def _titles(tail: Sequence[Paragraph]) -> list[str]:
    return [each.text for each in tail if is_authority(each.text) or is_office(each.text)]


def _behind_office(tail: Sequence[Paragraph]) -> list[str]:
    office = next((at for at, each in enumerate(tail) if is_authority(each.text) or is_office(each.text)), len(tail))
    return [name for name in (person(each.text) for each in tail[office:]) if name]


def signing(tail: Sequence[Paragraph]) -> Signing:
    """Who signed, out of the paragraphs of the tail: the first name behind the office, else the last name of all."""
    names = _behind_office(tail) or [name for name in (person(each.text) for each in tail) if name][-1:]
    beside = [_behind_office([each for each in tail if each.side == side])[:1] for side in ("left", "right")]
    if all(beside):  # two bodies sign side by side
        names = ["; ".join(dict.fromkeys(name for each in beside for name in each))]
    titles = _titles(tail)
    title = ", ".join(in_sentence_case(text) for text in titles)
    return Signing(names[0] if names else None, title or None, _recipients(tail))
