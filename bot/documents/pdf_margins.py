"""What stands around the text of every page: its number, lines that come again, footnotes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from ..core.syllables import bare
from .head_lines import is_stamp
from .marks import is_caps, marks
from .pdf_rows import Row

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:(?:Trang|trang)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$")
# What browsers print over and under a page: date and time, address and page.
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}\b|(?:https?|file)://\S+(?:\s+\d+/\d+)?$")
_FOOTNOTE = re.compile(r"(?:[(\[]?\d{1,2}[)\]]?|\*+)\s*\S")


def without_margins(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], int]:
    """Pages without page numbers, repeated head and foot lines and footnotes; and how many rows went."""
    edges = Counter(_edge(row) for page in pages for row in _ends(page))
    kept = [_trimmed(page, edges, len(pages)) for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _ends(page: Sequence[Row]) -> Iterable[Row]:
    """The rows that stand first and last, also once stamps and page numbers are gone."""
    plain = [
        row for row in page if not (is_stamp(row.text) or _PAGE_NUMBER.match(row.text) or _PRINTED.match(row.text))
    ]
    return {id(row): row for row in (*page[:1], *plain[:1], *plain[-1:], *page[-1:])}.values()


def _edge(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", row.text), round(row.base / 4)


def _trimmed(page: Sequence[Row], edges: Counter[tuple[str, int]], count: int) -> list[Row]:
    left = list(page)
    above = sum(1 for _ in itertools.takewhile(lambda row: is_stamp(row.text), left))  # they stand over a head line
    for at in (above, 0, -1):
        while at < len(left) and left and _is_margin(left[at], edges, count):
            left.pop(at)
    return _without_footnotes(left)


def _is_margin(row: Row, edges: Counter[tuple[str, int]], count: int) -> bool:
    if row.table:
        return False
    if len(row.text) == 1 or _PAGE_NUMBER.match(row.text) or _PRINTED.match(row.text):
        return True
    if is_caps(row.text) or marks(row.text):
        return False
    times = edges[_edge(row)]
    return count > 1 and times > 1 and times * 2 >= count and len(row.text) < 120


def _without_footnotes(page: list[Row]) -> list[Row]:
    sizes = [row.size for row in page for _ in range(len(row.text) // 20 + 1)]
    if len(page) < 4 or not sizes:
        return page
    stop = len(page)
    while stop and not page[stop - 1].table and page[stop - 1].size < 0.86 * median(sizes):
        stop -= 1
    small = page[stop:]
    if (
        not small
        or not _FOOTNOTE.match(small[0].text)
        or any(bare(row.text).startswith(("noi nhan", "-")) for row in small)
    ):
        return page
    return page[:stop]
