"""Noting in the file of a directive why no answer needs a clause; nothing else of the file changes."""

from __future__ import annotations

from collections.abc import Mapping

from .quoting import scalar
from .yaml_text import Span, read_yaml

_KEY = "agency_only"


def with_reason(yaml: str, path: str, reason: str) -> str:
    """Front matter with the reason for the clause at a path; without one where it is empty."""
    source = read_yaml(yaml)
    pair = source.pair((_KEY,))
    reasons = {key.value: value.value for key, value in getattr(pair.value, "value", ())} if pair else {}
    if reasons.get(path, "") == reason:
        return yaml
    block = _block({**reasons, path: reason}, source.newline)
    if pair is None:
        return yaml + ("" if not yaml or yaml.endswith("\n") else source.newline) + block
    begin = source.line_start(pair.key.start_mark.index)
    return source.changed([Span(begin, source.line_end(source.last(pair.value)), block)])


def _block(reasons: Mapping[str, str], newline: str) -> str:
    lines = [f"  {scalar(path)}: {scalar(' '.join(reason.split()))}" for path, reason in reasons.items() if reason]
    return newline.join([f"{_KEY}:", *lines, ""]) if lines else ""
