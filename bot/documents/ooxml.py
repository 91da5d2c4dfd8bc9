"""The parts of a .docx file, read within bounds: the zip directory may lie, and XML may unfold without end."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from .refusals import refusal

MAX_ENTRIES = 3000
MAX_UNPACKED = 200_000_000  # of all entries together, as the directory says
MAX_PART = 40_000_000  # of an XML part, as it really unfolds
_MAIN = re.compile(r"word/document\d*\.xml")
_RATIO = 200  # letters compress ten to thirty times
_SMALL = 2_000_000
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_DECLARED = re.compile(rb"<\0?!\0?(?:\s\0?)*\0?(?:D\0?O\0?C\0?T|E\0?N\0?T\0?I)\0?", re.IGNORECASE)
# Both forms of the format name their elements in spaces of their own; here they are called by one short name.
_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}
Element = ElementTree.Element


class Package:
    """An opened .docx file; raises DocumentError where it is damaged or too big."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal("truncated") from error
        self._check_sizes()

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise refusal("bomb")
        for entry in entries:
            if entry.flag_bits & 1:
                raise refusal("password")
            if entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size):
                raise refusal("bomb")

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._zip.namelist())

    @property
    def main(self) -> str | None:
        """The name of the part with the text of a Word file; some programs number it."""
        return next((name for name in sorted(self.names) if _MAIN.fullmatch(name)), None)

    @property
    def has_pictures(self) -> bool:
        """Whether the file holds pictures."""
        return any(name.startswith("word/media/") for name in self.names)

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted while they unfold."""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise refusal("truncated") from error
        if len(data) > MAX_PART:
            raise refusal("bomb")
        return data

    def xml(self, name: str) -> Element | None:
        """The root of an XML part with short names ("w_p"), or None if there is no such part."""
        if name not in self.names:
            return None
        data = self.read(name)
        if _DECLARED.search(data) or _WIDE_DECLARED.search(data):
            raise refusal("unsafe")
        try:
            # Without a DOCTYPE there are no entities that could unfold.
            root = ElementTree.fromstring(data)  # noqa: S314
        except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
            raise refusal("truncated") from error
        _shorten(root)
        return root


def _shorten(root: Element) -> None:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = _short(element.tag)
        if element.attrib:
            kept = {_short(name): value for name, value in element.attrib.items()}
            element.attrib.clear()
            element.attrib.update(kept)


def _short(name: str) -> str:
    if not name.startswith("{"):
        return name
    space, _, local = name[1:].partition("}")
    prefix = _SPACES.get(space)
    return f"{prefix}_{local}" if prefix else f"?_{local}"


def value(element: Element | None, path: str, attribute: str = "w_val") -> str | None:
    """An attribute of a descendant ("w_pPr/w_pStyle"), or None."""
    found = element.find(path) if element is not None else None
    return found.get(attribute) if found is not None else None


def is_on(element: Element | None, path: str) -> bool:
    """Whether a switch such as `w:vanish` is there and not set off."""
    found = element.find(path) if element is not None else None
    return found is not None and found.get("w_val", "1") not in ("0", "false", "off", "none")
