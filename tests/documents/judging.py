"""Compares what a reader found in a sample with what stands there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.documents.samples import LOOSE, Sample

Record = Mapping[str, Any]
# Words that say where a citation or an issuer belongs, not what it is.
_SHORT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân"}
_MOVED = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "uỷ": "ủy", "uý": "úy", "uỵ": "ụy"}

# Head, signature and headings may be kept as clauses of their own.
_MAY_STAND = re.compile(r"(phu-luc(-\w+)?\.)?(head|end|(chuong|muc|phan)\b.*)|phu-luc(-\w+)?")


def plain(text: str) -> str:
    """NFC, one blank for any white space; dashes of a list and borders of a table do not count."""
    text = unicodedata.normalize("NFC", text).replace("|", " ")
    text = re.sub(r"(?:(?<=\s)|^)[-–•+](?=\s)", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def same_name(text: str | None) -> str | None:
    """Issuer or signer by what it names: case, short form and place of the tone mark do not count."""
    if text is None:
        return None
    words = plain(text).casefold()
    for old, new in _MOVED.items():
        words = words.replace(old, new)
    return " ".join(_SHORT.get(word, word) for word in words.split())


def _subject(text: str | None) -> str | None:
    return text if text is None else re.sub(r"^(v/v|về việc|về)\s*:?\s*", "", plain(text).casefold()).rstrip(" .")


def _addressees(values: Iterable[str]) -> list[str]:
    return [plain(value).strip(" -;,.") for value in values]


def _cites(values: Iterable[Any]) -> set[tuple[str, str | None]]:
    """(number, date); a law named without a number is not looked at."""
    pairs = [(v["number"], v["date"]) if isinstance(v, Mapping) else _cite(str(v)) for v in values]
    return {(number, date) for number, date in pairs if number}


def _cite(text: str) -> tuple[str, str | None]:
    number, _, date = text.partition(" ")
    return number, date or None


def faults(sample: Sample, found: Record) -> list[str]:
    """What is wrong in the record, one sentence each; empty when all is found as it stands."""
    return [*_field_faults(sample, found), *_clause_faults(sample, found)]


def _field_faults(sample: Sample, found: Record) -> list[str]:
    looks: dict[str, Any] = {"issuer": same_name, "signer": same_name, "subject": _subject}
    looks |= {"addressees": _addressees, "cites": _cites}
    faults = []
    for name in ("number", "date", "year", "issuer", "signer", "subject", "addressees", "cites"):
        look = looks.get(name, lambda value: value)
        want, have = look(sample.record[name]), look(found[name])
        if want != have and have not in [look(other) for other in sample.accepts(name)]:
            faults.append(f"{name}: expected {want!r}, found {have!r}")
    shouted = [name for name in ("issuer", "signer") if (found[name] or "").isupper()]
    return faults + [f"{name} stands in capitals: {found[name]}" for name in shouted]


def _clause_faults(sample: Sample, found: Record) -> list[str]:
    want = {path: plain(text) for path, text in sample.clauses.items()}
    have = {clause["path"]: plain(clause["text"]) for clause in found["clauses"]}
    faults = [f"{path} stands twice" for path, n in Counter(c["path"] for c in found["clauses"]).items() if n > 1]
    strict = [path for path in want if path != "end"]
    order = [clause["path"] for clause in found["clauses"] if clause["path"] in strict]
    if order != strict:
        faults.append(f"order: expected {strict}, found {[c['path'] for c in found['clauses']]}")
    for path in strict:
        if path in have and _without_opening(sample, path, have[path]) != want[path]:
            faults.append(f"{path}: {difference(want[path], have[path])}")
    for path in have.keys() - set(strict):
        faults += _rest_faults(sample, path, have[path], want.get(path, ""))
    if "end" in want and "end" not in have:
        faults.append("end is missing")
    return faults


def _without_opening(sample: Sample, path: str, text: str) -> str:
    """The preamble may begin with the line that names the authority ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH")."""
    first = sample.body[0]
    return text.removeprefix(plain(first.text)).strip() if path == "preamble" and first.path == LOOSE else text


def _rest_faults(sample: Sample, path: str, text: str, want: str) -> list[str]:
    """Clauses that may be kept or left out hold their own words and none of a clause."""
    if not _MAY_STAND.fullmatch(path):
        return [f"{path} is no clause of the document: {text[:60]!r}"]
    if not text.startswith(want):
        return [f"{path}: {difference(want, text)}"]
    rest = Counter(_words(text.removeprefix(want))) - Counter(_words(sample.loose))
    return [f"{path} holds what does not belong there: {' '.join(rest)}"] if rest else []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).casefold())


def difference(want: str, have: str) -> str:
    """Where two texts part."""
    pairs = zip(want, have, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(want), len(have)))
    start = max(0, at - 30)
    return f"after {want[start:at]!r} expected {want[at : at + 40]!r}, found {have[at : at + 40]!r}"
