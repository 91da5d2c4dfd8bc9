"""Builds a sample as a web page and prints it to PDF with Chromium, as people do from a portal or a web mail."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from tests.documents.inline import MARKED, plain_words
from tests.documents.samples import MERGED, Line, Sample, hands_of

_ABOVE = '<div style="font-size: 8pt; margin-left: 10mm">05/02/2021, 16:02 <span class="title"></span></div>'
_BELOW = (
    '<div style="font-size: 8pt; margin-left: 10mm">https://vidu.example/van-ban '
    '<span class="pageNumber"></span>/<span class="totalPages"></span></div>'
)
_STYLE = """
@page {{ size: A4; margin: 20mm 15mm 20mm 30mm }}
body {{ font: {size}pt/1.3 "Liberation Serif", "DejaVu Serif", serif; text-align: justify }}
p {{ margin: 0 0 6pt; text-indent: 10mm }} .c {{ text-align: center; text-indent: 0 }}
table.sides {{ width: 100%; border: 0; text-align: center }} .sides td {{ width: 50%; vertical-align: top; border: 0 }}
.sides p, td p {{ text-indent: 0; margin: 0 }} .left p {{ text-align: left }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid; padding: 2pt }}
.flow {{ column-count: {columns} }} .new {{ break-before: page }}
.turned {{ position: fixed; top: 45%; left: 15%; rotate: -35deg; color: #ccc; font-size: 24pt }}
.stamp, .corner {{ border: 1px solid; width: 60mm; font-size: 9pt }} .corner {{ margin-left: 100mm }}
"""


def make_web(sample: Sample, path: Path, browser: Browser) -> Path:
    """Write the sample to `path`, as Chromium prints it; with a `footer`, between its own head and foot lines."""
    page = browser.new_page()
    page.set_content(_page(sample))
    lines = bool(sample.pdf.get("footer"))
    page.pdf(
        path=path,
        prefer_css_page_size=True,
        display_header_footer=lines,
        header_template=_ABOVE,
        footer_template=_BELOW,
    )
    page.close()
    return path


def _page(sample: Sample) -> str:
    look = sample.pdf
    style = _STYLE.format(size=look.get("size", 13), columns=look.get("columns", 1))
    parts = [*_around(sample), *_head(sample), '<div class="flow">', *_lines(sample.body), "</div>"]
    parts += [*_signature(sample), *_lines(sample.annex), *_notes(sample)]
    start = '<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Văn bản</title>'
    return f"{start}<style>{style}</style>{''.join(parts)}"


def _around(sample: Sample) -> Iterator[str]:
    if sample.pdf.get("rotated"):
        yield f'<div class="turned">{escape(sample.pdf["rotated"])}</div>'
    for kind in ("stamp", "corner"):
        if sample.pdf.get(kind):
            yield f'<div class="{kind}">{"<br>".join(map(escape, sample.pdf[kind]))}</div>'


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{text}</p>'


def _sides(left: Sequence[str], right: Sequence[str], kind: str = "") -> str:
    cells = [
        f'<td class="{kind if at == 0 else ""}">{"".join(_p(escape(t) or "&nbsp;") for t in side)}</td>'
        for at, side in enumerate((left, right))
    ]
    return f'<table class="sides"><tr>{"".join(cells)}</tr></table>'


def _head(sample: Sample) -> Iterator[str]:
    head = sample.head
    if head:
        under = [text for text in (head.get("number"), head.get("under"), head.get("urgency")) if text]
        yield _sides([*head.get("left", []), *under], [*head.get("right", []), *filter(None, [head.get("date")])])
    for text in sample.title:
        yield _p(f"<b>{escape(text)}</b>", "c")
    to, label = sample.to, escape(sample.to_label)
    if len(to) == 1 and not to[0].startswith("-"):
        yield _p(f"{label} {escape(to[0])}", "c")
    elif to:
        yield from (_p(label), *(_p(escape(text)) for text in to))


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    numbers = itertools.count(1)
    for line in lines:
        if line.page:
            yield '<div class="new"></div>'
        elif line.table:
            yield _table(line)
        elif line.columns:
            yield _sides(line.columns[0], line.columns[1])
        elif line.path == "~":
            yield _p(f"<b>{escape(line.shown)}</b>", "c")
        else:
            yield _p(_noted(line.written, numbers))


def _noted(text: str, numbers: Iterator[int]) -> str:
    kept = MARKED.sub(lambda m: "\ue000" if m[2] == "^" else m[0], text)
    return re.sub("\ue000", lambda _: f"<sup>[{next(numbers)}]</sup>", escape(plain_words(kept)))


def _table(line: Line) -> str:
    rows = []
    for y, row in enumerate(line.table):
        cells = [_cell(line.table, y, x) for x, text in enumerate(row) if text not in MERGED]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _cell(rows: Sequence[Sequence[str]], y: int, x: int) -> str:
    wide = 1 + sum(1 for at in range(x + 1, len(rows[y])) if set(rows[y][x + 1 : at + 1]) == {"<"})
    high = 1 + sum(1 for at in range(y + 1, len(rows)) if {row[x] for row in rows[y + 1 : at + 1]} == {"^"})
    return f'<td colspan="{wide}" rowspan="{high}">{escape(rows[y][x])}</td>'


def _signature(sample: Sample) -> Iterator[str]:
    sign = sample.sign
    if not sign:
        return
    left = ["Nơi nhận:", *sign.get("recipients", [])]
    hands = [[*hand.get("lines", []), "", "", hand["name"]] for hand in hands_of(sign)]
    if len(hands) == 2:
        yield from (_sides(hands[0], hands[1]), *(_p(escape(text)) for text in left))
    else:
        yield _sides(left, hands[0], "left")


def _notes(sample: Sample) -> Iterator[str]:
    if sample.notes:
        yield "<hr>"
        yield from (f"<p>[{at}] {escape(note)}</p>" for at, note in enumerate(sample.notes, 1))
