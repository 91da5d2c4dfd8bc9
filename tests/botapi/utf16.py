"""Lengths and offsets as Telegram counts them: in UTF-16 code units."""


def length(text: str) -> int:
    """Count the UTF-16 code units of `text`."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def boundaries(text: str) -> set[int]:
    """Give every offset at which a character of `text` begins, and the end."""
    found, at = {0}, 0
    for c in text:
        at += 1 + (ord(c) > 0xFFFF)
        found.add(at)
    return found


def cut(text: str, offset: int, count: int) -> str:
    """Give the part of `text` an entity covers."""
    raw = text.encode("utf-16-le")[2 * offset : 2 * (offset + count)]
    return raw.decode("utf-16-le", errors="replace")
