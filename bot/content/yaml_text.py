"""A YAML text beside its nodes: where in the text every key and value begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from ..errors import ContentError, EditError, Problem
from .yaml_bounds import refuse_unbounded

_BLOCKS = {"|", ">"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, and what shall stand there instead; places count characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of a mapping with its value; in `brackets` they stand on a line with others."""

    key: yaml.ScalarNode
    value: yaml.Node
    brackets: bool

    @property
    def column(self) -> int:
        """How far the key is indented."""
        return int(self.key.start_mark.column)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A text without byte order mark, and its top mapping."""

    text: str
    root: yaml.MappingNode

    @property
    def newline(self) -> str:
        """How lines of this text end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def pair(self, path: Sequence[str], above: yaml.Node | None = None) -> Pair | None:
        """The key at a path below a node, by default the whole, with its value, or None.

        Raises EditError where a parent holds no keys.
        """
        node: yaml.Node = above or self.root
        found = None
        for step in path:
            if is_empty(node):
                return None
            found = next((pair for pair in pairs(node, path) if pair.key.value == step), None)
            if found is None:
                return None
            node = found.value
        return found

    def span(self, node: yaml.Node, text: str = "") -> Span:
        """Where a scalar, or a list or mapping in brackets, stands; blank lines after a block are no part of it."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in _BLOCKS:
            end = start + len(self.text[start:end].rstrip())
        return Span(start, end, text)

    def last(self, node: yaml.Node) -> int:
        """Where the last letter of a value stands."""
        if isinstance(node, yaml.MappingNode) and node.value and not in_brackets(node):
            return self.last(node.value[-1][1])
        if isinstance(node, yaml.SequenceNode) and node.value and not in_brackets(node):
            return self.last(node.value[-1])
        return self.span(node).end

    def line_start(self, place: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """Where the line after the line of a place begins."""
        return (self.text.find("\n", place) + 1) or len(self.text)

    def lines_after(self, place: int, lines: Sequence[str]) -> Span:
        """Whole lines after the line of a place, also where the last line of the text has no end."""
        at = self.line_end(place)
        if self.text[:at].endswith("\n"):
            return Span(at, at, "".join(line + self.newline for line in lines))
        return Span(at, at, "".join(self.newline + line for line in lines))

    def changed(self, spans: Sequence[Span]) -> str:
        """The text with every stretch exchanged; they do not overlap, and those at one place keep their order."""
        pieces, at = [], 0
        for span in sorted(spans, key=lambda each: (each.start, each.end)):
            pieces += [self.text[at : span.start], span.text]
            at = span.end
        return "".join([*pieces, self.text[at:]])


def read_yaml(text: str, name: str = "") -> YamlText:
    """Raises ContentError, with the line, for a text that is no YAML mapping."""
    try:
        refuse_unbounded(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"sai cú pháp YAML: {getattr(error, 'problem', error)}"
        raise _unreadable(name, what, mark.line + 1 if mark else 1) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, "không đọc được YAML: ký tự lạ hoặc lồng quá sâu") from error
    if not isinstance(root, yaml.MappingNode):
        raise _unreadable(name, "tệp phải gồm các mục “tên: giá trị”")
    return YamlText(text, root)


def _unreadable(name: str, what: str, line: int = 1) -> ContentError:
    return ContentError([Problem(name, line, what, "xem lại dấu hai chấm, thụt dòng, ngoặc kép", "schema")])


def is_empty(node: yaml.Node) -> bool:
    """Whether a value is null or an empty list."""
    return node.tag == "tag:yaml.org,2002:null" or (isinstance(node, yaml.SequenceNode) and not node.value)


def in_brackets(node: yaml.Node) -> bool:
    """Whether a list or mapping is written in brackets, on a line with its key."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def pairs(node: yaml.Node, path: Sequence[str] = ()) -> list[Pair]:
    """The keys of a mapping; raises EditError for any other value."""
    if not isinstance(node, yaml.MappingNode):
        raise EditError(path, "không phải là nhóm các mục “tên: giá trị”")
    return [Pair(key, value, in_brackets(node)) for key, value in node.value]


def scalars(node: yaml.Node, path: Sequence[str] = ()) -> list[yaml.ScalarNode]:
    """The entries of a list of texts; raises EditError for any other value."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [None]
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        raise EditError(path, "không phải là danh sách các câu")
    return list(items)
