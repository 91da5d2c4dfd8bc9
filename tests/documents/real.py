"""The two directives that the pack holds, laid out anew: a reader must find in them what `data/directives` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.documents.samples import Sample

FOLDER = Path(__file__).parents[2] / "data" / "directives"
FIELDS = ("number", "date", "year", "issuer", "signer", "subject", "addressees")
# Left and right head as on paper, and the mark after a number: "1-" or "1.".
HEADS: Mapping[str, Mapping[str, Any]] = {
    "58-CV-TU_2020-12-08": {
        "left": ["TỈNH ỦY LAI CHÂU", "*"],
        "number": "Số 58-CV/TU",
        "under": "V/v tăng cường chỉ đạo công tác phòng, chống dịch Covid-19",
        "right": ["ĐẢNG CỘNG SẢN VIỆT NAM"],
        "date": "Lai Châu, ngày 08 tháng 12 năm 2020",
    },
    "UBND_2021": {"date": "Lai Châu, ngày         tháng    năm 2021"},
}
MARKS = {"58-CV-TU_2020-12-08": "-", "UBND_2021": "."}


def load_real(name: str, *, word: Mapping[str, Any], pdf: Mapping[str, Any]) -> Sample:
    """The directive of `data/directives/NAME.md` as a sample, with the layout given."""
    _, front, text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    meta, sections = yaml.safe_load(front), _sections(text)
    record = {field: meta[field] for field in FIELDS} | {"cites": meta["cites"]}
    data = {"record": record, "head": HEADS[name], "to": _list_after(sections["head"], "Kính gửi:")}
    data |= {"sign": _sign(sections["end"]), "body": _body(sections, MARKS[name]), "word": word, "pdf": pdf}
    return Sample(name, data | {"formats": ["docx", "pdf", "txt", "md"]})


def _sections(text: str) -> dict[str, list[str]]:
    """Heading → paragraphs."""
    parts = re.split(r"^## (\S+)\n", text, flags=re.M)[1:]
    return {
        path: [" ".join(paragraph.split()) if "\n- " not in paragraph else paragraph for paragraph in _paragraphs(body)]
        for path, body in zip(parts[::2], parts[1::2], strict=True)
    }


def _paragraphs(body: str) -> list[str]:
    return [paragraph.strip() for paragraph in body.split("\n\n") if paragraph.strip()]


def _list_after(paragraphs: list[str], label: str) -> list[str]:
    found = next(paragraph for paragraph in paragraphs if paragraph.startswith(label))
    return found.splitlines()[1:]


def _sign(end: list[str]) -> dict[str, Any]:
    at = next(i for i, paragraph in enumerate(end) if paragraph.startswith("Nơi nhận:"))
    return {"recipients": _list_after(end, "Nơi nhận:"), "lines": end[at + 1 : -1], "name": end[-1]}


def _body(sections: Mapping[str, list[str]], mark: str) -> str:
    rows = []
    for path, paragraphs in sections.items():
        if path == "head":
            continue
        kept = paragraphs[:1] if path == "end" else paragraphs
        first = f"{path}{mark}" if path.isdigit() else ""
        rows += [f"{path} | {first if at == 0 else ''} | {text}" for at, text in enumerate(kept)]
    return "\n".join(rows)
