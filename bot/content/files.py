"""YAML and Markdown files, with the line of every key, so that a problem says where it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import Problem
from .yaml_bounds import refuse_unbounded, refuse_value

_S = TypeVar("_S", bound=BaseModel)
# Two packs of 350 subjects, so that a draft and the release it would replace both stay.
_FILES_KEPT = 2048
# The longest file of this pack is a tenth of it; what is longer takes too long to read.
MOST_BYTES = 2_000_000
_FRONT = re.compile(r"\A---\n(.*?)^---\n?", re.DOTALL | re.MULTILINE)
_BOOL, _STR = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:str"
_REASONS = {
    "missing": ("thiếu mục “{key}”", "thêm dòng “{key}: …”"),
    "extra_forbidden": ("không có mục nào tên “{key}”", "xoá hoặc sửa tên mục"),
    "string_type": ("“{key}” phải là chữ", "đặt trong dấu ngoặc kép"),
    "list_type": ("“{key}” phải là danh sách", "mỗi dòng một mục, bắt đầu bằng “- ”"),
    "tuple_type": ("“{key}” phải là danh sách", "mỗi dòng một mục, bắt đầu bằng “- ”"),
    "bool_type": ("“{key}” phải là true hoặc false", "viết true hoặc false"),
    "bool_parsing": ("“{key}” phải là true hoặc false", "viết true hoặc false"),
    "value_error": ("“{key}” không phải là một ngày", "viết năm-tháng-ngày, ví dụ 2021-02-05"),
    "literal_error": ("“{key}” có giá trị không dùng được", "xem các giá trị được dùng trong data/README.md"),
}


class Schema(BaseModel):
    """Base of all file schemas: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. `body_line` is the line on which the text after the front matter begins."""

    name: str
    values: Mapping[str, Any]
    lines: Mapping[tuple[str | int, ...], int]
    body: str = ""
    body_line: int = 1

    def line(self, *path: str | int) -> int:
        """The line of a key; of its nearest parent where it has none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(
        self, what: str, mend: str = "", *path: str | int, rule: str = "schema", warning: bool = False
    ) -> Problem:
        """A problem at a key."""
        return Problem(self.name, self.line(*path), what, mend, rule, warning)


