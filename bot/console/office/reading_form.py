"""The form on which a reading is corrected: what was typed, what a button does to it, and where a problem belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from starlette.datastructures import FormData

from ...core.capitals import first_large
from ...core.days import as_iso
from ...documents.correcting import CUT, Correction, Piece, piece_label, typed
from ...documents.proposing import days
from ...errors import Problem
from .paging import number_of

_DAYS = ("date", "effective", "expires")
_TEXTS = tuple(each.name for each in fields(Correction) if each.name not in ("kind", "ticked", "pieces"))


def correction_of(form: FormData, before: Correction) -> Correction:
    """What was typed; a field that did not come stays as it was."""
    texts: dict[str, Any] = {name: _text(form, name) if name in form else getattr(before, name) for name in _TEXTS}
    columns = [[typed(str(each)) for each in form.getlist(name)] for name in ("duong", "loi", "rieng")]
    shown = tuple(Piece(*row) for row in zip(*columns, strict=False))
    first = number_of(text_of(form, "dau"))  # the page shows a part of the clauses, from this one on
    pieces = (*before.pieces[:first], *shown, *before.pieces[first + len(shown) :])
    if "muc_trong" in form:  # the page had no clauses
        pieces = ()
    ticked = tuple(typed(str(each)) for each in form.getlist("thay")) if "co_thay" in form else before.ticked
    return replace(before, **texts, ticked=ticked, pieces=pieces)


def _text(form: FormData, name: str) -> str:
    text = typed(text_of(form, name))
    return as_iso(text) if name in _DAYS else text


def changed_by(act: str, where: str, correction: Correction) -> tuple[Correction, str, str]:
    """What a button does to a correction: the new one, where on the page to go on, and what is wrong."""
    at = int(where) if where.isdecimal() and len(where) < 6 else -1
    if act == "lay" and where in ("effective", "expires"):
        day = days(correction.directive()).get(where)
        if day and where == "effective":
            return replace(correction, effective=day.day), where, ""
        return (replace(correction, expires=day.day) if day else correction), where, ""
    if act == "them" and at < len(correction.pieces):
        return correction.added(at), f"muc-{at + 1}", ""
    if not 0 <= at < len(correction.pieces):
        return correction, "", ""
    if act == "tach":
        cut = correction.cut(at)
        how = f"Để tách mục này, viết một dòng chỉ có {CUT} ở chỗ cần tách rồi bấm “Tách” lần nữa."
        return (cut, f"muc-{at + 1}", "") if cut else (correction, "", f"{piece_label(correction.pieces[at])}: {how}")
    if act == "gop":
        return correction.joined(at), f"muc-{max(0, at - 1)}", ""
    if act == "xoa":
        return correction.without(at), f"muc-{max(0, at - 1)}", ""
    return correction, "", ""


def text_of(form: FormData, name: str) -> str:
    """A field of a form; "" where it did not come."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def sentence(problem: Problem) -> str:
    """What is wrong and how to mend it, without the names that only files have."""
    what, mend = problem.what.replace("supersedes ghi", "phần thay thế ghi"), problem.mend.rstrip(".")
    sentences = [first_large(each) for each in (what, mend) if each]
    return " ".join(each if each.endswith("?") else f"{each}." for each in sentences)


def field_of(name: str, problem: Problem, lines: Mapping[int, str | int]) -> str:
    """The field whose line in the file `name` a problem is at, "" where it is at none; `lines` has keys by line."""
    if problem.file != name:
        return ""
    keys = [key for line, key in sorted(lines.items()) if line <= problem.line]
    key = str(keys[-1]) if keys else ""
    known = {"supersedes": "others", "source_notes": "notes"}
    place = known.get(key, key)
    return place if place in _TEXTS else ""
