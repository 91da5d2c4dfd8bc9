"""What was read, for an officer to look over: the head, the clauses with their paths, and what was doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Cite, Document

_NOTHING = "(văn bản không ghi)"
_SHOWN = 160


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _day(date: str | None) -> str | None:
    return "/".join(reversed(date.split("-"))) if date else None


def _cited(cite: Cite) -> str:
    name = " ".join(part for part in (cite.what, cite.number) if part)
    return f"{name} ngày {_day(cite.date)}" if cite.date else name


def summary_lines(document: Document) -> Iterator[str]:
    """The reading, line by line."""
    fields = {
        "Số, ký hiệu": document.number,
        "Ngày": _day(document.date) or (f"chỉ biết năm {document.year}" if document.year else None),
        "Cơ quan ban hành": document.issuer,
        "Người ký": ", ".join(part for part in (document.signer, document.signer_title) if part) or None,
        "Trích yếu": document.subject,
        "Độ khẩn": document.urgency,
        "Kính gửi": "; ".join(document.addressees) or None,
        "Văn bản được dẫn": "; ".join(map(_cited, document.cites)) or None,
    }
    for name, said in fields.items():
        if said or name != "Độ khẩn":
            yield f"{name}: {said or _NOTHING}"
    yield f"\nCác mục ({len(document.clauses)}):"
    for part in document.clauses:
        yield f"  [{part.path}] {_shortened(part.text)}"
    if document.notes:
        yield "\nChỗ cần xem lại:"
        yield from (f"  - {note}" for note in document.notes)
