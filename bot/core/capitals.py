"""A label or reason at the beginning of a line or sentence."""

from __future__ import annotations


def first_large(text: str) -> str:
    """The text with its first letter large, the rest as it stands; nothing stays nothing."""
    return text[:1].upper() + text[1:]
