"""A text as YAML: the simplest style that reads back as exactly this text."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

_STYLES = {"'", '"'}


def scalar(text: str, *, flow: bool = False, style: str | None = None) -> str:
    """The text on one line, to stand after “- ” or “key: ”, or between the brackets of a list (`flow`).

    Plain if that reads back as the same text (so “no”, “5:30”, “a: b”, “ # ” are quoted), unless a quoting `style` is
    asked for, as that of the text that is replaced.
    """
    for candidate in _candidates(text, style):
        if _stands(candidate, text, flow):
            return candidate
    return _double(text)


def literal(text: str, indent: int, newline: str) -> str | None:
    """The text as a block of lines after “key: ”, or None where no block reads back as this text."""
    end = "" if text.endswith("\n") else "-"
    margin = " " * indent
    lines = text.removesuffix("\n").split("\n")
    head = f"|{end}" if not lines[0].startswith(" ") else f"|2{end}"
    block = newline.join([head, *(margin + line if line else "" for line in lines)])
    written = newline.join((f"{' ' * (indent - 2)}k: {block}", f"{' ' * (indent - 2)}z: x", ""))
    return block if _reads(written, "k", text) else None


def _candidates(text: str, style: str | None) -> Iterator[str]:
    if style == '"' or not text.isprintable():  # tabs and breaks that parsers do not read alike
        yield _double(text)
    if style not in _STYLES:
        yield text
    yield "'" + text.replace("'", "''") + "'"


def _stands(candidate: str, text: str, flow: bool) -> bool:
    """Whether the candidate reads as the text in every position: first, between others, before a bracket."""
    if not flow:
        return _reads(f"- {candidate} # x", 0, text)
    return _reads(f"a: [{candidate},{candidate}, {candidate} ]", "a", [text] * 3)


def _double(text: str) -> str:
    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).removesuffix("\n")


def _reads(written: str, key: str | int, text: object) -> bool:
    """Whether both parsers, which differ in corners such as “[a?]”, read the text back."""
    return all(_read(written, key, loader) == text for loader in (yaml.CSafeLoader, yaml.SafeLoader))


def _read(written: str, key: str | int, loader: type[yaml.CSafeLoader | yaml.SafeLoader]) -> object:
    try:
        return yaml.load(written, Loader=loader)[key]  # noqa: S506 - a safe loader either way
    except (yaml.YAMLError, ValueError, TypeError, KeyError, IndexError):
        return None
