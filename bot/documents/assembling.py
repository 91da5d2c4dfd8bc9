"""Lines of any file into a Document: the one place where head, clauses, annexes and end come together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .annexes import Annex, annexes
from .clauses import read_clauses
from .document import Document, Part
from .ending import closing_start, signing, tail_start, tail_stop
from .head import Head, read_head
from .legal import amendments, cites
from .lines import Line, Paragraph, paragraphs, settled
from .marks import is_dash

_OFFICE_OF = re.compile(
    r"(?:Chủ tịch|Phó Chủ tịch|Thường trực|Lãnh đạo)\s+((?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+(?:tỉnh|huyện|"
    r"thành phố|thị xã|xã|phường|thị trấn))\b(\s+(?:[A-ZĐ]\w*\s?){1,4})?"
)


def document_of(lines: Iterable[Line], notes: Sequence[str] = ()) -> Document:
    """Read a document. `notes`: what was doubtful when the file was turned into lines."""
    found = paragraphs(settled(list(lines)))
    head = read_head(found)
    tail = tail_start(found, head.end)
    stop = tail_stop(found, tail)
    signed = tail < len(found)
    extra = annexes(found, stop if signed else head.end, signed=signed)
    limit = extra[0].start if extra else len(found)
    tail = min(tail, limit)
    closing = closing_start(found, head.end, tail)
    body, body_notes = read_clauses(found[head.end : closing], "preamble")
    more, more_notes = _annex_clauses(found, extra)
    end = found[closing:limit]
    parts = [Part("head", as_text(found[: head.end])), *body, Part("end", as_text(end)), *more]
    told = (*notes, *head.notes, *body_notes, *more_notes)
    document = _document(
        head, tuple(part for part in parts if part.text or part.path not in ("head", "end")), end, told
    )
    return replace(document, paragraphs=tuple(each.text for each in found if each.text))


def _document(head: Head, parts: tuple[Part, ...], end: Sequence[Paragraph], notes: tuple[str, ...]) -> Document:
    signed = signing(end)
    issuer, issuer_notes = _issuer(head, parts)
    changes = amendments(parts)
    told = [f"Văn bản nói “{each.verb}” {each.number} (mục {each.path}); cần cán bộ xác nhận." for each in changes]
    if not any(part.path not in ("head", "preamble", "end") for part in parts):
        told.append("Không thấy mục nào được đánh số; lời văn để cả ở phần mở đầu.")
    if signed.signer is None:
        told.append("Không thấy họ tên người ký; để trống mục người ký.")
    texts = [part.text for part in parts if part.path != "head"]
    named = [head.subject or "", *texts]
    return Document(
        head.number, head.date, head.year, issuer, signed.signer, head.subject, parts, head.addressees,
        cites(named, head.number, head.date), tuple(dict.fromkeys((*notes, *issuer_notes, *told))), head.kind,
        head.urgency, signed.title, signed.recipients, changes,
    )  # fmt: skip


def _issuer(head: Head, parts: Sequence[Part]) -> tuple[str | None, tuple[str, ...]]:
    """The issuing body: from the head, else from the office that the text says gives the order, with the place."""
    if head.issuer:
        return head.issuer, ()
    for path in ("end", "preamble"):
        text = next((part.text for part in parts if part.path == path), "")
        found = _OFFICE_OF.search(text)
        place = (found[2] or head.place or "").strip() if found else ""
        if found and place:
            note = f"Phần đầu không có tên cơ quan ban hành; lấy từ chữ “{found[0].strip()}” và nơi ghi ở dòng ngày."
            return f"{found[1]} {place}", (note,)
    return None, ("Văn bản không ghi tên cơ quan ban hành; để trống mục này.",)


def _annex_clauses(found: Sequence[Paragraph], extra: Sequence[Annex]) -> tuple[list[Part], list[str]]:
    parts: list[Part] = []
    notes: list[str] = []
    for annex in extra:
        own = found[annex.start : annex.stop]
        tail = tail_start(own, 1)
        clauses, doubts = read_clauses(own[:tail], annex.path, annex.path)
        parts += [*clauses, *([Part(f"{annex.path}.end", as_text(own[tail:]))] if tail < len(own) else [])]
        notes += doubts
    return parts, notes


def as_text(found: Sequence[Paragraph]) -> str:
    """Paragraphs as they stand in a clause: an empty line between them, none before the item of a list."""
    pieces = [("\n" if is_dash(each.text) else "\n\n") + each.text for each in found]
    return "".join(pieces).strip()