class _Loader(yaml.CSafeLoader):
    """YAML as officers write it: no key twice, keys are words. In C, since content is thousands of lines."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Refuse a value that no content needs."""
        if isinstance(node, yaml.ScalarNode):
            refuse_value(node)
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a key that stands twice, or that is no word."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if key_node.tag == _BOOL:  # "on:" is a word here, as it stands
                key_node.tag = _STR
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(None, None, f"tên mục “{key}” phải là chữ", key_node.start_mark)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"mục “{key}” bị viết hai lần", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _compose(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes with their lines, and the values."""
    refuse_unbounded(text)
    node = yaml.compose(text, Loader=_Loader)
    return node, None if node is None else _Loader("").construct_document(node)


def _lines(node: yaml.Node | None, offset: int, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], int]:
    if node is None:
        return {}
    found = {path: node.start_mark.line + 1 + offset}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found.update(_lines(value, offset, (*path, str(key.value))))
            found[(*path, str(key.value))] = key.start_mark.line + 1 + offset
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found.update(_lines(value, offset, (*path, index)))
    return found


def _text(name: str, data: bytes | None, problems: list[Problem]) -> str:
    if data is None:
        problems.append(Problem(name, 1, "không đọc được tệp: không có tệp này", "chép lại tệp", "schema"))
        return ""
    if len(data) > MOST_BYTES:
        what = f"tệp quá lớn ({len(data) // 1_000_000} MB, tối đa {MOST_BYTES // 1_000_000} MB)"
        problems.append(Problem(name, 1, what, "chia nhỏ hoặc rút ngắn tệp", "schema"))
        return ""
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        what = f"tệp không phải UTF-8 (byte {error.start})"
        problems.append(Problem(name, 1, what, "lưu lại tệp dạng UTF-8", "schema"))
    return ""


_YAML_MEND = "xem lại dấu hai chấm, thụt dòng, ngoặc kép"


def _composed(text: str, name: str, offset: int, problems: list[Problem]) -> tuple[yaml.Node | None, Any]:
    """The nodes and values of YAML; nothing where it cannot be read."""
    try:
        return _compose(text)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1 + offset
        problems.append(Problem(name, line, f"sai cú pháp YAML: {error.problem}", _YAML_MEND, "schema"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = f"không đọc được YAML ({type(error).__name__}): ký tự lạ, ngày không có thật, hoặc lồng quá sâu"
        problems.append(Problem(name, 1 + offset, what, _YAML_MEND, "schema"))
    return None, None


def _parse(
    text: str, name: str, offset: int, problems: list[Problem]
) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    node, values = _composed(text, name, offset, problems)
    if values is None:
        return {}, {}
    if not isinstance(values, dict):
        problems.append(
            Problem(name, 1 + offset, "tệp phải gồm các mục “tên: giá trị”", "xem một tệp bên cạnh làm mẫu", "schema")
        )
        return {}, {}
    return values, _lines(node, offset)


def read_list(name: str, data: bytes | None, problems: list[Problem]) -> Source:
    """Read YAML that is a list; its items stand by number, as if they had been keys. Read anew each time."""
    node, values = _composed(_text(name, data, problems), name, 0, problems)
    if isinstance(values, list):
        return Source(name, {str(at): item for at, item in enumerate(values)}, _lines(node, 0))
    if values is not None:
        problems.append(Problem(name, 1, "tệp phải là danh sách", "mỗi mục một dòng, bắt đầu bằng “- ”", "schema"))
    return Source(name, {}, {})


def read(name: str, data: bytes | None, problems: list[Problem]) -> Source:
    """Read YAML, or Markdown with YAML front matter; None is a file that is missing.

    What is wrong is added to `problems`. The same bytes are read once: a release differs from the one before in a file.
    """
    source, found = _read(name, data)
    problems.extend(found)
    return source


@lru_cache(_FILES_KEPT)
def _read(name: str, data: bytes | None) -> tuple[Source, tuple[Problem, ...]]:
    problems: list[Problem] = []
    text = _text(name, data, problems)
    if not name.endswith(".md"):
        values, lines = _parse(text, name, 0, problems)
        return Source(name, values, lines), tuple(problems)
    front = _FRONT.match(text)
    if not front:
        return Source(name, {}, {}, text), tuple(problems)
    values, lines = _parse(front.group(1), name, 1, problems)
    body_line = text[: front.end()].count("\n") + 1
    return Source(name, values, lines, text[front.end() :], body_line), tuple(problems)


def parse_as(schema: type[_S], source: Source, problems: list[Problem]) -> _S | None:
    """A file's values in a schema, or None with a problem for each fault."""
    try:
        return schema.model_validate(source.values)
    except ValidationError as error:
        for fault in error.errors():
            key = ".".join(map(str, fault["loc"])) or "?"
            what, mend = _REASONS.get(fault["type"], ("“{key}” không dùng được", "xem một tệp bên cạnh làm mẫu"))
            problems.append(source.problem(what.format(key=key), mend.format(key=key), *fault["loc"]))
        return None


def parts_of(source: Source) -> dict[str, Source]:
    """What stands below each top key of a file, as a file of its own whose lines are those of the whole."""
    lines: dict[str | int, dict[tuple[str | int, ...], int]] = {name: {} for name in source.values}
    for path, line in source.lines.items():
        if path and path[0] in lines:
            lines[path[0]][path[1:]] = line
    return {
        name: Source(source.name, values if isinstance(values, dict) else {}, lines[name])
        for name, values in source.values.items()
    }
