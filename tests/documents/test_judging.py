"""The judge itself: a record that is right passes, and every way of being wrong is caught."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.judging import faults
from tests.documents.samples import Sample, load

SAMPLES = load()
SAMPLE = next(sample for sample in SAMPLES if sample.name == "chi_thi_khoan_diem")


def right(sample: Sample) -> dict[str, Any]:
    cites = [str(cite).partition(" ")[::2] for cite in sample.record["cites"]]
    return dict(sample.record) | {
        "cites": [{"number": number, "date": date or None} for number, date in cites],
        "clauses": [{"path": path, "text": text} for path, text in sample.clauses.items()],
    }


@pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in SAMPLES])
def test_what_stands_in_a_sample_is_right(sample: Sample) -> None:
    assert faults(sample, right(sample)) == []


def _text(path: str, change: Callable[[str], str]) -> Callable[[dict[str, Any]], None]:
    def damage(record: dict[str, Any]) -> None:
        clause = next(clause for clause in record["clauses"] if clause["path"] == path)
        clause["text"] = change(clause["text"])

    return damage


DAMAGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another number": lambda r: r.update(number="08/CT-UBND"),
    "no date": lambda r: r.update(date=None),
    "another issuer": lambda r: r.update(issuer="UBND tỉnh Điện Biên"),
    "issuer in capitals": lambda r: r.update(issuer="ỦY BAN NHÂN DÂN TỈNH LAI CHÂU"),
    "a part of the subject": lambda r: r.update(subject="Về việc giữ gìn vệ sinh nguồn nước"),
    "an addressee": lambda r: r.update(addressees=["Sở Y tế"]),
    "a citation too few": lambda r: r["cites"].pop(),
    "a citation with another date": lambda r: r["cites"][0].update(date="2019-11-19"),
    "a clause too few": lambda r: r["clauses"].pop(3),
    "a clause too many": lambda r: r["clauses"].append({"path": "5", "text": "Lai Châu"}),
    "a clause twice": lambda r: r["clauses"].append(r["clauses"][1]),
    "another order": lambda r: r["clauses"].reverse(),
    "a number left in the text": _text("1", lambda text: f"1. {text}"),
    "a word too few": _text("2.đ", lambda text: text.replace("bán trú", "trú")),
    "a tone lost": _text("4", lambda text: text.replace("tiếng", "tiêng")),
    "a page number in the text": _text("3", lambda text: text.replace("bản làm", "bản 2 làm")),
    "the signature in the last clause": _text("4", lambda text: f"{text} KT. CHỦ TỊCH"),
    "a duty at the end": _text("end", lambda text: f"{text} Hạn chế đào bới, làm nương phía trên bể chứa."),
}


@pytest.mark.parametrize("damage", [pytest.param(damage, id=name) for name, damage in DAMAGES.items()])
def test_what_is_wrong_is_caught(damage: Callable[[dict[str, Any]], object]) -> None:
    record = copy.deepcopy(right(SAMPLE))
    damage(record)
    assert faults(SAMPLE, record) != []
