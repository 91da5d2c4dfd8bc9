"""Edits of a content file that change nothing else: comments, order, quotes and line ends stay as they were.

The places to change come from the nodes of the YAML parser, the rest of the text is never written anew. Texts are
passed without byte order mark; `edit_bytes` takes care of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

import yaml

from ..errors import ContentError, EditError, Problem
from .quoting import literal, scalar
from .yaml_text import Pair, Span, YamlText, in_brackets, is_empty, pairs, read_yaml, scalars

# As the loader reads it, in files with either kind of line end.
_FRONT = re.compile(r"\A---\r?\n.*?^---(?:\r?\n)?", re.DOTALL | re.MULTILINE)
_MARK = b"\xef\xbb\xbf"


def edit_bytes(data: bytes, change: Callable[[str], str], name: str = "") -> bytes:
    """A file with a change of its text; raises ContentError for bytes that are not UTF-8."""
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + change(text_of(data, name)).encode()


def text_of(data: bytes, name: str = "") -> str:
    """The text of a file, without byte order mark; raises ContentError for bytes that are not UTF-8."""
    try:
        return data.removeprefix(_MARK).decode()
    except UnicodeDecodeError as error:
        what = f"tệp không phải UTF-8 (byte {error.start})"
        raise ContentError([Problem(name, 1, what, "lưu lại tệp dạng UTF-8", "schema")]) from error


def set_items(text: str, path: Sequence[str], wanted: Sequence[str], order: Sequence[str] = ()) -> str:
    """Make a list hold exactly these texts, in this order; lines of texts that stay are not touched.

    A list that is missing is written after the last key that `order` names before it. Raises EditError where something
    else than a list of texts stands.
    """
    source = read_yaml(text)
    pair = source.pair(path)
    if pair is None or is_empty(pair.value):
        return _start_list(source, path, pair, wanted, order) if wanted else text
    if not wanted:
        return source.changed(list(_without_items(source, pair, path)))
    return source.changed(list(_item_spans(source, pair.value, path, wanted)))


def set_value(text: str, path: Sequence[str], value: str | None, order: Sequence[str] = ()) -> str:
    """Make a key hold this text; with None nothing stands after it. A key that is missing is added.

    It is added after the last key that `order` names before it. A value that reads the same (also a date or number
    without quotes) is left as it is written. Raises EditError where a list or a mapping stands.
    """
    source = read_yaml(text)
    pair = source.pair(path)
    if pair is None:
        return text if value is None else source.changed([_new_key(source, path, value, order)])
    if not isinstance(pair.value, yaml.ScalarNode):
        raise EditError(path, "không phải là một giá trị chữ")
    same = value == (None if is_empty(pair.value) else pair.value.value)
    return text if same else source.changed([_value_span(source, pair, value)])


def remove_key(text: str, path: Sequence[str]) -> str:
    """Take a key away with all that stands below it; a text without it stays as it is.

    Raises EditError where it stands in brackets with others.
    """
    source = read_yaml(text)
    pair = source.pair(path)
    if pair is None:
        return text
    if pair.brackets:
        raise EditError(path, "mục viết trong ngoặc")
    start = source.line_start(pair.key.start_mark.index)
    return source.changed([Span(start, source.line_end(source.last(pair.value)), "")])


def value_of(text: str, path: Sequence[str]) -> str:
    """What stands at a key, as it is written; empty where it is missing, empty, or no single value."""
    pair = read_yaml(text).pair(path)
    alone = pair is not None and isinstance(pair.value, yaml.ScalarNode) and not is_empty(pair.value)
    return str(pair.value.value) if pair and alone else ""


def set_body(text: str, body: str) -> str:
    """Exchange what follows the front matter of a response; its lines end as those of the file do."""
    front = text[: len(text) - len(body_of(text))]
    newline = "\r\n" if "\r\n" in text else "\n"
    if front and not front.endswith("\n"):
        front += newline
    body = body.replace("\r\n", "\n").replace("\n", newline)
    if not front and _FRONT.match(body):  # a body that would be read as front matter needs one before it
        front = f"---{newline}---{newline}"
    return front + body


def body_of(text: str) -> str:
    """What follows the front matter of a response, as it stands."""
    front = _FRONT.match(text)
    return text[front.end() :] if front else text


def items_of(text: str, path: Sequence[str]) -> list[str]:
    """The texts of a list; none where it is missing or empty. Raises EditError where something else stands."""
    pair = read_yaml(text).pair(path)
    return [] if pair is None or is_empty(pair.value) else [node.value for node in scalars(pair.value, path)]


def _value_span(source: YamlText, pair: Pair, value: str | None) -> Span:
    span = source.span(pair.value)
    if value is None:
        return Span(_colon(source, pair), span.end, " null" if pair.brackets else "")
    written = _written(source, pair, value)
    return Span(span.start, span.end, written if span.start > _colon(source, pair) else " " + written)


def _written(source: YamlText, pair: Pair, value: str) -> str:
    style = pair.value.style if isinstance(pair.value, yaml.ScalarNode) else None
    if pair.brackets:
        return scalar(value, flow=True, style=style)
    end = source.span(pair.value).end
    alone = style in {"|", ">"} or not source.text[end : source.line_end(end)].strip()  # no comment behind it
    if alone and (style in {"|", ">"} or "\n" in value):
        block = literal(value, pair.column + 2, source.newline)
        if block:
            return block
    return scalar(value, style=style)


def _colon(source: YamlText, pair: Pair) -> int:
    """The place right after the colon of a key."""
    return source.text.index(":", pair.key.end_mark.index) + 1


def _new_key(source: YamlText, path: Sequence[str], value: str, order: Sequence[str]) -> Span:
    parent = source.pair(path[:-1]) if len(path) > 1 else None
    if len(path) > 1 and (parent is None or is_empty(parent.value)):
        return _new_parent(source, path, parent, value, order)
    if parent and in_brackets(parent.value):
        at = source.span(pairs(parent.value, path)[-1].value).end
        return Span(at, at, f", {path[-1]}: {scalar(value, flow=True)}")
    return _lines_in(source, path, parent, [f"{path[-1]}: {scalar(value)}"], order)


def _new_parent(source: YamlText, path: Sequence[str], parent: Pair | None, value: str, order: Sequence[str]) -> Span:
    """The first key below a parent that is missing or empty."""
    line = f"{path[-1]}: {scalar(value)}"
    if parent is None:
        above = source.pair(path[:-2]) if len(path) > 2 else None
        return _lines_in(source, path[:-1], above, [f"{path[-2]}:", "  " + line], order)
    return source.lines_after(_colon(source, parent), [" " * (parent.column + 2) + line])


def _lines_in(
    source: YamlText, path: Sequence[str], parent: Pair | None, lines: Sequence[str], order: Sequence[str]
) -> Span:
    """Lines of a new key among its siblings: after the last one that comes before it in `order`."""
    if len(path) > 1 and parent is None:
        raise EditError(path, "không có mục cha")
    node = parent.value if parent else source.root
    siblings = pairs(node, path)
    if in_brackets(node) or not siblings:
        raise EditError(path, "mục cha viết trong ngoặc hoặc trống")
    earlier = set(order[: order.index(path[-1])]) if path[-1] in order else {each.key.value for each in siblings}
    before = [each for each in siblings if each.key.value in earlier]
    indented = [" " * siblings[0].column + line for line in lines]
    if before:
        return source.lines_after(source.last(before[-1].value), indented)
    at = source.line_start(siblings[0].key.start_mark.index)
    return Span(at, at, "".join(line + source.newline for line in indented))


def _start_list(
    source: YamlText, path: Sequence[str], pair: Pair | None, wanted: Sequence[str], order: Sequence[str]
) -> str:
    items = [f"  - {scalar(text)}" for text in wanted]
    if pair is None:
        parent = source.pair(path[:-1]) if len(path) > 1 else None
        return source.changed([_lines_in(source, path, parent, [f"{path[-1]}:", *items], order)])
    nothing = Span(_colon(source, pair), source.span(pair.value).end, "")
    lines = source.lines_after(nothing.end, [" " * pair.column + item for item in items])
    return source.changed([nothing, lines])


def _without_items(source: YamlText, pair: Pair, path: Sequence[str]) -> Iterator[Span]:
    if in_brackets(pair.value):
        yield source.span(pair.value, "[]")
        return
    colon = _colon(source, pair)
    yield Span(colon, colon, " []")
    for node in scalars(pair.value, path):
        yield _item_lines(source, pair.value, node)


def _item_spans(source: YamlText, node: yaml.Node, path: Sequence[str], wanted: Sequence[str]) -> Iterator[Span]:
    """The edits that turn the items of a list into the wanted ones."""
    items = scalars(node, path)
    edits = _FlowList(source, items) if in_brackets(node) else _BlockList(source, node, items)
    matcher = SequenceMatcher(None, [item.value for item in items], wanted, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        for index in range(both):
            yield edits.exchange(first + index, wanted[start + index])
        if first + both < last:
            yield from edits.remove(first + both, last)
        if start + both < end:
            yield edits.insert(first + both, wanted[start + both : end])


class _BlockList:
    """A list with one item a line."""

    def __init__(self, source: YamlText, node: yaml.Node, items: Sequence[yaml.ScalarNode]) -> None:
        self.source, self.node, self.items = source, node, items

    def exchange(self, index: int, text: str) -> Span:
        span = self.source.span(self.items[index])
        before = self.source.text[span.start - 1 : span.start]
        written = scalar(text, style=self.items[index].style)
        return Span(span.start, span.end, written if before.isspace() else " " + written)

    def remove(self, first: int, last: int) -> Iterator[Span]:
        for item in self.items[first:last]:
            yield _item_lines(self.source, self.node, item)

    def insert(self, index: int, texts: Sequence[str]) -> Span:
        margin = " " * self.node.start_mark.column
        lines = [f"{margin}- {scalar(text)}" for text in texts]
        if index:
            return self.source.lines_after(self.source.span(self.items[index - 1]).end, lines)
        at = self.source.line_start(self.node.start_mark.index)
        return Span(at, at, "".join(line + self.source.newline for line in lines))


class _FlowList:
    """A list in brackets."""

    def __init__(self, source: YamlText, items: Sequence[yaml.ScalarNode]) -> None:
        self.spans, self.items = [source.span(item) for item in items], items

    def exchange(self, index: int, text: str) -> Span:
        span = self.spans[index]
        return Span(span.start, span.end, scalar(text, flow=True, style=self.items[index].style))

    def remove(self, first: int, last: int) -> Iterator[Span]:
        if first:
            yield Span(self.spans[first - 1].end, self.spans[last - 1].end, "")
        else:
            yield Span(self.spans[0].start, self.spans[last].start, "")

    def insert(self, index: int, texts: Sequence[str]) -> Span:
        written = [scalar(text, flow=True) for text in texts]
        if index:
            at = self.spans[index - 1].end
            return Span(at, at, "".join(f", {text}" for text in written))
        at = self.spans[0].start
        return Span(at, at, "".join(f"{text}, " for text in written))


def _item_lines(source: YamlText, node: yaml.Node, item: yaml.ScalarNode) -> Span:
    """The lines of an item of a list, from the one with its dash."""
    column = node.start_mark.column
    start = source.line_start(item.start_mark.index)
    while source.text[start : start + column + 1].strip(" ") != "-":
        start = source.line_start(start - 1)
    return Span(start, source.line_end(source.span(item).end), "")
