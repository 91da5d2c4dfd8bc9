"""Builds a sample as plain text or Markdown, as it comes out of a mail or an export."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.documents.samples import Line, Sample, hands_of


def make_text(sample: Sample, path: Path) -> Path:
    """Write the sample to `path`: .md has bold headings, .txt has lines of at most 76 letters."""
    marked = path.suffix == ".md"
    blocks = _bold(_head(sample)) if marked else _head(sample)
    for line in (*sample.body, *_signature(sample), *sample.annex):
        if line.table:
            blocks += [" | ".join(row) for row in line.table]
        elif line.columns:
            blocks += [text for side in line.columns for text in side]
        elif not line.page:
            blocks.append(f"**{line.shown}**" if marked and line.path == "~" else line.shown)
    if not marked:
        blocks = [textwrap.fill(block, 76, break_long_words=False, break_on_hyphens=False) for block in blocks]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return path


def _head(sample: Sample) -> list[str]:
    head = sample.head
    left = [*head.get("left", []), head.get("number"), head.get("under"), head.get("urgency")]
    blocks = [*left, *head.get("right", []), head.get("date"), *sample.title]
    if sample.to:
        blocks += [f"{sample.to_label} {sample.to[0]}", *sample.to[1:]]
    return [block for block in blocks if block]


def _bold(blocks: list[str]) -> list[str]:
    return [f"**{block}**" if block.upper() == block and len(block) > 3 else block for block in blocks]


def _signature(sample: Sample) -> list[Line]:
    sign = sample.sign
    if not sign:
        return []
    hands = [text for hand in hands_of(sign) for text in (*hand.get("lines", []), hand["name"])]
    texts = ["Nơi nhận:", *sign.get("recipients", []), *hands]
    return [Line("", "", text) for text in texts]
